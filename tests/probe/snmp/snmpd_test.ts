/** The agent of net-snmp, asked by versus and by net-snmp's own commands in the same test. */
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import * as v from "valibot";
import { ProbeError } from "../../../lib/probe/error.ts";
import {
  LAB_AUTHS,
  LAB_PASSPHRASES,
  LAB_PRIVS,
  labUser,
  snmpd,
} from "../../../lib/probe/lab/snmpd.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import type { RunningServer } from "../../../lib/probe/lab/types.ts";
import { secret } from "../../../lib/probe/secret.ts";
import {
  type AuthProtocol,
  type PrivProtocol,
  type SnmpCredentials,
  SnmpResultSchema,
} from "../../../lib/probe/snmp/mod.ts";
import { missingPeers, missingServers } from "../../peers/_peers.ts";
import { community, probe, user } from "./_attempt.ts";

const missing = missingServers(snmpd) ??
  missingPeers({ snmpget: "snmp", snmpbulkwalk: "snmp", snmpwalk: "snmp" });

let server: RunningServer;
let port: number;

/** Runs a command of net-snmp with numeric output; its lines are `OID = TYPE: value`. */
async function netSnmp(command: string, args: readonly string[], oids: readonly string[]) {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args: ["-On", "-Oe", "-m", "", "-t", "5", ...args, `127.0.0.1:${port}`, ...oids],
    env: { SNMPCONFPATH: server.folder, SNMP_PERSISTENT_DIR: `${server.folder}/client` },
  }).output();
  const text = new TextDecoder().decode(stdout);
  if (!success) throw new Error(`${command} failed: ${new TextDecoder().decode(stderr)}${text}`);
  // The end of the view is printed under the name of the object before it.
  return text.trim().split("\n").filter((line) =>
    line.startsWith(".") && !line.includes("= No more variables left")
  );
}

/** Command line options of net-snmp for a user of the lab. */
function flags(auth?: AuthProtocol, priv?: PrivProtocol): string[] {
  const level = auth === undefined
    ? "noAuthNoPriv"
    : priv === undefined
    ? "authNoPriv"
    : "authPriv";
  return [
    ...["-v3", "-u", labUser(auth, priv), "-l", level],
    ...(auth === undefined ? [] : ["-a", auth, "-A", LAB_PASSPHRASES.auth]),
    ...(priv === undefined ? [] : ["-x", priv, "-X", LAB_PASSPHRASES.priv]),
  ];
}

async function errorOf(promise: Promise<unknown>): Promise<ProbeError> {
  const error = await promise.then(() => undefined, (error) => error);
  expect(error).toBeInstanceOf(ProbeError);
  return error;
}

function wrong(auth: AuthProtocol, phrases: { auth?: string; priv?: string }): SnmpCredentials {
  const passphrase = (text: string) => secret(text);
  return {
    version: "3",
    user: {
      name: labUser(auth, "AES"),
      auth: { protocol: auth, passphrase: passphrase(phrases.auth ?? LAB_PASSPHRASES.auth) },
      priv: { protocol: "AES", passphrase: passphrase(phrases.priv ?? LAB_PASSPHRASES.priv) },
    },
  };
}

