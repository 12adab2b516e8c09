/** However long a log is and whatever is in it, what is kept of it is bounded, and what is not is told. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { footprintOf } from "../../../lib/footprint/mod.ts";
import { missedGroups } from "../../../lib/footprint/trace/_misses.ts";
import { HERE, parse, timed } from "./_support.ts";

const EXEC = '10 execve("/bin/x", ["x"], 0x7ffe /* 3 vars */) = 0';

describe("what is kept of a log", () => {
  it("does not grow with its lines", () => {
    const { success, stdout, stderr } = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-A", "--no-config", "--no-lock", "--v8-flags=--expose-gc"],
        join(HERE, "programs/memory.ts"),
      ],
    }).outputSync();
    const decoder = new TextDecoder();
    expect([success, decoder.decode(stderr)]).toEqual([true, ""]);
    const { bytes, ...found } = JSON.parse(decoder.decode(stdout));
    expect(found).toEqual({
      ...{ lines: 300_001, files: 250, groups: 10_001, misses: 75_000, sockets: 10_000 },
      doubts: [["sockets", expect.any(Number)]],
    });
    // The log has 25 MB; ten thousand folders and addresses are kept.
    expect(bytes).toBeLessThan(12e6);
  });

  it("counts look-ups in too many folders together", () => {
    const misses = Array.from(
      { length: 10_500 },
      (_, i) => `10 access("/m/${i}/x", F_OK) = -1 ENOENT (No such file or directory)`,
    );
    const ledger = parse(timed([EXEC, ...misses]));
    const groups = missedGroups(ledger.misses, []);
    expect(groups[0]).toEqual({ path: "…", count: 500 });
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(10_500);
    expect(ledger.misses.count).toBe(10_500);
  });

  it("says how many uses of sockets are not listed", () => {
    const uses = Array.from(
      { length: 10_003 },
      (_, i) =>
        `10 connect(3, {sa_family=AF_INET, sin_port=htons(${1 + i % 60_000}), ` +
        'sin_addr=inet_addr("192.0.2.1")}, 16) = 0',
    );
    const ledger = parse(timed([EXEC, ...uses, "10 +++ exited with 0 +++"]));
    expect([ledger.sockets.size, ledger.doubts.get("sockets")]).toEqual([10_000, 3]);
    const document = footprintOf({
      ...{ argv: ["x"], cwd: "/", env: {}, startedAt: "2025-01-01T00:00:00Z", ledger },
      ...{ method: "strace-seccomp", exitCode: 0, endedProcesses: 0, complete: true },
    });
    // The files are all there.
    expect(document).not.toHaveProperty("partial");
    expect(document.warnings[0]).toMatchObject({ code: "sockets" });
    expect(document.warnings[0]!.message).toContain("3 later uses");
  });
});
