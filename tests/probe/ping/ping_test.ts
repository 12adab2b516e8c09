/** Ping: messages, what programs print, and real answers of loopback by each method. */
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { readPingOutput } from "../../../lib/probe/ping/_program.ts";
import { checksum, type Echo, encodeEcho, readAnswer } from "../../../lib/probe/ping/icmp.ts";
import { ping, type PingOptions } from "../../../lib/probe/protocols/ping.ts";
import { PingResultSchema } from "../../../lib/probe/results.ts";
import { parseTarget } from "../../../lib/probe/target.ts";
import { missingPeers } from "../../peers/_peers.ts";
import { ask, samplesOf } from "../_probe.ts";
import { mutated, randomBytes, seeded } from "../_seeded.ts";
import { closedPort, serveTcp } from "../_servers.ts";

const ECHO: Echo = { version: 4, id: 0x1234, sequence: 7, payload: new Uint8Array([1, 2, 3, 4]) };

/** An IPv4 header before a message. */
function packet(message: Uint8Array, { ttl = 64, protocol = 1 } = {}): Uint8Array {
  const header = [0x45, 0, 0, 20 + message.length, 0, 0, 0, 0, ttl, protocol, 0, 0];
  return new Uint8Array([...header, 127, 0, 0, 1, 127, 0, 0, 1, ...message]);
}

function reply(echo: Echo): Uint8Array {
  const bytes = encodeEcho(echo);
  bytes[0] = echo.version === 4 ? 0 : 129;
  return bytes;
}

describe("icmp", () => {
  it("sums up as RFC 1071 does", () => {
    // The example of section 3: 0001 f203 f4f5 f6f7 has the sum ddf2.
    expect(checksum(new Uint8Array([0, 1, 0xf2, 3, 0xf4, 0xf5, 0xf6, 0xf7]))).toBe(
      ~0xddf2 & 0xffff,
    );
    expect(checksum(encodeEcho(ECHO))).toBe(0);
  });

  it("knows its own answer", () => {
    expect(readAnswer(packet(reply(ECHO), { ttl: 57 }), ECHO, true)).toEqual({
      ...{ kind: "reply", bytes: 4, ttl: 57 },
    });
    expect(readAnswer(reply({ ...ECHO, id: 9 }), ECHO, false)).toEqual({ kind: "reply", bytes: 4 });
    const six: Echo = { ...ECHO, version: 6 };
    expect(readAnswer(reply(six), six, true)).toEqual({ kind: "reply", bytes: 4 });
  });

  for (
    const [what, bytes] of [
      ["its own request", packet(encodeEcho(ECHO))],
      ["another number", packet(reply({ ...ECHO, id: 1 }))],
      ["another sequence", packet(reply({ ...ECHO, sequence: 8 }))],
      ["another payload", packet(reply({ ...ECHO, payload: new Uint8Array([9, 2, 3, 4]) }))],
      ["a payload that is cut", packet(reply({ ...ECHO, payload: new Uint8Array([1]) }))],
      ["another protocol", packet(reply(ECHO), { protocol: 17 })],
      ["nothing", new Uint8Array()],
    ] as const
  ) {
    it(`does not take ${what} for it`, () => {
      expect(readAnswer(bytes, ECHO, true).kind).toBe("other");
    });
  }

  it("knows that its own request could not be delivered", () => {
    const error = new Uint8Array([3, 1, 0, 0, 0, 0, 0, 0, ...packet(encodeEcho(ECHO))]);
    expect(readAnswer(packet(error), ECHO, true)).toEqual({
      ...{ kind: "unreachable", reason: "it is unreachable (type 3, code 1)" },
    });
    const other = { ...ECHO, sequence: 8 };
    expect(readAnswer(packet(error), other, true).kind).toBe("other");
  });

  it("survives whatever comes", () => {
    const random = seeded(9);
    for (let i = 0; i < 20_000; i++) {
      const bytes = i % 2 === 0 ? randomBytes(random, 70) : mutated(random, packet(reply(ECHO)));
      const { kind } = readAnswer(bytes, ECHO, random(2) === 0);
      expect(["reply", "unreachable", "other"]).toContain(kind);
    }
  });
});

