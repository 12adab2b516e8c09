/** sFlow version 5 (sflow.org, "sFlow Version 5", July 2004): flow and counter samples. */
import { hexAt, ipv4At, ipv6At, macAt, malformed, need, viewOf } from "../_bytes.ts";
import { createSequences } from "../_sequences.ts";
import type { Decoded, Decoder } from "../types.ts";
import { readCounters } from "./_counters.ts";
import { decodePacket } from "./_header.ts";

const ADDRESS_BYTES: Readonly<Record<number, number>> = { 1: 4, 2: 16 };
/** Samples and records of one datagram at most. */
const MAX_PARTS = 4096;
/** Of what is not known, so much is shown. */
const SHOWN_BYTES = 64;

const SAMPLE = { flow: 1, counter: 2, expandedFlow: 3, expandedCounter: 4 };
const RECORD = { header: 1, ethernet: 2, ipv4: 3, ipv6: 4, switch: 1001 };

type Found = Record<string, unknown>;

interface Part {
  readonly bytes: Uint8Array;
  at: number;
}

/** Makes a decoder. */
export function createSflowDecoder(): Decoder {
  const sequences = createSequences();
  const counts = { flowSamples: 0, counterSamples: 0, unknownSamples: 0 };
  return {
    decode(bytes, peer) {
      const part: Part = { bytes, at: 0 };
      const version = take32(part);
      if (version !== 5) throw malformed("A version other than 5");
      const agent = takeAddress(part);
      const subAgent = take32(part);
      const sequence = take32(part);
      const upTimeMs = take32(part);
      const records: Found[] = [];
      eachPart(part, (tag, content) => {
        const record = readSample(tag, content);
        if (record.record === "flow") counts.flowSamples++;
        else if (record.record === "counters") counts.counterSamples++;
        else counts.unknownSamples++;
        records.push(record);
      });
      sequences.next(`${peer.address} ${agent} ${subAgent}`, sequence, 1);
      const head = { format: "sflow5", agent, subAgent, sequence, sysUpTimeMs: upTimeMs };
      return { head, records } satisfies Decoded;
    },
    counts: () => ({ ...counts, ...sequences.counts() }),
  };
}

function take32(part: Part): number {
  const { bytes, at } = part;
  need(bytes, at, 4, "The datagram");
  part.at = at + 4;
  return viewOf(bytes).getUint32(at);
}

function takeAddress(part: Part): string {
  const type = take32(part);
  const length = ADDRESS_BYTES[type];
  if (length === undefined) throw malformed("An address of an unknown kind");
  const { bytes, at } = part;
  need(bytes, at, length, "An address");
  part.at = at + length;
  return length === 4 ? ipv4At(bytes, at) : ipv6At(bytes, at);
}

/** Goes through a counted list of tag, length and content. */
function eachPart(part: Part, use: (tag: number, content: Uint8Array) => void): void {
  const count = take32(part);
  if (count > MAX_PARTS) throw malformed("More parts than a datagram holds");
  for (let i = 0; i < count; i++) {
    const tag = take32(part);
    const length = take32(part);
    need(part.bytes, part.at, length, "A sample or a record");
    use(tag, part.bytes.subarray(part.at, part.at + length));
    part.at += length;
  }
}

/** The enterprise is in the upper 20 bits of a tag; 0 is sFlow's own. */
function readSample(tag: number, content: Uint8Array): Found {
  const part: Part = { bytes: content, at: 0 };
  switch (tag) {
    case SAMPLE.flow:
    case SAMPLE.expandedFlow:
      return readFlow(part, tag === SAMPLE.expandedFlow);
    case SAMPLE.counter:
    case SAMPLE.expandedCounter:
      return readCounterSample(part, tag === SAMPLE.expandedCounter);
  }
  return { record: "unknown", ...unknown(tag, content) };
}

function unknown(tag: number, content: Uint8Array): Found {
  const shown = Math.min(content.length, SHOWN_BYTES);
  return { enterprise: tag >>> 12, type: tag & 0xfff, hex: hexAt(content, 0, shown) };
}

