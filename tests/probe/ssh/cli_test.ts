import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import * as v from "valibot";
import { join } from "node:path";
import { netconfd } from "../../../lib/probe/lab/netconfd.ts";
import { nginx } from "../../../lib/probe/lab/nginx.ts";
import { labUser } from "../../../lib/probe/lab/_sshd.ts";
import { sshd } from "../../../lib/probe/lab/sshd.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import { TELNET_USER, telnetd } from "../../../lib/probe/lab/telnetd.ts";
import type { RunningServer } from "../../../lib/probe/lab/types.ts";
import { ProbeSchema } from "../../../lib/probe/schema.ts";
import { versus } from "../../cli/versus.ts";
import { missingServers } from "../../peers/_peers.ts";
import { freePorts } from "../../../lib/probe/lab/start.ts";

describe("versus probe ssh, netconf, telnet and restconf", {
  ignore: missingServers(sshd, netconfd, telnetd, nginx) !== undefined,
}, () => {
  let home: string;
  let server: RunningServer;
  let target: string;
  let access: string[];
  beforeAll(async () => {
    home = await Deno.makeTempDir();
    server = await startServer(sshd);
    target = `127.0.0.1:${server.ports["ssh"]}`;
    access = accessTo(server);
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await Deno.remove(home, { recursive: true });
  });
  const accessTo = ({ folder }: RunningServer) => [
    ...["--user", labUser(), "--key", join(folder, "id")],
    ...["--known-hosts", join(folder, "known_hosts")],
  ];
  const probe = (words: readonly string[], env: Record<string, string> = {}) =>
    versus(["probe", ...words], { home, env });

  it("prints what a person wants to know, and a document for scripts", async () => {
    const words = ["ssh", target, ...access, "--command", "echo hello"];
    const shown = await probe(words);
    expect([shown.code, shown.stderr]).toEqual([0, ""]);
    expect(shown.stdout).toMatch(/SSH-2\.0-OpenSSH_.*\n.*ssh-ed25519 SHA256:\S+ \(known\)/);
    expect(shown.stdout).toMatch(/exit code 0\n\s+hello\n/);
    const json = await probe([...words, "--json", "--count", "2", "--interval", "0", "--warm"]);
    const { targets: [found] } = v.parse(ProbeSchema, JSON.parse(json.stdout));
    expect(found?.samples.map(({ connection }) => connection)).toEqual(["cold", "warm"]);
    expect(Object.keys(found!.samples[0]!.phases)).toEqual([
      ...["connectMs", "bannerMs", "kexMs", "authMs", "channelMs", "firstByteMs", "transferMs"],
    ]);
    expect(Object.keys(found!.samples[1]!.phases))
      .toEqual(["channelMs", "firstByteMs", "transferMs"]);
    expect(found?.result).toMatchObject({ weak: [], command: { stdout: "hello\n" } });
  });

  it("ends with 1 for a failing command and a wrong answer; other targets go on", async () => {
    const failing = await probe(["ssh", target, ...access, "--command", "exit 3"]);
    expect([failing.code, failing.stdout]).toEqual([1, expect.stringContaining("ended with 3")]);
    const expected = ["--command", "exit 3", "--expect-exit", "3"];
    expect((await probe(["ssh", target, ...access, ...expected])).code).toBe(0);
    const other = await probe(["ssh", target, ...access, "--expect-banner", "dropbear", "--json"]);
    expect(JSON.parse(other.stdout).targets[0].samples[0].error.code).toBe("assertion");
    expect(other.code).toBe(1);
    const { dead } = await freePorts(["dead"]);
    const two = await probe(["ssh", `127.0.0.1:${dead}`, target, ...access, "--json"]);
    expect(two.code).toBe(1);
    expect(JSON.parse(two.stdout).targets.map((t: { state: string }) => t.state))
      .toEqual(["refused", "open"]);
  });

  it("takes no secret from the command line, and tells wrong use with 2", async () => {
    const unknown = await probe(["ssh", target, "--password", "hunter2"]);
    expect(unknown.code).toBe(2);
    for (
      const words of [
        ["--key", "/no/such/key"],
        ["--password-env", "NO_SUCH_VARIABLE_HERE"],
        ["--until", "lunch"],
        ["--expect-exit", "300"],
        ["--script", "/no/such/script.yaml"],
      ]
    ) {
      const { code, stderr } = await probe(["ssh", target, ...words]);
      expect([words, code]).toEqual([words, 2]);
      expect(stderr).not.toBe("");
    }
  });

  it("logs in by what an inventory says", async () => {
    const inventory = join(home, "hosts.yaml");
    await Deno.writeTextFile(
      inventory,
      `hosts:\n  r1:\n    address: 127.0.0.1\n    port: ${server.ports["ssh"]}\n` +
        `    variables: { user: ${labUser()}, keyFile: ${join(server.folder, "id")} }\n`,
    );
    const known = ["--known-hosts", join(server.folder, "known_hosts"), "--user", "nobody-here"];
    const { code, stdout, stderr } = await probe(
      ["ssh", "--inventory", inventory, ...known, "--command", "id -un", "--json"],
      { SSH_AUTH_SOCK: "" },
    );
    expect([code, stderr]).toEqual([0, ""]);
    const [found] = JSON.parse(stdout).targets;
    expect([found.target, found.result.command.stdout]).toEqual(["r1", `${labUser()}\n`]);
  });

  it("asks a NETCONF server", async () => {
    await using lab = await startServer(netconfd);
    const at = `127.0.0.1:${lab.ports["netconf"]}`;
    const filter = `<netconf-state xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring">` +
      `<datastores/></netconf-state>`;
    const words = ["netconf", at, ...accessTo(lab)];
    const got = await probe([...words, "--get", "--subtree", filter, "--expect-data", "running"]);
    expect([got.code, got.stderr]).toEqual([0, ""]);
    expect(got.stdout).toMatch(/NETCONF 1\.1, session \d+, \d+ capabilities/);
    const config = await probe([...words, "--get-config", "--json"]);
    expect(JSON.parse(config.stdout).targets[0].result.reply.operation).toBe("get-config");
    const bad = await probe([...words, "--get", "--subtree", "<a>"]);
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining("<a> has no end")]);
  });

  it("logs in by Telnet and runs a script, the password unseen", async () => {
    await using lab = await startServer(telnetd);
    const script = join(home, "script.yaml");
    await Deno.writeTextFile(script, "paging: terminal length 0\nsteps: [show version]\n");
    const file = join(lab.folder, "password");
    const { code, stdout, stderr } = await probe([
      ...["telnet", `127.0.0.1:${lab.ports["telnet"]}`, "--user", TELNET_USER],
      ...["--password-file", file, "--script", script],
    ]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/show version \(\d+\.\d ms\)\n\s+Gear OS 1\.2\n/);
    expect(stdout).not.toContain((await Deno.readTextFile(file)).trim());
  });

  it("asks a RESTCONF server, by a URL and by a name with its own authority", async () => {
    await using lab = await startServer(nginx);
    const path = ["--data", "ietf-interfaces:interfaces", "--depth", "3"];
    const plain = await probe(["restconf", `http://127.0.0.1:${lab.ports["http"]}`, ...path]);
    expect([plain.code, plain.stderr]).toEqual([0, ""]);
    expect(plain.stdout).toContain("weak: cleartext");
    expect(plain.stdout).toContain("softwareLoopback");
    const secure = `localhost:${lab.ports["https"]}`;
    const ca = ["--ca", join(lab.folder, "ca.pem")];
    const { code, stdout } = await probe(["restconf", secure, ...path, ...ca, "--json"]);
    const { result } = JSON.parse(stdout).targets[0];
    expect([code, result.root, result.tls.verified, result.weak])
      .toEqual([0, "/restconf", true, []]);
    const distrusted = await probe(["restconf", secure, ...path, "--json"]);
    expect(JSON.parse(distrusted.stdout).targets[0].samples[0].error.code).toMatch(/^tls-/);
    expect((await probe(["restconf", secure, "--root", "api"])).code).toBe(2);
  });
});
