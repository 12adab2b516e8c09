/** Runs that go from one history to another. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { recordOf } from "../../lib/bench/record.ts";
import { anonymize } from "../../lib/report/anonymize.ts";
import { EnvelopeSchema } from "../../lib/store/envelope.ts";
import {
  type Envelope,
  exportRun,
  keepRuns,
  listRuns,
  loadRun,
  machineId,
  readHistory,
  readRuns,
  rebuildHistory,
  useHistory,
  writeTags,
} from "../../lib/store/mod.ts";
import { eventsOf, type Home, idOf, makeHome, writeJournal } from "./_runs.ts";

const HYPERFINE = {
  results: [{ command: "sleep 0.1", times: [0.1, 0.11, 0.12], exit_codes: [0, 0, 0] }],
};

describe("runs from elsewhere", () => {
  let here: Home;
  let there: Home;

  beforeEach(() => {
    here = makeHome();
    there = makeHome();
    for (const n of [1, 2]) writeJournal(there.folder, { id: idOf(n) });
    writeTags([{ run: idOf(2), tag: "base" }], there.folder);
  });

  afterEach(() => {
    here[Symbol.dispose]();
    there[Symbol.dispose]();
  });

  function envelopes(): Envelope[] {
    return useHistory((h) => listRuns(h).map((run) => exportRun(h, run)), { folder: there.folder });
  }

  function write(name: string, text: string): string {
    const path = join(here.home, name);
    Deno.writeTextFileSync(path, text);
    return path;
  }

  function known(): Set<string> {
    return new Set(useHistory(listRuns, { folder: here.folder }).map(({ id }) => id));
  }

  async function take(path: string) {
    return await keepRuns(await readRuns(path), known(), here.folder);
  }

  function runsHere() {
    return useHistory(listRuns, { folder: here.folder });
  }

  it("arrive whole, with their tags and their machine, and only once", async () => {
    const lines = envelopes().map((e) => `${JSON.stringify(e)}\n`).join("");
    for (const line of lines.trim().split("\n")) {
      expect(v.is(EnvelopeSchema, JSON.parse(line))).toBe(true);
    }
    const path = write("runs.jsonl", lines + lines);
    expect(await take(path)).toEqual({ added: [idOf(2), idOf(1)], known: [idOf(2), idOf(1)] });
    expect(await take(path)).toEqual({ added: [], known: [idOf(2), idOf(1)] });
    const runs = runsHere();
    expect(runs.map(({ id, tags, machine, imported }) => ({ id, tags, machine, imported })))
      .toEqual([
        { id: idOf(2), tags: ["base"], machine: machineId(there.folder), imported: true },
        { id: idOf(1), tags: [], machine: machineId(there.folder), imported: true },
      ]);
    const record = useHistory((h) => loadRun(h, idOf(1)), { folder: here.folder });
    expect(record).toEqual(recordOf(eventsOf({ id: idOf(1) })));
    const rebuilt = useHistory((h) => {
      rebuildHistory(h);
      return listRuns(h);
    }, { folder: here.folder });
    expect(rebuilt).toEqual(runs);
  });

  it("are taken from a run document, a journal, and hyperfine's JSON", async () => {
    const record = recordOf(eventsOf({ id: idOf(5) }));
    await take(write("one.json", JSON.stringify(record, null, 2)));
    const journal = eventsOf({ id: idOf(6) }).map((e) => `${JSON.stringify(e)}\n`).join("");
    await take(write("journal.jsonl", journal));
    const file = write("hyper.json", JSON.stringify(HYPERFINE));
    await take(file);
    const again = await take(file);
    expect(again.added).toEqual([]);
    const [first] = again.known;
    expect(first).toMatch(/^hyperfine-hyper\.json-[0-9a-f]{8}$/);
    const runs = runsHere();
    expect(runs.map(({ id }) => id).sort()).toEqual([idOf(5), idOf(6), first].sort());
    expect(runs.map(({ machine }) => machine)).toEqual(["unknown", "unknown", "unknown"]);
    const hyper = useHistory((h) => loadRun(h, first!), { folder: here.folder });
    expect(hyper.imported).toMatchObject({ format: "hyperfine" });
    expect(hyper.environment).toBeUndefined();
    // On they go, as what they are.
    const onward = useHistory(
      (h) => exportRun(h, listRuns(h).find(({ id }) => id === first)!),
      { folder: here.folder },
    );
    expect(onward.hyperfine!.document).toEqual(HYPERFINE);
  });

  it("come from a whole state folder, with what can't be read told", async () => {
    Deno.writeTextFileSync(join(there.folder, "runs", "bad.jsonl"), "what\n");
    for (const path of [there.folder, there.home]) {
      const { runs, problems } = await readHistory(path);
      expect(runs.map(({ id }) => id)).toEqual([idOf(1), idOf(2)]);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain("bad.jsonl: it does not begin with run-start");
      const result = await keepRuns(runs, known(), here.folder);
      expect(result.added.length + result.known.length).toBe(2);
    }
    expect(runsHere().map(({ tags }) => tags)).toEqual([["base"], []]);
    await expect(readHistory(here.home + "/nothing")).rejects.toThrow("Cannot read");
    using empty = makeHome();
    await expect(readHistory(empty.home)).rejects.toThrow("holds no history");
  });

  it("leave host name, user and paths behind when they are anonymised", () => {
    const [run] = useHistory(
      (h) => listRuns(h).map((one) => exportRun(h, one, anonymize)),
      { folder: there.folder },
    );
    const text = JSON.stringify(run);
    expect(text).not.toContain("bench-1");
    expect(run!.run!.environment.hostname).toBeUndefined();
    expect(v.is(EnvelopeSchema, run)).toBe(true);
  });

  it("are refused when they are no run, of a foreign version, or of a bad shape", async () => {
    const record = recordOf(eventsOf({ id: idOf(5) }));
    const cases: readonly (readonly [string, string, string])[] = [
      ["a.json", "not json", "is not JSON"],
      ["b.json", "[1, 2]", "is no run: expected an object"],
      ["c.json", "{}", "is no run: "],
      ["d.json", JSON.stringify({ ...record, schema: "versus.run/2" }), "holds versus.run/2"],
      ["e.json", JSON.stringify({ schema: "versus.export/9" }), "holds versus.export/9"],
      ["f.json", JSON.stringify({ schema: "versus.list/1" }), "holds versus.list/1"],
      ["g.json", JSON.stringify({ ...record, seed: "x" }), "is no run: run.seed"],
      ["h.json", JSON.stringify({ ...record, startedAt: "\x1b[31m" }), "is no run: run.startedAt"],
      ["i.json", JSON.stringify({ results: [{ command: "x" }] }), "times"],
    ];
    for (const [name, text, message] of cases) {
      await expect(take(write(name, text))).rejects.toThrow(message);
    }
    const good = JSON.stringify(envelopes()[0]);
    const lines = write("j.jsonl", `${good}\n{"schema":\n`);
    await expect(take(lines)).rejects.toThrow("j.jsonl, line 2 is not JSON");
    expect(runsHere()).toEqual([]);
    await expect(take(join(here.home, "nothing.json"))).rejects.toThrow("Cannot read");
  });

  it("can't lead out of the folder by their identifier", async () => {
    const record = recordOf(eventsOf({ id: idOf(5) }));
    const id = "../../../outside\x1b[31m";
    const { added } = await take(write("evil.json", JSON.stringify({ ...record, id })));
    expect(added).toEqual([id]);
    expect([...Deno.readDirSync(here.home)].map(({ name }) => name).sort())
      .toEqual(["evil.json", "state"]);
    const [file] = [...Deno.readDirSync(join(here.folder, "imported"))];
    expect(file!.name).toMatch(/^_outside_31m-[0-9a-f]{8}\.json$/);
    expect(runsHere().map((run) => run.id)).toEqual([id]);
  });
});
