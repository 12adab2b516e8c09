/** `versus listen` beside real senders: net-snmp, logger, openssl, pmacct. */
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { join } from "node:path";
import { createSocket } from "node:dgram";
import * as v from "valibot";
import { ListenLineSchema } from "../../lib/probe/listen/mod.ts";
import { missingPeers } from "../peers/_peers.ts";
import { type Ended, startVersus, versus, versusCommand } from "./versus.ts";

let home: string;

beforeAll(async () => {
  home = await Deno.makeTempDir();
});
afterAll(async () => {
  await Deno.remove(home, { recursive: true });
});

type Line = Record<string, unknown> & { objects: Record<string, unknown>[] };

/** A listener that runs: where it can be sent to, and how it ended. */
interface Running {
  readonly ports: readonly number[];
  /** Sends a signal, and waits for its end. */
  end(signal?: Deno.Signal): Promise<Ended & { lines: Line[] }>;
}

/** Starts a listener and waits until it says where it listens. */
async function start(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const child = startVersus(["listen", ...args], { home, env });
  const stdout = new Response(child.stdout).text();
  const reader = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
  let stderr = "";
  const read = async () => {
    const { value, done } = await reader.read();
    stderr += value ?? "";
    return !done;
  };
  while (!/^Listening on .*\n/m.test(stderr)) {
    if (!await read()) throw new Error(`The listener ended: ${stderr}`);
  }
  return {
    ports: [...stderr.matchAll(/127\.0\.0\.1:(\d+)/g)].map((match) => Number(match[1])),
    async end(signal) {
      if (signal !== undefined) child.kill(signal);
      while (await read());
      const { code } = await child.status;
      const text = await stdout;
      const lines = text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
      // Strict where a line has a fixed form: a field that the schema does not know is a mistake.
      for (const line of lines) expect(v.parse(ListenLineSchema, line)).toEqual(line);
      return { code, stdout: text, stderr, lines };
    },
  };
}

async function run(command: string, args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args: [...args],
    env: { SNMP_PERSISTENT_DIR: join(home, "snmp"), SNMPCONFPATH: home, MIBS: "" },
  }).output();
  const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  if (!success) throw new Error(`${command} failed: ${text}`);
  return text;
}

const LINK_DOWN = ["", "1.3.6.1.6.3.1.1.5.3", "1.3.6.1.2.1.2.2.1.8.3", "i", "2"];
const AUTH = "listen-auth-phrase";
const PRIV = "listen-priv-phrase";
const ENGINE = "0x8000000001020304";

const noSnmp = missingPeers({ snmptrap: "snmp", snmpinform: "snmp" });

