/** Makes the runtime ready to connect, so that the first target does not pay for it. */
import { createServer } from "node:net";
import { startPhases } from "./phases.ts";
import { nativeSockets } from "./_native.ts";
import { connectTcp } from "./socket.ts";
import type { Attempt } from "./types.ts";

const LIMIT_MS = 500;
/** The first connection loads what connects, the second one runs what was loaded. */
const TIMES = 2;

let done: Promise<void> | undefined;

/**
 * Connects to itself over loopback, once for the process. Without it the first time of a process is some
 * milliseconds more than the second: with one sample a target that would be all there is.
 *
 * @returns When it is done; what goes wrong is none of the caller's business.
 */
export function warmUpConnecting(): Promise<void> {
  done ??= connectToItself().catch(() => {
    // Where one may not listen on loopback the first target is slower, and nothing else.
  });
  return done;
}

async function connectToItself(): Promise<void> {
  const server = createServer((socket) => socket.on("error", () => {}).end());
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
    for (let i = 0; i < TIMES; i++) {
      const target = { label: "itself", host: "localhost", variables: {} };
      (await connectTcp(target, port, attempt)).destroy();
      const to = { address: "127.0.0.1", port, label: "itself" };
      await nativeSockets()?.knock?.(to, attempt.signal, () => {});
    }
  } finally {
    server.close();
  }
}
