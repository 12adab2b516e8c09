import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { join } from "node:path";
import { secret } from "../../../lib/probe/secret.ts";
import { ssh } from "../../../lib/probe/protocols/ssh.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import { sshd } from "../../../lib/probe/lab/sshd.ts";
import { sshdLegacy } from "../../../lib/probe/lab/sshd_legacy.ts";
import { labUser } from "../../../lib/probe/lab/_sshd.ts";
import type { RunningServer } from "../../../lib/probe/lab/types.ts";
import { loadKey } from "../../../lib/probe/ssh/key_file.ts";
import type { SshLogin } from "../../../lib/probe/ssh/types.ts";
import { missingServers } from "../../peers/_peers.ts";
import { failure, openSsh, options, probeOnce, run, target } from "./_lab.ts";
import { noMountNamespace, PASSWORD, sshdPassword } from "./_password_lab.ts";

describe("login with a key", { ignore: missingServers(sshd) !== undefined }, () => {
  let server: RunningServer;
  let port: number;
  beforeAll(async () => {
    server = await startServer(sshd);
    port = server.ports["ssh"]!;
    // A key of each kind, one of them encrypted.
    const kinds = [["rsa", ""], ["ecdsa", ""], ["ed25519", "open sesame"]] as const;
    for (const [type, passphrase] of kinds) {
      const file = join(server.folder, `more_${type}`);
      await run(["ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", file]);
      const line = await Deno.readTextFile(`${file}.pub`);
      await Deno.writeTextFile(join(server.folder, "authorized_keys"), line, { append: true });
    }
  });
  afterAll(async () => await server?.[Symbol.asyncDispose]());

  const login = (more: Partial<SshLogin>) =>
    probeOnce(
      ssh,
      target(port),
      options(server, { login: { user: labUser(), keys: [], ...more } }),
    );
  const file = (name: string) => join(server.folder, name);

  it("takes keys of every kind, without signatures by SHA-1", async () => {
    // The private number of an ECDSA key begins with a set bit in every second one.
    for (let i = 0; i < 8; i++) {
      await run(["ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", file(`many_${i}`)]);
      const line = await Deno.readTextFile(file(`many_${i}.pub`));
      await Deno.writeTextFile(file("authorized_keys"), line, { append: true });
      expect((await login({ keys: [loadKey(file(`many_${i}`))] })).auth?.method).toBe("publickey");
    }
    for (const type of ["rsa", "ecdsa"]) {
      const { auth, weak } = await login({ keys: [loadKey(file(`more_${type}`))] });
      expect([auth?.method, auth?.key, weak]).toEqual(["publickey", file(`more_${type}`), []]);
    }
  });

  it("takes an encrypted key with its passphrase, and says what is wrong without", async () => {
    const path = file("more_ed25519");
    const open = loadKey(path, secret("open sesame"));
    expect((await login({ keys: [open] })).auth?.method).toBe("publickey");
    expect(loadKey(path, undefined, () => secret("open sesame")).path).toBe(path);
    expect(() => loadKey(path)).toThrow(/no passphrase/i);
    expect(() => loadKey(path, secret("open onions"))).toThrow(`${path} can't be used as a key`);
    expect(() => loadKey(`${path}.pub`)).toThrow(/can be read by others/);
    await Deno.chmod(`${path}.pub`, 0o600);
    expect(() => loadKey(`${path}.pub`)).toThrow(/public key, expected a private one/);
    expect(() => loadKey(file("sshd_config.none"))).toThrow(/can't be read/);
  });

  it("tries one key after another, and names the one that was taken", async () => {
    await run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file("stranger")]);
    const { auth } = await login({
      keys: [loadKey(file("stranger")), loadKey(file("more_ecdsa"))],
    });
    expect(auth?.key).toBe(file("more_ecdsa"));
  });

  it("tells refused credentials from missing ones", async () => {
    const refused = await failure(login({ keys: [loadKey(file("stranger"))] }));
    expect([refused.code, refused.message]).toEqual([
      "auth-failed",
      `127.0.0.1:${port} refused user ${labUser()} by publickey; it takes publickey, password`,
    ]);
    const missing = await failure(login({}));
    expect([missing.code, missing.message]).toEqual([
      "auth-missing",
      `127.0.0.1:${port} got nothing to log in with; it takes publickey, password`,
    ]);
    const password = await failure(login({ password: secret("wrong password") }));
    expect(password.code).toBe("auth-failed");
    expect(password.message).not.toContain("wrong password");
  });

  it("takes an agent's keys, and goes on without an agent that does not answer", async () => {
    const socket = file("agent.sock");
    const started = await run(["ssh-agent", "-a", socket]);
    const pid = Number(/SSH_AGENT_PID=(\d+)/.exec(started.stdout)?.[1]);
    try {
      const added = await run(["ssh-add", "-q", file("more_rsa")], { SSH_AUTH_SOCK: socket });
      expect(added.code).toBe(0);
      const { auth, weak } = await login({ agent: socket });
      expect([auth, weak]).toEqual([{ user: labUser(), method: "publickey", key: "agent" }, []]);
    } finally {
      Deno.kill(pid, "SIGTERM");
    }
    const gone = file("no-agent.sock");
    expect((await login({ agent: gone, keys: [loadKey(file("id"))] })).auth?.key).toBe(file("id"));
    expect((await failure(login({ agent: gone }))).code).toBe("auth-failed");
  });
});

