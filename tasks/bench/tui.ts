/**
 * The terminal UI on a terminal: its first frame beside a Deno hello, from a key to its frame, the live
 * view of probes, memory; and whether a run of the Lab measures what one of the shell does.
 */
import { join } from "node:path";
import { frame } from "../../cli/tui/frame.ts";
import { historyTable } from "../../cli/tui/screens/history.ts";
import type { HistoryView } from "../../cli/tui/views.ts";
import { startState, type State } from "../../cli/tui/state.ts";
import { onInput } from "../../cli/tui/update.ts";
import { comparePaired, judge, quantile, summarise } from "../../lib/stats/mod.ts";
import { createTheme, diff, loadWidths, prepareTable } from "../../lib/tui/mod.ts";
import { bundle, VERSUS } from "../_bundle.ts";
import { openPty } from "./_pty.ts";

const START = 20;

/** Ends an update that the terminal shows at once. */
const FRAME_END = "\x1b[?2026l";

function milliseconds(value: number): string {
  return `${value.toFixed(2)} ms`;
}

/** A name and a value below one another. */
function line(name: string, value: string): void {
  console.log(`  ${name.padEnd(44)} ${value}`);
}

/** How a program of Deno is started without a configuration, as a packed file does. */
function denoRun(file: string): string[] {
  return [
    Deno.execPath(),
    "run",
    "-A",
    "--quiet",
    "--no-config",
    "--no-lock",
    "--cached-only",
    file,
  ];
}

/** From the start of the process to the end of its first frame, beside a hello. */
async function benchFirstFrame(main: string, folder: string): Promise<void> {
  const hello = join(folder, "hello.ts");
  await Deno.writeTextFile(hello, 'console.log("hello");\n');
  const home = join(folder, "home");
  const times: Record<"hello" | "frame" | "scores", number[]> = {
    hello: [],
    frame: [],
    scores: [],
  };
  for (let i = -1; i < START; i++) {
    await using first = openPty(denoRun(hello), {});
    const helloMs = await first.until("hello");
    await using pty = openPty(denoRun(main), { VERSUS_HOME: home });
    const frameMs = await pty.until(FRAME_END);
    const scoresMs = await pty.until("Total of");
    pty.type("q");
    await pty.ended;
    // The first round fills caches, the kept scores among them.
    if (i < 0) continue;
    times.hello.push(helloMs);
    times.frame.push(frameMs);
    times.scores.push(scoresMs);
  }
  const ratio = comparePaired(times.frame, times.hello)!;
  console.log("First frame of the bundled program (limits: 60 ms, 3 × a hello)");
  line("deno run hello.ts", milliseconds(summarise(times.hello).median));
  line("versus, first frame", milliseconds(summarise(times.frame).median));
  line("versus, the versus table is seen", milliseconds(summarise(times.scores).median));
  line(
    "first frame ÷ hello",
    `${ratio.ratio.toFixed(3)} [${ratio.low.toFixed(3)}, ${ratio.high.toFixed(3)}]`,
  );
}

/** Rows that stand for a long history; no figure in them was measured. */
function longHistory(count: number): HistoryView[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `20250101T000000Z-${i.toString(16).padStart(6, "0")}`,
    startedAt: new Date(Date.UTC(2026, 0, 1) - i * 60_000).toISOString(),
    scenarios: [["flipsum", "primes", "mandelbrot"][i % 3]!],
    languages: ["python", "go", "rust", "typescript"].slice(0, i % 4 + 1),
    machine: "0123456789abcdef",
    host: `host-${i % 17}`,
    tags: i % 50 === 0 ? ["base"] : [],
    status: i % 9 === 0 ? "failed" : "ok",
    cases: 4,
    samples: 10 + i % 90,
    imported: false,
  }));
}

const KEYS = [
  ..."jjjjkG",
  "pageup",
  "pagedown",
  "g",
  ..."jsjsjsj",
  "/",
  ..."prim",
  "backspace",
  ..."m !go",
  "enter",
  "j",
  "pagedown",
  "G",
  "esc",
  ..."sskk",
  "left",
  "right",
];

/** From a key to the bytes of its frame, with 10,000 rows, at 120 × 40. */
async function benchKeys(): Promise<void> {
  await loadWidths();
  const size = { width: 120, height: 40 };
  const theme = createTheme("dark");
  const fresh = startState({ theme: "dark", ascii: false });
  let state: State = {
    ...fresh,
    size,
    tab: "history",
    data: { ...fresh.data, history: { state: "here", value: longHistory(10_000) } },
  };
  // As the program does it, piece by piece, while nothing else is to be done.
  const table = historyTable(state);
  for (let step = 0; prepareTable(table, step);) step++;
  let shown = frame(state, size.width, size.height);
  const times: number[] = [];
  for (let round = 0; round < 20; round++) {
    for (const name of KEYS) {
      const key = name === " " ? "space" : name;
      const began = performance.now();
      state = onInput(state, { type: "key", key }, shown).state;
      const next = frame(state, size.width, size.height);
      const bytes = diff(shown, next, theme);
      times.push(performance.now() - began);
      if (bytes.length > 1_000_000) throw new Error("a frame of more than a megabyte");
      shown = next;
    }
  }
  console.log("From a key to its frame, 10,000 rows in the history, 120 × 40 (limit: 5 ms at p95)");
  line("p50", milliseconds(quantile(times, 0.5)));
  line("p95", milliseconds(quantile(times, 0.95)));
  line("largest", milliseconds(Math.max(...times)));
}

