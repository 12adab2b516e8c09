/** The stage that checks whether loops ran. */
import type { RunEvent } from "../record/events.ts";
import { ruleParameters } from "../scenario/rule.ts";
import { runChecked } from "./execute.ts";
import { checkGrowth } from "./growth.ts";
import { caseWarning, phase, type Prepared, rangeOf, status } from "./_stage.ts";
import type { BenchHost, BenchPlan, BenchScenario } from "./types.ts";

/** A program that takes longer has its growth checked at a size that takes about so long, in seconds. */
const GROWTH_S = 0.3;

/**
 * A step that depends on the one before takes at least a clock cycle, 0.2 ns at 5 GHz. Loops that a
 * compiler has solved in part read 0.03 to 0.07 ns; their time still grows with n.
 */
const TOO_FAST_NS = 0.1;

/**
 * Puts cases together that differ in the size of their loop and in how many workers share it: one check
 * holds for all of them. The largest size with the fewest workers is the one, since its loop stands out
 * from the start-up best.
 */
function alike(verified: readonly Prepared[], loop: string): Prepared[][] {
  const groups = Map.groupBy(verified, ({ bench }) => {
    const { case: { scenario, variant }, planned: { params } } = bench;
    const free = new Set([loop, ...ruleParameters(variant.workers ?? "1", scenario.parameters)]);
    return JSON.stringify([
      variant.name,
      Object.entries(params).filter(([name]) => !free.has(name)),
    ]);
  });
  const size = ({ bench: { planned } }: Prepared) => Number(planned.params[loop]);
  const workers = ({ bench: { planned } }: Prepared) => planned.workers;
  return [...groups.values()].map((group) =>
    group.sort((a, b) => size(b) - size(a) || workers(a) - workers(b))
  );
}

/**
 * Checks the growth of all cases of a scenario that has a loop; those that fail are taken out. Variants
 * that throw their result away are known not to do the work.
 */
export async function* growthAll(
  scenario: BenchScenario,
  verified: Prepared[],
  plan: BenchPlan,
  host: BenchHost,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent> {
  const { loop } = scenario.planned;
  if (loop === undefined) return;
  const looped = verified.filter((p) => p.bench.case.variant.unused === undefined);
  for (const group of alike(looped, loop)) {
    if (signal?.aborted) return;
    const one = group[0]!;
    const { planned } = one.bench;
    yield phase(host, scenario, "growth", planned);
    const range = rangeOf(host, one.bench, loop);
    const own = Number(planned.params[loop]);
    const shrunk = Math.max(range.min, Math.round(own * GROWTH_S / one.verifyS));
    const params = one.verifyS > GROWTH_S ? { ...planned.params, [loop]: shrunk } : planned.params;
    const growth = await checkGrowth(params, loop, range, async (at) => {
      const outcome = await runChecked(host, one.ready, at, plan.options.ignoreFailure, signal);
      return outcome.ok ? outcome.execution.wallS : outcome.failure;
    });
    if (signal?.aborted) return;
    if (growth.verdict === "failed") {
      yield status(planned, growth.failure);
      verified.splice(verified.indexOf(one), 1);
    } else if (growth.verdict === "optimised-away") {
      for (const { bench: { planned: { caseId } } } of group) {
        yield { type: "case-status", caseId, status: "optimised-away", reason: growth.reason };
      }
    } else if (growth.verdict === "grows" && growth.slopeNs * planned.workers < TOO_FAST_NS) {
      yield caseWarning(scenario, planned, {
        code: "too-fast",
        message: `An iteration of ${planned.variant} takes ${
          growth.slopeNs.toFixed(3)
        } ns, less than one dependent instruction: its compiler may have solved the loop`,
        advice: "Look at the machine code before you quote this figure",
      });
    } else if (growth.verdict === "unknown") {
      yield caseWarning(scenario, planned, {
        code: "growth-unknown",
        message: `Whether ${planned.variant} runs its loop cannot be told: ${growth.reason}`,
        advice: `Raise the largest value of ${loop} in the scenario`,
      });
    }
  }
}
