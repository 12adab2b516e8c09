/**
 * A device with gNOI's system service, by grpc-js: it pings with the system's own program. Messages are
 * written and read here field by field, so that a wrong number in the program's declarations is seen.
 */
import { Buffer } from "node:buffer";
import * as js from "@grpc/grpc-js";

type Value = number | bigint | string;

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  for (; value > 127n; value >>= 7n) bytes.push(Number(value & 127n) | 128);
  return [...bytes, Number(value)];
}

/** Writes a message of fields by number. */
export function message(fields: readonly (readonly [number, Value])[]): Buffer {
  return Buffer.from(fields.flatMap(([number, value]) => {
    if (typeof value !== "string") {
      return [...varint(BigInt(number) << 3n), ...varint(BigInt(value))];
    }
    const text = Buffer.from(value);
    return [...varint(BigInt(number) << 3n | 2n), ...varint(BigInt(text.length)), ...text];
  }));
}

/** Reads the fields of a message. */
export function fieldsOf(bytes: Buffer): Record<number, Value> {
  const fields: Record<number, Value> = {};
  let at = 0;
  const next = () => {
    let value = 0n;
    for (let shift = 0n;; shift += 7n) {
      const byte = bytes[at++]!;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = next();
    const number = Number(tag >> 3n);
    if ((tag & 7n) === 0n) fields[number] = Number(next());
    else {
      const length = Number(next());
      fields[number] = bytes.subarray(at, at + length).toString();
      at += length;
    }
  }
  return fields;
}

/** What the device was asked, by method. */
export type Asked = Map<string, Record<number, Value>>;

/** A device that runs. */
export interface Device extends AsyncDisposable {
  readonly target: string;
  readonly asked: Asked;
}

type Stream = js.ServerWritableStream<Buffer, Buffer>;

/**
 * Starts a device.
 *
 * @param aheadMs How far its clock is ahead.
 */
export async function startDevice(aheadMs: number): Promise<Device> {
  const asked: Asked = new Map();
  const server = new js.Server();
  const raw = (bytes: Buffer) => bytes;
  const codec = {
    requestSerialize: raw,
    requestDeserialize: raw,
    responseSerialize: raw,
    responseDeserialize: raw,
    requestStream: false,
  };
  const path = (name: string) => `/gnoi.system.System/${name}`;
  server.addService({
    time: { path: path("Time"), responseStream: false, ...codec },
    ping: { path: path("Ping"), responseStream: true, ...codec },
    traceroute: { path: path("Traceroute"), responseStream: true, ...codec },
  }, {
    time: (_call: unknown, done: js.sendUnaryData<Buffer>) =>
      done(null, message([[1, BigInt(Date.now() + aheadMs) * 1_000_000n]])),
    ping: (call: Stream) => {
      asked.set("ping", fieldsOf(call.request));
      pingFor(call);
    },
    traceroute: (call: Stream) => {
      asked.set("traceroute", fieldsOf(call.request));
      call.write(message([[1, "r9.example"], [2, "192.0.2.9"], [3, 30], [4, 60]]));
      call.write(message([[5, 1], [6, "192.0.2.1"], [7, "r1.example"], [8, 1_500_000]]));
      call.write(message([[5, 2], [9, 1]]));
      call.write(message([[5, 3], [6, "192.0.2.9"], [8, 2_250_000], [9, 4]]));
      call.end();
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(
      "127.0.0.1:0",
      js.ServerCredentials.createInsecure(),
      (error, port) => error === null ? resolve(port) : reject(error),
    );
  });
  return {
    target: `127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: () => {
      server.forceShutdown();
      return Promise.resolve();
    },
  };
}

async function pingFor(call: Stream): Promise<void> {
  const { 1: destination = "", 3: count = 1 } = fieldsOf(call.request);
  const { stdout } = await new Deno.Command("ping", {
    args: ["-n", "-c", String(count), "-i", "0.2", String(destination)],
    env: { LC_ALL: "C" },
  }).output();
  const text = new TextDecoder().decode(stdout);
  const ns = (ms: string) => BigInt(Math.round(Number(ms) * 1e6));
  const echo = /^(\d+) bytes from (\S+): icmp_seq=(\d+) ttl=(\d+) time=([\d.]+) ms/gm;
  for (const [, bytes, source, sequence, ttl, time] of text.matchAll(echo)) {
    call.write(message([
      ...[[1, source!], [2, ns(time!)], [11, Number(bytes)]] as const,
      ...[[12, Number(sequence)], [13, Number(ttl)]] as const,
    ]));
  }
  const counts = /(\d+) packets transmitted, (\d+) received/.exec(text);
  const times = /= ([\d.]+)\/([\d.]+)\/([\d.]+)\/([\d.]+) ms/.exec(text);
  call.write(message([
    ...[[3, Number(counts?.[1] ?? 0)], [4, Number(counts?.[2] ?? 0)]] as const,
    ...(times?.slice(1) ?? []).map((time, i) => [5 + i, ns(time)] as const),
  ]));
  call.end();
}
