/** Reads moments and ages: `2026-11-01`, `7d`. */
import { printable, VersusError } from "../../lib/error.ts";

const SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  min: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};

/** Seconds of an age such as `90d`; `undefined` for what is none. */
function ageSeconds(text: string): number | undefined {
  const match = text.match(/^(\d+(?:\.\d+)?)\s*(s|m|min|h|d|w)$/);
  return match === null ? undefined : Number(match[1]) * SECONDS[match[2]!]!;
}

function beforeNow(seconds: number, now: Date): string | undefined {
  const at = new Date(now.getTime() - 1000 * seconds);
  return Number.isNaN(at.getTime()) || at.getTime() < 0 ? undefined : at.toISOString();
}

/**
 * Reads a moment.
 *
 * @param option The option, for the message.
 * @param text A date (`2026-11-01`), a time in UTC (`2026-11-01T09:30Z`), or an age (`7d`, `24h`).
 * @param now What ages count from.
 * @returns RFC 3339 in UTC.
 * @throws {VersusError} If it is something else.
 */
export function parseMoment(option: string, text: string, now: Date = new Date()): string {
  const age = ageSeconds(text.trim());
  if (age !== undefined) {
    const at = beforeNow(age, now);
    if (at !== undefined) return at;
  }
  const given = text.trim();
  if (/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?Z)?$/.test(given)) {
    const at = new Date(given);
    // 2026-02-31 would be a day in March.
    if (!Number.isNaN(at.getTime()) && at.toISOString().startsWith(given.slice(0, 10))) {
      return at.toISOString();
    }
  }
  throw new VersusError(
    `Found ${printable(text)} for ${option}, expected a date, a time in UTC or an age`,
    { hint: "For example 2026-11-01, 2026-11-01T09:30Z, 7d or 24h" },
  );
}

/**
 * Reads an age.
 *
 * @param option The option, for the message.
 * @param text For example `90d`, `12w`, `24h`.
 * @param now What it counts from.
 * @returns The moment so long ago, RFC 3339 in UTC.
 * @throws {VersusError} If it is something else.
 */
export function parseAge(option: string, text: string, now: Date = new Date()): string {
  const age = ageSeconds(text.trim());
  const at = age === undefined ? undefined : beforeNow(age, now);
  if (at !== undefined) return at;
  throw new VersusError(`Found ${printable(text)} for ${option}, expected an age`, {
    hint: "For example 90d, 12w or 24h",
  });
}
