/** Sessions of SNMPv3: discovers the engine, keeps its time, seals questions, checks answers. */
import { ProbeError } from "../error.ts";
import type { Attempt } from "../types.ts";
import { malformed } from "./_ber.ts";
import { firstId, nextId } from "./_ids.ts";
import { NOT_IN_TIME_WINDOWS, reportError, UNKNOWN_ENGINE_IDS } from "./_reports.ts";
import type { UdpPeer } from "./_udp.ts";
import { FLAG, readMessage, scopedPdu, type SecureMessage } from "./message.ts";
import { type Pdu, type Question, questionPdu } from "./pdu.ts";
import type { SnmpCredentials, SnmpSession } from "./types.ts";
import { type Engine, isAuthentic, keysFor, seal, unseal, type UserKeys } from "./usm.ts";

/** An answer may be so many seconds behind (RFC 3414, section 2.2.3). */
const TIME_WINDOW_S = 150;

/** What is known of the agent's engine, and when it was learned. */
interface KnownEngine extends Engine {
  /** By the monotonic clock, in milliseconds. */
  readonly atMs: number;
}

interface Found {
  readonly message: SecureMessage;
  readonly pdu: Pdu;
  /** The message was signed with the user's key. */
  readonly authentic: boolean;
}

/**
 * Opens a session; ends `authMs` when the engine is known.
 *
 * @throws {ProbeError} `timeout`, `protocol`, `not-supported`.
 */
export async function openSecure(
  peer: UdpPeer,
  label: string,
  credentials: Extract<SnmpCredentials, { version: "3" }>,
  attempt: Attempt,
): Promise<SnmpSession> {
  const { user } = credentials;
  const contextName = new TextEncoder().encode(credentials.context ?? "");
  let id = firstId();
  const salt = crypto.getRandomValues(new Uint32Array(2));
  const discovered = await discover(peer, label, id, attempt);
  attempt.clock.end("authMs");
  let engine = discovered;
  const keys = keysFor(user, engine.id);

  /** Seals one question and waits for what answers it. */
  async function askOnce(question: Question, attempt: Attempt): Promise<Found> {
    const messageId = id = nextId(id);
    const now = timeOf(engine);
    const scoped = scopedPdu(engine.id, contextName, questionPdu(question, messageId));
    const sealed = { messageId, reportable: true, salt: nextSalt(salt, now.boots), scoped };
    const message = seal(now, keys, sealed);
    const found = await peer.ask(
      message,
      (bytes) => acceptSecure(bytes, messageId, keys, now, label),
      attempt,
    );
    if (found.authentic) engine = newer(engine, found.message);
    return found;
  }

  return {
    label,
    version: "3",
    get engine() {
      return timeOf(engine);
    },
    counts: peer.counts,
    async ask(question, attempt) {
      let { pdu, authentic } = await askOnce(question, attempt);
      const late = pdu.kind === "report" && pdu.varBinds[0]?.oid === NOT_IN_TIME_WINDOWS;
      // The signed report carried the agent's time: one more try with it.
      if (late && authentic) ({ pdu, authentic } = await askOnce(question, attempt));
      if (pdu.kind === "report") throw reportError(pdu, label);
      if (pdu.requestId !== id) throw malformed("an answer to another question");
      return pdu;
    },
    [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
  };
}

/** Asks for nothing without an engine's id: the report tells it (RFC 3414, section 4). */
async function discover(
  peer: UdpPeer,
  label: string,
  messageId: number,
  attempt: Attempt,
): Promise<KnownEngine> {
  const nobody = { user: { name: "" } };
  const none = { id: new Uint8Array(), boots: 0, time: 0 };
  const scoped = scopedPdu(
    new Uint8Array(),
    new Uint8Array(),
    questionPdu({ kind: "get", names: [] }, messageId),
  );
  const salt = new Uint8Array(8);
  const question = seal(none, nobody, { messageId, reportable: true, salt, scoped });
  const { message, pdu } = await peer.ask(
    question,
    (bytes) => acceptSecure(bytes, messageId, nobody, undefined, label),
    attempt,
  );
  const { engineId, engineBoots, engineTime } = message;
  if (pdu.kind !== "report" || pdu.varBinds[0]?.oid !== UNKNOWN_ENGINE_IDS) {
    throw reportError(pdu, label);
  }
  // RFC 3411, section 5: SnmpEngineID.
  if (engineId.length < 5 || engineId.length > 32) {
    throw malformed(`an engine's id of ${engineId.length} bytes`);
  }
  return { id: engineId.slice(), boots: engineBoots, time: engineTime, atMs: performance.now() };
}

function acceptSecure(
  bytes: Uint8Array,
  messageId: number,
  keys: UserKeys,
  engine: Engine | undefined,
  label: string,
): Found | undefined {
  const message = readMessage(bytes);
  if (message.version !== "3") {
    const found = `an answer of version ${message.version}, expected 3`;
    throw new ProbeError("protocol", `${label}: ${found}`);
  }
  if (message.messageId !== messageId) return undefined;
  const signed = (message.flags & FLAG.auth) !== 0;
  const authentic = signed && isAuthentic(message, keys);
  if (signed && !authentic) {
    throw new ProbeError("auth-failed", `${label}: the signature of the answer is wrong`);
  }
  const { pdu } = unseal(message, keys);
  if (pdu.kind === "report") return { message, pdu, authentic };
  if (pdu.kind !== "response") throw malformed(`a ${pdu.kind} for an answer`);
  // Only a report may be less protected than the question was.
  const encrypted = (message.flags & FLAG.priv) !== 0;
  if ((keys.auth !== undefined && !authentic) || (keys.priv !== undefined && !encrypted)) {
    throw new ProbeError("protocol", `${label}: an answer below the level of its question`);
  }
  if (engine !== undefined && authentic) checkTime(message, engine, label);
  return { message, pdu, authentic };
}

/** Source: RFC 3414, section 3.2, step 7b. */
function checkTime(message: SecureMessage, engine: Engine, label: string): void {
  const { engineBoots, engineTime } = message;
  const old = engineBoots < engine.boots ||
    (engineBoots === engine.boots && engineTime < engine.time - TIME_WINDOW_S);
  if (old) throw new ProbeError("protocol", `${label}: an answer from the past, sent again`);
}

function newer(engine: KnownEngine, message: SecureMessage): KnownEngine {
  const { engineBoots: boots, engineTime: time } = message;
  const isNewer = boots > engine.boots || (boots === engine.boots && time > engine.time);
  return isNewer ? { id: engine.id, boots, time, atMs: performance.now() } : engine;
}

function timeOf({ id, boots, time, atMs }: KnownEngine): Engine {
  return { id, boots, time: time + Math.floor((performance.now() - atMs) / 1000) };
}

/** Counts up from a random start; DES wants the engine's boots in the first half. */
function nextSalt(counter: Uint32Array, boots: number): Uint8Array {
  counter[1] = (counter[1]! + 1) >>> 0;
  if (counter[1] === 0) counter[0] = (counter[0]! + 1) >>> 0;
  const salt = new Uint8Array(8);
  const view = new DataView(salt.buffer);
  view.setUint32(0, (counter[0]! ^ boots) >>> 0);
  view.setUint32(4, counter[1]!);
  return salt;
}
