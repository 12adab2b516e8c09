/** Reads many objects: one question, a subtree, columns of a table. */
import { ProbeError } from "../error.ts";
import type { Attempt } from "../types.ts";
import { compareOids, liesWithin, oidContent } from "./oid.ts";
import { ERROR_STATUS, type Pdu, type Question } from "./pdu.ts";
import type { SnmpSession } from "./types.ts";
import type { VarBind } from "./varbind.ts";

/** How a subtree is read. */
export interface WalkOptions {
  /**
   * Objects in one answer, at most. By default a subtree begins with 25 and then asks for as many as
   * fit into one packet of Ethernet.
   */
  readonly repetitions?: number;
  /** More objects are an error; 1,000,000 by default. */
  readonly maxObjects?: number;
}

/** Objects that are asked for at a time where nothing is known of their size. */
export const REPETITIONS = 25;
/** Objects that are asked for at a time at most, where nobody says how many. */
const MOST_REPETITIONS = 100;
/** What is left for objects of a packet of 1500 bytes that is not cut into fragments. */
const PACKET_BYTES = 1400;
const MAX_OBJECTS = 1_000_000;

/** What an error status means for the code; all others are `remote-error`. */
const STATUS_CODES: Readonly<Record<string, "auth-failed" | "too-large">> = {
  authorizationError: "auth-failed",
  tooBig: "too-large",
};

/**
 * Asks one question.
 *
 * @param session The agent.
 * @param question What.
 * @param attempt Ends the waiting.
 * @returns Objects and their values, with exceptions in the place of values that are not there.
 * @throws {ProbeError} `remote-error` for an error status, `auth-failed` for authorizationError.
 */
export async function askAgent(
  session: SnmpSession,
  question: Question,
  attempt: Attempt,
): Promise<readonly VarBind[]> {
  const answer = await session.ask(question, attempt);
  if (answer.errorStatus !== 0) throw statusError(answer, session.label);
  const { kind, names } = question;
  if (kind !== "getBulk" && answer.varBinds.length !== names.length) {
    const found =
      `an answer of ${answer.varBinds.length} objects to a question for ${names.length}`;
    throw new ProbeError("protocol", `${session.label}: ${found}`);
  }
  return answer.varBinds;
}

function statusError({ errorStatus, errorIndex, varBinds }: Pdu, label: string): ProbeError {
  const name = ERROR_STATUS[errorStatus] ?? `error status ${errorStatus}`;
  const about = varBinds[errorIndex - 1]?.oid;
  return new ProbeError(
    STATUS_CODES[name] ?? "remote-error",
    `${label}: the agent answers ${name}${about === undefined ? "" : ` for ${about}`}`,
  );
}

/**
 * Reads all objects below a root, as they come.
 *
 * Like net-snmp, a root that is itself an instance (`sysDescr.0`) is read where nothing lies below it.
 *
 * @param session The agent.
 * @param root As `1.3.6.1.2.1.2.2`.
 * @param attempt Ends the walk.
 * @param options How.
 * @yields The objects of one answer.
 * @throws {ProbeError} `protocol` if the agent goes backwards, `too-large` past the limit.
 */
export async function* subtree(
  session: SnmpSession,
  root: string,
  attempt: Attempt,
  options: WalkOptions = {},
): AsyncGenerator<readonly VarBind[], void> {
  const within = oidContent(root);
  const limit = options.maxObjects ?? MAX_OBJECTS;
  let repetitions = options.repetitions ?? REPETITIONS;
  let most = options.repetitions === undefined ? MOST_REPETITIONS : 0;
  let last = within;
  let count = 0;
  for (;;) {
    const answer = await session.ask(next(session, [last], repetitions), attempt);
    if (isTooBig(answer) && repetitions > 1 && session.version !== "1") {
      most = repetitions = Math.floor(repetitions / 2);
      continue;
    }
    if (most > 0) repetitions = fitting(answer.varBinds, repetitions, most);
    const { found, ended } = takeWithin(answer, within, last, session.label);
    count += found.length;
    if (count > limit) throw tooMany(session.label, limit);
    if (found.length > 0) yield found;
    if (ended) break;
    last = found.at(-1)!.name;
  }
  if (count > 0) return;
  const itself = await session.ask({ kind: "get", names: [within] }, attempt);
  const only = itself.varBinds[0];
  if (itself.errorStatus === 0 && only !== undefined && only.value !== null) yield [only];
}

