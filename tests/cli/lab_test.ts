/** `versus lab`: servers that outlive the command, found again, ended by their own pid. */
import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import { join } from "node:path";
import * as v from "valibot";
import { dnsmasq } from "../../lib/probe/lab/dnsmasq.ts";
import { type LabDocument, LabSchema } from "../../lib/probe/lab/document.ts";
import { identityOf } from "../../lib/probe/lab/_state.ts";
import { startLab } from "../../lib/probe/lab/mod.ts";
import { snmpd } from "../../lib/probe/lab/snmpd.ts";
import { telnetd } from "../../lib/probe/lab/telnetd.ts";
import type { ServerSetup } from "../../lib/probe/lab/types.ts";
import { missingServers } from "../peers/_peers.ts";
import { versus } from "./versus.ts";

const missing = missingServers(dnsmasq, snmpd, telnetd);

describe("versus lab", { ignore: missing !== undefined }, () => {
  let home: string;

  beforeEach(() => {
    home = Deno.makeTempDirSync({ prefix: "versus-test-" });
  });

  afterEach(async () => {
    await lab("down");
    Deno.removeSync(home, { recursive: true });
  });

  async function lab(...args: string[]) {
    return await versus(["lab", ...args], { home });
  }

  async function labJson(...args: string[]): Promise<LabDocument> {
    const { code, stdout, stderr } = await lab(...args, "--json");
    expect([code, stderr]).toEqual([0, ""]);
    return v.parse(LabSchema, JSON.parse(stdout));
  }

  const runs = (pid: number) => identityOf(pid) !== undefined;

  it("starts servers that answer probes after the command has ended, and ends them", async () => {
    const { servers, folder } = await labJson("up", "dnsmasq", "snmpd", "--any-port");
    expect(servers.map(({ name, status }) => [name, status])).toEqual([
      ["dnsmasq", "running"],
      ["snmpd", "running"],
    ]);
    const [dns, snmp] = servers.map(({ endpoints }) => endpoints[0]!.target);
    expect((await versus(["probe", "dns", dns!, "--name", "r1.lab.test"], { home })).code).toBe(0);
    expect((await versus(["probe", "snmp", snmp!], { home })).code).toBe(0);
    expect(Deno.statSync(join(folder, "snmpd")).mode! & 0o077).toBe(0);
    const down = await labJson("down");
    expect(down.servers.every(({ status }) => status !== "running")).toBe(true);
    expect(servers.map(({ pid }) => runs(pid!))).toEqual([false, false]);
    expect([...Deno.readDirSync(folder)].map(({ name }) => name)).toEqual(["lock"]);
  });

  it("leaves what runs alone when it is started again", async () => {
    const [first] = (await labJson("up", "dnsmasq", "--any-port")).servers;
    const [again] = (await labJson("up", "dnsmasq", "--any-port")).servers;
    expect(again).toEqual(first);
    const { servers } = await labJson("status");
    expect(servers.find(({ name }) => name === "dnsmasq")).toEqual(first);
  });

  it("ends nothing that only has the pid of a server", async () => {
    const { servers: [server], folder } = await labJson("up", "dnsmasq", "--any-port");
    const file = join(folder, "dnsmasq.json");
    const entry = JSON.parse(Deno.readTextFileSync(file));
    try {
      await using other = new Deno.Command("sleep", { args: ["60"] }).spawn();
      Deno.writeTextFileSync(file, JSON.stringify({ ...entry, pid: other.pid }));
      expect((await labJson("status", "dnsmasq")).servers[0]!.status).toBe("stopped");
      await labJson("down", "dnsmasq");
      expect(runs(other.pid)).toBe(true);
    } finally {
      Deno.kill(server!.pid!, "SIGKILL");
    }
  });

  it("never prints a password", async () => {
    const { servers, folder } = await labJson("up", "telnetd", "--any-port");
    const password = Deno.readTextFileSync(join(folder, "telnetd/password")).trim();
    const { stdout } = await lab("status");
    expect(JSON.stringify(servers)).not.toContain(password);
    expect(stdout).not.toContain(password);
    expect(stdout).toContain(`--password-file ${join(folder, "telnetd/password")}`);
  });

  describe("as functions", () => {
    const before = Deno.env.get("VERSUS_HOME");

    beforeEach(() => Deno.env.set("VERSUS_HOME", join(home, "second")));

    afterEach(() => {
      if (before === undefined) Deno.env.delete("VERSUS_HOME");
      else Deno.env.set("VERSUS_HOME", before);
    });

    it("says which port is taken", async () => {
      const { servers } = await labJson("up", "dnsmasq", "--any-port");
      const port = Number(servers[0]!.endpoints[0]!.target.split(":")[1]);
      const second = await startLab({ servers: [{ ...dnsmasq, ports: { dns: port } }] });
      expect(second.servers[0]).toMatchObject({
        status: "failed",
        reason: `port ${port} of TCP is in use`,
      });
    });

    it("says why a server did not start, and leaves nothing of it", async () => {
      const broken = {
        ...dnsmasq,
        prepare: async (setup: ServerSetup) => {
          const plan = await dnsmasq.prepare(setup);
          return { ...plan, argv: [plan.argv[0], "--no-such-option"] as [string, string] };
        },
      };
      const { servers: [server], folder } = await startLab({ servers: [broken], anyPort: true });
      expect(server!.status).toBe("failed");
      expect(server!.reason).toMatch(/^dnsmasq ended with \d+; it said: /);
      expect([...Deno.readDirSync(folder)].map(({ name }) => name)).toEqual(["lock"]);
    });

    it("lists what is not installed with its package", async () => {
      const needs = { "no-such-program": "no-such-package" };
      const { servers } = await startLab({ servers: [{ ...dnsmasq, name: "nothing", needs }] });
      expect(servers).toEqual([{
        name: "nothing",
        title: dnsmasq.title,
        status: "missing",
        endpoints: [],
        packages: ["no-such-package"],
      }]);
    });
  });

  it("names the server that was probably meant", async () => {
    const { code, stderr } = await lab("up", "snmp");
    expect(code).toBe(2);
    expect(stderr).toContain("Unknown server snmp; did you mean snmpd?");
    expect((await lab("sideways")).code).toBe(2);
  });
});
