/** What a reader of the numbers must know: warnings as values, each with advice. */
import type { CaseResult, Environment, Warning } from "../record/schema.ts";
import { drift, outliers, summarise } from "../stats/mod.ts";

/** Below this wall time the launcher's own variation is a part of the result, in seconds. */
const SHORT_S = 0.005;

/**
 * Looks at the samples of one case for what makes its numbers less than they seem.
 *
 * @param result The case.
 * @param workers How many workers it uses.
 * @param environment The machine.
 * @param confidence Of the interval of the median.
 * @returns Warnings, the weightiest first; none for a case without samples.
 */
export function caseWarnings(
  result: Pick<CaseResult, "samples" | "variant">,
  workers: number,
  environment: Pick<Environment, "affinity">,
  confidence: number,
): Warning[] {
  const { samples, variant } = result;
  if (samples.length === 0) return [];
  const found: Warning[] = [];
  const wall = samples.map((s) => s.wallS);
  const { median, low, high } = summarise(wall, confidence);
  const cores = environment.affinity.length;
  if (workers > cores) {
    found.push({
      code: "few-cores",
      message: `${variant} uses ${workers} workers on ${cores} cores`,
      advice: `Read its result per core, or set workers to ${cores}`,
    });
  }
  if (median < SHORT_S) {
    found.push({
      code: "short",
      message: `${variant} takes ${(median * 1000).toFixed(2)} ms, mostly start-up`,
      advice: "Raise the size parameter so that it takes at least 5 ms",
    });
  }
  if (samples.length === 1) {
    found.push({
      code: "single-sample",
      message: `${variant} was timed once: how far that is from its usual time is not known`,
      advice: "Compare it with figures that are as uncertain, or take 10 samples with --runs 10",
    });
  } else if (samples.length < 10) {
    found.push({
      code: "few-samples",
      message: `${variant} has ${samples.length} samples; comparisons need 10`,
      advice: "Give it more time with --max-time, or a smaller size",
    });
  }
  if (samples.length >= 6 && (high - low) / 2 / median > 0.1) {
    found.push({
      code: "noisy",
      message: `The median of ${variant} is known to ± ${
        ((high - low) / 2 / median * 100).toFixed(0)
      } % only`,
      advice: "Close other programs, or give it more time with --max-time",
    });
  }
  if (samples.length >= 10) {
    const far = outliers(wall).length;
    if (far > samples.length / 10) {
      found.push({
        code: "outliers",
        message: `${far} of ${samples.length} samples of ${variant} are outliers`,
        advice: "Something else ran at the same time; the median and comparisons by blocks bear it",
      });
    }
    const change = drift(wall);
    if (change !== undefined && change.p < 0.001 && Math.abs(change.changePercent) > 5) {
      found.push({
        code: "drift",
        message: `${variant} became ${Math.abs(change.changePercent).toFixed(0)} % ${
          change.changePercent > 0 ? "slower" : "faster"
        } while it was measured`,
        advice: "Comparisons by blocks bear this; single times do not",
      });
    }
  }
  if (samples.every((s) => s.maxRssBound === "upper")) {
    found.push({
      code: "memory-bound",
      message: `The peak memory of ${variant} is at most what is shown`,
      advice: "It is below what the launcher itself takes; no smaller figure can be read here",
    });
  }
  return found;
}
