/** Receives datagrams. */
import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import { kernelDrops } from "./_drops.ts";
import { bindError, type Inlet, type Take } from "./_inlet.ts";

/**
 * Listens for datagrams. The size of the buffer is left as it is: under Deno 2.9 asking for more
 * loses a third and more of 20,000 messages a second.
 *
 * @param address Where.
 * @param port 0 for any that is free.
 * @param take Gets each datagram.
 * @throws {VersusError} If it can't listen there.
 */
export async function openDatagrams(address: string, port: number, take: Take): Promise<Inlet> {
  const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
  await new Promise<void>((resolve, reject) => {
    socket.once("error", (error) => reject(bindError(error, address, port)));
    socket.bind({ address, port, exclusive: true }, () => resolve());
  });
  // Later errors are of single answers, as when the peer of an inform has gone.
  socket.on("error", () => {});
  socket.on("message", (bytes, from) => {
    const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    take(plain, from, (reply) => socket.send(reply, from.port, from.address));
  });
  const bound = socket.address().port;
  return {
    transport: "udp",
    port: bound,
    drops: () => kernelDrops(address, bound),
    close: () => new Promise((done) => socket.close(() => done())),
  };
}
