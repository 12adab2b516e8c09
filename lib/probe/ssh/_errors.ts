/** Gives what ssh2 says when it fails a code of the closed list. */
import type { Buffer } from "node:buffer";
import { ProbeError } from "../error.ts";
import { toProbeError } from "../socket.ts";
import { readServerOffer } from "./_kexinit.ts";
import type { LoginPlan } from "./_login.ts";
import type { SshInfo } from "./types.ts";

/** How far a session has come. */
export type Stage = "banner" | "kex" | "auth" | "ready";

/** Where it was when it failed. */
export interface FailedAt {
  readonly label: string;
  readonly stage: Stage;
  readonly legacy: boolean;
  /** The bytes of the key exchange. */
  readonly opening: Buffer;
  readonly info: SshInfo;
}

/** What a stage is called in messages. */
const DOING: Readonly<Record<Stage, string>> = {
  banner: "before it told its version",
  kex: "during the key exchange",
  auth: "during authentication",
  ready: "after authentication",
};
/** Reasons of a disconnect message (RFC 4253, section 11.1) with a code of their own. */
const KEY_EXCHANGE_FAILED = 3;
const NO_MORE_AUTH_METHODS = 14;
/** OpenSSH tells of too many attempts with the reason "protocol error". */
const TOO_MANY_ATTEMPTS = /too many authentication failures/i;

/**
 * Explains a failure.
 *
 * @param error What ssh2 said; nothing if the connection was simply closed.
 * @param at Where it happened.
 * @param login How login was tried.
 */
export function explain(
  error: (Error & { level?: string; code?: string | number }) | undefined,
  at: FailedAt,
  login: LoginPlan,
): ProbeError {
  const { label, stage } = at;
  if (error === undefined || /^Connection lost before handshake/.test(error.message)) {
    return new ProbeError("closed", `${label} closed the connection ${DOING[stage]}`);
  }
  if (error.level === "client-socket") return toProbeError(error, label, "reset");
  if (error.level === "client-authentication") return login.failure(label);
  if (typeof error.code === "number") return disconnected(error.code, error, at, login);
  if (/no matching|Handshake failed: No matching/i.test(error.message)) {
    return new ProbeError("kex-failed", `${label}: ${noneInCommon(error.message, at)}`);
  }
  return new ProbeError(
    "protocol",
    `${label} broke the protocol ${DOING[stage]}: ${error.message}`,
  );
}

function disconnected(code: number, error: Error, at: FailedAt, login: LoginPlan): ProbeError {
  const { label, stage } = at;
  if (code === KEY_EXCHANGE_FAILED) {
    return new ProbeError("kex-failed", `${label}: ${error.message}`);
  }
  if (
    stage === "auth" && (code === NO_MORE_AUTH_METHODS || TOO_MANY_ATTEMPTS.test(error.message))
  ) return login.failure(label);
  return new ProbeError(
    "closed",
    `${label} ended the session ${DOING[stage]}: ${error.message} (reason ${code})`,
  );
}

function noneInCommon(message: string, { opening, info, legacy }: FailedAt): string {
  const text = message.replace(/^Handshake failed: /, "").replace(/^N/, "n");
  // The version's line stands before the packet.
  const line = opening.indexOf(info.banner) + info.banner.length;
  const end = opening.indexOf(0x0a, line) + 1;
  const offer = readServerOffer(opening.subarray(end));
  const list = /key exchange|KEX/i.test(text)
    ? offer?.["key exchange"]
    : /host key/i.test(text)
    ? offer?.["host key"]
    : /cipher/i.test(text)
    ? offer?.["cipher to the server"]
    : offer?.["MAC to the server"];
  const theirs = list === undefined ? "" : `; the server offers ${list}`;
  return `${text}${theirs}${legacy ? "" : "; older algorithms need --legacy"}`;
}
