import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { MAX_BANNER, tcp } from "../../../lib/probe/protocols/tcp.ts";
import { parseTarget } from "../../../lib/probe/target.ts";
import { ask, samplesOf } from "../_probe.ts";
import { closedPort, serveTcp } from "../_servers.ts";

describe("tcp", () => {
  it("connects and says to which address", async () => {
    await using server = await serveTcp(() => {});
    const { result, code } = await ask(tcp, `localhost:${server.port}`, { banner: false });
    expect([code, result]).toEqual([undefined, { address: "127.0.0.1", port: server.port }]);
  });

  it("reads a banner that comes in pieces, without its line end", async () => {
    await using server = await serveTcp((socket) => {
      socket.write("SSH-2.0-");
      setTimeout(() => socket.write("Open\r\nmore"), 5);
    });
    const { result } = await ask(tcp, server.target, { banner: true });
    expect(result?.banner).toBe("SSH-2.0-Open");
  });

  it("reads a banner without a line end when the peer closes behind it", async () => {
    await using server = await serveTcp((socket) => void socket.end("220 hello"));
    expect((await ask(tcp, server.target, { banner: true })).result?.banner).toBe("220 hello");
  });

  it("bounds a banner that never ends", async () => {
    await using server = await serveTcp((socket) => void socket.write("x".repeat(100_000)));
    const { result } = await ask(tcp, server.target, { banner: true });
    expect(result?.banner).toBe("x".repeat(MAX_BANNER));
  });

  it("keeps bytes that are no text as replacement characters", async () => {
    await using server = await serveTcp((socket) =>
      void socket.write(new Uint8Array([0xff, 0xfd, 0x01, 10]))
    );
    expect((await ask(tcp, server.target, { banner: true })).result?.banner).toBe(
      "\ufffd\ufffd\x01",
    );
  });

  const faults = {
    refused: async () => ({ target: `127.0.0.1:${await closedPort()}` }),
    "dns-nxdomain": () => Promise.resolve({ target: "no-such-host.invalid:22" }),
  };
  for (const [code, make] of Object.entries(faults)) {
    it(`says ${code}`, async () => {
      const { target } = await make();
      expect((await ask(tcp, target, { banner: false })).code).toBe(code);
    });
  }

  it("says closed for a peer that closes without a word", async () => {
    await using server = await serveTcp((socket) => void socket.end());
    expect((await ask(tcp, server.target, { banner: true })).code).toBe("closed");
  });

  it("says reset for a peer that resets", async () => {
    await using server = await serveTcp((socket) => void socket.resetAndDestroy());
    expect((await ask(tcp, server.target, { banner: true })).code).toBe("reset");
  });

  it("says timeout for a peer that sends its banner byte by byte and never ends it", async () => {
    await using server = await serveTcp((socket) => {
      const timer = setInterval(() => socket.write("x"), 5);
      socket.on("close", () => clearInterval(timer));
    });
    const { code } = await ask(tcp, server.target, { banner: true }, { timeoutMs: 150 });
    expect(code).toBe("timeout");
  });

  it("takes an IPv6 address", async () => {
    let six: Deno.Listener;
    try {
      six = Deno.listen({ hostname: "::1", port: 0 });
    } catch (error) {
      // This machine has no IPv6.
      return expect(error).toBeInstanceOf(Error);
    }
    using listener = six;
    const { port } = listener.addr as Deno.NetAddr;
    const { result, sample } = await ask(tcp, `[::1]:${port}`, { banner: false });
    expect([sample.ok, result?.address]).toEqual([true, "::1"]);
    const refused = await ask(tcp, `[::1]:${await closedPort()}`, { banner: false });
    expect(refused.code).toBe("refused");
  });

  it("tells ports apart that accept, refuse and are silent, many at once", async () => {
    // Nobody accepts here: when its queue is full the kernel drops what comes.
    using full = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const fill = parseTarget(`127.0.0.1:${(full.addr as Deno.NetAddr).port}`);
    const plan = { protocol: tcp, options: { banner: false } };
    const settings = { timeoutMs: 300, concurrency: 50 };
    let silent = false;
    while (!silent) {
      const filled = await samplesOf({ ...plan, targets: new Array(50).fill(fill), settings });
      silent = filled.at(-1)!.sample.error?.code === "timeout";
    }
    await using server = await serveTcp((socket) => void socket.end());
    const refused = `127.0.0.1:${await closedPort()}`;
    const labels = Array.from(
      { length: 60 },
      (_, i) => [server.target, refused, fill.label][i % 3]!,
    );
    const samples = await samplesOf({ ...plan, targets: labels.map(parseTarget), settings });
    const codes = new Map(
      samples.map(({ targetIndex, sample }) => [targetIndex, sample.error?.code]),
    );
    expect(labels.map((_, i) => codes.get(i))).toEqual(
      labels.map((_, i) => [undefined, "refused", "timeout"][i % 3]),
    );
  });
});
