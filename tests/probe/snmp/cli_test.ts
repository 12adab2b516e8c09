/** `versus probe snmp` as a person would type it, against net-snmp's agent. */
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import * as v from "valibot";
import { join } from "node:path";
import { LAB_PASSPHRASES, labUser, snmpd } from "../../../lib/probe/lab/snmpd.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import type { RunningServer } from "../../../lib/probe/lab/types.ts";
import { SnmpResultSchema } from "../../../lib/probe/snmp/mod.ts";
import { versus } from "../../cli/versus.ts";
import { missingServers } from "../../peers/_peers.ts";

const missing = missingServers(snmpd);

describe("versus probe snmp", { ignore: missing !== undefined }, () => {
  let server: RunningServer;
  let home: string;
  beforeAll(async () => {
    home = await Deno.makeTempDir();
    server = await startServer(snmpd);
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await Deno.remove(home, { recursive: true });
  });

  const probe = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    versus(["probe", "snmp", `127.0.0.1:${server.ports.snmp}`, ...args], { home, env });

  it("shows names and enumerations to people", async () => {
    const { code, stdout, stderr } = await probe(["--table", "ifDescr,ifType"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("ifDescr=lo ifType=softwareLoopback");
  });

  it("has a document with a result of its own schema, and no secret in it", async () => {
    const user = labUser("SHA-256", "AES");
    const { code, stdout } = await probe(
      [
        ...["--user", user, "--auth-password-env", "A", "--priv-password-env", "P"],
        ...["--get", "sysName", "--count", "2", "--interval", "0", "--json"],
      ],
      { A: LAB_PASSPHRASES.auth, P: LAB_PASSPHRASES.priv },
    );
    expect(code).toBe(0);
    const [target] = JSON.parse(stdout).targets;
    const result = v.parse(SnmpResultSchema, target.result);
    expect(result.objects).toMatchObject([{ name: "sysName.0", value: "lab-agent" }]);
    expect(result.security).toMatchObject({ user, level: "authPriv" });
    expect(Object.keys(target.samples[0].phases)).toEqual(["authMs", "requestMs"]);
    for (const phrase of Object.values(LAB_PASSPHRASES)) expect(stdout).not.toContain(phrase);
  });

  it("takes a community from a file that only its owner reads", async () => {
    const file = join(home, "community");
    Deno.writeTextFileSync(file, "hidden\n", { mode: 0o600 });
    const { code, stdout } = await probe(["--community-file", file, "--subtree", "system"]);
    expect(code).toBe(0);
    expect(stdout).toContain("sysDescr.0 = ");
    expect(stdout).not.toContain("sysName");
    Deno.chmodSync(file, 0o644);
    const open = await probe(["--community-file", file]);
    expect(open.code).toBe(2);
    expect(open.stderr).toContain("which others can read");
  });

  it("fails where a value is another, and says so", async () => {
    const good = await probe(["--get", "sysName", "--expect-value", "sysName.0=lab-agent"]);
    expect(good.code).toBe(0);
    const bad = await probe(["--get", "sysName", "--expect-value", "sysName.0=r1"]);
    expect(bad.code).toBe(1);
    expect(bad.stdout + bad.stderr).toContain("expected sysName.0=r1, found lab-agent");
  });

  it("says what is wrong with its options", async () => {
    const cases: [string[], string][] = [
      [["--get", "sysDesc"], "did you mean sysDescr?"],
      [["--get", "sysName", "--table", "ifTable"], "Found --get and --table, expected one"],
      [["--snmp-version", "4"], "Unknown version of SNMP 4"],
      [["--snmp-version", "3"], "SNMPv3 needs a user"],
      [["--user", "u", "--auth-protocol", "SHA-1"], "Unknown protocol of authentication SHA-1"],
      [["--user", "u", "--auth-protocol", "MD5"], "MD5 needs a passphrase"],
      [["--user", "u", "--priv-password-env", "HOME"], "encrypts only what it signs"],
      [["--repetitions", "0"], "a whole number of at least 1"],
    ];
    for (const [args, message] of cases) {
      const { code, stderr } = await probe(args);
      expect([args, code]).toEqual([args, 2]);
      expect(stderr).toContain(message);
    }
  });

  it("ends with 1 for credentials that are refused", async () => {
    const { code, stdout, stderr } = await probe(
      ["--user", labUser("SHA-256"), "--auth-password-env", "A", "--get", "sysName"],
      { A: "another-phrase" },
    );
    expect(code).toBe(1);
    expect(stdout + stderr).toContain("wrongDigests");
    expect(stdout + stderr).not.toContain("another-phrase");
  });
});
