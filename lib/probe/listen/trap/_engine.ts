/** SNMPv3 on the side that listens: its own engine, and users' keys for the engines of others. */
import { Buffer } from "node:buffer";
import { ProbeError } from "../../error.ts";
import { FLAG, scopedPdu, type SecureMessage } from "../../snmp/message.ts";
import { oidContent } from "../../snmp/oid.ts";
import { reportPdu } from "../../snmp/pdu.ts";
import { type Engine, isAuthentic, keysFor, seal, type SnmpUser } from "../../snmp/usm.ts";
import type { UserKeys } from "../../snmp/usm.ts";

/** Engines whose keys and times are remembered; the oldest goes. */
const MAX_ENGINES = 1024;
/** RFC 3414, section 2.2.3. */
const TIME_WINDOW_S = 150;

const USM = "1.3.6.1.6.3.15.1.1";
const REPORTS = {
  notInTimeWindows: `${USM}.2.0`,
  unknownUserNames: `${USM}.3.0`,
  unknownEngineIds: `${USM}.4.0`,
  wrongDigests: `${USM}.5.0`,
};

/** What became of a message of the third version. */
export type Verified =
  /** It can be read with these keys. */
  | { readonly kind: "trusted"; readonly keys: UserKeys; readonly engine: Engine }
  /** The sender must learn something first: this is sent back. */
  | { readonly kind: "report"; readonly reply: Uint8Array };

/** Verifies messages. */
export interface TrapEngine {
  /**
   * Verifies a message.
   *
   * @throws {ProbeError} `auth-failed` for a user that is not known, a wrong digest, a level below
   * the user's, a message from the past.
   */
  verify(message: SecureMessage): Verified;
  /** Messages by which senders learned this engine and its time. */
  readonly counts: { discoveries: number };
}

/**
 * Makes an engine.
 *
 * @param users Whose messages are trusted.
 */
export function createTrapEngine(users: readonly SnmpUser[]): TrapEngine {
  const started = performance.now();
  const ownId = makeEngineId();
  const latest = new Map<string, { boots: number; time: number }>();
  const keys = new Map<string, UserKeys>();
  const counts = { discoveries: 0 };
  const own = (): Engine => ({
    id: ownId,
    boots: 1,
    time: Math.floor((performance.now() - started) / 1000),
  });

  function report(message: SecureMessage, oid: string, signed?: UserKeys): Uint8Array {
    counts.discoveries++;
    const name = oidContent(oid);
    const counter = { oid, name, type: "Counter32" as const, value: counts.discoveries };
    // The number of the question may be encrypted: 0 stands for it (RFC 3412, section 7.1).
    const pdu = reportPdu(0, counter);
    const scoped = scopedPdu(ownId, new Uint8Array(), pdu);
    const { messageId } = message;
    const envelope = { messageId, reportable: false, salt: new Uint8Array(8), scoped };
    const sender: UserKeys = signed === undefined
      ? { user: { name: new TextDecoder().decode(message.userName) } }
      : withoutPrivacy(signed);
    return seal(own(), sender, envelope);
  }

  function keysOf(user: SnmpUser, engineId: Uint8Array): UserKeys {
    const id = `${user.name} ${Buffer.from(engineId).toString("hex")}`;
    const known = keys.get(id);
    if (known !== undefined) return known;
    if (keys.size >= MAX_ENGINES) keys.delete(keys.keys().next().value!);
    const made = keysFor(user, engineId);
    keys.set(id, made);
    return made;
  }

  return {
    counts,
    verify(message) {
      const reportable = (message.flags & FLAG.reportable) !== 0;
      const { engineId } = message;
      const isOwn = same(engineId, ownId);
      if (reportable && !isOwn) {
        return { kind: "report", reply: report(message, REPORTS.unknownEngineIds) };
      }
      const name = new TextDecoder().decode(message.userName);
      const user = users.find((user) => user.name === name);
      if (user === undefined) throw refused("unknownUserNames: a user that was not named");
      const userKeys = keysOf(user, engineId);
      checkLevel(message, user);
      if (user.auth === undefined) return { kind: "trusted", keys: userKeys, engine: own() };
      if (!isAuthentic(message, userKeys)) throw refused("wrongDigests: a wrong signature");
      if (isOwn) {
        if (!isInWindow(message, own())) {
          return { kind: "report", reply: report(message, REPORTS.notInTimeWindows, userKeys) };
        }
      } else {
        checkOrder(message, latest);
      }
      return { kind: "trusted", keys: userKeys, engine: own() };
    },
  };
}

/** Five bytes say what follows (RFC 3411, SnmpEngineID): no enterprise, octets of its own making. */
function makeEngineId(): Uint8Array {
  const id = new Uint8Array(13);
  id.set([0x80, 0, 0, 0, 5]);
  crypto.getRandomValues(id.subarray(5));
  return id;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function refused(what: string): ProbeError {
  return new ProbeError("auth-failed", what);
}

function withoutPrivacy(keys: UserKeys): UserKeys {
  const { name, auth } = keys.user;
  return {
    user: { name, ...(auth === undefined ? {} : { auth }) },
    ...(keys.auth === undefined ? {} : { auth: keys.auth }),
  };
}

function checkLevel({ flags }: SecureMessage, { auth, priv }: SnmpUser): void {
  const lacksAuth = auth !== undefined && (flags & FLAG.auth) === 0;
  const lacksPriv = priv !== undefined && (flags & FLAG.priv) === 0;
  if (lacksAuth || lacksPriv) throw refused("A message below the level of its user");
}

function isInWindow({ engineBoots, engineTime }: SecureMessage, own: Engine): boolean {
  return engineBoots === own.boots && Math.abs(engineTime - own.time) <= TIME_WINDOW_S;
}

/** A sender's time may only go on (RFC 3414, section 3.2, step 7b). */
function checkOrder(
  message: SecureMessage,
  latest: Map<string, { boots: number; time: number }>,
): void {
  const { engineBoots: boots, engineTime: time } = message;
  const id = Buffer.from(message.engineId).toString("hex");
  const known = latest.get(id);
  if (known !== undefined) {
    const old = boots < known.boots || (boots === known.boots && time < known.time - TIME_WINDOW_S);
    if (old) throw refused("notInTimeWindows: a message from the past");
    if (boots === known.boots && time <= known.time) return;
  } else if (latest.size >= MAX_ENGINES) {
    latest.delete(latest.keys().next().value!);
  }
  latest.set(id, { boots, time });
}
