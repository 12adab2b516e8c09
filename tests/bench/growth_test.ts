import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { checkGrowth } from "../../lib/bench/growth.ts";
import type { Parameters } from "../../lib/scenario/types.ts";

/** A program with a start-up of 10 ms and so many nanoseconds an iteration; what it was asked. */
function program(nsPerIteration: number, startS = 0.01) {
  const asked: number[] = [];
  const time = (params: Parameters) => {
    asked.push(Number(params["n"]));
    return Promise.resolve(startS + Number(params["n"]) * nsPerIteration * 1e-9);
  };
  return { asked, time };
}

const RANGE = { min: 0, max: 1e12 };

describe("checkGrowth", () => {
  it("finds a loop that runs, at the case's own n and twice that", async () => {
    const { asked, time } = program(50);
    const growth = await checkGrowth({ n: 1e7 }, "n", RANGE, time);
    expect(growth).toMatchObject({ verdict: "grows", n: 1e7 });
    expect(growth.verdict === "grows" && growth.ratio).toBeCloseTo(2, 6);
    expect(growth.verdict === "grows" && growth.slopeNs).toBeCloseTo(50, 6);
    expect([...new Set(asked)]).toEqual([1, 1e7, 2e7]);
  });

  it("raises an n that does not stand out from the start-up", async () => {
    const { time } = program(1);
    const growth = await checkGrowth({ n: 1e6 }, "n", RANGE, time);
    // 1 ms above the 10 ms of the start, then 4 ms, then 16 ms.
    expect(growth).toMatchObject({ verdict: "grows", n: 16e6 });
  });

  it("marks a loop that is not there", async () => {
    const { time } = program(0);
    const growth = await checkGrowth({ n: 1e7 }, "n", RANGE, time);
    expect(growth.verdict).toBe("optimised-away");
    expect(growth.verdict === "optimised-away" && growth.reason).toContain("the loop is not there");
  });

  it("marks a loop that grows too little, and measures twice before it says so", async () => {
    let calls = 0;
    const growth = await checkGrowth({ n: 1e7 }, "n", RANGE, (params) => {
      calls++;
      return Promise.resolve(0.01 + 0.1 * Math.sqrt(Number(params["n"]) / 1e7));
    });
    expect(growth.verdict).toBe("optimised-away");
    expect(growth.verdict === "optimised-away" && growth.reason).toContain("grows by 1.41");
    // The floor and n; then each pair and five times more: at n and 4n, and at 16n and 64n, which take long.
    expect(calls).toBe(3 + 3 + 2 * (3 + 3 + 10) + 2 * (1 + 1 + 10));
  });

  it("looks at a larger size before it says so: a heap that grows is no solved loop", async () => {
    const growth = await checkGrowth({ n: 1e7 }, "n", RANGE, (params) => {
      const n = Number(params["n"]);
      // The first work costs 50 ms, whatever its size.
      return Promise.resolve(0.01 + (n > 1 ? 0.05 : 0) + n * 2e-9);
    });
    expect(growth).toMatchObject({ verdict: "grows", n: 4e7 });
  });

  it("raises it until a compiler has warmed up", async () => {
    const growth = await checkGrowth({ n: 1e5 }, "n", RANGE, (params) => {
      const n = Number(params["n"]);
      // Interpreted at first, and ten times faster from then on.
      return Promise.resolve(0.03 + Math.min(n, 4e5) * 2e-7 + Math.max(0, n - 4e5) * 2e-8);
    });
    expect(growth).toMatchObject({ verdict: "grows", n: 64e5 });
  });

  it("is not misled by one disturbed execution", async () => {
    let calls = 0;
    const growth = await checkGrowth({ n: 1e7 }, "n", RANGE, (params) => {
      calls++;
      // All first executions at n are slow; the repetition shows the truth.
      const disturbed = Number(params["n"]) === 1e7 && calls <= 6 ? 0.08 : 0;
      return Promise.resolve(0.01 + Number(params["n"]) * 1e-8 + disturbed);
    });
    expect(growth.verdict).toBe("grows");
  });

  it("cannot tell when the range of the parameter ends too early", async () => {
    const { time } = program(1);
    const growth = await checkGrowth({ n: 1000 }, "n", { min: 1, max: 5000 }, time);
    expect(growth.verdict).toBe("unknown");
  });

  it("passes on why an execution failed", async () => {
    const failure = { status: "failed", reason: "exit code 1" } as const;
    const growth = await checkGrowth({ n: 10 }, "n", RANGE, () => Promise.resolve(failure));
    expect(growth).toEqual({ verdict: "failed", failure });
  });
});
