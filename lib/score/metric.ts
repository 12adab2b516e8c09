/**
 * What a reading takes from the runs.
 *
 * A metric is one of the run document's own (`wallS`, `nsPerIteration`, `maxRssKb`, `callNs`, …; the
 * median of the case), or one of these:
 *
 * - `speedupPerCore`: time with one worker ÷ time with several ÷ the cores that these could use
 * - `buildS`, `artifactBytes`: of the case's build; a program that needs none has taken 0 seconds
 * - `linesOfCode`: of its sources, without blanks and comments
 * - `observedPercent`: how many of the reading's questions its output answers with yes
 * - `implementations`: how many of the reading's variants run here
 * - `behindDays`: days from the release of the toolchain's version to that of the newest one known
 * - `filesOpened`, `onDiskBytes`, `packagesOpened`: of a footprint
 */
import type { CaseResult, RunRecord, ScenarioResult } from "../record/schema.ts";
import type { LanguageFacts } from "./languages.ts";
import { behindDays } from "./languages.ts";
import type { Reading } from "./types.ts";

/** A value, with the case that it comes from. */
export interface Found {
  /** The value, in the unit of the reading. */
  readonly value: number;
  /** The lower end of its interval, where it has one. */
  readonly low?: number;
  /** The upper end. */
  readonly high?: number;
  /** The run. */
  readonly runId: string;
  /** When it started. */
  readonly startedAt: string;
  /** The case. */
  readonly caseId: string;
}

/** Why there is no value. */
export interface NotFound {
  /** In words. */
  readonly reason: string;
  /** The command that would measure it. */
  readonly run?: string;
}

type Amount = Pick<Found, "value" | "low" | "high">;

/** Whether a case has the parameters that a reading asks for, and ran for long enough. */
function fits(reading: Reading, { params, summary }: CaseResult, but?: string): boolean {
  const { leastS } = reading;
  return Object.entries(reading.params).every(([k, value]) => k === but || params[k] === value) &&
    Object.entries(reading.atLeast).every(([name, least]) => Number(params[name]) >= least) &&
    (leastS === undefined || (summary["wallS"]?.median ?? 0) >= leastS);
}

/** Time of a case that can be compared with that of another size. */
function timesOf(a: CaseResult, b: CaseResult): [number, number] | undefined {
  for (const metric of ["nsPerIteration", "wallS"]) {
    const [x, y] = [a.summary[metric]?.median, b.summary[metric]?.median];
    if (x !== undefined && y !== undefined && y > 0) return [x, y];
  }
  return undefined;
}

/** The case whose workers make the best use of the cores: as many, else the next larger number. */
function bestWorkers(cases: readonly CaseResult[], cores: number): CaseResult | undefined {
  const several = cases.filter((c) => (c.workers ?? 1) > 1)
    .sort((a, b) => a.workers! - b.workers!);
  return several.findLast((c) => c.workers! <= cores) ?? several[0];
}

/** The speed-up of a case with several workers, by the cores that it could use. */
function speedup(
  reading: Reading,
  language: string,
  mine: readonly CaseResult[],
  all: readonly CaseResult[],
  cores: number,
): { case: CaseResult; amount: Amount } | undefined {
  const parallel = bestWorkers(mine, cores);
  if (parallel === undefined || cores < 2) return undefined;
  const names = of(reading.over, language) ?? [parallel.variant];
  // One worker is what it is compared with, however many the reading asks for.
  const alone = all.find((c) =>
    names.includes(c.variant) && (c.workers ?? 1) === 1 && fits(reading, c, "workers")
  );
  const times = alone === undefined ? undefined : timesOf(alone, parallel);
  if (times === undefined) return undefined;
  return {
    case: parallel,
    amount: { value: times[0] / times[1] / Math.min(parallel.workers!, cores) },
  };
}

/** The share of a reading's questions that a case answers with yes, in percent. */
function observedPercent(reading: Reading, { observed }: CaseResult): number | undefined {
  if (observed === undefined) return undefined;
  const yes = reading.observe.filter((question) => observed[question] === true).length;
  return 100 * yes / reading.observe.length;
}

/** One metric of one case. */
function amountOf(reading: Reading, c: CaseResult, facts: LanguageFacts): Amount | undefined {
  const plain = (value: number | undefined) => value === undefined ? undefined : { value };
  switch (reading.metric) {
    case "buildS":
      return c.build === undefined ? undefined : { value: c.build.seconds ?? 0 };
    case "artifactBytes":
      return plain(c.build?.artifactBytes);
    case "linesOfCode":
      return plain(c.linesOfCode);
    case "observedPercent":
      return plain(observedPercent(reading, c));
    case "behindDays":
      return plain(c.toolchain === undefined ? undefined : behindDays(facts, c.toolchain));
    case "filesOpened":
      return plain(c.footprint?.opened.unique);
    case "onDiskBytes":
      return plain(c.footprint?.bytes.onDisk);
    case "packagesOpened":
      return plain(c.footprint?.packages.filter((p) => p.opened).length);
    default: {
      const summary = c.summary[reading.metric];
      if (summary === undefined) return undefined;
      const { median, low, high } = summary;
      return { value: median, low, high };
    }
  }
}

