/** NetFlow v5 and v9 (RFC 3954) and IPFIX (RFC 7011), told apart by their version. */
import { malformed, need, timeOf, viewOf } from "../_bytes.ts";
import type { Decoded, Decoder, Peer } from "../types.ts";
import { createSequences } from "../_sequences.ts";
import { createTemplateStore, type TemplateStore } from "./_template_store.ts";
import { readRecords, readTemplates } from "./_templates.ts";
import { V5_BYTES, V5_HEADER_BYTES, V5_TEMPLATE } from "./_v5.ts";
import type { FieldValue } from "./_values.ts";

type Records = Record<string, FieldValue>[];

interface State {
  readonly store: TemplateStore;
  readonly sequences: ReturnType<typeof createSequences>;
  /** Sets whose template was not known, and their bytes. */
  setsWithoutTemplate: number;
}

/** Makes a decoder with its own templates. */
export function createNetflowDecoder(): Decoder {
  const state: State = {
    store: createTemplateStore(),
    sequences: createSequences(),
    setsWithoutTemplate: 0,
  };
  return {
    decode(bytes, peer) {
      need(bytes, 0, 2, "The header");
      const version = viewOf(bytes).getUint16(0);
      switch (version) {
        case 5:
          return decodeV5(bytes, peer, state);
        case 9:
          return decodeV9(bytes, peer, state);
        case 10:
          return decodeIpfix(bytes, peer, state);
      }
      throw malformed("A version other than 5, 9 and 10");
    },
    counts: () => ({
      templatesLearned: state.store.counts.learned,
      templatesEvicted: state.store.counts.evicted,
      setsWithoutTemplate: state.setsWithoutTemplate,
      ...state.sequences.counts(),
    }),
  };
}

function decodeV5(bytes: Uint8Array, peer: Peer, state: State): Decoded {
  need(bytes, 0, V5_HEADER_BYTES, "The header");
  const view = viewOf(bytes);
  const count = view.getUint16(2);
  need(bytes, V5_HEADER_BYTES, count * V5_BYTES, "A record");
  const records: Records = [];
  const end = V5_HEADER_BYTES + count * V5_BYTES;
  readRecords(bytes, V5_HEADER_BYTES, end, V5_TEMPLATE, records);
  const domain = view.getUint16(20);
  const sequence = view.getUint32(16);
  state.sequences.next(`5 ${peer.address} ${domain}`, sequence, records.length);
  return {
    head: {
      format: "netflow5",
      domain,
      sequence,
      exportedAt: timeOf(view.getUint32(8) * 1000 + Math.floor(view.getUint32(12) / 1e6)),
      sysUpTimeMs: view.getUint32(4),
      samplingInterval: view.getUint16(22) & 0x3fff,
    },
    records,
  };
}

const V9_HEADER_BYTES = 20;

function decodeV9(bytes: Uint8Array, peer: Peer, state: State): Decoded {
  need(bytes, 0, V9_HEADER_BYTES, "The header");
  const view = viewOf(bytes);
  const domain = view.getUint32(16);
  const sequence = view.getUint32(12);
  const records: Records = [];
  readSets(bytes, V9_HEADER_BYTES, bytes.length, "netflow9", peer, domain, state, records);
  // The number counts datagrams.
  state.sequences.next(`9 ${peer.address} ${domain}`, sequence, 1);
  return {
    head: {
      format: "netflow9",
      domain,
      sequence,
      exportedAt: timeOf(view.getUint32(8) * 1000),
      sysUpTimeMs: view.getUint32(4),
    },
    records,
  };
}

const IPFIX_HEADER_BYTES = 16;

function decodeIpfix(bytes: Uint8Array, peer: Peer, state: State): Decoded {
  need(bytes, 0, IPFIX_HEADER_BYTES, "The header");
  const view = viewOf(bytes);
  const length = view.getUint16(2);
  if (length < IPFIX_HEADER_BYTES) throw malformed("A message shorter than its header");
  need(bytes, 0, length, "The message");
  const domain = view.getUint32(12);
  const sequence = view.getUint32(8);
  const records: Records = [];
  const missing = state.setsWithoutTemplate;
  readSets(bytes, IPFIX_HEADER_BYTES, length, "ipfix", peer, domain, state, records);
  // The number counts data records: what was in a set that can't be read is not known.
  const known = state.setsWithoutTemplate === missing;
  const key = `10 ${peer.address} ${domain}`;
  state.sequences.next(key, sequence, known ? records.length : undefined);
  return {
    head: {
      format: "ipfix",
      domain,
      sequence,
      exportedAt: timeOf(view.getUint32(4) * 1000),
    },
    records,
  };
}

function readSets(
  bytes: Uint8Array,
  start: number,
  end: number,
  format: "netflow9" | "ipfix",
  peer: Peer,
  domain: number,
  state: State,
  records: Records,
): void {
  const view = viewOf(bytes);
  const templates = state.store.of(peer.address, domain, format);
  const [plain, options] = format === "netflow9" ? [0, 1] : [2, 3];
  let at = start;
  while (end - at >= 4) {
    const id = view.getUint16(at);
    const length = view.getUint16(at + 2);
    if (length < 4) throw malformed("A set shorter than its header");
    if (at + length > end) throw malformed("A set is cut short");
    if (id === plain || id === options) {
      readTemplates(bytes, at + 4, at + length, format, id === options, (template) => {
        if (typeof template === "number") state.store.withdraw(templates, template);
        else state.store.learn(templates, template);
      });
    } else if (id >= 256) {
      const template = templates.get(id);
      if (template === undefined) state.setsWithoutTemplate++;
      else readRecords(bytes, at + 4, at + length, template, records);
    } else {
      throw malformed("A set with a number that is reserved");
    }
    at += length;
  }
}
