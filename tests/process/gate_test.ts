import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { openControl } from "../../lib/process/_control.ts";
import { type CounterEvent, planCounters } from "../../lib/process/_counters.ts";
import type { Job } from "../../lib/process/_job.ts";
import { type Libc, openLibc } from "../../lib/process/_libc.ts";
import { type Bench, openBench, runGated } from "../../lib/process/_measure.ts";
import { proveGate, type ProvenGate } from "../../lib/process/_prove.ts";
import { survivesShell } from "../../lib/process/_shell_env.ts";
import { StartError } from "../../lib/process/mod.ts";
import { zombies } from "./_help.ts";

const PR_SET_CHILD_SUBREAPER = 36;

/** What the kernel counts itself (PERF_TYPE_SOFTWARE), where the processor's counters are missing. */
const SOFTWARE_EVENTS: readonly CounterEvent[] = [
  { name: "task-clock", type: 1, config: 1 },
  { name: "page-faults", type: 1, config: 2 },
];

function job(argv: readonly string[], env: readonly string[] = []): Job {
  return {
    id: 1,
    path: argv[0]!,
    argv,
    env,
    cwd: "/",
    stdin: "/dev/null",
    stdout: { captureBytes: 1 << 16 },
    stderr: "null",
    timeoutMs: 10_000,
    mark: 600,
  };
}

describe("gate", () => {
  let libc: Libc;
  let bench: Bench;
  let folder: string;

  beforeAll(async () => {
    folder = await Deno.makeTempDir({ prefix: "versus-gate-" });
    const opened = openLibc();
    if ("unavailable" in opened) throw new Error(opened.unavailable);
    libc = opened;
    libc.c.prctl!(PR_SET_CHILD_SUBREAPER, 1n, 0n, 0n, 0n);
    bench = openBench(libc, openControl(libc), [], undefined, undefined);
  });

  afterAll(async () => {
    bench.control[Symbol.dispose]();
    libc.c.prctl!(PR_SET_CHILD_SUBREAPER, 0n, 0n, 0n, 0n);
    await Deno.remove(folder, { recursive: true });
  });

  it("takes no program for a shell that is none", () => {
    for (const path of ["/bin/true", "/bin/cat", "/no/such/shell"]) {
      expect(proveGate(bench, path)).toHaveProperty("unproven");
    }
    expect(zombies()).toEqual([]);
  });

  it("takes no shell that changes arguments or adds variables", () => {
    const gate = (name: string, change: string) => {
      const path = `${folder}/${name}`;
      const script = `shift; script=$(printf %s "$1" | sed '${change}'); shift`;
      Deno.writeTextFileSync(path, `#!/bin/sh\n${script}\nexec /bin/sh -c "$script" "$@"\n`, {
        mode: 0o755,
      });
      return path;
    };
    const faithful = gate("faithful", "");
    expect(proveGate(bench, faithful)).toHaveProperty("shell", faithful);
    const adding = gate("adding", 's|exec "|exec /usr/bin/env MORE=1 "|');
    expect(proveGate(bench, adding)).toEqual({ unproven: `${adding} adds variables` });
    const changing = gate("changing", 's/"$@"/$*/');
    expect(proveGate(bench, changing)).toEqual({ unproven: `${changing} changes arguments` });
    expect(zombies()).toEqual([]);
  });

  for (const shell of ["/bin/dash", "/bin/bash"]) {
    describe(shell, () => {
      let gate: ProvenGate;

      beforeAll(() => {
        const proven = proveGate(bench, shell);
        if ("unproven" in proven) throw new Error(proven.unproven);
        gate = proven;
      });

      it("hands the environment on, but for what it says", () => {
        const env = [
          "PATH=/bin",
          "PWD=/x",
          "SHLVL=9",
          "_=/x",
          "RANDOM=5",
          "UID=1",
          "a.b=1",
          "LANG=C.UTF-8",
          "v=\u0101\n",
        ];
        const kept = env.filter((variable) => survivesShell(variable, gate.lost));
        const given = env.filter((variable) => /^(PATH|PWD|SHLVL|LANG|v)=/.test(variable));
        expect(kept).toEqual(expect.arrayContaining(given));
        expect(kept).not.toContain("a.b=1");
        expect(kept).not.toContain("UID=1");
        const { result } = runGated(bench, shell, job(["/usr/bin/env", "-0"], kept), 0);
        const text = new TextDecoder().decode(result.stdout!.bytes);
        expect(text.split("\0").slice(0, -1).sort()).toEqual([...kept].sort());
      });

      it("tells a program that can't be executed from one that says 126 or 127", async () => {
        const garbage = `${folder}/garbage`;
        await Deno.writeFile(garbage, new Uint8Array([0, 1, 2, 3]), { mode: 0o755 });
        for (const path of [garbage, "/no/such/file"]) {
          expect(() => runGated(bench, shell, job([path]), 0)).toThrow(StartError);
        }
        for (const code of [126, 127]) {
          const { result } = runGated(bench, shell, job(["/bin/sh", "-c", `exit ${code}`]), 0);
          expect(result.exitCode).toBe(code);
        }
        expect(zombies()).toEqual([]);
      });

      it("tells a peak that it can't see below as a bound", () => {
        const argv = ["/bin/true"];
        const { result, floorKb } = runGated(bench, shell, job(argv), 1 << 20);
        expect(result.maxRssBound).toBe("upper");
        expect(floorKb).toBeLessThan(4096);
        const { result: plain } = runGated(bench, shell, job(["/bin/bash", "-c", ":"]), 0);
        expect(plain.maxRssBound).toBe("exact");
      });
    });
  }

  it("counts events from the program's first instruction to its end, children included", () => {
    const plan = planCounters(libc, SOFTWARE_EVENTS);
    if ("unavailable" in plan) throw new Error(plan.unavailable);
    const counting = openBench(libc, bench.control, [], undefined, plan);
    const loop = "i=0; while [ $i -lt 50000 ]; do i=$((i+1)); done";
    const { result } = runGated(counting, "/bin/sh", job(["/bin/sh", "-c", `(${loop}); :`]), 0);
    const names = plan.events.map((event) => event.name);
    expect(Object.keys(result.counters!)).toEqual(names);
    const [clockNs, faults] = names.map((name) => result.counters![name]!);
    expect(faults).toBeGreaterThan(20);
    expect(Math.abs(faults! - result.minorFaults!)).toBeLessThan(result.minorFaults!);
    expect(clockNs! / 1e9).toBeGreaterThan(result.cpuS! * 0.5);
    expect(clockNs! / 1e9).toBeLessThan(result.wallS * 1.1 + 0.01);
  });

  it("says why there are no counters", () => {
    const plan = planCounters(libc, [{ name: "none", type: 0xffff, config: 0 }]);
    expect(plan).toHaveProperty("unavailable");
  });
});
