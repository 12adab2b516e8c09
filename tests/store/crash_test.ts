/** `kill -9` at any moment, and several processes at once: what was acknowledged is there. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import { createRandom, type Random } from "../../lib/stats/random.ts";
import { openFile } from "../../lib/store/_sqlite.ts";
import { listProblems, listRuns, rebuildHistory, useHistory } from "../../lib/store/mod.ts";
import { configuration, versusCommand } from "../cli/versus.ts";
import { type Home, makeHome } from "./_runs.ts";

const WRITER = new URL("./_writer.ts", import.meta.url).pathname;

/** Lines of a child's output as they come. */
async function* linesOf(child: Deno.ChildProcess): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}

describe("the history of processes that are killed or write at once", () => {
  let home: Home;

  beforeEach(() => {
    home = makeHome();
  });

  afterEach(() => home[Symbol.dispose]());

  function start(command: readonly string[]): Deno.ChildProcess {
    return new Deno.Command(command[0]!, {
      args: command.slice(1),
      // What a killed run leaves in its temporary folder goes with the home.
      env: { VERSUS_HOME: home.home, TMPDIR: home.home },
      cwd: home.home,
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
  }

  function writer(name: string, samples: number, seconds: number): Deno.ChildProcess {
    return start([
      Deno.execPath(),
      "run",
      "-A",
      "--no-check",
      ...configuration(),
      WRITER,
      name,
      String(samples),
      String(seconds),
    ]);
  }

  /** Kills a writer some time after its first sample; gives what it acknowledged, by run. */
  async function killWriter(name: string, afterMs: number): Promise<Map<string, number>> {
    const child = writer(name, 15, 0);
    const told = new Map<string, number>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    for await (const line of linesOf(child)) {
      timer ??= setTimeout(() => child.kill("SIGKILL"), afterMs);
      const [id, count] = line.split(" ");
      if (Number(count) > 0) told.set(id!, Number(count));
    }
    await child.status;
    return told;
  }

  /** Kills a real run some time after its first sample, or after its end. */
  async function killRun(afterMs: number): Promise<Map<string, number>> {
    const command = versusCommand(["bench", "true", "--events", "--runs", "25", "--warmup", "0"]);
    const child = start(command);
    const told = new Map<string, number>();
    let id = "";
    let timer: ReturnType<typeof setTimeout> | undefined;
    for await (const line of linesOf(child)) {
      const event = JSON.parse(line);
      if (event.type === "run-start") id = event.id;
      if (event.type !== "sample") continue;
      timer ??= setTimeout(() => {
        try {
          child.kill("SIGKILL");
        } catch (error) {
          // It has ended in good order meanwhile.
          if (!(error instanceof TypeError)) throw error;
        }
      }, afterMs);
      told.set(id, (told.get(id) ?? 0) + 1);
    }
    await child.status;
    clearTimeout(timer);
    return told;
  }

  /** Checks that the index is sound and holds all that was acknowledged. */
  function check(told: ReadonlyMap<string, number>): void {
    const said: string[] = [];
    const [runs, problems] = useHistory(
      (history) => [listRuns(history), listProblems(history)] as const,
      { folder: home.folder, tell: (line) => said.push(line) },
    );
    expect(said).toEqual([]);
    expect(problems).toEqual([]);
    const indexed = new Map(runs.map(({ id, samples }) => [id, samples]));
    const lost = [...told].filter(([id, count]) => !((indexed.get(id) ?? 0) >= count));
    expect(lost).toEqual([]);
  }

  function sound(): void {
    const db = openFile(join(home.folder, "history.sqlite3"), 1000);
    expect(db.prepare("PRAGMA integrity_check").all()).toEqual([
      expect.objectContaining({ integrity_check: "ok" }),
    ]);
    expect(db.prepare("PRAGMA foreign_key_check").all()).toEqual([]);
    db.close();
  }

  it("loses no sample in 200 kills at random moments of runs and insertions", async () => {
    const seed = crypto.getRandomValues(new Uint32Array(1))[0]!;
    console.log(`    seed ${seed}`);
    const random = createRandom(seed);
    const told = new Map<string, number>();

    async function killer(name: string, random: Random, kills: number): Promise<void> {
      for (let i = 0; i < kills; i++) {
        const own = i % 20 === 19
          ? await killRun(random.int(0, 150))
          : await killWriter(`${name}${i}`, random.int(0, 40));
        for (const [id, count] of own) told.set(id, count);
        if (i % 10 === 9) check(own);
      }
    }
    await Promise.all([
      killer("a", createRandom(random.next()), 100),
      killer("b", createRandom(random.next()), 100),
    ]);
    expect(told.size).toBeGreaterThan(200);
    check(told);
    sound();
    useHistory((history) => rebuildHistory(history), { folder: home.folder });
    check(told);
  });

  it("takes two processes that write for ten seconds while a third reads", async () => {
    const writers = ["c", "d"].map((name) => writer(name, 40, 10));
    const told = new Map<string, number>();
    const refused: string[] = [];
    let writing = writers.length;
    const done = writers.map(async (child) => {
      for await (const line of linesOf(child)) {
        const [id, count, ...rest] = line.split(" ");
        if (Number(count) > 0) told.set(id!, Number(count));
        else if (count !== "indexed") refused.push(rest.join(" "));
      }
      writing--;
      return (await child.status).code;
    });
    let reads = 0;
    while (writing > 0) {
      const soFar = new Map(told);
      check(soFar);
      reads++;
      // Lets what the writers said come in.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await Promise.all(done)).toEqual([0, 0]);
    expect(refused).toEqual([]);
    expect(reads).toBeGreaterThan(3);
    expect(told.size).toBeGreaterThan(20);
    check(told);
    sound();
  });
});
