/** Offers what is known to Prometheus. */
import { isIP } from "node:net";
import { printable, VersusError } from "../../lib/error.ts";
import type { ProbeRecorder } from "../../lib/probe/record.ts";
import { parseTarget } from "../../lib/probe/target.ts";
import { probePrometheus } from "../../lib/report/probe.ts";
import { tell } from "../output.ts";

/** Where `--serve` listens if nothing else is said. */
const DEFAULT_ADDRESS = "127.0.0.1:9788";

/** Samples of a target that the figures of `--serve` rest on. */
export const SERVE_WINDOW = 1000;

/**
 * Listens for Prometheus until it is disposed of.
 *
 * @param recorder What is known.
 * @param address Where: an address with a port; 0 for a free one.
 * @returns What ends it.
 * @throws {VersusError} If the address is none, or it can't be listened on.
 */
export function serveMetrics(
  recorder: ProbeRecorder,
  address = DEFAULT_ADDRESS,
): AsyncDisposable {
  const { hostname, port } = readAddress(address);
  const server = listen(hostname, port, (request) => answer(request, recorder));
  const bound = server.addr as Deno.NetAddr;
  const shown = bound.hostname.includes(":") ? `[${bound.hostname}]` : bound.hostname;
  tell(`Serving http://${shown}:${bound.port}/metrics`);
  if (!isLoopback(hostname)) {
    tell(`This is not loopback: whoever reaches ${shown} can read the targets and their figures.`);
  }
  return { [Symbol.asyncDispose]: () => server.shutdown() };
}

function readAddress(text: string): { hostname: string; port: number } {
  // A free port is asked for by 0, which no target can have.
  const free = /^(.*):0$/.exec(text)?.[1];
  const { host, port } = parseTarget(free ?? text);
  if (isIP(host) === 0 && host !== "localhost") {
    throw new VersusError(`Found ${printable(text)} for --listen, expected an address`, {
      hint: `Write it as ${DEFAULT_ADDRESS} or [::1]:9788`,
    });
  }
  return { hostname: host, port: free === undefined ? port ?? 9788 : 0 };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

function listen(
  hostname: string,
  port: number,
  handler: (request: Request) => Response,
): Deno.HttpServer {
  try {
    return Deno.serve({ hostname, port, onListen: () => {} }, handler);
  } catch (cause) {
    throw new VersusError(
      `Cannot listen on ${hostname}:${port}: ${printable((cause as Error).message)}`,
      { hint: "Name another address with --listen, as in 127.0.0.1:9789", cause },
    );
  }
}

function answer(request: Request, recorder: ProbeRecorder): Response {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return new Response("Only GET is answered\n", { status: 405, headers: { allow: "GET, HEAD" } });
  }
  if (new URL(request.url).pathname !== "/metrics") {
    return new Response("The figures are at /metrics\n", { status: 404 });
  }
  return new Response(probePrometheus(recorder.document()), {
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
  });
}
