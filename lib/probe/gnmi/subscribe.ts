/** Subscriptions: once, poll, stream; always with an end. */
import { ProbeError } from "../error.ts";
import type { Call, Channel } from "../grpc/channel.ts";
import {
  GNMI,
  type GnmiPathMessage,
  type SubscribeRequest,
  type SubscribeResponse,
} from "../protos/gnmi.ts";
import { toMicros } from "../summary.ts";
import type { Attempt } from "../types.ts";
import { notificationOf } from "./notification.ts";
import type { GnmiNotification, GnmiOperation, GnmiResult } from "./types.ts";
import { ENCODINGS, type GnmiEncoding } from "./value.ts";

/** A subscription that is asked for. */
export type Subscription = Extract<GnmiOperation, { kind: "subscribe" }>;

const TRIGGERS = {
  "target-defined": "TARGET_DEFINED",
  "on-change": "ON_CHANGE",
  "sample": "SAMPLE",
} as const;

interface Reading {
  readonly notifications: GnmiNotification[];
  readonly gapsMs: number[];
  synced: boolean;
  polls: number;
}

/**
 * Subscribes and reads until the end that was asked for.
 *
 * @param channel The target.
 * @param subscription What is asked for.
 * @param encoding How values are sent.
 * @param prefix Stands before all paths.
 * @param attempt Ends it; `requestMs`, `firstByteMs` and `transferMs` are ended.
 * @returns What came.
 * @throws {ProbeError} If the target ends a stream by itself, or with an error.
 */
export async function subscribe(
  channel: Channel,
  subscription: Subscription,
  encoding: GnmiEncoding,
  prefix: GnmiPathMessage | undefined,
  attempt: Attempt,
): Promise<Pick<GnmiResult, "notifications" | "subscription">> {
  const { mode, forMs } = subscription;
  const call = channel.call(GNMI.subscribe, attempt);
  const reading: Reading = { notifications: [], gapsMs: [], synced: false, polls: 0 };
  const limit = forMs === undefined ? undefined : deadline(forMs);
  try {
    call.send(requestFor(subscription, encoding, prefix));
    if (mode === "once") call.end();
    const ended = mode === "poll"
      ? await readPolls(call, subscription, reading, limit?.promise)
      : await readStream(call, subscription, reading, limit?.promise);
    attempt.clock.end("transferMs");
    const { notifications, gapsMs, synced, polls } = reading;
    return {
      notifications,
      subscription: {
        mode,
        synced,
        ...(mode === "poll" ? { polls } : {}),
        ended,
        ...(gapsMs.length === 0 ? {} : { gapsMs: gapsMs.map(toMicros) }),
      },
    };
  } finally {
    limit?.clear();
    call.cancel();
  }
}

function requestFor(
  { paths, mode, trigger, sampleMs, heartbeatMs, updatesOnly }: Subscription,
  encoding: GnmiEncoding,
  prefix: GnmiPathMessage | undefined,
): SubscribeRequest {
  const each = mode === "stream"
    ? {
      mode: TRIGGERS[trigger],
      ...(sampleMs === undefined ? {} : { sample_interval: sampleMs * 1e6 }),
      ...(heartbeatMs === undefined ? {} : { heartbeat_interval: heartbeatMs * 1e6 }),
    }
    : { mode: TRIGGERS["target-defined"] };
  return {
    subscribe: {
      ...(prefix === undefined ? {} : { prefix }),
      mode: mode.toUpperCase(),
      encoding: ENCODINGS[encoding],
      updates_only: updatesOnly,
      subscription: paths.map((path) => ({ path, ...each })),
    },
  };
}

const TIME = Symbol("time");
type Limit = Promise<typeof TIME> | undefined;

function deadline(ms: number): { promise: Promise<typeof TIME>; clear(): void } {
  const { promise, resolve } = Promise.withResolvers<typeof TIME>();
  const timer = setTimeout(() => resolve(TIME), ms);
  return { promise, clear: () => clearTimeout(timer) };
}

type Next = SubscribeResponse | undefined | typeof TIME;

async function readStream(
  call: Call<SubscribeRequest, SubscribeResponse>,
  { mode, maxUpdates }: Subscription,
  reading: Reading,
  limit: Limit,
): Promise<"complete" | "max-updates" | "time"> {
  let last: number | undefined;
  for (;;) {
    const message = await nextOf(call, limit);
    if (message === TIME) return "time";
    if (message === undefined) {
      if (mode === "once" && reading.synced) return "complete";
      throw new ProbeError(
        "protocol",
        mode === "once"
          ? "The target ended the subscription without its sync_response"
          : "The target ended a stream, which has no end",
      );
    }
    if (message.sync_response) reading.synced = true;
    if (message.update === undefined) continue;
    const now = performance.now();
    if (last !== undefined) reading.gapsMs.push(now - last);
    last = now;
    reading.notifications.push(notificationOf(message.update));
    if (reading.notifications.length >= maxUpdates) return "max-updates";
  }
}

/** The first answer comes by itself on most targets and is counted as that of the first poll. */
async function readPolls(
  call: Call<SubscribeRequest, SubscribeResponse>,
  { maxUpdates }: Subscription,
  reading: Reading,
  limit: Limit,
): Promise<"complete" | "max-updates" | "time"> {
  call.send({ poll: {} });
  for (;;) {
    const message = await nextOf(call, limit);
    if (message === TIME) return "time";
    if (message === undefined) {
      throw new ProbeError("protocol", "The target ended a subscription that is polled");
    }
    if (message.update !== undefined) reading.notifications.push(notificationOf(message.update));
    if (!message.sync_response) continue;
    reading.synced = true;
    reading.polls++;
    if (reading.polls >= maxUpdates) return "max-updates";
    call.send({ poll: {} });
  }
}

async function nextOf(
  call: Call<SubscribeRequest, SubscribeResponse>,
  limit: Limit,
): Promise<Next> {
  const next = call.next();
  if (limit === undefined) return await next;
  const first = await Promise.race([next, limit]);
  // Once the time is up nobody waits for what may still come, or fail.
  if (first === TIME) next.catch(() => {});
  return first;
}
