/** DNS against BIND, unbound and dnsmasq, compared with dig; and against servers that misbehave. */
import { createSocket } from "node:dgram";
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { openRuntimeUdp } from "../../../lib/probe/dns/_udp.ts";
import { encodeQuery, messageId } from "../../../lib/probe/dns/message.ts";
import { bind } from "../../../lib/probe/lab/bind.ts";
import { dnsmasq } from "../../../lib/probe/lab/dnsmasq.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import type { RunningServer } from "../../../lib/probe/lab/types.ts";
import { unbound } from "../../../lib/probe/lab/unbound.ts";
import { dns, type DnsOptions } from "../../../lib/probe/protocols/dns.ts";
import { DnsResultSchema } from "../../../lib/probe/results.ts";
import { startPhases } from "../../../lib/probe/phases.ts";
import { parseTarget } from "../../../lib/probe/target.ts";
import { missingPeers, missingServers } from "../../peers/_peers.ts";
import { ask, samplesOf } from "../_probe.ts";
import { closedPort, serveTcp } from "../_servers.ts";

function asking(name: string, type = "A", more: Partial<DnsOptions> = {}): DnsOptions {
  return {
    transport: "udp",
    question: { name, type, recurse: false, dnssec: false },
    tcpFallback: true,
    failOnCode: true,
    tls: { verify: true },
    ...more,
  };
}

/** What dig says: code and records. */
async function dig(port: number, name: string, type: string, ...more: string[]) {
  const { stdout } = await new Deno.Command("dig", {
    args: [
      ...["@127.0.0.1", "-p", String(port), name, type, "+norecurse", "+nocookie", "+time=3"],
      ...["+tries=1", "+noall", "+comments", "+answer", ...more],
    ],
    stdin: "null",
    stderr: "null",
  }).output();
  const text = new TextDecoder().decode(stdout);
  const answers = text.split("\n").filter((line) => line !== "" && !line.startsWith(";"))
    .map((line) => line.split(/\s+/)).map(([, , , type, ...data]) => `${type} ${data.join(" ")}`);
  return { code: /status: (\w+)/.exec(text)?.[1], answers: answers.sort() };
}

const why = missingServers(bind, dnsmasq, unbound) ?? missingPeers({ dig: "bind9-dnsutils" });

describe("dns", { ignore: why !== undefined }, () => {
  let server: RunningServer;
  let target: string;

  beforeAll(async () => {
    server = await startServer(bind);
    target = `127.0.0.1:${server.ports.dns}`;
  });

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  for (
    const [name, type] of [
      ["r1.lab.test", "A"],
      ["r1.lab.test", "AAAA"],
      ["alias.lab.test", "A"],
      ["lab.test", "MX"],
      ["lab.test", "NS"],
      ["lab.test", "SOA"],
      ["lab.test", "TXT"],
      ["lab.test", "CAA"],
      ["_ssh._tcp.lab.test", "SRV"],
      ["r1.lab.test", "SSHFP"],
      ["_443._tcp.r1.lab.test", "TLSA"],
      ["phone.lab.test", "NAPTR"],
      ["none.lab.test", "A"],
      ["other.example", "A"],
      ["ns.lab.test", "MX"],
    ] as const
  ) {
    for (const transport of ["udp", "tcp"] as const) {
      it(`answers ${name} ${type} by ${transport} as dig does`, async () => {
        const { result } = await ask(dns, target, asking(name, type, { transport }));
        v.assert(DnsResultSchema, result);
        // dig breaks long hexadecimal data into words.
        const words = (text: string) => text.replace(/(?<=[0-9A-F]) (?=[0-9A-F]+$)/g, "");
        const found = {
          code: result.code,
          answers: result.answers.map(({ type, data }) => `${type} ${data}`).sort(),
        };
        const more = transport === "tcp" ? ["+tcp"] : [];
        const expected = await dig(server.ports.dns!, name, type, ...more);
        const shown = expected.answers.map((text) =>
          /^(SSHFP|TLSA)/.test(text) ? words(text).toLowerCase().replace(/^\w+/, type) : text
        );
        expect(found).toEqual({ ...expected, answers: shown });
      });
    }
  }

  it("asks again by TCP what was cut by UDP, and only then", async () => {
    const whole = await ask(dns, target, asking("large.lab.test", "TXT"));
    expect([whole.result?.retriedByTcp, whole.result?.answers.length]).toEqual([true, 1]);
    expect(whole.result!.bytes).toBeGreaterThan(1232);
    const cut = await ask(
      dns,
      target,
      asking("large.lab.test", "TXT", { tcpFallback: false, failOnCode: false }),
    );
    expect([cut.result?.retriedByTcp, cut.result?.flags.includes("tc")]).toEqual([undefined, true]);
  });

  for (
    const [name, type, code, kept] of [
      ["none.lab.test", "A", "dns-nxdomain", "NXDOMAIN"],
      ["ns.lab.test", "MX", "dns-nodata", "NOERROR"],
      ["other.example", "A", "remote-error", "REFUSED"],
    ] as const
  ) {
    it(`says ${code} and keeps ${kept}`, async () => {
      const found = await ask(dns, target, asking(name, type));
      expect([found.code, found.result?.code]).toEqual([code, kept]);
      const expected = await ask(dns, target, asking(name, type, { failOnCode: false }));
      expect([expected.code, expected.result?.code]).toEqual([undefined, kept]);
    });
  }

  for (const transport of ["udp", "tcp"] as const) {
    it(`asks again over what is open (${transport})`, async () => {
      const samples = await samplesOf({
        ...{ protocol: dns, options: asking("r1.lab.test", "A", { transport }) },
        targets: [parseTarget(target)],
        settings: { count: 5, intervalMs: 0, warm: true },
      });
      expect(samples.map(({ sample: { ok, connection } }) => [ok, connection])).toEqual([
        [true, "cold"],
        ...Array.from({ length: 4 }, () => [true, "warm"]),
      ]);
    });
  }

  it("asks by TLS, and checks the certificate", async () => {
    await using resolver = await startServer(unbound);
    const ca = await Deno.readTextFile(join(resolver.folder, "ca.pem"));
    const options = (more: object) =>
      asking("r1.lab.test", "AAAA", { transport: "tls", tls: { verify: true, ...more } });
    const by = `localhost:${resolver.ports.tls}`;
    const { result, sample } = await ask(dns, by, options({ ca }));
    expect(result?.answers).toMatchObject([{ type: "AAAA", data: "2001:db8::1" }]);
    expect(result?.tls).toMatchObject({ verified: true });
    expect(Object.keys(sample.phases)).toEqual([
      ...["resolveMs", "connectMs", "tlsMs", "requestMs", "firstByteMs", "transferMs"],
    ]);
    expect((await ask(dns, by, options({}))).code).toBe("tls-untrusted");
  });

  it("asks dnsmasq", async () => {
    await using small = await startServer(dnsmasq);
    const { result } = await ask(dns, `127.0.0.1:${small.ports.dns}`, asking("r1.lab.test"));
    expect(result?.answers).toMatchObject([{ data: "192.0.2.1" }]);
  });
});

