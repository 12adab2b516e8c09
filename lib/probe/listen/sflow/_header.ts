/** Looks into the first bytes of a packet: addresses, ports, what is needed to tell a flow. */
import { ipv4At, ipv6At, macAt, viewOf } from "../_bytes.ts";

/** What was found of a packet; what its bytes do not reach is absent. */
export type PacketFields = Record<string, number | string>;

const ETHERTYPE = { ipv4: 0x0800, ipv6: 0x86dd, vlan: 0x8100, serviceVlan: 0x88a8, mpls: 0x8847 };
const PROTOCOL = { icmp: 1, tcp: 6, udp: 17, icmp6: 58, sctp: 132 };
/** Hop-by-hop, routing, fragment, destination options (RFC 8200, section 4). */
const EXTENSIONS = new Set([0, 43, 44, 60]);
const FRAGMENT = 44;

/** Numbers of sFlow for what a packet begins with. */
const START = { ethernet: 1, ipv4: 11, ipv6: 12 };

/**
 * Decodes as much of a packet as is there.
 *
 * @param bytes Its first bytes.
 * @param protocol What it begins with, by sFlow's `header_protocol`.
 * @returns Fields under IPFIX's names.
 */
export function decodePacket(bytes: Uint8Array, protocol: number): PacketFields {
  const found: PacketFields = {};
  if (protocol === START.ethernet) ethernet(bytes, found);
  else if (protocol === START.ipv4) ipv4(bytes, 0, found);
  else if (protocol === START.ipv6) ipv6(bytes, 0, found);
  return found;
}

function ethernet(bytes: Uint8Array, found: PacketFields): void {
  if (bytes.length < 14) return;
  const view = viewOf(bytes);
  found.destinationMacAddress = macAt(bytes, 0);
  found.sourceMacAddress = macAt(bytes, 6);
  let at = 12;
  let type = view.getUint16(at);
  while (type === ETHERTYPE.vlan || type === ETHERTYPE.serviceVlan) {
    if (at + 6 > bytes.length) return;
    // The outer one names the customer's network.
    found.vlanId ??= view.getUint16(at + 2) & 0xfff;
    at += 4;
    type = view.getUint16(at);
  }
  found.ethernetType = type;
  at += 2;
  if (type === ETHERTYPE.mpls) at = labels(view, at, found);
  else if (type === ETHERTYPE.ipv4) return ipv4(bytes, at, found);
  else if (type === ETHERTYPE.ipv6) return ipv6(bytes, at, found);
  else return;
  const version = bytes[at]! >> 4;
  if (version === 4) ipv4(bytes, at, found);
  else if (version === 6) ipv6(bytes, at, found);
}

/** Skips labels up to the bottom of the stack (RFC 3032); returns where the packet begins. */
function labels(view: DataView, start: number, found: PacketFields): number {
  let at = start;
  while (at + 4 <= view.byteLength) {
    const entry = view.getUint32(at);
    found.mplsTopLabel ??= entry >>> 12;
    at += 4;
    if ((entry & 0x100) !== 0) break;
  }
  return at;
}

function ipv4(bytes: Uint8Array, at: number, found: PacketFields): void {
  if (at + 20 > bytes.length || bytes[at]! >> 4 !== 4) return;
  const view = viewOf(bytes);
  found.ipVersion = 4;
  found.ipClassOfService = bytes[at + 1]!;
  found.ipTotalLength = view.getUint16(at + 2);
  found.ipTTL = bytes[at + 8]!;
  found.protocolIdentifier = bytes[at + 9]!;
  found.sourceIPv4Address = ipv4At(bytes, at + 12);
  found.destinationIPv4Address = ipv4At(bytes, at + 16);
  const headerBytes = (bytes[at]! & 15) * 4;
  // Later fragments have no ports.
  if ((view.getUint16(at + 6) & 0x1fff) !== 0 || headerBytes < 20) return;
  transport(bytes, at + headerBytes, bytes[at + 9]!, found);
}

function ipv6(bytes: Uint8Array, at: number, found: PacketFields): void {
  if (at + 40 > bytes.length || bytes[at]! >> 4 !== 6) return;
  const view = viewOf(bytes);
  found.ipVersion = 6;
  found.ipClassOfService = view.getUint16(at) >> 4 & 0xff;
  found.flowLabelIPv6 = view.getUint32(at) & 0xfffff;
  found.ipTotalLength = view.getUint16(at + 4) + 40;
  found.ipTTL = bytes[at + 7]!;
  found.sourceIPv6Address = ipv6At(bytes, at + 8);
  found.destinationIPv6Address = ipv6At(bytes, at + 24);
  let next = bytes[at + 6]!;
  let place = at + 40;
  while (EXTENSIONS.has(next) && place + 8 <= bytes.length) {
    if (next === FRAGMENT && (view.getUint16(place + 2) & 0xfff8) !== 0) {
      found.protocolIdentifier = bytes[place]!;
      return;
    }
    const bytesOfIt = next === FRAGMENT ? 8 : (bytes[place + 1]! + 1) * 8;
    next = bytes[place]!;
    place += bytesOfIt;
  }
  found.protocolIdentifier = next;
  transport(bytes, place, next, found);
}

function transport(bytes: Uint8Array, at: number, protocol: number, found: PacketFields): void {
  if (at + 4 > bytes.length) return;
  const view = viewOf(bytes);
  switch (protocol) {
    case PROTOCOL.tcp:
      if (at + 14 <= bytes.length) found.tcpControlBits = view.getUint16(at + 12) & 0xfff;
      // falls through
    case PROTOCOL.udp:
    case PROTOCOL.sctp:
      found.sourceTransportPort = view.getUint16(at);
      found.destinationTransportPort = view.getUint16(at + 2);
      return;
    case PROTOCOL.icmp:
      found.icmpTypeCodeIPv4 = view.getUint16(at);
      return;
    case PROTOCOL.icmp6:
      found.icmpTypeCodeIPv6 = view.getUint16(at);
  }
}
