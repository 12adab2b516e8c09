/** `versus history` and `versus report` through the real command line. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { RunRecordSchema } from "../../lib/record/schema.ts";
import { HistorySchema, TrendSchema } from "../../lib/store/documents.ts";
import { EnvelopeSchema } from "../../lib/store/envelope.ts";
import { idOf, makeHome, writeJournal } from "../store/_runs.ts";
import { type Ended, startVersus, versus } from "./versus.ts";

describe("versus history", () => {
  let home: string;

  async function run(...args: string[]): Promise<Ended> {
    return await versus(args, { home });
  }

  async function ids(...args: string[]): Promise<string[]> {
    const { stdout, code } = await run("history", "--json", ...args);
    expect(code).toBe(0);
    return JSON.parse(stdout).runs.map(({ id }: { id: string }) => id);
  }

  beforeAll(async () => {
    home = Deno.makeTempDirSync({ prefix: "versus-test-" });
    const folder = join(home, "state");
    writeJournal(folder, {
      id: idOf(1),
      title: "\x1b[2J\x1b]0;gone\x07",
      scenario: "evil\x1b[31m",
      levels: { "\x1b[1m\u202ebold": 0.1 },
    });
    for (let n = 2; n <= 21; n++) {
      writeJournal(folder, {
        id: idOf(n),
        samples: 12,
        levels: { one: n < 12 ? 0.1 : 0.13, two: 0.2 },
        language: n % 2 === 0 ? "go" : "rust",
      });
    }
    const { code } = await run("bench", "true", "--runs", "11", "--warmup", "0", "--json");
    expect(code).toBe(0);
  });

  afterAll(() => Deno.removeSync(home, { recursive: true }));

  it("lists what was measured, the latest first, as a table and a valid document", async () => {
    const { stdout, stderr, code } = await run("history");
    expect([code, stderr]).toEqual([0, ""]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(23);
    expect(lines[0]).toMatch(/^run\s+started \(UTC\)\s+scenarios\s+languages\s+samples\s+status/);
    expect(lines[1]).toMatch(/commands\s+shell\s+11\s+ok/);
    const { stdout: json } = await run("history", "--json");
    const document = v.parse(HistorySchema, JSON.parse(json));
    expect(document.runs).toHaveLength(22);
    // Machines have a number; their names stay here.
    expect(json).not.toContain("bench-1");
  });

  it("filters, and says how many are not shown", async () => {
    expect(await ids("--scenario", "mine", "--limit", "2")).toEqual([idOf(21), idOf(20)]);
    expect(await ids("--language", "rust", "--until", "2026-01-01T05:30Z"))
      .toEqual([idOf(5), idOf(3)]);
    expect(await ids("--since", "2026-01-01T20:30Z", "--machine", "bench-1")).toEqual([idOf(21)]);
    expect(await ids("--scenario", "nothing")).toEqual([]);
    const { stdout, stderr } = await run("history", "--limit", "3");
    expect(stdout.trimEnd().split("\n")).toHaveLength(4);
    expect(stderr).toContain("19 older ones are not shown");
    const { stdout: none } = await run("history", "--tag", "nothing");
    expect(none).toBe("No run fits.\n");
  });

  it("refuses what it does not know, with what was expected", async () => {
    const cases: readonly (readonly [string[], string])[] = [
      [["history", "shwo"], "did you mean show?"],
      [["history", "show"], "expected one run"],
      [["history", "show", "nothing"], "No run nothing among the 22"],
      [["history", "show", "20260101"], "is the beginning of 21 runs"],
      [["history", "--since", "yesterday"], "expected a date, a time in UTC or an age"],
      [["history", "--since", "2026-02-31"], "expected a date"],
      [["history", "--limit", "0"], "at least 1"],
      [["history", "prune"], "expected --keep or --older-than"],
      [["history", "prune", "--older-than", "soon"], "expected an age"],
      [["history", "tag", "latest", "\x1b[31m"], "expected up to 64 letters"],
      [["history", "trend", "nothing"], "No case nothing"],
      [["history", "import", "nothing.json"], "Cannot read nothing.json"],
      [["history", "--wat"], "Unknown option --wat"],
    ];
    for (const [args, message] of cases) {
      const { code, stdout, stderr } = await run(...args);
      expect([args, code, stdout]).toEqual([args, 2, ""]);
      expect(stderr).toContain(message);
      // deno-lint-ignore no-control-regex
      expect(stderr).not.toMatch(/\x1b/);
    }
  });

  it("shows a run as it was shown, and as its document", async () => {
    const { stdout, code } = await run("history", "show", "latest");
    expect(code).toBe(0);
    expect(stdout).toContain("commands: Commands");
    expect(stdout).toContain("true");
    const { stdout: json } = await run("history", "show", idOf(3), "--json");
    expect(v.parse(RunRecordSchema, JSON.parse(json)).id).toBe(idOf(3));
  });

  it("shows escapes in titles and names as text, everywhere", async () => {
    for (
      const args of [
        ["history"],
        ["history", "--json"],
        ["history", "show", idOf(1)],
        ["history", "trend", "evil"],
        ["history", "export", idOf(1)],
        ["compare", idOf(1), idOf(1)],
        ["report", idOf(1)],
        ["report", idOf(1), "--markdown"],
      ]
    ) {
      const { stdout, stderr, code } = await run(...args);
      expect([args, code]).toEqual([args, 0]);
      // deno-lint-ignore no-control-regex
      expect(stdout + stderr).not.toMatch(/[\x1b\x07\u202e]/);
      expect(stdout).toMatch(/(\\|&#92;)(x1b|u001b)/);
    }
  });

  it("tags runs, which then go by that name", async () => {
    const { stdout } = await run("history", "tag", idOf(5), "base", "v1.2");
    expect(stdout).toBe(`${idOf(5)}: base v1.2\n`);
    expect(await ids("--tag", "base")).toEqual([idOf(5)]);
    const { stdout: shown } = await run("history", "show", "base", "--json");
    expect(JSON.parse(shown).id).toBe(idOf(5));
    const { stdout: after } = await run("history", "tag", "base", "v1.2", "--remove");
    expect(after).toBe(`${idOf(5)}: base\n`);
  });

  it("prints a valid document of the runs that an action was about", async () => {
    const documents = [
      ["history", "tag", idOf(6), "one-more", "--json"],
      ["history", "tag", idOf(6), "one-more", "--remove", "--json"],
      ["history", "prune", "--keep", "1000", "--json"],
      ["history", "import", join(home, "state", "runs", `${idOf(6)}.jsonl`), "--json"],
      ["history", "rebuild", "--json"],
    ];
    const runs: number[] = [];
    for (const args of documents) {
      const { stdout, code } = await run(...args);
      expect([args, code]).toEqual([args, 0]);
      runs.push(v.parse(HistorySchema, JSON.parse(stdout)).runs.length);
    }
    expect(runs).toEqual([1, 1, 0, 0, 22]);
  });

  it("draws a case over time and marks where its level changed", async () => {
    const { stdout, code } = await run("history", "trend", "mine/one");
    expect(code).toBe(0);
    expect(stdout).toContain(`run ${idOf(12)}: 1.3`);
    expect(stdout).toContain("× slower");
    const { stdout: flat } = await run("history", "trend", "mine/two");
    expect(flat).toContain("No change of level");
    const { stdout: json } = await run("history", "trend", "mine/one", "--json");
    const document = v.parse(TrendSchema, JSON.parse(json));
    expect(document.changePoints.map(({ runId }) => runId)).toEqual([idOf(12)]);
  });

  it("gives runs to another machine, anonymised, and takes them only once", async () => {
    const file = join(home, "runs.jsonl");
    const out = await run("history", "export", "--out", file, "--anonymize", "--scenario", "mine");
    expect(out.stderr).toContain("Wrote 20 runs");
    const text = Deno.readTextFileSync(file);
    expect(text).not.toContain("bench-1");
    expect(text).not.toContain("/opt/");
    for (const line of text.trimEnd().split("\n")) {
      expect(v.is(EnvelopeSchema, JSON.parse(line))).toBe(true);
    }
    const nowhere = await run("history", "export", "--out", join(home, "no", "runs.jsonl"));
    expect([nowhere.code, nowhere.stdout]).toEqual([1, ""]);
    expect(nowhere.stderr).toContain("Cannot write");
    using other = makeHome();
    const first = await versus(["history", "import", file], { home: other.home });
    expect([first.code, first.stderr]).toEqual([0, "20 new, 0 known already\n"]);
    const second = await versus(["history", "import", file, file], { home: other.home });
    expect([second.stdout, second.stderr]).toEqual(["", "0 new, 20 known already\n"]);
    const merged = await versus(["history", "merge", home], { home: other.home });
    expect(merged.stderr).toContain("2 new, 20 known already");
    const { stdout } = await versus(["history", "--json", "--tag", "base"], { home: other.home });
    const [run5] = JSON.parse(stdout).runs;
    expect(run5).toMatchObject({ id: idOf(5), imported: true, tags: ["base"] });
    // What came from elsewhere is not this machine's latest.
    const latest = await versus(["history", "show", "latest"], { home: other.home });
    expect(latest.stderr).toContain("no run of this machine");
  });

  it("says what it would remove, asks, and removes with --yes", async () => {
    using other = makeHome();
    for (const n of [1, 2, 3, 4]) writeJournal(other.folder, { id: idOf(n) });
    const prune = (...args: string[]) =>
      versus(["history", "prune", ...args], { home: other.home });
    const asked = await prune("--keep", "2");
    expect([asked.code, asked.stdout]).toEqual([2, ""]);
    expect(asked.stderr).toContain(idOf(1));
    expect(asked.stderr).toContain("2 runs, ");
    expect(asked.stderr).toContain("nobody can be asked");
    const files = () => [...Deno.readDirSync(join(other.folder, "runs"))].length;
    expect(files()).toBe(4);
    const done = await prune("--keep", "2", "--yes");
    expect([done.code, done.stdout]).toEqual([0, `${idOf(2)}\n${idOf(1)}\n`]);
    expect(files()).toBe(2);
    expect((await prune("--older-than", "1h", "--keep", "5", "--yes")).stderr)
      .toContain("Nothing to remove");
  });

  it("is rebuilt from the journals, also when the index is damaged", async () => {
    const before = await ids();
    const { stderr, code } = await run("history", "rebuild");
    expect(code).toBe(0);
    expect(stderr).toContain("22 runs");
    expect(await ids()).toEqual(before);
    Deno.writeTextFileSync(join(home, "state", "history.sqlite3"), "no database");
    const damaged = await run("history", "--json");
    expect(damaged.stderr).toContain("was damaged; it is kept as");
    expect(JSON.parse(damaged.stdout).runs.map(({ id }: { id: string }) => id)).toEqual(before);
    expect((await run("history")).stderr).toBe("");
  });

  it("has a run that was interrupted or killed, and the same run after it was resumed", async () => {
    using other = makeHome();
    const statuses = async () => {
      const { stdout } = await versus(["history", "--json"], { home: other.home });
      return JSON.parse(stdout).runs.map((
        { status, samples }: { status: string; samples: number },
      ) => `${status} ${samples > 0}`);
    };
    for (const signal of ["SIGINT", "SIGKILL"] as const) {
      const args = ["bench", "sleep 0.01", "--runs", "100", "--warmup", "0", "--events"];
      const child = startVersus(args, { home: other.home, env: { TMPDIR: other.home } });
      const said = new Response(child.stderr).text();
      let samples = 0;
      for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
        const before = samples;
        samples += text.split('"type":"sample"').length - 1;
        if (before < 3 && samples >= 3) child.kill(signal);
      }
      await child.status;
      await said;
    }
    expect(await statuses()).toEqual(["unfinished true", "interrupted true"]);
    expect((await versus(["run", "--resume", "latest"], { home: other.home })).code).toBe(0);
    expect(await statuses()).toEqual(["ok true", "interrupted true"]);
  });

  it("says in one line when a run can't be indexed, and does not fail it", async () => {
    using other = makeHome();
    Deno.mkdirSync(join(other.folder, "history.sqlite3"), { recursive: true });
    const args = ["bench", "true", "--runs", "3", "--warmup", "0", "--json"];
    const { code, stdout, stderr } = await versus(args, { home: other.home });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).scenarios[0].cases[0].samples).toHaveLength(3);
    expect(stderr.match(/^Not in the history's index yet: .*$/gm)).toHaveLength(1);
    Deno.removeSync(join(other.folder, "history.sqlite3"));
    const { stdout: listed } = await versus(["history", "--json"], { home: other.home });
    expect(JSON.parse(listed).runs[0].samples).toBe(3);
  });

  it("says so where the home can't be written, and loses nothing", async () => {
    using other = makeHome();
    Deno.writeTextFileSync(other.folder, "");
    const listed = await versus(["history"], { home: other.home });
    expect([listed.code, listed.stdout.slice(0, 22)]).toEqual([0, "There are no runs yet:"]);
    expect(listed.stderr).toContain("can't be written");
    const journal = join(home, "state", "runs", `${idOf(3)}.jsonl`);
    const taken = await versus(["history", "import", journal], { home: other.home });
    expect([taken.code, taken.stdout]).toEqual([1, ""]);
    expect(taken.stderr).toContain("Cannot keep runs from elsewhere");
  });

  it("reports on the latest run of every scenario, as text and Markdown", async () => {
    const { stdout, code } = await run("report");
    expect(code).toBe(0);
    expect(stdout).toContain("commands: Commands");
    expect(stdout).toContain("mine: Made");
    expect(stdout).toContain(`run ${idOf(21)}`);
    expect(stdout).not.toContain(`run ${idOf(20)}`);
    const file = join(home, "REPORT.md");
    const { stderr } = await run("report", "latest", idOf(4), "--out", file, "--anonymize");
    expect(stderr).toContain("Wrote");
    const text = Deno.readTextFileSync(file);
    expect(text).toMatch(/^# What was measured\n/);
    expect(text).toContain("| variant | time |");
    expect(text).toContain(idOf(4));
  });

  it("says so when there is nothing to report on", async () => {
    using other = makeHome();
    const { code, stderr } = await versus(["report"], { home: other.home });
    expect(code).toBe(2);
    expect(stderr).toContain("The history holds no run to report on");
    const { stdout } = await versus(["history"], { home: other.home });
    expect(stdout).toContain("There are no runs yet");
  });
});
