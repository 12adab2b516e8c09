import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { pingOf, traceOf } from "../../../lib/probe/gnoi/answers.ts";
import { GnoiResultSchema } from "../../../lib/probe/gnoi/schema.ts";
import type { GnoiOperation } from "../../../lib/probe/gnoi/types.ts";
import { etcd } from "../../../lib/probe/lab/etcd.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import { gnoi } from "../../../lib/probe/protocols/gnoi.ts";
import { versus } from "../../cli/versus.ts";
import { missingPeers, missingServers } from "../../peers/_peers.ts";
import { ask } from "../_probe.ts";
import { type Device, startDevice } from "./_device.ts";

const ACCESS = { plaintext: true, tls: { verify: true }, metadata: {}, maxBytes: 1_000_000 };

describe("gnoi", () => {
  let device: Device;
  beforeAll(async () => {
    device = await startDevice(60_000);
  });
  afterAll(async () => await device?.[Symbol.asyncDispose]());

  async function run(operation: GnoiOperation) {
    const answer = await ask(gnoi, device.target, { ...ACCESS, operation });
    if (answer.result !== undefined) v.assert(GnoiResultSchema, answer.result);
    return answer;
  }

  it("tells a device's time, and how far its clock is ahead", async () => {
    const { result } = await run({ kind: "time" });
    const { time, offsetMs } = result!.time!;
    expect(Math.round(offsetMs / 1000)).toBe(60);
    expect(Math.abs(Date.parse(time) - Date.now() - 60_000)).toBeLessThan(5000);
  });

  const noPing = missingPeers({ ping: "iputils-ping" });
  it("has a device ping, and tells what it found", { ignore: noPing !== undefined }, async () => {
    const { result, code } = await run({
      ...{ kind: "ping", destination: "127.0.0.1", count: 3, source: "127.0.0.1", size: 56 },
      ...{ intervalMs: 200, ipVersion: 4, networkInstance: "mgmt" },
    });
    expect(code).toBeUndefined();
    expect(device.asked.get("ping")).toEqual({
      ...{ 1: "127.0.0.1", 2: "127.0.0.1", 3: 3, 4: 200_000_000, 6: 56, 9: 1, 10: "mgmt" },
    });
    const { echoes, sent, received, minMs, maxMs } = result!.ping!;
    expect([sent, received]).toEqual([3, 3]);
    expect(echoes.map(({ sequence, source }) => [sequence, source])).toEqual([
      ...[[1, "127.0.0.1"], [2, "127.0.0.1"], [3, "127.0.0.1"]],
    ]);
    for (const { rttMs, bytes } of echoes) {
      expect(bytes).toBe(64);
      expect(rttMs >= minMs! && rttMs <= maxMs!).toBe(true);
    }
  });

  it("fails when a device has no answer", { ignore: noPing !== undefined }, async () => {
    const { code, result } = await run({ kind: "ping", destination: "no-such.invalid", count: 1 });
    expect(code).toBe("remote-error");
    expect(result!.ping!.echoes).toEqual([]);
  });

  it("has a device trace a route", async () => {
    const { result } = await run({ kind: "traceroute", destination: "r9.example", maxHops: 5 });
    expect(device.asked.get("traceroute")).toEqual({ 2: "r9.example", 4: 5, 10: 1 });
    expect(result!.traceroute).toEqual({
      destination: "r9.example",
      address: "192.0.2.9",
      hops: [
        { hop: 1, address: "192.0.2.1", name: "r1.example", rttMs: 1.5 },
        { hop: 2, state: "NONE" },
        { hop: 3, address: "192.0.2.9", rttMs: 2.25, state: "HOST_UNREACHABLE" },
      ],
    });
  });

  it("prints for people, and refuses two questions at once", async () => {
    const home = Deno.makeTempDirSync({ prefix: "versus-test-" });
    try {
      const probe = ["probe", "gnoi", device.target, "--plaintext"];
      const shown = await versus([...probe, "--traceroute", "r9.example"], { home });
      expect([shown.code, shown.stderr]).toEqual([0, ""]);
      expect(shown.stdout).toContain("1  192.0.2.1 (r1.example)  1.5 ms");
      expect(shown.stdout).toContain("2  *  NONE");
      const both = await versus([...probe, "--ping", "a", "--traceroute", "b"], { home });
      expect([both.code, both.stdout]).toEqual([2, ""]);
    } finally {
      Deno.removeSync(home, { recursive: true });
    }
  });

  it("says that a server has no gNOI", { ignore: missingServers(etcd) !== undefined }, async () => {
    await using server = await startServer(etcd);
    const target = `127.0.0.1:${server.ports["grpc"]}`;
    const { code } = await ask(gnoi, target, { ...ACCESS, operation: { kind: "time" } });
    expect(code).toBe("not-supported");
  });
});

describe("gnoi's answers", () => {
  it("are taken as they are when parts are missing", () => {
    expect(pingOf("r1", [])).toEqual({ destination: "r1", echoes: [] });
    expect(pingOf("r1", [{ time: "5" }, { sent: 2 }])).toEqual({
      destination: "r1",
      echoes: [{ sequence: 0, source: "", rttMs: 0 }],
      sent: 2,
      received: 0,
    });
    expect(traceOf("r1", [{ hops: 3 }, {}])).toEqual({ destination: "r1", hops: [] });
  });
});
