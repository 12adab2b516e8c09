/** `versus bench 'COMMAND' ['COMMAND'...]` */
import { parseCommand, planCommands } from "../../lib/bench/adhoc.ts";
import { measureCommand, type MeasureFlags, readMeasureOptions } from "../measure_options.ts";
import { tell } from "../output.ts";
import type { BenchRequest } from "../request.ts";
import { runSession } from "../session.ts";

interface BenchFlags extends MeasureFlags {
  prepare?: string;
  setup?: string;
  cleanup?: string;
}

/** Makes the command. */
export function benchCommand() {
  return measureCommand(
    "Measure any commands, interleaved and compared. They are started directly; one that uses the " +
      "shell's syntax is started through /bin/sh.",
  )
    .arguments("<commands...:string>")
    .option("--prepare <command:string>", "Run this before each execution.")
    .option("--setup <command:string>", "Run this once before a command's executions.")
    .option("--cleanup <command:string>", "Run this once after a command's executions.")
    .example("two commands", "versus bench 'sleep 0.1' 'sleep 0.12'")
    .example("against an old file", "versus bench ./app --baseline old.json --max-regress 5%")
    .action(async (flags: unknown, ...commands: string[]) =>
      await bench(flags as BenchFlags, commands)
    );
}

async function bench(flags: BenchFlags, commands: readonly string[]): Promise<void> {
  const { options, seed } = readMeasureOptions(flags);
  const { prepare, setup, cleanup } = flags;
  const hooks = {
    ...(prepare === undefined ? {} : { prepare }),
    ...(setup === undefined ? {} : { setup }),
    ...(cleanup === undefined ? {} : { cleanup }),
  };
  const plan = planCommands(commands, hooks, options, seed);
  const throughShell = commands.filter((command) => parseCommand(command).shell);
  if (throughShell.length > 0 && throughShell.length < commands.length) {
    tell(
      `Started through /bin/sh, which takes time of its own: ${throughShell.length} of ` +
        `${commands.length} commands`,
    );
  }
  const request: BenchRequest = {
    command: "bench",
    commands,
    hooks,
    options,
    seed,
    cwd: Deno.cwd(),
  };
  await runSession({ plan, named: [], missingNamed: [], flags, request });
}
