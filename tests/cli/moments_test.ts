import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { parseAge, parseMoment } from "../../cli/history/moments.ts";

const NOW = new Date("2026-11-21T12:00:00Z");

describe("moments and ages", () => {
  it("reads dates, times in UTC and ages", () => {
    const cases = [
      ["2026-11-01", "2026-11-01T00:00:00.000Z"],
      ["2026-11-01T09:30Z", "2026-11-01T09:30:00.000Z"],
      ["2026-11-01T09:30:15.5Z", "2026-11-01T09:30:15.500Z"],
      ["7d", "2026-11-14T12:00:00.000Z"],
      ["1.5h", "2026-11-21T10:30:00.000Z"],
      [" 2w ", "2026-11-07T12:00:00.000Z"],
    ];
    for (const [text, expected] of cases) {
      expect([text, parseMoment("--since", text!, NOW)]).toEqual([text, expected]);
    }
    expect(parseAge("--older-than", "90d", NOW)).toBe("2026-08-23T12:00:00.000Z");
  });

  it("refuses what is none, and ages before there was time", () => {
    const wrong = [
      "",
      "yesterday",
      "7",
      "-7d",
      "2026-02-30",
      "2026-13-01",
      "2026-11-01T09:30",
      "1e9d",
    ];
    for (const text of [...wrong, "999999999999d"]) {
      expect(() => parseMoment("--since", text, NOW)).toThrow("--since, expected a date");
    }
    expect(() => parseAge("--older-than", "2026-11-01", NOW)).toThrow("expected an age");
    expect(() => parseAge("--older-than", "\x1b[31m", NOW)).toThrow("\\x1b[31m");
  });
});
