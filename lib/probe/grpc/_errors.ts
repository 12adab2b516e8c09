/** Errors of HTTP/2 as those of the closed list. */
import type { ProbeError } from "../error.ts";
import { toProbeError } from "../socket.ts";

/**
 * Gives an error of HTTP/2 a code.
 *
 * @param error What a session or a stream failed with.
 * @param label The target, for the message.
 * @returns `reset` for a stream that the peer reset, `protocol` for what is no HTTP/2, or a code of
 * the connection below.
 */
export function h2Error(error: unknown, label: string): ProbeError {
  const { code = "" } = error as { code?: string };
  const otherwise = code === "ERR_HTTP2_STREAM_ERROR" ? "reset" : "protocol";
  return toProbeError(error, label, otherwise);
}
