/** Targets, sweeps, bounds, questions and suites through the real command line. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { type RunRecord, RunRecordSchema } from "../../lib/record/schema.ts";
import { type Ended, versus } from "./versus.ts";

const SCENARIO = `name: counting
title: Counting
computes: Counts to n
tags: [lines]
parameters:
  n: { title: Iterations, type: integer, min: 1, max: 1e12, default: 2000 }
  workers: { title: Workers, type: integer, min: 1, max: 8, default: 1 }
expect: { rule: n }
loop: n
metrics: { steps: { title: Steps taken, unit: count } }
observe: { warns: { title: warns, pattern: "^careful" } }
memoryBytes: "64 * n"
limit: { rule: "n <= 1e11", reason: the shell counts in 64 bits }
reference: counts
variants:
  counts:
    language: shell
    toolchain: sh
    files: [count.sh]
    run: ["{toolchain}", "{dir}/count.sh", "{n}"]
    workers: workers
  throws-away:
    language: shell
    toolchain: sh
    files: [nothing.sh]
    run: ["{toolchain}", "{dir}/nothing.sh", "{n}"]
    unused: nobody looks at it
published:
  - variant: counts
    source: a-talk
    params: { n: 2000 }
    metrics: { wallS: 0.5 }
    note: The talk contradicts itself here, and says so nowhere
`;

const COUNT = `# Counts.
i=0
while [ "$i" -lt "$1" ]; do i=$((i + 1)); done
echo "$i"
echo "steps=$i"
echo careful >&2
`;

const SUITE = `name: mine
title: A suite
runs:
  - scenario: ./scenario.yaml
    variants: [counts]
    options: { runs: 3, target: 30ms, warmup: 0 }
  - scenario: ./scenario.yaml
    params: { n: 1e11 }
    options: { runs: 1, warmup: 0, metric: cpu }
`;

let home: string;
let own: string;

beforeAll(() => {
  home = Deno.makeTempDirSync({ prefix: "versus-test-" });
  own = join(home, "scenario.yaml");
  Deno.writeTextFileSync(own, SCENARIO);
  Deno.writeTextFileSync(join(home, "suite.yaml"), SUITE);
  Deno.writeTextFileSync(join(home, "count.sh"), COUNT);
  Deno.writeTextFileSync(join(home, "nothing.sh"), `# Does nothing.\n: "$1"\n`);
});

afterAll(() => {
  Deno.removeSync(home, { recursive: true });
});

function run(...args: string[]): Promise<Ended> {
  return versus(["run", own, "--trust", "--warmup", "0", "--seed", "1", ...args], { home });
}

function recordOf({ stdout }: Ended): RunRecord {
  return v.parse(RunRecordSchema, JSON.parse(stdout));
}

describe("versus run with a scenario of many abilities", () => {
  it("records figures, answers, lines and what is thrown away", async () => {
    const ended = await run("--runs", "2", "--json");
    const [counts, thrown] = recordOf(ended).scenarios[0]!.cases;
    expect(counts).toMatchObject({
      status: "ok",
      linesOfCode: 5,
      iterations: 2000,
      observed: { warns: true },
      output: "2000\nsteps=2000\ncareful",
    });
    expect(counts!.samples.map((s) => s.metrics)).toEqual([{ steps: 2000 }, { steps: 2000 }]);
    expect(thrown).toMatchObject({ status: "optimised-away", reason: "nobody looks at it" });
    expect(thrown!.samples).toHaveLength(2);
    expect(ended.code).toBe(0);
  });

  it("shows the note of a published figure wherever the figure is", async () => {
    const out = ["notes.md", "notes.csv"].map((name) => join(home, name));
    const { stdout } = await run("--runs", "2", ...out.flatMap((file) => ["--out", file]));
    const shown = await versus(["show", own], { home });
    const texts = [stdout, shown.stdout, ...out.map((file) => Deno.readTextFileSync(file))];
    for (const text of texts) {
      expect(text.replace(/\s+/g, " ")).toContain("The talk contradicts itself here");
    }
    expect(shown.stdout).toContain("throws-away is never ranked: nobody looks at it");
    expect(shown.stdout).toContain("Limit: n <= 1e11, the shell counts in 64 bits");
  });

  it("finds a size for a target time and names the case by it", async () => {
    const ended = await run("--target", "40ms", "--variant", "counts", "--runs", "2", "--json");
    const record = recordOf(ended);
    const [only] = record.scenarios[0]!.cases;
    expect(record.primaryMetric).toBe("nsPerIteration");
    expect(only!.caseId).toBe("counting/counts[n=0.04s,workers=1]");
    expect(only!.expected).toBe(`${only!.params["n"]}`);
    expect(only!.params["n"]).toBeGreaterThan(2000);
    expect(ended.stderr).toContain("counting: choosing the size");
  });

  it("draws a sweep over three values as a curve", async () => {
    const { stdout, code } = await run(
      "--sweep",
      "n=500,1000,2000",
      "--variant",
      "counts",
      "--runs",
      "1",
    );
    expect(stdout).toContain("● counts");
    expect(stdout).toMatch(/500 +1000 +2000\n +n\n/);
    expect(code).toBe(0);
  });

  it("refuses a size beyond memory or types before it starts, with bound and reason", async () => {
    const memory = await run("-p", "n=1e11");
    expect(memory.stderr).toMatch(
      /^error: Found n=100000000000, too large for counting: counts, throws-away: it needs about 5\.82 TB of memory, and [\d.]+ .B are free\nhint: Give n=\d+ or less\n$/,
    );
    const types = await run("-p", "n=2e11");
    expect(types.stderr).toContain("the shell counts in 64 bits (n <= 1e11)");
    expect([memory.code, memory.stdout, types.code]).toEqual([2, "", 2]);
  });

  it("refuses a metric that the scenario does not have", async () => {
    const { stderr, code } = await run("--metric", "stepps");
    expect(stderr).toContain("counting has no metric stepps; did you mean steps?");
    expect(code).toBe(2);
  });

  it("refuses a target that is no time", async () => {
    const { stderr, code } = await run("--target", "soon");
    expect(stderr).toContain("Found soon for --target, expected a time above zero");
    expect(code).toBe(2);
  });
});

describe("versus run with a suite", () => {
  it("takes the suite's target and metric, and leaves out what does not fit", async () => {
    const ended = await versus(["run", join(home, "suite.yaml"), "--trust", "--json"], { home });
    const [first, second] = recordOf(ended).scenarios;
    expect(first).toMatchObject({
      primaryMetric: "nsPerIteration",
      calibrated: { parameter: "n", targetS: 0.03 },
    });
    expect(first!.cases[0]!.samples).toHaveLength(3);
    expect(second!.primaryMetric).toBe("cpuS");
    expect(second!.cases.map((c) => c.status)).toEqual(["unavailable", "unavailable"]);
    expect(second!.cases[0]!.reason).toMatch(
      /^n=100000000000 is too large: .*; at most n=\d+ fits$/,
    );
    expect(ended.code).toBe(0);
  });

  it("lets the command line win over the suite's options", async () => {
    const ended = await versus(
      ["run", join(home, "suite.yaml"), "--trust", "--json", "--runs", "2", "--metric", "wall"],
      { home },
    );
    const [first, second] = recordOf(ended).scenarios;
    expect(first!.cases[0]!.samples).toHaveLength(2);
    expect([first!.primaryMetric, second!.primaryMetric]).toEqual([undefined, undefined]);
  });
});
