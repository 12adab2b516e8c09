import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { join } from "node:path";
import * as v from "valibot";
import { parsePath } from "../../../lib/probe/gnmi/path.ts";
import { GnmiResultSchema } from "../../../lib/probe/gnmi/schema.ts";
import type { GnmiOperation, GnmiOptions } from "../../../lib/probe/gnmi/types.ts";
import type { GrpcAccess } from "../../../lib/probe/grpc/types.ts";
import type { RunningServer } from "../../../lib/probe/lab/types.ts";
import { gnmi } from "../../../lib/probe/protocols/gnmi.ts";
import { secret } from "../../../lib/probe/secret.ts";
import { versus } from "../../cli/versus.ts";
import { ask, samplesOf } from "../_probe.ts";
import { buildTarget, gnmiCli, LOGIN, PLAIN, startTarget } from "./_target.ts";

const built = await buildTarget();
if ("missing" in built) console.error(`gNMI is not tested against a real target: ${built.missing}`);
const folder = "folder" in built ? built.folder : "";

const STATE = "/interfaces/interface[name=lo]/state";

describe("gnmi with a target built with Go", { ignore: "missing" in built }, () => {
  let server: RunningServer & { readonly address: string };
  beforeAll(async () => {
    server = await startTarget(folder);
  });
  afterAll(async () => await server?.[Symbol.asyncDispose]());

  async function run(operation: GnmiOperation, more: Partial<GnmiOptions> = {}) {
    const options: GnmiOptions = { ...PLAIN, operation, encoding: "json_ietf", ...more };
    const answer = await ask(gnmi, server.address, options);
    if (answer.result !== undefined) v.assert(GnmiResultSchema, answer.result);
    return answer;
  }

  const get = (path: string): GnmiOperation => ({
    kind: "get",
    paths: [parsePath(path)],
    type: "all",
  });

  const subscription = (
    mode: "once" | "poll" | "stream",
    more: Partial<Extract<GnmiOperation, { kind: "subscribe" }>> = {},
  ): GnmiOperation => ({
    kind: "subscribe",
    paths: [parsePath("/interfaces/interface[name=lo]")],
    mode,
    trigger: "target-defined",
    updatesOnly: false,
    maxUpdates: 100,
    ...more,
  });

  it("tells the capabilities that OpenConfig's own client tells", async () => {
    const { result, sample } = await run({ kind: "capabilities" });
    const theirs = await gnmiCli(folder, "-a", server.address, "-insecure", "-capabilities");
    const { version, encodings, models } = result!.capabilities!;
    expect(theirs).toContain(`gNMI_version: "${version}"`);
    const listed = [...theirs.matchAll(/supported_encodings: (\w+)/g)].map(([, name]) => name);
    expect(encodings).toEqual(listed as string[]);
    expect(models.map(({ name }) => theirs.includes(`name: "${name}"`))).toEqual([true]);
    expect(Object.keys(sample.phases)).toEqual([
      ...["connectMs", "requestMs", "firstByteMs", "transferMs"],
    ]);
    expect(result!.weak).toEqual(["cleartext"]);
  });

  it("gets what OpenConfig's own client gets, in every encoding", async () => {
    const path = `${STATE}/ifindex`;
    const elems = ["interfaces", "interface", "state", "ifindex"].map((name) =>
      `elem: <name: "${name}"${name === "interface" ? ' key: <key: "name" value: "lo">' : ""}>`
    );
    for (const encoding of ["json", "json_ietf", "ascii"] as const) {
      const { result } = await run(get(path), { encoding });
      const [notification] = result!.notifications!;
      const value = encoding === "ascii" ? "1" : 1;
      expect(notification!.updates).toEqual([{ path, value }]);
      expect(notification!.time).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
      const proto = `path: <${elems.join(" ")}> encoding: ${encoding.toUpperCase()}`;
      const theirs = await gnmiCli(
        folder,
        ...["-a", server.address, "-insecure", "-get", "-proto", proto],
      );
      expect(theirs).toMatch(/(json_val|json_ietf_val|ascii_val): "1"/);
    }
  });

  it("puts a prefix before the paths", async () => {
    const prefix = parsePath("/interfaces/interface[name=lo]");
    const { result } = await run(get("state/name"), { prefix });
    expect(result!.notifications![0]!.updates).toEqual([{ path: `${STATE}/name`, value: "lo" }]);
  });

  it("tells what does not exist and what is not offered apart", async () => {
    const missing = await run(get("/interfaces/interface[name=nope]/state"));
    expect(missing.code).toBe("remote-error");
    expect(missing.sample.error!.message).toContain("NOT_FOUND: no such interface: nope");
    expect((await run(get(STATE), { encoding: "bytes" })).code).toBe("not-supported");
  });

  it("writes, and reads what was written", async () => {
    const path = parsePath(`${STATE}/description`);
    const write = { path, json: '"to r2"', operation: "update" as const };
    const { result } = await run({ kind: "set", writes: [write] });
    expect(result!.set).toEqual([{ path: `${STATE}/description`, operation: "UPDATE" }]);
    const after = await run(get(`${STATE}/description`));
    expect(after.result!.notifications![0]!.updates[0]!.value).toBe("to r2");
    await run({ kind: "set", writes: [{ path, operation: "delete" }] });
    const deleted = await run(get(`${STATE}/description`));
    expect(deleted.result!.notifications![0]!.updates[0]!.value).toBe("");
    const refused = await run({
      kind: "set",
      writes: [{ path: parsePath(`${STATE}/name`), json: '"x"', operation: "replace" }],
    });
    expect(refused.code).toBe("remote-error");
  });

  it("subscribes once, to what OpenConfig's own client gets too", async () => {
    const { result } = await run(subscription("once"), { target: "lab", encoding: "proto" });
    expect(result!.subscription).toMatchObject({ mode: "once", synced: true, ended: "complete" });
    const paths = result!.notifications!.flatMap(({ updates }) => updates.map(({ path }) => path));
    expect(paths.sort()).toEqual([
      ...[`${STATE}/counters/in-octets`, `${STATE}/counters/out-octets`],
    ]);
    const theirs = await gnmiCli(
      folder,
      ...["-a", server.address, "-insecure", "-qt", "once", "-t", "lab", "-dt", "s"],
      ...["-q", "interfaces/interface/lo"],
    );
    for (const leaf of ["in-octets", "out-octets"]) expect(theirs).toContain(leaf);
  });

  it("polls as often as is asked", async () => {
    const { result } = await run(subscription("poll", { maxUpdates: 3 }), { target: "lab" });
    expect(result!.subscription).toMatchObject({ polls: 3, ended: "max-updates", synced: true });
    expect(result!.notifications!.length).toBe(6);
  });

  it("takes samples at an interval, and no more than is asked for", async () => {
    const paths = [parsePath(`${STATE}/counters/in-octets`)];
    const more = { paths, trigger: "sample" as const, sampleMs: 50, maxUpdates: 4 };
    const { result } = await run(subscription("stream", more));
    expect(result!.subscription).toMatchObject({ ended: "max-updates", synced: true });
    expect(result!.notifications!.length).toBe(4);
    const values = result!.notifications!.map(({ updates }) => Number(updates[0]!.value));
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(result!.subscription!.gapsMs!.length).toBe(3);
  });

  it("is told what changes, until the time is up", async () => {
    const more = { trigger: "on-change" as const, forMs: 300, maxUpdates: 100_000 };
    const { result } = await run(subscription("stream", more), { target: "lab" });
    // The questions of this test are traffic on the interface.
    expect(result!.notifications!.length).toBeGreaterThanOrEqual(2);
    expect(result!.subscription).toMatchObject({ mode: "stream", ended: "time", synced: true });
  });

  it("fails at its timeout when a stream goes on", async () => {
    const options = { ...PLAIN, encoding: "proto" as const, target: "lab" };
    const operation = subscription("stream", { trigger: "on-change", maxUpdates: Infinity });
    const answer = await ask(gnmi, server.address, { ...options, operation }, { timeoutMs: 200 });
    expect(answer.code).toBe("timeout");
  });

  it("asks again on the same connection", async () => {
    const options: GnmiOptions = { ...PLAIN, operation: get(STATE), encoding: "json" };
    const target = { label: "t", host: "127.0.0.1", port: server.ports["gnmi"]!, variables: {} };
    const samples = await samplesOf({
      protocol: gnmi,
      options,
      targets: [target],
      settings: { count: 3, intervalMs: 0, warm: true },
    });
    expect(samples.map(({ sample }) => sample.connection)).toEqual(["cold", "warm", "warm"]);
    expect(samples.map(({ sample }) => sample.phases.connectMs !== undefined)).toEqual([
      ...[true, false, false],
    ]);
  });

  it("refuses an answer that is too large", async () => {
    expect((await run(get(STATE), { maxBytes: 20 })).code).toBe("too-large");
  });

  it("writes only when that is allowed", async () => {
    const args = ["probe", "gnmi", server.address, "--plaintext"];
    const write = ["--update", `${STATE}/description="by-hand"`];
    const refused = await versus([...args, ...write], { home: folder });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("--allow-write");
    const before = await run(get(`${STATE}/description`));
    expect(before.result!.notifications![0]!.updates[0]!.value).toBe("");
    const done = await versus([...args, ...write, "--allow-write"], { home: folder });
    expect([done.code, done.stderr]).toEqual([0, ""]);
    const shown = await versus([...args, "--get", STATE, "--expect-data", "by-hand"], {
      home: folder,
    });
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain("by-hand");
  });
});

