/**
 * The interface table of one device through SNMP (IF-MIB) and through NETCONF, RESTCONF or gNMI
 * (ietf-interfaces of RFC 8343, or openconfig-interfaces), compared row by row.
 *
 * SNMP is read before and after the other side: a counter whose value on the other side lies between
 * the two has moved, and does not differ. Agents keep counters for some seconds before they look again,
 * so the second reading is repeated for as long as it may help.
 *
 * @module
 */
import type { GnmiOptions } from "../gnmi/types.ts";
import type { NetconfOptions } from "../netconf/types.ts";
import { gnmi } from "../protocols/gnmi.ts";
import { netconf } from "../protocols/netconf.ts";
import { restconf } from "../protocols/restconf.ts";
import type { RestconfOptions } from "../restconf/types.ts";
import type { SnmpCredentials } from "../snmp/types.ts";
import type { Target } from "../types.ts";
import { askOnce } from "./_ask.ts";
import { compareTables, countStates } from "./compare.ts";
import { treeOfNotifications } from "./_gnmi_tree.ts";
import { readBySnmp } from "./snmp_side.ts";
import type { InterfaceTable, Rfc8343Document } from "./types.ts";
import { type Model, readTree } from "./yang_side.ts";

export { type MappedNode, MAPPING, type NodeKind } from "./mapping.ts";
export { compareTables, countStates, type Readings } from "./compare.ts";
export type {
  CellState,
  ComparedCell,
  ComparedInterface,
  InterfaceTable,
  InterfaceValues,
  Rfc8343Document,
} from "./types.ts";
export { type Model, readTree } from "./yang_side.ts";

/** How the other side is asked; the query is added here. */
export type YangAccess =
  | { readonly protocol: "netconf"; readonly options: Omit<NetconfOptions, "query"> }
  | { readonly protocol: "restconf"; readonly options: Omit<RestconfOptions, "query"> }
  | { readonly protocol: "gnmi"; readonly options: Omit<GnmiOptions, "operation"> };

/** What is compared. */
export interface Rfc8343Plan {
  /** Names the device. */
  readonly label: string;
  /** Where SNMP is asked, and with what. */
  readonly snmp: { readonly target: Target; readonly credentials: SnmpCredentials };
  /** Where the other side is asked, and how. */
  readonly yang: { readonly target: Target; readonly model: Model } & YangAccess;
  /** The most that each question may take, in milliseconds. */
  readonly timeoutMs: number;
  /** For how long counters of SNMP are read again until they have caught up, in milliseconds. */
  readonly catchUpMs: number;
}

/** Between two readings of an agent that keeps its counters. */
const PAUSE_MS = 500;
const IETF = "urn:ietf:params:xml:ns:yang:ietf-interfaces";
const OPENCONFIG = "http://openconfig.net/yang/interfaces";

/**
 * Reads both sides and compares them.
 *
 * @param plan What, and how.
 * @param signal Cancels it.
 * @returns The document.
 * @throws {ProbeError} If a side does not answer.
 */
export async function compareInterfaces(
  plan: Rfc8343Plan,
  signal?: AbortSignal,
): Promise<Rfc8343Document> {
  const { timeoutMs } = plan;
  const { target, credentials } = plan.snmp;
  const bySnmp = () => readBySnmp(target, credentials, timeoutMs, signal);
  const before = await bySnmp();
  const yang = await readYang(plan, signal);
  const limit = performance.now() + plan.catchUpMs;
  let after = await bySnmp();
  let interfaces = compareTables({ before, yang, after });
  while (hasOpenCounters(interfaces) && performance.now() < limit && !signal?.aborted) {
    await new Promise((done) => setTimeout(done, PAUSE_MS));
    after = await bySnmp();
    interfaces = compareTables({ before, yang, after });
  }
  const time = (table: InterfaceTable) => new Date(table.atMs).toISOString();
  return {
    schema: "versus.rfc8343/1",
    target: plan.label,
    protocol: plan.yang.protocol,
    model: plan.yang.model,
    snmpAt: time(before),
    yangAt: time(yang),
    snmpAfterAt: time(after),
    betweenMs: Date.parse(time(yang)) - Date.parse(time(before)),
    interfaces,
    counts: countStates(interfaces),
  };
}

/** Counters that differ now, and may not once SNMP has caught up. */
function hasOpenCounters(interfaces: Rfc8343Document["interfaces"]): boolean {
  return interfaces.some(({ cells }) =>
    cells.some(({ state, snmpAfter }) => state === "differing" && snmpAfter !== undefined)
  );
}

async function readYang(
  { yang, timeoutMs }: Rfc8343Plan,
  signal: AbortSignal | undefined,
): Promise<InterfaceTable> {
  const { target, model } = yang;
  switch (yang.protocol) {
    case "netconf": {
      const xml = model === "ietf"
        ? `<interfaces xmlns="${IETF}"/><interfaces-state xmlns="${IETF}"/>`
        : `<interfaces xmlns="${OPENCONFIG}"/>`;
      const query = {
        operation: "get",
        source: "running",
        filter: { kind: "subtree", xml },
      } as const;
      const options = { ...yang.options, query };
      const { result, atMs } = await askOnce(netconf, target, options, timeoutMs, signal);
      return readTree(result.reply?.data, model, atMs);
    }
    case "restconf": {
      const path = `${model}-interfaces:interfaces`;
      const options = { ...yang.options, query: { path } };
      const { result, atMs } = await askOnce(restconf, target, options, timeoutMs, signal);
      return readTree(result.reply?.data, model, atMs);
    }
    case "gnmi": {
      const paths = [{ elem: [{ name: "interfaces" }] }];
      const operation = { kind: "get", paths, type: "all" } as const;
      const options = { ...yang.options, operation };
      const { result, atMs } = await askOnce(gnmi, target, options, timeoutMs, signal);
      return readTree(treeOfNotifications(result.notifications ?? []), model, atMs);
    }
  }
}
