/**
 * How the history holds a million samples: 100 made runs of 10 cases with 1,000 samples each. The
 * samples are load, not results.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRecorder } from "../../lib/bench/record.ts";
import { openLauncher } from "../../lib/process/mod.ts";
import type { RunEvent } from "../../lib/record/events.ts";
import { createRandom, quantile } from "../../lib/stats/mod.ts";
import { indexRun } from "../../lib/store/mod.ts";
import { packagesInUse } from "../../lib/version.ts";
import { interleave, printStandings } from "./_interleave.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CASES = 10;

interface Load {
  /** Runs in the history. */
  readonly runs: number;
  /** Samples of each run. */
  readonly samples: number;
}

function idOf(number: number): string {
  const at = new Date(Date.UTC(2026, 0, 1) + number * 3_600_000).toISOString();
  return `${at.replace(/\.\d+Z$/, "Z").replace(/[-:]/g, "")}-${
    number.toString(16).padStart(6, "0")
  }`;
}

function* eventsOf(number: number, samples: number): Generator<RunEvent> {
  const random = createRandom(number);
  const at = new Date(Date.UTC(2026, 0, 1) + number * 3_600_000);
  const cases = Array.from(
    { length: CASES },
    (_, i) => `flipsum/variant-${i}[n=20000000,workers=1]`,
  );
  yield {
    type: "run-start",
    schema: "versus.events/1",
    id: idOf(number),
    at: at.toISOString(),
    seed: 1,
    version: "0.1.0",
    options: {
      primaryMetric: "wallS",
      confidence: 0.95,
      precision: 0,
      minRuns: 10,
      maxRuns: samples / CASES,
      warmup: 0,
      maxTimeS: 60,
      timeoutS: 300,
    },
    environment: {
      os: "linux",
      kernel: "6.1.0",
      hostname: "bench",
      cpuModel: "A processor",
      cores: 4,
      affinity: [0, 1, 2, 3],
      memTotalKb: 8_000_000,
      runtime: "deno",
      packages: "airgap",
    },
    scenarios: [{
      name: "flipsum",
      kind: "bench",
      title: "Load",
      reference: "variant-0",
      cases: cases.map((caseId, i) => ({
        caseId,
        variant: `variant-${i}`,
        language: ["go", "rust", "c", "python"][i % 4]!,
        params: { n: 20_000_000, workers: 1 },
        workers: 1,
      })),
    }],
  };
  const level = number < 60 ? 0.1 : 0.104;
  for (let block = 0; block < samples / CASES; block++) {
    for (const [order, caseId] of cases.entries()) {
      const wallS = level * (1 + order / 10) * (1 + 0.05 * random.next());
      yield {
        type: "sample",
        caseId,
        sample: {
          index: block,
          block,
          order,
          startedAt: new Date(at.getTime() + 100 * block).toISOString(),
          wallS,
          cpuS: wallS * 0.9,
          userS: wallS * 0.8,
          sysS: wallS * 0.1,
          maxRssKb: 12_345 + block % 7,
          maxRssBound: "exact",
          method: "gate",
          exitCode: 0,
          minorFaults: 1234,
          majorFaults: 0,
          voluntarySwitches: 12,
          involuntarySwitches: 3,
        },
      };
    }
  }
  yield { type: "run-end", at: new Date(at.getTime() + 600_000).toISOString() };
}

async function writeJournal(folder: string, number: number, samples: number): Promise<void> {
  const lines: string[] = [];
  for (const event of eventsOf(number, samples)) lines.push(JSON.stringify(event) + "\n");
  await Deno.writeTextFile(join(folder, `${idOf(number)}.jsonl`), lines.join(""));
}

/** Times the insertion of a run that has just ended, by the process that measured it. */
async function timeInsertion(home: string, { runs, samples }: Load, rounds: number): Promise<void> {
  const millis: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const number = runs + i;
    const recorder = createRecorder();
    for (const event of eventsOf(number, samples)) recorder.add(event);
    await writeJournal(join(home, "state", "runs"), number, samples);
    const record = recorder.record();
    const start = performance.now();
    const failed = indexRun(record, { folder: join(home, "state") });
    millis.push(performance.now() - start);
    if (failed !== undefined) throw new Error(failed);
  }
  console.log(
    `  insertion of a run of ${samples} samples: median ${quantile(millis, 0.5).toFixed(0)} ms, ` +
      `worst of ${rounds} ${Math.max(...millis).toFixed(0)} ms (limit: 300 ms)`,
  );
}

/** Fills a history and times what people do with it. */
export async function benchHistory(
  load: Load = { runs: 100, samples: 10_000 },
  blocks = 10,
): Promise<void> {
  const home = await Deno.makeTempDir({ prefix: "versus-bench-history-" });
  await using launcher = await openLauncher();
  try {
    const runs = join(home, "state", "runs");
    await Deno.mkdir(runs, { recursive: true });
    for (let number = 0; number < load.runs; number++) {
      await writeJournal(runs, number, load.samples);
    }
    const config = join(ROOT, packagesInUse() === "airgap" ? "deno.airgap.json" : "deno.json");
    const versus = [Deno.execPath(), "run", "--config", config, "-A", join(ROOT, "cli/main.ts")];
    const env = { ...Deno.env.toObject(), VERSUS_HOME: home };
    console.log(`History of ${load.runs * load.samples} samples in ${load.runs} runs`);
    const { wallS, exitCode } = await launcher.run({
      argv: [...versus, "history", "rebuild"],
      env,
    });
    if (exitCode !== 0) throw new Error(`history rebuild ended with ${exitCode}`);
    console.log(`  rebuild from the journals: ${wallS.toFixed(1)} s (limit: 60 s)`);
    const { size } = await Deno.stat(join(home, "state", "history.sqlite3"));
    console.log(`  size of the index: ${(size / 2 ** 20).toFixed(0)} MiB`);
    const standings = await interleave(launcher, [
      { name: "history --help", argv: [...versus, "history", "--help"], env },
      { name: "history", argv: [...versus, "history"], env },
      { name: "history --json", argv: [...versus, "history", "--json"], env },
      {
        name: "compare latest~50 latest",
        argv: [...versus, "compare", "latest~50", "latest"],
        env,
      },
      { name: "history trend", argv: [...versus, "history", "trend", "variant-3"], env },
    ], blocks);
    printStandings(standings);
    const added = (i: number) => 1000 * (standings[i]!.medianS - standings[0]!.medianS);
    console.log("Beyond the start of the program (history --help):");
    console.log(`  history ${added(1).toFixed(0)} ms (limit: 100 ms)`);
    console.log(
      `  compare of two runs of ${load.samples}: ${added(3).toFixed(0)} ms (limit: 500 ms)`,
    );
    console.log(`  trend over ${load.runs} runs: ${added(4).toFixed(0)} ms`);
    await timeInsertion(home, load, blocks);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

if (import.meta.main) await benchHistory();
