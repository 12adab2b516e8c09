import { gammaln, mean, sampleStandardDeviation, sampleVariance } from "simple-statistics";

/** How hyperfine's figures for two commands are commonly read. */
export interface HyperfineReading {
  /** p of Welch's t-test, which hyperfine's `scripts/welch_ttest.py` computes from its JSON. */
  p: number;
  /** That script's answer: "There is a difference between the two benchmarks (p < 0.05)". */
  welchDifferent: boolean;
  /** Whether the summary line "x ± y times faster" has its x − y above 1. */
  summaryDifferent: boolean;
  /** Mean of the second ÷ mean of the first. */
  ratio: number;
}

/**
 * Reads two series of times as hyperfine and its script do.
 *
 * @param first times of the first command, in seconds
 * @param second times of the second command
 * @returns the p value and the two readings
 */
export function readAsHyperfine(
  first: readonly number[],
  second: readonly number[],
): HyperfineReading {
  const [x, y] = [[...first], [...second]];
  const [meanX, meanY] = [mean(x), mean(y)];
  const p = welchP(x, y);
  // The summary divides the slower mean by the faster one and adds relative variances
  // (hyperfine's relative_speed.rs).
  const factor = Math.max(meanX, meanY) / Math.min(meanX, meanY);
  const relative = Math.hypot(
    sampleStandardDeviation(x) / meanX,
    sampleStandardDeviation(y) / meanY,
  );
  return {
    p,
    welchDifferent: p < 0.05,
    summaryDifferent: factor - factor * relative > 1,
    ratio: meanY / meanX,
  };
}

/**
 * Two-sided p of Welch's t-test (Welch, "The generalization of Student's problem when several
 * different population variances are involved", Biometrika 34, 1947).
 *
 * @param x first sample, at least two values
 * @param y second sample, at least two values
 * @returns p, 1 if neither sample varies
 */
export function welchP(x: readonly number[], y: readonly number[]): number {
  const errorX = sampleVariance([...x]) / x.length;
  const errorY = sampleVariance([...y]) / y.length;
  const error = errorX + errorY;
  if (error === 0) return 1;
  const t = (mean([...x]) - mean([...y])) / Math.sqrt(error);
  const degrees = error ** 2 / (errorX ** 2 / (x.length - 1) + errorY ** 2 / (y.length - 1));
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/**
 * The regularised incomplete beta function by its continued fraction (NIST Digital Library of
 * Mathematical Functions, 8.17.22), evaluated with Lentz's method.
 */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return Math.min(1, Math.max(0, x));
  // The fraction converges fast only on this side; the other is its complement (8.17.4).
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const logFactor = gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) +
    b * Math.log1p(-x);
  let c = 1;
  let d = 1 / (1 - (a + b) * x / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 300; m++) {
    const before = fraction;
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= d * c;
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    fraction *= d * c;
    if (Math.abs(fraction / before - 1) < 1e-14) break;
  }
  return Math.exp(logFactor) * fraction / a;
}
