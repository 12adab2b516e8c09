/** Answers of gNOI as JSON. */
import type { PingResponse, TracerouteResponse } from "../protos/gnoi.ts";
import { toMicros } from "../summary.ts";
import type { GnoiResult } from "./types.ts";

/** What a ping gave. */
export type Ping = NonNullable<GnoiResult["ping"]>;
/** What a traceroute gave. */
export type Trace = NonNullable<GnoiResult["traceroute"]>;

function milliseconds(nanoseconds: string): number {
  return toMicros(Number(nanoseconds) / 1e6);
}

/**
 * Puts together what came of a ping: echoes, and in the last message what they add up to.
 *
 * @param destination What was pinged.
 * @param messages As they came.
 */
export function pingOf(destination: string, messages: readonly PingResponse[]): Ping {
  const echoes: Ping["echoes"][number][] = [];
  let summary: Omit<Ping, "destination" | "echoes"> = {};
  for (const message of messages) {
    const { sent, received = 0, source = "", time, sequence, bytes, ttl } = message;
    // Only the summary has a count of what was sent; numbers that are 0 are not on the wire.
    if (sent !== undefined) {
      const { min_time, avg_time, max_time, std_dev } = message;
      summary = {
        sent,
        received,
        ...(min_time === undefined ? {} : { minMs: milliseconds(min_time) }),
        ...(avg_time === undefined ? {} : { avgMs: milliseconds(avg_time) }),
        ...(max_time === undefined ? {} : { maxMs: milliseconds(max_time) }),
        ...(std_dev === undefined ? {} : { stdDevMs: milliseconds(std_dev) }),
      };
    } else if (time !== undefined) {
      echoes.push({
        sequence: sequence ?? 0,
        source,
        rttMs: milliseconds(time),
        ...(bytes === undefined ? {} : { bytes }),
        ...(ttl === undefined ? {} : { ttl }),
      });
    }
  }
  return { destination, echoes, ...summary };
}

/**
 * Puts together what came of a traceroute: its head and the hops.
 *
 * @param destination Where to.
 * @param messages As they came.
 */
export function traceOf(destination: string, messages: readonly TracerouteResponse[]): Trace {
  const address = messages.find((message) => message.destination_address)?.destination_address;
  return {
    destination,
    ...(address === undefined ? {} : { address }),
    hops: messages.flatMap(({ hop, address, name, rtt, state }) =>
      hop === undefined ? [] : [{
        hop,
        ...(address === undefined ? {} : { address }),
        ...(name === undefined ? {} : { name }),
        ...(rtt === undefined ? {} : { rttMs: milliseconds(rtt) }),
        ...(state === undefined ? {} : { state }),
      }]
    ),
  };
}
