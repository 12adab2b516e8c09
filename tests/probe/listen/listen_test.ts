import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { createSocket } from "node:dgram";
import { connect } from "node:net";
import {
  createSyslogDecoder,
  type Decoder,
  listen,
  type ListenOptions,
  type ListenPlace,
  type ListenSummary,
} from "../../../lib/probe/listen/mod.ts";
import { ownSocket } from "../../../lib/probe/listen/_descriptor.ts";
import { kernelDrops } from "../../../lib/probe/listen/_drops.ts";
import { createSequences } from "../../../lib/probe/listen/_sequences.ts";

interface Started {
  readonly places: readonly ListenPlace[];
  readonly lines: string[];
  readonly ended: Promise<ListenSummary>;
  stop(): void;
}

function start(options: Partial<ListenOptions> = {}): Promise<Started> {
  const controller = new AbortController();
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    const ended = listen({
      address: "127.0.0.1",
      ports: { udp: 0 },
      decoder: createSyslogDecoder(),
      write: (text) => lines.push(...text.trim().split("\n")),
      signal: controller.signal,
      listening: (places) =>
        resolve({ places, lines, ended, stop: () => controller.abort("stopped") }),
      ...options,
    });
    ended.catch(reject);
  });
}

const sender = createSocket("udp4");
const sender6 = createSocket("udp6");

function send(port: number, text: string, address = "127.0.0.1"): Promise<void> {
  const socket = address.includes(":") ? sender6 : sender;
  return new Promise((done, fail) =>
    socket.send(text, port, address, (error) => error ? fail(error) : done())
  );
}

beforeAll(() => new Promise<void>((done) => sender.bind(0, "127.0.0.1", done)));
afterAll(async () => {
  await new Promise<void>((done) => sender.close(() => done()));
  await new Promise<void>((done) => sender6.close(() => done()));
});

describe("a listener", () => {
  it("takes every datagram of a burst, and of any size", async () => {
    const count = 2000;
    const { places, lines, ended } = await start({ maxRecords: count + 1 });
    const { port } = places[0]!;
    const large = "x".repeat(60_000);
    await send(port, `<13>large: ${large}`);
    await Promise.all(Array.from({ length: count }, (_, i) => send(port, `<13>app: ${i}`)));
    const summary = await ended;
    expect(summary).toMatchObject({ records: count + 1, malformed: 0, ended: "records" });
    expect(JSON.parse(lines[0]!).message).toBe(large);
    const numbers = lines.slice(1).map((line) => Number(JSON.parse(line).message));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
    const from = `127.0.0.1:${sender.address().port}`;
    expect(new Set(lines.map((line) => JSON.parse(line).from))).toEqual(new Set([from]));
  });

  it("keeps the order in which datagrams were sent", async () => {
    const { places, lines, ended } = await start({ maxRecords: 300 });
    for (let i = 0; i < 300; i++) await send(places[0]!.port, `<13>app: ${i}`);
    await ended;
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(
      Array.from({ length: 300 }, (_, i) => String(i)),
    );
  });

  it("listens with IPv6", async () => {
    const { places, lines, ended } = await start({ address: "::1", maxRecords: 3 });
    for (const text of ["a", "b", "c"]) await send(places[0]!.port, `<13>app: ${text}`, "::1");
    await ended;
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(["a", "b", "c"]);
    expect(JSON.parse(lines[2]!).from).toMatch(/^\[::1\]:\d+$/);
  });

  it("writes no control that a terminal would obey", async () => {
    const { places, lines, ended } = await start({ maxRecords: 1 });
    await send(places[0]!.port, "<13>app: \u009b31m \u202e \u001b[2J \u007f");
    await ended;
    // deno-lint-ignore no-control-regex -- exactly those
    expect(lines[0]).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    expect(JSON.parse(lines[0]!).message).toBe("\u009b31m \u202e \u001b[2J \u007f");
  });

  it("ends when its output fails, with that error", async () => {
    const { places, ended } = await start({
      write: () => {
        throw new Error("The disk is full");
      },
    });
    await send(places[0]!.port, "<13>app: text");
    await expect(ended).rejects.toThrow("The disk is full");
  });

  it("does not take a defect of a decoder for a bad message", async () => {
    const decoder: Decoder = {
      decode: () => {
        throw new TypeError("A defect");
      },
      counts: () => ({}),
    };
    const { places, ended } = await start({ decoder });
    await send(places[0]!.port, "x");
    await expect(ended).rejects.toThrow("A defect");
  });

  it("counts a stream that can't be followed, and goes on with others", async () => {
    const { places, lines, ended } = await start({ ports: { tcp: 0 }, maxRecords: 1 });
    const { port } = places[0]!;
    const open = (text: string) => {
      const socket = connect({ host: "127.0.0.1", port });
      socket.on("error", () => {});
      socket.end(text);
      return new Promise<void>((done) => socket.once("close", () => done()));
    };
    await open("12x garbage");
    await open("<13>app: after\n");
    const summary = await ended;
    expect(summary).toMatchObject({ records: 1, malformed: 1 });
    expect(summary.reasons).toEqual({ "A length that is no number": 1 });
    expect(JSON.parse(lines[0]!).message).toBe("after");
  });

  it("tells what the kernel dropped, as far as it tells", async () => {
    const { ended, stop } = await start();
    stop();
    const { dropped, ended: reason } = await ended;
    expect(dropped).toBe(Deno.build.os === "linux" ? 0 : undefined);
    expect(reason).toBe("stopped");
  });
});

describe("drops in the kernel", { ignore: Deno.build.os !== "linux" }, () => {
  it("are those of the socket itself, as many as were sent and not taken", async () => {
    const socket = createSocket("udp4");
    await new Promise<void>((done) => socket.bind(0, "127.0.0.1", done));
    const { port } = socket.address();
    const own = ownSocket("127.0.0.1", port)!;
    expect(kernelDrops("127.0.0.1", own)).toBe(0);
    let taken = 0;
    socket.on("message", () => taken++);
    // This process does not read while another sends: the buffer overflows.
    const sent = 20_000;
    const program = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for i in range(${sent}): s.sendto(b"x" * 500, ("127.0.0.1", ${port}))`;
    const { success } = new Deno.Command("python3", { args: ["-c", program] }).outputSync();
    expect(success).toBe(true);
    const dropped = kernelDrops("127.0.0.1", own)!;
    expect(dropped).toBeGreaterThan(1000);
    while (taken + dropped < sent) await new Promise((done) => setTimeout(done, 10));
    await new Promise<void>((done) => socket.close(() => done()));
    expect(taken + dropped).toBe(sent);
  });
});

describe("sequences", () => {
  it("tell a loss, wrap around, and take a jump for a new beginning", () => {
    const sequences = createSequences();
    expect(sequences.next("a", 0xffff_fffe, 1)).toBe(0);
    expect(sequences.next("a", 0xffff_ffff, 1)).toBe(0);
    expect(sequences.next("a", 0, 1)).toBe(0);
    expect(sequences.next("a", 4, 1)).toBe(3);
    expect(sequences.next("b", 100, undefined)).toBe(0);
    expect(sequences.next("b", 900, 1)).toBe(0);
    expect(sequences.next("a", 1, 1)).toBe(0);
    expect(sequences.counts()).toEqual({ lostBySequence: 3, exporters: 2 });
  });
});