/** How many objects of the size of these fit into a packet. */
function fitting(varBinds: readonly VarBind[], now: number, most: number): number {
  if (varBinds.length < 2) return now;
  // Names are views into the datagram: their distance is the size of what lies between.
  const span = varBinds.at(-1)!.name.byteOffset - varBinds[0]!.name.byteOffset;
  const size = Math.max(1, span / (varBinds.length - 1));
  return Math.min(most, Math.max(1, Math.floor(PACKET_BYTES / size)));
}

function next(session: SnmpSession, names: readonly Uint8Array[], repetitions: number): Question {
  return session.version === "1"
    ? { kind: "getNext", names }
    : { kind: "getBulk", names, nonRepeaters: 0, repetitions };
}

function isTooBig({ errorStatus }: Pdu): boolean {
  return ERROR_STATUS[errorStatus] === "tooBig";
}

/** The first version ends a walk with noSuchName, the others with endOfMibView. */
function endsV1({ errorStatus }: Pdu): boolean {
  return ERROR_STATUS[errorStatus] === "noSuchName";
}

function takeWithin(
  answer: Pdu,
  within: Uint8Array,
  last: Uint8Array,
  label: string,
): { found: readonly VarBind[]; ended: boolean } {
  if (endsV1(answer)) return { found: [], ended: true };
  if (answer.errorStatus !== 0) throw statusError(answer, label);
  const { varBinds } = answer;
  if (varBinds.length === 0) {
    throw new ProbeError("protocol", `${label}: an answer without objects`);
  }
  let before = last;
  for (let i = 0; i < varBinds.length; i++) {
    const { name, type, oid } = varBinds[i]!;
    if (type === "endOfMibView" || !liesWithin(name, within)) {
      return { found: varBinds.slice(0, i), ended: true };
    }
    if (compareOids(name, before) <= 0) {
      throw new ProbeError("protocol", `${label}: the walk goes backwards at ${oid}`);
    }
    before = name;
  }
  return { found: varBinds, ended: false };
}

function tooMany(label: string, limit: number): ProbeError {
  return new ProbeError("too-large", `${label}: more than ${limit} objects`);
}

/**
 * Reads columns side by side, so that the values of a row are from about the same moment.
 *
 * @param session The agent.
 * @param columns Their identifiers, as `1.3.6.1.2.1.2.2.1.2`.
 * @param attempt Ends it.
 * @param options How.
 * @returns For each column its values by the instance's arcs, as `3`, in the agent's order.
 * @throws {ProbeError} As {@linkcode subtree}.
 */
export async function readColumns(
  session: SnmpSession,
  columns: readonly string[],
  attempt: Attempt,
  options: WalkOptions = {},
): Promise<Map<string, VarBind>[]> {
  const limit = options.maxObjects ?? MAX_OBJECTS;
  const roots = columns.map(oidContent);
  const last = [...roots];
  const found = columns.map(() => new Map<string, VarBind>());
  let open = columns.map((_, i) => i);
  // One answer holds as many objects as in a walk, shared among the columns.
  const wanted = options.repetitions ?? REPETITIONS;
  let divisor = 1;
  let count = 0;
  while (open.length > 0) {
    const repetitions = Math.max(1, Math.floor(wanted / open.length / divisor));
    const answer = await session.ask(
      next(session, open.map((i) => last[i]!), repetitions),
      attempt,
    );
    if (isTooBig(answer) && repetitions > 1 && session.version !== "1") {
      divisor *= 2;
      continue;
    }
    if (endsV1(answer)) {
      // The column that has no more is named by the index; the others are asked again.
      const ended = open[answer.errorIndex - 1];
      open = ended === undefined ? [] : open.filter((i) => i !== ended);
      continue;
    }
    if (answer.errorStatus !== 0) throw statusError(answer, session.label);
    if (answer.varBinds.length < open.length) {
      throw new ProbeError("protocol", `${session.label}: an answer without some of the columns`);
    }
    const ended = new Set<number>();
    answer.varBinds.forEach((varBind, at) => {
      const column = open[at % open.length]!;
      if (ended.has(column)) return;
      const { name, oid, type } = varBind;
      if (type === "endOfMibView" || !liesWithin(name, roots[column]!)) {
        ended.add(column);
        return;
      }
      if (compareOids(name, last[column]!) <= 0) {
        throw new ProbeError("protocol", `${session.label}: the walk goes backwards at ${oid}`);
      }
      last[column] = name;
      found[column]!.set(oid.slice(columns[column]!.length + 1), varBind);
      if (++count > limit) throw tooMany(session.label, limit);
    });
    open = open.filter((i) => !ended.has(i));
  }
  return found;
}
