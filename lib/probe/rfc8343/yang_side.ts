/** The interface table as YANG models tell it: ietf-interfaces, or openconfig-interfaces. */
import { type MappedNode, MAPPING } from "./mapping.ts";
import type { InterfaceTable, InterfaceValues } from "./types.ts";

/** Whose names are used. */
export type Model = "ietf" | "openconfig";

type Tree = Readonly<Record<string, unknown>>;

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member by its local name: JSON may have the module's name before it. */
function member(tree: unknown, name: string): unknown {
  if (!isTree(tree)) return undefined;
  if (Object.hasOwn(tree, name)) return tree[name];
  const key = Object.keys(tree).find((key) => key.endsWith(`:${name}`));
  return key === undefined ? undefined : tree[key];
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined || value === "" ? [] : Array.isArray(value) ? value : [value];
}

/** A leaf as text; XML has it beside its attributes if it has any. */
function leaf(value: unknown): string | undefined {
  const plain = isTree(value) ? value["#text"] : value;
  return typeof plain === "string" || typeof plain === "number" || typeof plain === "boolean"
    ? String(plain)
    : undefined;
}

/** Where interfaces are; devices of before RFC 8343 have their state in a tree of its own (RFC 7223). */
const CONTAINERS = ["interfaces", "interfaces-state"] as const;

/**
 * Reads interfaces of a tree: the container `interfaces`, or what holds it, as JSON (RFC 7951) or as
 * XML was read.
 *
 * @param data The tree.
 * @param model Whose names it has.
 * @param atMs When it was read.
 * @returns The table; empty if there is none.
 */
export function readTree(data: unknown, model: Model, atMs: number): InterfaceTable {
  const interfaces = new Map<string, InterfaceValues>();
  const found = CONTAINERS.map((name) => member(data, name)).filter((one) => one !== undefined);
  for (const container of found.length === 0 ? [data] : found) {
    for (const entry of listOf(member(container, "interface"))) {
      const name = leaf(member(entry, "name"));
      if (name === undefined) continue;
      interfaces.set(name, { ...interfaces.get(name), ...valuesOf(entry, name, model) });
    }
  }
  return { atMs, interfaces };
}

function valuesOf(entry: unknown, name: string, model: Model): InterfaceValues {
  const values: Record<string, string> = {};
  for (const mapped of MAPPING) {
    const found = find(entry, mapped, model);
    const value = mapped.kind === "names"
      ? listOf(found).flatMap((one) => leaf(one) ?? []).sort().join(",")
      : normalised(leaf(found), mapped, model);
    if (value !== undefined && value !== "") values[mapped.node] = value;
  }
  return { ...values, name };
}

function find(
  entry: unknown,
  { node, statistic, openconfig = node }: MappedNode,
  model: Model,
): unknown {
  if (model === "ietf") return member(statistic ? member(entry, "statistics") : entry, node);
  if (openconfig === null) return undefined;
  const state = member(entry, "state");
  return member(statistic ? member(state, "counters") : state, openconfig);
}

function normalised(
  value: string | undefined,
  { node, kind }: MappedNode,
  model: Model,
): string | undefined {
  if (value === undefined) return undefined;
  switch (node) {
    case "type":
      return value.replace(/^.*:/, "");
    case "admin-status":
    case "oper-status":
      return value.toLowerCase().replaceAll("_", "-");
    case "phys-address":
      return value.toLowerCase();
  }
  if (kind !== "time") return value;
  // OpenConfig counts nanoseconds since 1970.
  const date = model === "openconfig" && /^\d+$/.test(value)
    ? new Date(Number(BigInt(value) / 1_000_000n))
    : new Date(value);
  return Number.isNaN(date.getTime()) ? value : date.toISOString();
}
