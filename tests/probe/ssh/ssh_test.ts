import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { ssh } from "../../../lib/probe/protocols/ssh.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import { sshd } from "../../../lib/probe/lab/sshd.ts";
import { labUser, sshServer } from "../../../lib/probe/lab/_sshd.ts";
import type { RunningServer } from "../../../lib/probe/lab/types.ts";
import { missingServers } from "../../peers/_peers.ts";
import { attempt, openSsh, options, probeOnce, run, target } from "./_lab.ts";

const missing = missingServers(sshd);

describe("ssh with OpenSSH's server", { ignore: missing !== undefined }, () => {
  let server: RunningServer;
  let port: number;
  beforeAll(async () => {
    server = await startServer(sshd);
    port = server.ports["ssh"]!;
  });
  afterAll(async () => await server[Symbol.asyncDispose]());

  it("runs a command: the same exit code and output as OpenSSH's client", async () => {
    const command = "echo out; echo err >&2; exit 7";
    const theirs = await run([...openSsh(server, port), "127.0.0.1", command]);
    const ours = await probeOnce(ssh, target(port), options(server, { command, expectExit: 7 }));
    expect(ours.command?.exitCode).toBe(theirs.code);
    expect(ours.command?.stdout).toBe(theirs.stdout);
    expect(ours.command?.stderr).toBe(theirs.stderr);
    expect(theirs).toEqual({ code: 7, stdout: "out\n", stderr: "err\n" });
  });

  it("does not have a server prove all of its host keys while a command is sent", async () => {
    await using verbose = await startServer(
      sshServer("sshd-verbose", "OpenSSH's server that tells what it is asked for", 0, {
        hostKeys: ["ed25519", "rsa"],
        userKey: "ed25519",
        config: ["UsePAM no", "LogLevel DEBUG1"],
      }),
    );
    const to = target(verbose.ports["ssh"]!);
    const { command } = await probeOnce(ssh, to, options(verbose, { command: "echo hi" }));
    expect(command?.stdout).toBe("hi\n");
    expect(verbose.log()).toContain("server_input_channel_req");
    expect(verbose.log()).not.toContain("hostkeys-prove");
  });

  it("tells what was agreed on, and how it logged in", async () => {
    const at = attempt();
    const { banner, software, negotiated, weak, auth, hostKey } = await probeOnce(
      ssh,
      target(port),
      options(server),
      at,
    );
    expect(banner).toMatch(/^SSH-2\.0-OpenSSH_/);
    expect(banner).toContain(software);
    expect(negotiated?.kex).toMatch(/^curve25519-sha256/);
    expect(negotiated?.cipher).toBe("aes128-gcm@openssh.com");
    expect(weak).toEqual([]);
    expect(auth).toEqual({
      user: labUser(),
      method: "publickey",
      key: `${server.folder}/id`,
    });
    const { stdout } = await run(["ssh-keygen", "-lf", `${server.folder}/host_ed25519.pub`]);
    expect(hostKey).toEqual({
      type: "ssh-ed25519",
      fingerprint: stdout.split(" ")[1],
      trust: "known",
    });
    expect(Object.keys(at.clock.phases)).toEqual(["connectMs", "bannerMs", "kexMs", "authMs"]);
  });
});
