/** TCP servers inside of the test for what real servers don't do: silence, garbage, resets. */
import { createServer, type Socket } from "node:net";

/** A server on a free port of loopback. */
export interface FaultyServer extends AsyncDisposable {
  readonly port: number;
  /** As a target: `127.0.0.1:PORT`. */
  readonly target: string;
  /** How many connections it had. */
  connections(): number;
}

/**
 * Listens on a free port.
 *
 * @param behave What it does with a connection.
 * @returns The server; disposing it ends all connections.
 */
export async function serveTcp(behave: (socket: Socket) => void): Promise<FaultyServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    behave(socket);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  const { port } = server.address() as { port: number };
  return {
    port,
    target: `127.0.0.1:${port}`,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/** A port of loopback that nothing listens on. */
export async function closedPort(): Promise<number> {
  const server = await serveTcp(() => {});
  const { port } = server;
  await server[Symbol.asyncDispose]();
  return port;
}
