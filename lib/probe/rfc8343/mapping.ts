/**
 * Which object of IF-MIB (RFC 2863) holds what a node of ietf-interfaces holds.
 *
 * Source: RFC 8343, section 4, as the talk at NANOG 90 shows it (published-figures, `nanog90`,
 * `rfc8343_ifmib`). OpenConfig's names are those of openconfig-interfaces, with `state` and
 * `state/counters` in the place of the node itself and of `statistics`.
 */

/** How values of a node are compared. */
export type NodeKind =
  /** As text. */
  | "text"
  /** Numbers that only grow; they are read at different times. */
  | "counter"
  /** Times, which both sides count by clocks of their own. */
  | "time"
  /** Bits in a second, which ifHighSpeed only has in millions. */
  | "speed"
  /** Names of other interfaces, in any order. */
  | "names";

/** One line of the mapping. */
export interface MappedNode {
  /** In `/interfaces/interface` of ietf-interfaces. */
  readonly node: string;
  /** What holds it in IF-MIB; the first one names it. */
  readonly objects: readonly [string, ...string[]];
  /** How it is compared. */
  readonly kind: NodeKind;
  /** Below `statistics`. */
  readonly statistic?: true;
  /** The name in openconfig-interfaces, if it has another one there; none if it has no such node. */
  readonly openconfig?: string | null;
}

function statistic(node: string, object: string, openconfig = node): MappedNode {
  return { node, objects: [object], kind: "counter", statistic: true, openconfig };
}

/** The mapping. */
export const MAPPING: readonly MappedNode[] = [
  { node: "name", objects: ["ifName"], kind: "text" },
  { node: "type", objects: ["ifType"], kind: "text" },
  { node: "description", objects: ["ifAlias"], kind: "text" },
  { node: "admin-status", objects: ["ifAdminStatus"], kind: "text" },
  { node: "oper-status", objects: ["ifOperStatus"], kind: "text" },
  { node: "last-change", objects: ["ifLastChange"], kind: "time" },
  { node: "if-index", objects: ["ifIndex"], kind: "text", openconfig: "ifindex" },
  {
    node: "link-up-down-trap-enable",
    objects: ["ifLinkUpDownTrapEnable"],
    kind: "text",
    openconfig: null,
  },
  { node: "phys-address", objects: ["ifPhysAddress"], kind: "text", openconfig: null },
  { node: "higher-layer-if", objects: ["ifStackTable"], kind: "names", openconfig: null },
  { node: "lower-layer-if", objects: ["ifStackTable"], kind: "names", openconfig: null },
  { node: "speed", objects: ["ifSpeed", "ifHighSpeed"], kind: "speed", openconfig: null },
  {
    node: "discontinuity-time",
    objects: ["ifCounterDiscontinuityTime"],
    kind: "time",
    statistic: true,
    openconfig: null,
  },
  statistic("in-octets", "ifHCInOctets"),
  statistic("in-unicast-pkts", "ifHCInUcastPkts"),
  statistic("in-broadcast-pkts", "ifHCInBroadcastPkts"),
  statistic("in-multicast-pkts", "ifHCInMulticastPkts"),
  statistic("in-discards", "ifInDiscards"),
  statistic("in-errors", "ifInErrors"),
  statistic("in-unknown-protos", "ifInUnknownProtos"),
  statistic("out-octets", "ifHCOutOctets"),
  statistic("out-unicast-pkts", "ifHCOutUcastPkts"),
  statistic("out-broadcast-pkts", "ifHCOutBroadcastPkts"),
  statistic("out-multicast-pkts", "ifHCOutMulticastPkts"),
  statistic("out-discards", "ifOutDiscards"),
  statistic("out-errors", "ifOutErrors"),
];
