/**
 * Ping: ICMP by a datagram socket, by a raw one, by the system's ping, or a TCP connection; the first
 * that the system allows. The answer names the method.
 */
import { delimiter, join } from "node:path";
import { ProbeError } from "../error.ts";
import { type EchoSocket, openEcho } from "../ping/_native_echo.ts";
import { pingByProgram } from "../ping/_program.ts";
import type { PingResult } from "../results.ts";
import { connectTcp, resolveHost } from "../socket.ts";
import type { Attempt, Connection, Protocol, Target } from "../types.ts";

/** Ways to ping, the preferred one first. */
export const METHODS = ["icmp-datagram", "icmp-raw", "ping", "tcp"] as const;

/** How a host is pinged. */
export interface PingOptions {
  /** `auto` takes the first that the system allows. */
  readonly method: "auto" | PingResult["method"];
  /** Bytes of payload. */
  readonly size: number;
  /** The port of the method tcp, for a target that names none. */
  readonly port: number;
}

/** The most that one message of ICMP can carry over IPv4. */
export const MAX_SIZE = 65_507;

/** Ping. */
export const ping: Protocol<PingOptions, PingResult> = {
  name: "ping",
  title: "Ping a host: by ICMP where the system allows it, else by TCP",
  async open(target, options, attempt) {
    const address = await resolveHost(target.host, attempt);
    const wanted = options.method === "auto" ? METHODS : [options.method];
    for (const method of wanted) {
      const connection = open(method, address, target, options);
      if (connection !== undefined) return connection;
    }
    throw new ProbeError(
      "permission",
      `${target.label}: the system allows no ${wanted.join(", ")}`,
    );
  },
};

function open(
  method: PingResult["method"],
  address: string,
  target: Target,
  options: PingOptions,
): Connection<PingResult> | undefined {
  switch (method) {
    case "icmp-datagram":
    case "icmp-raw": {
      const socket = openEcho(method, address, target);
      return socket === undefined ? undefined : connectionOf(socket, options);
    }
    case "ping": {
      const program = findPing();
      if (program === undefined) return undefined;
      return once((attempt) => pingByProgram(program, address, options.size, target, attempt));
    }
    case "tcp":
      return once((attempt) => knock(address, target, options, attempt));
  }
}

function connectionOf(socket: EchoSocket, { size }: PingOptions): Connection<PingResult> {
  return {
    reusable: true,
    request: (attempt) => socket.ping(size, attempt),
    [Symbol.asyncDispose]: () => Promise.resolve(socket.close()),
  };
}

function once(request: (attempt: Attempt) => Promise<PingResult>): Connection<PingResult> {
  return { reusable: false, request, [Symbol.asyncDispose]: () => Promise.resolve() };
}

/** Connects to a port. That it is refused is an answer too: of a host that is there. */
async function knock(
  address: string,
  target: Target,
  options: PingOptions,
  attempt: Attempt,
): Promise<PingResult> {
  const port = target.port ?? options.port;
  const found = { address, method: "tcp" as const, port };
  try {
    const socket = await connectTcp({ ...target, host: address, port }, port, attempt);
    socket.destroy();
    return { ...found, accepted: true };
  } catch (error) {
    if (!(error instanceof ProbeError && error.code === "refused")) throw error;
    attempt.clock.end("connectMs");
    return { ...found, accepted: false };
  }
}

/** The system's ping, wherever it is for daemons or for people. */
function findPing(): string | undefined {
  const folders = (Deno.env.get("PATH") ?? "").split(delimiter);
  return [...folders, "/bin", "/sbin", "/usr/bin", "/usr/sbin"].map((folder) =>
    join(folder, "ping")
  )
    .find((path) => {
      try {
        return Deno.statSync(path).isFile;
      } catch {
        // Not there, or not to be seen.
        return false;
      }
    });
}
