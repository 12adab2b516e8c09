/** Prints how far the judgement can be trusted. */
import { openLauncher } from "../../../lib/process/mod.ts";
import { measureJudgement } from "./mod.ts";

/**
 * Measures the judgement with the program's own launcher and prints the shares.
 *
 * @param comparisons Live comparisons; they share no block, and 200 of them take 15 minutes.
 * @param executions Length of the series that is replayed; 2,000 take 100 s.
 */
export async function benchJudgement(comparisons: number, executions: number): Promise<void> {
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
