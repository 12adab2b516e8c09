/** What a report of SNMPv3 says about a message that was not answered. */
import { ProbeError, type ProbeErrorCode } from "../error.ts";
import type { Pdu } from "./pdu.ts";

interface Reason {
  readonly name: string;
  readonly code: ProbeErrorCode;
  readonly text: string;
}

const USM = "1.3.6.1.6.3.15.1.1";
const MPD = "1.3.6.1.6.3.11.2.1";
const TARGET = "1.3.6.1.6.3.12.1";

/** The report by which a peer's engine is learned. */
export const UNKNOWN_ENGINE_IDS = `${USM}.4.0`;
/** The report by which a peer's time is learned. */
export const NOT_IN_TIME_WINDOWS = `${USM}.2.0`;

/** Counters of RFC 3414 (section 5), RFC 3412 (section 5) and RFC 3413 (section 4.1.2). */
const REASONS: Readonly<Record<string, Reason>> = {
  [`${USM}.1.0`]: {
    name: "unsupportedSecLevels",
    code: "auth-failed",
    text: "the user may not use this level of security",
  },
  [NOT_IN_TIME_WINDOWS]: {
    name: "notInTimeWindows",
    code: "auth-failed",
    text: "the time of the message is outside of the agent's window",
  },
  [`${USM}.3.0`]: {
    name: "unknownUserNames",
    code: "auth-failed",
    text: "the agent does not know the user",
  },
  [UNKNOWN_ENGINE_IDS]: {
    name: "unknownEngineIDs",
    code: "protocol",
    text: "the agent does not know its own engine's id",
  },
  [`${USM}.5.0`]: {
    name: "wrongDigests",
    code: "auth-failed",
    text: "the passphrase or the protocol of authentication is wrong",
  },
  [`${USM}.6.0`]: {
    name: "decryptionErrors",
    code: "auth-failed",
    text: "the passphrase or the protocol of privacy is wrong",
  },
  [`${MPD}.1.0`]: {
    name: "unknownSecurityModels",
    code: "not-supported",
    text: "the agent does not know the user-based security model",
  },
  [`${MPD}.2.0`]: {
    name: "invalidMsgs",
    code: "protocol",
    text: "the agent finds the message invalid",
  },
  [`${MPD}.3.0`]: {
    name: "unknownPDUHandlers",
    code: "not-supported",
    text: "nothing in the agent handles the question",
  },
  [`${TARGET}.4.0`]: {
    name: "unavailableContexts",
    code: "remote-error",
    text: "the context is not available",
  },
  [`${TARGET}.5.0`]: {
    name: "unknownContexts",
    code: "remote-error",
    text: "the agent does not know the context",
  },
};

/** Makes the error that a report stands for. */
export function reportError(report: Pdu, label: string): ProbeError {
  const oid = report.varBinds[0]?.oid ?? "nothing";
  const reason = REASONS[oid];
  return reason === undefined
    ? new ProbeError("protocol", `${label}: the agent reports ${oid}`)
    : new ProbeError(reason.code, `${label}: ${reason.name}: ${reason.text}`);
}
