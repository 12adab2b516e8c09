/**
 * Reads hyperfine's JSON (`--export-json`, any version since 1.0) as a run, so that it can be a baseline.
 *
 * What hyperfine does not record is absent: the machine, blocks, start times, CPU time per execution
 * (it gives means only). Each time is a sample; its `block` is its index, which is no pairing: hyperfine
 * finishes one command before it starts the next. {@linkcode ImportedRun.imported} says so.
 */
import * as v from "valibot";
import { basename } from "node:path";
import { printable, VersusError } from "../error.ts";
import { summarise } from "../stats/mod.ts";
import type {
  CaseResult,
  Environment,
  MetricSummaries,
  RunRecord,
  Sample,
  ScenarioResult,
} from "./schema.ts";

/** A run that another program measured. */
export interface ImportedRun extends Omit<RunRecord, "environment"> {
  /** Never there: the file does not tell the machine. */
  readonly environment?: Environment;
  /** Where it comes from. Samples of it have no common blocks with any other run. */
  readonly imported: { readonly format: "hyperfine"; readonly file: string };
}

const Seconds = v.pipe(v.number(), v.finite(), v.minValue(0));

const ResultSchema = v.object({
  command: v.string(),
  times: v.pipe(v.array(Seconds), v.nonEmpty("expected at least one time")),
  /** Since 1.19, one peak a time. */
  memory_usage_byte: v.optional(v.array(v.pipe(v.number(), v.minValue(0)))),
  /** Since 1.12; `null` in versions that did not know the code of a signal. */
  exit_codes: v.optional(v.array(v.nullable(v.pipe(v.number(), v.integer())))),
  /** Since 1.11; what 1.6 called `parameter` is in the command as well. */
  parameters: v.optional(v.record(v.string(), v.union([v.string(), v.number()]))),
});

const FileSchema = v.object({
  results: v.pipe(v.array(ResultSchema), v.nonEmpty("expected at least one result")),
});

type Result = v.InferOutput<typeof ResultSchema>;

/** Of the intervals of the summaries. */
const CONFIDENCE = 0.95;

const UNPAIRED = {
  code: "imported",
  message: "These times come from hyperfine: one command after the other, on a machine not told",
  advice: "Trust comparisons with them only on the same, quiet machine",
};

/**
 * Tells whether a parsed file is hyperfine's, before it is validated.
 *
 * @param json Any parsed JSON.
 * @returns Whether it has hyperfine's `results` and is no document of versus.
 */
export function looksLikeHyperfine(json: unknown): boolean {
  return typeof json === "object" && json !== null && "results" in json &&
    Array.isArray(json.results) && !("schema" in json);
}

function samplesOf(result: Result, at: string): Sample[] {
  const { times, exit_codes: codes, memory_usage_byte: memory } = result;
  return times.map((wallS, index) => {
    const code = codes?.[index];
    const bytes = memory?.[index];
    return {
      index,
      block: index,
      order: 0,
      startedAt: at,
      wallS,
      // hyperfine starts programs from its own process, whose size shows in theirs.
      ...(bytes === undefined
        ? {}
        : { maxRssKb: Math.round(bytes / 1024), maxRssBound: "upper" as const }),
      method: "plain",
      ...exitOf(code),
    };
  });
}

/** Without a code hyperfine had either none to tell (it stops at a failure) or a signal's. */
function exitOf(code: number | null | undefined): Pick<Sample, "exitCode" | "signal"> {
  if (code === null) return { exitCode: 128, signal: "unknown" };
  // Windows has negative codes: as the unsigned ones that they stand for.
  return { exitCode: (code ?? 0) >>> 0 };
}

function summaryOf(samples: readonly Sample[]): MetricSummaries {
  const wall = samples.map(({ wallS }) => wallS);
  const memory = samples.map(({ maxRssKb }) => maxRssKb).filter((kb) => kb !== undefined);
  function of(values: readonly number[]): MetricSummaries[string] {
    const { median, low, high, min, max } = summarise(values, CONFIDENCE);
    return { median, low, high, min, max };
  }
  return {
    wallS: of(wall),
    ...(memory.length === samples.length ? { maxRssKb: of(memory) } : {}),
  };
}

function caseOf(result: Result, isRepeated: boolean, at: string): CaseResult {
  const params = result.parameters ?? {};
  const suffix = isRepeated
    ? `[${Object.entries(params).map(([name, value]) => `${name}=${value}`).join(",")}]`
    : "";
  const samples = samplesOf(result, at);
  return {
    // As `versus bench` names them, so that the same command is the same case.
    caseId: `commands/${printable(result.command + suffix)}`,
    variant: result.command,
    language: "shell",
    params,
    status: "ok",
    samples,
    summary: summaryOf(samples),
    warnings: [],
  };
}

function invalid(file: string, issue: v.BaseIssue<unknown>): VersusError {
  const path = v.getDotPath(issue) ?? "the file";
  const found = issue.received === undefined ? "" : `, found ${printable(issue.received)}`;
  const expected = issue.expected ?? issue.message;
  return new VersusError(
    `${printable(file)}: ${printable(path)}: expected ${printable(expected)}${found}`,
    { hint: "Make it with hyperfine --export-json FILE" },
  );
}

/**
 * Reads hyperfine's JSON.
 *
 * @param json The parsed file.
 * @param file Its path, for messages and as the run's id.
 * @param at When it was made, RFC 3339 in UTC: the file's time of change, since it holds none.
 * @returns A run with one scenario, `commands`, whose cases are the commands.
 * @throws {VersusError} If it is not what hyperfine writes; it names the field, what was found and what was
 * expected.
 */
export function readHyperfine(json: unknown, file: string, at: string): ImportedRun {
  const parsed = v.safeParse(FileSchema, json);
  if (!parsed.success) throw invalid(file, parsed.issues[0]);
  const { results } = parsed.output;
  for (const [i, { times, exit_codes: codes, memory_usage_byte: memory }] of results.entries()) {
    for (const [name, list] of [["exit_codes", codes], ["memory_usage_byte", memory]] as const) {
      if (list === undefined || list.length === times.length) continue;
      throw new VersusError(
        `${printable(file)}: results.${i}.${name}: expected ${times.length} values, one a time, ` +
          `found ${list.length}`,
        { hint: "Make the file again with hyperfine --export-json FILE" },
      );
    }
  }
  const counts = Map.groupBy(results, ({ command }) => command);
  const cases = results.map((result) => caseOf(result, counts.get(result.command)!.length > 1, at));
  const ids = new Set<string>();
  for (const { caseId } of cases) {
    if (ids.has(caseId)) {
      throw new VersusError(`${printable(file)}: found ${caseId} twice, expected it once`, {
        hint: "Give each command a name of its own: hyperfine --command-name NAME",
      });
    }
    ids.add(caseId);
  }
  const scenario: ScenarioResult = {
    name: "commands",
    kind: "bench",
    title: "Commands",
    warnings: [UNPAIRED],
    cases,
  };
  return {
    schema: "versus.run/1",
    id: `hyperfine:${basename(file)}`,
    startedAt: at,
    seed: 0,
    version: "hyperfine",
    primaryMetric: "wallS",
    confidence: CONFIDENCE,
    scenarios: [scenario],
    imported: { format: "hyperfine", file },
  };
}
