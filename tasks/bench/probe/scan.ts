/**
 * 10,000 TCP targets on loopback, a third each accepting, refused and silent: versus beside the connect
 * scans of Debian, 256 at once, one attempt, the same timeout. Whole programs are timed, start and
 * output too.
 */
import { join } from "node:path";
import { openLauncher } from "../../../lib/process/mod.ts";
import { freePorts } from "../../../lib/probe/lab/start.ts";
import { blockOrder, comparePaired, createRandom, summarise } from "../../../lib/stats/mod.ts";
import { packagesInUse } from "../../../lib/version.ts";
import { fileURLToPath } from "node:url";
import { compile } from "./_compile.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const TARGETS = 10_000;
const AT_ONCE = 256;
/** Of the issue: the upper end of the ratio to the fastest. */
const LIMIT = 1.1;

/** States of targets by `ADDRESS:PORT`. */
type States = Map<string, string>;

interface Scanner {
  readonly name: string;
  readonly argv: readonly string[];
  /** Reads what it found, in the words of versus; a text if that alone tells that it is wrong. */
  states(): Promise<States | string>;
}

interface Ports {
  readonly accepting: number;
  readonly silent: number;
  readonly closed: number;
}

/** Times the scans in interleaved blocks. */
export async function benchScan(blocks = 10, timeoutMs = 1000): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "versus-bench-" });
  const server = new Deno.Command(await compile(folder, "targets"), {
    stdin: "null",
    stdout: "piped",
  }).spawn();
  await using launcher = await openLauncher();
  try {
    const reader = server.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const [accepting, silent] = (await reader.read()).value!.trim().split(" ").map(Number);
    const closed = (await freePorts(["closed"])).closed!;
    const ports: Ports = { accepting: accepting!, silent: silent!, closed };
    const expected = expectedStates(ports);
    await using peer = await startBlackbox(folder, expected, timeoutMs);
    const scanners = [
      versus(folder, expected, timeoutMs),
      await nmap(folder, expected, timeoutMs),
      ...(peer === undefined ? [] : [peer.scanner]),
    ].filter((scanner) => scanner !== undefined);
    console.log(
      `${expected.size} TCP targets, ${AT_ONCE} at once, ${timeoutMs} ms each ` +
        `(limit: ratio to the fastest ≤ ${LIMIT})`,
    );
    const times = scanners.map((): number[] => []);
    for (let block = 0; block < blocks; block++) {
      for (const i of blockOrder(scanners.length, block, 1)) {
        const scanner = scanners[i]!;
        const { wallS } = await launcher.run({
          argv: [...scanner.argv],
          stdout: { captureBytes: 1000 },
          stderr: { captureBytes: 1000 },
        });
        times[i]!.push(wallS);
        check(scanner.name, expected, await scanner.states());
      }
    }
    report(scanners.map(({ name }) => name), times);
    await reader.cancel();
  } finally {
    server.kill("SIGKILL");
    await server.status;
    await Deno.remove(folder, { recursive: true });
  }
}

function expectedStates({ accepting, silent, closed }: Ports): States {
  const all: [string, string][] = [];
  for (let i = 0; all.length < TARGETS; i++) {
    const address = `127.10.${Math.floor(i / 250)}.${i % 250 + 1}`;
    all.push([`${address}:${accepting}`, "open"]);
    all.push([`${address}:${closed}`, "refused"]);
    all.push([`${address}:${silent}`, "timeout"]);
  }
  // nmap takes addresses and ports, so the last address has all of its ports too.
  return new Map(createRandom("scan").shuffle(all));
}

function check(name: string, expected: States, found: States | string): void {
  if (typeof found === "string") return console.log(`  ${name}: ${found}`);
  const wrong = [...expected].filter(([target, state]) => found.get(target) !== state);
  if (wrong.length === 0) return;
  const [[target, state]] = wrong as [[string, string]];
  console.log(
    `  ${name}: ${wrong.length} of ${expected.size} are wrong, as ${target}: expected ${state}, ` +
      `found ${found.get(target)}`,
  );
}

function versus(folder: string, expected: States, timeoutMs: number): Scanner {
  const out = join(folder, "versus.json");
  const config = join(ROOT, packagesInUse() === "airgap" ? "deno.airgap.json" : "deno.json");
  return {
    name: "versus probe tcp",
    argv: [
      ...[Deno.execPath(), "run", "-A", "--config", config, join(ROOT, "cli/main.ts")],
      ...["probe", "tcp", "--timeout", `${timeoutMs}ms`, "--concurrency", String(AT_ONCE)],
      ...["--out", out, ...expected.keys()],
    ],
    async states() {
      const { targets } = JSON.parse(await Deno.readTextFile(out));
      return new Map(
        targets.map(({ target, state }: { target: string; state: string }) => [target, state]),
      );
    },
  };
}

