import { median, sampleRankCorrelation } from "simple-statistics";
import { requireFinite } from "./_check.ts";
import { normalTwoSided } from "./_normal.ts";
import { midranks } from "./_ranks.ts";

/** How a series changes over its time. */
export interface Drift {
  /** Change from the first to the last value, in percent of the median; negative if it falls. */
  changePercent: number;
  /** Spearman's correlation with time, −1 to 1. */
  rankCorrelation: number;
  /** Two-sided p of no trend, for values that are otherwise independent. */
  p: number;
}

/**
 * Looks for a trend over time.
 *
 * The size of the change is Theil's (the "incomplete" method: the median of the slopes from each value
 * to its partner half a series later; Theil, "A rank-invariant method of linear and polynomial
 * regression analysis", 1950), which outliers do not move. The test is Spearman's, with the
 * normal approximation. Autocorrelated noise makes p too small: it is made for a warning, not for a
 * verdict.
 *
 * @param values a series in the order of its measurement
 * @returns the drift; undefined below 6 values or if the median is not above zero
 * @throws {RangeError} if a value is not finite
 */
export function drift(values: readonly number[]): Drift | undefined {
  if (values.length < 6) return undefined;
  requireFinite(values);
  const middle = median([...values]);
  if (middle <= 0) return undefined;
  const n = values.length;
  const half = Math.floor(n / 2);
  const partner = n - half; // skips the middle value of an odd series
  const rises = values.slice(0, half).map((value, i) => values[i + partner]! - value);
  const change = median(rises) * (n - 1) / partner;
  // A series of equal values has no rank variance, and the package's correlation is NaN.
  const times = values.map((_, index) => index);
  const rankCorrelation = sampleRankCorrelation(times, [...values]) || 0;
  return {
    changePercent: 100 * change / middle,
    rankCorrelation,
    p: normalTwoSided(rankCorrelation * Math.sqrt(n - 1)),
  };
}

/**
 * The correlation of each value's rank with that of its successor. Ranks, because one outlier would
 * hide any dependence of the values themselves.
 *
 * @param values a series in the order of its measurement
 * @returns −1 to 1: near 0 for independent values, near 1 if the machine changes slowly; 0 below 3
 * values or if all are equal
 * @throws {RangeError} if a value is not finite
 */
export function lag1Autocorrelation(values: readonly number[]): number {
  requireFinite(values, 0);
  if (values.length < 3) return 0;
  const { ranks } = midranks(values);
  const mean = (values.length + 1) / 2;
  let products = 0;
  let squares = 0;
  ranks.forEach((rank, i) => {
    squares += (rank - mean) ** 2;
    if (i > 0) products += (rank - mean) * (ranks[i - 1]! - mean);
  });
  return squares === 0 ? 0 : products / squares;
}
