import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { parseSweep } from "../../lib/scenario/mod.ts";
import { thrownBy } from "./_support.ts";

describe("parseSweep", () => {
  const good: readonly (readonly [text: string, values: string[]])[] = [
    ["workers=1..8", ["1", "2", "3", "4", "5", "6", "7", "8"]],
    ["workers=4..1", ["4", "3", "2", "1"]],
    ["n=1e3,1e4,1e5", ["1e3", "1e4", "1e5"]],
    ["n=1e3..1e6*10", ["1000", "10000", "100000", "1000000"]],
    ["n=8..1*0.5", ["8", "4", "2", "1"]],
    ["n=1..20*2", ["1", "2", "4", "8", "16"]],
    ["size=0..100+25", ["0", "25", "50", "75", "100"]],
    ["size=10..0+-5", ["10", "5", "0"]],
    ["size=0..1+0.1", ["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1"]],
    ["n=1_000..3_000+1_000", ["1000", "2000", "3000"]],
    ["n=-2..1", ["-2", "-1", "0", "1"]],
    ["n=1,4..6,100", ["1", "4", "5", "6", "100"]],
    ["n=1,1,2", ["1", "2"]],
    ["n=0..0.30000000000000004+0.1", ["0", "0.1", "0.2", "0.3"]],
    ["n=3..3", ["3"]],
    ["mode=fast,slow", ["fast", "slow"]],
    ["flag=true,false", ["true", "false"]],
    [" n = 1 , 2 ", ["1", "2"]],
  ];
  for (const [text, values] of good) {
    it(`reads ${text}`, () => {
      expect(parseSweep(text)).toEqual({ name: text.split("=")[0]!.trim(), values });
    });
  }

  const bad: readonly (readonly [text: string, message: RegExp])[] = [
    ["workers", /expected a parameter, = and its values/],
    ["=1..3", /expected a parameter, = and its values/],
    ["n=", /found an empty value/],
    ["n=1,,2", /found an empty value/],
    ["n=1..x", /found "1\.\.x", expected a range of numbers/],
    ["n=1..", /found "1\.\.", expected a range of numbers/],
    ["n=1..2..3", /expected a range of numbers/],
    ["n=1..8*1", /the factor 1 does not lead from 1 to 8/],
    ["n=1..8*0", /the factor 0 does not lead/],
    ["n=1..8*0.5", /the factor 0\.5 does not lead/],
    ["n=0..8*2", /the factor 2 does not lead from 0 to 8/],
    ["n=-1..8*2", /the factor 2 does not lead/],
    ["n=1..8+0", /the step 0 does not lead/],
    ["n=1..8+-1", /the step -1 does not lead/],
    ["n=1..8*x", /found "x" as the step, expected a number/],
    ["n=1..8*", /found "" as the step, expected a number/],
    ["n=1..1e9", /more than 1000 values/],
    ["n=1e300..2e300+1", /more than 1000 values/],
    ["n=1..1e999", /found a number that is too large/],
    [`n=${Array.from({ length: 1001 }, (_, i) => i).join(",")}`, /more than 1000 values/],
  ];
  for (const [text, message] of bad) {
    it(`refuses ${text.slice(0, 30)}`, () => {
      const error = thrownBy(() => parseSweep(text));
      expect(error.message).toMatch(message);
      expect(error.hint).toMatch(/workers=1\.\.8/);
    });
  }
});
