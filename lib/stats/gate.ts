/** What a gate says about a case. */
export type GateVerdict = "passed" | "regressed" | "undecided";

/**
 * Decides a regression gate on the interval of the slow-down.
 *
 * The slow-down is the case's value divided by the baseline's (the other way round than a
 * comparison's ratio): `comparePaired(candidate, baseline)` gives it directly.
 *
 * @param interval of the slow-down: 1.03 means that the case took 3 % more than its baseline
 * @param limitPercent the largest rise allowed, 5 for 5 %
 * @returns regressed if the lower end is above the limit, passed if the upper end is at or below it,
 * else undecided
 */
export function gateVerdict(
  interval: { low: number; high: number },
  limitPercent: number,
): GateVerdict {
  const limit = 1 + limitPercent / 100;
  if (interval.low > limit) return "regressed";
  return interval.high <= limit ? "passed" : "undecided";
}