describe("readPingOutput", () => {
  for (
    const [what, line, expected] of [
      ["iputils", "64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.045 ms", {
        rttMs: 0.045,
        ttl: 64,
        bytes: 56,
      }],
      ["iputils with IPv6", "64 bytes from ::1: icmp_seq=1 ttl=64 time=0.1 ms", {
        rttMs: 0.1,
        ttl: 64,
        bytes: 56,
      }],
      ["inetutils", "64 bytes from 127.0.0.1: icmp_seq=0 ttl=64 time=0,097 ms", undefined],
      ["busybox", "64 bytes from 127.0.0.1: seq=0 ttl=64 time=0.070 ms", {
        rttMs: 0.07,
        ttl: 64,
        bytes: 56,
      }],
      ["macOS with IPv6", "16 bytes from ::1, icmp_seq=0 hlim=64 time=0.119 ms", {
        rttMs: 0.119,
        ttl: 64,
        bytes: 8,
      }],
      ["a loss", "1 packets transmitted, 0 received, 100% packet loss, time 0ms", undefined],
      ["nothing", "", undefined],
    ] as const
  ) {
    it(`reads that of ${what}`, () => {
      expect(readPingOutput(`PING x (1.2.3.4) 56(84) bytes of data.\n${line}\n`)).toEqual(expected);
    });
  }
});

const AUTO: PingOptions = { method: "auto", size: 56, port: 443 };
/** Raw sockets are root's. */
const raw = Deno.build.os === "linux" && Deno.uid() === 0;

describe("ping", () => {
  it("gets an answer from loopback, and names its method", async () => {
    const { result, code } = await ask(ping, "127.0.0.1", AUTO);
    expect(code).toBe(undefined);
    v.assert(PingResultSchema, result);
    expect(result.address).toBe("127.0.0.1");
  });

  it(
    "gets the answers of many at once by raw sockets, each its own",
    { ignore: !raw },
    async () => {
      const targets = Array.from({ length: 50 }, (_, i) => parseTarget(`127.0.1.${i + 1}`));
      const samples = await samplesOf({
        ...{ protocol: ping, options: { ...AUTO, method: "icmp-raw" }, targets },
        settings: { count: 4, intervalMs: 1, warm: true, concurrency: 20 },
      });
      expect(samples.length).toBe(200);
      for (const { sample, result, target } of samples) {
        expect([sample.ok, result?.address, result?.bytes]).toEqual([true, target, 56]);
      }
    },
  );

  it("takes the size that is asked for", { ignore: !raw }, async () => {
    const { result } = await ask(ping, "127.0.0.1", { ...AUTO, method: "icmp-raw", size: 4000 });
    expect(result).toMatchObject({ bytes: 4000, ttl: 64 });
  });

  it("agrees with the system's ping", async () => {
    const why = missingPeers({ ping: "iputils-ping" });
    if (why !== undefined) return expect(why).toContain("iputils-ping");
    const system = await ask(ping, "127.0.0.1", { ...AUTO, method: "ping" });
    expect(system.result).toMatchObject({ method: "ping", ttl: 64, bytes: 56 });
    const ours = await ask(ping, "127.0.0.1", AUTO);
    expect([ours.sample.ok, system.sample.ok]).toEqual([true, true]);
    // What ping measured, not how long the program took.
    expect(system.sample.phases.firstByteMs).toBeLessThan(50);
  });

  it("takes a connection and a refusal for an answer by TCP, and says which", async () => {
    await using server = await serveTcp(() => {});
    const by = { ...AUTO, method: "tcp" as const };
    expect((await ask(ping, server.target, by)).result).toMatchObject({
      ...{ method: "tcp", port: server.port, accepted: true },
    });
    const port = await closedPort();
    expect((await ask(ping, "127.0.0.1", { ...by, port })).result).toMatchObject({
      ...{ method: "tcp", port, accepted: false },
    });
  });

  it("says that a name does not exist", async () => {
    expect((await ask(ping, "no-such-host.invalid", AUTO)).code).toBe("dns-nxdomain");
  });
});