describe("versus listen trap", { ignore: noSnmp !== undefined }, () => {
  it("prints traps of version 1 and 2, and acknowledges informs", async () => {
    const listener = await start(["trap", "--port", "0", "--max-records", "3"]);
    const to = `127.0.0.1:${listener.ports[0]}`;
    await run("snmptrap", [
      ...["-v1", "-c", "public", to, "1.3.6.1.4.1.32473.1", "192.0.2.1", "6", "17", "100"],
      ...["1.3.6.1.4.1.32473.2", "s", "fan"],
    ]);
    await run("snmptrap", ["-v2c", "-c", "public", to, ...LINK_DOWN]);
    // Without an acknowledgement it would fail.
    await run("snmpinform", ["-v2c", "-c", "public", "-r", "0", "-t", "10", to, ...LINK_DOWN]);
    const { code, stderr, lines } = await listener.end();
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({
      version: "1",
      kind: "trap",
      trapOid: "1.3.6.1.4.1.32473.1.0.17",
      agentAddress: "192.0.2.1",
      upTimeMs: 1000,
      objects: [{ oid: "1.3.6.1.4.1.32473.2", value: "fan" }],
    });
    expect(lines.map(({ kind, trap }) => [kind, trap])).toEqual([
      ["trap", undefined],
      ["trap", "linkDown"],
      ["inform", "linkDown"],
    ]);
    expect(lines[1]!.objects).toEqual([{
      oid: "1.3.6.1.2.1.2.2.1.8.3",
      name: "ifOperStatus.3",
      type: "Integer32",
      value: 2,
      text: "down",
    }]);
    expect(stderr).toContain("3 records in 3 messages");
    expect(stderr).toContain("traps: 2, informs: 1");
    expect(stderr).toMatch(/dropped by the kernel: 0/);
  });

  for (
    const [auth, priv] of [["SHA-256", "AES"], ["MD5", "DES"], ["SHA-512", "AES-256"]] as const
  ) {
    it(`takes traps and informs of version 3 with ${auth} and ${priv}`, async () => {
      const listener = await start([
        ...["trap", "--port", "0", "--max-records", "2", "--user", "ops"],
        ...["--auth-protocol", auth, "--auth-password-env", "A"],
        ...["--priv-protocol", priv, "--priv-password-env", "P"],
      ], { A: AUTH, P: PRIV });
      const to = `127.0.0.1:${listener.ports[0]}`;
      const user = ["-v3", "-u", "ops", "-l", "authPriv", "-a", auth, "-A", AUTH, "-x", priv];
      await run("snmptrap", [...user, "-X", PRIV, "-e", ENGINE, to, ...LINK_DOWN]);
      await run("snmpinform", [...user, "-X", PRIV, "-r", "0", "-t", "10", to, ...LINK_DOWN]);
      const { code, lines, stdout, stderr } = await listener.end();
      expect(code).toBe(0);
      expect(lines[0]).toMatchObject({
        kind: "trap",
        user: "ops",
        level: "authPriv",
        engineId: ENGINE.slice(2),
        trap: "linkDown",
      });
      expect(lines[1]).toMatchObject({ kind: "inform", user: "ops", trap: "linkDown" });
      expect(stdout + stderr).not.toContain("phrase");
    });
  }

  it("counts what it does not trust, and does not print it", async () => {
    const listener = await start([
      ...["trap", "--port", "0", "--max-records", "1", "--community-env", "C"],
      ...["--user", "ops", "--auth-password-env", "A"],
    ], { A: AUTH, C: "listen-community" });
    const to = `127.0.0.1:${listener.ports[0]}`;
    const user = ["-v3", "-l", "authNoPriv", "-a", "SHA-256", "-e", ENGINE];
    await run("snmptrap", ["-v2c", "-c", "public", to, ...LINK_DOWN]);
    await run("snmptrap", [...user, "-u", "ops", "-A", "another-phrase", to, ...LINK_DOWN]);
    await run("snmptrap", [...user, "-u", "stranger", "-A", AUTH, to, ...LINK_DOWN]);
    await run("snmptrap", [
      "-v3",
      "-u",
      "ops",
      "-l",
      "noAuthNoPriv",
      "-e",
      ENGINE,
      to,
      ...LINK_DOWN,
    ]);
    await run("snmptrap", ["-v2c", "-c", "listen-community", to, ...LINK_DOWN]);
    const { lines, stderr } = await listener.end();
    expect(lines.length).toBe(1);
    expect(stderr).toContain("refused: 4");
    for (
      const reason of ["Another community", "wrongDigests", "unknownUserNames", "below the level"]
    ) {
      expect(stderr).toContain(reason);
    }
    expect(stderr).not.toContain("listen-community");
  });
});

const noLogger = missingPeers({ logger: "bsdutils", openssl: "openssl" });

