import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { MAX_BANNER, tcp } from "../../../lib/probe/protocols/tcp.ts";
import { ask } from "../_probe.ts";
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
});
