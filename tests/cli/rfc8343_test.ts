/** `versus rfc8343`: what is printed, exit codes, mistakes. */
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { snmpd } from "../../lib/probe/lab/snmpd.ts";
import { startServer } from "../../lib/probe/lab/start.ts";
import type { RunningServer } from "../../lib/probe/lab/types.ts";
import { Rfc8343Schema } from "../../lib/probe/rfc8343/schema.ts";
import { missingServers } from "../peers/_peers.ts";
import { serveInterfaces } from "../probe/rfc8343/_restconf.ts";
import { versus } from "./versus.ts";

describe("versus rfc8343", { ignore: missingServers(snmpd) !== undefined }, () => {
  let home: string;
  let agent: RunningServer;

  beforeAll(async () => {
    home = Deno.makeTempDirSync({ prefix: "versus-test-" });
    agent = await startServer(snmpd);
  });

  afterAll(async () => {
    Deno.removeSync(home, { recursive: true });
    await agent?.[Symbol.asyncDispose]();
  });

  async function compare(target: string, ...args: string[]) {
    return await versus([
      ...["rfc8343", "127.0.0.1", "--snmp", `127.0.0.1:${agent.ports["snmp"]}`],
      ...["--restconf", target, "--root", "/restconf", "--plaintext", ...args],
    ], { home });
  }

  it("prints one document and ends with 0 when nothing differs", async () => {
    await using server = await serveInterfaces();
    const { code, stdout, stderr } = await compare(server.target, "--json");
    expect([code, stderr]).toEqual([0, ""]);
    const document = v.parse(Rfc8343Schema, JSON.parse(stdout));
    expect(document.interfaces.some(({ name }) => name === "lo")).toBe(true);
    expect((await compare(server.target, "--strict")).code).toBe(1);
  });

  it("shows what differs, and ends with 1", async () => {
    await using server = await serveInterfaces((entries) =>
      entries.map((entry) => ({ ...entry, "if-index": 77 }))
    );
    const { code, stdout } = await compare(server.target);
    expect(code).toBe(1);
    expect(stdout).toMatch(/if-index +DIFFERS +1 +77/);
    expect(stdout).not.toMatch(/\bequal +lo/);
    expect((await compare(server.target, "--all")).stdout).toMatch(/name +equal +lo +lo/);
  });

  it("wants exactly one other side", async () => {
    const { code, stderr } = await versus(["rfc8343", "r1", "--snmp"], { home });
    expect(code).toBe(2);
    expect(stderr).toContain("Found nothing to compare SNMP with");
    const both = await versus(["rfc8343", "r1", "--netconf", "--gnmi"], { home });
    expect(both.code).toBe(2);
    expect(both.stderr).toContain("Found --netconf and --gnmi");
  });

  it("names the side that does not answer, and ends with 1", async () => {
    const { code, stdout, stderr } = await compare("127.0.0.1:1");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("refused: restconf: ");
  });
});
