/**
 * Refuses what a server asks for beyond a session, as RFC 4254 (section 4) allows.
 *
 * ssh2 1.17.0 would answer OpenSSH's list of host keys by having the server prove each of them, which
 * costs several signatures just when the first command is sent, and it fails where one of the keys is
 * of a type that it does not know.
 */
import type ssh2 from "./_ssh2.ts";

interface Protocol {
  readonly _handlers: {
    GLOBAL_REQUEST: (protocol: Protocol, name: string, wantReply: boolean) => void;
  };
  requestFailure(): void;
}

/**
 * Refuses every global request; called after `connect()`.
 *
 * @param client The client.
 */
export function refuseGlobalRequests(client: ssh2.Client): void {
  const { _handlers } = (client as unknown as { _protocol: Protocol })._protocol;
  _handlers.GLOBAL_REQUEST = (protocol, _name, wantReply) => {
    if (wantReply) protocol.requestFailure();
  };
}
