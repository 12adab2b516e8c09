/** `versus report [RUN]` */
import { Command } from "@cliffy/command";
import { VersusError } from "../../lib/error.ts";
import type { RunRecord } from "../../lib/record/schema.ts";
import { print, styleOf, tell } from "../output.ts";

interface ReportFlags {
  markdown?: boolean;
  out?: string;
  anonymize?: boolean;
  color?: boolean;
  verbose?: boolean;
}

/** Makes the command. */
export function reportCommand() {
  return new Command()
    .description(
      "Write one report: of the runs that are named, or of the latest run of every scenario.",
    )
    .arguments("[runs...:string]")
    .option("--markdown", "Write Markdown in the place of text.")
    .option("--out <file:string>", "Write to a file; one that ends with .md is Markdown.")
    .option("--anonymize", "Leave host name, user and paths out.")
    .example("everything, as it is now", "versus report --out REPORT.md")
    .example("one run", "versus report latest")
    .action(async (flags: unknown, ...runs: string[]) => await report(flags as ReportFlags, runs));
}

async function report(flags: ReportFlags, names: readonly string[]): Promise<void> {
  const { latestOfEach } = await import("../history/latest.ts");
  const { loadSides } = await import("../history/sides.ts");
  const found = names.length === 0
    ? await latestOfEach()
    : (await loadSides(names)).map(({ record }) => record as RunRecord);
  if (found.length === 0) {
    throw new VersusError("The history holds no run to report on", {
      hint: "Measure something first: versus run flipsum",
    });
  }
  const { anonymize } = await import("../../lib/report/anonymize.ts");
  const records = flags.anonymize ? found.map((record) => anonymize(record)) : found;
  const { writeReport } = await import("../../lib/report/write.ts");
  const { markdownReport, textReport } = await import("../../lib/report/report.ts");
  const isMarkdown = flags.markdown === true || flags.out?.toLowerCase().endsWith(".md") === true;
  const style = styleOf(Deno.stdout, flags.color);
  const look = flags.out === undefined ? style : { width: 100, color: false, ascii: false };
  const text = isMarkdown
    ? markdownReport(records)
    : textReport(records, { ...look, verbose: flags.verbose ?? false });
  if (flags.out === undefined) return print(text);
  await writeReport(flags.out, text);
  tell(`Wrote ${flags.out}`);
}
