/** Turns what an agent sent into plain JSON with names and texts for people. */
import { Buffer } from "node:buffer";
import { locate, type MibObject, nameOf, objectAt } from "./mib/names.ts";
import { enumerationOf, octetsAs, TEXT_SYNTAXES, timeTicks } from "./mib/syntax.ts";
import type { SnmpType, VarBind } from "./varbind.ts";

/** An object's value as the documents show it. */
export interface SnmpObject {
  /** As `1.3.6.1.2.1.1.1.0`. */
  oid: string;
  /** As `sysDescr.0`; absent for what is in no module that is known here. */
  name?: string;
  /** The syntax that was sent, or an exception: `noSuchInstance`. */
  type: SnmpType;
  /**
   * A number; decimal text for Counter64, which JSON's numbers can't hold; text or hexadecimal for
   * octets, as `encoding` says; `null` for exceptions.
   */
  value: number | string | null;
  /** How octets are written. */
  encoding?: "utf8" | "hex";
  /** The value for people: an enumeration's name, an address, a time. */
  text?: string;
}

/**
 * Shows a value.
 *
 * @param varBind As it was sent.
 * @returns Plain JSON.
 */
export function present(varBind: VarBind): SnmpObject {
  const { oid, type } = varBind;
  const found = locateCached(oid);
  const object = found?.object;
  const name = found === undefined
    ? undefined
    : found.instance === ""
    ? found.object.name
    : `${found.object.name}.${found.instance}`;
  const shown: SnmpObject = name === undefined
    ? { oid, type, value: null }
    : { oid, name, type, value: null };
  const { value } = varBind;
  if (value instanceof Uint8Array) showOctets(shown, value, object);
  else shown.value = typeof value === "bigint" ? value.toString() : value;
  const text = textOf(varBind, object);
  if (text !== undefined && text !== shown.value) shown.text = text;
  return shown;
}

let lastParent: string | undefined;
let lastObject: MibObject | undefined;

/** The next object of a walk mostly lies beside the one before it, and is of the same column. */
function locateCached(oid: string): { object: MibObject; instance: string } | undefined {
  const parent = oid.slice(0, oid.lastIndexOf("."));
  if (parent === lastParent) {
    return lastObject && { object: lastObject, instance: oid.slice(lastObject.oid.length + 1) };
  }
  const found = locate(oid);
  // Instances of a leaf share it, and so do objects below what nobody knows.
  const shared = found === undefined
    ? objectAt(parent) === undefined
    : found.object.syntax !== undefined && found.instance !== "";
  if (shared) {
    lastParent = parent;
    lastObject = found?.object;
  }
  return found;
}

function showOctets(shown: SnmpObject, octets: Uint8Array, object: MibObject | undefined): void {
  const text = asText(octets);
  const isText = shown.type === "OctetString" && text !== undefined &&
    (object?.syntax === undefined || TEXT_SYNTAXES.has(object.syntax));
  shown.encoding = isText ? "utf8" : "hex";
  shown.value = isText ? text : Buffer.from(octets).toString("hex");
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Octets that are text without controls other than line ends and tabs. */
function asText(octets: Uint8Array): string | undefined {
  let plain = true;
  for (const byte of octets) {
    if (byte >= 0x80) plain = false;
    else if (byte === 0x7f || (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13)) {
      return undefined;
    }
  }
  if (plain) return String.fromCharCode(...octets.subarray(0, 8192)) + rest(octets);
  try {
    return utf8.decode(octets);
  } catch {
    // Latin-1 or binary: shown as hexadecimal.
    return undefined;
  }
}

/** Arguments of a call have a limit; long texts are decoded. */
function rest(octets: Uint8Array): string {
  return octets.length > 8192 ? utf8.decode(octets.subarray(8192)) : "";
}

function textOf({ type, value }: VarBind, object: MibObject | undefined): string | undefined {
  if (type === "ObjectIdentifier") return nameOf(value as string);
  if (type === "TimeTicks") return timeTicks(value as number);
  if (object?.syntax === undefined) return undefined;
  if (type === "Integer32") return enumerationOf(object.syntax)?.get(value as number);
  if (type === "OctetString") return octetsAs(object.syntax, value as Uint8Array);
  return undefined;
}