describe("versus listen syslog", { ignore: noLogger !== undefined }, () => {
  it("prints what logger sends, over UDP and TCP, by lines and octet counts", async () => {
    const listener = await start([
      ...["syslog", "--port", "0", "--transport", "udp,tcp", "--max-records", "5"],
    ]);
    const [udp, tcp] = listener.ports.map(String) as [string, string];
    const log = (...args: string[]) => run("logger", ["-n", "127.0.0.1", "-t", "tests", ...args]);
    await log("-d", "-P", udp, "--rfc5424", "-p", "local3.warning", "one");
    await log("-d", "-P", udp, "--rfc3164", "-p", "daemon.err", "two");
    await log("-T", "-P", tcp, "--rfc5424", "--octet-count", "three");
    await log("-T", "-P", tcp, "--rfc5424", "four");
    await log(
      ...["-d", "-P", udp, "--rfc5424", "--msgid", "LINK"],
      ...["--sd-id", "port@32473", "--sd-param", 'name="et\\"1"', "five"],
    );
    const { code, lines } = await listener.end();
    expect(code).toBe(0);
    const find = (message: string) => lines.find((line) => line.message === message);
    expect(find("one")).toMatchObject({
      format: "rfc5424",
      facility: "local3",
      severity: "warning",
      app: "tests",
    });
    expect(find("two")).toMatchObject({
      format: "rfc3164",
      facility: "daemon",
      severity: "err",
      app: "tests",
    });
    expect(find("three")).toMatchObject({ format: "rfc5424", app: "tests" });
    expect(find("four")).toMatchObject({ format: "rfc5424", app: "tests" });
    expect(find("five")).toMatchObject({
      msgId: "LINK",
      structuredData: { "port@32473": { name: 'et"1' } },
    });
  });

  it("takes messages over TLS", async () => {
    const [cert, key] = [join(home, "cert.pem"), join(home, "key.pem")];
    await run("openssl", [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"],
      ...["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
    ]);
    const listener = await start([
      ...["syslog", "--transport", "tls", "--tls-port", "0", "--cert", cert, "--key", key],
      ...["--max-records", "2"],
    ]);
    const client = new Deno.Command("openssl", {
      args: [
        ...["s_client", "-connect", `127.0.0.1:${listener.ports[0]}`, "-CAfile", cert],
        ...["-verify_return_error", "-quiet", "-no_ign_eof"],
      ],
      stdin: "piped",
      stdout: "null",
      stderr: "null",
    }).spawn();
    const writer = client.stdin.getWriter();
    const message = "<13>1 - r1 tests - - - sealed";
    await writer.write(new TextEncoder().encode(`${message.length} ${message}`.repeat(2)));
    const { code, lines } = await listener.end();
    await writer.close().catch(() => {});
    await client.status;
    expect(code).toBe(0);
    expect(lines.map(({ host, message }) => [host, message])).toEqual([
      ["r1", "sealed"],
      ["r1", "sealed"],
    ]);
  });

  it("ends in good order on SIGTERM and SIGINT, with what it got in the file", async () => {
    for (const [signal, exitCode] of [["SIGTERM", 143], ["SIGINT", 130]] as const) {
      const file = join(home, `${signal}.jsonl`);
      const listener = await start(["syslog", "--port", "0", "--out", file]);
      const port = String(listener.ports[0]);
      for (const text of ["one", "two"]) {
        await run("logger", ["-n", "127.0.0.1", "-P", port, "-d", "--rfc5424", text]);
      }
      await send(Number(port), ["no priority"]);
      await untilLines(file, 2);
      const { code, stdout, stderr } = await listener.end(signal);
      expect([signal, code, stdout]).toEqual([signal, exitCode, ""]);
      expect(stderr).toContain("2 records in 3 messages");
      expect(stderr).toContain("malformed: 1");
      expect(stderr).toContain("1 × A message without a priority");
      expect(Deno.readTextFileSync(file).trim().split("\n").length).toBe(2);
    }
  });
});

/** Sends datagrams. */
async function send(port: number, texts: readonly (string | Uint8Array)[]): Promise<void> {
  const socket = createSocket("udp4");
  for (const text of texts) {
    await new Promise<void>((done, fail) =>
      socket.send(text, port, "127.0.0.1", (error) => error ? fail(error) : done())
    );
  }
  await new Promise<void>((done) => socket.close(() => done()));
}

/** Waits until a file has so many lines. */
async function untilLines(file: string, count: number): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const lines = Deno.readTextFileSync(file).split("\n").length - 1;
    if (lines >= count) return;
    if (Date.now() > deadline) throw new Error(`${file} has ${lines} lines, expected ${count}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

const noPmacct = Deno.uid() === 0
  ? missingPeers({ pmacctd: "pmacct" })
  : "pmacctd needs root to capture";

describe("versus listen netflow and sflow", { ignore: noPmacct !== undefined }, () => {
  /** Starts pmacctd on loopback with one plugin, sends traffic until it was exported, and ends it. */
  async function exportWith(
    plugin: string,
    settings: readonly string[],
    exported: Promise<unknown>,
  ): Promise<void> {
    const file = join(home, `${plugin}.conf`);
    const target = createSocket("udp4");
    await new Promise<void>((done) => target.bind(0, "127.0.0.1", done));
    const { port } = target.address();
    Deno.writeTextFileSync(
      file,
      [
        "daemonize: false",
        "pcap_interface: lo",
        `pcap_filter: udp port ${port}`,
        `pidfile: ${join(home, `${plugin}.pid`)}`,
        `plugins: ${plugin}`,
        "aggregate: src_host, dst_host, src_port, dst_port, proto, tos",
        ...settings,
        "",
      ].join("\n"),
    );
    const daemon = new Deno.Command("pmacctd", {
      args: ["-f", file],
      env: { PATH: `${Deno.env.get("PATH")}:/usr/sbin` },
      stdout: "null",
      stderr: "null",
    }).spawn();
    const traffic = setInterval(() => send(port, ["x".repeat(300)]), 20);
    try {
      await exported;
    } finally {
      clearInterval(traffic);
      daemon.kill("SIGINT");
      await daemon.status;
      await new Promise<void>((done) => target.close(() => done()));
    }
  }

  for (const [version, format] of [["5", "netflow5"], ["9", "netflow9"], ["10", "ipfix"]]) {
    it(`decodes version ${version} of nfprobe`, async () => {
      const listener = await start(["netflow", "--port", "0", "--max-records", "2"]);
      const ended = listener.end();
      await exportWith("nfprobe", [
        `nfprobe_receiver: 127.0.0.1:${listener.ports[0]}`,
        `nfprobe_version: ${version}`,
        "nfprobe_timeouts: tcp=1:maxlife=2:general=1:expint=1:udp=1",
      ], ended);
      const { code, lines, stderr } = await ended;
      expect(code).toBe(0);
      expect(stderr).toContain("malformed: 0");
      const flow = lines.find(({ record }) => record === "flow")!;
      expect(flow).toMatchObject({
        format,
        sourceIPv4Address: "127.0.0.1",
        destinationIPv4Address: "127.0.0.1",
        protocolIdentifier: 17,
      });
      expect(Number(flow.octetDeltaCount)).toBe(328 * Number(flow.packetDeltaCount));
    });
  }

  it("decodes sfprobe", async () => {
    const listener = await start(["sflow", "--port", "0", "--max-records", "5"]);
    const ended = listener.end();
    await exportWith("sfprobe", [
      `sfprobe_receiver: 127.0.0.1:${listener.ports[0]}`,
      "sampling_rate: 2",
    ], ended);
    const { code, lines, stderr } = await ended;
    expect(code).toBe(0);
    expect(stderr).toContain("malformed: 0");
    const flow = lines.find(({ record }) => record === "flow")!;
    expect(flow).toMatchObject({
      format: "sflow5",
      samplingRate: 2,
      sourceIPv4Address: "127.0.0.1",
      destinationIPv4Address: "127.0.0.1",
      protocolIdentifier: 17,
      ipTotalLength: 328,
    });
  });
});

describe("versus listen", () => {
  const ask = (...args: string[]) => versus(["listen", ...args], { home });

  it("says what is wrong with its options", async () => {
    const cases: [string[], string][] = [
      [["trapp"], "did you mean trap?"],
      [["netflow", "--cert", "x"], "--cert is for versus listen syslog"],
      [["syslog", "--user", "x"], "--user is for versus listen trap"],
      [["syslog", "--transport", "tls"], "TLS needs a certificate"],
      [["sflow", "--listen", "r1"], "expected an address"],
      [["sflow", "--port", "70000"], "a port up to 65535"],
      [["trap", "--user", "ops", "--auth-password-env", "NOT_SET_ANYWHERE"], "which is not set"],
    ];
    for (const [args, message] of cases) {
      const { code, stdout, stderr } = await ask(...args);
      expect([args, code, stdout]).toEqual([args, 2, ""]);
      expect(stderr).toContain(message);
    }
  });

  it("says so when the port is taken", async () => {
    const socket = createSocket("udp4");
    await new Promise<void>((done) => socket.bind(0, "127.0.0.1", done));
    const { code, stderr } = await ask("sflow", "--port", String(socket.address().port));
    await new Promise<void>((done) => socket.close(() => done()));
    expect(code).toBe(2);
    expect(stderr).toContain("is in use");
  });

  it("does without the C library where it may not be called", async () => {
    const [program, ...words] = versusCommand([
      "listen",
      "syslog",
      "--port",
      "0",
      "--max-records",
      "1",
    ]);
    const child = new Deno.Command(program!, {
      args: words.toSpliced(1, 0, "--deny-ffi"),
      env: { VERSUS_HOME: home },
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const stdout = new Response(child.stdout).text();
    let stderr = "";
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      const before = stderr;
      stderr += text;
      const port = /:(\d+)\n/.exec(stderr)?.[1];
      if (port !== undefined && !before.includes("\n")) await send(Number(port), ["<13>app: text"]);
    }
    expect((await child.status).code).toBe(0);
    expect(JSON.parse(await stdout).message).toBe("text");
    expect(stderr).toContain("1 record in 1 message of 13 bytes");
  });

  it("ends by itself after a time, with an empty result", async () => {
    const { code, stdout, stderr } = await ask("netflow", "--port", "0", "--for", "100ms");
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toContain("0 records in 0 messages");
  });
});
