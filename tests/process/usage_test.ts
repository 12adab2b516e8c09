import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { type Execution, type Launcher, openLauncher } from "../../lib/process/mod.ts";
import { ENV, rejection, stdoutText } from "./_help.ts";

const MEBIBYTE_KB = 1024;

/** `dd` fills a buffer of so many MiB once. */
function touch(mebibytes: number): string[] {
  return ["dd", "if=/dev/zero", "of=/dev/null", `bs=${mebibytes}M`, "count=1"];
}

/**
 * `tail` keeps so many MiB in memory. Unlike a `read` of `dd`, which the kernel cuts at 2 GiB, it can
 * hold more than this process, whose size depends on the tests that ran before.
 */
function hold(mebibytes: number): string[] {
  const size = `${mebibytes}M`;
  return ["sh", "-c", `head -c ${size} /dev/zero | tail -c ${size} | head -c 1 >/dev/null`];
}

function medianPeak(executions: readonly Execution[]): number {
  const peaks = executions.map((execution) => execution.maxRssKb!).sort((a, b) => a - b);
  return peaks[peaks.length >> 1]!;
}

describe("usage, gate", () => {
  let launcher: Launcher;
  /** Makes this process large: its size must not show in what it measures. */
  let ballast: Uint8Array;

  async function peaks(argv: readonly string[], count: number): Promise<Execution[]> {
    const executions: Execution[] = [];
    while (executions.length < count) executions.push(await launcher.run({ argv, env: ENV }));
    return executions;
  }

  beforeAll(async () => {
    ballast = new Uint8Array(300 << 20).fill(1);
    launcher = await openLauncher({ method: "gate" });
  });

  afterAll(async () => {
    await launcher[Symbol.asyncDispose]();
  });

  it("reads the peak of a program within 2 %, from a process of 300 MB", async () => {
    expect(ballast.at(-1)).toBe(1);
    const base = medianPeak(await peaks(touch(0).with(3, "bs=1"), 5));
    for (const mebibytes of [8, 64, 256]) {
      const executions = await peaks(touch(mebibytes), 5);
      const touched = medianPeak(executions) - base;
      expect(Math.abs(touched / (mebibytes * MEBIBYTE_KB) - 1)).toBeLessThan(0.02);
      expect(executions.every((execution) => execution.maxRssBound === "exact")).toBe(true);
    }
  });

  it("knows the peak that it can't see below", () => {
    expect(launcher.maxRssFloorKb).toBeGreaterThan(100);
    expect(launcher.maxRssFloorKb).toBeLessThan(4096);
  });

  it("tells the peak of the largest process of a tree", async () => {
    const argv = ["sh", "-c", `${touch(64).join(" ")} 2>/dev/null; :`];
    const [execution] = await peaks(argv, 1);
    expect(execution!.maxRssKb).toBeGreaterThan(64 * MEBIBYTE_KB);
    expect(execution!.maxRssKb).toBeLessThan(72 * MEBIBYTE_KB);
  });

  it("tells faults and switches", async () => {
    const [large] = await peaks(touch(64), 1);
    const [small] = await peaks(["true"], 1);
    expect(small!.minorFaults).toBeGreaterThan(10);
    // A page of 4 KiB or of 2 MiB: at least 32 more of them.
    expect(large!.minorFaults! - small!.minorFaults!).toBeGreaterThanOrEqual(32);
    expect(small!.majorFaults).toBeGreaterThanOrEqual(0);
    expect(small!.involuntarySwitches).toBeGreaterThanOrEqual(0);
    const [sleeping] = await peaks(["sh", "-c", "for i in 1 2 3 4 5; do sleep 0.001; done"], 1);
    expect(sleeping!.voluntarySwitches).toBeGreaterThanOrEqual(5);
  });

  it("tells the time of the processor, of children that were waited for too", async () => {
    const loop = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";
    for (const argv of [["sh", "-c", loop], ["sh", "-c", `sh -c '${loop}'; :`]]) {
      const [execution] = await peaks(argv, 1);
      const { cpuS, userS, sysS, wallS } = execution!;
      expect(cpuS).toBeCloseTo(userS! + sysS!, 6);
      // Sleeping takes none of it, and one thread can't take more than the wall's time.
      expect(cpuS).toBeGreaterThan(0.005);
      expect(cpuS).toBeLessThan(wallS * 1.1 + 0.005);
    }
    const [sleeping] = await peaks(["sleep", "0.1"], 1);
    expect(sleeping!.cpuS).toBeLessThan(0.05);
  });

  it("keeps a program to its processors", async () => {
    const allowed = Deno.readTextFileSync("/proc/self/status")
      .match(/^Cpus_allowed_list:\s+(.*)$/m)![1]!;
    const cpu = Number(allowed.split(/[-,]/).at(-1));
    for (const method of ["gate", "spawn"] as const) {
      await using pinned = await openLauncher({ method });
      const argv = ["grep", "Cpus_allowed_list", "/proc/self/status"];
      const stdout = { captureBytes: 100 };
      const execution = await pinned.run({ argv, env: ENV, cpus: [cpu], stdout });
      expect(stdoutText(execution)).toBe(`Cpus_allowed_list:\t${cpu}\n`);
      // The next one is not pinned, nor is the thread that started it.
      const free = await pinned.run({ argv, env: ENV, stdout });
      expect(stdoutText(free)).toBe(`Cpus_allowed_list:\t${allowed}\n`);
      const error = await rejection(pinned.run({ argv, env: ENV, cpus: [8191] }));
      expect(error).toHaveProperty("failure", "unsupported");
      for (const cpus of [[], [-1], [0.5]]) {
        const wrong = await rejection(pinned.run({ argv, env: ENV, cpus }));
        expect((wrong as Error).message).toMatch(/names no processor/);
      }
    }
  });

  it("tells counters by name or why there are none", async () => {
    await using counting = await openLauncher({ method: "gate", counters: true });
    const execution = await counting.run({ argv: ["true"], env: ENV });
    if ("unavailable" in counting.counters) {
      expect(counting.counters.unavailable).toMatch(/kernel|processor/);
      expect(execution).not.toHaveProperty("counters");
    } else {
      expect(Object.keys(execution.counters!)).toEqual([...counting.counters.names]);
    }
    expect(launcher.counters).toEqual({ unavailable: "not asked for" });
  });
});

