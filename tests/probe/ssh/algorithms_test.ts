import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { ssh } from "../../../lib/probe/protocols/ssh.ts";
import { findPrograms, freePorts } from "../../../lib/probe/lab/start.ts";
import { prepareSshd, SSHD_NEEDS } from "../../../lib/probe/lab/_sshd.ts";
import type { LabServer } from "../../../lib/probe/lab/types.ts";
import type { Negotiated } from "../../../lib/probe/ssh/types.ts";
import { algorithmsFor } from "../../../lib/probe/ssh/algorithms.ts";
import { missingServers } from "../../peers/_peers.ts";
import { options, probeOnce, run, target } from "./_lab.ts";

const needs: LabServer = {
  name: "sshd-inetd",
  title: "",
  needs: SSHD_NEEDS,
  ports: {},
  prepare: () => Promise.reject(new TypeError("Started by each connection")),
};

describe("every algorithm that is offered", { ignore: missingServers(needs) !== undefined }, () => {
  let folder: string;
  let argv: readonly string[];
  let server: Server;
  let port: number;
  let hasDsa = false;
  let extra: readonly string[] = [];
  beforeAll(async () => {
    folder = await Deno.makeTempDir();
    const found = findPrograms(needs);
    if ("missing" in found) throw new TypeError("No sshd");
    port = (await freePorts(["ssh"]))["ssh"]!;
    const plan = await prepareSshd({ folder, ports: {}, programs: found.programs }, port, {
      hostKeys: ["ed25519", "ecdsa", "rsa"],
      userKey: "ed25519",
      config: ["UsePAM no", `HostKey ${join(folder, "p384")}`, `HostKey ${join(folder, "p521")}`],
    });
    for (const bits of ["384", "521"]) {
      const file = join(folder, `p${bits}`);
      await run(["ssh-keygen", "-q", "-t", "ecdsa", "-b", bits, "-N", "", "-f", file]);
      const [type, key] = (await Deno.readTextFile(`${file}.pub`)).split(" ");
      const line = `[127.0.0.1]:${port} ${type} ${key}\n`;
      await Deno.writeTextFile(join(folder, "known_hosts"), line, { append: true });
    }
    // Newer versions of OpenSSH have given up DSA.
    const dsa = join(folder, "dsa");
    hasDsa = (await run(["ssh-keygen", "-q", "-t", "dsa", "-N", "", "-f", dsa])).code === 0;
    if (hasDsa) {
      const [type, key] = (await Deno.readTextFile(`${dsa}.pub`)).split(" ");
      const line = `[127.0.0.1]:${port} ${type} ${key}\n`;
      await Deno.writeTextFile(join(folder, "known_hosts"), line, { append: true });
      await Deno.writeTextFile(join(folder, "sshd_config"), `HostKey ${dsa}\n`, { append: true });
    }
    argv = plan.argv;
    // As by inetd: a server for each connection, with the algorithms of the moment.
    server = createServer((socket) => void serve(socket));
    await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  });
  afterAll(async () => {
    await new Promise<void>((done) => server.close(() => done()));
    await Deno.remove(folder, { recursive: true });
  });

  async function serve(socket: Socket): Promise<void> {
    const [program, ...args] = [...argv.filter((word) => word !== "-D"), "-i"];
    const child = new Deno.Command(program!, {
      args: [...args, ...extra.flatMap((option) => ["-o", option])],
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    socket.on("error", () => {});
    const input = Writable.fromWeb(child.stdin);
    const output = Readable.fromWeb(child.stdout as never);
    input.on("error", () => {});
    socket.pipe(input);
    output.pipe(socket);
    await child.status;
    socket.destroy();
  }

  const offer = algorithmsFor(true, { entries: [], bad: [] }, "r1", 22);

  /** Runs a command under restrictions of the server's configuration. */
  async function agreed(...restrictions: string[]): Promise<Negotiated> {
    extra = restrictions;
    const { command, negotiated } = await probeOnce(
      ssh,
      target(port),
      options({ folder }, { legacy: true, command: "echo ok" }),
    );
    expect([restrictions, command?.stdout]).toEqual([restrictions, "ok\n"]);
    return negotiated!;
  }

  it("exchanges keys, checks host keys, encrypts", async () => {
    const hostKeys = offer.serverHostKey.filter((name) => name !== "ssh-dss" || hasDsa);
    const rounds = Math.max(offer.kex.length, hostKeys.length, offer.cipher.length);
    for (let i = 0; i < rounds; i++) {
      const kex = offer.kex[i % offer.kex.length]!;
      const hostKey = hostKeys[i % hostKeys.length]!;
      const cipher = offer.cipher[i % offer.cipher.length]!;
      const found = await agreed(
        `KexAlgorithms=${kex}`,
        `HostKeyAlgorithms=${hostKey}`,
        `Ciphers=${cipher}`,
      );
      expect(found).toMatchObject({ kex, hostKey, cipher });
    }
  });

  it("authenticates messages", async () => {
    for (const mac of offer.hmac) {
      expect((await agreed(`MACs=${mac}`, "Ciphers=aes128-ctr")).mac).toBe(mac);
    }
  });
});
