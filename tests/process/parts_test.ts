import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { selectMembers } from "../../lib/process/_members.ts";
import type { ProcessInfo } from "../../lib/process/_processes.ts";
import { signalName } from "../../lib/process/_signals.ts";
import { readStatus, readUsage, RUSAGE_BYTES } from "../../lib/process/_usage.ts";
import { resolveProgram, StartError } from "../../lib/process/mod.ts";

function process(pid: number, parent: number, session: number, group = session): ProcessInfo {
  return { pid, parent, session, group, zombie: false };
}

function pids(processes: readonly ProcessInfo[]): number[] {
  return processes.map((each) => each.pid).sort((a, b) => a - b);
}

describe("selectMembers", () => {
  const own = Deno.pid;
  const kin = { pid: 1001, session: 1000 };
  const nobody = () => false;

  it("takes the session, the group and all descendants", () => {
    const all = [
      process(own, 1, own),
      process(1001, own, 1000),
      process(1002, 1001, 1000, 1002),
      process(1003, 1002, 1003),
      process(1004, 1003, 1004),
      process(1005, 1, 1000),
      process(1006, own, own),
      process(1007, 1, 1007),
    ];
    expect(pids(selectMembers(all, kin, nobody))).toEqual([1001, 1002, 1003, 1004, 1005]);
  });

  it("takes orphans that are this process's children only", () => {
    const all = [
      process(own, 1, own),
      process(2001, own, 2001),
      process(2002, 2001, 2002),
      process(2003, 1, 2003),
      process(2004, own, own),
    ];
    const isOrphan = (each: ProcessInfo) => each.pid === 2001 || each.pid === 2003;
    expect(pids(selectMembers(all, kin, isOrphan))).toEqual([2001, 2002]);
  });

  it("never takes this process", () => {
    const all = [process(own, 1001, 1000), process(1001, 1, 1000)];
    expect(pids(selectMembers(all, kin, () => true))).toEqual([1001]);
  });
});

describe("readUsage", () => {
  const bytes = new Uint8Array(RUSAGE_BYTES);
  const view = new DataView(bytes.buffer);
  view.setBigInt64(0, 2n, true);
  view.setBigInt64(8, 500_000n, true);
  view.setBigInt64(16, 1n, true);
  view.setBigInt64(24, 250_000n, true);
  for (let i = 0; i < 14; i++) view.setBigInt64(32 + 8 * i, BigInt((i + 1) * 1024), true);

  it("reads what Linux writes", () => {
    expect(readUsage("linux", bytes)).toEqual({
      cpuS: 3.75,
      userS: 2.5,
      sysS: 1.25,
      maxRssKb: 1024,
      minorFaults: 5 * 1024,
      majorFaults: 6 * 1024,
      voluntarySwitches: 13 * 1024,
      involuntarySwitches: 14 * 1024,
    });
  });

  it("takes macOS's bytes for bytes", () => {
    expect(readUsage("darwin", bytes).maxRssKb).toBe(1);
  });
});

describe("readStatus", () => {
  it("reads exit codes and signals", () => {
    expect(readStatus("linux", 3 << 8)).toEqual({ exitCode: 3 });
    expect(readStatus("linux", 9)).toEqual({ exitCode: 137, signal: "SIGKILL" });
    // With a core dump.
    expect(readStatus("linux", 11 | 0x80)).toEqual({ exitCode: 139, signal: "SIGSEGV" });
    expect(readStatus("linux", 34)).toEqual({ exitCode: 162, signal: "SIG34" });
  });

  it("knows that signals have other numbers elsewhere", () => {
    expect(signalName("linux", 10)).toBe("SIGUSR1");
    expect(signalName("darwin", 10)).toBe("SIGBUS");
    expect(signalName("darwin", 30)).toBe("SIGUSR1");
  });
});

describe("resolveProgram", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await Deno.makeTempDir({ prefix: "versus-program-" });
    for (const name of ["first", "second", "second/sub"]) await Deno.mkdir(`${folder}/${name}`);
    const script = "#!/bin/sh\n";
    await Deno.writeTextFile(`${folder}/first/tool`, script, { mode: 0o644 });
    await Deno.writeTextFile(`${folder}/second/tool`, script, { mode: 0o755 });
    await Deno.writeTextFile(`${folder}/second/closed`, script, { mode: 0o644 });
    await Deno.writeTextFile(`${folder}/second/chain`, `#! ${folder}/second/tool -x\n`, {
      mode: 0o755,
    });
    await Deno.writeTextFile(`${folder}/second/loop`, `#!${folder}/second/loop\n`, { mode: 0o755 });
    await Deno.symlink("tool", `${folder}/second/link`);
  });

  afterAll(() => Deno.remove(folder, { recursive: true }));

  function failure(run: () => string): string {
    try {
      return run();
    } catch (error) {
      if (error instanceof StartError) return error.failure;
      throw error;
    }
  }

  it("looks through the folders in order, past what is not executable", () => {
    const context = { cwd: "/", path: `/no/such:${folder}/first:${folder}/second` };
    expect(resolveProgram("tool", context)).toBe(`${folder}/second/tool`);
    expect(resolveProgram("link", context)).toBe(`${folder}/second/link`);
    expect(failure(() => resolveProgram("closed", context))).toBe("not-executable");
    expect(failure(() => resolveProgram("sub", context))).toBe("not-executable");
    expect(failure(() => resolveProgram("missing", context))).toBe("not-found");
  });

  it("takes relative folders, and an empty one, from the working directory", () => {
    const cwd = `${folder}/second`;
    expect(resolveProgram("tool", { cwd, path: ":/bin" })).toBe(`${cwd}/tool`);
    expect(resolveProgram("tool", { cwd: folder, path: "second" })).toBe(`${cwd}/tool`);
  });

  it("does not look for a path, and finds no name without a PATH", () => {
    const cwd = `${folder}/second`;
    expect(resolveProgram("./tool", { cwd, path: "/bin" })).toBe(`${cwd}/tool`);
    expect(failure(() => resolveProgram("./cat", { cwd, path: "/bin" }))).toBe("not-found");
    expect(failure(() => resolveProgram("cat", { cwd, path: undefined }))).toBe("not-found");
  });

  it("follows interpreters", () => {
    const context = { cwd: "/", path: `${folder}/second` };
    expect(resolveProgram("chain", context)).toBe(`${folder}/second/chain`);
    expect(failure(() => resolveProgram("loop", context))).toBe("not-executable");
  });

  it("says what to do", () => {
    try {
      resolveProgram("versus-missing\x1b", { cwd: "/", path: "/bin" });
      throw new Error("Expected an error");
    } catch (error) {
      expect(error).toBeInstanceOf(StartError);
      const { message, hint, exitCode } = error as StartError;
      expect(message).toBe("Cannot start versus-missing\\x1b: it is not on the PATH");
      expect(hint).toBe("Check the spelling, or give the program's full path");
      expect(exitCode).toBe(5);
    }
  });
});
