/** Writes events to a file as they happen. */
import { printable, VersusError } from "../../lib/error.ts";
import type { ProbeEvent } from "../../lib/probe/events.ts";
import { toJson } from "../../lib/report/json.ts";

/** A file of JSON lines. */
export interface EventsFile extends Disposable {
  /** Writes one line, whole. */
  write(event: ProbeEvent): void;
}

/**
 * Opens a file of events; what was in it is lost.
 *
 * @param path The file.
 * @returns It.
 * @throws {VersusError} If it can't be written.
 */
export function openEventsFile(path: string): EventsFile {
  const file = attempt(
    path,
    () => Deno.openSync(path, { write: true, create: true, truncate: true }),
  );
  const encoder = new TextEncoder();
  return {
    write(event) {
      const bytes = encoder.encode(`${toJson(event)}\n`);
      for (let written = 0; written < bytes.length;) {
        written += attempt(path, () => file.writeSync(bytes.subarray(written)));
      }
    },
    [Symbol.dispose]: () => file.close(),
  };
}

function attempt<Value>(path: string, work: () => Value): Value {
  try {
    return work();
  } catch (cause) {
    throw new VersusError(
      `Cannot write ${printable(path)}: ${printable((cause as Error).message)}`,
      { hint: "Choose another path", cause },
    );
  }
}
