/** DNS messages: what is asked, and what was answered (RFC 1035), as plain JSON. */
import { Buffer } from "node:buffer";
import packet from "dns-packet";
import { ProbeError } from "../error.ts";
import type { DnsResult } from "../results.ts";
import { dataText } from "./_data.ts";

/** What is asked. */
export interface DnsQuestion {
  /** A domain name. */
  readonly name: string;
  /** As in a zone file: `AAAA`. */
  readonly type: string;
  /** Whether the server may ask others for it. */
  readonly recurse: boolean;
  /** Whether signatures are asked for (RFC 3225). */
  readonly dnssec: boolean;
}

/** As much as a UDP answer may have: what all networks carry (DNS flag day 2020). */
export const UDP_PAYLOAD = 1232;

/** Types that can be asked for. */
export const TYPES = [
  ...[
    "A",
    "AAAA",
    "ANY",
    "CAA",
    "CNAME",
    "DNAME",
    "DNSKEY",
    "DS",
    "HINFO",
    "MX",
    "NAPTR",
    "NS",
    "NSEC",
  ],
  ...["NSEC3", "NSEC3PARAM", "PTR", "RP", "RRSIG", "SOA", "SRV", "SSHFP", "TLSA", "TXT"],
] as const;

interface Decoded {
  readonly id: number;
  readonly type: string;
  readonly rcode: string;
  readonly questions: readonly { readonly name: string; readonly type: string }[];
  readonly answers: readonly DecodedRecord[];
  readonly authorities: readonly unknown[];
  readonly additionals: readonly DecodedRecord[];
  readonly [flag: `flag_${string}`]: boolean;
}

interface DecodedRecord {
  readonly name: string;
  readonly type: string;
  readonly ttl?: number;
  readonly data?: unknown;
  readonly extendedRcode?: number;
}

const FLAGS = ["aa", "tc", "rd", "ra", "ad", "cd"] as const;

/**
 * Writes a query.
 *
 * @param id Its number, 0 to 65535.
 * @param question What is asked.
 * @returns The message, without the length that stands before it on a stream.
 */
export function encodeQuery(id: number, question: DnsQuestion): Uint8Array {
  const { name, type, recurse, dnssec } = question;
  return packet.encode({
    type: "query",
    id,
    flags: recurse ? packet.RECURSION_DESIRED : 0,
    questions: [{ type, name }],
    additionals: [{
      type: "OPT",
      name: ".",
      udpPayloadSize: UDP_PAYLOAD,
      flags: dnssec ? packet.DNSSEC_OK : 0,
    }],
  });
}

/** An answer, apart from how it was got. */
export type DnsAnswer = Pick<
  DnsResult,
  "code" | "flags" | "answers" | "authority" | "additional" | "bytes"
>;

/**
 * Reads the number of a message.
 *
 * @param bytes The message.
 * @returns Its number; nothing if it is too short for a header.
 */
export function messageId(bytes: Uint8Array): number | undefined {
  return bytes.length < 12 ? undefined : bytes[0]! << 8 | bytes[1]!;
}

/**
 * Reads an answer.
 *
 * @param bytes The message.
 * @param question What was asked; an answer to something else is refused.
 * @param label The target, for messages.
 * @returns The answer.
 * @throws {ProbeError} `protocol` if it is no valid answer to the question.
 */
export function decodeAnswer(bytes: Uint8Array, question: DnsQuestion, label: string): DnsAnswer {
  const found = decode(bytes, label);
  const [asked] = found.questions;
  const same = (a: string, b: string) =>
    a.toLowerCase().replace(/\.$/, "") === b.toLowerCase().replace(/\.$/, "");
  if (found.type !== "response") throw bad(label, "it is a query");
  // A server that can't read a query answers without repeating it.
  if (asked !== undefined && !(same(asked.name, question.name) && asked.type === question.type)) {
    throw bad(
      label,
      `it answers ${asked.name} ${asked.type}, not ${question.name} ${question.type}`,
    );
  }
  const opt = found.additionals.find(({ type }) => type === "OPT");
  return {
    code: codeOf(found, opt),
    flags: FLAGS.filter((flag) => found[`flag_${flag}`]),
    answers: found.answers.map(({ name, type, ttl, data }) => ({
      name: name === "" ? "." : name,
      type,
      ttlS: ttl ?? 0,
      data: dataText(type, data),
    })),
    authority: found.authorities.length,
    additional: found.additionals.length - (opt === undefined ? 0 : 1),
    bytes: bytes.length,
  };
}

function decode(bytes: Uint8Array, label: string): Decoded {
  try {
    return packet.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) as Decoded;
  } catch (error) {
    throw bad(label, (error as Error).message, error);
  }
}

/** The code has eight more bits in the OPT record (RFC 6891, section 6.1.3). */
function codeOf({ rcode }: Decoded, opt: DecodedRecord | undefined): string {
  const extended = opt?.extendedRcode ?? 0;
  return extended === 0 ? rcode : EXTENDED[extended] ?? `${rcode} (extended ${extended})`;
}

/** RFC 6891: 16 is BADVERS, whose lower four bits are those of NOERROR. */
const EXTENDED: Readonly<Record<number, string>> = { 1: "BADVERS" };

function bad(label: string, why: string, cause?: unknown): ProbeError {
  return new ProbeError("protocol", `${label}: the message is no valid answer: ${why}`, cause);
}
