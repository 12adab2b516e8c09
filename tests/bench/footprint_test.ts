/** Scenarios of kind footprint through the real runner: order of events, what is traced, resuming. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { openHost } from "../../lib/bench/host.ts";
import { completeOptions, type GivenOptions } from "../../lib/bench/options.ts";
import { planRun } from "../../lib/bench/plan.ts";
import { recordOf } from "../../lib/bench/record.ts";
import { runBench } from "../../lib/bench/run.ts";
import { RunEventSchema } from "../../lib/record/events.ts";
import type { RunEvent } from "../../lib/record/events.ts";
import { type CaseResult, RunRecordSchema } from "../../lib/record/schema.ts";
import { expandCases, loadScenario } from "../../lib/scenario/mod.ts";

const SCENARIO = `name: reading
kind: footprint
title: Reading a file
computes: Prints what is in a file.
expect: { results: [{ params: {}, stdout: ready }] }
reference: reads
variants:
  reads:
    language: shell
    toolchain: sh
    files: [reads]
    run: ["{toolchain}", "{dir}/reads/read.sh", "{dir}/reads/data"]
  lies:
    language: shell
    toolchain: sh
    files: [lies.sh]
    run: ["{toolchain}", "{dir}/lies.sh"]
  hides:
    language: shell
    toolchain: sh
    files: [hides.sh]
    run: ["{toolchain}", "{dir}/hides.sh"]
`;

/** A program that ends otherwise while somebody traces it. */
const HIDES = `# Prints what is due, and fails where it is traced.
echo ready
while read -r name value; do
  if [ "$name" = TracerPid: ] && [ "$value" != 0 ]; then exit 7; fi
done </proc/self/status
`;

let folder: string;
let home: string | undefined;

beforeAll(() => {
  folder = Deno.makeTempDirSync({ prefix: "versus-test-" });
  home = Deno.env.get("VERSUS_HOME");
  Deno.env.set("VERSUS_HOME", folder);
  Deno.mkdirSync(join(folder, "reads"));
  for (
    const [name, text] of [
      ["scenario.yaml", SCENARIO],
      ["reads/read.sh", `# Prints a file.\nread -r line <"$1"\necho "$line"\n`],
      ["reads/data", "ready\n"],
      ["reads/package.json", `{"dependencies": {"nowhere": "1.0.0"}}`],
      ["lies.sh", "echo wrong\n"],
      ["hides.sh", HIDES],
    ] as const
  ) Deno.writeTextFileSync(join(folder, name), text);
});

afterAll(() => {
  if (home === undefined) Deno.env.delete("VERSUS_HOME");
  else Deno.env.set("VERSUS_HOME", home);
  Deno.removeSync(folder, { recursive: true });
});

/** Which variants are run, after what, and until which event. */
interface Way {
  readonly variants?: string[];
  readonly earlier?: RunEvent[];
  readonly until?: (event: RunEvent) => boolean;
}

async function run(
  given: GivenOptions,
  { variants, earlier, until = () => false }: Way = {},
): Promise<RunEvent[]> {
  const scenario = await loadScenario(folder);
  const { plan } = await planRun({
    items: [{
      scenario,
      cases: expandCases(scenario, variants === undefined ? {} : { variants }),
      named: false,
    }],
    options: completeOptions({ warmup: 0, ...given }),
    seed: 1,
  });
  await using open = await openHost();
  const identity = { id: "run", version: "0", environment: open.environment };
  const events: RunEvent[] = [];
  const before = earlier === undefined ? undefined : { events: earlier };
  const interruption = new AbortController();
  for await (const event of runBench(plan, open.host, identity, interruption.signal, before)) {
    if (until(event)) interruption.abort("SIGINT");
    events.push(v.parse(RunEventSchema, JSON.parse(JSON.stringify(event))));
  }
  return events;
}

function casesOf(events: readonly RunEvent[]): CaseResult[] {
  return v.parse(RunRecordSchema, recordOf(events)).scenarios[0]!.cases;
}

function typesOf(events: readonly RunEvent[], caseId: string): string[] {
  return events.filter((event) => "caseId" in event && event.caseId === caseId)
    .map((event) => event.type === "phase" ? event.phase : event.type);
}

