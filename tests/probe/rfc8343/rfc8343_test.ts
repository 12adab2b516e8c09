/** One machine's interfaces through net-snmp's agent, and through RESTCONF, gNMI and NETCONF. */
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { netconfd } from "../../../lib/probe/lab/netconfd.ts";
import { snmpd } from "../../../lib/probe/lab/snmpd.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import type { RunningServer } from "../../../lib/probe/lab/types.ts";
import {
  type ComparedCell,
  compareInterfaces,
  type Rfc8343Document,
} from "../../../lib/probe/rfc8343/mod.ts";
import { secret } from "../../../lib/probe/secret.ts";
import { parseTarget } from "../../../lib/probe/target.ts";
import { missingServers } from "../../peers/_peers.ts";
import { buildTarget, PLAIN, startTarget } from "../gnmi/_target.ts";
import { options as sshOptions } from "../ssh/_lab.ts";
import { links, serveInterfaces } from "./_restconf.ts";

const built = await buildTarget();

describe("rfc8343", { ignore: missingServers(snmpd) !== undefined }, () => {
  let agent: RunningServer;
  beforeAll(async () => {
    agent = await startServer(snmpd);
  });
  afterAll(async () => await agent?.[Symbol.asyncDispose]());

  const common = () => ({
    label: "lab",
    snmp: {
      target: parseTarget(`127.0.0.1:${agent.ports["snmp"]}`),
      credentials: { version: "2c" as const, community: secret("public") },
    },
    timeoutMs: 5000,
    catchUpMs: 8000,
  });

  async function overRestconf(target: string, catchUpMs = 8000): Promise<Rfc8343Document> {
    return await compareInterfaces({
      ...common(),
      catchUpMs,
      yang: {
        target: parseTarget(target),
        model: "ietf",
        protocol: "restconf",
        options: {
          root: "/restconf",
          plain: true,
          tls: { verify: true },
          format: "json",
          maxBytes: 1_000_000,
        },
      },
    });
  }

  function cell(document: Rfc8343Document, name: string, node: string): ComparedCell | undefined {
    return document.interfaces.find((one) => one.name === name)?.cells
      .find((one) => one.node === node);
  }

  it("finds the same interfaces by SNMP and RESTCONF, with counters that have moved at most", async () => {
    await using server = await serveInterfaces();
    const document = await overRestconf(server.target);
    expect(document.interfaces.map(({ name }) => name).sort()).toEqual(links().sort());
    expect(document.counts.differing).toBe(0);
    for (const node of ["name", "type", "admin-status", "if-index"]) {
      expect(cell(document, "lo", node)!.state).toBe("equal");
    }
    for (const node of ["statistics/in-octets", "statistics/out-octets"]) {
      const { state, snmp, yang, snmpAfter } = cell(document, "lo", node)!;
      expect(["equal", "moved"]).toContain(state);
      if (state !== "moved") continue;
      expect(BigInt(snmp!) <= BigInt(yang!) && BigInt(yang!) <= BigInt(snmpAfter!)).toBe(true);
    }
    expect(cell(document, "lo", "speed")!.state).toBe("missing-yang");
    expect(document.snmpAt <= document.yangAt && document.yangAt <= document.snmpAfterAt).toBe(
      true,
    );
    expect(document.betweenMs).toBe(Date.parse(document.yangAt) - Date.parse(document.snmpAt));
  });

  it("tells what differs, and what only one side has", async () => {
    await using server = await serveInterfaces((entries) => [
      ...entries.map((entry) =>
        entry.name === "lo" ? { ...entry, "admin-status": "down", description: "loop" } : entry
      ),
      { name: "ghost0", type: "iana-if-type:other" },
    ]);
    const document = await overRestconf(server.target);
    expect(cell(document, "lo", "admin-status")).toEqual({
      node: "admin-status",
      objects: ["ifAdminStatus"],
      state: "differing",
      snmp: "up",
      yang: "down",
    });
    expect(cell(document, "lo", "description")).toMatchObject({
      state: "missing-snmp",
      yang: "loop",
    });
    expect(cell(document, "ghost0", "type")).toMatchObject({ state: "missing-snmp" });
    expect(document.counts.differing).toBe(1);
  });

  it("calls a counter that can't have moved so far different", async () => {
    await using server = await serveInterfaces((entries) =>
      entries.map((entry) => ({ ...entry, statistics: { "in-octets": "18446744073709551615" } }))
    );
    const document = await overRestconf(server.target, 1);
    expect(cell(document, "lo", "statistics/in-octets")).toMatchObject({
      state: "differing",
      yang: "18446744073709551615",
      snmpAfter: expect.stringMatching(/^\d+$/),
    });
  });

  it("says which side does not answer", async () => {
    await using server = await serveInterfaces();
    const silent = { ...common(), timeoutMs: 200 };
    const { yang } = {
      yang: {
        target: parseTarget(server.target),
        model: "ietf" as const,
        protocol: "restconf" as const,
        options: {
          root: "/nothing",
          plain: true,
          tls: { verify: true },
          format: "json" as const,
          maxBytes: 1_000_000,
        },
      },
    };
    await expect(compareInterfaces({ ...silent, yang })).rejects.toThrow(/^restconf: .*status 404/);
    const credentials = { version: "2c" as const, community: secret("not-this-one") };
    const snmp = { ...silent.snmp, credentials };
    await expect(compareInterfaces({ ...silent, snmp, yang })).rejects.toThrow(/^snmp: /);
  });

  it("compares with OpenConfig's names by gNMI", { ignore: "missing" in built }, async () => {
    await using server = await startTarget("folder" in built ? built.folder : "");
    const document = await compareInterfaces({
      ...common(),
      yang: {
        target: parseTarget(server.address),
        model: "openconfig",
        protocol: "gnmi",
        options: { ...PLAIN, encoding: "json_ietf" },
      },
    });
    expect(document.interfaces.map(({ name }) => name).sort()).toEqual(links().sort());
    for (const node of ["name", "admin-status", "if-index"]) {
      expect(cell(document, "lo", node)!.state).toBe("equal");
    }
    expect(["equal", "moved"]).toContain(cell(document, "lo", "statistics/in-octets")!.state);
    expect(cell(document, "lo", "statistics/out-errors")).toMatchObject({ state: "equal" });
  });

  describe("with NETCONF", { ignore: missingServers(netconfd) !== undefined }, () => {
    it("says that a server with an empty table has none of the interfaces", async () => {
      await using server = await startServer(netconfd);
      const document = await compareInterfaces({
        ...common(),
        yang: {
          target: parseTarget(`127.0.0.1:${server.ports["netconf"]}`),
          model: "ietf",
          protocol: "netconf",
          options: { ...sshOptions(server), maxBytes: 1_000_000, raw: false },
        },
      });
      const states = document.interfaces.flatMap(({ cells }) => cells.map(({ state }) => state));
      expect(new Set(states)).toEqual(new Set(["missing-yang"]));
    });
  });
});
