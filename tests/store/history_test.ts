import { join } from "node:path";
import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import { recordOf } from "../../lib/bench/record.ts";
import {
  choosePrune,
  countRuns,
  findRun,
  type History,
  indexRun,
  listProblems,
  listRuns,
  loadRun,
  machineId,
  prune,
  rebuildHistory,
  requireRun,
  requireTag,
  useHistory,
  writeTags,
} from "../../lib/store/mod.ts";
import { eventsOf, type Home, idOf, makeHome, writeJournal } from "./_runs.ts";

describe("the history", () => {
  let home: Home;
  let told: string[];

  beforeEach(() => {
    home = makeHome();
    told = [];
  });

  afterEach(() => home[Symbol.dispose]());

  function use<T>(read: (history: History) => T): T {
    return useHistory(read, { folder: home.folder, tell: (line) => told.push(line) });
  }

  function ids(): string[] {
    return use(listRuns).map(({ id }) => id);
  }

  it("is empty where nothing was measured", () => {
    expect(use(listRuns)).toEqual([]);
    expect(told).toEqual([]);
  });

  it("finds journals that are newer than the index, and forgets those that are gone", () => {
    writeJournal(home.folder, { id: idOf(1) });
    expect(ids()).toEqual([idOf(1)]);
    const second = writeJournal(home.folder, { id: idOf(2) });
    expect(ids()).toEqual([idOf(2), idOf(1)]);
    Deno.removeSync(second);
    expect(ids()).toEqual([idOf(1)]);
  });

  it("gives back the document that the journal makes, samples and all", () => {
    const run = { id: idOf(1), toolchain: { name: "go", version: "1.26.8" } };
    writeJournal(home.folder, run);
    const record = use((history) => loadRun(history, run.id));
    expect(record).toEqual(recordOf(eventsOf(run)));
  });

  it("reads a journal again that has grown, and no other", () => {
    const path = writeJournal(home.folder, { id: idOf(1), ended: false, samples: 3 });
    writeJournal(home.folder, { id: idOf(2) });
    expect(use(listRuns).map(({ samples, status }) => [samples, status]))
      .toEqual([[40, "ok"], [6, "unfinished"]]);
    const before = use((h) => h.db.prepare("SELECT no FROM runs WHERE id = ?").get(idOf(2)));
    const events = eventsOf({ id: idOf(1) });
    Deno.writeTextFileSync(path, events.map((e) => `${JSON.stringify(e)}\n`).join(""));
    expect(use(listRuns).map(({ samples, status }) => [samples, status]))
      .toEqual([[40, "ok"], [40, "ok"]]);
    const after = use((h) => h.db.prepare("SELECT no FROM runs WHERE id = ?").get(idOf(2)));
    expect(after).toEqual(before);
  });

  it("puts a run in when it ends, so that the next listing reads nothing", () => {
    const run = { id: idOf(1) };
    writeJournal(home.folder, run);
    const failed = indexRun(recordOf(eventsOf(run)), { folder: home.folder });
    expect(failed).toBeUndefined();
    let read = 0;
    const runs = useHistory(listRuns, { folder: home.folder, progress: () => read++ });
    expect(runs.map(({ id }) => id)).toEqual([run.id]);
    expect(read).toBe(0);
  });

  it("filters by scenario, language, time, machine and tag", () => {
    writeJournal(home.folder, { id: idOf(1), scenario: "flipsum" });
    writeJournal(home.folder, { id: idOf(2), language: "rust" });
    writeJournal(home.folder, { id: idOf(3), environment: { hostname: "bench-2" } });
    writeTags([{ run: idOf(2), tag: "before" }, { run: idOf(2), tag: "slow" }], home.folder);
    const listed = (filter: Parameters<typeof listRuns>[1]) =>
      use((history) => listRuns(history, filter)).map(({ id }) => id);
    expect(listed({ scenarios: ["flipsum"] })).toEqual([idOf(1)]);
    expect(listed({ languages: ["rust", "c"] })).toEqual([idOf(2)]);
    expect(listed({ since: "2026-01-01T02:00:00.000Z" })).toEqual([idOf(3), idOf(2)]);
    expect(listed({ until: "2026-01-01T02:00:00.000Z" })).toEqual([idOf(1)]);
    expect(listed({ machine: "bench-2" })).toEqual([idOf(3)]);
    expect(listed({ machine: machineId(home.folder).slice(0, 4) }).length).toBe(3);
    expect(listed({ tags: ["before", "slow"] })).toEqual([idOf(2)]);
    expect(listed({ tags: ["before", "other"] })).toEqual([]);
    expect(listed({ limit: 2 })).toEqual([idOf(3), idOf(2)]);
    expect(use((history) => countRuns(history, { limit: 2 }))).toBe(3);
  });

  it("keeps tags over a rebuild, and takes them away", () => {
    writeJournal(home.folder, { id: idOf(1) });
    writeTags([{ run: idOf(1), tag: "a" }, { run: idOf(1), tag: "b" }], home.folder);
    writeTags([{ run: idOf(1), tag: "a", remove: true }], home.folder);
    expect(use(listRuns)[0]!.tags).toEqual(["b"]);
    use((history) => rebuildHistory(history));
    expect(use(listRuns)[0]!.tags).toEqual(["b"]);
  });

  it("refuses tags that mean something else", () => {
    for (const tag of ["latest", "latest~3", "", "a b", "x.json", "-x", "\x1b[31m", "é"]) {
      expect(() => requireTag(tag)).toThrow("expected up to 64 letters");
    }
    requireTag("v1.2");
  });

  it("finds a run by id, beginning, latest, latest~N and tag", () => {
    for (const n of [1, 2, 3]) writeJournal(home.folder, { id: idOf(n) });
    writeJournal(home.folder, { id: idOf(4), samples: 0, ended: false });
    writeTags([{ run: idOf(1), tag: "base" }, { run: idOf(2), tag: "base" }], home.folder);
    const find = (name: string) => use((history) => findRun(history, name));
    expect(find(idOf(1))).toBe(idOf(1));
    expect(find(idOf(2).slice(0, 13))).toBe(idOf(2));
    // The fourth has nothing to show.
    expect(find("latest")).toBe(idOf(3));
    expect(find("latest~2")).toBe(idOf(1));
    expect(find("base")).toBe(idOf(2));
    expect(find("base~1")).toBe(idOf(1));
    expect(find("nothing")).toBeUndefined();
    expect(() => find("2026")).toThrow("is the beginning of 4 runs");
    expect(() => find("latest~3")).toThrow("expected at least 4");
    expect(() => use((history) => requireRun(history, "latst"))).toThrow("did you mean latest?");
  });

  it("counts only runs with a case for latest, where one is asked for", () => {
    writeJournal(home.folder, { id: idOf(1), scenario: "flipsum" });
    writeJournal(home.folder, { id: idOf(2) });
    const find = (cases: string[]) => use((history) => findRun(history, "latest", { cases }));
    expect(find(["flipsum/one[n=1]"])).toBe(idOf(1));
    expect(() => find(["flipsum/other[n=1]"])).toThrow("with the cases of this run");
  });

  it("chooses what to remove: old, more than are kept, never with tags", () => {
    for (const n of [1, 2, 3, 4]) writeJournal(home.folder, { id: idOf(n) });
    writeTags([{ run: idOf(1), tag: "keep" }], home.folder);
    const choose = (rule: Parameters<typeof choosePrune>[2]) =>
      use((history) => choosePrune(history, listRuns(history), rule)).map(({ run }) => run.id);
    expect(choose({ keep: 2 })).toEqual([idOf(2)]);
    expect(choose({ before: "2026-01-01T03:30:00.000Z" })).toEqual([idOf(3), idOf(2)]);
    expect(choose({ keep: 4 })).toEqual([]);
    const items = use((history) => choosePrune(history, listRuns(history), { keep: 2 }));
    expect(prune(items, home.folder)).toEqual([idOf(2)]);
    expect(ids()).toEqual([idOf(4), idOf(3), idOf(1)]);
  });

  it("does not remove a run that is being written", () => {
    const path = writeJournal(home.folder, { id: idOf(1), ended: false });
    const items = use((history) => choosePrune(history, listRuns(history), { keep: 0 }));
    using writer = Deno.openSync(path, { append: true });
    expect(writer.tryLockSync(true)).toBe(true);
    expect(prune(items, home.folder)).toEqual([]);
    expect(ids()).toEqual([idOf(1)]);
  });

  it("has one random number for a machine, and keeps it", () => {
    const id = machineId(home.folder);
    expect(id).toMatch(/^[0-9a-f]{8}$/);
    expect(machineId(home.folder)).toBe(id);
    using other = makeHome();
    expect(machineId(other.folder)).not.toBe(id);
  });

  it("tells of a journal that is cut, damaged, empty, foreign, or there twice", () => {
    const cut = writeJournal(home.folder, { id: idOf(1) });
    Deno.truncateSync(cut, Deno.statSync(cut).size - 120);
    const damaged = writeJournal(home.folder, { id: idOf(2) });
    const lines = Deno.readTextFileSync(damaged).split("\n");
    lines[5] = lines[5]!.slice(0, 30) + "\0\0" + lines[5]!.slice(40);
    Deno.writeTextFileSync(damaged, lines.join("\n"));
    const runs = join(home.folder, "runs");
    Deno.writeTextFileSync(join(runs, "empty.jsonl"), "");
    Deno.writeTextFileSync(join(runs, "half.jsonl"), '{"type":"run-st');
    Deno.writeTextFileSync(join(runs, "none.jsonl"), "what is this\n\x1b[31m\n");
    const start = eventsOf({ id: idOf(9) })[0]!;
    const foreign = `${JSON.stringify({ ...start, schema: "versus.events/2" })}\n`;
    Deno.writeTextFileSync(join(runs, "foreign.jsonl"), foreign);
    Deno.copyFileSync(damaged, join(runs, "twice.jsonl"));
    const [listed, problems] = use((history) =>
      [listRuns(history), listProblems(history)] as const
    );
    expect(listed.map(({ id, samples, status }) => [id, samples, status])).toEqual([
      [idOf(2), 39, "ok"],
      [idOf(1), 39, "unfinished"],
    ]);
    expect(problems).toEqual([
      { source: `runs/${idOf(2)}.jsonl`, reason: "it is damaged at line 6; the others were read" },
      {
        source: "runs/foreign.jsonl",
        reason: "it has the format versus.events/2, this versus reads versus.events/1",
      },
      { source: "runs/none.jsonl", reason: "it does not begin with run-start" },
      { source: "runs/twice.jsonl", reason: `it holds the same run as runs/${idOf(2)}.jsonl` },
    ]);
    // They are not read again as long as they stay as they are.
    let read = 0;
    useHistory(() => {}, { folder: home.folder, progress: () => read++ });
    expect(read).toBe(0);
  });
});
