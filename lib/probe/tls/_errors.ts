/** Gives errors of a TLS connection a code of the closed list. */
import { ProbeError, type ProbeErrorCode } from "../error.ts";
import { toProbeError } from "../socket.ts";

/** Alerts about our certificate, or the lack of one (RFC 8446, section 6.2). */
const CLIENT_CERTIFICATE =
  /ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_|UNKNOWN_CA|ACCESS_DENIED)|alert: (CertificateRequired|BadCertificate|UnsupportedCertificate|Certificate\w+|UnknownCA|AccessDenied|NoCertificate)/i;

/**
 * Gives an error of a TLS connection a code.
 *
 * @param error What the connection failed with.
 * @param label The target, for the message.
 * @returns `tls-client-certificate`, `tls-name` for a name that the peer doesn't have, `tls-protocol`, or a
 * code of the connection below.
 */
export function toTlsError(error: unknown, label: string): ProbeError {
  if (error instanceof ProbeError) return error;
  const { code = "", message = "" } = error as { code?: string; message?: string };
  const make = (known: ProbeErrorCode) => new ProbeError(known, `${label}: ${message}`, error);
  if (CLIENT_CERTIFICATE.test(`${code} ${message}`)) return make("tls-client-certificate");
  if (/UNRECOGNIZED_NAME|UnrecognisedName|UnrecognizedName/i.test(`${code} ${message}`)) {
    return make("tls-name");
  }
  if (/HandshakeFailure/.test(message)) {
    const why = "no common cipher, or the peer wants a client certificate";
    return new ProbeError("tls-protocol", `${label}: ${message}; ${why}`, error);
  }
  if (/^E[A-Z]+$/.test(code)) return toProbeError(error, label, "tls-protocol");
  return make("tls-protocol");
}
