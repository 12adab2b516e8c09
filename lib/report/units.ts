/**
 * Quantities for people: a sensible unit, three or four significant digits, an interval beside it.
 *
 * Sizes follow `getrusage` and GNU `time`: 1 KB is 1,024 bytes and 1 MB 1,024 KB.
 */
import { type Symbols, symbols } from "./_symbols.ts";

/** What is counted. Base units: seconds, bytes, percent, per second, none. */
export type Quantity = "time" | "size" | "percent" | "rate" | "number";

/** A value with the interval that it lies in. */
export interface Estimate {
  /** The value, in the base unit. */
  readonly median: number;
  /** The lower end of its interval. */
  readonly low: number;
  /** The upper end. */
  readonly high: number;
}

interface Unit {
  readonly name: string;
  /** In base units. */
  readonly factor: number;
  /** The least value it is used from, in base units; its factor by default. */
  readonly from?: number;
}

/** Smallest first. */
const UNITS: Readonly<Record<Quantity, readonly Unit[]>> = {
  time: [
    { name: "ns", factor: 1e-9 },
    { name: "µs", factor: 1e-6 },
    { name: "ms", factor: 1e-3 },
    { name: "s", factor: 1 },
    { name: "min", factor: 60, from: 120 },
  ],
  size: [
    { name: "B", factor: 1 },
    { name: "KB", factor: 1024 },
    { name: "MB", factor: 1024 ** 2 },
    { name: "GB", factor: 1024 ** 3 },
    { name: "TB", factor: 1024 ** 4 },
  ],
  percent: [{ name: "%", factor: 1 }],
  rate: [
    { name: "/s", factor: 1 },
    { name: "k/s", factor: 1e3 },
    { name: "M/s", factor: 1e6 },
    { name: "G/s", factor: 1e9 },
  ],
  number: [{ name: "", factor: 1 }],
};

/** Significant digits of a value that has no interval. */
const DIGITS: Readonly<Record<Quantity, number>> = {
  time: 4,
  size: 3,
  percent: 3,
  rate: 4,
  number: 4,
};

/** Decimal places that show a value with so many significant digits. */
function decimalsFor(value: number, digits: number): number {
  if (value === 0) return 0;
  // 0.99996 is 1.000 in four digits, so the digits are counted after rounding.
  const rounded = Math.abs(Number(value.toPrecision(digits)));
  return Math.max(0, digits - 1 - Math.floor(Math.log10(rounded)));
}

function unitFor(value: number, quantity: Quantity): Unit {
  const units = UNITS[quantity];
  const size = Math.abs(value);
  if (size === 0) return units.find((unit) => unit.factor === 1)!;
  let chosen = units[0]!;
  for (const unit of units) {
    // What would be rounded to "1000 ms" is one second already.
    const scaled = size / chosen.factor;
    const shown = Number(scaled.toFixed(decimalsFor(scaled, DIGITS[quantity])));
    if (shown * chosen.factor >= (unit.from ?? unit.factor)) chosen = unit;
  }
  return chosen;
}

function unitName(unit: Unit, signs: Symbols): string {
  const name = unit.name.replace("µ", signs.micro);
  return name === "" ? "" : ` ${name}`;
}

/** Writes a number with thousands separated, or in powers of ten when it is out of sight. */
function digits(value: number, decimals: number): string {
  const size = Math.abs(value);
  if (size >= 1e9 || (size > 0 && size < 1e-6)) return value.toExponential(3);
  const [whole, fraction] = value.toFixed(Math.min(decimals, 12)).split(".");
  const grouped = whole!.length > 4 ? whole!.replace(/\B(?=(\d{3})+$)/g, ",") : whole!;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/**
 * Writes one value.
 *
 * @param value In base units: seconds, bytes, percent, per second.
 * @param quantity What it counts.
 * @param signs Give the micro sign.
 * @returns For example `12.35 ms`, `9.91 MB`, `392 %`.
 */
export function formatQuantity(
  value: number,
  quantity: Quantity,
  signs: Symbols = symbols(),
): string {
  const unit = unitFor(value, quantity);
  const scaled = value / unit.factor;
  const whole = (quantity === "number" || quantity === "size" && unit.factor === 1) &&
    Number.isInteger(scaled);
  const decimals = whole
    ? 0
    : quantity === "percent"
    ? (Math.abs(scaled) < 9.95 ? 1 : 0)
    : decimalsFor(scaled, DIGITS[quantity]);
  return digits(scaled, decimals) + unitName(unit, signs);
}

/** Seconds as people read them: `12.35 ms`. */
export function formatSeconds(seconds: number, signs?: Symbols): string {
  return formatQuantity(seconds, "time", signs);
}

/** Bytes as people read them: `1.90 MB`. */
export function formatBytes(bytes: number, signs?: Symbols): string {
  return formatQuantity(bytes, "size", signs);
}

/** Percent as people read them: `392 %`, `2.3 %`. */
export function formatPercent(percent: number): string {
  return formatQuantity(percent, "percent");
}

/** A count with its thousands separated: `1,000,000`. */
export function formatCount(count: number): string {
  return formatQuantity(count, "number");
}

/**
 * Writes a ratio with three significant digits, and one more where it is near to 1.
 *
 * @param ratio For example 64.21.
 * @returns For example `64.2`, `1.027`, `0.973`, `1234`.
 */
export function formatRatio(ratio: number): string {
  return digits(ratio, Math.abs(ratio - 1) < 0.1 ? 3 : decimalsFor(ratio, 3));
}

/**
 * Writes a setting in percent as it was given, without digits that nobody asked for.
 *
 * @param percent For example 5 or 99.9.
 * @returns For example `5 %`, `99.9 %`.
 */
export function formatSetting(percent: number): string {
  return `${Number(percent.toPrecision(4))} %`;
}

/**
 * Writes a value with half the width of its interval, both in the unit of the value.
 *
 * The value has four significant digits, or three when the interval is wider than the fourth. The
 * wider side of an interval that is not symmetric is the one that is told.
 *
 * @param estimate The value and its interval, in base units.
 * @param quantity What it counts.
 * @param signs Give the signs.
 * @returns For example `12.35 ms ± 0.05`; without the second part when the interval has no width.
 */
export function formatEstimate(
  estimate: Estimate,
  quantity: Quantity,
  signs: Symbols = symbols(),
): string {
  const { median, low, high } = estimate;
  const half = Math.max(high - median, median - low);
  if (!(half > 0)) return formatQuantity(median, quantity, signs);
  const unit = unitFor(median === 0 ? half : median, quantity);
  const value = median / unit.factor;
  const around = half / unit.factor;
  const least = decimalsFor(value, 3);
  const most = Math.max(least, decimalsFor(value, 4));
  const decimals = Math.min(most, Math.max(least, decimalsFor(around, 2)));
  const smallest = 10 ** -decimals;
  const rounded = Number(around.toFixed(decimals));
  const told = rounded === 0 ? `<${digits(smallest, decimals)}` : digits(rounded, decimals);
  return `${digits(value, decimals)}${unitName(unit, signs)} ${signs.plusMinus} ${told}`;
}

/**
 * Writes how long something takes, for a clock.
 *
 * @param seconds At least 0.
 * @returns For example `7 s`, `1:05`, `2:03:20`.
 */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (parts[0] === 0) parts.shift();
  return parts.map((part, i) => i === 0 ? `${part}` : String(part).padStart(2, "0")).join(":");
}
