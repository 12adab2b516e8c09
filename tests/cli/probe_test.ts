/** `versus probe`: what is printed, exit codes, files, inventories, mistakes, interruption. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { type ProbeDocument, ProbeEventSchema, ProbeSchema } from "../../lib/probe/schema.ts";
import { missingPeers } from "../peers/_peers.ts";
import { closedPort, type FaultyServer, serveTcp } from "../probe/_servers.ts";
import { startVersus, versus } from "./versus.ts";

const noOpenssl = missingPeers({ openssl: "openssl" }) !== undefined;

describe("versus probe", () => {
  let home: string;
  let server: FaultyServer;
  let closed: string;

  beforeAll(async () => {
    server = await serveTcp((socket) => void socket.write("SSH-2.0-lab\r\n"));
    closed = `127.0.0.1:${await closedPort()}`;
  });

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  beforeEach(() => {
    home = Deno.makeTempDirSync({ prefix: "versus-test-" });
  });

  afterEach(() => {
    Deno.removeSync(home, { recursive: true });
  });

  async function probe(...args: string[]) {
    return await versus(["probe", ...args], { home });
  }

  function document(text: string): ProbeDocument {
    return v.parse(ProbeSchema, JSON.parse(text));
  }

  it("prints a table and what was answered, and ends with 0", async () => {
    const { code, stdout, stderr } = await probe("tcp", server.target, "--banner");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^tcp +state +time/);
    expect(stdout).toContain("open");
    expect(stdout).toContain("SSH-2.0-lab");
  });

  it("prints one document that its schema knows, and nothing else", async () => {
    const { code, stdout, stderr } = await probe(
      ...["tcp", server.target, closed, "--banner", "--count", "3", "--interval", "0", "--json"],
    );
    expect([code, stderr]).toEqual([1, ""]);
    const { targets, protocol, settings } = document(stdout);
    expect([protocol, settings.count, settings.intervalMs]).toEqual(["tcp", 3, 0]);
    expect(targets.map(({ target, state, summary }) => [target, state, summary.lost])).toEqual([
      ...[[server.target, "open", 0], [closed, "refused", 3]],
    ]);
    expect(targets[0]!.result).toMatchObject({ banner: "SSH-2.0-lab" });
  });

  it("prints events as JSON lines", async () => {
    const { code, stdout } = await probe("tcp", server.target, "--events");
    const events = stdout.trim().split("\n").map((line) => JSON.parse(line));
    for (const event of events) v.assert(ProbeEventSchema, event);
    expect([code, ...events.map(({ type }) => type)]).toEqual([
      ...[0, "start", "sample", "target-end", "end"],
    ]);
  });

  it("writes files of every format", async () => {
    const names = ["a.json", "a.ndjson", "a.csv", "a.md", "a.junit.xml", "a.prom"];
    const { code } = await probe(
      ...["tcp", server.target, closed, ...names.flatMap((name) => ["--out", name])],
    );
    expect(code).toBe(1);
    const [json, ndjson, csv, md, junit, prom] = names.map((name) =>
      Deno.readTextFileSync(join(home, name))
    );
    expect(document(json!).targets.length).toBe(2);
    expect(ndjson!.trim().split("\n").length).toBe(6);
    expect(csv).toContain(`,${closed},refused,`);
    expect(md).toContain(`| ${closed} | refused |`);
    expect(junit).toMatch(/<testsuite .*tests="2" failures="1"/);
    expect(prom).toContain(`versus_probe_success{protocol="tcp",target="${closed}"} 0`);
  });

  for (
    const [what, args, code, word] of [
      ["0 for a banner that is expected", ["--expect-banner", "SSH-2.0"], 0, "SSH-2.0-lab"],
      [
        "1 for another banner",
        ["--expect-banner", "/^220/"],
        1,
        "expected /^220/, found SSH-2.0-lab",
      ],
      ["0 within the limits", ["--max-p95", "60s", "--max-loss", "0"], 0, "open"],
      ["3 above a limit", ["--max-p95", "1us"], 3, "--max-p95: the 95th percentile is"],
    ] as const
  ) {
    it(`ends with ${what}`, async () => {
      const ended = await probe("tcp", server.target, ...args);
      expect([ended.code, ended.stdout.includes(word)]).toEqual([code, true]);
    });
  }

  it("ends with 3 when too much is lost, as long as something is answered", async () => {
    let connections = 0;
    await using flaky = await serveTcp((socket) =>
      void (++connections % 2 === 0 ? socket.destroy() : socket.write("x\n"))
    );
    const args = ["tcp", flaky.target, "--banner", "--count", "4", "--interval", "0"];
    expect((await probe(...args)).code).toBe(0);
    const limited = await probe(...args, "--max-loss", "49");
    expect([limited.code, limited.stdout.includes("2 of 4 were lost")]).toEqual([3, true]);
    expect((await probe(...args, "--max-loss", "50%")).code).toBe(0);
  });

  for (
    const [what, args, word] of [
      ["no protocol", [], "Name one of tcp"],
      ["an unknown protocol", ["tpc", "r1:1"], "did you mean tcp"],
      ["no target", ["tcp"], "no target"],
      ["a target that is none", ["tcp", "a b:1"], "Invalid target a b:1"],
      ["a target without a port", ["tcp", "r1"], "no port for r1"],
      [
        "an option of another protocol",
        ["tcp", "r1:1", "--expect-status", "200"],
        "--expect-status",
      ],
      ["a count that is none", ["tcp", "r1:1", "--count", "0"], "--count"],
      ["a time that is none", ["tcp", "r1:1", "--timeout", "soon"], "soon"],
      ["a pattern that is none", ["tcp", "r1:1", "--expect-banner", "/(/"], "--expect-banner"],
      ["an unknown format", ["tcp", "r1:1", "--out", "x.doc"], ".prom"],
      ["an inventory that is not there", ["tcp", "--inventory", "none.yaml"], "no such file"],
      [
        "a secret on the command line",
        ["http", "r1", "--header", "Authorization: x"],
        "--header-env",
      ],
      ["a password that nobody can be asked for", ["http", "r1", "--user", "me"], "password of me"],
      ["a password in a URL", ["http", "http://u:hunter2@r1/"], "password"],
      ["a certificate that is none", ["tls", "r1", "--ca", "/etc/passwd"], "no certificate"],
      ["an unknown type of record", ["dns", "r1", "--name", "x", "--type", "AA"], "AAAA"],
      ["no name to ask for", ["dns", "r1"], "--name"],
      [
        "an address to listen on that is none",
        ["tcp", "r1:1", "--serve", "--listen", "x:1"],
        "--listen",
      ],
    ] as const
  ) {
    it(`ends with 2 for ${what}`, async () => {
      const { code, stdout, stderr } = await probe(...args);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(word);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(stderr).not.toContain("hunter2");
    });
  }

  it("shows the options of the protocol that was named, and of no other", async () => {
    const tcp = await probe("tcp", "--help");
    expect([tcp.code, tcp.stdout.includes("--expect-banner")]).toEqual([0, true]);
    expect(tcp.stdout).not.toContain("--expect-status");
    const http = await probe("http", "--help");
    expect([http.code, http.stdout.includes("--expect-status")]).toEqual([0, true]);
    const all = await probe("--help");
    expect([all.code, /tcp +Connect to a port/.test(all.stdout)]).toEqual([0, true]);
  });

  it("takes targets from an inventory, and hides its secrets", async () => {
    Deno.writeTextFileSync(
      join(home, "lab.yaml"),
      `groups:
  core: { port: ${server.port}, variables: { password: hunter-two } }
hosts:
  r1: { address: 127.0.0.1, groups: [core] }
  r2: { address: 127.0.0.1, port: ${closed.split(":")[1]} }
`,
    );
    const all = await probe("tcp", "--inventory", "lab.yaml", "--json");
    expect(all.code).toBe(1);
    expect(document(all.stdout).targets.map(({ target, state }) => [target, state])).toEqual([
      ...[["r1", "open"], ["r2", "refused"]],
    ]);
    const chosen = await probe("tcp", "core", "--inventory", "lab.yaml", "--json");
    expect([chosen.code, document(chosen.stdout).targets.length]).toEqual([0, 1]);
    expect(all.stdout + all.stderr + chosen.stdout).not.toContain("hunter-two");
    const unknown = await probe("tcp", "r3", "--inventory", "lab.yaml");
    expect([unknown.code, unknown.stderr.includes("neither a host nor a group")]).toEqual([
      2,
      true,
    ]);
  });

  it(
    "reads an encrypted key with its passphrase, or says that it can't",
    { ignore: noOpenssl },
    async () => {
      const commands = [
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes-256-cbc -pass pass:right-one " +
        "-out k.pem",
        "req -x509 -key k.pem -passin pass:right-one -days 9 -subj /CN=x -out c.pem",
      ];
      for (const command of commands) {
        const openssl = new Deno.Command("openssl", {
          args: command.split(" "),
          cwd: home,
          stderr: "null",
        });
        expect((await openssl.output()).code).toBe(0);
      }
      async function withPassphrase(value: string) {
        return await versus(
          [
            "probe",
            "tls",
            closed,
            "--cert",
            "c.pem",
            "--key",
            "k.pem",
            "--key-passphrase-env",
            "KP",
          ],
          { home, env: { KP: value } },
        );
      }
      // The key was read, as it came to the connection.
      const right = await withPassphrase("right-one");
      expect([right.code, right.stdout.includes("refused")]).toEqual([1, true]);
      const wrong = await withPassphrase("wrong-one");
      expect([wrong.code, wrong.stderr.includes("passphrase is the right one")]).toEqual([2, true]);
      expect(right.stdout + wrong.stderr).not.toMatch(/right-one|wrong-one/);
    },
  );

  it("makes text from a peer printable", async () => {
    await using evil = await serveTcp((socket) => void socket.write("\x1b[2J\x1b]0;x\x07\n"));
    const { stdout } = await probe("tcp", evil.target, "--banner");
    // deno-lint-ignore no-control-regex
    expect(stdout).not.toMatch(/[\x1b\x07]/);
    expect(stdout).toContain("\\x1b[2J");
  });

  for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
    it(`keeps what was measured after ${signal}`, async () => {
      const child = startVersus(
        ["probe", "tcp", server.target, "--count", "100000", "--interval", "1ms", "--json"],
        { home },
      );
      const before = server.connections();
      while (server.connections() < before + 3) await new Promise((done) => setTimeout(done, 5));
      child.kill(signal);
      const { code: ended, stdout } = await child.output();
      const { partial, targets } = document(new TextDecoder().decode(stdout));
      expect([ended, partial?.reason.startsWith("Interrupted"), targets.length]).toEqual([
        ...[code, true, 1],
      ]);
    });
  }

  it("serves its results to Prometheus until it is ended", async () => {
    const child = startVersus(
      ["probe", "tcp", server.target, "--serve", "--listen", "127.0.0.1:0", "--interval", "5ms"],
      { home },
    );
    const errors = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
    let said = "";
    while (!/\/metrics/.test(said)) {
      const { value, done } = await errors.read();
      if (done) break;
      said += value;
    }
    const url = /http:\S+/.exec(said)![0];
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    const sample = `versus_probe_success{protocol="tcp",target="${server.target}"} 1`;
    let text = "";
    while (!text.includes(sample)) text = await (await fetch(url)).text();
    expect(text).toContain("# TYPE versus_probe_duration_seconds gauge");
    const other = await fetch(new URL("/", url));
    expect([other.status, (await other.text()).includes("/metrics")]).toEqual([404, true]);
    const posted = await fetch(url, { method: "POST" });
    expect([posted.status, await posted.text()]).toEqual([405, "Only GET is answered\n"]);
    child.kill("SIGTERM");
    const table = await new Response(child.stdout).text();
    await errors.cancel();
    expect([(await child.status).code, table.includes("open")]).toEqual([143, true]);
  });

  it("has schemas that its documents fit", async () => {
    const { stdout } = await probe("tcp", server.target, "--banner", "--json");
    const found = JSON.parse(stdout);
    const keys: Record<string, unknown> = {
      probe: found,
      "probe-tcp": found.targets[0].result,
    };
    for (const [kind, value] of Object.entries(keys)) {
      const schema = await versus(["schema", kind], { home });
      const { required, properties } = JSON.parse(schema.stdout);
      expect(required.filter((key: string) => !(key in (value as object)))).toEqual([]);
      expect(Object.keys(value as object).filter((key) => !(key in properties))).toEqual([]);
    }
  });
});
