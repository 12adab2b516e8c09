/** What can go wrong with a probe: a closed list, so that a script can tell the causes apart. */

/** Each code with what it says. */
export const ERROR_CODES = {
  "refused": "The connection was refused",
  "timeout": "No answer within the limit",
  "reset": "The peer reset the connection",
  "closed": "The peer closed the connection before the answer was complete",
  "unreachable": "No route to the host or network",
  "permission": "The system does not allow it: a raw socket, a low port",
  "dns-nxdomain": "The name does not exist",
  "dns-nodata": "The name exists and has no record of the type",
  "dns-failed": "The name could not be resolved",
  "tls-untrusted": "The certificate's issuer is not trusted",
  "tls-self-signed": "The certificate is signed by itself",
  "tls-expired": "The certificate is no longer valid",
  "tls-not-yet-valid": "The certificate is not valid yet",
  "tls-name": "The certificate is for another name",
  "tls-revoked": "The certificate is revoked",
  "tls-client-certificate": "The peer wants a client certificate, or refuses the one it got",
  "tls-protocol": "No common TLS version or cipher, or the peer does not speak TLS",
  "hostkey-unknown": "The host key is in no known_hosts file",
  "hostkey-changed": "The host key differs from the known one",
  "hostkey-revoked": "The host key is marked as revoked",
  "kex-failed": "No common key exchange, cipher, MAC or host key algorithm",
  "auth-failed": "The peer refused the credentials",
  "auth-missing": "No credentials were given for what the peer asks",
  "protocol": "The answer does not follow the protocol",
  "too-large": "The answer is larger than the limit",
  "not-supported": "The peer does not offer what was asked for",
  "remote-error": "The peer answered with an error",
  "exit-code": "The remote command failed",
  "assertion": "The answer is not the expected one",
  "cancelled": "The probe was cancelled",
} as const;

/** One of the codes in {@linkcode ERROR_CODES}. */
export type ProbeErrorCode = keyof typeof ERROR_CODES;

/** A probe that did not get its answer. The message names what was found and what was expected. */
export class ProbeError extends Error {
  /** The name by which the error is told apart. */
  override name = "ProbeError";
  /** Which of the closed list. */
  readonly code: ProbeErrorCode;

  /**
   * Makes an error.
   *
   * @param code Which of the closed list.
   * @param message What was found and what was expected, for people; no secrets.
   * @param cause What caused it.
   */
  constructor(code: ProbeErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