describe("usage, spawn", () => {
  it("tells a bound where this process's own size hides the peak", async () => {
    await using launcher = await openLauncher({ method: "spawn" });
    const own = Number(Deno.readTextFileSync("/proc/self/status").match(/VmHWM:\s+(\d+)/)![1]);
    const small = await launcher.run({ argv: ["true"], env: ENV });
    expect(small.maxRssBound).toBe("upper");
    expect(launcher).not.toHaveProperty("maxRssFloorKb");
    const mebibytes = Math.ceil(own / MEBIBYTE_KB) + 256;
    const large = await launcher.run({ argv: hold(mebibytes), env: ENV });
    expect(large.maxRssBound).toBe("exact");
    expect(large.maxRssKb! / (mebibytes * MEBIBYTE_KB)).toBeCloseTo(1, 1);
  });
});

describe("usage, plain", () => {
  it("leaves out what it does not know", async () => {
    await using launcher = await openLauncher({ method: "plain" });
    const execution = await launcher.run({ argv: ["true"], env: ENV });
    for (const name of ["cpuS", "userS", "maxRssKb", "maxRssBound", "minorFaults", "counters"]) {
      expect(execution).not.toHaveProperty(name);
    }
    expect(launcher.counters).toHaveProperty("unavailable");
    const error = await rejection(launcher.run({ argv: ["true"], env: ENV, cpus: [0] }));
    expect(error).toHaveProperty("failure", "unsupported");
  });
});