/** CPU seconds that a process has taken (proc(5), stat: utime and stime, in ticks of 10 ms). */
function cpuSeconds(pid: number): number {
  const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).replace(/^.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function memoryMb(pid: number, field: "VmRSS" | "VmHWM"): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Number(status.match(new RegExp(`${field}:\\s+(\\d+)`))![1]) / 1024;
}

/** 20 targets on loopback, each asked ten times a second. */
async function benchProbes(main: string, folder: string, seconds = 10): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepting = (async () => {
    for await (const connection of listener) connection.close();
  })();
  const { port } = listener.addr as Deno.NetAddr;
  await using pty = openPty(denoRun(main), { VERSUS_HOME: join(folder, "home") });
  await pty.until("Total of");
  const targets = Array.from({ length: 20 }, (_, i) => `127.0.0.${i + 1}:${port}`);
  // Only the first answers; the others are refused, which takes no less to draw.
  pty.type(`:probe tcp ${targets.join(" ")} --interval 100ms\r`);
  await pty.until("p50");
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const [cpu, frames, began] = [cpuSeconds(pty.pid()), pty.count(FRAME_END), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const took = (performance.now() - began) / 1000;
  const share = 100 * (cpuSeconds(pty.pid()) - cpu) / took;
  console.log("Live view of 20 targets, ten times a second (limits: 2 % of a core, 60 MB)");
  line("frames a second", ((pty.count(FRAME_END) - frames) / took).toFixed(1));
  line("CPU of the screen's process", `${share.toFixed(2)} % of a core`);
  line("resident set", `${memoryMb(pty.pid(), "VmRSS").toFixed(1)} MB`);
  line("its peak", `${memoryMb(pty.pid(), "VmHWM").toFixed(1)} MB`);
  pty.type("q");
  await pty.ended;
  listener.close();
  await accepting.catch(() => {
    // Closing a listener ends the wait for the next connection with an error.
  });
}

/** The median of the only case of a run document. */
function medianOf(text: string): number {
  const record = JSON.parse(text) as {
    scenarios: { cases: { summary: { wallS: { median: number } } }[] }[];
  };
  return record.scenarios[0]!.cases[0]!.summary.wallS.median;
}

/** The same scenario in turns from the Lab and from the shell: A/A. */
async function benchLab(main: string, folder: string, blocks = 12): Promise<void> {
  const words = ["run", "startup", "--variant", "typescript", "--runs", "20", "--warmup", "1"];
  const env = { VERSUS_HOME: join(folder, "home") };
  const times = { lab: [] as number[], shell: [] as number[] };
  async function fromShell(seed: number): Promise<void> {
    const [program, ...args] = denoRun(main);
    const { stdout } = await new Deno.Command(program!, {
      args: [...args, ...words, "--seed", `${seed}`, "--json"],
      env,
      stderr: "null",
    }).output();
    times.shell.push(medianOf(new TextDecoder().decode(stdout)));
  }
  async function fromLab(seed: number): Promise<void> {
    const file = join(folder, `lab-${seed}.json`);
    await using pty = openPty(denoRun(main), env);
    await pty.until("Total of");
    pty.type(`:${words.join(" ")} --seed ${seed} --out ${file}\r`);
    await pty.until(" ended");
    pty.type("q");
    await pty.ended;
    times.lab.push(medianOf(await Deno.readTextFile(file)));
  }
  for (let block = 0; block < blocks; block++) {
    const order = block % 4 === 0 || block % 4 === 3 ? [fromShell, fromLab] : [fromLab, fromShell];
    for (const run of order) await run(block + 1);
  }
  const compared = comparePaired(times.shell, times.lab)!;
  console.log("A run of the Lab beside one of the shell: start-up of TypeScript, 20 samples a run");
  line("from the shell", milliseconds(1000 * summarise(times.shell).median));
  line("from the Lab", milliseconds(1000 * summarise(times.lab).median));
  line(
    "shell ÷ Lab",
    `${compared.ratio.toFixed(4)} [${compared.low.toFixed(4)}, ${compared.high.toFixed(4)}]`,
  );
  line("verdict", judge([compared])[0]!.verdict);
}

/** Measures the terminal UI. */
export async function benchTui(): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "versus-bench-" });
  try {
    await bundle(VERSUS, join(folder, "bundle"));
    const main = join(folder, "bundle", "main.js");
    await benchFirstFrame(main, folder);
    await benchKeys();
    await benchProbes(main, folder);
    await benchLab(main, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) await benchTui();
