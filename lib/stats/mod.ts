/**
 * Statistics of measurements: summaries, comparisons, verdicts, stop rule, seeded order. Pure
 * functions. What simple-statistics and pure-rand have is theirs; written here is what they lack:
 * exact rank distributions, intervals of medians and ratios, Holm's correction.
 *
 * A run goes through it in this order: `blockOrder` says who goes next, `shouldStop` when a case has
 * enough, `summarise` what a case took, `comparePaired` and `judge` how cases relate, `gateVerdict`
 * whether that is acceptable.
 *
 * @module
 */
export { type AmdahlLaw, fitAmdahl, type WorkerTime } from "./amdahl.ts";
export { type CompareOptions, type Comparison, MINIMUM_COUNT } from "./comparison.ts";
export { detectablePercent } from "./detectable.ts";
export { type Drift, drift, lag1Autocorrelation } from "./drift.ts";
export { type GateVerdict, gateVerdict } from "./gate.ts";
export { holm } from "./holm.ts";
export { blockOrder } from "./order.ts";
export { comparePaired } from "./paired.ts";
export { createRandom, type Random, seedFrom } from "./random.ts";
export {
  interquartileRange,
  medianAbsoluteDeviation,
  modifiedZScores,
  outliers,
  quantile,
} from "./spread.ts";
export { nextLook, shouldStop, type StopDecision, type StopRule, type StopState } from "./stop.ts";
export { halfWidth, type ReachedSummary, summarise, type Summary } from "./summary.ts";
export { compareUnpaired } from "./unpaired.ts";
export {
  blocksNeeded,
  DEFAULT_THRESHOLD,
  type Evidence,
  judge,
  type Judged,
  SIGNIFICANCE,
  TABLE_SIGNIFICANCE,
  type Verdict,
  verdict,
} from "./verdict.ts";