describe("gnmi over TLS with a login", { ignore: "missing" in built }, () => {
  let server: RunningServer & { readonly address: string };
  let access: GrpcAccess;
  beforeAll(async () => {
    server = await startTarget(folder, true);
    const ca = Deno.readTextFileSync(join(server.folder, "ca.pem"));
    const { user, password } = LOGIN;
    access = {
      ...PLAIN,
      plaintext: false,
      tls: { verify: true, ca },
      user,
      password: secret(password),
    };
  });
  afterAll(async () => await server?.[Symbol.asyncDispose]());

  const run = (more: Partial<GnmiOptions>) =>
    ask(gnmi, server.address, {
      ...access,
      operation: { kind: "capabilities" },
      encoding: "json",
      ...more,
    });

  it("checks the certificate and logs in", async () => {
    const { result, sample } = await run({});
    expect(result!.tls).toMatchObject({ verified: true, alpn: "h2" });
    expect(result!.weak).toEqual([]);
    expect(sample.phases.tlsMs).toBeGreaterThan(0);
  });

  it("does not send a password to whom it does not trust", async () => {
    expect((await run({ tls: { verify: true } })).code).toBe("tls-untrusted");
    const other = { ...access.tls, serverName: "r1.example" };
    expect((await run({ tls: other })).code).toBe("tls-name");
  });

  it("tells a wrong password and a missing one apart", async () => {
    const wrong = await run({ password: secret("not the password") });
    expect(wrong.code).toBe("auth-failed");
    expect(wrong.sample.error!.message).toContain("UNAUTHENTICATED");
    const { user: _, password: __, ...nobody } = access;
    const answer = await ask(gnmi, server.address, {
      ...nobody,
      operation: { kind: "capabilities" },
      encoding: "json",
    });
    expect(answer.code).toBe("auth-missing");
  });

  it("takes the login from an inventory", async () => {
    const { user: _, password: __, ...nobody } = access;
    const options: GnmiOptions = {
      ...nobody,
      operation: { kind: "capabilities" },
      encoding: "json",
    };
    const variables = { username: LOGIN.user, password: LOGIN.password };
    expect((await ask(gnmi, server.address, options, { variables })).code).toBeUndefined();
  });

  it("does not speak without TLS to a peer that wants it", async () => {
    const { code } = await run({ plaintext: true });
    expect(["protocol", "closed", "reset"]).toContain(code);
  });
});