/** Where a sample was taken: kind and number, in one word or in two. */
function takeSource(part: Part, expanded: boolean): Found {
  const word = take32(part);
  return expanded
    ? { sourceType: word, sourceIndex: take32(part) }
    : { sourceType: word >>> 24, sourceIndex: word & 0xffffff };
}

/**
 * An interface: a number; or how many it went out by, or why it was dropped (section 5, "interface").
 */
function takeInterface(part: Part, expanded: boolean, name: string): Found {
  const word = take32(part);
  const format = expanded ? word : word >>> 30;
  const value = expanded ? take32(part) : word & 0x3fffffff;
  if (format === 0) return { [name]: value };
  if (format === 1) return { [`${name}Dropped`]: value };
  return { [`${name}Count`]: value };
}

function readFlow(part: Part, expanded: boolean): Found {
  const record: Found = {
    record: "flow",
    sampleSequence: take32(part),
    ...takeSource(part, expanded),
    samplingRate: take32(part),
    samplePool: take32(part),
    sampleDrops: take32(part),
    ...takeInterface(part, expanded, "ingressInterface"),
    ...takeInterface(part, expanded, "egressInterface"),
  };
  const others: Found[] = [];
  eachPart(part, (tag, content) => {
    if (!readFlowRecord(tag, content, record)) others.push(unknown(tag, content));
  });
  if (others.length > 0) record.others = others;
  return record;
}

function readFlowRecord(tag: number, content: Uint8Array, record: Found): boolean {
  const part: Part = { bytes: content, at: 0 };
  switch (tag) {
    case RECORD.header: {
      const protocol = take32(part);
      record.frameLength = take32(part);
      record.strippedBytes = take32(part);
      const length = take32(part);
      need(content, part.at, length, "A packet's header");
      record.headerProtocol = protocol;
      Object.assign(record, decodePacket(content.subarray(part.at, part.at + length), protocol));
      return true;
    }
    case RECORD.ethernet:
      need(content, 0, 24, "A sampled frame");
      record.frameLength = take32(part);
      // Each address has two bytes of padding.
      record.sourceMacAddress = macAt(content, 4);
      record.destinationMacAddress = macAt(content, 12);
      record.ethernetType = viewOf(content).getUint32(20);
      return true;
    case RECORD.ipv4:
    case RECORD.ipv6:
      readIp(part, tag === RECORD.ipv6, record);
      return true;
    case RECORD.switch:
      record.vlanId = take32(part);
      record.dot1qPriority = take32(part);
      record.postVlanId = take32(part);
      record.postDot1qPriority = take32(part);
      return true;
  }
  return false;
}

function readIp(part: Part, v6: boolean, record: Found): void {
  const size = v6 ? 16 : 4;
  const { bytes } = part;
  need(bytes, 0, 8 + size * 2 + 16, "A sampled packet");
  record.ipTotalLength = take32(part);
  record.protocolIdentifier = take32(part);
  const read = v6 ? ipv6At : ipv4At;
  record[v6 ? "sourceIPv6Address" : "sourceIPv4Address"] = read(bytes, 8);
  record[v6 ? "destinationIPv6Address" : "destinationIPv4Address"] = read(bytes, 8 + size);
  part.at = 8 + size * 2;
  record.sourceTransportPort = take32(part);
  record.destinationTransportPort = take32(part);
  record.tcpControlBits = take32(part);
  record.ipClassOfService = take32(part);
}

function readCounterSample(part: Part, expanded: boolean): Found {
  const record: Found = {
    record: "counters",
    sampleSequence: take32(part),
    ...takeSource(part, expanded),
  };
  const others: Found[] = [];
  eachPart(part, (tag, content) => {
    if (!readCounters(tag, content, record)) others.push(unknown(tag, content));
  });
  if (others.length > 0) record.others = others;
  return record;
}
