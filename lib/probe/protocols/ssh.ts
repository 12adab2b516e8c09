/** SSH: version, key exchange, host key, login, and a command or a script. */
import { ProbeError } from "../error.ts";
import { runScript } from "../script/run.ts";
import { runCommand } from "../ssh/exec.ts";
import { openSession } from "../ssh/session.ts";
import { openShell } from "../ssh/shell.ts";
import { scriptFor } from "../script/target.ts";
import { accessOf } from "../ssh/target.ts";
import type { CommandResult, SshOptions, SshResult } from "../ssh/types.ts";
import { warmUpSsh } from "../ssh/warm_up.ts";
import type { Attempt, Protocol } from "../types.ts";

/** How much of a failing command's errors is told. */
const SHOWN = 200;

/** SSH. */
export const ssh: Protocol<SshOptions, SshResult> = {
  name: "ssh",
  title: "Log in by SSH, run a command or a script",
  defaultPort: 22,
  prepare: (options) => warmUpSsh(options),
  async open(target, options, attempt) {
    const { command } = options;
    const script = options.script && scriptFor(options.script, target);
    const asks = command !== undefined || script !== undefined;
    const until = asks ? "auth" : options.until;
    const session = await openSession(target, accessOf(options, target), attempt, until);
    return {
      get reusable() {
        return asks && session.alive;
      },
      async request(attempt: Attempt): Promise<SshResult> {
        if (script !== undefined) {
          using shell = await openShell(session, attempt);
          const run = runScript(shell, script, options.maxOutputBytes, attempt);
          const result = await session.during<Awaited<typeof run>>(attempt, (resolve, reject) => {
            run.then(resolve, reject);
          });
          return { ...session.info, script: result };
        }
        if (command === undefined) return session.info;
        const result = await runCommand(session, command, options.maxOutputBytes, attempt);
        return { ...session.info, command: result };
      },
      [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
    };
  },
  judge: ({ command }, { expectExit }) =>
    command === undefined || expectExit === null ? undefined : exitFault(command, expectExit),
};

/** Says what is wrong with how a command ended. */
function exitFault(result: CommandResult, expected: number): ProbeError | undefined {
  const { exitCode, signal, stderr } = result;
  if (exitCode === expected) return undefined;
  const ended = exitCode !== undefined
    ? `ended with ${exitCode}`
    : signal !== undefined
    ? `was ended by ${signal}`
    : "ended without an exit code";
  const said = stderr.trim() === "" ? "" : `: ${stderr.trim().slice(0, SHOWN)}`;
  return new ProbeError("exit-code", `the command ${ended}, expected ${expected}${said}`);
}
