import { afterAll, afterEach, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { Buffer } from "node:buffer";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { connect, createServer, type Server, type Socket } from "node:net";
import { ProbeError } from "../../../lib/probe/error.ts";
import { ssh } from "../../../lib/probe/protocols/ssh.ts";
import { freePorts, startServer } from "../../../lib/probe/lab/start.ts";
import { sshd } from "../../../lib/probe/lab/sshd.ts";
import type { RunningServer } from "../../../lib/probe/lab/types.ts";
import ssh2 from "../../../lib/probe/ssh/_ssh2.ts";
import { findIdentification } from "../../../lib/probe/ssh/_identification.ts";
import { missingServers } from "../../peers/_peers.ts";
import { attempt, failure, options, probeOnce, target } from "./_lab.ts";

const VERSION = "SSH-2.0-OpenSSH_9.2p1\r\n";

describe(
  "a peer that is no good SSH server",
  { ignore: missingServers(sshd) !== undefined },
  () => {
    let real: RunningServer;
    let peer: Server | undefined;
    const sockets = new Set<Socket>();
    beforeAll(async () => {
      real = await startServer(sshd);
    });
    afterAll(async () => await real?.[Symbol.asyncDispose]());
    afterEach(async () => {
      sockets.forEach((socket) => socket.destroy());
      await new Promise<void>((done) => peer === undefined ? done() : peer.close(() => done()));
      peer = undefined;
    });

    async function listen(serve: (socket: Socket) => void): Promise<number> {
      const server = peer = createServer((socket) => {
        sockets.add(socket);
        socket.on("error", () => {}).on("close", () => sockets.delete(socket));
        serve(socket);
      });
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      return (server.address() as { port: number }).port;
    }
    /** A server in between that changes or cuts what the real one says. */
    const between = (change: (chunk: Buffer, sent: number, socket: Socket) => Buffer | undefined) =>
      listen((socket) => {
        const upstream = connect({ host: "127.0.0.1", port: real.ports["ssh"]!, noDelay: true });
        let sent = 0;
        sockets.add(upstream);
        upstream.on("error", () => {}).on("close", () => socket.destroy());
        socket.on("data", (chunk: Buffer) => upstream.write(chunk));
        socket.on("close", () => upstream.destroy());
        upstream.on("data", (chunk: Buffer) => {
          const changed = change(Buffer.from(chunk), sent, socket);
          sent += chunk.length;
          if (changed !== undefined) socket.write(changed);
        });
      });
    /** Any host key is taken: what is tried here comes before or after it. */
    const known = () => {
      const file = `${real.folder}/known_any`;
      const keys = Deno.readTextFileSync(`${real.folder}/known_hosts`);
      Deno.writeTextFileSync(file, keys.replaceAll(/^\S+/gm, "*"));
      return { files: [file] as [string], acceptNew: false };
    };
    const told = async (port: number, timeoutMs = 5000, command = "echo hello") => {
      const at = attempt(timeoutMs);
      const error = await failure(
        probeOnce(ssh, target(port), options(real, { trust: known(), command }), at),
      );
      return { code: error.code, message: error.message, phases: at.clock.phases };
    };

    it("refused: nobody listens", async () => {
      const { ssh: port } = await freePorts(["ssh"]);
      expect((await told(port!)).code).toBe("refused");
    });

    it("protocol: garbage instead of a version, and what it was", async () => {
      const binary = await told(await listen((socket) => socket.write(Buffer.alloc(100, 0))));
      expect(binary.code).toBe("protocol");
      expect(binary.message).toContain("binary data");
      const web = await told(
        await listen((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
      );
      expect([web.code, web.message]).toEqual([
        "protocol",
        expect.stringContaining("HTTP/1.1 400"),
      ]);
      const endless = await told(await listen((socket) => socket.write("x".repeat(9000))));
      expect([endless.code, endless.message])
        .toEqual(["protocol", expect.stringContaining("more than 8192 bytes")]);
      const lines = await told(await listen((socket) => socket.write("hello\r\n".repeat(2000))));
      expect([lines.code, lines.message])
        .toEqual(["protocol", expect.stringContaining("more than 1024 lines")]);
    });

    it("not-supported: SSH 1", async () => {
      const { code } = await told(await listen((socket) => socket.write("SSH-1.5-Cisco-1.25\r\n")));
      expect(code).toBe("not-supported");
    });

    it("timeout: a peer that says nothing, or one byte after another", async () => {
      const silent = await told(await listen(() => {}), 200);
      expect([silent.code, Object.keys(silent.phases)]).toEqual(["timeout", ["connectMs"]]);
      const loris = await told(
        await listen((socket) => {
          const timer = setInterval(() => socket.write("S"), 20);
          socket.on("close", () => clearInterval(timer));
        }),
        300,
      );
      expect(loris.code).toBe("timeout");
    });

    it("timeout: a peer that tells its version and then nothing", async () => {
      const { code, phases } = await told(await listen((socket) => socket.write(VERSION)), 300);
      expect([code, Object.keys(phases)]).toEqual(["timeout", ["connectMs", "bannerMs"]]);
    });

    it("closed: a peer that hangs up, and where it did", async () => {
      const early = await told(await listen((socket) => socket.end()));
      expect([early.code, early.message])
        .toEqual(["closed", expect.stringContaining("before it told its version")]);
      const late = await told(await listen((socket) => socket.end(VERSION)));
      expect([late.code, late.message])
        .toEqual(["closed", expect.stringContaining("during the key exchange")]);
    });

    it("reset: a peer that resets the connection in the middle", async () => {
      const port = await listen((socket) => {
        socket.write(VERSION, () => socket.resetAndDestroy());
      });
      expect((await told(port)).code).toBe("reset");
    });

    it("protocol: a packet that is too long, and one that was changed on the way", async () => {
      const huge = Buffer.concat([Buffer.from(VERSION), Buffer.from("7fffffff0614", "hex")]);
      const long = await told(await listen((socket) => socket.write(huge)));
      expect([long.code, long.message])
        .toEqual(["protocol", expect.stringContaining("packet length")]);
      const changed = await told(
        await between((chunk, sent) => {
          // Well behind the key exchange all is encrypted: one bit breaks the packet.
          if (sent > 1500) chunk[chunk.length - 1]! ^= 1;
          return chunk;
        }),
      );
      expect(changed.code).toBe("protocol");
    });

    it("protocol: a key exchange whose signature was tampered with", async () => {
      const head = Buffer.concat([
        Buffer.from([0, 0, 0, 11]),
        Buffer.from("ssh-ed25519"),
        Buffer.from([0, 0, 0, 64]),
      ]);
      let tampered = 0;
      const port = await between((chunk) => {
        const at = chunk.indexOf(head);
        if (at >= 0) {
          chunk[at + head.length]! ^= 1;
          tampered++;
        }
        return chunk;
      });
      const { code, message } = await told(port);
      expect([tampered, code, message])
        .toEqual([1, "protocol", expect.stringContaining("signature verification failed")]);
    });

    it("a named error, whatever byte is changed on the way: fuzzed", async () => {
      const random = xoroshiro128plus(4253);
      const places = Array.from({ length: 24 }, () => uniformInt(random, 0, 2500));
      let next = 0;
      const port = await listen((socket) => {
        const place = places[next++]!;
        const upstream = connect({ host: "127.0.0.1", port: real.ports["ssh"]!, noDelay: true });
        let sent = 0;
        sockets.add(upstream);
        upstream.on("error", () => {}).on("close", () => socket.end());
        socket.on("data", (chunk: Buffer) => upstream.write(chunk));
        socket.on("close", () => upstream.destroy());
        upstream.on("data", (chunk: Buffer) => {
          if (place >= sent && place < sent + chunk.length) chunk[place - sent]! ^= 0x55;
          sent += chunk.length;
          socket.write(chunk);
        });
      });
      const trust = known();
      const codes = await Promise.all(places.map(async () => {
        const asked = options(real, { trust, command: "echo hello" });
        try {
          await probeOnce(ssh, target(port), asked, attempt(3000));
          return "answered";
        } catch (error) {
          expect(error).toBeInstanceOf(ProbeError);
          return (error as ProbeError).code;
        }
      }));
      expect(codes.filter((code) => code === "protocol").length).toBeGreaterThan(0);
      const expected = ["protocol", "closed", "timeout", "kex-failed", "reset", "remote-error"];
      // A byte that only pads, or that was never sent, changes nothing.
      expect(codes.filter((code) => code !== "answered" && !expected.includes(code))).toEqual([]);
    });

    it("closed or reset: a server that is killed during a command", async () => {
      // The system sends a reset in the place of an end where the server had not read all.
      const { code } = await told(real.ports["ssh"]!, 5000, "kill -9 $PPID; sleep 5");
      expect(["closed", "reset"]).toContain(code);
    });

    it("timeout: a command that does not end", async () => {
      const { code, message } = await told(real.ports["ssh"]!, 800, "echo begun; sleep 60");
      expect([code, message]).toEqual(["timeout", "Not within 800 ms"]);
    });

    it("closed: a server that hangs up as soon as one is logged in", async () => {
      const hostKey = await Deno.readTextFile(`${real.folder}/host_ed25519`);
      const server = new ssh2.Server({ hostKeys: [hostKey] }, (client) => {
        client.on("error", () => {});
        client.on("authentication", (context) => context.accept());
        client.on("ready", () => client.end());
      });
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      try {
        const { code, message } = await told(server.address().port);
        expect([code, message])
          .toEqual(["closed", expect.stringContaining("after authentication")]);
      } finally {
        await new Promise<void>((done) => server.close(() => done()));
      }
    });

    it("exit-code: a command that fails, with what it complained about", async () => {
      const { code, message } = await told(
        real.ports["ssh"]!,
        5000,
        "echo no such thing >&2; exit 9",
      );
      expect([code, message]).toEqual([
        "exit-code",
        "the command ended with 9, expected 0: no such thing",
      ]);
      const killed = await told(real.ports["ssh"]!, 5000, "kill -TERM $$");
      expect(killed.message).toContain("was ended by SIGTERM");
    });

    it("takes a version that comes in pieces, with lines before it", async () => {
      const port = await listen((socket) => {
        const upstream = connect({ host: "127.0.0.1", port: real.ports["ssh"]!, noDelay: true });
        sockets.add(upstream);
        upstream.on("error", () => {}).on("close", () => socket.end());
        socket.on("close", () => upstream.destroy());
        socket.setNoDelay(true);
        socket.write("Welcome to\r\nthe lab\r\n");
        upstream.once("data", async (chunk: Buffer) => {
          upstream.pause();
          for (const byte of chunk) {
            await new Promise<void>((done) => socket.write(Buffer.from([byte]), () => done()));
          }
          upstream.pipe(socket);
        });
        socket.on("data", (chunk: Buffer) => upstream.write(chunk));
      });
      const { greeting, banner } = await probeOnce(
        ssh,
        target(port),
        options(real, { trust: known(), until: "kex" }),
      );
      expect([greeting, banner]).toEqual([
        "Welcome to\r\nthe lab\r\n",
        expect.stringMatching(/^SSH-2\.0-OpenSSH/),
      ]);
    });

    it("keeps only the beginning of a long output, and counts the rest", async () => {
      const { command } = await probeOnce(
        ssh,
        target(real.ports["ssh"]!),
        options(real, { command: "head -c 3000000 /dev/zero | tr '\\0' x", maxOutputBytes: 1000 }),
      );
      expect([command?.stdout, command?.stdoutBytes, command?.truncated])
        .toEqual(["x".repeat(1000), 3_000_000, true]);
    });
  },
);

describe("the version of a server", () => {
  it("is found in the same way however it is cut", () => {
    const whole = Buffer.from(`Hello\n${VERSION}rest`);
    const complete = whole.indexOf("\n", 7) + 1;
    for (let end = 0; end <= whole.length; end++) {
      const found = findIdentification(whole.subarray(0, end));
      expect([end, found?.software]).toEqual([end, end < complete ? undefined : "OpenSSH_9.2p1"]);
    }
  });
});