describe("dns with servers that misbehave", () => {
  /** A server of datagrams. */
  async function serveUdp(answer: (query: Uint8Array) => Uint8Array[]) {
    const socket = createSocket("udp4");
    await new Promise<void>((done) => socket.bind(0, "127.0.0.1", () => done()));
    socket.on(
      "message",
      (query: Uint8Array, { port, address }: { port: number; address: string }) => {
        for (const message of answer(query)) socket.send(message, port, address);
      },
    );
    return {
      target: `127.0.0.1:${socket.address().port}`,
      [Symbol.asyncDispose]: () => new Promise<void>((done) => socket.close(() => done())),
    };
  }

  const faults: readonly (readonly [string, string, (query: Uint8Array) => Uint8Array[]])[] = [
    ["silence", "timeout", () => []],
    ["an answer to another query", "timeout", (q) => [Uint8Array.from([q[0]! ^ 1, ...q.slice(1)])]],
    ["its own query", "protocol", (q) => [q]],
    ["a datagram that is too short", "protocol", () => [new Uint8Array(3)]],
    ["garbage with the right number", "protocol", (q) => [
      Uint8Array.from([...q.slice(0, 2), ...new Array(60).fill(0xff)]),
    ]],
  ];
  for (const [what, code, answer] of faults) {
    it(`says ${code} for ${what} by UDP`, async () => {
      await using server = await serveUdp(answer);
      const found = await ask(dns, server.target, asking("r1.lab.test"), { timeoutMs: 300 });
      expect(found.code).toBe(code);
    });
  }

  it("asks by the runtime's own socket where the system's can't be had", async () => {
    await using server = await serveUdp((query) => [
      // To another query first, then to this one.
      Uint8Array.from([query[0]! ^ 1, ...query.slice(1)]),
      Uint8Array.from([...query.slice(0, 2), 0x80, ...query.slice(3)]),
    ]);
    const [address, port] = server.target.split(":") as [string, string];
    const signal = AbortSignal.timeout(5000);
    const attempt = { signal, clock: startPhases(), timeoutMs: 5000 };
    const transport = await openRuntimeUdp(address, Number(port), "ns", attempt);
    const query = encodeQuery(99, asking("r1").question);
    const answers = [
      await transport.exchange(query, attempt),
      await transport.exchange(query, attempt),
    ];
    transport.close();
    expect(answers.map((bytes) => messageId(bytes))).toEqual([99, 99]);
    expect(Object.keys(attempt.clock.phases).sort()).toEqual(["firstByteMs", "requestMs"]);
    expect(transport.usable).toBe(false);
  });

  it("says refused for a port that is closed, by UDP and TCP", async () => {
    const target = `127.0.0.1:${await closedPort()}`;
    for (const transport of ["udp", "tcp"] as const) {
      expect((await ask(dns, target, asking("r1", "A", { transport }))).code).toBe("refused");
    }
  });

  const streams: readonly (readonly [string, string, Parameters<typeof serveTcp>[0]])[] = [
    ["a close before the answer", "closed", (s) => void s.once("data", () => s.end())],
    ["an empty message", "protocol", (s) => void s.write(new Uint8Array([0, 0]))],
    ["a message that is too short", "protocol", (s) => void s.write(new Uint8Array([0, 2, 1, 2]))],
    [
      "a message with another number",
      "protocol",
      (s) => void s.write(new Uint8Array([0, 12, ...new Array(12).fill(0)])),
    ],
    ["half of a message", "timeout", (s) => void s.write(new Uint8Array([0xff, 0xff, 1]))],
    ["a reset", "reset", (s) => void s.once("data", () => s.resetAndDestroy())],
  ];
  for (const [what, code, behave] of streams) {
    it(`says ${code} for ${what} by TCP`, async () => {
      await using server = await serveTcp(behave);
      const options = asking("r1.lab.test", "A", { transport: "tcp" });
      expect((await ask(dns, server.target, options, { timeoutMs: 300 })).code).toBe(code);
    });
  }
});
