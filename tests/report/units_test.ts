import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { symbols } from "../../lib/report/_symbols.ts";
import { metricInfo } from "../../lib/report/metrics.ts";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatEstimate,
  formatPercent,
  formatQuantity,
  formatRatio,
  formatSeconds,
  formatSetting,
} from "../../lib/report/units.ts";

describe("formatSeconds", () => {
  const cases: [number, string][] = [
    [0.26e-9, "0.2600 ns"],
    [48.9e-9, "48.90 ns"],
    [1.5e-6, "1.500 µs"],
    [0.012345, "12.35 ms"],
    [0.9999, "999.9 ms"],
    [0.99996, "1.000 s"],
    [0.00099999999, "1.000 ms"],
    [79.184543, "79.18 s"],
    [119.9, "119.9 s"],
    [125.28, "2.088 min"],
    [0, "0 s"],
    [-0.0021, "-2.100 ms"],
  ];
  for (const [seconds, text] of cases) {
    it(`writes ${seconds} as ${text}`, () => {
      expect(formatSeconds(seconds)).toBe(text);
    });
  }

  it("writes microseconds in ASCII", () => {
    expect(formatSeconds(1.5e-6, symbols(true))).toBe("1.500 us");
  });
});

describe("other quantities", () => {
  it("counts sizes in steps of 1,024", () => {
    expect(
      [0, 1, 1023, 1024, 10144 * 1024, 1023.9 * 1024, 3 * 1024 ** 3].map((b) => formatBytes(b)),
    )
      .toEqual(["0 B", "1 B", "1023 B", "1.00 KB", "9.91 MB", "1.00 MB", "3.00 GB"]);
  });

  it("writes percent with a decimal below ten only", () => {
    expect([0.24, 2.34, 9.96, 99.6, 392.4].map(formatPercent))
      .toEqual(["0.2 %", "2.3 %", "10 %", "100 %", "392 %"]);
  });

  it("writes rates, counts and settings", () => {
    expect(formatQuantity(12345, "rate")).toBe("12.35 k/s");
    expect(formatQuantity(999.4, "rate")).toBe("999.4 /s");
    expect(formatCount(1_000_000)).toBe("1,000,000");
    expect(formatCount(4321)).toBe("4321");
    expect([5, 99.9, 0.1 + 0.2].map(formatSetting)).toEqual(["5 %", "99.9 %", "0.3 %"]);
  });

  it("writes ratios with one more digit near to 1", () => {
    expect([64.21, 3.894, 1.0274, 0.9731, 0.5, 317.4, 1250, 65536].map(formatRatio))
      .toEqual(["64.2", "3.89", "1.027", "0.973", "0.500", "317", "1250", "65,536"]);
  });

  it("writes durations as a clock", () => {
    expect([0, 7.4, 59.6, 65, 7400].map(formatDuration))
      .toEqual(["0 s", "7 s", "1:00", "1:05", "2:03:20"]);
  });
});

describe("formatEstimate", () => {
  function time(median: number, half: number): string {
    return formatEstimate({ median, low: median - half, high: median + half }, "time");
  }

  it("keeps as many digits as the interval supports, three to four", () => {
    expect(time(0.012345, 0.0000512)).toBe("12.35 ms ± 0.05");
    expect(time(0.012345, 0.00123)).toBe("12.3 ms ± 1.2");
    expect(time(0.2033, 0.0021)).toBe("203.3 ms ± 2.1");
    expect(time(0.2033, 0.0412)).toBe("203 ms ± 41");
  });

  it("tells the wider side of an interval that is not symmetric", () => {
    expect(formatEstimate({ median: 1, low: 0.99, high: 1.05 }, "time")).toBe("1.000 s ± 0.050");
    expect(formatEstimate({ median: 1, low: 0.9, high: 1.01 }, "time")).toBe("1.00 s ± 0.10");
  });

  it("never claims an interval of nothing", () => {
    expect(time(0.012345, 1e-9)).toBe("12.35 ms ± <0.01");
    expect(time(0.012345, 0)).toBe("12.35 ms");
  });

  it("writes the interval in the unit of the value", () => {
    expect(formatEstimate({ median: 1.0, low: 0.9995, high: 1.0005 }, "time")).toBe(
      "1.000 s ± <0.001",
    );
    expect(formatEstimate({ median: 0, low: -0.001, high: 0.002 }, "time")).toBe("0 ms ± 2");
  });

  it("has an ASCII form", () => {
    const estimate = { median: 1.5e-6, low: 1.4e-6, high: 1.6e-6 };
    expect(formatEstimate(estimate, "time", symbols(true))).toBe("1.50 us +- 0.10");
  });
});

describe("metricInfo", () => {
  it("reads the unit from the name", () => {
    const found = ["wallS", "maxRssKb", "connectMs", "nsPerIteration", "requestsPerS", "cpuPercent"]
      .map((name) => metricInfo(name)).map(({ quantity, factor }) => [quantity, factor]);
    expect(found).toEqual([
      ["time", 1],
      ["size", 1024],
      ["time", 1e-3],
      ["time", 1e-9],
      ["rate", 1],
      ["percent", 1],
    ]);
  });

  it("takes a name without a unit for a number", () => {
    expect(metricInfo("instructions")).toMatchObject({ title: "instructions", quantity: "number" });
    expect(metricInfo("S").quantity).toBe("number");
  });

  it("says which way is better, and in which words", () => {
    expect(metricInfo("requestsPerS")).toMatchObject({
      title: "requests",
      better: "higher",
      words: ["faster", "slower"],
    });
    expect(metricInfo("heapKb")).toMatchObject({ better: "lower", words: ["less", "more"] });
  });
});
