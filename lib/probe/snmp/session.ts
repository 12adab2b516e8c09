/** A session with an agent: questions and answers of SNMPv1 and v2c, or of v3. */
import type { Attempt } from "../types.ts";
import { ProbeError } from "../error.ts";
import { malformed } from "./_ber.ts";
import { firstId, nextId } from "./_ids.ts";
import { openSecure } from "./_secure.ts";
import { openPeer, type Sending, type UdpPeer } from "./_udp.ts";
import { communityMessage, readMessage, type SnmpVersion } from "./message.ts";
import { type Pdu, questionPdu } from "./pdu.ts";
import type { AgentAddress, SnmpCredentials, SnmpSession } from "./types.ts";

/**
 * Opens a session. For SNMPv3 the agent's engine is discovered, and that ends `authMs` on the
 * attempt's clock; the user is checked with the first question.
 *
 * @param agent Where it is.
 * @param credentials With what it is asked.
 * @param attempt The attempt.
 * @param sending Whether questions are sent again; not by default.
 * @throws {ProbeError} If the discovery fails.
 */
export async function openSnmp(
  agent: AgentAddress,
  credentials: SnmpCredentials,
  attempt: Attempt,
  sending: Sending = { resends: 0 },
): Promise<SnmpSession> {
  const peer = openPeer(agent.address, agent.port, agent.label, sending);
  if (credentials.version !== "3") return openCommunity(peer, agent.label, credentials);
  try {
    return await openSecure(peer, agent.label, credentials, attempt);
  } catch (error) {
    await peer[Symbol.asyncDispose]();
    throw error;
  }
}

function openCommunity(
  peer: UdpPeer,
  label: string,
  credentials: Exclude<SnmpCredentials, { version: "3" }>,
): SnmpSession {
  const { version } = credentials;
  const community = new TextEncoder().encode(credentials.community.reveal());
  let requestId = firstId();
  return {
    label,
    version,
    counts: peer.counts,
    ask(question, attempt) {
      const id = requestId = nextId(requestId);
      const message = communityMessage(version, community, questionPdu(question, id));
      return peer.ask(message, (bytes) => acceptAnswer(bytes, version, id, label), attempt);
    },
    [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
  };
}

function acceptAnswer(
  bytes: Uint8Array,
  version: SnmpVersion,
  requestId: number,
  label: string,
): Pdu | undefined {
  const message = readMessage(bytes);
  if (message.version !== version) {
    const found = `an answer of version ${message.version}, expected ${version}`;
    throw new ProbeError("protocol", `${label}: ${found}`);
  }
  if (message.version === "3") return undefined;
  const { pdu } = message;
  if (pdu.kind !== "response") throw malformed(`a ${pdu.kind} for an answer`);
  return pdu.requestId === requestId ? pdu : undefined;
}
