import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { referenceFor, relatives } from "../../lib/bench/compare.ts";
import type { CaseResult } from "../../lib/record/schema.ts";

function measured(
  variant: string,
  params: CaseResult["params"],
  wallS: number,
  blocks: readonly number[] = Array.from({ length: 12 }, (_, i) => i),
): CaseResult {
  return {
    caseId: `s/${variant}[${JSON.stringify(params)}]`,
    variant,
    language: "c",
    params,
    status: "ok",
    samples: blocks.map((block, index) => ({
      index,
      block,
      order: 0,
      startedAt: "2026-01-01T00:00:00Z",
      // The machine drifts: whatever the block does to one case it does to the other.
      wallS: wallS * (1 + block / 10),
      method: "gate",
      exitCode: 0,
    })),
    summary: {},
    warnings: [],
  };
}

const SCENARIO = { reference: "slow", name: "s", kind: "bench", title: "", cases: [] } as const;

describe("referenceFor", () => {
  it("takes the reference variant's case whose parameters are most alike", () => {
    const cases = [
      measured("slow", { n: 1, workers: 1 }, 1),
      measured("slow", { n: 2, workers: 1 }, 2),
      measured("fast", { n: 2, workers: 4 }, 1),
    ];
    expect(referenceFor(SCENARIO, cases, cases[2]!)).toBe(cases[1]);
    expect(referenceFor(SCENARIO, cases, cases[0]!)).toBe(cases[0]);
  });

  it("takes the first variant that was measured for all, where the reference was not", () => {
    const cases = [
      { ...measured("slow", { n: 1, workers: 1 }, 1), status: "failed" as const },
      measured("one", { n: 1, workers: 1 }, 1),
      measured("many", { n: 1, workers: 4 }, 1),
      measured("more", { n: 1, workers: 4 }, 1),
    ];
    for (const c of cases.slice(1)) expect(referenceFor(SCENARIO, cases, c)).toBe(cases[1]);
  });
});

describe("relatives", () => {
  it("is not misled by drift, since it compares within blocks", () => {
    const cases = [measured("slow", { n: 1 }, 1), measured("fast", { n: 1 }, 0.5)];
    const relative = relatives({ ...SCENARIO, cases: [] }, cases, "wallS", 0.95);
    expect(relative.size).toBe(1);
    const found = relative.get(cases[1]!.caseId)!;
    expect(found).toMatchObject({ toCaseId: cases[0]!.caseId, verdict: "faster" });
    expect(found.ratio).toBeCloseTo(2, 9);
    expect(found.low).toBeCloseTo(2, 9);
  });

  it("uses common blocks only, and says nothing with fewer than ten", () => {
    const odd = Array.from({ length: 15 }, (_, i) => 2 * i + 1);
    const cases = [measured("slow", { n: 1 }, 1), measured("fast", { n: 1 }, 0.5, odd)];
    // Blocks 1, 3, 5, 7, 9 and 11 are common.
    expect(relatives({ ...SCENARIO, cases: [] }, cases, "wallS", 0.95).size).toBe(0);
  });

  it("leaves out what is not ranked", () => {
    const away = { ...measured("fast", { n: 1 }, 0.1), status: "optimised-away" as const };
    const cases = [measured("slow", { n: 1 }, 1), away];
    expect(relatives({ ...SCENARIO, cases: [] }, cases, "wallS", 0.95).size).toBe(0);
  });
});
