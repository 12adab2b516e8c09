/** What can be the matter with the index, and with the disk that it is on. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import { recordOf } from "../../lib/bench/record.ts";
import { SCHEMA_VERSION } from "../../lib/store/_schema.ts";
import { type Database, openFile } from "../../lib/store/_sqlite.ts";
import { indexRun, listRuns, useHistory, writeTags } from "../../lib/store/mod.ts";
import { configuration } from "../cli/versus.ts";
import { eventsOf, type Home, idOf, makeHome, writeJournal } from "./_runs.ts";

describe("a history whose index can't be used", () => {
  let home: Home;
  let index: string;

  beforeEach(() => {
    home = makeHome();
    index = join(home.folder, "history.sqlite3");
    for (const n of [1, 2]) writeJournal(home.folder, { id: idOf(n) });
    writeTags([{ run: idOf(1), tag: "base" }], home.folder);
    useHistory(() => {}, { folder: home.folder });
  });

  afterEach(() => home[Symbol.dispose]());

  /** Lists the runs, and what was told. */
  function look(waitMs = 50): { ids: string[]; tags: string[]; told: string } {
    const told: string[] = [];
    const runs = useHistory(listRuns, {
      folder: home.folder,
      waitMs,
      tell: (line) => told.push(line),
    });
    return {
      ids: runs.map(({ id }) => id),
      tags: runs.flatMap(({ tags }) => tags),
      told: told.join("\n"),
    };
  }

  const ALL = { ids: [idOf(2), idOf(1)], tags: ["base"] };

  function namesAside(): string[] {
    return [...Deno.readDirSync(home.folder)].map(({ name }) => name)
      .filter((name) => name.includes("damaged"));
  }

  /** Spoils the index: puts the log back into the database first. */
  function spoil(change: (bytes: Uint8Array) => Uint8Array): void {
    const db = openFile(index, 0);
    db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    db.close();
    Deno.writeFileSync(index, change(Deno.readFileSync(index)));
  }

  it("is made again when it holds something else", () => {
    Deno.writeTextFileSync(index, "this is no database\n".repeat(500));
    const first = look();
    expect(first).toMatchObject(ALL);
    expect(first.told).toContain("was damaged");
    expect(namesAside().length).toBeGreaterThan(0);
    expect(look()).toEqual({ ...ALL, told: "" });
  });

  it("is made again when pages in its middle are damaged", () => {
    spoil((bytes) => bytes.map((byte, i) => i > 4096 && i % 7 === 0 ? byte ^ 0xff : byte));
    const first = look();
    expect(first).toMatchObject(ALL);
    expect(first.told).toContain("was damaged");
    expect(look()).toEqual({ ...ALL, told: "" });
  });

  it("is made again when it was cut", () => {
    spoil((bytes) => bytes.slice(0, 4096 * 3 + 100));
    expect(look()).toMatchObject(ALL);
    expect(look()).toEqual({ ...ALL, told: "" });
  });

  it("is made again when it is empty, or its log is damaged", () => {
    spoil(() => new Uint8Array());
    expect(look()).toEqual({ ...ALL, told: "" });
    Deno.writeTextFileSync(`${index}-wal`, "\x00\x01 what is this ".repeat(400));
    expect(look()).toMatchObject(ALL);
  });

  it("is put aside once by several processes that find it damaged", async () => {
    Deno.writeTextFileSync(index, "this is no database\n".repeat(500));
    const lists = await Promise.all(Array.from({ length: 4 }, () => listed(home.folder)));
    for (const said of lists) expect(said).toContain(`${idOf(2)} 40\n${idOf(1)} 40\n`);
    expect(namesAside().filter((name) => /Z$/.test(name))).toHaveLength(1);
    expect(look()).toEqual({ ...ALL, told: "" });
  });

  it("is left as it is when a newer versus wrote it, and is told", () => {
    const db = openFile(index, 0);
    db.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 5}; CREATE TABLE of_the_future (x)`);
    db.close();
    const { told, ...found } = look();
    expect(found).toEqual(ALL);
    expect(told).toContain("written by a newer versus, which is left as it is");
    const after = openFile(index, 0);
    expect(after.prepare("PRAGMA user_version").get()!["user_version"]).toBe(SCHEMA_VERSION + 5);
    expect(after.prepare("SELECT count(*) AS n FROM of_the_future").get()!["n"]).toBe(0);
    after.close();
    writeJournal(home.folder, { id: idOf(3) });
    const failed = indexRun(recordOf(eventsOf({ id: idOf(3) })), { folder: home.folder });
    expect(failed).toContain(`has version ${SCHEMA_VERSION + 5}`);
    expect(look().ids).toEqual([idOf(3), ...ALL.ids]);
  });

  describe("because it is locked", () => {
    let holder: Database;

    beforeEach(() => {
      holder = openFile(index, 0);
      holder.exec("BEGIN EXCLUSIVE");
    });

    afterEach(() => holder.close());

    it("is read all the same where nothing is new", () => {
      expect(look()).toEqual({ ...ALL, told: "" });
    });

    it("is made in memory where something is new, and told", () => {
      writeJournal(home.folder, { id: idOf(3) });
      const { ids, told } = look();
      expect(ids).toEqual([idOf(3), ...ALL.ids]);
      expect(told).toContain("is locked by another process");
      holder.exec("COMMIT");
      expect(look()).toMatchObject({ ids, told: "" });
    });

    it("does not fail a run", () => {
      writeJournal(home.folder, { id: idOf(3) });
      const record = recordOf(eventsOf({ id: idOf(3) }));
      expect(indexRun(record, { folder: home.folder, waitMs: 50 })).toContain("locked");
      holder.exec("COMMIT");
      expect(indexRun(record, { folder: home.folder, waitMs: 50 })).toBeUndefined();
      expect(look().ids).toEqual([idOf(3), ...ALL.ids]);
    });
  });

  it("is made in memory where a folder stands in its place", () => {
    Deno.removeSync(index);
    Deno.mkdirSync(index);
    const { told, ...found } = look();
    expect(found).toEqual(ALL);
    expect(told).toContain("can't be written");
  });

  it("says so where the state folder is a file", () => {
    using other = makeHome();
    Deno.writeTextFileSync(other.folder, "");
    const told: string[] = [];
    const runs = useHistory(listRuns, { folder: other.folder, tell: (line) => told.push(line) });
    expect(runs).toEqual([]);
    expect(told.join()).toContain("can't be written");
  });
});

/** The command that lists the runs of a folder from a process of its own. */
function listing(): string[] {
  const reader = new URL("./_list.ts", import.meta.url).pathname;
  return [Deno.execPath(), "run", "-A", "--no-check", ...configuration(), reader];
}

/** What it says. */
async function listed(folder: string): Promise<string> {
  const [program, ...args] = listing();
  const { stdout } = await new Deno.Command(program!, { args: [...args, folder] }).output();
  return new TextDecoder().decode(stdout);
}

/** Whether folders may be mounted in a namespace of their own: root may, where it is not held back. */
const mayMount = await new Deno.Command("unshare", { args: ["-m", "true"], stderr: "null" })
  .output().then(({ success }) => success, () => false);

/** Runs a script in a mount namespace of its own. */
async function inNamespace(script: string, args: string[]): Promise<string> {
  const { stdout, stderr } = await new Deno.Command("unshare", {
    args: ["-m", "sh", "-c", script, ...args],
  }).output();
  const decoder = new TextDecoder();
  return decoder.decode(stdout) + decoder.decode(stderr);
}

describe("a disk that can't be written", { ignore: !mayMount }, () => {
  it("is read all the same when it is full or read-only, and nothing is lost", async () => {
    using home = makeHome();
    const small = join(home.home, "small");
    Deno.mkdirSync(small);
    for (const n of [1, 2]) writeJournal(join(home.home, "from"), { id: idOf(n), samples: 400 });
    const script = `set -e
mount -t tmpfs -o size=768k none "$1"
cp -r "$2/runs" "$1/"
folder=$1; shift 2
echo full; "$@" "$folder"
mount -o remount,ro,size=8m "$folder"
echo read-only; "$@" "$folder"
mount -o remount,rw,size=8m "$folder"
echo room; "$@" "$folder"
`;
    const said = await inNamespace(script, ["sh", small, join(home.home, "from"), ...listing()]);
    const [full, readOnly, room] = said.split(/^full$|^read-only$|^room$/m).slice(1);
    const runs = `${idOf(2)} 800\n${idOf(1)} 800\n`;
    expect(full).toContain(runs);
    expect(full).toMatch(/disk is full|can't be written/);
    expect(readOnly).toContain(runs);
    expect(readOnly).toContain("can't be written");
    expect(room).toBe(`\n${runs}`);
  });
});
