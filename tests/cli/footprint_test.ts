/** Scenarios of kind footprint through the real command line. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { type RunRecord, RunRecordSchema } from "../../lib/record/schema.ts";
import { versus } from "./versus.ts";

const SCENARIO = `name: reading
kind: footprint
title: Reading a file
computes: Prints what is in a file.
expect: { results: [{ params: {}, stdout: ready }] }
reference: one
variants:
  one:
    language: shell
    toolchain: sh
    files: [read.sh, data]
    run: ["{toolchain}", "{dir}/read.sh", "{dir}/data"]
  two:
    language: shell
    toolchain: sh
    files: [read.sh, data]
    run: ["{toolchain}", "{dir}/read.sh", "{dir}/data", "{dir}/read.sh"]
published:
  - variant: one
    source: a-talk
    params: {}
    metrics: { filesOpened: 42 }
    note: counted another way
`;

/** Prints the first lines of files, of those that are ready. */
const READ = `# Prints first lines.
for file; do
  read -r line <"$file"
  if [ "$line" = ready ]; then echo "$line"; fi
done
`;

const BENCH = SCENARIO.replace("kind: footprint", "kind: bench").replace("reading", "timing");

let home: string;
let own: string;

beforeAll(() => {
  home = Deno.makeTempDirSync({ prefix: "versus-test-" });
  own = join(home, "scenario.yaml");
  Deno.writeTextFileSync(own, SCENARIO);
  Deno.writeTextFileSync(join(home, "timing.yaml"), BENCH);
  Deno.writeTextFileSync(join(home, "read.sh"), READ);
  Deno.writeTextFileSync(join(home, "data"), "ready\n");
});

afterAll(() => {
  Deno.removeSync(home, { recursive: true });
});

function run(...args: string[]) {
  return versus(["run", own, "--trust", "--runs", "1", "--warmup", "0", "--seed", "1", ...args], {
    home,
  });
}

function recordOf(text: string): RunRecord {
  return v.parse(RunRecordSchema, JSON.parse(text));
}

/** The journal of the run that was made last. */
function journal(): string {
  const folder = join(home, "state", "runs");
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => name.endsWith(".jsonl"));
  return join(folder, names.sort().at(-1)!);
}

describe("versus run with a scenario of kind footprint", () => {
  it("prints one document with a footprint in each case", async () => {
    const { code, stdout, stderr } = await run("--json");
    const [{ kind, cases } = { kind: "", cases: [] }] = recordOf(stdout).scenarios;
    expect([code, kind, cases.map(({ status }) => status)]).toEqual([0, "footprint", ["ok", "ok"]]);
    for (const { footprint, samples } of cases) {
      expect(samples).toHaveLength(1);
      expect(footprint!.time.untracedS).toBe(samples[0]!.wallS);
      const data = footprint!.files.filter(({ path }) => path.endsWith("/data"));
      expect(data).toMatchObject([{ owner: "program:own", opens: 1, readBytes: 6 }]);
    }
    expect(stderr).toContain("reading: tracing");
  });

  it("prints a table with both times and what was published", async () => {
    const { code, stdout } = await run();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ +variant +files .*on disk.*untraced +traced/m);
    expect(stdout).toMatch(/^ +one +\d+ .* reference +42 /m);
    expect(stdout).toContain("counted another way");
    expect(stdout).not.toContain("Raise the size parameter");
  });

  it("writes files in every format", async () => {
    const out = ["run.json", "run.csv", "run.md", "run.junit.xml"].map((name) => join(home, name));
    const { code } = await run(...out.flatMap((file) => ["--out", file]));
    const [json = "", csv, markdown, junit] = out.map((file) => Deno.readTextFileSync(file));
    const { opened } = recordOf(json).scenarios[0]!.cases[0]!.footprint!;
    expect(code).toBe(0);
    expect(csv).toContain("footprint.filesOpened");
    expect(markdown).toMatch(new RegExp(`^\\| one \\| ${opened.unique} \\|`, "m"));
    expect(junit).toContain(`tests="2" failures="0"`);
  });

  it("goes on with a run whose journal ends before the trace", async () => {
    const first = recordOf((await run("--json")).stdout);
    const path = journal();
    const lines = Deno.readTextFileSync(path).split("\n");
    const at = lines.findIndex((line) => line.includes(`"type":"footprint"`));
    expect(at).toBeGreaterThan(0);
    Deno.writeTextFileSync(path, lines.slice(0, at).map((line) => `${line}\n`).join(""));
    const resumed = await versus(["run", "--resume", "latest", "--trust", "--json"], { home });
    const record = recordOf(resumed.stdout);
    expect([resumed.code, record.id]).toEqual([0, first.id]);
    const cases = record.scenarios[0]!.cases;
    expect(cases.map(({ samples }) => samples)).toEqual(
      first.scenarios[0]!.cases.map(({ samples }) => samples),
    );
    expect(cases.map(({ footprint }) => footprint?.exitCode)).toEqual([0, 0]);
    expect(resumed.stderr).not.toContain("checking results");
  });

  it("ends with 5 where there is no strace, and still measures other scenarios", async () => {
    const bin = join(home, "bin");
    Deno.mkdirSync(bin, { recursive: true });
    Deno.symlinkSync("/bin/sh", join(bin, "sh"));
    const without = { home, env: { PATH: bin } };
    const alone = await versus(["run", own, "--trust", "--runs", "1"], without);
    expect([alone.code, alone.stdout]).toEqual([5, ""]);
    expect(alone.stderr).toMatch(/^error: Tracing needs strace.*\nhint: Install/m);
    const both = await versus(
      ["run", own, join(home, "timing.yaml"), "--trust", "--runs", "1", "--json"],
      without,
    );
    const [reading, timing] = recordOf(both.stdout).scenarios;
    expect(both.code).toBe(5);
    expect(reading!.cases.map(({ status }) => status)).toEqual(["unavailable", "unavailable"]);
    expect(reading!.warnings.map(({ code }) => code)).toEqual(["no-tracer"]);
    expect(timing!.cases.map(({ status }) => status)).toEqual(["ok", "ok"]);
  });
});

describe("scenarios of kind footprint that come with the program", () => {
  it("are listed by their kind", async () => {
    const { code, stdout } = await versus(["list", "footprint", "--json"], { home });
    const { scenarios } = JSON.parse(stdout);
    const names = scenarios.map(({ name }: { name: string }) => name);
    expect([code, names]).toEqual([0, ["hello", "http-client", "network-client", "yaml-config"]]);
  });

  it("are shown with what was published, and without a table of no parameters", async () => {
    const { code, stdout } = await versus(["show", "network-client"], { home });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^cpython +nanog90 +filesOpened 269/m);
    expect(stdout).toContain("CPython 3.8");
    expect(stdout).not.toMatch(/^parameter +what/m);
  });
});

describe("versus trace", () => {
  it("writes a bill of materials with the opened files as evidence", async () => {
    const { code } = await versus(["trace", "--out", "a.cdx.json", "--", "cat", own], { home });
    const bom = JSON.parse(Deno.readTextFileSync(join(home, "a.cdx.json")));
    expect([code, bom.bomFormat, bom.specVersion]).toEqual([0, "CycloneDX", "1.6"]);
    expect(bom.metadata.component).toMatchObject({
      name: "cat",
      evidence: { occurrences: [{ location: own }] },
    });
    const [libc] = bom.components.filter(({ name }: { name: string }) => /^(lib|mus)c/.test(name));
    expect(libc.purl).toMatch(/^pkg:(deb|rpm|apk)\//);
    expect(libc.evidence.occurrences.length).toBeGreaterThan(0);
  });
});
