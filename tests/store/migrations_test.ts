import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { recordOf } from "../../lib/bench/record.ts";
import { MIGRATIONS, SCHEMA_VERSION } from "../../lib/store/_schema.ts";
import { openFile } from "../../lib/store/_sqlite.ts";
import {
  type History,
  listRuns,
  loadRun,
  rebuildHistory,
  trendOf,
  useHistory,
} from "../../lib/store/mod.ts";
import { restore } from "./_dump.ts";
import { eventsOf, type Home, idOf, type MadeRun, makeHome, writeJournal } from "./_runs.ts";

/** When the files of the fixtures were changed, in seconds since 1970. */
const MODIFIED = 1767229200;

/** The runs that every fixture holds. */
const RUNS: readonly MadeRun[] = [[1, 0.1], [2, 0.12]].map(([n, level]) => ({
  id: idOf(n!),
  samples: 12,
  levels: { one: level!, two: 0.2 },
  toolchain: { name: "go", version: "1.26.8" },
}));

function fixture(version: number): string {
  const url = new URL(`./fixtures/version_${version}.sql`, import.meta.url);
  return Deno.readTextFileSync(fileURLToPath(url));
}

/** A home whose index is of an earlier version. */
function homeOf(version: number): Home {
  const home = makeHome();
  for (const run of RUNS) Deno.utimeSync(writeJournal(home.folder, run), MODIFIED, MODIFIED);
  const tags = join(home.folder, "tags.jsonl");
  Deno.writeTextFileSync(tags, `${JSON.stringify({ run: idOf(1), tag: "base" })}\n`);
  Deno.utimeSync(tags, MODIFIED, MODIFIED);
  Deno.writeTextFileSync(join(home.folder, "machine"), "0123abcd\n");
  restore(join(home.folder, "history.sqlite3"), fixture(version));
  return home;
}

/** Everything that the index tells of the runs. */
function contentOf(history: History) {
  const tables = ["environment", "cases", "samples", "summaries"];
  return {
    runs: listRuns(history),
    records: RUNS.map(({ id }) => loadRun(history, id)),
    counts: tables.map((table) => history.db.prepare(`SELECT count(*) AS n FROM ${table}`).get()),
    summaries: history.db.prepare(
      "SELECT case_id, metric, median, low, high, min, max FROM summaries " +
        "JOIN cases ON cases.no = case_no ORDER BY run, position, metric",
    ).all(),
    trend: trendOf(history, "mine/one[n=1]"),
  };
}

/** All tables and indices with what makes them. */
function schemaOf(history: History) {
  return history.db.prepare("SELECT name, sql FROM sqlite_master ORDER BY name").all();
}

describe("an index of an earlier version", () => {
  for (let version = 1; version < SCHEMA_VERSION; version++) {
    it(`of version ${version} is brought up to date without reading a journal`, () => {
      using home = homeOf(version);
      let read = 0;
      const told: string[] = [];
      const options = {
        folder: home.folder,
        tell: (line: string) => told.push(line),
        progress: () => read++,
      };
      const migrated = useHistory(contentOf, options);
      expect(read).toBe(0);
      expect(told).toEqual([]);
      expect(migrated.records).toEqual(RUNS.map((run) => recordOf(eventsOf(run))));
      const [shape, fresh, freshShape] = useHistory((history) => {
        const shape = schemaOf(history);
        rebuildHistory(history);
        return [shape, contentOf(history), schemaOf(history)];
      }, options);
      expect(migrated).toEqual(fresh);
      expect(shape).toEqual(freshShape);
      expect(migrated.runs[1]!.tags).toEqual(["base"]);
    });
  }

  it("has a fixture for every version but the newest", () => {
    for (let version = 1; version < SCHEMA_VERSION; version++) {
      expect(fixture(version)).toContain(`PRAGMA user_version = ${version};`);
      // The fixture is what that version made, table by table.
      const db = openFile(":memory:", 0);
      for (const step of MIGRATIONS.slice(0, version)) step(db);
      for (const { sql } of db.prepare("SELECT sql FROM sqlite_master WHERE sql <> ''").all()) {
        expect(fixture(version)).toContain(`${sql};`);
      }
      db.close();
    }
  });

  it("stays as it was when a step fails half-way", () => {
    using home = homeOf(1);
    const path = join(home.folder, "history.sqlite3");
    const db = openFile(path, 0);
    // A table of version 2 that stands in the way.
    db.exec("CREATE TABLE problems (x)");
    db.close();
    const told: string[] = [];
    const runs = useHistory(listRuns, { folder: home.folder, tell: (line) => told.push(line) });
    expect(runs.map(({ id }) => id)).toEqual([idOf(2), idOf(1)]);
    expect(told.join()).toContain("was damaged");
    const aside = [...Deno.readDirSync(home.folder)].map(({ name }) => name)
      .find((name) => /damaged-[0-9TZ]+$/.test(name))!;
    const old = openFile(join(home.folder, aside), 0);
    expect(old.prepare("PRAGMA user_version").get()!["user_version"]).toBe(1);
    expect(old.prepare("SELECT count(*) AS n FROM samples").get()!["n"]).toBe(48);
    old.close();
  });
});
