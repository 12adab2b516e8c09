/** Connecting: names, addresses and TCP, with the phases and errors of the model. */
import { lookup } from "node:dns/promises";
import { connect, isIP, type Socket } from "node:net";
import { ProbeError, type ProbeErrorCode } from "./error.ts";
import type { Attempt, Target } from "./types.ts";

const CODES: Readonly<Record<string, ProbeErrorCode>> = {
  ECONNREFUSED: "refused",
  ECONNRESET: "reset",
  EPIPE: "reset",
  ECONNABORTED: "reset",
  ETIMEDOUT: "timeout",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EHOSTDOWN: "unreachable",
  ENETDOWN: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  EACCES: "permission",
  EPERM: "permission",
  ENOTFOUND: "dns-nxdomain",
  ENODATA: "dns-nodata",
  EAI_AGAIN: "dns-failed",
  ESERVFAIL: "dns-failed",
};

/**
 * Gives an error of the system a code of the closed list.
 *
 * @param error What a socket or a resolver failed with.
 * @param what What was tried, for the message: `127.0.0.1:22`.
 * @param otherwise The code of an error that is none of the system's.
 * @returns A probe's error; one that is one already stays as it is.
 */
export function toProbeError(
  error: unknown,
  what: string,
  otherwise: ProbeErrorCode = "protocol",
): ProbeError {
  if (error instanceof ProbeError) return error;
  const { code, message } = error as { code?: string; message?: string };
  const known = code === undefined ? undefined : CODES[code];
  return new ProbeError(known ?? otherwise, `${what}: ${message ?? String(error)}`, error);
}

/**
 * Waits for something until the attempt ends.
 *
 * @param attempt The attempt.
 * @param start Starts it; `settle` are the promise's own functions. What it returns undoes it when
 * the attempt ends first.
 * @returns What it resolves to.
 * @throws {ProbeError} The attempt's reason, if it ends first.
 */
export function withinAttempt<Value>(
  attempt: Attempt,
  start: (resolve: (value: Value) => void, reject: (error: unknown) => void) => () => void,
): Promise<Value> {
  const { signal } = attempt;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(reasonOf(signal));
    let settled = false;
    const settle = <T>(done: (value: T) => void) => (value: T) => {
      settled = true;
      signal.removeEventListener("abort", abort);
      done(value);
    };
    const undo = start(settle(resolve), settle(reject));
    function abort() {
      undo();
      reject(reasonOf(signal));
    }
    // It may have been settled at once.
    if (!settled) signal.addEventListener("abort", abort, { once: true });
  });
}

function reasonOf(signal: AbortSignal): ProbeError {
  return signal.reason instanceof ProbeError
    ? signal.reason
    : new ProbeError("cancelled", "The probe was cancelled");
}

/**
 * Finds the addresses of a host, through the system's resolver; ends `resolveMs` for a name.
 *
 * @param host A name or an address.
 * @param attempt The attempt.
 * @returns All addresses, in the order that the system prefers (RFC 6724); at least one.
 * @throws {ProbeError} `dns-nxdomain`, `dns-failed`, `timeout`.
 */
export async function resolveAll(host: string, attempt: Attempt): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  const addresses = await withinAttempt<string[]>(attempt, (resolve, reject) => {
    lookup(host, { all: true, verbatim: true }).then((found) => {
      const all = [...new Set(found.map(({ address }) => address))];
      if (all.length > 0) resolve(all);
      else reject(new ProbeError("dns-nodata", `${host}: the name has no address`));
    }, (error) => reject(toProbeError(error, host, "dns-failed")));
    return () => {};
  });
  attempt.clock.end("resolveMs");
  return addresses;
}

/**
 * Finds the address of a host; ends `resolveMs` for a name.
 *
 * @param host A name or an address.
 * @param attempt The attempt.
 * @returns The address that the system prefers.
 * @throws {ProbeError} As {@linkcode resolveAll}.
 */
export async function resolveHost(host: string, attempt: Attempt): Promise<string> {
  return (await resolveAll(host, attempt))[0]!;
}

/**
 * Tries the addresses of a host in their order until one neither refuses nor is unreachable: a server may
 * listen on one of two families only.
 *
 * @param host A name or an address.
 * @param attempt The attempt.
 * @param connect Connects to an address.
 * @returns What it gives for the first that works.
 * @throws {ProbeError} What the last one failed with.
 */
export async function overAddresses<Value>(
  host: string,
  attempt: Attempt,
  connect: (address: string) => Promise<Value>,
): Promise<Value> {
  const addresses = await resolveAll(host, attempt);
  for (const address of addresses.slice(0, -1)) {
    try {
      return await connect(address);
    } catch (error) {
      const known = error instanceof ProbeError ? error.code : undefined;
      if (known !== "refused" && known !== "unreachable") throw error;
    }
  }
  return await connect(addresses.at(-1)!);
}

/**
 * Connects with TCP, without Nagle's delay; ends `resolveMs` and `connectMs`.
 *
 * @param target What to connect to.
 * @param defaultPort The port of a target that names none.
 * @param attempt The attempt.
 * @returns The socket; the caller destroys it.
 * @throws {ProbeError} `refused`, `timeout`, `unreachable`, `reset` and those of resolving.
 */
export async function connectTcp(
  target: Target,
  defaultPort: number,
  attempt: Attempt,
): Promise<Socket> {
  const port = target.port ?? defaultPort;
  const socket = await overAddresses(
    target.host,
    attempt,
    (host) =>
      withinAttempt<Socket>(attempt, (resolve, reject) => {
        const socket = connect({ host, port, noDelay: true });
        // An error after this one was reported has nobody to tell it to.
        socket.on("error", (error) => reject(toProbeError(error, target.label, "unreachable")));
        socket.once("connect", () => resolve(socket));
        return () => socket.destroy();
      }),
  );
  attempt.clock.end("connectMs");
  return socket;
}
