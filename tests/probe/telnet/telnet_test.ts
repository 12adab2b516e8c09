import { afterAll, afterEach, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { Buffer } from "node:buffer";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { telnet } from "../../../lib/probe/protocols/telnet.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import { TELNET_USER, telnetd } from "../../../lib/probe/lab/telnetd.ts";
import type { RunningServer } from "../../../lib/probe/lab/types.ts";
import { parseScript } from "../../../lib/probe/script/schema.ts";
import { secret } from "../../../lib/probe/secret.ts";
import type { TelnetOptions } from "../../../lib/probe/telnet/types.ts";
import { missingPeers, missingServers } from "../../peers/_peers.ts";
import { attempt, failure, probeOnce, run, target } from "../ssh/_lab.ts";

const DEFAULTS: TelnetOptions = {
  loginPrompt: /(?:login|user ?name|user):\s*$/i,
  passwordPrompt: /password:\s*$/i,
  maxOutputBytes: 10_000,
};

const missing = missingServers(telnetd) ?? missingPeers({ curl: "curl" });

describe("telnet with a real server", { ignore: missing !== undefined }, () => {
  let server: RunningServer;
  let port: number;
  let password: string;
  beforeAll(async () => {
    server = await startServer(telnetd);
    port = server.ports["telnet"]!;
    password = (await Deno.readTextFile(join(server.folder, "password"))).trim();
  });
  afterAll(async () => await server?.[Symbol.asyncDispose]());

  it("negotiates, and tells the banner without logging in", async () => {
    const at = attempt();
    const { banner, options, user, weak } = await probeOnce(telnet, target(port), DEFAULTS, at);
    expect(banner).toMatch(/Authorised users only #$/);
    expect(options).toContainEqual({ option: "suppressGoAhead", side: "peer", on: true });
    expect(options).toContainEqual({ option: "terminalType", side: "us", on: true });
    expect(options).toContainEqual({ option: "windowSize", side: "us", on: true });
    // X display and environment are refused.
    expect(options).toContainEqual({ option: "35", side: "us", on: false });
    expect([user, weak]).toEqual([undefined, ["cleartext"]]);
    expect(Object.keys(at.clock.phases)).toEqual(["connectMs", "bannerMs"]);
  });

  it("logs in and runs a script, on one connection after another request", async () => {
    const script = parseScript("steps: [show version, show long]", "s");
    const login = { ...DEFAULTS, user: TELNET_USER, password: secret(password), script };
    const at = attempt();
    await using connection = await telnet.open(target(port), login, at);
    const cold = await connection.request(at);
    expect(cold.user).toBe(TELNET_USER);
    const lines = Array.from({ length: 25 }, (_, i) => `line ${i + 1}`).join("\n");
    expect(cold.script?.steps.map(({ output }) => output))
      .toEqual(["Gear OS 1.2\nUptime is 3 days>", lines]);
    expect(Object.keys(at.clock.phases))
      .toEqual(["connectMs", "bannerMs", "authMs", "transferMs"]);
    expect(connection.reusable).toBe(true);
    const later = attempt();
    const warm = await connection.request(later);
    expect(warm.script?.steps[0]?.output).toBe("Gear OS 1.2\nUptime is 3 days>");
    expect(Object.keys(later.clock.phases)).toEqual(["transferMs"]);
  });

  it("tells wrong and missing credentials, never showing them", async () => {
    const wrong = await failure(probeOnce(telnet, target(port), {
      ...DEFAULTS,
      user: TELNET_USER,
      password: secret("not-this-one"),
    }));
    expect([wrong.code, wrong.message])
      .toEqual(["auth-failed", `127.0.0.1:${port} refused user admin: % Login invalid`]);
    const missing = await failure(
      probeOnce(telnet, target(port), { ...DEFAULTS, user: TELNET_USER }),
    );
    expect([missing.code, missing.message])
      .toEqual(["auth-missing", `127.0.0.1:${port} asks for a password and none was given`]);
    const script = parseScript("steps: [show version]", "s");
    expect((await failure(probeOnce(telnet, target(port), { ...DEFAULTS, script }))).code)
      .toBe("auth-missing");
  });

  it("gets the same output as another client", async () => {
    // curl speaks Telnet too; it sends what it reads and prints what comes.
    const input = join(server.folder, "input");
    await Deno.writeTextFile(input, `${TELNET_USER}\n${password}\nshow version\nexit\n`);
    const theirs = await run([
      "curl",
      "-s",
      "--max-time",
      "5",
      "-T",
      input,
      `telnet://127.0.0.1:${port}`,
    ]);
    const script = parseScript("steps: [show version]", "s");
    const { script: ours } = await probeOnce(telnet, target(port), {
      ...DEFAULTS,
      user: TELNET_USER,
      password: secret(password),
      script,
    });
    expect(theirs.stdout.replaceAll("\r", "")).toContain(ours!.steps[0]!.output);
  });
});

describe("a peer that is no good Telnet server", () => {
  let peer: Server | undefined;
  const sockets = new Set<Socket>();
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
  const told = async (port: number, timeoutMs = 5000) => {
    const { code, message } = await failure(
      probeOnce(telnet, target(port), DEFAULTS, attempt(timeoutMs)),
    );
    return [code, message];
  };

  it("timeout: silence, and one byte after another", async () => {
    expect((await told(await listen(() => {}), 200))[0]).toBe("timeout");
    const port = await listen((socket) => {
      const timer = setInterval(() => socket.write("x"), 20);
      socket.on("close", () => clearInterval(timer));
    });
    expect(await told(port, 300)).toEqual(["timeout", expect.stringContaining('ends with "xxx')]);
  });

  it("closed: hangs up before a prompt", async () => {
    const port = await listen((socket) => socket.end("Too many users\r\n"));
    expect((await told(port))[0]).toBe("closed");
  });

  it("reset: in the middle of the banner", async () => {
    const port = await listen((socket) => {
      socket.write("Wel", () => setTimeout(() => socket.resetAndDestroy(), 10));
    });
    expect((await told(port))[0]).toBe("reset");
  });

  it("too-large: a banner without end", async () => {
    const port = await listen((socket) => {
      const more = () => void (socket.writable && socket.write("blah\r\n".repeat(100), more));
      more();
    });
    expect((await told(port))[0]).toBe("too-large");
  });

  it("protocol: negotiation without end, and a subnegotiation without end", async () => {
    const endless = await listen((socket) => {
      const ask = Buffer.from([255, 253, 200]);
      socket.on("data", () => socket.write(ask));
      socket.write(ask);
    });
    expect(await told(endless))
      .toEqual(["protocol", expect.stringContaining("200 changes of options")]);
    const long = await listen((socket) => {
      socket.write(Buffer.concat([
        Buffer.from([255, 250, 24]),
        Buffer.alloc(6000, 1),
        Buffer.from([255, 240]),
      ]));
    });
    expect(await told(long)).toEqual(["protocol", expect.stringContaining("has no end")]);
  });
});
