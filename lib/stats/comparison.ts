/** How two sets of measurements of the same metric relate. */
export interface Comparison {
  /**
   * The reference's value divided by the candidate's: 64 means that the candidate took a 64th of
   * the reference's time. Never NaN or infinite.
   */
  ratio: number;
  /** Lower end of the ratio's interval. */
  low: number;
  /** Upper end of the ratio's interval. */
  high: number;
  /** Two-sided p of the test that there is no difference, not yet adjusted for other comparisons. */
  p: number;
  /** How many common blocks were compared; unpaired, the size of the smaller sample. */
  count: number;
  /** Whether `count` is enough for a verdict, see {@linkcode MINIMUM_COUNT}. */
  sufficient: boolean;
  /** The confidence of [low, high]; lower than asked for where there are too few values. */
  confidenceReached: number;
}

/** What to compare by. */
export interface CompareOptions {
  /** Confidence of the interval, 0 to 1; 0.95 unless told. */
  confidence?: number;
}

/** With fewer common blocks than this a comparison has an estimate, but no verdict. */
export const MINIMUM_COUNT = 10;
