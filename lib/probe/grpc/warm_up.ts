/** Makes the runtime load what its first call over HTTP/2 needs. */
import { createServer, type ServerHttp2Stream } from "node:http2";
import { startPhases } from "../phases.ts";
import { checkHealth } from "../protos/health.ts";
import { warmUpTls } from "../tls/warm_up.ts";
import type { Attempt } from "../types.ts";
import { openChannel } from "./channel.ts";
import type { GrpcAccess } from "./types.ts";

const LIMIT_MS = 500;

let done: Promise<void> | undefined;

/**
 * Calls itself over loopback, once for the process: the first call takes some tens of milliseconds
 * more than the second, which would be counted as the first peer's.
 *
 * @param access How the peers will be reached.
 * @returns When it is done; what goes wrong is none of the caller's business.
 */
export async function warmUpGrpc(access: GrpcAccess): Promise<void> {
  done ??= callItself(access).catch(() => {
    // Where one may not listen on loopback the first target is slower, and nothing else.
  });
  await done;
  if (!access.plaintext) await warmUpTls(access.tls);
}

async function callItself(access: GrpcAccess): Promise<void> {
  const server = createServer();
  server.on("stream", (stream: ServerHttp2Stream) => {
    stream.on("error", () => {});
    stream.respond(
      { ":status": 200, "content-type": "application/grpc" },
      { waitForTrailers: true },
    );
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
    // A message without a field.
    stream.end(new Uint8Array(5));
  });
  const attempt: Attempt = {
    signal: AbortSignal.timeout(LIMIT_MS),
    clock: startPhases(),
    timeoutMs: LIMIT_MS,
  };
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(0, "127.0.0.1", resolve);
    });
    const { port } = server.address() as { port: number };
    const itself = { label: "itself", host: "127.0.0.1", port, variables: {} };
    const { tls, maxBytes } = access;
    // Nobody's password is needed for this.
    const plain = { plaintext: true, tls, metadata: {}, maxBytes };
    const channel = await openChannel(itself, port, plain, attempt);
    try {
      await channel.ask(checkHealth, { service: "" }, attempt);
    } finally {
      channel.close();
    }
  } finally {
    server.close();
  }
}
