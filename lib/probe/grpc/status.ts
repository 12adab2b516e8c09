/** Status codes of gRPC, and what they mean for a probe. */
import { printable } from "../../error.ts";
import { ProbeError, type ProbeErrorCode } from "../error.ts";

/** Names by number (github.com/grpc/grpc, doc/statuscodes.md). */
const NAMES = [
  ...["OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND"],
  ...["ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION"],
  ...["ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"],
  "UNAUTHENTICATED",
];

/** The status of an answer that did not come over gRPC (doc/http-grpc-status-mapping.md). */
const OF_HTTP: Readonly<Record<number, string>> = {
  400: "INTERNAL",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "UNIMPLEMENTED",
  429: "UNAVAILABLE",
  502: "UNAVAILABLE",
  503: "UNAVAILABLE",
  504: "UNAVAILABLE",
};

/** How a call ended at the peer. */
export interface GrpcStatus {
  /** By name: `NOT_FOUND`. */
  readonly name: string;
  /** What the peer says. */
  readonly message: string;
}

type Headers = Readonly<Record<string, string | string[] | number | undefined>>;

/**
 * Reads the status of trailers, or of headers that are all there is.
 *
 * @param headers By lower-case name.
 * @returns Nothing if there is none.
 */
export function statusOf(headers: Headers): GrpcStatus | undefined {
  const number = headers["grpc-status"];
  if (number === undefined) return undefined;
  return {
    name: NAMES[Number(number)] ?? `status ${String(number).slice(0, 20)}`,
    message: decoded(String(headers["grpc-message"] ?? "")),
  };
}

/** A message is percent-encoded UTF-8; one that is not stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Says what is wrong with headers that are no answer of gRPC.
 *
 * @param headers The first headers of the answer.
 * @returns Nothing if they are such an answer.
 */
export function notGrpc(headers: Headers): GrpcStatus | "no gRPC" | undefined {
  const status = Number(headers[":status"]);
  const type = String(headers["content-type"] ?? "");
  if (status === 200 && /^application\/grpc($|[+;])/.test(type)) return undefined;
  if (status === 200) return statusOf(headers) === undefined ? "no gRPC" : undefined;
  return statusOf(headers) ??
    { name: OF_HTTP[status] ?? "UNKNOWN", message: `HTTP status ${status}` };
}

/**
 * Makes an error of a status.
 *
 * @param status Any but OK.
 * @param what What was called: `r1:9339: /gnmi.gNMI/Get`.
 * @param authenticated Whether a password or a certificate was shown.
 * @returns The error.
 */
export function grpcError(status: GrpcStatus, what: string, authenticated: boolean): ProbeError {
  const said = status.message === "" ? "" : `: ${printable(status.message.slice(0, 500))}`;
  return new ProbeError(codeOf(status.name, authenticated), `${what}: ${status.name}${said}`);
}

function codeOf(name: string, authenticated: boolean): ProbeErrorCode {
  switch (name) {
    case "UNAUTHENTICATED":
      return authenticated ? "auth-failed" : "auth-missing";
    case "PERMISSION_DENIED":
      return authenticated ? "auth-failed" : "remote-error";
    case "UNIMPLEMENTED":
      return "not-supported";
    case "DEADLINE_EXCEEDED":
      return "timeout";
    default:
      return "remote-error";
  }
}
