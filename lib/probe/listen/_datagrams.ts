/** Receives datagrams. */
import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import { ownSocket } from "./_descriptor.ts";
import { kernelDrops } from "./_drops.ts";
import { bindError, type Inlet, type Take } from "./_inlet.ts";
import { openKernelSocket } from "./_kernel_socket.ts";
import type { Peer } from "./types.ts";

/**
 * Listens for datagrams, with a buffer as large as the system allows.
 *
 * @param address Where.
 * @param port 0 for any that is free.
 * @param take Gets each datagram; its bytes are valid during the call only.
 * @throws {VersusError} If it can't listen there.
 */
export async function openDatagrams(address: string, port: number, take: Take): Promise<Inlet> {
  const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
  await new Promise<void>((resolve, reject) => {
    socket.once("error", (error) => reject(bindError(error, address, port)));
    socket.bind({ address, port, exclusive: true }, () => resolve());
  });
  const bound = socket.address().port;
  const own = ownSocket(address, bound);
  const kernel = own && openKernelSocket(own);
  // Later errors are of single answers, as when the peer of an inform has gone.
  socket.on("error", () => {});
  // Answers that are on their way: the socket is not closed before them.
  const answers = new Set<Promise<void>>();
  const answer = (reply: Uint8Array, { port, address }: Peer) => {
    const sent = new Promise<void>((done) => socket.send(reply, port, address, () => done()));
    answers.add(sent);
    sent.then(() => answers.delete(sent));
  };
  const use = (bytes: Uint8Array, peer: Peer) => take(bytes, peer, (reply) => answer(reply, peer));
  socket.on("message", (bytes, from) => {
    use(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length), from);
    kernel?.drain(use);
  });
  return {
    transport: "udp",
    port: bound,
    drops: () => own && kernelDrops(address, own),
    async close() {
      await Promise.all(answers);
      await new Promise<void>((done) => socket.close(() => done()));
      kernel?.[Symbol.dispose]();
    },
  };
}
