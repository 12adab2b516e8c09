import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { VersusError } from "../../lib/error.ts";
import { compareVersions, parseRange, parseVersion, satisfies } from "../../lib/toolchain/mod.ts";

describe("parseVersion", () => {
  const cases: [text: string, numbers: number[], pre: boolean][] = [
    ["3.11.7", [3, 11, 7], false],
    ["go1.26.8", [1, 26, 8], false],
    ["go1.22", [1, 22], false],
    ["go1.27rc1", [1, 27], true],
    ["v20.20.2", [20, 20, 2], false],
    ["3.13.0rc1", [3, 13, 0], true],
    ["3.14.0a1", [3, 14, 0], true],
    ["1.97.0-nightly", [1, 97, 0], true],
    ["1.97.0-beta.3", [1, 97, 0], true],
    ["17.0.15", [17, 0, 15], false],
    ["17.0.15+6-Debian-1deb12u1", [17, 0, 15], false],
    ["1.8.0_402", [1, 8, 0, 402], false],
    ["21-ea", [21], true],
    ["12.2.0-14+deb12u1", [12, 2, 0], false],
    ["7.3.11+dfsg-2", [7, 3, 11], false],
    ["15.0.0.15000040", [15, 0, 0, 15000040], false],
    ["  2.9.6\n", [2, 9, 6], false],
  ];
  for (const [text, numbers, pre] of cases) {
    it(`reads ${JSON.stringify(text)}`, () => {
      const version = parseVersion(text);
      expect(version?.numbers).toEqual(numbers);
      expect(version?.pre !== undefined).toBe(pre);
    });
  }

  for (const text of ["", "garbage", "-1.2", "rustc 1.95.0", "1234567890123.1"]) {
    it(`finds no version in ${JSON.stringify(text)}`, () => {
      expect(parseVersion(text)).toBeUndefined();
    });
  }
});

describe("compareVersions", () => {
  it("puts versions in the order of their releases", () => {
    const ordered = [
      "1.8.0_402",
      "3.6.15",
      "3.9.18",
      "3.13.0.dev1",
      "3.13.0a2",
      "3.13.0b1",
      "3.13.0rc1",
      "3.13.0rc2",
      "3.13.0",
      "3.13.1",
      "17.0.15",
      "21-ea",
      "21",
      "21.0.1",
    ];
    const shuffled = [...ordered].reverse().sort((a, b) =>
      compareVersions(parseVersion(a)!, parseVersion(b)!)
    );
    expect(shuffled).toEqual(ordered);
  });

  it("takes a missing number as 0", () => {
    expect(compareVersions(parseVersion("go1.22")!, parseVersion("1.22.0")!)).toBe(0);
  });
});

describe("satisfies", () => {
  const inside: [version: string, range: string][] = [
    ["3.11.7", ">=3.8"],
    ["3.8", ">=3.8"],
    ["3.8.0", ">=3.8.0"],
    ["1.26.8", ">=1.21 <2"],
    ["1.26.8", ">=1.21,<2"],
    ["1.26.8", ">= 1.21  < 2"],
    ["3.11.7", "3.11"],
    ["3.11.7", "3.11.x"],
    ["3.11.7", "3.11.*"],
    ["3.11.7", "3"],
    ["3.11.7", "=3.11"],
    ["3.11.7", "==3.11.7"],
    ["3.11.7", "<=3.11"],
    ["3.12.1", ">3.11"],
    ["3.9.2", ">=3.8 !=3.9.1"],
    ["3.12.1", "3.11 || 3.12"],
    ["17.0.15+6", ">=17"],
    ["21-ea", ">=21"],
    ["3.13.0rc1", ">=3.13"],
    ["3.13.0rc1", "3.13"],
    ["3.13.0rc2", ">=3.13.0rc1"],
    ["3.13.0", ">3.13.0rc1"],
    ["go1.22", ">=1.22.0"],
    ["go1.27rc1", ">=1.27"],
    ["3.11.7", "*"],
  ];
  for (const [version, range] of inside) {
    it(`finds ${version} in "${range}"`, () => {
      expect(satisfies(version, range)).toBe(true);
    });
  }

  const outside: [version: string, range: string][] = [
    ["3.6.15", ">=3.8"],
    ["3.10.0", "<3.9"],
    ["2.0.0", ">=1.21 <2"],
    ["2.0.0rc1", "<2"],
    ["3.11.7", ">3.11"],
    ["3.11.7", "<3.11"],
    ["3.11.7", "!=3.11"],
    ["3.1", "3.11"],
    ["3.9.1", ">=3.8 !=3.9.1"],
    ["3.13.0rc1", ">=3.13.0"],
    ["3.13.0rc1", "3.13.0"],
    ["go1.27rc1", ">=1.27.0"],
    ["3.13.1", "3.11 || 3.12"],
    ["garbage", "*"],
    ["garbage", ">=0"],
  ];
  for (const [version, range] of outside) {
    it(`finds ${version} outside "${range}"`, () => {
      expect(satisfies(version, range)).toBe(false);
    });
  }

  it("takes a range that is parsed already", () => {
    expect(satisfies("3.11.7", parseRange(">=3.8"))).toBe(true);
  });
});

describe("parseRange", () => {
  const wrong = [
    "",
    "  ",
    ">=",
    "abc",
    ">=3.8foo bar",
    ">=3.8foo",
    "^1.2",
    "~3.8",
    ">=3.8 ||",
    "||",
    "=>3.8",
    ">*",
    "3.8rc1.x",
    "3..8",
    ">=3.8 | 3.9",
  ];
  for (const text of wrong) {
    it(`refuses ${JSON.stringify(text)} with what is expected`, () => {
      let error: unknown;
      try {
        parseRange(text);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(VersusError);
      expect((error as VersusError).message).toContain(`"${text}" is not valid`);
      expect((error as VersusError).hint).toContain(">=3.8");
      expect((error as VersusError).exitCode).toBe(2);
    });
  }

  it("keeps the text", () => {
    expect(parseRange(" >=3.8 ").text).toBe(">=3.8");
  });
});
