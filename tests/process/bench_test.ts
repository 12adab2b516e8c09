import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { showMemory, showWall } from "../../tasks/bench/launch/launch.ts";
import { parsePoop } from "../../tasks/bench/launch/samplers.ts";

describe("comparison of launchers", () => {
  it("reads the mean from what poop prints", () => {
    const head = "Benchmark 1 (330 runs): true\n  measurement          mean ± σ\n";
    const line = (mean: string) =>
      `${head}  wall_time          ${mean} ±  103us     500us … 3.00ms\n`;
    expect(parsePoop(line(" 605us"))).toBeCloseTo(605e-6, 12);
    expect(parsePoop(line("20.3ms"))).toBeCloseTo(20.3e-3, 12);
    expect(parsePoop(line("1.52s"))).toBeCloseTo(1.52, 12);
    expect(parsePoop(line("950ns"))).toBeCloseTo(950e-9, 12);
    expect(() => parsePoop(head)).toThrow(SyntaxError);
  });

  it("shows ratios side by side, and what is missing", () => {
    const row = { medianS: 0.0005, offsetS: 0, ratio: 1, samples: 20 };
    const shown = showWall({
      program: "true",
      rows: [{ launcher: "c", ...row }, { launcher: "gate", ...row, offsetS: 1e-4, ratio: 1.2 }],
      missing: ["poop: not installed"],
    });
    expect(shown.split("\n")).toEqual([
      "true    median  offset to C  ratio to C  samples",
      "c     0.500 ms     0.000 ms       1.000       20",
      "gate  0.500 ms     0.100 ms       1.200       20",
      "not here: poop: not installed",
    ]);
  });

  it("shows a peak that may be smaller as a bound", () => {
    const shown = showMemory({
      ownKb: 300_000,
      floorKb: 600,
      rows: [{ program: "no-op", versusKb: 560, bound: "upper", gnuTimeKb: 560 }],
      missing: [],
    });
    expect(shown).toContain("≤ 560 KiB");
    expect(shown).toContain("1.000");
  });
});