async function nmap(
  folder: string,
  expected: States,
  timeoutMs: number,
): Promise<Scanner | undefined> {
  if (!await isHere("nmap")) return undefined;
  const list = join(folder, "hosts");
  const out = join(folder, "nmap.gnmap");
  const pairs = [...expected.keys()].map((target) => target.split(":") as [string, string]);
  await Deno.writeTextFile(list, [...new Set(pairs.map(([host]) => host))].join("\n") + "\n");
  const ports = [...new Set(pairs.map(([, port]) => port))].join(",");
  const words: Record<string, string> = { open: "open", closed: "refused", filtered: "timeout" };
  return {
    name: "nmap -sT",
    argv: [
      ...["nmap", "-sT", "-Pn", "-n", "-iL", list, "-p", ports, "--max-retries", "0"],
      ...["--min-parallelism", String(AT_ONCE), "--max-parallelism", String(AT_ONCE)],
      ...["--min-hostgroup", "4096", "--initial-rtt-timeout", `${timeoutMs}ms`],
      ...["--min-rtt-timeout", `${timeoutMs}ms`, "--max-rtt-timeout", `${timeoutMs}ms`, "-oG", out],
    ],
    async states() {
      const found: States = new Map();
      for (const line of (await Deno.readTextFile(out)).split("\n")) {
        const host = /^Host: (\S+)/.exec(line)?.[1];
        for (const [, port, state] of line.matchAll(/(\d+)\/(\w+)\/tcp/g)) {
          found.set(`${host}:${port}`, words[state!] ?? state!);
        }
      }
      return found;
    },
  };
}

/** blackbox_exporter, asked for every target by one curl with 256 requests at once. */
async function startBlackbox(folder: string, expected: States, timeoutMs: number) {
  if (!await isHere("prometheus-blackbox-exporter") || !await isHere("curl")) return undefined;
  const port = (await freePorts(["web"])).web!;
  const modules = join(folder, "blackbox.yaml");
  await Deno.writeTextFile(
    modules,
    `modules: { tcp: { prober: tcp, timeout: ${timeoutMs}ms } }\n`,
  );
  const server = new Deno.Command("prometheus-blackbox-exporter", {
    args: [`--config.file=${modules}`, `--web.listen-address=127.0.0.1:${port}`],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const urls = join(folder, "urls");
  const out = join(folder, "blackbox.out");
  const lines = [...expected.keys()].map((target) =>
    `url = "http://127.0.0.1:${port}/probe?module=tcp&target=${target}"`
  );
  await Deno.writeTextFile(urls, lines.join("\n"));
  const script = `curl -s -Z --parallel-max ${AT_ONCE} -K '${urls}' >'${out}'`;
  await untilAnswered(port);
  const scanner: Scanner = {
    name: "blackbox_exporter, curl -Z",
    argv: ["sh", "-c", script],
    async states() {
      // It does not tell refused from silent, nor does its output name targets: counts must do.
      const text = await Deno.readTextFile(out);
      const open = text.match(/^probe_success 1$/gm)?.length ?? 0;
      const failed = text.match(/^probe_success 0$/gm)?.length ?? 0;
      const wanted = [...expected.values()].filter((state) => state === "open").length;
      if (open === wanted && open + failed === expected.size) return expected;
      return `found ${open} open and ${failed} failed, expected ${wanted} open`;
    },
  };
  return {
    scanner,
    async [Symbol.asyncDispose]() {
      server.kill("SIGTERM");
      await server.status;
    },
  };
}

async function untilAnswered(port: number): Promise<void> {
  for (let i = 0; i < 100; i++) {
    try {
      await (await fetch(`http://127.0.0.1:${port}/`)).body?.cancel();
      return;
    } catch {
      // It does not listen yet.
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  throw new Error("blackbox_exporter does not answer");
}

async function isHere(program: string): Promise<boolean> {
  const { success } = await new Deno.Command("sh", {
    args: ["-c", `command -v ${program}`],
    stdout: "null",
  }).output();
  if (!success) console.log(`  ${program} is not here and left out`);
  return success;
}

function report(names: readonly string[], times: readonly number[][]): void {
  const medians = times.map((list) => summarise(list).median);
  for (const [i, name] of names.entries()) {
    const compared = i === 0 ? undefined : comparePaired(times[0]!, times[i]!);
    const text = compared === undefined ? "" : `   versus takes × ${compared.ratio.toFixed(3)} ` +
      `[${compared.low.toFixed(3)}, ${compared.high.toFixed(3)}]`;
    console.log(`  ${name.padEnd(28)} ${medians[i]!.toFixed(2).padStart(7)} s${text}`);
  }
}
