/** `versus compare` and gates on the history through the real command line. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { CompareSchema } from "../../lib/store/documents.ts";
import { idOf, writeJournal } from "../store/_runs.ts";
import { type Ended, versus } from "./versus.ts";

describe("versus compare", () => {
  let home: string;

  async function run(...args: string[]): Promise<Ended> {
    return await versus(args, { home });
  }

  async function compare(...args: string[]) {
    const { stdout, stderr, code } = await run("compare", "--json", ...args);
    return { document: v.parse(CompareSchema, JSON.parse(stdout)), stderr, code };
  }

  beforeAll(() => {
    home = Deno.makeTempDirSync({ prefix: "versus-test-" });
    const folder = join(home, "state");
    writeJournal(folder, { id: idOf(1), levels: { one: 0.1, two: 0.2 } });
    writeJournal(folder, { id: idOf(2), levels: { one: 0.12, two: 0.2 } });
    writeJournal(folder, { id: idOf(3), environment: { cpuModel: "Another processor" } });
    Deno.writeTextFileSync(
      join(home, "hyper.json"),
      JSON.stringify({
        results: ["one", "two"].map((command) => ({
          command,
          times: Array.from({ length: 12 }, (_, i) => 0.1 + i / 1000),
        })),
      }),
    );
  });

  afterAll(() => Deno.removeSync(home, { recursive: true }));

  it("compares two runs by id, beginning, latest, tag and file", async () => {
    await run("history", "tag", idOf(1), "base");
    const file = join(home, "two.json");
    Deno.writeTextFileSync(file, (await run("history", "show", idOf(2), "--json")).stdout);
    for (
      const [a, b] of [
        [idOf(1), idOf(2)],
        [idOf(1).slice(0, 12), idOf(2).slice(0, 12)],
        ["latest~2", "latest~1"],
        ["base", "two.json"],
      ]
    ) {
      const { document, code } = await compare(a!, b!);
      expect(code).toBe(0);
      expect([document.a.id, document.b.id]).toEqual([idOf(1), idOf(2)]);
      expect(document.pairing).toBe("unpaired");
      expect(document.cases.map(({ verdict }) => verdict)).toEqual(["slower", "equivalent"]);
      expect(document.cases[0]!.ratio).toBeCloseTo(0.1 / 0.12, 2);
    }
  });

  it("says what it did to people, without colours in a pipe", async () => {
    const { stdout, code } = await run("compare", idOf(1), idOf(2));
    expect(code).toBe(0);
    expect(stdout).toMatch(/mine\/one\[n=1\]\s+1\.2\d* × slower/);
    expect(stdout).toContain("share no blocks");
    // deno-lint-ignore no-control-regex
    expect(stdout).not.toMatch(/\x1b/);
  });

  it("compares two variants of a run block by block", async () => {
    const { document } = await compare(`${idOf(1)}:two`, `${idOf(1)}:one`);
    expect(document.pairing).toBe("blocks");
    expect(document.cases).toHaveLength(1);
    expect(document.cases[0]).toMatchObject({
      caseId: "mine/one[n=1]",
      toCaseId: "mine/two[n=1]",
      verdict: "faster",
    });
  });

  it("takes hyperfine's JSON on either side", async () => {
    const { document } = await compare("hyper.json:one", "hyper.json:two");
    expect(document.pairing).toBe("unpaired");
    expect(document.a.imported).toBe("hyperfine");
    expect(document.warnings.map(({ code }) => code)).toEqual(["different-sessions", "imported"]);
    expect(document.cases[0]!.ratio).toBeCloseTo(1, 1);
    const other = await compare("hyper.json", idOf(1));
    expect(other.document.environmentDiff.map(({ field }) => field)).toEqual(["environment"]);
  });

  it("tells the difference of the machines in the place of a number", async () => {
    const { document } = await compare(idOf(1), idOf(3));
    expect(document.cases.every(({ ratio }) => ratio === undefined)).toBe(true);
    const { stdout } = await run("compare", idOf(1), idOf(3));
    expect(stdout).toContain("cpuModel: A processor → Another processor");
    expect(stdout).toContain("not comparable");
  });

  it("ends with 3 when a gate fails, 4 when it can't decide", async () => {
    const gate = async (a: string, b: string, percent: string) =>
      (await run("compare", a, b, "--max-regress", percent)).code;
    expect(await gate(idOf(1), idOf(2), "5%")).toBe(3);
    expect(await gate(idOf(1), idOf(2), "30%")).toBe(0);
    expect(await gate(idOf(1), idOf(3), "30%")).toBe(4);
  });

  it("refuses what is not there, with the nearest", async () => {
    const cases: readonly (readonly [string, string])[] = [
      ["latst", "did you mean latest?"],
      ["latest~9", "expected at least 10"],
      ["nothing.json", "Cannot read nothing.json"],
      [`${idOf(1)}:three`, "has no variant three"],
      ["20260101", "is the beginning of 3 runs"],
      ["\x1b[31m", "No run \\x1b[31m"],
    ];
    for (const [name, message] of cases) {
      const { code, stdout, stderr } = await run("compare", name, idOf(1));
      expect([name, code, stdout]).toEqual([name, 2, ""]);
      expect(stderr).toContain(message);
    }
    const metric = await run("compare", idOf(1), idOf(2), "--metric", "wal");
    expect([metric.code, metric.stdout]).toEqual([2, ""]);
    expect(metric.stderr).toContain("Neither run has the metric wal; did you mean wall?");
    Deno.writeTextFileSync(join(home, "other.json"), '{"schema":"versus.run/7"}');
    const { stderr } = await run("compare", "other.json", "latest");
    expect(stderr).toContain("other.json holds versus.run/7");
  });
});

describe("a gate on the history", () => {
  let home: string;
  const BENCH = ["bench", "sleep 0.01", "--runs", "12", "--warmup", "0", "--json"];

  beforeAll(async () => {
    home = Deno.makeTempDirSync({ prefix: "versus-test-" });
    const first = await versus(BENCH, { home });
    expect(first.code).toBe(0);
    const { id } = JSON.parse(first.stdout);
    const tagged = await versus(["history", "tag", id, "base"], { home });
    expect(tagged.code).toBe(0);
    // A later run of something else is not what latest means for this gate.
    writeJournal(join(home, "state"), { id: idOf(10_000) });
  });

  afterAll(() => Deno.removeSync(home, { recursive: true }));

  for (const name of ["latest", "base"]) {
    it(`takes ${name}`, async () => {
      const args = [...BENCH, "--baseline", name, "--max-regress", "900%"];
      const { code, stdout } = await versus(args, { home });
      const { gate } = JSON.parse(stdout);
      expect(gate.baseline).toBe(name);
      expect(gate.cases.map(({ caseId }: { caseId: string }) => caseId))
        .toEqual(["commands/sleep 0.01"]);
      expect([gate.verdict, code]).toEqual(["passed", 0]);
    });
  }

  it("can't decide on another machine's baseline, and says why", async () => {
    const { stdout } = await versus(["history", "show", "base", "--json"], { home });
    const record = JSON.parse(stdout);
    record.environment.cpuModel = "Another processor";
    Deno.writeTextFileSync(join(home, "base.json"), JSON.stringify(record));
    const args = [...BENCH, "--baseline", "base.json", "--max-regress", "900%"];
    const { code, stdout: out, stderr } = await versus(args, { home });
    expect(JSON.parse(out).gate.verdict).toBe("undecided");
    expect(stderr).toContain("The baseline differs in cpuModel: Another processor");
    expect(code).toBe(4);
  });

  it("refuses a baseline that is not there before anything is measured", async () => {
    for (const name of ["nothing", "latest~50"]) {
      const args = [...BENCH, "--baseline", name, "--max-regress", "5%"];
      const { code, stdout, stderr } = await versus(args, { home });
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).not.toContain("measuring");
      expect(stderr).toContain("See the runs with: versus history");
    }
  });
});
