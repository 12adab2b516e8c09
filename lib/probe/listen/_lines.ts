/** Records as JSON lines, put together in large pieces. */
import type { Decoded, Peer } from "./types.ts";

/** A piece is written when it has so many characters, or when nothing came for a moment. */
const PIECE = 64 * 1024;
const QUIET_MS = 50;

/**
 * Controls that JSON leaves as they are and a terminal obeys: DEL, C1, those of direction. Senders are
 * not to be trusted, and a line may be shown on a terminal.
 */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Collects lines. */
export interface LineWriter {
  /** Adds the records of one datagram, `limit` at most; returns how many were added. */
  add(decoded: Decoded, peer: Peer, limit: number): number;
  /** Writes what was collected. */
  flush(): void;
}

/**
 * Makes a writer.
 *
 * @param write Gets whole lines with their ends.
 * @param from The label of who sent: `address:port`.
 */
export function createLineWriter(write: (lines: string) => void): LineWriter {
  let piece = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastMs = 0;
  let lastTime = "";

  function flush(): void {
    if (timer !== undefined) clearTimeout(timer);
    timer = undefined;
    if (piece === "") return;
    const lines = piece;
    piece = "";
    write(lines.replace(UNSAFE, escaped));
  }

  return {
    flush,
    add({ head, records }, peer, limit) {
      const now = Date.now();
      if (now !== lastMs) {
        lastMs = now;
        lastTime = new Date(now).toISOString();
      }
      const host = peer.address.includes(":") ? `[${peer.address}]` : peer.address;
      const from = `${host}:${peer.port}`;
      // What records share is written once, and stands before each of them.
      const shared = JSON.stringify({ receivedAt: lastTime, from, ...head }).slice(0, -1);
      let count = 0;
      for (const record of records) {
        if (count >= limit) break;
        piece += `${shared},${JSON.stringify(record).slice(1)}\n`;
        count++;
      }
      if (piece.length >= PIECE) flush();
      else timer ??= setTimeout(flush, QUIET_MS);
      return count;
    },
  };
}
