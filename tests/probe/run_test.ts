/** The runner: timetables, places, retries, warm connections, cancelling; with real sockets. */
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { VersusError } from "../../lib/error.ts";
import { ProbeError } from "../../lib/probe/error.ts";
import type { ProbeEvent } from "../../lib/probe/events.ts";
import { createProbeRecorder } from "../../lib/probe/record.ts";
import { probe } from "../../lib/probe/run.ts";
import { ProbeEventSchema, ProbeSchema } from "../../lib/probe/schema.ts";
import { tcp } from "../../lib/probe/protocols/tcp.ts";
import { connectTcp, withinAttempt } from "../../lib/probe/socket.ts";
import { parseTarget } from "../../lib/probe/target.ts";
import type { Protocol } from "../../lib/probe/types.ts";
import { ask, samplesOf } from "./_probe.ts";
import { closedPort, serveTcp } from "./_servers.ts";

/** Sends a line, waits for one; over one connection as often as asked. */
const echo: Protocol<{ reusable: boolean }, { said: string }> = {
  name: "echo",
  title: "Echo",
  async open(target, { reusable }, attempt) {
    const socket = await connectTcp(target, 7, attempt);
    return {
      reusable,
      request: (attempt) =>
        withinAttempt(attempt, (resolve, reject) => {
          socket.once("data", (chunk: Uint8Array) => {
            attempt.clock.end("firstByteMs");
            resolve({ said: new TextDecoder().decode(chunk) });
          });
          socket.once("close", () => reject(new ProbeError("closed", "closed")));
          socket.write("hello");
          return () => socket.destroy();
        }),
      [Symbol.asyncDispose]: () => Promise.resolve(void socket.destroy()),
    };
  },
};

async function all(plan: Parameters<typeof probe>[0], signal?: AbortSignal) {
  return await Array.fromAsync(probe(plan as never, signal)) as ProbeEvent[];
}