describe("a run of a scenario of kind footprint", () => {
  let events: RunEvent[];
  let cases: CaseResult[];

  beforeAll(async () => {
    events = await run({ runs: 2 });
    cases = casesOf(events);
  });

  it("builds, verifies and times a case before it traces it", () => {
    expect(typesOf(events, "reading/reads")).toEqual([
      ...["build", "build", "verify", "verified", "sample", "sample", "case-end"],
      ...["trace", "footprint"],
    ]);
  });

  it("puts the document into the case, with the median of the untraced executions", () => {
    const [reads] = cases;
    const { files, time, opened, exitCode, command } = reads!.footprint!;
    const data = files.find(({ path }) => path.endsWith("/reads/data"));
    expect(data).toMatchObject({ kind: "file", rule: "own-folder", bytes: 6, readBytes: 6 });
    expect(opened.unique).toBe(files.filter(({ kind }) => kind === "file").length);
    expect([exitCode, command.at(-1)]).toEqual([0, data!.path]);
    const [first, second] = reads!.samples.map(({ wallS }) => wallS);
    expect(time.untracedS).toBeCloseTo((first! + second!) / 2, 9);
    expect(time.tracedS).toBeGreaterThan(0);
    expect(reads!.warnings).toEqual([]);
  });

  it("reads the manifests that stand beside the sources", () => {
    expect(cases[0]!.footprint!.manifests).toMatchObject([{ format: "package.json", packages: 1 }]);
    expect(cases[0]!.footprint!.packages.find(({ name }) => name === "nowhere")).toMatchObject({
      ecosystem: "npm",
      declared: true,
      installed: false,
      opened: false,
      direct: true,
    });
  });

  it("traces nothing whose output is wrong", () => {
    expect(cases[1]).toMatchObject({ status: "wrong-output", samples: [] });
    expect(cases[1]!.footprint).toBeUndefined();
    expect(typesOf(events, "reading/lies")).not.toContain("trace");
  });

  it("gives up a case that ends otherwise while it is traced", () => {
    expect(cases[2]).toMatchObject({
      status: "failed",
      reason: "exit code 7 while it was traced",
    });
    expect(cases[2]!.footprint).toBeUndefined();
    expect(cases[2]!.samples).toHaveLength(2);
  });

  it("traces again only what an earlier session had not", async () => {
    const at = events.findIndex(({ type }) => type === "footprint");
    const cut = events.slice(0, at);
    const resumed = await run({ runs: 2 }, { earlier: cut });
    expect(typesOf(resumed, "reading/reads")).toEqual(["build", "build", "trace", "footprint"]);
    const [reads] = casesOf([...cut, ...resumed]);
    expect([reads!.samples.length, reads!.footprint?.exitCode]).toEqual([2, 0]);
    expect(reads!.samples).toEqual(cases[0]!.samples);
    const whole = await run({ runs: 2 }, { variants: ["reads"], earlier: events });
    expect(whole.map(({ type }) => type)).toEqual(["resume", "run-end"]);
  });

  it("keeps what was timed when it is interrupted while it traces, and goes on from there", async () => {
    const variants = ["reads"];
    const until = (event: RunEvent) => event.type === "phase" && event.phase === "trace";
    const cut = await run({ runs: 2 }, { variants, until });
    expect(cut.at(-1)).toMatchObject({ type: "run-end", interrupted: "SIGINT" });
    const [reads] = casesOf(cut);
    expect([reads!.samples.length, reads!.footprint]).toEqual([2, undefined]);
    const resumed = await run({ runs: 2 }, { variants, earlier: cut });
    expect(typesOf(resumed, "reading/reads")).toEqual(["build", "build", "trace", "footprint"]);
    expect(casesOf([...cut, ...resumed])[0]!.footprint?.exitCode).toBe(0);
  });

  it("takes ten samples unless another number or precision was asked for", async () => {
    const [reads] = casesOf(await run({}, { variants: ["reads"] }));
    expect(reads!.samples).toHaveLength(10);
    const [more] = casesOf(await run({ runs: 12 }, { variants: ["reads"] }));
    expect(more!.samples).toHaveLength(12);
  });

  it("says what to install where there is no strace, and measures nothing", async () => {
    const path = Deno.env.get("PATH")!;
    const empty = Deno.makeTempDirSync({ dir: folder });
    Deno.symlinkSync("/bin/sh", join(empty, "sh"));
    Deno.env.set("PATH", empty);
    try {
      const without = await run({ runs: 1 }, { variants: ["reads"] });
      const { warnings, cases: [reads] } = recordOf(without).scenarios[0]!;
      expect(reads).toMatchObject({ status: "unavailable", samples: [] });
      expect(reads!.reason).toContain("Tracing needs strace");
      expect(warnings[0]).toMatchObject({ code: "no-tracer" });
      expect(warnings[0]!.advice).toContain("strace");
    } finally {
      Deno.env.set("PATH", path);
    }
  });
});
