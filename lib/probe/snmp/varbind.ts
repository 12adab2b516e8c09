/** What a message of SNMP carries: names of objects with their values. */
import {
  type Cursor,
  enter,
  field,
  integerField,
  malformed,
  readHeader,
  signedOf,
  TAG,
  unsigned64Of,
  unsignedOf,
} from "./_ber.ts";
import { oidContent, oidOf } from "./oid.ts";

/** The syntaxes of RFC 2578 and the exceptions of RFC 3416. */
export type SnmpType =
  | "Integer32"
  | "OctetString"
  | "Null"
  | "ObjectIdentifier"
  | "IpAddress"
  | "Counter32"
  | "Gauge32"
  | "TimeTicks"
  | "Opaque"
  | "Counter64"
  | "noSuchObject"
  | "noSuchInstance"
  | "endOfMibView";

/** An object and its value as they were sent. */
export interface VarBind {
  /** As `1.3.6.1.2.1.1.1.0`. */
  readonly oid: string;
  /** The content of its field, to ask for the one behind it. */
  readonly name: Uint8Array;
  /** The syntax, or an exception. */
  readonly type: SnmpType;
  /**
   * A number for Integer32, Counter32, Gauge32 and TimeTicks, a `bigint` for Counter64, text for
   * object identifiers and addresses, bytes for the others, `null` for Null and the exceptions.
   */
  readonly value: number | bigint | string | Uint8Array | null;
}

/** Reads one pair of object and value. */
export function readVarBind(cursor: Cursor): VarBind {
  const inner = enter(cursor);
  const { end } = readHeader(inner, TAG.oid);
  const name = inner.bytes.subarray(inner.at, end);
  const oid = oidOf(name);
  inner.at = end;
  const { tag, end: valueEnd } = readHeader(inner);
  if (valueEnd !== inner.end) throw malformed(`more than one value for ${oid}`);
  const content = inner.bytes.subarray(inner.at, valueEnd);
  return { oid, name, ...valueOf(tag, content) };
}

function valueOf(tag: number, content: Uint8Array): Pick<VarBind, "type" | "value"> {
  switch (tag) {
    case TAG.integer:
      return { type: "Integer32", value: signedOf(content) };
    case TAG.octets:
      return { type: "OctetString", value: content };
    case TAG.oid:
      return { type: "ObjectIdentifier", value: oidOf(content) };
    case TAG.counter32:
      return { type: "Counter32", value: unsignedOf(content) };
    case TAG.gauge32:
      return { type: "Gauge32", value: unsignedOf(content) };
    case TAG.timeTicks:
      return { type: "TimeTicks", value: unsignedOf(content) };
    case TAG.counter64:
      return { type: "Counter64", value: unsigned64Of(content) };
    case TAG.opaque:
      return { type: "Opaque", value: content };
    case TAG.ipAddress:
      if (content.length !== 4) throw malformed(`an IpAddress of ${content.length} bytes`);
      return { type: "IpAddress", value: content.join(".") };
    case TAG.null:
    case TAG.noSuchObject:
    case TAG.noSuchInstance:
    case TAG.endOfMibView:
      if (content.length > 0) throw malformed(`a null of ${content.length} bytes`);
      return { type: EMPTY[tag], value: null };
  }
  throw malformed(`a value with the unknown tag 0x${tag.toString(16)}`);
}

const EMPTY = {
  [TAG.null]: "Null",
  [TAG.noSuchObject]: "noSuchObject",
  [TAG.noSuchInstance]: "noSuchInstance",
  [TAG.endOfMibView]: "endOfMibView",
} as const;

/** Reads a list of them. */
export function readVarBinds(cursor: Cursor): VarBind[] {
  const list = enter(cursor);
  const found: VarBind[] = [];
  while (list.at < list.end) found.push(readVarBind(list));
  return found;
}

const NULL = field(TAG.null);

/**
 * Writes the list of a question: names without values.
 *
 * @param names The content of each name's field.
 */
export function questionField(names: readonly Uint8Array[]): Uint8Array {
  return field(
    TAG.sequence,
    ...names.map((name) => field(TAG.sequence, field(TAG.oid, name), NULL)),
  );
}

/** Writes a list of names and values: an inform is acknowledged with what it carried. */
export function varBindsField(varBinds: readonly VarBind[]): Uint8Array {
  return field(
    TAG.sequence,
    ...varBinds.map(({ name, type, value }) =>
      field(TAG.sequence, field(TAG.oid, name), valueField(type, value))
    ),
  );
}

function valueField(type: SnmpType, value: VarBind["value"]): Uint8Array {
  switch (type) {
    case "Integer32":
      return integerField(value as number);
    case "Counter32":
      return integerField(value as number, TAG.counter32);
    case "Gauge32":
      return integerField(value as number, TAG.gauge32);
    case "TimeTicks":
      return integerField(value as number, TAG.timeTicks);
    case "Counter64":
      return counter64Field(value as bigint);
    case "OctetString":
      return field(TAG.octets, value as Uint8Array);
    case "Opaque":
      return field(TAG.opaque, value as Uint8Array);
    case "ObjectIdentifier":
      return field(TAG.oid, oidContent(value as string));
    case "IpAddress":
      return field(TAG.ipAddress, Uint8Array.from((value as string).split(".").map(Number)));
    case "Null":
      return NULL;
    case "noSuchObject":
    case "noSuchInstance":
    case "endOfMibView":
      return field(TAG[type]);
  }
}

function counter64Field(value: bigint): Uint8Array {
  const content: number[] = [];
  let rest = value;
  do {
    content.unshift(Number(rest & 0xffn));
    rest >>= 8n;
  } while (rest > 0n);
  if (content[0]! >= 0x80) content.unshift(0);
  return field(TAG.counter64, Uint8Array.from(content));
}
