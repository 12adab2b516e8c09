/** Listens: takes messages in, decodes them, writes lines, counts, and ends in good order. */
import { ProbeError } from "../error.ts";
import { openDatagrams } from "./_datagrams.ts";
import type { Inlet, Take, Transport } from "./_inlet.ts";
import { createLineWriter } from "./_lines.ts";
import { openStreams, type ServerIdentity } from "./_streams.ts";
import type { Decoder, ListenSummary, Peer } from "./types.ts";

/** Different reasons that are kept apart. */
const MAX_REASONS = 20;

/** Where something can be sent to. */
export interface ListenPlace {
  /** What carries messages. */
  readonly transport: Transport;
  /** Where it listens. */
  readonly address: string;
  /** The port that it got. */
  readonly port: number;
}

/** How one listens. */
export interface ListenOptions {
  /** Loopback, unless somebody chose another. */
  readonly address: string;
  /** For each way, the port; 0 for any that is free. */
  readonly ports: Readonly<Partial<Record<Transport, number>>>;
  /** Turns messages into records. */
  readonly decoder: Decoder;
  /** Gets whole JSON lines with their ends. */
  write(lines: string): void;
  /** Ends it: its reason is told in the summary. */
  readonly signal: AbortSignal;
  /** Ends it after so many milliseconds. */
  readonly forMs?: number;
  /** Ends it after so many records. */
  readonly maxRecords?: number;
  /** For TLS. */
  readonly identity?: ServerIdentity;
  /** Told once it can be sent to. */
  listening?(places: readonly ListenPlace[]): void;
}

/**
 * Listens until it is ended.
 *
 * @param options Where, what, and until when.
 * @returns What came.
 * @throws {VersusError} If it can't listen there.
 * @throws What `write` throws.
 */
export async function listen(options: ListenOptions): Promise<ListenSummary> {
  const { decoder, maxRecords = Infinity } = options;
  const ending = new AbortController();
  const reasons = new Map<string, number>();
  const totals = { datagrams: 0, bytes: 0, records: 0, malformed: 0, refused: 0 };
  let failure: { error: unknown } | undefined;

  const stopWith = (error: unknown) => {
    failure ??= { error };
    ending.abort("output");
  };
  const lines = createLineWriter((text) => {
    // This runs in callbacks of sockets and timers: an error goes to who listens.
    try {
      options.write(text);
    } catch (error) {
      stopWith(error);
    }
  });
  const reject = (error: unknown) => {
    if (!(error instanceof Error)) return;
    totals[error instanceof ProbeError && error.code === "auth-failed" ? "refused" : "malformed"]++;
    const known = reasons.get(error.message);
    if (known !== undefined || reasons.size < MAX_REASONS) {
      reasons.set(error.message, (known ?? 0) + 1);
    }
  };
  const take: Take = (message: Uint8Array, peer: Peer, reply) => {
    if (ending.signal.aborted) return;
    totals.datagrams++;
    totals.bytes += message.length;
    try {
      const decoded = decoder.decode(message, peer);
      totals.records += lines.add(decoded, peer, maxRecords - totals.records);
      if (decoded.reply !== undefined) reply?.(decoded.reply);
    } catch (error) {
      // Anything else is a defect of the decoder, and must not be taken for a bad message.
      if (error instanceof ProbeError) reject(error);
      else stopWith(error);
    }
    if (totals.records >= maxRecords) ending.abort("records");
  };

  const started = performance.now();
  const inlets = await openAll(options, take, reject);
  const { address, forMs, signal } = options;
  const timer = forMs === undefined ? undefined : setTimeout(() => ending.abort("time"), forMs);
  const onAbort = () => ending.abort(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  options.listening?.(inlets.map(({ transport, port }) => ({ transport, address, port })));
  await ended(ending.signal);
  clearTimeout(timer);
  signal.removeEventListener("abort", onAbort);
  const dropped = sum(inlets.map((inlet) => inlet.drops()));
  await Promise.all(inlets.map((inlet) => inlet.close()));
  lines.flush();
  if (failure !== undefined) throw failure.error;
  return {
    ...totals,
    reasons: Object.fromEntries(reasons),
    ...(dropped === undefined ? {} : { dropped }),
    counts: decoder.counts(),
    seconds: (performance.now() - started) / 1000,
    ended: String(ending.signal.reason),
  };
}

async function openAll(
  options: ListenOptions,
  take: Take,
  fail: (error: unknown) => void,
): Promise<Inlet[]> {
  const { address, ports, identity } = options;
  const opened: Inlet[] = [];
  try {
    if (ports.udp !== undefined) opened.push(await openDatagrams(address, ports.udp, take));
    if (ports.tcp !== undefined) {
      opened.push(await openStreams({ address, port: ports.tcp, take, fail }));
    }
    if (ports.tls !== undefined && identity !== undefined) {
      opened.push(await openStreams({ address, port: ports.tls, take, fail, identity }));
    }
    return opened;
  } catch (error) {
    for (const inlet of opened) await inlet.close();
    throw error;
  }
}

function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((done) => signal.addEventListener("abort", () => done(), { once: true }));
}

function sum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0);
}
