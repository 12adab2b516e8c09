/** Object identifiers: as text, as bytes, and in their order. */
import { VersusError } from "../../error.ts";
import { malformed } from "./_ber.ts";

/** Arcs of an object identifier at most (RFC 2578, section 3.5). */
export const MAX_ARCS = 128;
const MAX_ARC = 0xffff_ffff;

/**
 * Reads the content of an OBJECT IDENTIFIER field.
 *
 * @param content Its bytes.
 * @returns As `1.3.6.1`.
 * @throws {ProbeError} `protocol` for an arc above 32 bits, one that does not end, or too many.
 */
export function oidOf(content: Uint8Array): string {
  const { length } = content;
  if (length === 0) throw malformed("an empty object identifier");
  if (content[length - 1]! >= 0x80) throw malformed("an object identifier that does not end");
  let text = "";
  let arc = 0;
  let arcs = 0;
  for (let i = 0; i < length; i++) {
    const byte = content[i]!;
    arc = arc * 128 + (byte & 0x7f);
    if (arc > MAX_ARC + 80) throw malformed("an arc above 32 bits");
    if (byte >= 0x80) continue;
    // The first two share a number.
    if (arcs === 0) {
      const first = arc < 40 ? 0 : arc < 80 ? 1 : 2;
      text = `${first}.${arc - first * 40}`;
      arcs = 2;
    } else {
      if (arc > MAX_ARC) throw malformed("an arc above 32 bits");
      if (++arcs > MAX_ARCS) throw malformed(`more than ${MAX_ARCS} arcs`);
      text += `.${arc}`;
    }
    arc = 0;
  }
  return text;
}

/** Whether a text is an object identifier: `1.3.6.1`, `.1.3.6.1`. */
export function isOid(text: string): boolean {
  return /^\.?[0-2](\.\d{1,10})+$/.test(text);
}

/**
 * Writes the content of an OBJECT IDENTIFIER field.
 *
 * @param oid As `1.3.6.1`, with or without a dot before it.
 * @throws {VersusError} If it is not one: a first arc above 2, an arc above 32 bits, too many.
 */
export function oidContent(oid: string): Uint8Array {
  const arcs = (oid.startsWith(".") ? oid.slice(1) : oid).split(".").map(Number);
  const [first, second] = arcs;
  const valid = isOid(oid) && arcs.length <= MAX_ARCS && arcs.every((arc) => arc <= MAX_ARC) &&
    (first === 2 || second! < 40);
  if (!valid) {
    throw new VersusError(`Found ${oid}, expected an object identifier such as 1.3.6.1.2.1.1.1.0`);
  }
  const bytes: number[] = [];
  for (const arc of [first! * 40 + second!, ...arcs.slice(2)]) {
    const start = bytes.length;
    bytes.push(arc & 0x7f);
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
      bytes.splice(start, 0, (rest & 0x7f) | 0x80);
    }
  }
  return Uint8Array.from(bytes);
}

/**
 * Whether an object lies in a subtree, both as the content of their fields; the root lies in it too.
 */
export function liesWithin(content: Uint8Array, root: Uint8Array): boolean {
  if (content.length < root.length) return false;
  for (let i = 0; i < root.length; i++) if (content[i] !== root[i]) return false;
  return true;
}

/**
 * Compares two object identifiers in the order of SNMP, arc by arc.
 *
 * @param a The content of its field.
 * @param b Likewise.
 * @returns Below zero if `a` comes first, zero if they are the same.
 */
export function compareOids(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  let at = 0;
  while (at < shared && a[at] === b[at]) at++;
  if (at === shared) return a.length - b.length;
  // Back to where the arcs begin that differ.
  while (at > 0 && a[at - 1]! >= 0x80) at--;
  return arcAt(a, at) - arcAt(b, at);
}

function arcAt(content: Uint8Array, at: number): number {
  let arc = 0;
  for (let i = at; i < content.length; i++) {
    arc = arc * 128 + (content[i]! & 0x7f);
    if (content[i]! < 0x80) break;
  }
  return arc;
}