function of(
  map: Readonly<Partial<Record<string, readonly string[]>>> | undefined,
  language: string,
): readonly string[] | undefined {
  return map?.[language];
}

/** Looks for a reading in one scenario of one run. */
function inScenario(
  reading: Reading,
  language: string,
  scenario: ScenarioResult,
  run: RunRecord,
  facts: LanguageFacts,
): { case: CaseResult; amount: Amount } | undefined {
  const names = of(reading.variants, language) ?? [];
  const valid = scenario.cases.filter((c) => c.status === "ok" && c.language === language);
  const mine = valid.filter((c) => names.includes(c.variant) && fits(reading, c));
  for (const name of names) {
    const cases = mine.filter((c) => c.variant === name);
    if (reading.metric === "speedupPerCore") {
      const found = speedup(reading, language, cases, valid, run.environment.affinity.length);
      if (found !== undefined) return found;
      continue;
    }
    // Of several sizes the largest: it is the furthest from the time of a start.
    const sorted = [...cases].sort((a, b) => (b.iterations ?? 0) - (a.iterations ?? 0));
    for (const c of sorted) {
      const amount = amountOf(reading, c, facts);
      if (amount !== undefined && Number.isFinite(amount.value)) return { case: c, amount };
    }
  }
  return undefined;
}

/** Counts the variants that have run here, in any of the runs: a run may be of a few of them. */
function countVariants(
  reading: Reading,
  language: string,
  runs: readonly RunRecord[],
): Found | undefined {
  const names = of(reading.variants, language) ?? [];
  const found = runs.flatMap((run) =>
    run.scenarios.filter((s) => s.name === reading.scenario)
      .flatMap((s) =>
        // A run that was cut off leaves cases that nothing was seen of.
        s.cases.filter((c) =>
          c.status === "ok" && c.samples.length > 0 && names.includes(c.variant)
        )
      )
      .map(({ caseId, variant }) => ({ caseId, variant, runId: run.id, startedAt: run.startedAt }))
  );
  const newest = found[0];
  if (newest === undefined) return undefined;
  const { caseId, runId, startedAt } = newest;
  return { value: new Set(found.map((f) => f.variant)).size, caseId, runId, startedAt };
}

/**
 * Finds the value of a reading in the newest run that has it.
 *
 * @param reading The reading.
 * @param language The language.
 * @param runs Runs, newest first.
 * @param facts What is known of the languages' versions.
 * @returns The value, or `undefined` when no run has it.
 */
export function findReading(
  reading: Reading,
  language: string,
  runs: readonly RunRecord[],
  facts: LanguageFacts,
): Found | undefined {
  if (reading.metric === "implementations") return countVariants(reading, language, runs);
  for (const run of runs) {
    for (const scenario of run.scenarios) {
      if (scenario.name !== reading.scenario) continue;
      const found = inScenario(reading, language, scenario, run, facts);
      if (found === undefined) continue;
      const { caseId } = found.case;
      return { ...found.amount, runId: run.id, startedAt: run.startedAt, caseId };
    }
  }
  return undefined;
}

/** The command that measures a reading. */
function commandFor({ scenario, params, atLeast, run }: Reading, language: string): string {
  if (run !== undefined) return `${run} --language ${language}`;
  const words = Object.entries({ ...params, ...atLeast }).map(([k, value]) => ` -p ${k}=${value}`);
  return `versus run ${scenario}${words.join("")} --language ${language}`;
}

/**
 * Says why a reading has no value.
 *
 * @param reading The reading.
 * @param language The language.
 * @param runs Runs, newest first.
 * @returns The reason, and the command that would measure it where one would.
 */
export function whyNotFound(
  reading: Reading,
  language: string,
  runs: readonly RunRecord[],
): NotFound {
  const names = of(reading.variants, language);
  if (names === undefined) {
    return { reason: `${reading.scenario} has no program for this in ${language}` };
  }
  const run = commandFor(reading, language);
  for (const record of runs) {
    const scenario = record.scenarios.find((s) => s.name === reading.scenario);
    const cases = scenario?.cases.filter((c) => names.includes(c.variant)) ?? [];
    if (cases.length === 0) continue;
    const failed = cases.find((c) => c.status !== "ok");
    if (failed !== undefined) {
      return {
        reason: `${failed.caseId} is ${failed.status}${
          failed.reason === undefined ? "" : `: ${failed.reason}`
        }`,
        ...(failed.status === "unavailable" ? {} : { run }),
      };
    }
    if (reading.metric === "speedupPerCore" && record.environment.affinity.length < 2) {
      return { reason: "a speed-up by workers needs two cores" };
    }
    if (reading.metric === "behindDays") {
      return { reason: "the version of the toolchain is not in the language data" };
    }
    const asked = [
      ...Object.entries(reading.params).map(([name, value]) => `${name}=${value}`),
      ...Object.entries(reading.atLeast).map(([name, least]) => `${name} of ${least} or more`),
      ...reading.leastS === undefined ? [] : [`executions of ${reading.leastS} s or more`],
    ];
    return {
      reason: `no run of ${reading.scenario} has ${reading.metric} for it` +
        (asked.length === 0 ? "" : ` with ${asked.join(", ")}`),
      run,
    };
  }
  return { reason: `${reading.scenario} was not run in ${language}`, run };
}