describe("versus and net-snmp on the same agent", { ignore: missing !== undefined }, () => {
  beforeAll(async () => {
    server = await startServer(snmpd);
    port = server.ports.snmp!;
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  for (const version of ["1", "2c"] as const) {
    it(`reads the same by get in version ${version}`, async () => {
      const objects = ["sysDescr", "sysObjectID.0", "1.3.6.1.2.1.1.5.0", "ifNumber"];
      const result = await probe(port, {
        credentials: community(version),
        operation: "get",
        objects,
      });
      expect(v.is(SnmpResultSchema, result)).toBe(true);
      const lines = await netSnmp("snmpget", [`-v${version}`, "-c", "public"], [
        "1.3.6.1.2.1.1.1.0",
        "1.3.6.1.2.1.1.2.0",
        "1.3.6.1.2.1.1.5.0",
        "1.3.6.1.2.1.2.1.0",
      ]);
      const [descr, id, name, count] = result.objects!;
      expect(lines[0]).toBe(`.${descr!.oid} = STRING: "${descr!.value}"`);
      expect(lines[1]).toBe(`.${id!.oid} = OID: .${id!.value}`);
      expect(lines[2]).toBe(`.${name!.oid} = STRING: "lab-agent"`);
      expect(name!.value).toBe("lab-agent");
      expect(lines[3]).toBe(`.${count!.oid} = INTEGER: ${count!.value}`);
      expect(result.objects!.map((object) => object.name)).toEqual([
        "sysDescr.0",
        "sysObjectID.0",
        "sysName.0",
        "ifNumber.0",
      ]);
      expect(result.phases.authMs).toBeUndefined();
      expect(result.phases.requestMs).toBeGreaterThan(0);
    });

    it(`walks the same subtree in version ${version}`, async () => {
      const result = await probe(port, {
        credentials: community(version),
        operation: "subtree",
        objects: ["snmpModules"],
        repetitions: 17,
      }, 20_000);
      const command = version === "1" ? "snmpwalk" : "snmpbulkwalk";
      const lines = await netSnmp(command, [`-v${version}`, "-c", "public"], ["1.3.6.1.6.3"]);
      const ours = result.objects!.map(({ oid }) => `.${oid}`);
      expect(ours).toEqual(lines.map((line) => line.split(" ")[0]));
      expect(ours.length).toBeGreaterThan(200);
    });
  }

  for (const auth of [undefined, ...LAB_AUTHS]) {
    for (const priv of auth === undefined ? [undefined] : [undefined, ...LAB_PRIVS]) {
      it(`reads the same as ${labUser(auth, priv)} in version 3`, async () => {
        const credentials = user(auth, priv);
        const result = await probe(port, {
          credentials,
          operation: "subtree",
          objects: ["sysORTable"],
        });
        const lines = await netSnmp("snmpbulkwalk", flags(auth, priv), ["1.3.6.1.2.1.1.9"]);
        expect(result.objects!.map(({ oid }) => `.${oid}`)).toEqual(
          lines.map((line) => line.split(" ")[0]),
        );
        const texts = result.objects!.filter(({ name }) => name?.startsWith("sysORDescr"));
        expect(texts.length).toBeGreaterThan(3);
        for (const { value } of texts) {
          expect(lines.some((line) => line.includes(`"${value}"`))).toBe(true);
        }
        expect(result.security?.level).toBe(
          auth === undefined ? "noAuthNoPriv" : priv === undefined ? "authNoPriv" : "authPriv",
        );
        expect(result.security!.engineBoots).toBeGreaterThan(0);
        expect(result.phases.authMs).toBeGreaterThan(0);
        const legacy = [auth, priv].filter((name) => ["MD5", "SHA", "DES"].includes(name ?? ""));
        expect(result.security?.legacy ?? []).toEqual(legacy);
      });
    }
  }

  it("reads a table with rows, keys and enumerations by name", async () => {
    const result = await probe(port, {
      credentials: community("2c"),
      operation: "table",
      objects: ["ifTable"],
    });
    const loopback = result.rows!.find(({ columns }) => columns.ifDescr?.value === "lo")!;
    expect(loopback.key).toEqual({ ifIndex: loopback.index });
    expect(loopback.columns.ifType).toMatchObject({ value: 24, text: "softwareLoopback" });
    expect(loopback.columns.ifOperStatus?.text).toBe("up");
    const lines = await netSnmp("snmpbulkwalk", ["-v2c", "-c", "public"], ["1.3.6.1.2.1.2.2.1.2"]);
    expect(result.rows!.map(({ columns }) => columns.ifDescr?.value)).toEqual(
      lines.map((line) => /"(.*)"/.exec(line)![1]),
    );
  });

  it("reads some columns of a table, in version 1 too", async () => {
    for (const version of ["1", "2c"] as const) {
      const { rows } = await probe(port, {
        credentials: community(version),
        operation: "table",
        objects: ["ifIndex", "ifPhysAddress"],
      });
      expect(rows!.length).toBeGreaterThan(0);
      expect(Object.keys(rows![0]!.columns)).toEqual(["ifIndex", "ifPhysAddress"]);
      for (const { index, columns } of rows!) expect(String(columns.ifIndex?.value)).toBe(index);
    }
  });

  it("decodes addresses in the index", async () => {
    const { rows } = await probe(port, {
      credentials: community("2c"),
      operation: "table",
      objects: ["ipAddressIfIndex", "ipAddressOrigin"],
    });
    const keys = rows!.map(({ key }) => key?.ipAddressAddr);
    expect(keys).toContain("127.0.0.1");
  });

  it("keeps the exceptions of version 2 and names the errors of version 1", async () => {
    const objects = ["1.3.6.1.2.1.1.1.7", "1.3.6.1.2.1.99.1.0", "sysName.0"];
    const { objects: found } = await probe(port, {
      credentials: community("2c"),
      operation: "get",
      objects,
    });
    expect(found!.map(({ type }) => type)).toEqual([
      "noSuchInstance",
      "noSuchObject",
      "OctetString",
    ]);
    const error = await errorOf(
      probe(port, { credentials: community("1"), operation: "get", objects }),
    );
    expect(error.code).toBe("remote-error");
    expect(error.message).toContain("noSuchName for 1.3.6.1.2.1.");
  });

  it("tells the end of what the agent has", async () => {
    const { objects } = await probe(port, {
      credentials: community("2c"),
      operation: "bulk",
      objects: ["1.3.6.1.6.3.16.1.5.2.1.6", "sysName"],
      nonRepeaters: 0,
      repetitions: 400,
    });
    expect(objects!.some(({ type }) => type === "endOfMibView")).toBe(true);
    const after = await probe(port, {
      credentials: community("2c"),
      operation: "getnext",
      objects: ["sysDescr"],
    });
    expect(after.objects![0]!.name).toBe("sysDescr.0");
  });

  it("reads what lies at the root of a subtree itself", async () => {
    const { objects } = await probe(port, {
      credentials: community("2c"),
      operation: "subtree",
      objects: ["sysName.0"],
    });
    expect(objects!.map(({ value }) => value)).toEqual(["lab-agent"]);
  });

  it("shows only what a community may see", async () => {
    const { objects } = await probe(port, {
      credentials: community("2c", "hidden"),
      operation: "subtree",
      objects: ["system"],
    });
    expect(objects!.map(({ name }) => name)).toEqual(["sysDescr.0"]);
  });

  it("names why credentials were refused", async () => {
    const ask = (credentials: SnmpCredentials) =>
      errorOf(probe(port, { credentials, operation: "get", objects: ["sysName"] }, 700));
    const unknown = await ask({ version: "3", user: { name: "stranger" } });
    expect([unknown.code, unknown.message]).toEqual([
      "auth-failed",
      expect.stringContaining("unknownUserNames"),
    ]);
    const digest = await ask(wrong("SHA-256", { auth: "another-phrase" }));
    expect([digest.code, digest.message]).toEqual([
      "auth-failed",
      expect.stringContaining("wrongDigests"),
    ]);
    const level = await ask({ version: "3", user: { name: labUser("SHA") } });
    expect(level.code).toBe("auth-failed");
    const silent = await ask(wrong("SHA-256", { priv: "another-phrase" }));
    expect(["timeout", "auth-failed"]).toContain(silent.code);
    expect(silent.message).toMatch(/privacy/);
    const community1 = await ask(community("2c", "wrong-community"));
    expect([community1.code, community1.message]).toEqual([
      "timeout",
      expect.stringContaining("a wrong community is not answered"),
    ]);
  });

  it("refuses a walk past its limit", async () => {
    const error = await errorOf(probe(port, {
      credentials: community("2c"),
      operation: "subtree",
      objects: ["mib-2"],
      maxObjects: 50,
    }));
    expect(error.code).toBe("too-large");
  });
});
