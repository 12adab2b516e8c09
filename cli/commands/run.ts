/** `versus run NAME|FILE.yaml...` */
import { resolve } from "node:path";
import { planCommands } from "../../lib/bench/adhoc.ts";
import { DEFAULT_OPTIONS } from "../../lib/bench/options.ts";
import { planRun } from "../../lib/bench/plan.ts";
import { EXIT, printable, VersusError } from "../../lib/error.ts";
import { reopenJournal } from "../../lib/record/journal.ts";
import { parseSweep } from "../../lib/scenario/mod.ts";
import type { ScenarioKind } from "../../lib/scenario/types.ts";
import { TOOLCHAIN_NAMES } from "../../lib/toolchain/mod.ts";
import { measureCommand, type MeasureFlags, readMeasureOptions } from "../measure_options.ts";
import { type BenchRequest, resolveItems, type RunRequest } from "../request.ts";
import { endWith } from "../exit.ts";
import { runSession } from "../session.ts";
import { requireTrust } from "../trust.ts";
import { oneOf, parseAssignments, parseList } from "../values.ts";

interface RunFlags extends MeasureFlags {
  variant?: string[];
  language?: string[];
  toolchain?: string[];
  param?: string[];
  sweep?: string[];
  trust?: boolean;
  resume?: string;
}

/** Makes the command. */
export function runCommand() {
  return measureCommand(
    "Measure scenarios: the same job in every language that is here, checked, interleaved, compared.",
  )
    .arguments("[names...:string]")
    .option("--variant <names:string>", "Only these variants: A,B.", { collect: true })
    .option("--language <names:string>", "Only these languages: go,rust.", { collect: true })
    .option("--toolchain <assignment:string>", "Use this executable: go=/path; may be repeated.", {
      collect: true,
    })
    .option("-p, --param <assignment:string>", "Set a parameter: n=1e8; may be repeated.", {
      collect: true,
    })
    .option(
      "--sweep <assignment:string>",
      "Go through values, drawn as a curve: workers=1..8, n=1e3..1e6*10; may be repeated.",
      { collect: true },
    )
    .option(
      "--target <time:string>",
      "Find the size for each variant with which it takes about so long, and compare by the time " +
        "of an iteration.",
    )
    .option("--trust", "Run the commands of a scenario of your own without asking.")
    .option("--resume <id:string>", "Go on with a run that was interrupted (or: latest).")
    .example("one scenario", "versus run flipsum")
    .example("two languages, larger", "versus run flipsum --language go,rust -p n=1e9")
    .example("one curve a variant", "versus run flipsum --sweep workers=1..4")
    .example("two seconds each", "versus run flipsum --target 2s --max-time 5m")
    .example("what programs drag in, as trees", "versus run network-client --verbose")
    .example("a scenario of your own", "versus run ./mine/scenario.yaml")
    .action(async (flags: unknown, ...names: string[]) => await run(flags as RunFlags, names));
}

async function run(flags: RunFlags, names: readonly string[]): Promise<void> {
  if (flags.resume !== undefined) return await resume(flags, flags.resume, names);
  if (names.length === 0) {
    throw new VersusError("Found no scenario, expected at least one name or file", {
      hint: "See them with: versus list",
    });
  }
  const { options, given, seed } = readMeasureOptions(flags);
  const variants = parseList(flags.variant);
  const languages = parseList(flags.language);
  const request: RunRequest = {
    command: "run",
    names: names.map((name) => /[/\\]|\.ya?ml$/.test(name) ? resolve(name) : name),
    ...(variants.length === 0 ? {} : { variants }),
    ...(languages.length === 0 ? {} : { languages }),
    params: parseAssignments("--param", flags.param),
    sweep: flags.sweep ?? [],
    toolchains: parseAssignments("--toolchain", flags.toolchain),
    options,
    given,
    seed,
  };
  for (const [name, path] of Object.entries(request.toolchains)) {
    oneOf("toolchain", name, TOOLCHAIN_NAMES);
    if (path !== "") continue;
    throw new VersusError(`Found no path behind --toolchain ${name}=`, {
      hint: `For example: --toolchain ${name}=/usr/bin/${name}`,
    });
  }
  for (const sweep of request.sweep) parseSweep(sweep);
  await start(request, flags);
}

/** Scenarios of kind footprint ask for strace; others are measured where there is none. */
async function requireTracer(kinds: readonly ScenarioKind[]): Promise<void> {
  if (!kinds.includes("footprint")) return;
  const { detectTracer } = await import("../../lib/footprint/trace/detect.ts");
  try {
    await detectTracer();
  } catch (error) {
    if (!(error instanceof VersusError) || kinds.every((kind) => kind === "footprint")) throw error;
    // The run itself tells what is missing, with its cases.
    endWith(error.exitCode);
  }
}

async function start(
  request: RunRequest,
  flags: RunFlags,
  earlier?: ReturnType<typeof reopenJournal>,
): Promise<void> {
  const items = await resolveItems(request);
  for (const { scenario } of items) {
    await requireTrust(scenario, flags.trust ?? earlier !== undefined);
  }
  await requireTracer(items.map(({ scenario }) => scenario.kind));
  const { plan, named, missingNamed } = await planRun({
    items,
    toolchains: request.toolchains,
    options: request.options,
    seed: request.seed,
  });
  await runSession({
    plan,
    named,
    missingNamed,
    flags,
    request,
    ...(earlier === undefined ? {} : { earlier }),
  });
}

async function resume(flags: RunFlags, id: string, names: readonly string[]): Promise<void> {
  if (names.length > 0) {
    throw new VersusError(`Found --resume and ${printable(names[0]!)}, expected one of them`, {
      hint: "A resumed run measures what it was started with",
    });
  }
  const earlier = reopenJournal(id);
  const first = earlier.content.events[0];
  if (first?.type !== "run-start") {
    earlier.journal[Symbol.dispose]();
    throw new VersusError(`The journal of run ${id} holds nothing yet`, {
      hint: "Start it again with: versus run",
      exitCode: EXIT.failed,
    });
  }
  const request = first.request as RunRequest | BenchRequest | undefined;
  const options = { ...DEFAULT_OPTIONS, ...first.options };
  if (request?.command === "run") return await start({ ...request, options }, flags, earlier);
  if (request?.command !== "bench") {
    earlier.journal[Symbol.dispose]();
    throw new VersusError(`Run ${id} does not say what it was started with`, {
      hint: "Start it again",
    });
  }
  Deno.chdir(request.cwd);
  const plan = planCommands(request.commands, request.hooks, options, request.seed);
  await runSession({ plan, named: [], missingNamed: [], flags, request, earlier });
}
