/** Compares the tables of the two sides, node by node. */
import { type MappedNode, MAPPING } from "./mapping.ts";
import type {
  CellState,
  ComparedCell,
  ComparedInterface,
  InterfaceTable,
  InterfaceValues,
} from "./types.ts";

/** Clocks of both sides are set and rounded on their own. */
const TIME_TOLERANCE_MS = 2_000;
const MILLION = 1_000_000;
const WRAP = 2n ** 64n;
const WRAP_32 = 2n ** 32n;

/** SNMP, then the other side, then SNMP again. */
export interface Readings {
  /** By SNMP, first. */
  readonly before: InterfaceTable;
  /** By the other protocol. */
  readonly yang: InterfaceTable;
  /** By SNMP, once more. */
  readonly after: InterfaceTable;
}

/**
 * Compares two tables; the third one says how far counters have moved meanwhile.
 *
 * @param readings What was read, in this order.
 * @returns Interfaces in the order of SNMP, then those that only the other side has.
 */
export function compareTables({ before, yang, after }: Readings): ComparedInterface[] {
  const names = new Set([...before.interfaces.keys(), ...yang.interfaces.keys()]);
  return [...names].map((name) => ({
    name,
    cells: MAPPING.flatMap((mapped) =>
      compareCell(
        mapped,
        before.interfaces.get(name),
        yang.interfaces.get(name),
        after.interfaces.get(name),
      )
    ),
  }));
}

function compareCell(
  mapped: MappedNode,
  before: InterfaceValues | undefined,
  yang: InterfaceValues | undefined,
  after: InterfaceValues | undefined,
): ComparedCell[] {
  const { node, objects, statistic } = mapped;
  const [left, right, later] = [before, yang, after].map((values) => values?.[node]);
  if (left === undefined && right === undefined) return [];
  const state = stateOf(mapped, left, right, later);
  return [{
    node: statistic ? `statistics/${node}` : node,
    objects: [...objects],
    state,
    ...(left === undefined ? {} : { snmp: left }),
    ...(right === undefined ? {} : { yang: right }),
    ...(mapped.kind === "counter" && state !== "equal" && later !== undefined
      ? { snmpAfter: later }
      : {}),
  }];
}

function stateOf(
  { kind, objects: [object] }: MappedNode,
  left: string | undefined,
  right: string | undefined,
  later: string | undefined,
): CellState {
  if (left === undefined) return "missing-snmp";
  if (right === undefined) return "missing-yang";
  if (left === right) return "equal";
  switch (kind) {
    case "counter":
      return isBetween(object, left, right, later) ? "moved" : "differing";
    case "time":
      return Math.abs(Date.parse(left) - Date.parse(right)) <= TIME_TOLERANCE_MS
        ? "equal"
        : "differing";
    case "speed":
      // From ifHighSpeed there are only millions, rounded.
      return Number(left) % MILLION === 0 && Math.abs(Number(left) - Number(right)) <= MILLION / 2
        ? "equal"
        : "differing";
    default:
      return "differing";
  }
}

/** Whether a counter can have had the value between the two of SNMP, past its end or not. */
function isBetween(
  object: string,
  left: string,
  right: string,
  later: string | undefined,
): boolean {
  if (later === undefined || ![left, right, later].every((text) => /^\d+$/.test(text))) {
    return false;
  }
  const wrap = object.startsWith("ifHC") ? WRAP : WRAP_32;
  const from = BigInt(left);
  const distance = (to: string) => ((BigInt(to) - from) % wrap + wrap) % wrap;
  // One that went back was reset: nothing can be said of it.
  return distance(right) <= distance(later) && distance(later) < wrap / 2n;
}

/**
 * Counts nodes by their state.
 *
 * @param interfaces What was compared.
 */
export function countStates(
  interfaces: readonly ComparedInterface[],
): Record<CellState, number> {
  const counts = { equal: 0, moved: 0, differing: 0, "missing-snmp": 0, "missing-yang": 0 };
  for (const { cells } of interfaces) for (const { state } of cells) counts[state]++;
  return counts;
}
