import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { ssh } from "../../../lib/probe/protocols/ssh.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import { prepareSshd, SSHD_NEEDS } from "../../../lib/probe/lab/_sshd.ts";
import type { LabServer, RunningServer } from "../../../lib/probe/lab/types.ts";
import {
  certificateFault,
  type HostCertificate,
  parseCertificate,
} from "../../../lib/probe/ssh/certificate.ts";
import { missingServers } from "../../peers/_peers.ts";
import { openSsh, options, probeOnce, run, target } from "./_lab.ts";

const TYPES = ["ed25519", "ecdsa", "rsa"] as const;
type Type = typeof TYPES[number];

/** OpenSSH's server with a certificate for each host key, by an authority of another type. */
const server: LabServer = {
  name: "sshd-certificates",
  title: "OpenSSH's server with certificates",
  needs: SSHD_NEEDS,
  ports: { ed25519: 0, ecdsa: 0, rsa: 0, expired: 0, foreign: 0 },
  async prepare(setup) {
    const { folder, ports } = setup;
    const plan = await prepareSshd(setup, ports["ed25519"]!, {
      hostKeys: TYPES,
      userKey: "ed25519",
      config: ["UsePAM no", "AllowUsers *"],
    });
    const at = (name: string) => join(folder, name);
    const authority: Record<Type, Type> = { ed25519: "rsa", ecdsa: "ed25519", rsa: "ecdsa" };
    for (const type of TYPES) {
      await run(["ssh-keygen", "-q", "-t", type, "-N", "", "-f", at(`ca_${type}`)]);
    }
    const sign = async (type: Type, names: string, more: string[], as = `host_${type}`) => {
      const key = await Deno.readTextFile(at(`host_${type}.pub`));
      await Deno.writeTextFile(at(`${as}.pub`), key);
      const ended = await run([
        ...["ssh-keygen", "-q", "-h", "-s", at(`ca_${authority[type]}`), "-I", `lab ${type}`],
        ...["-n", names, "-z", "42", ...more, at(`${as}.pub`)],
      ] as [string, ...string[]]);
      if (ended.code !== 0) throw new TypeError(ended.stderr);
    };
    for (const type of TYPES) await sign(type, "127.0.0.1,*.example", []);
    await sign("ed25519", "127.0.0.1", ["-V", "20200101:20200201"], "expired");
    await sign("ed25519", "r1.example", [], "foreign");
    // One server a certificate: a server shows the first that is asked for.
    const config = await Deno.readTextFile(at("sshd_config"));
    const children = Object.entries(ports).map(async ([name, port]) => {
      const type = (TYPES as readonly string[]).includes(name) ? name : "ed25519";
      const certificate = type === name ? `host_${name}` : name;
      await Deno.writeTextFile(
        at(`config_${name}`),
        config.replace(/^Port .*$/m, `Port ${port}`)
          .replaceAll(/^HostKey .*\n/gm, "")
          .replace(/^PidFile .*$/m, `PidFile ${at(`pid_${name}`)}`) +
          `HostKey ${at(`host_${type}`)}\nHostCertificate ${at(`${certificate}-cert.pub`)}\n`,
      );
      return `${plan.argv[0]} -D -e -f ${at(`config_${name}`)} &`;
    });
    const script = [...await Promise.all(children), "trap 'kill $(jobs -p)' TERM", "wait", "wait"];
    return {
      ...plan,
      argv: ["/bin/bash", "-c", script.join("\n")],
      ready: { kind: "tcp", port: ports["foreign"]! },
    };
  },
};
const missing = missingServers(server);

