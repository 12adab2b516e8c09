/**
 * Listeners under a paced load: what a C program sends for ten seconds must all be in the file.
 *
 * What the kernel dropped is read by the listener from /proc/net/udp and printed with the result.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packagesInUse } from "../../lib/version.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A load: its kind, and records a second. */
const LOADS = [
  { kind: "netflow", rate: 50_000, what: "NetFlow v9, 30 records a datagram" },
  { kind: "syslog", rate: 20_000, what: "syslog of RFC 5424 over UDP" },
] as const;

/** Sends each load and prints what came of it. */
export async function benchListen(seconds = 10): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const pace = join(folder, "pace");
    const source = join(ROOT, "tasks/bench/listen/pace.c");
    const { success } = await new Deno.Command("cc", { args: ["-O2", "-o", pace, source] })
      .output();
    if (!success) throw new Error("cc could not compile pace.c");
    console.log(`Listeners, paced for ${seconds} s, to a file (limit: nothing is lost)`);
    for (const { kind, rate, what } of LOADS) {
      const result = await oneLoad(pace, folder, kind, rate, seconds);
      const lost = result.sent - result.lines;
      console.log(
        `  ${what}: ${result.sent} sent in ${result.sendS} s, ${result.lines} lines, ${lost} lost, ` +
          `${result.cpuS.toFixed(1)} s of CPU`,
      );
      for (const line of result.summary) console.log(`    ${line}`);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function oneLoad(
  pace: string,
  folder: string,
  kind: string,
  rate: number,
  seconds: number,
) {
  const out = join(folder, `${kind}.jsonl`);
  const config = join(ROOT, packagesInUse() === "airgap" ? "deno.airgap.json" : "deno.json");
  const listener = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--config", config, join(ROOT, "cli/main.ts")],
      ...["listen", kind, "--port", "0", "--out", out],
    ],
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const lines = listener.stderr.pipeThrough(new TextDecoderStream());
  const reader = lines.getReader();
  let text = "";
  const readUntil = async (wanted: RegExp) => {
    for (;;) {
      const match = wanted.exec(text);
      if (match !== null) return match;
      const { value, done } = await reader.read();
      if (done) throw new Error(`The listener ended: ${text}`);
      text += value;
    }
  };
  const [, port] = await readUntil(/127\.0\.0\.1:(\d+)/);
  const sender = await new Deno.Command(pace, { args: [kind, port!, `${rate}`, `${seconds}`] })
    .output();
  const [sent, sendS] = new TextDecoder().decode(sender.stdout).trim().split(" ");
  await untilQuiet(out);
  const cpuS = cpuOf(listener.pid);
  listener.kill("SIGINT");
  const shown = await readUntil(/records? in[^]*dropped by the kernel.*\n/);
  await listener.status;
  await reader.cancel();
  return {
    sent: Number(sent),
    sendS: Number(sendS),
    lines: await countLines(out),
    cpuS,
    summary: shown[0].trim().split("\n"),
  };
}

/** Waits until the file has not grown for half a second. */
async function untilQuiet(file: string): Promise<void> {
  for (let size = -1; size !== Deno.statSync(file).size;) {
    size = Deno.statSync(file).size;
    await new Promise((done) => setTimeout(done, 500));
  }
}

/** User and system time of a process, in seconds; the kernel counts in hundredths. */
function cpuOf(pid: number): number {
  const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).replace(/^.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function countLines(file: string): Promise<number> {
  using opened = await Deno.open(file);
  let lines = 0;
  for await (const chunk of opened.readable) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
  }
  return lines;
}

if (import.meta.main) await benchListen();
