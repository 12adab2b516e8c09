/** What a sample costs beside its execution: the journal's write and the progress line. */
import { join } from "node:path";
import type { RunEvent } from "../../lib/record/events.ts";
import { createJournal, newRunId } from "../../lib/record/journal.ts";
import { createProgress } from "../../lib/report/mod.ts";
import { quantile } from "../../lib/stats/mod.ts";

function sample(index: number): RunEvent {
  return {
    type: "sample",
    caseId: "flipsum/cpython-processes[n=20000000,workers=4]",
    sample: {
      index,
      block: index,
      order: 3,
      startedAt: new Date().toISOString(),
      wallS: 0.123456789,
      cpuS: 0.234567,
      userS: 0.2,
      sysS: 0.034567,
      maxRssKb: 12345,
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

/** Times the readers of 20,000 samples, each with its progress event, one by one. */
export async function benchJournal(count = 20_000): Promise<void> {
  const home = await Deno.makeTempDir();
  const before = Deno.env.get("VERSUS_HOME");
  Deno.env.set("VERSUS_HOME", home);
  const terminal = await Deno.open(join(home, "terminal"), { create: true, write: true });
  try {
    const encoder = new TextEncoder();
    using journal = createJournal(newRunId());
    using progress = createProgress({
      terminal: true,
      width: () => 80,
      write: (text) => terminal.writeSync(encoder.encode(text)),
    }, { color: true, ascii: false });
    const micros: number[] = [];
    for (let i = 0; i < count; i++) {
      const event = sample(i);
      const told: RunEvent = {
        type: "progress",
        scenario: "flipsum",
        phase: "measure",
        elapsedS: i / 10,
        leftS: 30,
        casesDone: 1,
        cases: 17,
        samples: i,
        halfWidth: 0.03,
      };
      const start = performance.now();
      journal.append(event);
      progress.event(event);
      journal.append(told);
      progress.event(told);
      micros.push((performance.now() - start) * 1000);
    }
    const mean = micros.reduce((a, b) => a + b, 0) / count;
    console.log("Journal and progress line, a sample (limit: 50 µs)");
    console.log(
      `  mean ${mean.toFixed(1)} µs, median ${quantile(micros, 0.5).toFixed(1)} µs, ` +
        `99 % below ${quantile(micros, 0.99).toFixed(1)} µs`,
    );
  } finally {
    terminal.close();
    if (before === undefined) Deno.env.delete("VERSUS_HOME");
    else Deno.env.set("VERSUS_HOME", before);
    await Deno.remove(home, { recursive: true });
  }
}

if (import.meta.main) await benchJournal();
