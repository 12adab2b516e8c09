/** The interface table as SNMP tells it. */
import { ProbeError } from "../error.ts";
import { snmp } from "../protocols/snmp.ts";
import type { SnmpResult } from "../snmp/schema.ts";
import type { SnmpObject } from "../snmp/present.ts";
import type { SnmpRow } from "../snmp/table.ts";
import type { SnmpCredentials } from "../snmp/types.ts";
import type { Target } from "../types.ts";
import { askOnce } from "./_ask.ts";
import { MAPPING } from "./mapping.ts";
import type { InterfaceTable, InterfaceValues } from "./types.ts";

const COLUMNS = [...new Set(MAPPING.flatMap(({ objects }) => objects))]
  .filter((name) => name !== "ifStackTable");
/** ifSpeed where a speed does not fit (RFC 2863, section 3.1.6). */
const TOO_FAST = 4_294_967_295;
/** Where there is no ifName: agents of before RFC 2233. */
const NAME_OBJECTS = ["ifName", "ifDescr"] as const;

/**
 * Reads the interface table.
 *
 * @param target The agent.
 * @param credentials With what it is asked.
 * @param timeoutMs The most that each of its parts may take.
 * @param signal Cancels it.
 * @throws {ProbeError} If the agent does not answer.
 */
export async function readBySnmp(
  target: Target,
  credentials: SnmpCredentials,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<InterfaceTable> {
  const ask = async (operation: "get" | "table", objects: readonly string[]) => {
    const options = { credentials, operation, objects };
    return await askOnce(snmp, target, options, timeoutMs, signal);
  };
  const uptime = await ask("get", ["sysUpTime"]);
  const { atMs, result } = await ask("table", [...COLUMNS, "ifDescr"]);
  const stack = await ask("table", ["ifStackTable"]);
  const rows = result.rows ?? [];
  const startedMs = uptime.atMs - 10 * ticksOf(uptime.result);
  const layers = layersOf(stack.result.rows ?? [], namesOf(rows));
  return {
    atMs,
    interfaces: new Map(rows.map((row) => {
      const values = valuesOf(row, startedMs, layers.get(row.index));
      return [values.name ?? row.index, values];
    })),
  };
}

function ticksOf({ objects }: SnmpResult): number {
  const ticks = Number(objects?.[0]?.value);
  if (Number.isFinite(ticks)) return ticks;
  throw new ProbeError("not-supported", "The agent has no sysUpTime");
}

function namesOf(rows: readonly SnmpRow[]): Map<string, string> {
  return new Map(rows.map((row) => [row.index, nameOf(row)]));
}

function nameOf({ index, columns }: SnmpRow): string {
  const name = NAME_OBJECTS.map((object) => columns[object]?.value).find((value) => value);
  return name === undefined || name === null ? index : String(name);
}

interface Layers {
  higher: string[];
  lower: string[];
}

/** Each row says that the one runs on top of the other; 0 stands for none (RFC 2863, section 3.1.1). */
function layersOf(
  rows: readonly SnmpRow[],
  names: ReadonlyMap<string, string>,
): Map<string, Layers> {
  const layers = new Map<string, Layers>();
  const of = (index: string) => {
    const found = layers.get(index) ?? { higher: [], lower: [] };
    layers.set(index, found);
    return found;
  };
  for (const { index } of rows) {
    const [higher = "0", lower = "0"] = index.split(".");
    if (higher === "0" || lower === "0") continue;
    of(lower).higher.push(names.get(higher) ?? higher);
    of(higher).lower.push(names.get(lower) ?? lower);
  }
  return layers;
}

function valuesOf(row: SnmpRow, startedMs: number, layers: Layers | undefined): InterfaceValues {
  const { columns } = row;
  const values: Record<string, string> = {};
  for (const { node, objects: [name], kind } of MAPPING) {
    const value = kind === "names"
      ? (node === "higher-layer-if" ? layers?.higher : layers?.lower)?.sort().join(",")
      : kind === "speed"
      ? speedOf(columns)
      : kind === "time"
      ? timeOf(node, columns[name], startedMs)
      : textOf(columns[name]);
    if (value !== undefined && value !== "") values[node] = value;
  }
  return { ...values, name: nameOf(row), "if-index": row.index };
}

function textOf(object: SnmpObject | undefined): string | undefined {
  if (object?.value === undefined || object.value === null) return undefined;
  const text = object.text ?? String(object.value);
  // Names of the MIB such as lowerLayerDown are lower-layer-down in YANG; types stay as they are.
  const enumerated = /^if(Admin|Oper)Status\b|^ifLinkUpDownTrapEnable\b/.test(object.name ?? "");
  return enumerated ? text.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) : text;
}

function speedOf(columns: SnmpRow["columns"]): string | undefined {
  const [speed, high] = [columns.ifSpeed, columns.ifHighSpeed].map((one) =>
    Number(one?.value ?? NaN)
  );
  if (speed === TOO_FAST && high! > 0) return String(high! * 1e6);
  return Number.isFinite(speed) ? String(speed) : undefined;
}

/** Hundredths of a second since the agent's start, as a time of day. */
function timeOf(
  node: string,
  object: SnmpObject | undefined,
  startedMs: number,
): string | undefined {
  const ticks = Number(object?.value ?? NaN);
  if (!Number.isFinite(ticks)) return undefined;
  // Before the agent's start there was nobody to see it: YANG has no such node then (RFC 8343,
  // last-change), or the agent's start (discontinuity-time).
  if (ticks === 0 && node === "last-change") return undefined;
  return new Date(startedMs + 10 * ticks).toISOString();
}
