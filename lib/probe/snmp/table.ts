/** Tables: rows with the columns by their names, told apart by their index. */
import { VersusError } from "../../error.ts";
import type { Attempt } from "../types.ts";
import { columnsOf, type MibObject, objectAt, objectNamed } from "./mib/names.ts";
import { inetAddress, octetsAs } from "./mib/syntax.ts";
import { present, type SnmpObject } from "./present.ts";
import type { SnmpSession } from "./types.ts";
import { readColumns, subtree, type WalkOptions } from "./walk.ts";

/** A row of a table. */
export interface SnmpRow {
  /** The arcs behind the columns' identifiers, as `3`. */
  index: string;
  /** The same by the names of the index's objects, as `{ifIndex: "3"}`; where they are known. */
  key?: Record<string, string>;
  /** Values by the column's name, or by its arc where the table is not known. */
  columns: Record<string, SnmpObject>;
}

/**
 * Reads a table.
 *
 * @param session The agent.
 * @param table Its identifier, or those of some of its columns: `1.3.6.1.2.1.2.2`.
 * @param attempt Ends it.
 * @param options How it is walked.
 * @returns Rows in the agent's order.
 * @throws {VersusError} If what is asked for is neither a table nor a column.
 * @throws {ProbeError} As for a walk.
 */
export async function readTable(
  session: SnmpSession,
  table: readonly string[],
  attempt: Attempt,
  options: WalkOptions = {},
): Promise<SnmpRow[]> {
  const objects = table.map(objectAt);
  const [first] = objects;
  if (table.length === 1 && first === undefined) {
    return await readUnknown(session, table[0]!, attempt, options);
  }
  const columns = first !== undefined && (first.kind === "table" || first.kind === "entry")
    ? columnsOf(first.kind === "entry" ? first : objectAt(`${first.oid}.1`)!)
    : objects.map((object, i) => asColumn(object, table[i]!));
  // Objects of the index are often not accessible, and are in every instance anyway.
  const found = await readColumns(session, columns.map(({ oid }) => oid), attempt, options);
  const rows = new Map<string, SnmpRow>();
  found.forEach((values, i) => {
    const { name, oid } = columns[i]!;
    const entry = objectAt(oid.slice(0, oid.lastIndexOf(".")));
    for (const [index, varBind] of values) {
      let row = rows.get(index);
      if (row === undefined) rows.set(index, row = makeRow(index, entry));
      row.columns[name] = present(varBind);
    }
  });
  return [...rows.values()];
}

function asColumn(object: MibObject | undefined, oid: string): MibObject {
  if (object?.kind === "column") return object;
  throw new VersusError(`Found ${object?.name ?? oid}, expected a table or columns of one`, {
    hint: "Name a table, as ifTable, or columns, as ifDescr ifHCInOctets",
  });
}

/** A table that no module describes: entry 1, then the column, then the index. */
async function readUnknown(
  session: SnmpSession,
  table: string,
  attempt: Attempt,
  options: WalkOptions,
): Promise<SnmpRow[]> {
  const rows = new Map<string, SnmpRow>();
  for await (const varBinds of subtree(session, table, attempt, options)) {
    for (const varBind of varBinds) {
      const match = /^1\.(\d+)\.(.+)$/.exec(varBind.oid.slice(table.length + 1));
      if (match === null) {
        throw new VersusError(`${table} is no table: it holds ${varBind.oid}`, {
          hint: "Read it as a subtree",
        });
      }
      const [, column, index] = match;
      let row = rows.get(index!);
      if (row === undefined) rows.set(index!, row = makeRow(index!, undefined));
      row.columns[column!] = present(varBind);
    }
  }
  return [...rows.values()];
}

function makeRow(index: string, entry: MibObject | undefined): SnmpRow {
  const key = entry?.index === undefined ? undefined : readIndex(index, entry.index);
  return { index, ...(key === undefined ? {} : { key }), columns: {} };
}

/**
 * Splits an instance into the objects of the index (RFC 2578, section 7.7).
 *
 * @param instance As `2.1.4.192.0.2.1`.
 * @param names The objects' names.
 * @returns Nothing if it does not fit.
 */
export function readIndex(
  instance: string,
  names: readonly string[],
): Record<string, string> | undefined {
  const arcs = instance.split(".").map(Number);
  const key: Record<string, string> = {};
  let at = 0;
  for (const name of names) {
    const syntax = objectNamed(name)?.syntax ?? "Integer32";
    const taken = takeIndex(arcs, at, syntax);
    if (taken === undefined) return undefined;
    key[name] = taken.text;
    at = taken.end;
  }
  return at === arcs.length ? key : undefined;
}

function takeIndex(
  arcs: readonly number[],
  at: number,
  syntax: string,
): { text: string; end: number } | undefined {
  if (syntax === "IpAddress") {
    const end = at + 4;
    return end > arcs.length ? undefined : { text: arcs.slice(at, end).join("."), end };
  }
  if (syntax !== "InetAddress" && syntax !== "PhysAddress") {
    return at >= arcs.length ? undefined : { text: String(arcs[at]), end: at + 1 };
  }
  const length = arcs[at] ?? 0;
  const end = at + 1 + length;
  const octets = arcs.slice(at + 1, end);
  if (end > arcs.length || octets.some((octet) => octet > 255)) return undefined;
  const bytes = Uint8Array.from(octets);
  const text = syntax === "InetAddress" ? inetAddress(bytes) : octetsAs(syntax, bytes);
  return { text: text ?? octets.join("."), end };
}
