/** Ansible's ranges in names of hosts: `www[01:50:2].example.com`, `db-[a:f]`. */
import { type Place, refuse } from "./_reader.ts";

/** As many names as one pattern may stand for. */
const MAX_NAMES = 65_536;

/**
 * Writes out the ranges of a name.
 *
 * @param pattern A name; several ranges are combined, the last one fastest.
 * @param place Where it stands.
 * @returns The names; the pattern itself if it has no range.
 * @throws {ValidationError} If a range is none, or they stand for too many names.
 */
export function expandRange(pattern: string, place: Place): string[] {
  const match = /^(.*?)\[([^[\]]*:[^[\]]*)\](.*)$/.exec(pattern);
  // An IPv6 address in brackets has colons too, but it is the whole name.
  if (match === null || /^\[[\da-f:.]*\]$/i.test(pattern) && pattern.split(":").length > 3) {
    return [pattern];
  }
  const [, before, range, after] = match;
  const values = valuesOf(range!, place);
  const rest = expandRange(after!, place);
  if (values.length * rest.length > MAX_NAMES) {
    refuse(place, `the ranges stand for more than ${MAX_NAMES} hosts`);
  }
  return values.flatMap((value) => rest.map((end) => `${before}${value}${end}`));
}

function valuesOf(range: string, place: Place): string[] {
  const match = /^(\d*|[a-z]|[A-Z]):(\d+|[a-z]|[A-Z])(?::(\d+))?$/.exec(range);
  const [, from = "", to = "", step = "1"] = match ?? [];
  const first = from === "" ? "0" : from;
  const numeric = /^\d+$/.test(first) && /^\d+$/.test(to);
  const letters = /^([a-z]{2}|[A-Z]{2})$/.test(first + to);
  const [low, high] = numeric
    ? [Number(first), Number(to)]
    : [first.charCodeAt(0), to.charCodeAt(0)];
  const padded = first.length > 1 && first.startsWith("0");
  if (
    match === null || !(numeric || letters) || low > high || Number(step) < 1 ||
    padded && first.length !== to.length || high - low > MAX_NAMES
  ) {
    refuse(place, `found the range [${range}], expected one such as [1:20], [01:20:2] or [a:f]`);
  }
  const values: string[] = [];
  for (let n = low; n <= high; n += Number(step)) {
    values.push(
      numeric ? String(n).padStart(padded ? first.length : 0, "0") : String.fromCharCode(n),
    );
  }
  return values;
}
