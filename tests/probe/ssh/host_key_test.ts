import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { join } from "node:path";
import ssh2 from "../../../lib/probe/ssh/_ssh2.ts";
import { ssh } from "../../../lib/probe/protocols/ssh.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import { sshd } from "../../../lib/probe/lab/sshd.ts";
import type { RunningServer } from "../../../lib/probe/lab/types.ts";
import { missingServers } from "../../peers/_peers.ts";
import { failure, openSsh, options, probeOnce, run, target } from "./_lab.ts";

const missing = missingServers(sshd);

describe("host keys", { ignore: missing !== undefined }, () => {
  let server: RunningServer;
  let port: number;
  let folder: string;
  let known: string;
  beforeAll(async () => {
    server = await startServer(sshd);
    port = server.ports["ssh"]!;
  });
  afterAll(async () => await server[Symbol.asyncDispose]());
  beforeEach(async () => {
    folder = await Deno.makeTempDir();
    known = join(folder, "known_hosts");
  });
  afterEach(async () => await Deno.remove(folder, { recursive: true }));

  const publicKey = (type: string) =>
    Deno.readTextFileSync(join(server.folder, `host_${type}.pub`)).split(" ", 2).join(" ");
  async function otherKey(type: string): Promise<string> {
    const file = join(folder, `other_${type}`);
    await run(["ssh-keygen", "-q", "-t", type, "-N", "", "-f", file]);
    return (await Deno.readTextFile(`${file}.pub`)).split(" ", 2).join(" ");
  }
  const probe = (acceptNew = false) =>
    probeOnce(
      ssh,
      target(port),
      options(server, { until: "kex", trust: { files: [known], acceptNew } }),
    );
  /** Whether OpenSSH's client trusts the host with the same file. */
  async function theirs(): Promise<boolean> {
    const [program, ...args] = openSsh(server, port);
    const own = args.map((arg) =>
      arg.startsWith("UserKnownHostsFile=") ? `UserKnownHostsFile=${known}` : arg
    );
    return (await run([program, ...own, "127.0.0.1", "true"])).code === 0;
  }

  async function judged(lines: readonly string[]): Promise<string> {
    await Deno.writeTextFile(known, lines.map((line) => line + "\n").join(""));
    let ours: string;
    try {
      ours = (await probe()).hostKey!.trust;
    } catch (error) {
      ours = (error as { code: string }).code;
    }
    expect([lines, ["known", "certificate"].includes(ours)]).toEqual([
      lines,
      await theirs(),
    ]);
    return ours;
  }

  it("trusts what is known and nothing else, as OpenSSH's client does", async () => {
    const name = `[127.0.0.1]:${port}`;
    const other = await otherKey("ed25519");
    expect(await judged([])).toBe("hostkey-unknown");
    expect(await judged([`${name} ${publicKey("ed25519")}`])).toBe("known");
    expect(await judged([`${name} ${other}`])).toBe("hostkey-changed");
    expect(await judged([`${name} ${other}`, `${name} ${publicKey("ed25519")}`])).toBe("known");
    expect(await judged([`[127.0.0.*]:* ${publicKey("ed25519")}`])).toBe("known");
    expect(await judged([`*,!*127.0.0.1* ${publicKey("ed25519")}`])).toBe("hostkey-unknown");
    expect(await judged([`r1 ${publicKey("ed25519")}`])).toBe("hostkey-unknown");
  });

  it("asks for the type of key that is known", async () => {
    const name = `[127.0.0.1]:${port}`;
    expect(await judged([`${name} ${publicKey("rsa")}`])).toBe("known");
    expect(await judged([`${name} ${publicKey("ecdsa")}`])).toBe("known");
    const other = await otherKey("rsa");
    expect(await judged([`${name} ${other}`])).toBe("hostkey-changed");
  });

  it("takes the key of the host without its port, as OpenSSH's client does", async () => {
    expect(await judged([`127.0.0.1 ${publicKey("ed25519")}`])).toBe("known");
    const other = await otherKey("ed25519");
    expect(await judged([`127.0.0.1 ${other}`])).toBe("hostkey-unknown");
  });

  it("refuses a revoked key, wherever else it is known", async () => {
    const name = `[127.0.0.1]:${port}`;
    const key = publicKey("ed25519");
    expect(await judged([`${name} ${key}`, `@revoked * ${key}`])).toBe("hostkey-revoked");
    expect(await judged([`@revoked r1 ${key}`, `${name} ${key}`])).toBe("known");
  });

  it("reads files with hashed names", async () => {
    await Deno.writeTextFile(known, `[127.0.0.1]:${port} ${publicKey("ed25519")}\n`);
    expect((await run(["ssh-keygen", "-q", "-H", "-f", known])).code).toBe(0);
    const text = await Deno.readTextFile(known);
    expect(text).toMatch(/^\|1\|/);
    expect(await judged(text.trimEnd().split("\n"))).toBe("known");
  });

  it("keeps a new key with --accept-new, so that OpenSSH's client knows it too", async () => {
    expect((await probe(true)).hostKey?.trust).toBe("accepted");
    expect(await theirs()).toBe(true);
    expect((await probe(true)).hostKey?.trust).toBe("known");
    const lines = (await Deno.readTextFile(known)).trimEnd().split("\n");
    expect(lines).toEqual([`[127.0.0.1]:${port} ${publicKey("ed25519")}`]);
    expect(Deno.statSync(known).mode! & 0o777).toBe(0o600);
  });

  it("hashes the new name where the file has hashed ones, and mends a missing line end", async () => {
    await Deno.writeTextFile(known, `|1|AAAA|AAAA ${publicKey("rsa")}`);
    expect((await probe(true)).hostKey?.trust).toBe("accepted");
    const [, added] = (await Deno.readTextFile(known)).split("\n");
    expect(added).toMatch(/^\|1\|[^ ]+ ssh-ed25519 /);
    expect((await probe()).hostKey?.trust).toBe("known");
  });

  it("keeps one line when many targets meet the same host at once", async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => probe(true)));
    expect(all.map(({ hostKey }) => hostKey?.trust)).toEqual(Array(5).fill("accepted"));
    expect((await Deno.readTextFile(known)).trimEnd().split("\n").length).toBe(1);
  });

  it("never accepts a changed key, and leaves the file alone", async () => {
    const line = `[127.0.0.1]:${port} ${await otherKey("ed25519")}\n`;
    await Deno.writeTextFile(known, line);
    const error = await failure(probe(true));
    expect(error.code).toBe("hostkey-changed");
    expect(error.message).toContain(`${known}:1`);
    expect(await Deno.readTextFile(known)).toBe(line);
  });

  it("keeps no key of a server that can't prove that it holds it", async () => {
    const pem = (type: string) => Deno.readTextFileSync(join(server.folder, `host_${type}`));
    await otherKey("ed25519");
    const thief = ssh2.utils.parseKey(await Deno.readTextFile(join(folder, "other_ed25519")));
    const victim = ssh2.utils.parseKey(pem("ed25519"));
    if (thief instanceof Error || victim instanceof Error) throw new TypeError("No keys");
    thief.getPublicSSH = () => victim.getPublicSSH();
    const imposter = new ssh2.Server({ hostKeys: [{ key: thief as never }] }, (client) => {
      client.on("error", () => {});
    });
    await new Promise<void>((done) => imposter.listen(0, "127.0.0.1", done));
    try {
      const { port } = imposter.address() as { port: number };
      const trust = { files: [known] as [string], acceptNew: true };
      const error = await failure(probeOnce(ssh, target(port), options(server, { trust })));
      expect([error.code, error.message]).toEqual([
        "protocol",
        `127.0.0.1:${port} broke the protocol during the key exchange: ` +
        "Handshake failed: signature verification failed",
      ]);
      expect(() => Deno.statSync(known)).toThrow(Deno.errors.NotFound);
    } finally {
      await new Promise<void>((done) => imposter.close(() => done()));
    }
  });
});
