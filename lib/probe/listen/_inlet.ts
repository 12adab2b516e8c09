/** Where messages come in. */
import { VersusError } from "../../error.ts";
import type { Peer } from "./types.ts";

/** How messages are carried. */
export type Transport = "udp" | "tcp" | "tls";

/** Gets one message; `reply` sends to its sender, where that can be. */
export type Take = (message: Uint8Array, peer: Peer, reply?: (bytes: Uint8Array) => void) => void;

/** An open socket that listens. */
export interface Inlet {
  /** What carries them. */
  readonly transport: Transport;
  /** The port that it got. */
  readonly port: number;
  /** What the kernel dropped; nothing where it does not tell, or where nothing is dropped. */
  drops(): number | undefined;
  /** Ends it, after answers that are on their way. */
  close(): Promise<void>;
}

/** Says why a socket could not be opened. */
export function bindError(error: unknown, address: string, port: number): VersusError {
  const { code, message } = error as { code?: string; message: string };
  const place = `${address} port ${port}`;
  if (code === "EACCES" || code === "EPERM") {
    return new VersusError(`Not allowed to listen on ${place}`, {
      hint: "Ports below 1024 take rights; choose another with --port, as --port 10162",
      cause: error,
    });
  }
  const what = code === "EADDRINUSE"
    ? `${place} is in use`
    : code === "EADDRNOTAVAIL"
    ? `${address} is no address of this machine`
    : message;
  return new VersusError(`Can't listen: ${what}`, {
    hint: "Choose another place with --listen ADDRESS and --port N",
    cause: error,
  });
}
