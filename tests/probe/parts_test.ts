/** The phase clock, secrets, slots and the queue. */
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { createQueue } from "../../lib/probe/_queue.ts";
import { createSlots } from "../../lib/probe/_slots.ts";
import { ERROR_CODES, ProbeError } from "../../lib/probe/error.ts";
import { PHASES, startPhases } from "../../lib/probe/phases.ts";
import { readSecret, redact, secret } from "../../lib/probe/secret.ts";
import { toProbeError } from "../../lib/probe/socket.ts";

describe("startPhases", () => {
  function clockAt(times: number[]) {
    return startPhases(() => times.shift()!);
  }

  it("lets each phase begin where the one before it ended", () => {
    const clock = clockAt([0, 2, 5, 9, 9]);
    clock.end("resolveMs");
    clock.end("connectMs");
    clock.end("transferMs");
    expect(clock.phases).toEqual({ resolveMs: 2, connectMs: 3, transferMs: 4 });
    expect(clock.totalMs()).toBe(9);
  });

  it("sums a phase that comes again, and leaves out what is skipped", () => {
    const clock = clockAt([0, 1, 4, 6, 7]);
    clock.end("connectMs");
    clock.skip();
    clock.end("connectMs");
    expect(clock.phases).toEqual({ connectMs: 3 });
    expect(clock.totalMs()).toBe(4);
  });

  it("has its phases' order from the contract", () => {
    expect(PHASES.join(" ")).toBe(
      "resolveMs connectMs tlsMs bannerMs kexMs authMs channelMs requestMs firstByteMs transferMs",
    );
  });
});

describe("secret", () => {
  it("prints as [secret] in texts, JSON and what the runtime inspects", () => {
    const hidden = secret("hunter-2-hunter");
    const shown = [`${hidden}`, JSON.stringify({ hidden }), Deno.inspect({ hidden })].join(" ");
    expect(shown).not.toContain("hunter");
    expect(shown.match(/\[secret\]/g)?.length).toBe(3);
    expect(hidden.reveal()).toBe("hunter-2-hunter");
  });

  it("is taken out of a text that a peer sends back, the longer one first", () => {
    secret("abcdef");
    secret("abcdef-longer");
    secret("xy");
    expect(redact("no abcdef-longer, no abcdef, but xy")).toBe("no [secret], no [secret], but xy");
  });

  it("comes from a variable or a file that nobody else reads", () => {
    const file = Deno.makeTempFileSync({ prefix: "versus-test-" });
    try {
      Deno.writeTextFileSync(file, "from-the-file\n");
      Deno.chmodSync(file, 0o600);
      expect(readSecret({ name: "password", file })?.reveal()).toBe("from-the-file");
      Deno.chmodSync(file, 0o644);
      expect(() => readSecret({ name: "password", file })).toThrow(/mode 644/);
    } finally {
      Deno.removeSync(file);
    }
    Deno.env.set("VERSUS_TEST_SECRET", "from-the-variable");
    expect(readSecret({ name: "password", env: "VERSUS_TEST_SECRET" })?.reveal()).toBe(
      "from-the-variable",
    );
    Deno.env.delete("VERSUS_TEST_SECRET");
    expect(() => readSecret({ name: "password", env: "VERSUS_TEST_SECRET" })).toThrow(/not set/);
    expect(readSecret({ name: "password" })).toBe(undefined);
  });
});

describe("toProbeError", () => {
  for (
    const [code, expected] of [
      ["ECONNREFUSED", "refused"],
      ["ECONNRESET", "reset"],
      ["EHOSTUNREACH", "unreachable"],
      ["ENOTFOUND", "dns-nxdomain"],
      ["EAI_AGAIN", "dns-failed"],
      ["EACCES", "permission"],
      ["ENOBUFS", "protocol"],
    ] as const
  ) {
    it(`says ${expected} for ${code}`, () => {
      const error = toProbeError(Object.assign(new Error("x"), { code }), "r1");
      expect([error.code, error.message]).toEqual([expected, "r1: x"]);
      expect(error.code in ERROR_CODES).toBe(true);
    });
  }

  it("leaves a probe's own error as it is", () => {
    const error = new ProbeError("tls-name", "x");
    expect(toProbeError(error, "r1")).toBe(error);
  });
});

describe("createSlots", () => {
  it("lets in as many as there are places, then in the order in which they came", async () => {
    const slots = createSlots(2);
    const order: number[] = [];
    const entries = [1, 2, 3, 4].map((n) => slots.take().then(() => order.push(n)));
    await Promise.all(entries.slice(0, 2));
    expect(order).toEqual([1, 2]);
    slots.free();
    slots.free();
    await Promise.all(entries);
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it("lets everybody in when all is over", async () => {
    const slots = createSlots(1);
    await slots.take();
    const waiting = [slots.take(), slots.take()];
    slots.open();
    expect(await Promise.all(waiting)).toEqual([undefined, undefined]);
  });

  it("stays bounded and fair through many turns", async () => {
    const slots = createSlots(3);
    let inside = 0;
    let most = 0;
    let done = 0;
    await Promise.all(Array.from({ length: 5000 }, async () => {
      await slots.take();
      most = Math.max(most, ++inside);
      await Promise.resolve();
      inside--;
      done++;
      slots.free();
    }));
    expect([most, done]).toEqual([3, 5000]);
  });
});

describe("createQueue", () => {
  it("keeps order, and tells an error after what came before it", async () => {
    const queue = createQueue<number>();
    queue.push(1);
    queue.push(2);
    queue.fail(new Error("broken"));
    const found: unknown[] = [];
    try {
      for await (const value of queue.read()) found.push(value);
    } catch (error) {
      found.push((error as Error).message);
    }
    expect(found).toEqual([1, 2, "broken"]);
  });

  it("waits for what is pushed later", async () => {
    const queue = createQueue<number>();
    const read = Array.fromAsync(queue.read());
    await Promise.resolve();
    queue.push(1);
    await Promise.resolve();
    queue.push(2);
    queue.end();
    expect(await read).toEqual([1, 2]);
  });
});
