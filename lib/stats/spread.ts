import {
  interquartileRange as libraryIqr,
  median,
  medianAbsoluteDeviation as libraryMad,
  quantileSorted,
} from "simple-statistics";
import { ascending, requireFinite } from "./_check.ts";

/** Iglewicz & Hoaglin's cut-off for a modified z-score. */
const OUTLIER_CUTOFF = 3.5;
/** The 75 % point of the standard normal: MAD ÷ this estimates the standard deviation. */
const MAD_OF_NORMAL = 0.6745;
/** √(π/2): the mean absolute deviation × this estimates the standard deviation. */
const MEAN_DEVIATION_TO_SD = 1.253314;

/**
 * A quantile by linear interpolation between order statistics (type 7 of Hyndman & Fan, the default of
 * R and NumPy).
 *
 * @param values the sample
 * @param p which one, from 0 to 1
 * @returns the quantile, in the values' unit
 * @throws {RangeError} if the sample is empty or not finite, or p is outside 0 to 1
 */
export function quantile(values: readonly number[], p: number): number {
  requireFinite(values);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`Expected p from 0 to 1, found ${p}`);
  return quantileSorted(Array.from(ascending(values)), p);
}

/**
 * The median absolute deviation from the median, not scaled.
 *
 * @param values the sample
 * @returns the deviation, in the values' unit
 */
export function medianAbsoluteDeviation(values: readonly number[]): number {
  requireFinite(values);
  return libraryMad([...values]);
}

/**
 * The distance from the first to the third quartile (type 7).
 *
 * @param values the sample
 * @returns the distance, in the values' unit
 */
export function interquartileRange(values: readonly number[]): number {
  requireFinite(values);
  return libraryIqr([...values]);
}

/**
 * Modified z-scores: Iglewicz & Hoaglin, How to Detect and Handle Outliers, ASQC 1993.
 *
 * More than half of the values being equal makes the MAD zero; then the mean absolute deviation takes its
 * place (the book leaves that case open; this is what SPSS does), and equal values all score 0.
 *
 * @param values the sample
 * @returns one score a value, in standard deviations
 */
export function modifiedZScores(values: readonly number[]): number[] {
  requireFinite(values);
  const middle = median([...values]);
  const mad = medianAbsoluteDeviation(values);
  const meanDeviation = values.reduce((sum, v) => sum + Math.abs(v - middle), 0) / values.length;
  const scale = mad > 0 ? mad / MAD_OF_NORMAL : meanDeviation * MEAN_DEVIATION_TO_SD;
  return values.map((value) => scale > 0 ? (value - middle) / scale : 0);
}

/**
 * The outliers of a sample.
 *
 * @param values the sample
 * @param cutoff absolute modified z-score above which a value is one; 3.5 as its authors advise
 * @returns indices into `values`, ascending
 */
export function outliers(values: readonly number[], cutoff: number = OUTLIER_CUTOFF): number[] {
  const found: number[] = [];
  modifiedZScores(values).forEach((score, index) => {
    if (Math.abs(score) > cutoff) found.push(index);
  });
  return found;
}
