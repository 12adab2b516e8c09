/**
 * Names of objects both ways, for SNMPv2-MIB, IF-MIB and IP-MIB.
 *
 * A line of a module's table is `name parent.arc syntax…`. The syntax is one of RFC 2578 or a textual
 * convention, `{up=1 down=2}` for an enumeration, `table`, `entry INDEX,INDEX`, `augments ENTRY`,
 * `notification`, or nothing for a branch.
 */
import { nearest, printable, VersusError } from "../../../error.ts";
import { isOid } from "../oid.ts";
import { IF_MIB } from "./_if.ts";
import { IP_MIB } from "./_ip.ts";
import { SNMPV2_MIB } from "./_snmpv2.ts";

/** What an entry of the tables is. */
export type MibKind = "branch" | "scalar" | "table" | "entry" | "column" | "notification";

/** An object of a module. */
export interface MibObject {
  /** As `ifDescr`. */
  readonly name: string;
  /** As `IF-MIB`. */
  readonly module: string;
  /** As `1.3.6.1.2.1.2.2`. */
  readonly oid: string;
  /** What can be done with it. */
  readonly kind: MibKind;
  /** Of scalars and columns: `Counter32`, `DisplayString`, an enumeration in braces. */
  readonly syntax?: string;
  /** Of entries: the names of the columns that a row is told by. */
  readonly index?: readonly string[];
}

/** Branches that the modules hang on. */
const ROOTS: readonly (readonly [string, string])[] = [
  ["iso", "1"],
  ["internet", "1.3.6.1"],
  ["mgmt", "1.3.6.1.2"],
  ["mib-2", "1.3.6.1.2.1"],
  ["enterprises", "1.3.6.1.4.1"],
  ["snmpModules", "1.3.6.1.6.3"],
];

interface Tables {
  readonly byName: ReadonlyMap<string, MibObject>;
  readonly byOid: ReadonlyMap<string, MibObject>;
}

let tables: Tables | undefined;

function load(): Tables {
  if (tables !== undefined) return tables;
  const byName = new Map<string, MibObject>();
  for (const [name, oid] of ROOTS) {
    byName.set(name, { name, module: "SNMPv2-SMI", oid, kind: "branch" });
  }
  for (
    const [module, text] of [["SNMPv2-MIB", SNMPV2_MIB], ["IF-MIB", IF_MIB], ["IP-MIB", IP_MIB]]
  ) {
    for (const line of text!.trim().split("\n")) readLine(line, module!, byName);
  }
  const byOid = new Map([...byName.values()].map((object) => [object.oid, object]));
  return tables = { byName, byOid };
}

function readLine(line: string, module: string, byName: Map<string, MibObject>): void {
  const [name, place, ...rest] = line.split(" ");
  const dot = place!.lastIndexOf(".");
  const parent = byName.get(place!.slice(0, dot))!;
  const base = { name: name!, module, oid: `${parent.oid}${place!.slice(dot)}` };
  const [word, index] = rest;
  if (word === undefined) byName.set(base.name, { ...base, kind: "branch" });
  else if (word === "table" || word === "notification") {
    byName.set(base.name, { ...base, kind: word });
  } else if (word === "entry") {
    byName.set(base.name, { ...base, kind: "entry", index: index!.split(",") });
  } else if (word === "augments") {
    byName.set(base.name, { ...base, kind: "entry", index: byName.get(index!)!.index! });
  } else {
    const kind = parent.kind === "entry" ? "column" : "scalar";
    byName.set(base.name, { ...base, kind, syntax: rest.join(" ") });
  }
}

/** Looks up an object by its name, as `ifDescr`. */
export function objectNamed(name: string): MibObject | undefined {
  return load().byName.get(name);
}

/** Looks up an object by its own identifier, without an instance. */
export function objectAt(oid: string): MibObject | undefined {
  return load().byOid.get(oid);
}

/** The columns of an entry in their order. */
export function columnsOf(entry: MibObject): MibObject[] {
  const prefix = `${entry.oid}.`;
  return [...load().byName.values()].filter(({ oid, kind }) =>
    kind === "column" && oid.startsWith(prefix)
  );
}

/**
 * Finds the object that an identifier belongs to.
 *
 * @param oid As `1.3.6.1.2.1.2.2.1.2.3`.
 * @returns The object and the arcs behind it: `ifDescr` and `3`. Nothing when no object's identifier
 * begins it, or only a branch's.
 */
export function locate(oid: string): { object: MibObject; instance: string } | undefined {
  const { byOid } = load();
  for (let end = oid.length; end > 0; end = oid.lastIndexOf(".", end - 1)) {
    const object = byOid.get(oid.slice(0, end));
    if (object === undefined) continue;
    return object.kind === "branch" ? undefined : { object, instance: oid.slice(end + 1) };
  }
  return undefined;
}

/** Names an identifier, as `ifDescr.3`; nothing for what is not in the tables. */
export function nameOf(oid: string): string | undefined {
  const found = locate(oid);
  if (found === undefined) return objectAt(oid)?.name;
  const { object, instance } = found;
  return instance === "" ? object.name : `${object.name}.${instance}`;
}

/**
 * Finds what a person means: `sysDescr`, `IF-MIB::ifDescr.3`, `1.3.6.1.2.1.1.1.0`.
 *
 * @param text A name with or without module and instance, or an identifier.
 * @returns The identifier without a dot before it.
 * @throws {VersusError} If the name is not in the tables; with the nearest one.
 */
export function resolveObject(text: string): string {
  if (isOid(text)) return text.replace(/^\./, "");
  const match = text.match(/^(?:([\w-]+)::)?([A-Za-z][\w-]*)((?:\.\d+)*)$/);
  const object = match === null ? undefined : objectNamed(match[2]!);
  const [, module, , instance] = match ?? [];
  if (object === undefined || (module !== undefined && module !== object.module)) {
    const near = nearest(match?.[2] ?? text, load().byName.keys());
    throw new VersusError(
      `Unknown object ${printable(text)}${near === undefined ? "" : `; did you mean ${near}?`}`,
      { hint: "Known are the names of SNMPv2-MIB, IF-MIB and IP-MIB; others by number: 1.3.6.1…" },
    );
  }
  return object.oid + instance!;
}
