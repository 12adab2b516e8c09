/** gNOI: has a device ping, trace a route, or tell its time. */
import { ProbeError } from "../error.ts";
import { timeOf } from "../gnmi/value.ts";
import { pingOf, traceOf } from "../gnoi/answers.ts";
import type { GnoiOperation, GnoiOptions, GnoiResult } from "../gnoi/types.ts";
import { type Channel, openChannel } from "../grpc/channel.ts";
import { warmUpGrpc } from "../grpc/warm_up.ts";
import { GNOI } from "../protos/gnoi.ts";
import type { GrpcMethod } from "../protos/services.ts";
import { toMicros } from "../summary.ts";
import type { Attempt, Protocol } from "../types.ts";

/** As IANA has it for gnmi-gnoi. */
const PORT = 9339;
/** A device that never ends must not fill the memory. */
const MAX_MESSAGES = 100_000;

/** gNOI. */
export const gnoi: Protocol<GnoiOptions, GnoiResult> = {
  name: "gnoi",
  title: "Have a device ping, trace a route or tell its time, by gNOI",
  defaultPort: PORT,
  async prepare(options) {
    // The messages' code is generated when it is first used, which is no peer's time.
    GNOI.time.decode(GNOI.time.encode({}));
    await warmUpGrpc(options);
  },
  async open(target, options, attempt) {
    const channel = await openChannel(target, PORT, options, attempt);
    const { operation } = options;
    return {
      get reusable() {
        return channel.alive;
      },
      async request(attempt) {
        const answer = await ask(channel, operation, target.label, attempt);
        return { ...channel.info, operation: operation.kind, ...answer };
      },
      [Symbol.asyncDispose]() {
        channel.close();
        return Promise.resolve();
      },
    };
  },
  judge({ ping, traceroute }) {
    if (ping !== undefined && ping.echoes.length === 0 && (ping.received ?? 0) === 0) {
      return new ProbeError("remote-error", `the device has no answer from ${ping.destination}`);
    }
    return traceroute === undefined || traceroute.hops.length > 0
      ? undefined
      : new ProbeError("remote-error", `the device found no way to ${traceroute.destination}`);
  },
};

type Answer = Pick<GnoiResult, "time" | "ping" | "traceroute">;

async function ask(
  channel: Channel,
  operation: GnoiOperation,
  label: string,
  attempt: Attempt,
): Promise<Answer> {
  switch (operation.kind) {
    case "time":
      return { time: await askTime(channel, label, attempt) };
    case "ping": {
      const { destination, count, source, intervalMs, size } = operation;
      const messages = await readAll(channel, GNOI.ping, {
        destination,
        count,
        ...(source === undefined ? {} : { source }),
        ...(intervalMs === undefined ? {} : { interval: intervalMs * 1e6 }),
        ...(size === undefined ? {} : { size }),
        ...wayOf(operation),
      }, attempt);
      return { ping: pingOf(destination, messages) };
    }
    case "traceroute": {
      const { destination, source, maxHops } = operation;
      const messages = await readAll(channel, GNOI.traceroute, {
        destination,
        ...(source === undefined ? {} : { source }),
        ...(maxHops === undefined ? {} : { max_ttl: maxHops }),
        // Devices ask somebody on the Internet for it.
        do_not_lookup_asn: true,
        ...wayOf(operation),
      }, attempt);
      return { traceroute: traceOf(destination, messages) };
    }
  }
}

function wayOf(
  { ipVersion, networkInstance }: { ipVersion?: 4 | 6; networkInstance?: string },
): { l3protocol?: string; network_instance?: string } {
  return {
    ...(ipVersion === undefined ? {} : { l3protocol: `IPV${ipVersion}` }),
    ...(networkInstance === undefined ? {} : { network_instance: networkInstance }),
  };
}

async function askTime(
  channel: Channel,
  label: string,
  attempt: Attempt,
): Promise<NonNullable<GnoiResult["time"]>> {
  const before = Date.now();
  const { time: nanoseconds } = await channel.ask(GNOI.time, {}, attempt);
  const here = (before + Date.now()) / 2;
  const time = timeOf(nanoseconds);
  if (nanoseconds === undefined || time === undefined) {
    throw new ProbeError("protocol", `${label}: found ${nanoseconds ?? "no time"}, expected one`);
  }
  return { time, offsetMs: toMicros(Number(BigInt(nanoseconds) / 1000n) / 1000 - here) };
}

/** Reads a stream to its end; ends the phases. */
async function readAll<Request, Response>(
  channel: Channel,
  method: GrpcMethod<Request, Response>,
  request: Request,
  attempt: Attempt,
): Promise<Response[]> {
  const call = channel.call(method, attempt);
  try {
    call.send(request);
    call.end();
    const messages: Response[] = [];
    for (;;) {
      const message = await call.next();
      if (message === undefined) break;
      messages.push(message);
      if (messages.length > MAX_MESSAGES) {
        throw new ProbeError("too-large", `${method.path}: more than ${MAX_MESSAGES} messages`);
      }
    }
    attempt.clock.end("transferMs");
    return messages;
  } finally {
    call.cancel();
  }
}
