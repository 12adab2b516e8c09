/** Axes of a curve: from values to places, and the values that are written beside them. */

/** How values are spread over an axis. */
export type ScaleKind = "linear" | "log";

/** An axis with its ends. */
export interface Axis {
  readonly kind: ScaleKind;
  readonly min: number;
  readonly max: number;
}

/** From this range on the small values of a linear axis lie on one another. */
const LOG_FROM = 30;

/** Whether values follow one another by a factor rather than by a step. */
function growsByFactor(values: readonly number[]): boolean {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  if (sorted.length < 3 || sorted[0]! <= 0) return false;
  function spread(gaps: number[]): number {
    return Math.max(...gaps) / Math.min(...gaps);
  }
  const steps = sorted.slice(1).map((value, i) => value - sorted[i]!);
  const factors = sorted.slice(1).map((value, i) => Math.log(value / sorted[i]!));
  return spread(factors) < spread(steps);
}

/**
 * Chooses the axis for places that were chosen: logarithmic where they follow one another by a factor
 * and range far.
 *
 * @param values At least one.
 */
export function placeAxis(values: readonly number[]): Axis {
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const log = min > 0 && max / min >= 8 && growsByFactor(values);
  return min === max
    ? { kind: "linear", min: min - 1, max: max + 1 }
    : { kind: log ? "log" : "linear", min, max };
}

/**
 * Chooses the axis for values that were measured: from zero, or logarithmic where the range asks for it.
 *
 * @param values At least one.
 */
export function valueAxis(values: readonly number[]): Axis {
  const [min, max] = [Math.min(...values), Math.max(...values)];
  if (min > 0 && max / min > LOG_FROM) return { kind: "log", min: min / 1.1, max: max * 1.1 };
  return { kind: "linear", min: Math.min(0, min), max: max > 0 ? max * 1.05 : 1 };
}

/** Where a value lies on an axis, 0 to 1 from its least to its largest end. */
export function place(value: number, { kind, min, max }: Axis): number {
  return kind === "log" ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
}

/** 1, 2 or 5 times a power of ten, the least that is not below a value. */
function roundStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5].find((step) => step * power >= value * (1 - 1e-9)) ?? 10);
}

function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/**
 * Chooses round values on an axis.
 *
 * @param axis The axis.
 * @param most How many there may be, at least 2.
 * @returns Ascending values between its ends.
 */
export function ticks({ kind, min, max }: Axis, most: number): number[] {
  if (kind === "linear") {
    const step = roundStep((max - min) / most);
    const first = Math.ceil(min / step - 1e-9);
    const last = Math.floor(max / step + 1e-9);
    return Array.from({ length: last - first + 1 }, (_, i) => tidy((first + i) * step));
  }
  for (const steps of [[1, 2, 5], [1, 3], [1]]) {
    const found = logTicks(min, max, steps);
    if (found.length <= most) return found;
  }
  const decades = logTicks(min, max, [1]);
  const every = Math.ceil(decades.length / most);
  return decades.filter((_, i) => i % every === 0);
}

function logTicks(min: number, max: number, steps: readonly number[]): number[] {
  const found: number[] = [];
  for (let power = Math.floor(Math.log10(min)); 10 ** power <= max; power++) {
    for (const step of steps) {
      const value = tidy(step * 10 ** power);
      if (value >= min && value <= max) found.push(value);
    }
  }
  return found;
}
