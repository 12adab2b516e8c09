/**
 * Measures versus itself beside its peers, in one run, and prints ratios: `./dev bench [PART...]`.
 *
 * Parts: `start`, `journal`, `launch` and `judgement`, all by default, in about six minutes; and `live`, the
 * judgement with 200 comparisons made live, in 17 minutes. Take the figures on a machine that does
 * nothing else.
 */
import { openLauncher } from "../../lib/process/mod.ts";
import { benchJournal } from "./journal.ts";
import { measureJudgement } from "./judgement/mod.ts";
import {
  compareMemory,
  compareWall,
  compilePrograms,
  showMemory,
  showWall,
} from "./launch/launch.ts";
import { benchStart } from "./start.ts";

async function benchLaunch(): Promise<void> {
  using programs = await compilePrograms();
  console.log("Wall time (limits: 0.3 ms on a no-op, 1.00 ± 0.02 on a busy program)");
  for (const comparison of await compareWall(programs)) console.log(showWall(comparison) + "\n");
  console.log("Peak memory (limits: 2 % from 8 MB up, 100 KB on a static no-op)");
  console.log(showMemory(await compareMemory(programs)));
}

/**
 * @param comparisons Live comparisons; they share no block, and 200 of them take 15 minutes.
 * @param executions Length of the series that is replayed; 2,000 take 100 s.
 */
async function benchJudgement(comparisons: number, executions: number): Promise<void> {
  await using launcher = await openLauncher();
  const { replayed, live } = await measureJudgement({
    executions,
    blocks: comparisons * 30,
    launch: async (argv) => (await launcher.run({ argv })).wallS,
  });
  console.log(
    `Judgement: ${replayed.comparisons} comparisons of ${replayed.blocks} blocks, replayed over ` +
      `${replayed.recorded} recorded executions`,
  );
  console.log("(limits: at most 2 % of identical programs called different, 90 % of + 3 % found)");
  for (const [drift, shares] of Object.entries(replayed.byDrift)) {
    console.log(
      `  ${drift.padEnd(28)} identical called different: versus ` +
        `${shares.falseDifferent.toFixed(1)} %, hyperfine's order ` +
        `${shares.hyperfineWelch.toFixed(1)} %; + 3 % found: versus ` +
        `${shares.detected.toFixed(0)} %, hyperfine's order ${
          shares.hyperfineDetected.toFixed(0)
        } %`,
    );
  }
  for (const { work, comparisons: made, verdicts, medianRatio, outcomes } of live) {
    const told = Object.entries(verdicts).map(([verdict, n]) => `${n} ${verdict}`).join(", ");
    console.log(`  live, work × ${work}, ${made} times: ${told}; ratio ${medianRatio.toFixed(4)}`);
    // What could not have been told apart says something of the machine, not of the judgement.
    const clear = outcomes.filter((o) => (o.detectablePercent ?? Infinity) <= 3);
    const slower = clear.filter((o) => o.verdict === "slower").length;
    console.log(`    of ${clear.length} in which 3 % could be told apart: ${slower} slower`);
  }
}

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  start: () => benchStart(),
  journal: () => benchJournal(),
  launch: benchLaunch,
  judgement: () => benchJudgement(20, 2000),
  live: () => benchJudgement(200, 2000),
};

const wanted = Deno.args.length === 0 ? ["start", "journal", "launch", "judgement"] : Deno.args;
for (const name of wanted) {
  const part = PARTS[name];
  if (part === undefined) {
    console.error(`Unknown part ${name}, expected one of ${Object.keys(PARTS).join(", ")}`);
    Deno.exit(2);
  }
  await part();
  console.log("");
}
