/** `versus claims [ID...]` */
import { Command } from "@cliffy/command";
import { EXIT, printable } from "../../lib/error.ts";
import { createJournal, type Journal } from "../../lib/record/journal.ts";
import type { RunRecord } from "../../lib/record/schema.ts";
import { createProgress, toJson } from "../../lib/report/mod.ts";
import { renderClaims } from "../../lib/report/claims.ts";
import { dataPath } from "../../lib/runtime/mod.ts";
import { findScenario, isPath } from "../../lib/scenario/mod.ts";
import {
  chooseClaims,
  type Claim,
  type ClaimsDocument,
  judgeClaim,
  latestRuns,
  loadBundledClaims,
  loadClaims,
  measureClaims,
  scenariosOfClaims,
} from "../../lib/score/mod.ts";
import { endWith } from "../exit.ts";
import { listenForInterruption } from "../interrupt.ts";
import { print, styleOf, tell, tellRaw } from "../output.ts";
import { requireTrust } from "../trust.ts";
import { parseCount, parseSeconds } from "../values.ts";

interface ClaimsFlags {
  run?: boolean;
  budget?: string;
  file?: string[];
  seed?: string;
  trust?: boolean;
  json?: boolean;
  color?: boolean;
}

/** Time for all that claims need, where nothing is said. */
const BUDGET = "10m";

/** The folders with bundled scenarios. */
const ROOTS = () => [dataPath("scenarios")];

/** Makes the command. */
export function claimsCommand() {
  return new Command()
    .description(
      "List what documents claim, with what the latest runs on this machine say of it; --run measures " +
        "what is needed first.",
    )
    .arguments("[ids...:string]")
    .option("--run", "Measure what these claims need.")
    .option(
      "--budget <time:string>",
      "With --run: time for all of it, divided among the scenarios (default: 10m).",
      { depends: ["run"] },
    )
    .option("--file <file:string>", "Claims of your own, in YAML; may be repeated.", {
      collect: true,
    })
    .option("--seed <number:string>", "Seed of the order of executions (default: random).", {
      depends: ["run"],
    })
    .option("--trust", "Run the commands of scenarios of your own without asking.")
    .option("--json", "Print one JSON document.")
    .example("what is claimed", "versus claims")
    .example("measure one", "versus claims --run --budget 1m viete-go-317")
    .example("what an article says", "versus claims --run --file ./article.yaml")
    .action(async (flags: unknown, ...ids: string[]) => await claims(flags as ClaimsFlags, ids));
}

async function claims(flags: ClaimsFlags, ids: readonly string[]): Promise<void> {
  const budgetS = parseSeconds("--budget", flags.budget ?? BUDGET);
  const own = await Promise.all((flags.file ?? []).map(loadClaims));
  const bundled = await loadBundledClaims(dataPath("scenarios/claims"));
  // A file of one's own is what one wants to see, unless other claims are named.
  const lists = own.length === 0 || ids.length > 0 ? [...bundled, ...own] : own;
  const chosen = chooseClaims(lists, ids);
  const hindered = new Map<string, string>();
  // What is measured now is judged by itself: an older run must not hide that a program fails today.
  const runs = flags.run ? await measure(chosen, flags, budgetS, hindered) : latestRuns({
    scenarios: scenariosOfClaims(chosen),
    onProblem: (error) => tell(`Left out: ${printable(error.message)}`),
  });
  const judged = chosen.map((claim) => judgeClaim(claim, runs, hindered));
  const document: ClaimsDocument = {
    schema: "versus.claims/1",
    claims: judged.map(({ result }) => result),
    sources: Object.fromEntries(
      lists.flatMap(({ sources }) =>
        Object.entries(sources).map(([name, source]) => [name, { ...source }])
      ),
    ),
  };
  if (flags.run && judged.some(({ failed }) => failed)) endWith(EXIT.failed);
  if (flags.json) return print(toJson(document, 2));
  print(renderClaims(document, styleOf(Deno.stdout, flags.color)));
}

/** Asks whether scenarios of one's own may be run, before anything is measured. */
async function requireTrusted(chosen: readonly Claim[], agreed: boolean): Promise<void> {
  for (const name of scenariosOfClaims(chosen)) {
    if (isPath(name)) await requireTrust(await findScenario(name, ROOTS()), agreed);
  }
}

/** Measures, keeps a journal of each run, shows progress; newest run first. */
async function measure(
  chosen: readonly Claim[],
  flags: ClaimsFlags,
  budgetS: number,
  hindered: Map<string, string>,
): Promise<RunRecord[]> {
  const seed = flags.seed === undefined
    ? crypto.getRandomValues(new Uint32Array(1))[0]!
    : parseCount("--seed", flags.seed);
  await requireTrusted(chosen, flags.trust ?? false);
  using interruption = listenForInterruption();
  const records: RunRecord[] = [];
  let journal: Journal | undefined;
  let progress = newProgress(flags);
  try {
    const events = measureClaims(chosen, {
      budgetS,
      seed,
      signal: interruption.signal,
      find: (name) => findScenario(name, ROOTS()),
    });
    for await (const event of events) {
      switch (event.type) {
        case "scenario":
          progress.clear();
          tell(
            `${event.name}, scenario ${event.number} of ${event.of}, for about ${
              Math.round(event.shareS)
            } s`,
          );
          break;
        case "event":
          if (event.event.type === "run-start") {
            journal = createJournal(event.event.id);
            progress[Symbol.dispose]();
            progress = newProgress(flags);
          }
          journal?.append(event.event);
          progress.event(event.event);
          break;
        case "record":
          journal?.[Symbol.dispose]();
          journal = undefined;
          records.unshift(event.record);
          break;
        case "hindered":
          hindered.set(event.name, event.reason);
          break;
      }
    }
  } finally {
    journal?.[Symbol.dispose]();
    progress[Symbol.dispose]();
  }
  const code = interruption.exitCode();
  if (code !== undefined) {
    endWith(code);
    tell("Interrupted; the verdicts are of what was measured");
  }
  return records;
}

function newProgress(flags: ClaimsFlags) {
  return createProgress({
    terminal: Deno.stderr.isTerminal(),
    width: () => styleOf(Deno.stderr).width,
    write: tellRaw,
  }, styleOf(Deno.stderr, flags.color));
}
