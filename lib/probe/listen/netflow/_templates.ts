/** Templates of NetFlow v9 and IPFIX, and the records that they describe. */
import { malformed, need, viewOf } from "../_bytes.ts";
import { elementOf, scopeV9 } from "./_elements.ts";
import { type FieldValue, readerOf, type ReadValue } from "./_values.ts";

/** Fields of a template at most. */
const MAX_FIELDS = 1024;
const VARIABLE = 0xffff;

interface Field {
  /** Empty for padding, which is left out (RFC 7011, section 3.3.1). */
  readonly name: string;
  /** Absent if the record says it. */
  readonly length: number | undefined;
  readonly read: ReadValue;
}

/** What records look like. */
export interface Template {
  /** Its number, from 256. */
  readonly id: number;
  /** Its records are about the exporter, not about flows. */
  readonly options: boolean;
  /** In the order of the record. */
  readonly fields: readonly Field[];
  /** The least that a record has. */
  readonly leastBytes: number;
}

/** Where the part of a set is that is being read. */
interface Part {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
}

/**
 * Reads a set of templates.
 *
 * @param bytes The datagram.
 * @param at Behind the set's header.
 * @param end Behind the set.
 * @param format `netflow9` or `ipfix`.
 * @param options Whether they are of options.
 * @param learn Gets each; a withdrawal as its number alone.
 * @throws {ProbeError} `protocol`.
 */
export function readTemplates(
  bytes: Uint8Array,
  at: number,
  end: number,
  format: "netflow9" | "ipfix",
  options: boolean,
  learn: (template: Template | number) => void,
): void {
  const part: Part = { bytes, at, end };
  // What is left of fewer than four bytes is padding.
  while (part.end - part.at >= 4) {
    const id = take16(part);
    if (id < 256) {
      // Padding of zeros; any other number can't be a template's.
      if (id === 0) return;
      throw malformed(`A template with the number ${id}`);
    }
    if (format === "netflow9") learn(readV9(part, id, options));
    else learn(readIpfix(part, id, options));
  }
}

function readV9(part: Part, id: number, options: boolean): Template {
  if (!options) return makeTemplate(id, false, readFields(part, take16(part), false));
  const scopeBytes = take16(part);
  const optionBytes = take16(part);
  if (scopeBytes % 4 !== 0 || optionBytes % 4 !== 0) {
    throw malformed(`Template ${id} has specifiers that are cut short`);
  }
  const scopes = Array.from({ length: scopeBytes / 4 }, () => {
    const { name, kind } = scopeV9(take16(part));
    const length = take16(part);
    return { name, length, read: readerOf(kind, length) };
  });
  return makeTemplate(id, true, [...scopes, ...readFields(part, optionBytes / 4, false)]);
}

function readIpfix(part: Part, id: number, options: boolean): Template | number {
  const count = take16(part);
  // RFC 7011, section 8.1: a template without fields is withdrawn.
  if (count === 0) return id;
  if (options) {
    const scopes = take16(part);
    if (scopes === 0 || scopes > count) throw malformed(`Template ${id} has ${scopes} scopes`);
  }
  return makeTemplate(id, options, readFields(part, count, true));
}

function readFields(part: Part, count: number, ipfix: boolean): Field[] {
  if (count > MAX_FIELDS) throw malformed(`A template of ${count} fields`);
  return Array.from({ length: count }, () => {
    const word = take16(part);
    const length = take16(part);
    const own = ipfix && (word & 0x8000) !== 0;
    const enterprise = own ? take16(part) * 0x10000 + take16(part) : 0;
    const { name, kind } = elementOf(ipfix ? word & 0x7fff : word, enterprise);
    const known = ipfix && length === VARIABLE ? undefined : length;
    return { name, length: known, read: readerOf(kind, known) };
  });
}

function take16(part: Part): number {
  const { bytes, at, end } = part;
  if (at + 2 > end) throw malformed("A template is cut short");
  part.at = at + 2;
  return bytes[at]! << 8 | bytes[at + 1]!;
}

function makeTemplate(id: number, options: boolean, fields: readonly Field[]): Template {
  const leastBytes = fields.reduce((sum, { length }) => sum + (length ?? 1), 0);
  if (leastBytes === 0) throw malformed(`Template ${id} has records without bytes`);
  return { id, options, fields: withOwnNames(fields), leastBytes };
}

/** An element may be in a template twice, as the labels of MPLS are. */
function withOwnNames(fields: readonly Field[]): Field[] {
  const seen = new Map<string, number>();
  return fields.map((field) => {
    if (field.name === "paddingOctets") return { ...field, name: "" };
    const times = (seen.get(field.name) ?? 0) + 1;
    seen.set(field.name, times);
    return times === 1 ? field : { ...field, name: `${field.name}.${times}` };
  });
}

/**
 * Reads the records of a set.
 *
 * @param bytes The datagram.
 * @param start Behind the set's header.
 * @param end Behind the set; what is left there is padding.
 * @param template What they look like.
 * @param records Where they go.
 * @throws {ProbeError} `protocol` if a field that varies runs past the end.
 */
export function readRecords(
  bytes: Uint8Array,
  start: number,
  end: number,
  template: Template,
  records: Record<string, FieldValue>[],
): void {
  const { fields, leastBytes, id } = template;
  let at = start;
  while (end - at >= leastBytes) {
    const record: Record<string, FieldValue> = template.options
      ? { record: "options", template: id }
      : { record: "flow", template: id };
    for (const field of fields) {
      let { length } = field;
      if (length === undefined) {
        ({ at, length } = variableLength(bytes, at, end));
      }
      if (at + length > end) throw malformed(`A record of template ${id} is cut short`);
      if (field.name !== "") record[field.name] = field.read(bytes, at, length);
      at += length;
    }
    records.push(record);
  }
}

/** Source: RFC 7011, section 7. */
function variableLength(
  bytes: Uint8Array,
  at: number,
  end: number,
): { at: number; length: number } {
  if (at >= end) throw malformed("A field without its length");
  const short = bytes[at]!;
  if (short < 255) return { at: at + 1, length: short };
  need(bytes.subarray(0, end), at + 1, 2, "A field's length");
  return { at: at + 3, length: viewOf(bytes).getUint16(at + 1) };
}