const noPasswords = noMountNamespace() || missingServers(sshdPassword) !== undefined;

describe("login with a password", { ignore: noPasswords }, () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer(sshdPassword);
  });
  afterAll(async () => await server?.[Symbol.asyncDispose]());

  const login = (port: string, more: Partial<SshLogin>) =>
    probeOnce(
      ssh,
      target(server.ports[port]!),
      options(server, { command: "id -un", login: { user: labUser(), keys: [], ...more } }),
    );

  it("answers a request for the password", async () => {
    const { auth, command } = await login("password", { password: secret(PASSWORD) });
    expect([auth?.method, command?.stdout]).toEqual(["password", `${labUser()}\n`]);
  });

  it("answers keyboard-interactive", async () => {
    const { auth, command } = await login("keyboard", { password: secret(PASSWORD) });
    expect([auth?.method, command?.stdout]).toEqual(["keyboard-interactive", `${labUser()}\n`]);
  });

  it("does a key and a password where the server wants both", async () => {
    const keys = [loadKey(join(server.folder, "id"))];
    const { auth } = await login("both", { keys, password: secret(PASSWORD) });
    expect(auth?.method).toBe("password");
    expect((await failure(login("both", { keys }))).code).toBe("auth-failed");
  });

  it("takes the password of an inventory, for its target alone", async () => {
    const to = { ...target(server.ports["password"]!), variables: { password: secret(PASSWORD) } };
    const anonymous = { user: "nobody-here", keys: [] };
    const { auth } = await probeOnce(
      ssh,
      { ...to, variables: { ...to.variables, ansible_user: labUser() } },
      options(server, { login: anonymous }),
    );
    expect(auth?.user).toBe(labUser());
  });

  it("tells a wrong password within the limit, on both ways", async () => {
    for (const port of ["password", "keyboard"]) {
      const error = await failure(login(port, { password: secret("not the right one") }));
      expect(error.code).toBe("auth-failed");
      expect(error.message).not.toContain("not the right one");
    }
  });
});

describe("old gear", { ignore: missingServers(sshdLegacy) !== undefined }, () => {
  let server: RunningServer;
  let port: number;
  beforeAll(async () => {
    server = await startServer(sshdLegacy);
    port = server.ports["ssh"]!;
  });
  afterAll(async () => await server?.[Symbol.asyncDispose]());

  it("is refused without --legacy: the error names what it offers", async () => {
    const error = await failure(probeOnce(ssh, target(port), options(server)));
    expect(error.code).toBe("kex-failed");
    expect(error.message).toContain("diffie-hellman-group1-sha1,diffie-hellman-group14-sha1");
    expect(error.message).toContain("--legacy");
  });

  it("is reached with --legacy, and every weak algorithm is named", async () => {
    const command = "echo old; exit 4";
    const { command: ended, weak } = await probeOnce(
      ssh,
      target(port),
      options(server, { legacy: true, command, expectExit: 4 }),
    );
    expect(weak).toEqual([
      "diffie-hellman-group14-sha1",
      "ssh-rsa",
      "aes128-cbc",
      "hmac-sha1",
    ]);
    const old = [
      "KexAlgorithms=+diffie-hellman-group14-sha1",
      "HostKeyAlgorithms=+ssh-rsa",
      "PubkeyAcceptedAlgorithms=+ssh-rsa",
      "Ciphers=+aes128-cbc",
      "MACs=+hmac-sha1",
    ].flatMap((option) => ["-o", option]);
    const theirs = await run([...openSsh(server, port, ...old), "127.0.0.1", command]);
    expect([ended?.exitCode, ended?.stdout]).toEqual([theirs.code, theirs.stdout]);
  });
});
