/**
 * What tracing with versus costs: the traced program's time beside bare strace, and the seconds that a
 * log of 1,000,000 lines takes to be read.
 *
 * A stopwatch runs inside the trace, so that the start of strace and of versus count in neither. Both
 * strace the same calls; versus also has times in its log.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { TRACE_EXPRESSION } from "../../lib/footprint/trace/_calls.ts";
import { detectTracer, traceProgram, type Tracer } from "../../lib/footprint/mod.ts";
import { createTraceParser } from "../../lib/footprint/trace/parser.ts";
import { blockOrder, comparePaired, summarise } from "../../lib/stats/mod.ts";
import { findToolchain, isMissing } from "../../lib/toolchain/mod.ts";

const SOURCES = fileURLToPath(new URL("./trace/", import.meta.url));

/** Lines of the log that is read, at least. */
const LINES = 1_000_000;

/** Lines that a round of the program of many calls makes, about: seven calls, many of them in two parts. */
const LINES_PER_ROUND = 10;

/** Threads of that program. */
const THREADS = 4;

interface Programs extends Disposable {
  readonly folder: string;
  readonly stopwatch: string;
  readonly calls: string;
}

async function compile(folder: string, name: string): Promise<string> {
  const target = join(folder, name);
  const { success } = await new Deno.Command("cc", {
    args: ["-O2", "-pthread", "-o", target, join(SOURCES, `${name}.c`)],
  }).output();
  if (!success) throw new Error(`${name}.c can't be compiled`);
  return target;
}

async function compileAll(): Promise<Programs> {
  const folder = await Deno.makeTempDir({ prefix: "versus-bench-" });
  return {
    folder,
    stopwatch: await compile(folder, "stopwatch"),
    calls: await compile(folder, "calls"),
    [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }),
  };
}

interface Workload {
  readonly name: string;
  readonly argv: readonly string[];
}

async function workloads({ calls }: Programs): Promise<Workload[]> {
  const python = await findToolchain("cpython");
  return [
    { name: "one thread, 35,000 calls", argv: [calls, "5000", "1"] },
    { name: "64 threads, 22,000 calls", argv: [calls, "50", "64"] },
    ...(isMissing(python) ? [] : [{
      name: "python imports asyncio and ssl",
      argv: [python.realPath, "-c", "import asyncio, ssl, http.client, json"],
    }]),
    {
      name: "200 processes, 4 at once",
      argv: ["sh", "-c", "seq 200 | xargs -P 4 -n 1 sh -c 'cat /etc/passwd >/dev/null'"],
    },
  ];
}

/** Runs something under both, in interleaved blocks, and reads the stopwatch after each. */
async function compare(
  tracer: Tracer,
  { folder, stopwatch }: Programs,
  { argv }: Workload,
  blocks: number,
): Promise<{ bare: number[]; versus: number[] }> {
  const file = join(folder, "seconds");
  const command = [stopwatch, file, ...argv];
  const contenders = [
    async () => {
      await new Deno.Command(tracer.path, {
        args: [
          ...["-f", ...(tracer.seccomp ? ["--seccomp-bpf"] : [])],
          ...["-e", TRACE_EXPRESSION, "-o", join(folder, "bare.log"), ...command],
        ],
        stdout: "null",
      }).output();
    },
    async () => {
      await traceProgram({ argv: command, tracer, stdin: "null", stdout: "null" });
    },
  ];
  const times: [number[], number[]] = [[], []];
  for (let block = -1; block < blocks; block++) {
    for (const index of blockOrder(2, Math.max(0, block), 1)) {
      await contenders[index]!();
      const seconds = Number(await Deno.readTextFile(file));
      // The first block warms the caches.
      if (block >= 0) times[index]!.push(seconds);
    }
  }
  return { bare: times[0], versus: times[1] };
}

/** Traces the program of many calls with as many rounds as it takes, keeping the log. */
async function readMillion(tracer: Tracer, { folder, calls }: Programs): Promise<string> {
  const log = join(folder, "million.log");
  const rounds = Math.ceil(LINES / LINES_PER_ROUND / THREADS);
  await traceProgram({
    argv: [calls, `${rounds}`, `${THREADS}`],
    tracer,
    ...{ stdin: "null", keepLog: log },
  });
  const parser = createTraceParser({ cwd: "/", fds: new Map() });
  using file = await Deno.open(log);
  const { size } = file.statSync();
  const chunk = new Uint8Array(1 << 20);
  const before = Deno.memoryUsage().rss;
  const start = performance.now();
  for (let count; (count = file.readSync(chunk)) !== null;) parser.push(chunk.subarray(0, count));
  const { lines, misses, doubts } = parser.finish();
  const seconds = (performance.now() - start) / 1000;
  const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
  return `${lines} lines (${mib(size)}) in ${seconds.toFixed(2)} s (${
    (1e6 * seconds / lines).toFixed(2)
  } s a million), ${misses.count} misses, ${doubts.size} doubts, ${
    mib(Deno.memoryUsage().rss)
  } resident, ${mib(before)} before`;
}

/**
 * Measures both.
 *
 * @param blocks How many times each workload is run under each.
 */
export async function benchTrace(blocks = 15): Promise<void> {
  const tracer = await detectTracer();
  using programs = await compileAll();
  console.log("Traced time beside bare strace with the same calls (limit: 1.1)");
  for (const workload of await workloads(programs)) {
    const { bare, versus } = await compare(tracer, programs, workload, blocks);
    const { ratio, low, high } = comparePaired(versus, bare)!;
    console.log(
      `  ${workload.name.padEnd(34)} bare ${(1000 * summarise(bare).median).toFixed(1)} ms, ` +
        `versus ${(1000 * summarise(versus).median).toFixed(1)} ms   × ${ratio.toFixed(3)}` +
        `  [${low.toFixed(3)}, ${high.toFixed(3)}]`,
    );
  }
  console.log("A log of a million lines (limit: 5 s)");
  console.log(`  ${await readMillion(tracer, programs)}`);
}

if (import.meta.main) await benchTrace(Number(Deno.args[0] ?? 15));
