import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import {
  checkOutput,
  digestText,
  type Expectation,
  type ExpectedOutput,
  expectedOutput,
  type Parameters,
} from "../../lib/scenario/mod.ts";
import { validScenario } from "./_support.ts";

function expectedOf(expectation: Expectation, params: Parameters): ExpectedOutput | undefined {
  const scenario = { ...validScenario(), expect: expectation };
  return expectedOutput(scenario, scenario.variants[0]!, params);
}

describe("expectedOutput", () => {
  it("takes the rule", () => {
    expect(expectedOf({ rule: "floor(n / 2)" }, { n: 1e12 + 1 })).toEqual({
      stdout: "500000000000",
    });
  });

  it("takes the first known result that holds before the rule", () => {
    const results = [
      { params: { n: 10, workers: 2 }, stdout: "two" },
      { params: { n: 10 }, stdout: "any" },
      { params: {}, stdout: "last" },
    ];
    expect(expectedOf({ results }, { n: 10, workers: 2 })).toEqual({ stdout: "two" });
    expect(expectedOf({ results }, { n: 10, workers: 3 })).toEqual({ stdout: "any" });
    expect(expectedOf({ results, rule: "n" }, { n: 11 })).toEqual({ stdout: "last" });
  });

  it("stands for an output by the digest of its bytes", () => {
    const sha256 = "0".repeat(64);
    const due = expectedOf({ results: [{ params: { n: 1 }, sha256 }] }, { n: 1 });
    expect(due).toEqual({ stdout: digestText(sha256), digest: true });
    expect(checkOutput(due!, digestText(sha256)).ok).toBe(true);
    expect(checkOutput(due!, digestText("1".repeat(64))).ok).toBe(false);
  });

  it("knows nothing where neither says", () => {
    expect(expectedOf({}, { n: 1 })).toBe(undefined);
    expect(expectedOf({ results: [{ params: { n: 1 }, stdout: "x" }] }, { n: 2 })).toBe(undefined);
  });

  it("compares a result that is no whole number as a number", () => {
    expect(expectedOf({ rule: "n / 4" }, { n: 10 })).toEqual({ stdout: "2.5", tolerance: 0 });
    expect(expectedOf({ rule: "n / 4", tolerance: 0.1 }, { n: 10 }))
      .toEqual({ stdout: "2.5", tolerance: 0.1 });
    expect(checkOutput(expectedOf({ rule: "n / 4" }, { n: 10 })!, "2.500\n")).toEqual({ ok: true });
  });
});

describe("checkOutput", () => {
  const ok = (stdout: string, actual: string, tolerance?: number) =>
    checkOutput({ stdout, ...(tolerance === undefined ? {} : { tolerance }) }, actual).ok;

  it("ignores white space at the end of lines and of the text, and line ends", () => {
    expect(ok("5", "5\n")).toBe(true);
    expect(ok("5\n6\n", "5  \r\n6\t\r\n\r\n\n")).toBe(true);
    expect(ok("5", " 5")).toBe(false);
    expect(ok("5\n6", "5\n\n6")).toBe(false);
  });

  it("compares text without a tolerance", () => {
    expect(ok("5", "5.0")).toBe(false);
    expect(ok("0.5", "0.50")).toBe(false);
    expect(ok("abc", "abd")).toBe(false);
  });

  it("compares numbers by their relative difference", () => {
    expect(ok("100", "100.9", 0.01)).toBe(true);
    expect(ok("100", "101.1", 0.01)).toBe(false);
    expect(ok("-100", "-100.9", 0.01)).toBe(true);
    expect(ok("-100", "100", 0.01)).toBe(false);
    expect(ok("1e-30", "2e-30", 0.01)).toBe(false);
    expect(ok("0", "0.005", 0.01)).toBe(true);
    expect(ok("0", "0.02", 0.01)).toBe(false);
    expect(ok("x = 1.00 y = 2", "x = 1.001\ny = 2", 0.01)).toBe(true);
    expect(ok("x = 1.00", "y = 1.00", 0.01)).toBe(false);
    expect(ok("1 2", "1 2 3", 0.01)).toBe(false);
    expect(ok("1", "NaN", 1)).toBe(false);
    expect(ok("1", "Infinity", 1)).toBe(false);
    expect(ok("0", "", 1)).toBe(false);
    expect(ok("0", "\n", 1)).toBe(false);
  });

  it("gives both texts when they differ", () => {
    expect(checkOutput({ stdout: "5" }, "6 \n")).toEqual({ ok: false, expected: "5", actual: "6" });
    expect(checkOutput({ stdout: "5" }, "")).toEqual({ ok: false, expected: "5", actual: "" });
  });
});