describe("host certificates", { ignore: missing !== undefined }, () => {
  let running: RunningServer;
  beforeAll(async () => {
    running = await startServer(server);
  });
  afterAll(async () => await running?.[Symbol.asyncDispose]());

  const authorityOf = (name: string) =>
    Deno.readTextFileSync(join(running.folder, `ca_${name}.pub`)).split(" ", 2).join(" ");

  /** What is thought of the host here, and whether OpenSSH's client trusts it. */
  async function judge(name: string, lines: readonly string[]): Promise<string> {
    const known = join(running.folder, `known_${name}`);
    await Deno.writeTextFile(known, lines.map((line) => line + "\n").join(""));
    const port = running.ports[name]!;
    const trust = { files: [known] as [string], acceptNew: false };
    let ours: string;
    try {
      const result = await probeOnce(
        ssh,
        target(port),
        options(running, { command: "true", trust }),
      );
      ours = result.hostKey!.trust;
    } catch (error) {
      ours = (error as { code: string }).code;
    }
    const [program, ...args] = openSsh(running, port);
    const own = args.map((a) =>
      a.startsWith("UserKnownHostsFile=") ? `UserKnownHostsFile=${known}` : a
    );
    const theirs = await run([program, ...own, "127.0.0.1", "true"]);
    expect([name, lines, ["known", "certificate"].includes(ours)])
      .toEqual([name, lines, theirs.code === 0]);
    return ours;
  }

  it("are taken of every type where the authority is known, as by OpenSSH's client", async () => {
    const pairs = [["ed25519", "rsa"], ["ecdsa", "ed25519"], ["rsa", "ecdsa"]] as const;
    for (const [name, authority] of pairs) {
      const line = `@cert-authority 127.0.0.1,[127.0.0.1]:* ${authorityOf(authority)}`;
      expect([name, await judge(name, [line])]).toEqual([name, "certificate"]);
    }
  });

  it("tell who vouches for the host, and in which algorithm it proved itself", async () => {
    const known = join(running.folder, "known_rsa");
    await Deno.writeTextFile(known, `@cert-authority * ${authorityOf("ecdsa")}\n`);
    const { hostKey, negotiated, weak } = await probeOnce(
      ssh,
      target(running.ports["rsa"]!),
      options(running, { trust: { files: [known], acceptNew: false } }),
    );
    const { stdout } = await run(["ssh-keygen", "-lf", join(running.folder, "host_rsa.pub")]);
    expect(hostKey).toEqual({
      type: "ssh-rsa-cert-v01@openssh.com",
      fingerprint: stdout.split(" ")[1],
      trust: "certificate",
      certificate: { id: "lab rsa", serial: "42", principals: ["127.0.0.1", "*.example"] },
    });
    expect(negotiated?.hostKey).toBe("rsa-sha2-512-cert-v01@openssh.com");
    expect(weak).toEqual([]);
  });

  it("count for nothing without their authority", async () => {
    expect(await judge("ed25519", [`@cert-authority * ${authorityOf("ed25519")}`]))
      .toBe("hostkey-unknown");
    expect(await judge("ed25519", [`@cert-authority r1 ${authorityOf("rsa")}`]))
      .toBe("hostkey-unknown");
    // Without the marker it is the authority's own key that is trusted, not those it signs.
    expect(await judge("ed25519", [`* ${authorityOf("rsa")}`])).toBe("hostkey-unknown");
  });

  it("count for nothing when they are expired or another host's; the bare key still counts", async () => {
    const authority = `@cert-authority * ${authorityOf("rsa")}`;
    const bare = Deno.readTextFileSync(join(running.folder, "host_ed25519.pub"));
    for (const name of ["expired", "foreign"]) {
      expect(await judge(name, [authority])).toBe("hostkey-unknown");
      expect(await judge(name, [authority, `* ${bare.trim()}`])).toBe("known");
    }
  });

  it("are revoked with their key or their authority", async () => {
    const authority = `@cert-authority * ${authorityOf("rsa")}`;
    const bare = Deno.readTextFileSync(join(running.folder, "host_ed25519.pub")).trim();
    expect(await judge("ed25519", [authority, `@revoked * ${bare}`])).toBe("hostkey-revoked");
    expect(await judge("ed25519", [authority, `@revoked * ${authorityOf("rsa")}`]))
      .toBe("hostkey-revoked");
  });

  it("hold only as they were signed", async () => {
    const text = await Deno.readTextFile(join(running.folder, "host_ed25519-cert.pub"));
    const blob = Buffer.from(text.split(" ")[1]!, "base64");
    const now = Date.now() / 1000;
    const fault = (change: Partial<HostCertificate>, host = "127.0.0.1") =>
      certificateFault({ ...parseCertificate(blob), ...change }, host, now);
    expect(fault({})).toBeUndefined();
    expect(fault({}, "R1.Example")).toBeUndefined();
    expect(fault({}, "127.0.0.2")).toBe("it is for 127.0.0.1, *.example");
    expect(fault({ kind: 1 })).toBe("it is not a host's certificate");
    expect(fault({ conditions: true })).toMatch(/conditions/);
    expect(fault({ validBefore: 1n })).toBe("it expired on 1970-01-01T00:00:01.000Z");
    expect(fault({ validAfter: 2n ** 60n })).toBe("it is not valid before the end of time");
    // One changed bit anywhere in what is signed breaks it, or makes it unreadable.
    for (let i = 0; i < blob.length; i += 3) {
      const changed = Buffer.from(blob);
      changed[i]! ^= 1;
      let found: string | undefined;
      try {
        found = certificateFault(parseCertificate(changed), "127.0.0.1", now);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        continue;
      }
      expect([i, found]).toEqual([i, "the authority's signature does not fit"]);
    }
  });
});
