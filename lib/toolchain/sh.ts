import { basename } from "node:path";
import { failed, type ProbeResult, type ToolchainKind } from "./kind.ts";
import { realPath } from "./_lookup.ts";
import { ask, type QueryContext } from "./_query.ts";

/** The shell: `sh`, whichever one that is. */
export const sh: ToolchainKind = {
  name: "sh",
  title: "POSIX shell",
  language: "shell",
  commands: ["sh"],
  probe: probeShell,
};

/** Shells that know their version have it in a variable; dash and BusyBox do not. */
const SCRIPT = 'echo "sh ${BASH_VERSION:-${KSH_VERSION:-${ZSH_VERSION:-}}}"';

async function probeShell(path: string, context: QueryContext): Promise<ProbeResult> {
  const answer = await ask([path, "-c", SCRIPT], context, { env: { ENV: undefined } });
  if (!answer.ok) return failed(answer.reason);
  const version = /^sh (.*)$/m.exec(answer.stdout)?.[1];
  if (version === undefined) return failed(`${path} does not run a command given with -c`);
  const implementation = basename(await realPath(path) ?? path);
  return {
    ok: true,
    toolchain: {
      name: "sh",
      version: /\d+\.\d+[\d.]*/.exec(version)?.[0] ?? "POSIX",
      implementation,
      path,
      // A shell acts by the name it is called by: bash as `sh` is another language than bash.
      realPath: path,
      tools: {},
      env: {},
    },
  };
}
