/** Traces that end at a marker: a file that the program opens or looks for. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import { footprintOf, traceProgram, type TraceRun } from "../../../lib/footprint/mod.ts";
import { opensOf, parse, processesWith, timed } from "./_support.ts";

const EXEC = '10 execve("/bin/x", ["x"], 0x7ffe /* 3 vars */) = 0';

describe("lines behind a marker", () => {
  for (
    const [what, line, opens, misses] of [
      ["is opened", 'openat(AT_FDCWD, "ready", O_RDONLY) = 4', 2, 1],
      ["is made", 'openat(AT_FDCWD, "/job/ready", O_WRONLY|O_CREAT, 0666) = 4', 2, 1],
      ["is looked for", 'stat("/job/./ready", {st_mode=S_IFREG|0644, st_size=0, ...}) = 0', 1, 1],
      ["is looked for in a folder", 'newfstatat(AT_FDCWD, "ready", {}, 0) = 0', 1, 1],
      ["is not there", 'access("/job/ready", F_OK) = -1 ENOENT (No such file or directory)', 1, 2],
      ["can't be opened", 'open("ready", O_RDONLY) = -1 ENOENT (No such file or directory)', 1, 2],
    ] as const
  ) {
    it(`do not count once it ${what}`, () => {
      const ledger = parse(
        timed([
          EXEC,
          '10 open("/before", O_RDONLY) = 3',
          '10 access("/none", F_OK) = -1 ENOENT (No such file or directory)',
          `10 ${line}`,
          '10 open("/after", O_RDONLY) = 5',
          '10 access("/none", F_OK) = -1 ENOENT (No such file or directory)',
          "10 read(0x3, 0x7ffe, 0x10) = 0x10",
          "10 clone(child_stack=NULL, flags=SIGCHLD) = 11",
          '11 open("/child", O_RDONLY) = 5',
          "11 +++ exited with 0 +++",
          "10 +++ exited with 7 +++",
        ]),
        { marker: "/job/ready" },
      );
      expect(ledger.markerNs).toBe(4e6);
      expect(ledger.files.size).toBe(opens);
      expect(opensOf(ledger)).not.toHaveProperty("/after");
      expect(ledger.misses.count).toBe(misses);
      expect(ledger.files.get("/before")?.readBytes).toBe(0);
      // How the program ended is still of interest; its later children are not.
      expect(ledger.processes.map(({ pid, ended }) => [pid, ended])).toEqual([[10, { code: 7 }]]);
      expect([...ledger.doubts]).toEqual([]);
    });
  }

  it("all count when it is another file", () => {
    const ledger = parse(timed([EXEC, '10 open("/job/ready.old", O_RDONLY) = 3']), {
      marker: "/job/ready",
    });
    expect([ledger.markerNs, ledger.files.size]).toEqual([undefined, 1]);
  });

  it("do not make processes doubtful that were being started", () => {
    const ledger = parse(
      timed([
        EXEC,
        "10 clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>",
        '11 open("ready", O_RDONLY) = 3',
        "10 <... clone resumed>) = 11",
        "11 +++ exited with 0 +++",
        "10 +++ exited with 0 +++",
      ]),
      { marker: "/job/ready" },
    );
    expect(ledger.processes.map(({ pid, parent }) => [pid, parent])).toEqual([
      [10, undefined],
      [11, 10],
    ]);
    expect([...ledger.doubts]).toEqual([]);
  });
});

describe("a program with a marker", () => {
  let folder: string;

  beforeEach(() => {
    folder = Deno.makeTempDirSync({ prefix: "versus-test-" });
  });

  afterEach(() => {
    Deno.removeSync(folder, { recursive: true });
  });

  async function trace(script: string, until: string): Promise<TraceRun> {
    return await traceProgram({
      ...{ argv: ["sh", "-c", script], cwd: folder, until },
      ...{ stdin: "null", stdout: "null", stderr: "null" },
    });
  }

  function names(run: TraceRun): string[] {
    return [...run.ledger.files.keys()].filter((path) => path.startsWith(folder))
      .map((path) => path.slice(folder.length + 1)).sort();
  }

  it("is ended there, with all that it started", async () => {
    const sleep = `78${crypto.getRandomValues(new Uint32Array(1))[0]}`;
    const run = await trace(
      `echo >one; sleep ${sleep} & echo >ready; echo >two; trap "" TERM; sleep ${sleep}`,
      "ready",
    );
    expect([run.ended, names(run)]).toEqual(["marker", ["one", "ready"]]);
    const { partial, time, warnings } = footprintOf(run);
    expect(partial?.reason).toContain("reached its marker");
    expect(time.tracedS).toBe(Math.round(run.ledger.markerNs! / 1000) / 1e6);
    expect(warnings).toEqual([]);
    expect(processesWith(sleep)).toEqual([]);
  });

  it("may end by itself behind it", async () => {
    const run = await trace("echo >one; echo >ready; echo >two; exit 3", join(folder, "ready"));
    // It may also be ended before it gets so far.
    expect([3, 143]).toContain(run.exitCode);
    expect(names(run)).toEqual(["one", "ready"]);
    expect(footprintOf(run).partial?.reason).toMatch(/marker/);
  });

  it("that it never reaches is told so", async () => {
    const run = await trace("echo >one", "never");
    const { partial, warnings } = footprintOf(run);
    expect([run.exitCode, run.ended, partial]).toEqual([0, undefined, undefined]);
    expect(warnings.map(({ code }) => code)).toEqual(["no-marker"]);
    expect(warnings[0]!.message).toContain(join(folder, "never"));
  });
});
