/** Exact arithmetic on fractions of whole numbers, bounded in size. */
import { VersusError } from "../error.ts";

/** A fraction in lowest terms; the denominator is above zero. */
export interface Exact {
  /** Numerator. */
  readonly num: bigint;
  /** Denominator. */
  readonly den: bigint;
}

/** Larger numbers are refused: 8192 bits are 2466 decimal digits. */
const MAX_BITS = 8192;

function bits(value: bigint): number {
  return (value < 0n ? -value : value).toString(16).length * 4;
}

function tooLarge(): VersusError {
  return new VersusError(`a number grows beyond ${MAX_BITS} bits`);
}

function divisionByZero(): VersusError {
  return new VersusError("it divides by zero");
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function fraction(num: bigint, den: bigint): Exact {
  if (den === 0n) throw divisionByZero();
  if (bits(num) > MAX_BITS || bits(den) > MAX_BITS) throw tooLarge();
  const sign = den < 0n ? -1n : 1n;
  const divisor = den === 1n ? 1n : gcd(num, den * sign);
  return { num: sign * num / divisor, den: sign * den / divisor };
}

/** A whole number. */
export function whole(value: bigint | number): Exact {
  return { num: BigInt(value), den: 1n };
}

/** Reads a decimal number exactly: `1e9`, `0.25`. */
export function parseExact(text: string): Exact {
  const match = /^(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text)!;
  const exponent = Number(match[3] ?? 0) - match[2]!.length;
  if (Math.abs(exponent) > MAX_BITS / 3 || text.length > MAX_BITS / 3) throw tooLarge();
  const digits = BigInt(match[1]! + match[2]! || "0");
  const scale = 10n ** BigInt(Math.abs(exponent));
  return exponent >= 0 ? fraction(digits * scale, 1n) : fraction(digits, scale);
}

/** The nearest floating-point number, or one of its neighbours. */
export function toNumber({ num, den }: Exact): number {
  if (bits(num) <= 1000 && bits(den) <= 1000) return Number(num) / Number(den);
  // Scaled so that the quotient has about 64 bits; its exponent is put back in two steps, because
  // the power alone may be beyond the range of a float where the result is not.
  const shift = 64 - (bits(num) - bits(den));
  const quotient = shift >= 0 ? (num << BigInt(shift)) / den : num / (den << BigInt(-shift));
  const half = Math.trunc(-shift / 2);
  return Number(quotient) * 2 ** half * 2 ** (-shift - half);
}

/** The sum. */
export function add(a: Exact, b: Exact): Exact {
  return fraction(a.num * b.den + b.num * a.den, a.den * b.den);
}

/** The value with the other sign. */
export function negate(a: Exact): Exact {
  return { num: -a.num, den: a.den };
}

/** The product. */
export function multiply(a: Exact, b: Exact): Exact {
  return fraction(a.num * b.num, a.den * b.den);
}

/** The quotient; refuses to divide by zero. */
export function divide(a: Exact, b: Exact): Exact {
  return fraction(a.num * b.den, a.den * b.num);
}

/** Towards zero, as `%` and casts round in C, Go, Rust and JavaScript. */
function truncate(a: Exact): Exact {
  return whole(a.num / a.den);
}

/** The largest whole number that is not above the value. */
export function floor(a: Exact): Exact {
  const down = a.num / a.den;
  return whole(a.num % a.den < 0n ? down - 1n : down);
}

/** The remainder with the sign of the dividend. */
export function remainder(a: Exact, b: Exact): Exact {
  return add(a, negate(multiply(b, truncate(divide(a, b)))));
}

/** Below 0, 0 or above 0. */
export function compare(a: Exact, b: Exact): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The power; `undefined` if the exponent is not whole, so that the result is not exact. */
export function power(base: Exact, exponent: Exact): Exact | undefined {
  if (exponent.den !== 1n) return undefined;
  const count = exponent.num < 0n ? -exponent.num : exponent.num;
  if (exponent.num < 0n && base.num === 0n) throw divisionByZero();
  if (count === 0n) return whole(1);
  // 0, 1 and -1 stay small whatever the exponent is.
  if (base.den === 1n && base.num * base.num <= 1n) {
    return whole(count % 2n === 0n ? base.num * base.num : base.num);
  }
  if (count > BigInt(MAX_BITS)) throw tooLarge();
  if (Number(count) * (Math.max(bits(base.num), bits(base.den)) - 4) > MAX_BITS) throw tooLarge();
  const [num, den] = [base.num ** count, base.den ** count];
  return exponent.num < 0n ? fraction(den, num) : fraction(num, den);
}

/** The whole square root, if there is one (Newton's method on whole numbers). */
function wholeRoot(square: bigint): bigint | undefined {
  if (square < 2n) return square < 0n ? undefined : square;
  let root = 1n << BigInt(Math.ceil(bits(square) / 2) + 1);
  while (true) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return root * root === square ? root : undefined;
    root = next;
  }
}

/** The square root, if it is a fraction. */
export function squareRoot(a: Exact): Exact | undefined {
  const num = wholeRoot(a.num);
  const den = wholeRoot(a.den);
  return num === undefined || den === undefined ? undefined : { num, den };
}

function wholeLog2(value: bigint): bigint | undefined {
  const length = value.toString(2).length - 1;
  return value > 0n && value === 1n << BigInt(length) ? BigInt(length) : undefined;
}

/** The logarithm to base 2, if it is whole. */
export function log2(a: Exact): Exact | undefined {
  const num = wholeLog2(a.num);
  const den = wholeLog2(a.den);
  return num === undefined || den === undefined ? undefined : whole(num - den);
}