describe("probe", () => {
  it("tells a start, every sample and an end, in a form that its schema knows", async () => {
    await using server = await serveTcp(() => {});
    const plan = {
      protocol: tcp,
      options: { banner: false },
      targets: [parseTarget(server.target), parseTarget(`127.0.0.1:${await closedPort()}`)],
      settings: { count: 3, intervalMs: 0 },
    };
    const events = await all(plan);
    for (const event of events) v.assert(ProbeEventSchema, event);
    expect(events.map(({ type }) => type).filter((type) => type !== "sample")).toEqual([
      ...["start", "target-end", "target-end", "end"],
    ]);
    const recorder = createProbeRecorder();
    events.forEach((event) => recorder.take(event));
    const document = v.parse(ProbeSchema, recorder.document());
    expect(document.targets.map(({ state, summary }) => [state, summary.sent, summary.lost]))
      .toEqual([["open", 3, 0], ["refused", 3, 3]]);
  });

  it("has phases that add up to at most the total", async () => {
    await using server = await serveTcp((socket) => void socket.write("SSH-2.0-x\r\n"));
    const target = parseTarget(`localhost:${server.port}`);
    const samples = await samplesOf({
      ...{ protocol: tcp, options: { banner: true }, targets: [target] },
      settings: { count: 20, intervalMs: 0 },
    });
    for (const { sample: { phases, totalMs } } of samples) {
      expect(Object.keys(phases)).toEqual(["resolveMs", "connectMs", "bannerMs"]);
      const sum = Object.values(phases).reduce((total, ms) => total + ms, 0);
      expect(sum).toBeLessThanOrEqual(totalMs + 1e-9);
    }
  });

  it("keeps a connection for warm samples, and marks them", async () => {
    await using server = await serveTcp((socket) => void socket.pipe(socket));
    const plan = {
      ...{ protocol: echo, options: { reusable: true }, targets: [parseTarget(server.target)] },
    };
    const settings = { count: 4, intervalMs: 0 };
    const warm = await samplesOf({ ...plan, settings: { ...settings, warm: true } });
    expect(warm.map(({ sample }) => sample.connection)).toEqual(["cold", "warm", "warm", "warm"]);
    expect(warm.map(({ sample }) => "connectMs" in sample.phases)).toEqual([
      ...[true, false, false, false],
    ]);
    expect(server.connections()).toBe(1);
    const cold = await samplesOf({ ...plan, settings });
    expect(cold.map(({ sample }) => sample.connection)).toEqual(["cold", "cold", "cold", "cold"]);
    expect(server.connections()).toBe(5);
    const once = { ...plan, options: { reusable: false }, settings: { ...settings, warm: true } };
    expect((await samplesOf(once)).every(({ sample }) => sample.connection === "cold")).toBe(true);
  });

  it("summarises cold and warm samples apart", async () => {
    await using server = await serveTcp((socket) => void socket.pipe(socket));
    const recorder = createProbeRecorder();
    const plan = {
      ...{ protocol: echo, options: { reusable: true }, targets: [parseTarget(server.target)] },
      settings: { count: 5, intervalMs: 0, warm: true },
    };
    for (const event of await all(plan)) recorder.take(event);
    const [target] = recorder.document().targets;
    expect([target!.summary.sent, target!.warm?.sent]).toEqual([1, 4]);
    expect(target!.result).toEqual({ said: "hello" });
  });

  it("opens a new connection after a kept one broke", async () => {
    let answers = 0;
    await using server = await serveTcp((socket) => {
      socket.on("data", (chunk) => ++answers === 2 ? socket.destroy() : socket.write(chunk));
    });
    const samples = await samplesOf({
      ...{ protocol: echo, options: { reusable: true }, targets: [parseTarget(server.target)] },
      settings: { count: 4, intervalMs: 0, warm: true },
    });
    expect(samples.map(({ sample: { ok, connection } }) => [ok, connection])).toEqual([
      ...[[true, "cold"], [false, "warm"], [true, "cold"], [true, "warm"]],
    ]);
  });

  it("retries only when asked, and reports every attempt", async () => {
    let connections = 0;
    await using server = await serveTcp((socket) => {
      if (++connections % 3 === 0) socket.pipe(socket);
      else socket.destroy();
    });
    const plan = {
      ...{ protocol: echo, options: { reusable: false }, targets: [parseTarget(server.target)] },
    };
    const samples = await samplesOf({ ...plan, settings: { retries: 5, count: 2, intervalMs: 0 } });
    expect(samples.map(({ index, sample: { attempt, ok } }) => [index, attempt, ok])).toEqual([
      ...[[0, 1, false], [0, 2, false], [0, 3, true]],
      ...[[1, 1, false], [1, 2, false], [1, 3, true]],
    ]);
    expect((await samplesOf(plan)).length).toBe(1);
  });

  it("never has more attempts at once than asked, and no target waits for a slow one", async () => {
    let open = 0;
    let most = 0;
    await using silent = await serveTcp(() => {});
    await using quick = await serveTcp((socket) => void socket.pipe(socket));
    const counted: typeof echo = {
      ...echo,
      async open(...args) {
        most = Math.max(most, ++open);
        const connection = await echo.open(...args);
        const close = () => connection[Symbol.asyncDispose]().then(() => void open--);
        return { ...connection, [Symbol.asyncDispose]: close };
      },
    };
    const labels = [silent.target, ...Array.from({ length: 30 }, () => quick.target)];
    const order: string[] = [];
    const plan = {
      ...{ protocol: counted, options: { reusable: false }, targets: labels.map(parseTarget) },
      settings: { concurrency: 3, timeoutMs: 400 },
    };
    for await (const event of probe(plan)) if (event.type === "sample") order.push(event.target);
    expect(most).toBe(3);
    expect([order.length, order.at(-1)]).toEqual([31, silent.target]);
  });

  it("ends an attempt at its timeout, whatever the protocol does", async () => {
    const stuck: Protocol<null, never> = {
      name: "stuck",
      title: "Stuck",
      open: () => new Promise<never>(() => {}),
    };
    const { code, sample } = await ask(stuck, "r1", null, { timeoutMs: 30 });
    expect([code, sample.ok]).toEqual(["timeout", false]);
    expect(sample.error?.message).toBe("r1: no answer within 30 ms");
  });

  it("closes a connection that comes after the timeout", async () => {
    const closed = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<never>();
    const late: Protocol<null, never> = { name: "late", title: "Late", open: () => opened.promise };
    expect((await ask(late, "r1", null, { timeoutMs: 10 })).code).toBe("timeout");
    opened.resolve({ [Symbol.asyncDispose]: () => Promise.resolve(closed.resolve()) } as never);
    expect(await closed.promise).toBe(undefined);
  });

  it("says how far it got in time", async () => {
    await using silent = await serveTcp(() => {});
    const { sample } = await ask(tcp, silent.target, { banner: true }, { timeoutMs: 60 });
    expect(sample.error?.message).toContain("got as far as connect");
  });

  it("keeps an answer that is not the expected one, as an error", async () => {
    await using server = await serveTcp((socket) => void socket.pipe(socket));
    const { code, sample, result } = await ask(echo, server.target, { reusable: false }, {
      expectations: [{ option: "--expect-x", check: ({ said }) => `found ${said}` }],
    });
    expect([code, result]).toEqual(["assertion", { said: "hello" }]);
    expect(sample.error?.message).toContain("--expect-x: found hello");
  });

  it("cancels what is under way, without counting it", async () => {
    await using silent = await serveTcp(() => {});
    await using quick = await serveTcp((socket) => void socket.pipe(socket));
    const controller = new AbortController();
    const recorder = createProbeRecorder();
    const plan = {
      ...{ protocol: echo, options: { reusable: false } },
      targets: [parseTarget(silent.target), parseTarget(quick.target)],
      settings: { count: 0, intervalMs: 1, timeoutMs: 60_000 },
    };
    let samples = 0;
    for await (const event of probe(plan, controller.signal)) {
      recorder.take(event);
      if (event.type === "sample" && ++samples === 3) controller.abort();
    }
    const document = v.parse(ProbeSchema, recorder.document());
    expect(document.partial?.reason).toMatch(/Interrupted/);
    expect(document.targets.map(({ target }) => target)).toEqual([quick.target]);
    expect(document.targets[0]!.summary.lost).toBe(0);
  });

  it("ends everything when its reader goes away", async () => {
    await using server = await serveTcp((socket) => void socket.pipe(socket));
    const plan = {
      ...{ protocol: echo, options: { reusable: false }, targets: [parseTarget(server.target)] },
      settings: { count: 0, intervalMs: 0 },
    };
    let events = 0;
    for await (const _ of probe(plan)) if (++events === 5) break;
    expect(events).toBe(5);
  });

  it("passes a mistake of its caller on", async () => {
    const wrong: Protocol<null, never> = {
      name: "wrong",
      title: "Wrong",
      open: () => Promise.reject(new VersusError("The port is no number")),
    };
    await expect(all({ protocol: wrong, options: null, targets: [parseTarget("r1")] }))
      .rejects.toThrow("The port is no number");
  });

  it("keeps only as many samples as a run without end may", async () => {
    await using server = await serveTcp(() => {});
    const recorder = createProbeRecorder(2);
    const plan = {
      ...{ protocol: tcp, options: { banner: false }, targets: [parseTarget(server.target)] },
      settings: { count: 5, intervalMs: 0 },
    };
    for (const event of await all(plan)) recorder.take(event);
    expect(recorder.document().targets[0]!.summary.sent).toBe(2);
  });
});
