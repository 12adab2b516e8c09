import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { describeParameter, resolveParameters } from "../../lib/scenario/mod.ts";
import { thrownBy, validScenario } from "./_support.ts";

const scenario = validScenario();

describe("resolveParameters", () => {
  it("fills in defaults in the order of the file", () => {
    const params = resolveParameters(scenario);
    expect(params).toEqual({ n: 1e7, workers: 4, scale: 0.5, mode: "fast", check: true });
    expect(Object.keys(params)).toEqual(["n", "workers", "scale", "mode", "check"]);
  });

  it("reads text as a command line has it", () => {
    const n = (text: string) => resolveParameters(scenario, { n: text })["n"];
    expect(n("1e8")).toBe(100_000_000);
    expect(n("1_000_000")).toBe(1_000_000);
    expect(n("+5")).toBe(5);
    expect(n(" 5 ")).toBe(5);
    expect(n("1.5e3")).toBe(1500);
    expect(n("2E2")).toBe(200);
    expect(Object.is(n("-0"), 0)).toBe(true);
    expect(resolveParameters(scenario, { scale: "0.25", mode: "slow", check: "false" }))
      .toMatchObject({ scale: 0.25, mode: "slow", check: false });
  });

  it("takes values of the right type", () => {
    expect(resolveParameters(scenario, { n: 3, scale: 1, check: false }))
      .toMatchObject({ n: 3, scale: 1, check: false });
  });

  const wrong:
    readonly (readonly [name: string, given: string | number | boolean, message: string])[] = [
      ["n", "10k", 'found "10k", expected a whole number from 0 to 1e12'],
      ["n", "1__0", 'found "1__0", expected a whole number'],
      ["n", "_1", 'found "_1", expected a whole number'],
      ["n", "0x10", 'found "0x10", expected a whole number'],
      ["n", "", 'found "", expected a whole number'],
      ["n", "1e", 'found "1e", expected a whole number'],
      ["n", "NaN", 'found "NaN", expected a whole number'],
      ["n", "Infinity", 'found "Infinity", expected a whole number'],
      ["n", "1e999", 'found "1e999", expected a whole number'],
      ["n", "-1", 'found "-1", expected a whole number from 0 to 1e12'],
      ["n", "1e13", 'found "1e13", expected a whole number from 0 to 1e12'],
      ["n", "1.5", 'found "1.5", expected a whole number'],
      ["n", 1.5, "found 1.5, expected a whole number"],
      ["n", true, "found true, expected a whole number"],
      ["scale", "11", 'found "11", expected a number from 0 to 10'],
      ["mode", "slwo", 'found "slwo", expected "fast" or "slow", did you mean "slow"?'],
      ["mode", 1, 'found 1, expected "fast" or "slow"'],
      ["check", "yes", 'found "yes", expected true or false'],
      ["check", 1, "found 1, expected true or false"],
    ];
  for (const [name, given, message] of wrong) {
    it(`refuses ${name}=${given}`, () => {
      const error = thrownBy(() => resolveParameters(scenario, { [name]: given }));
      expect(error.message.startsWith(`Parameter ${name} of loop: ${message}`), error.message).toBe(
        true,
      );
      expect(error.exitCode).toBe(2);
    });
  }

  it("refuses whole numbers that a float can't tell apart", () => {
    const n = { name: "n", title: "N", type: "integer", default: 1 } as const;
    const wide = { ...scenario, parameters: [n] };
    expect(resolveParameters(wide, { n: "9007199254740991" })).toEqual({ n: 2 ** 53 - 1 });
    expect(thrownBy(() => resolveParameters(wide, { n: "9007199254740993" })).message)
      .toMatch(/found "9007199254740993", expected a whole number$/);
  });

  it("answers an unknown name with the nearest", () => {
    const message = (given: Record<string, string>) =>
      thrownBy(() => resolveParameters(scenario, given)).message;
    expect(message({ wokers: "4" })).toBe(
      'loop has no parameter "wokers", did you mean "workers"?',
    );
    expect(message({ zzzzzz: "4" })).toMatch(/expected "n", "workers", "scale", "mode" or "check"/);
    expect(message({ constructor: "4" })).toMatch(/^loop has no parameter "constructor"/);
    expect(message({ "\x1b[2J": "4" })).toMatch(/^loop has no parameter "\\x1b\[2J"/);
  });
});

describe("describeParameter", () => {
  it("says what is allowed", () => {
    const base = { name: "a", title: "A", default: 1 } as const;
    expect(describeParameter({ ...base, type: "integer" })).toBe("a whole number");
    expect(describeParameter({ ...base, type: "number", min: 0 })).toBe("a number of at least 0");
    expect(describeParameter({ ...base, type: "number", max: 2e9 })).toBe(
      "a number of at most 2e9",
    );
    expect(describeParameter({ ...base, type: "string" })).toBe("text");
    expect(describeParameter({ ...base, type: "integer", min: 1, max: 1234567 }))
      .toBe("a whole number from 1 to 1234567");
  });
});
