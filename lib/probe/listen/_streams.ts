/** Receives messages over TCP and TLS. */
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { bindError, type Inlet, type Take } from "./_inlet.ts";
import { createFraming } from "./syslog/framing.ts";

/** Connections at most; more are closed at once. */
export const MAX_CONNECTIONS = 1024;

/** With what a server of TLS shows who it is. */
export interface ServerIdentity {
  /** Certificates as PEM, its own first. */
  readonly certificate: string;
  /** Its key as PEM. */
  readonly key: string;
}

/** How streams are listened for. */
export interface StreamOptions {
  /** Where it listens. */
  readonly address: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Gets each message. */
  readonly take: Take;
  /** What can't be followed: a stream is closed after it. */
  fail(error: unknown): void;
  /** TLS with this identity; plain TCP if absent. */
  readonly identity?: ServerIdentity;
}

/**
 * Listens for streams of syslog.
 *
 * @throws {VersusError} If it can't listen there.
 */
export async function openStreams(options: StreamOptions): Promise<Inlet> {
  const { address, port, identity } = options;
  const open = new Set<Socket>();
  const onConnection = (socket: Socket) => {
    if (open.size >= MAX_CONNECTIONS) {
      socket.destroy();
      return;
    }
    open.add(socket);
    follow(socket, options, () => open.delete(socket));
  };
  const server: Server = identity === undefined
    ? createServer(onConnection)
    : createTlsServer({ cert: identity.certificate, key: identity.key }, onConnection);
  // A peer that does not speak TLS, or does not trust the certificate.
  server.on("tlsClientError", options.fail);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(bindError(error, address, port)));
    server.listen({ host: address, port }, () => resolve());
  });
  const bound = server.address();
  return {
    transport: identity === undefined ? "tcp" : "tls",
    port: typeof bound === "object" && bound !== null ? bound.port : port,
    drops: () => undefined,
    close() {
      for (const socket of open) socket.destroy();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

function follow(socket: Socket, options: StreamOptions, forget: () => void): void {
  const { take, identity } = options;
  const peer = { address: socket.remoteAddress ?? "unknown", port: socket.remotePort ?? 0 };
  const framing = createFraming(identity !== undefined);
  const use = (message: Uint8Array) => take(message, peer);
  const guarded = (work: () => void) => {
    try {
      work();
    } catch (error) {
      options.fail(error);
      socket.destroy();
    }
  };
  socket.on("data", (chunk: Uint8Array) => guarded(() => framing.push(chunk, use)));
  socket.on("end", () => {
    guarded(() => framing.end(use));
    socket.end();
  });
  // The close that follows says all.
  socket.on("error", () => {});
  socket.on("close", forget);
}
