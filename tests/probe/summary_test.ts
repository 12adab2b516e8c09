import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import {
  jitter,
  percentile,
  phaseMedians,
  summariseSamples,
  toMicros,
} from "../../lib/probe/summary.ts";

function answers(...times: number[]) {
  return times.map((totalMs) => ({ ok: true, totalMs }));
}

describe("percentile", () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
  for (const [percent, value] of [[1, 1], [50, 50], [95, 95], [99, 99], [100, 100], [0.5, 1]]) {
    it(`takes the nearest rank: ${percent} % of 1 to 100 is ${value}`, () => {
      expect(percentile(hundred, percent!)).toBe(value);
    });
  }

  it("is the only value of one", () => {
    expect([50, 95, 99].map((percent) => percentile([7], percent))).toEqual([7, 7, 7]);
  });
});

describe("jitter", () => {
  it("follows RFC 3550, section 6.4.1, by hand", () => {
    // |D| is 16, then 32: J = 0 + 16/16 = 1, then 1 + (32 − 1)/16.
    expect(jitter([0, 16, 48])).toBe(1 + 31 / 16);
  });

  it("is zero where nothing varies, and absent for a single answer", () => {
    expect([jitter([5, 5, 5]), jitter([5]), jitter([])]).toEqual([0, undefined, undefined]);
  });
});

describe("summariseSamples", () => {
  it("tells loss and times of answers only", () => {
    const samples = [...answers(3, 1), { ok: false, totalMs: 5000 }, ...answers(2)];
    expect(summariseSamples(samples)).toEqual({
      ...{ sent: 4, lost: 1, lossPercent: 25 },
      ...{ minMs: 1, p50Ms: 2, p95Ms: 3, maxMs: 3, jitterMs: toMicros(2 / 16 + (1 - 2 / 16) / 16) },
    });
  });

  it("has no times without answers", () => {
    expect(summariseSamples([{ ok: false, totalMs: 1 }])).toEqual({
      ...{ sent: 1, lost: 1, lossPercent: 100 },
    });
  });

  it("tells the 99th percentile from 100 answers on", () => {
    const many = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(summariseSamples(answers(...many)).p99Ms).toBe(99);
    expect("p99Ms" in summariseSamples(answers(...many.slice(1)))).toBe(false);
  });
});

describe("phaseMedians", () => {
  it("takes the middle of each phase that took place, in their order", () => {
    const samples = [
      { ok: true, phases: { tlsMs: 4, connectMs: 1 } },
      { ok: true, phases: { connectMs: 3 } },
      { ok: true, phases: { connectMs: 2 } },
      { ok: false, phases: { connectMs: 100 } },
    ];
    expect(Object.entries(phaseMedians(samples))).toEqual([["connectMs", 2], ["tlsMs", 4]]);
  });
});
