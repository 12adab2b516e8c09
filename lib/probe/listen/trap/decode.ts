/** Traps and informs of SNMPv1, v2c and v3 as records; informs are acknowledged. */
import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import { ProbeError } from "../../error.ts";
import type { Secret } from "../../secret.ts";
import { malformed } from "../_bytes.ts";
import {
  type CommunityMessage,
  communityMessage,
  readMessage,
  scopedPdu,
  type SecureMessage,
} from "../../snmp/message.ts";
import { nameOf } from "../../snmp/mib/names.ts";
import { type Pdu, responsePdu, type TrapV1 } from "../../snmp/pdu.ts";
import { present } from "../../snmp/present.ts";
import { levelOf, seal, type SnmpUser, unseal } from "../../snmp/usm.ts";
import type { VarBind } from "../../snmp/varbind.ts";
import type { Decoded, Decoder } from "../types.ts";
import { createTrapEngine, type TrapEngine } from "./_engine.ts";

/** Whose traps are trusted. */
export interface TrapOptions {
  /** Traps of v1 and v2c must have this community; any will do if it is absent. */
  readonly community?: Secret;
  /** Users of v3; without one, its traps are refused. */
  readonly users: readonly SnmpUser[];
}

const UP_TIME = "1.3.6.1.2.1.1.3.0";
const TRAP_OID = "1.3.6.1.6.3.1.1.4.1.0";
const SNMP_TRAPS = "1.3.6.1.6.3.1.1.5";
const ENTERPRISE_SPECIFIC = 6;

/** Makes a decoder. */
export function createTrapDecoder(options: TrapOptions): Decoder {
  const engine = createTrapEngine(options.users);
  const counts = { traps: 0, informs: 0 };
  const community = options.community === undefined
    ? undefined
    : new TextEncoder().encode(options.community.reveal());
  return {
    decode(bytes) {
      const message = readMessage(bytes);
      const decoded = message.version === "3"
        ? decodeSecure(message, engine)
        : decodeCommunity(message, community);
      for (const { kind } of decoded.records) counts[kind === "inform" ? "informs" : "traps"]++;
      return decoded;
    },
    counts: () => ({ ...counts, reportsSent: engine.counts.discoveries }),
  };
}

function decodeCommunity(message: CommunityMessage, expected: Uint8Array | undefined): Decoded {
  const { version, community, pdu } = message;
  if (expected !== undefined && !equal(community, expected)) {
    throw new ProbeError("auth-failed", "Another community");
  }
  const head = { version };
  if (pdu.kind === "trapV1") return { head, records: [trapV1(pdu)] };
  const records = [notification(pdu)];
  if (pdu.kind !== "inform") return { head, records };
  const answer = responsePdu(pdu.requestId, pdu.varBinds);
  return { head, records, reply: communityMessage(version, community, answer) };
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function decodeSecure(message: SecureMessage, own: TrapEngine): Decoded {
  const verified = own.verify(message);
  if (verified.kind === "report") return { head: {}, records: [], reply: verified.reply };
  const { keys, engine } = verified;
  const { pdu, contextEngineId, contextName } = unseal(message, keys);
  if (pdu.kind === "trapV1") throw malformed("A trap of the first version within the third");
  const head = {
    version: "3",
    user: keys.user.name,
    level: levelOf(keys.user),
    engineId: Buffer.from(message.engineId).toString("hex"),
    ...(contextName.length === 0 ? {} : { context: new TextDecoder().decode(contextName) }),
  };
  const records = [notification(pdu)];
  if (pdu.kind !== "inform") return { head, records };
  const scoped = scopedPdu(contextEngineId, contextName, responsePdu(pdu.requestId, pdu.varBinds));
  const salt = crypto.getRandomValues(new Uint8Array(8));
  const envelope = { messageId: message.messageId, reportable: false, salt, scoped };
  return { head, records, reply: seal(engine, keys, envelope) };
}

/** A trap or an inform: time and identity are its first two objects (RFC 3416, section 4.2.6). */
function notification(pdu: Pdu): Record<string, unknown> {
  if (pdu.kind !== "trap" && pdu.kind !== "inform") {
    throw malformed(`A ${pdu.kind} where a trap was expected`);
  }
  const { varBinds } = pdu;
  const upTime = varBinds.find(({ oid }) => oid === UP_TIME)?.value;
  const trap = varBinds.find(({ oid }) => oid === TRAP_OID)?.value;
  if (typeof trap !== "string") throw malformed("A trap without its identity, snmpTrapOID.0");
  const objects = varBinds.filter(({ oid }) => oid !== UP_TIME && oid !== TRAP_OID);
  return {
    kind: pdu.kind,
    ...identity(trap),
    ...(typeof upTime === "number" ? { upTimeMs: upTime * 10 } : {}),
    objects: shown(objects),
  };
}

/** The first version's numbers become an identity as RFC 3584, section 3.1 says. */
function trapV1(trap: TrapV1): Record<string, unknown> {
  const { genericTrap, specificTrap, enterprise, timestamp, agentAddress } = trap;
  if (genericTrap < 0 || genericTrap > ENTERPRISE_SPECIFIC) {
    throw malformed(`The generic trap ${genericTrap}`);
  }
  const oid = genericTrap === ENTERPRISE_SPECIFIC
    ? `${enterprise}.0.${specificTrap >>> 0}`
    : `${SNMP_TRAPS}.${genericTrap + 1}`;
  return {
    kind: "trap",
    ...identity(oid),
    enterprise,
    agentAddress,
    genericTrap,
    specificTrap,
    upTimeMs: timestamp * 10,
    objects: shown(trap.varBinds),
  };
}

function identity(oid: string): { trapOid: string; trap?: string } {
  const name = nameOf(oid);
  return { trapOid: oid, ...(name === undefined ? {} : { trap: name }) };
}

function shown(varBinds: readonly VarBind[]): unknown[] {
  return varBinds.map(present);
}
