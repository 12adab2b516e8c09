/** `versus compare A B` */
import { Command } from "@cliffy/command";
import { EXIT, nearest, printable, VersusError } from "../../lib/error.ts";
import type { Side } from "../../lib/store/types.ts";
import { endWith } from "../exit.ts";
import { print, styleOf } from "../output.ts";
import { parsePercent } from "../values.ts";

interface CompareFlags {
  metric?: string;
  maxRegress?: string;
  json?: boolean;
  color?: boolean;
}

/** Makes the command. */
export function compareCommand() {
  return new Command()
    .description(
      "Compare run B with run A, case by case. A and B are ids or their beginnings, latest, latest~1, " +
        "tags, files of --out or hyperfine's JSON; RUN:VARIANT is one variant of a run. Two variants " +
        "of one run are compared block by block; different runs are compared unpaired.",
    )
    .arguments("<a:string> <b:string>")
    .option("--metric <name:string>", "Compare by wall, cpu, rss, iteration or any metric.")
    .option(
      "--max-regress <percent:string>",
      "Exit with 3 if a case of B is slower by more, with 4 if that can't be told.",
    )
    .option("--json", "Print one JSON document.")
    .example("the last two runs", "versus compare latest~1 latest")
    .example("two variants of a run", "versus compare latest:go latest:rust")
    .example("a run beside one of its variants", "versus compare latest:go latest")
    .example("two files", "versus compare before.json after.json")
    .action(async (flags: unknown, a: string, b: string) =>
      await compare(flags as CompareFlags, a, b)
    );
}

/** A metric that neither run has is a slip; one that only one of them has is told in the table. */
function requireMetric(name: string, sides: readonly Side[]): void {
  const cases = sides.flatMap(({ record }) => record.scenarios.flatMap((s) => s.cases));
  const known = new Set(cases.flatMap(({ summary }) => Object.keys(summary)));
  if (known.size === 0 || known.has(name)) return;
  const near = nearest(name, ["wall", "cpu", "rss", "iteration", ...known]);
  const meant = near === undefined ? "" : `; did you mean ${printable(near)}?`;
  throw new VersusError(`Neither run has the metric ${printable(name)}${meant}`, {
    hint: `They have ${[...known].map(printable).join(", ")}`,
  });
}

async function compare(flags: CompareFlags, a: string, b: string): Promise<void> {
  const limit = flags.maxRegress === undefined
    ? undefined
    : parsePercent("--max-regress", flags.maxRegress);
  const { metricName } = await import("../../lib/bench/metrics.ts");
  const { compareRuns } = await import("../../lib/store/compare.ts");
  const { loadSides } = await import("../history/sides.ts");
  const { spreadFor } = await import("../history/spread.ts");
  const [sideA, sideB] = await loadSides([a, b]);
  const metric = flags.metric === undefined ? undefined : metricName(flags.metric);
  if (metric !== undefined) requireMetric(metric, [sideA!, sideB!]);
  const document = await spreadFor(sideA!, sideB!, (spread) =>
    compareRuns(sideA!, sideB!, {
      ...(metric === undefined ? {} : { metric }),
      ...(limit === undefined ? {} : { maxRegressPercent: limit }),
      spread,
    }));
  if (document.gate?.verdict === "regressed") endWith(EXIT.gateFailed);
  if (document.gate?.verdict === "undecided") endWith(EXIT.gateUndecided);
  if (flags.json) {
    const { toJson } = await import("../../lib/report/json.ts");
    return print(toJson(document, 2));
  }
  const { renderCompare } = await import("../../lib/report/compare.ts");
  print(renderCompare(document, styleOf(Deno.stdout, flags.color)));
}
