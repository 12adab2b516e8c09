/** Counter records of sFlow v5. */
import { need, unsignedAt, viewOf } from "../_bytes.ts";

/** Names in their order with their bytes; source: sFlow version 5, section 5, "if_counters". */
const INTERFACE: readonly (readonly [string, 4 | 8])[] = [
  ["ifIndex", 4],
  ["ifType", 4],
  ["ifSpeed", 8],
  ["ifDirection", 4],
  ["ifStatus", 4],
  ["ifInOctets", 8],
  ["ifInUcastPkts", 4],
  ["ifInMulticastPkts", 4],
  ["ifInBroadcastPkts", 4],
  ["ifInDiscards", 4],
  ["ifInErrors", 4],
  ["ifInUnknownProtos", 4],
  ["ifOutOctets", 8],
  ["ifOutUcastPkts", 4],
  ["ifOutMulticastPkts", 4],
  ["ifOutBroadcastPkts", 4],
  ["ifOutDiscards", 4],
  ["ifOutErrors", 4],
  ["ifPromiscuousMode", 4],
];

/** Source: the same, "ethernet_counters". */
const ETHERNET: readonly (readonly [string, 4 | 8])[] = [
  "dot3StatsAlignmentErrors",
  "dot3StatsFCSErrors",
  "dot3StatsSingleCollisionFrames",
  "dot3StatsMultipleCollisionFrames",
  "dot3StatsSQETestErrors",
  "dot3StatsDeferredTransmissions",
  "dot3StatsLateCollisions",
  "dot3StatsExcessiveCollisions",
  "dot3StatsInternalMacTransmitErrors",
  "dot3StatsCarrierSenseErrors",
  "dot3StatsFrameTooLongs",
  "dot3StatsInternalMacReceiveErrors",
  "dot3StatsSymbolErrors",
].map((name) => [name, 4]);

/** Source: the same, "processor". */
const PROCESSOR: readonly (readonly [string, 4 | 8])[] = [
  ["cpu5s", 4],
  ["cpu1m", 4],
  ["cpu5m", 4],
  ["totalMemory", 8],
  ["freeMemory", 8],
];

const FORMATS: Readonly<Record<number, readonly (readonly [string, 4 | 8])[]>> = {
  1: INTERFACE,
  2: ETHERNET,
  1001: PROCESSOR,
};

/**
 * Reads a counter record.
 *
 * @param format Its number, of the standard's own enterprise.
 * @param bytes Its content.
 * @param found Where the counters go.
 * @returns Whether the format is known.
 * @throws {ProbeError} `protocol` if it is cut short.
 */
export function readCounters(
  format: number,
  bytes: Uint8Array,
  found: Record<string, unknown>,
): boolean {
  const fields = FORMATS[format];
  if (fields === undefined) return false;
  let at = 0;
  for (const [name, size] of fields) {
    need(bytes, at, size, "A counter");
    found[name] = size === 4 ? viewOf(bytes).getUint32(at) : unsignedAt(bytes, at, 8);
    at += size;
  }
  return true;
}
