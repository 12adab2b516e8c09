/** The stage that builds every variant once and makes its cases ready to run. */
import type { RunEvent } from "../record/events.ts";
import { buildVariant } from "./build.ts";
import { commandOf } from "./command.ts";
import { phase, type Prepared } from "./_stage.ts";
import type {
  BenchCase,
  BenchHost,
  BenchPlan,
  BenchScenario,
  BuiltVariant,
  ReadyCase,
} from "./types.ts";

/**
 * Builds the variants of all cases.
 *
 * @returns The cases whose build succeeded.
 */
export async function* buildAll(
  scenario: BenchScenario,
  candidates: readonly BenchCase[],
  plan: BenchPlan,
  host: BenchHost,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent, Prepared[]> {
  const prepared: Prepared[] = [];
  const outcomes = new Map<string, Awaited<ReturnType<typeof buildVariant>>>();
  for (const bench of candidates) {
    if (signal?.aborted) break;
    const { variant } = bench.case;
    if (bench.toolchain === undefined) {
      prepared.push(prepare(bench, undefined, plan, host));
      continue;
    }
    let outcome = outcomes.get(variant.name);
    if (outcome === undefined) {
      yield phase(host, scenario, "build", bench.planned);
      outcome = await buildVariant(bench.case, bench.toolchain, host.launcher, signal);
      outcomes.set(variant.name, outcome);
    }
    if (signal?.aborted) break;
    if (outcome.ok) {
      yield { type: "build", caseId: bench.planned.caseId, build: outcome.built.build };
      prepared.push(prepare(bench, outcome.built, plan, host));
    } else {
      yield {
        type: "case-status",
        caseId: bench.planned.caseId,
        status: "unavailable",
        reason: outcome.reason,
      };
    }
  }
  return prepared;
}

function prepare(
  bench: BenchCase,
  built: BuiltVariant | undefined,
  plan: BenchPlan,
  host: BenchHost,
): Prepared {
  const command = commandOf(bench, built);
  const specFor: ReadyCase["specFor"] = (params) => ({
    argv: command.argv(params),
    env: command.env,
    ...(built === undefined ? {} : { cwd: host.scratch }),
    timeoutMs: plan.options.timeoutS * 1000,
    ...(plan.options.cpus === undefined ? {} : { cpus: plan.options.cpus }),
  });
  const ready = { bench, spec: specFor(bench.planned.params), specFor };
  return {
    bench,
    ready,
    ...(built === undefined ? {} : { built }),
    verifyS: 0,
    checkEach: false,
  };
}
