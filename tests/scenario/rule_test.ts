import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { evaluateRule, type Parameter, type Parameters } from "../../lib/scenario/mod.ts";
import { thrownBy } from "./_support.ts";

const PARAMETERS: readonly Parameter[] = [
  { name: "n", title: "n", type: "integer", default: 1 },
  { name: "k", title: "k", type: "integer", default: 1 },
  { name: "x", title: "x", type: "number", default: 0.5 },
  { name: "on", title: "on", type: "boolean", default: true },
  { name: "mode", title: "mode", type: "string", default: "a" },
];

function textOf(rule: string, params: Parameters = {}): string {
  return evaluateRule(rule, PARAMETERS, { n: 10, k: 3, x: 0.5, on: true, mode: "a", ...params })
    .text;
}

function refusal(rule: string, params: Parameters = {}): string {
  return thrownBy(() => textOf(rule, params)).message;
}

describe("evaluateRule", () => {
  it("follows the usual precedence", () => {
    expect(textOf("1 + 2 * 3")).toBe("7");
    expect(textOf("(1 + 2) * 3")).toBe("9");
    expect(textOf("2 ** 3 ** 2")).toBe("512");
    expect(textOf("10 - 4 - 3")).toBe("3");
    expect(textOf("-n + k")).toBe("-7");
    expect(textOf("2 * -k")).toBe("-6");
    expect(textOf("n % k * 2")).toBe("2");
    expect(textOf("n > k ? 1 : 2")).toBe("1");
    expect(textOf("n < k ? 1 : n == 10 ? 5 : 6")).toBe("5");
  });

  it("is exact for whole numbers far beyond 2^53", () => {
    const n = 1e12;
    expect(textOf("n * (n + 1) * (2 * n + 1) / 6", { n }))
      .toBe("333333333333833333333333500000000000");
    expect(textOf("n * (n + 1) / 2", { n: 999_999_999_999 })).toBe("499999999999500000000000");
    expect(textOf("2 ** 64 - 1")).toBe("18446744073709551615");
    expect(textOf("2 ** 200 % 1000007")).toBe(`${2n ** 200n % 1000007n}`);
  });

  it("agrees with whole numbers computed apart, for many n", () => {
    for (let n = 0; n <= 3000; n += 7) {
      const big = BigInt(n) * 1_000_003n;
      const params = { n: Number(big) };
      expect(textOf("floor(n * n / 7)", params)).toBe(`${big * big / 7n}`);
      expect(textOf("ceil(n / 7) * 7 - n", params)).toBe(`${(7n - big % 7n) % 7n}`);
    }
  });

  it("keeps fractions exact until the end", () => {
    expect(textOf("n / 3 * 3")).toBe("10");
    expect(textOf("1 / 3 + 1 / 3 + 1 / 3")).toBe("1");
    expect(textOf("0.1 + 0.2")).toBe("0.3");
    expect(textOf("1e21 + 1")).toBe("1000000000000000000001");
    expect(textOf("1.5e1 * 2")).toBe("30");
    expect(textOf("floor(n / 4)")).toBe("2");
    expect(textOf("floor(-n / 4)")).toBe("-3");
    expect(textOf("ceil(-n / 4)")).toBe("-2");
    expect(textOf("abs(k - n)")).toBe("7");
    expect(textOf("-7 % 3")).toBe("-1");
    expect(textOf("7.5 % 2")).toBe("1.5");
    expect(textOf("min(n, k, 5)")).toBe("3");
    expect(textOf("max(n / 3, k)")).toBe(`${10 / 3}`);
    expect(textOf("pow(2, -2) * 4")).toBe("1");
    expect(textOf("0 ** 0")).toBe("1");
    expect(textOf("(0 - 1) ** 1000000000001")).toBe("-1");
  });

  it("takes roots and logarithms exactly where they are", () => {
    expect(textOf("sqrt(n ** 40)")).toBe(`${10n ** 20n}`);
    expect(textOf("sqrt(9 / 16) * 4")).toBe("3");
    expect(textOf("sqrt(2)")).toBe(`${Math.SQRT2}`);
    expect(textOf("log2(2 ** 100)")).toBe("100");
    expect(textOf("log2(1 / 8)")).toBe("-3");
    expect(textOf("log2(10)")).toBe(`${Math.log2(10)}`);
    expect(textOf("2 ** 0.5")).toBe(`${Math.SQRT2}`);
  });

  it("says whether a result is a whole number that is known exactly", () => {
    const whole = (rule: string) => evaluateRule(rule, PARAMETERS, { n: 10, x: 4 }).whole;
    expect(whole("n / 2")).toBe(true);
    expect(whole("n / 3")).toBe(false);
    expect(whole("x / 2")).toBe(false);
    expect(whole("sqrt(n)")).toBe(false);
  });

  it("computes with parameters that are no whole numbers as floats", () => {
    expect(textOf("x * 3", { x: 0.1 })).toBe(`${0.1 * 3}`);
    expect(textOf("floor(x)", { x: 2.7 })).toBe("2");
    expect(textOf("x > 0.25 ? n : k")).toBe("10");
    expect(textOf("on ? n : k", { on: false })).toBe("3");
    expect(textOf("x ** 2")).toBe("0.25");
  });

  it("rounds large fractions to the nearest float", () => {
    expect(textOf("10 ** 400 / (3 * 10 ** 399)")).toBe(`${10 / 3}`);
    expect(textOf("1 / 3 ** 1000 * 3 ** 999")).toBe(`${1 / 3}`);
    expect(Number(textOf("1 / 10 ** 300"))).toBe(1e-300);
  });

  it("refuses division by zero and what is no number", () => {
    expect(refusal("n / 0")).toBe('rule "n / 0": it divides by zero');
    expect(refusal("n % (k - 3)")).toMatch(/divides by zero/);
    expect(refusal("x / 0")).toMatch(/divides by zero/);
    expect(refusal("0 ** -1")).toMatch(/divides by zero/);
    expect(refusal("sqrt(-1)")).toMatch(/no finite number/);
    expect(refusal("log2(0)")).toMatch(/no finite number/);
    expect(refusal("x * 1e308 * 1e308")).toMatch(/no finite number/);
    expect(refusal("10 ** 400 + x")).toMatch(/no finite number/);
    expect(refusal("n > 1")).toMatch(/truth value stands where a number is due/);
    expect(refusal("on + 1")).toMatch(/truth value stands where a number is due/);
    expect(refusal("1 < 2 < 3")).toMatch(/truth value stands where a number is due/);
    expect(refusal("n ? 1 : 2")).toMatch(/number stands before \?, expected a comparison/);
  });

  it("bounds powers, literals and length", () => {
    expect(refusal("9 ** 9 ** 9")).toMatch(/grows beyond 8192 bits/);
    expect(refusal("2 ** 1e18")).toMatch(/grows beyond 8192 bits/);
    expect(refusal("n ** 1000 ** 1000")).toMatch(/grows beyond 8192 bits/);
    expect(refusal("(1 / 3) ** 100000")).toMatch(/grows beyond 8192 bits/);
    expect(refusal("1e999999999")).toMatch(/grows beyond 8192 bits/);
    expect(refusal("1e-999999999")).toMatch(/grows beyond 8192 bits/);
    expect(refusal("n" + " * n".repeat(200))).toMatch(/found 801 characters, expected at most 500/);
    expect(refusal("(".repeat(5000))).toMatch(/found 5000 characters/);
    expect(textOf("(".repeat(249) + "1" + ")".repeat(249))).toBe("1");
  });

  const hostile: readonly (readonly [rule: string, message: RegExp])[] = [
    ["__proto__", /unknown parameter "__proto__"/],
    ["constructor", /unknown parameter "constructor"/],
    ["toString()", /unknown function "toString"/],
    ["hasOwnProperty(1)", /unknown function "hasOwnProperty"/],
    ["constructor(1)", /unknown function "constructor"/],
    ["__proto__(1)", /unknown function "__proto__"/],
    ["n.constructor", /found a member access/],
    ["n['constructor']", /found a member access/],
    ["n?.constructor", /found a member access/],
    ["n.constructor('return 1')()", /call of something without a name/],
    ["floor.call(1)", /call of something without a name/],
    ["(floor)(1)(2)", /call of something without a name/],
    ["this", /found an expression of kind This/],
    ["[1, 2]", /found an expression of kind Array/],
    ["'text'", /found "'text'"/],
    ["null", /found "null"/],
    ["undefined", /unknown parameter "undefined"/],
    ["NaN", /unknown parameter "NaN"/],
    ["eval(1)", /unknown function "eval"/],
    ["1; 2", /several expressions/],
    ["1, 2", /several expressions/],
    ["1 2", /several expressions/],
    ["n = 5", /rule "n = 5"/],
    ["n += 5", /rule "n \+= 5"/],
    ["n & 1", /found the operator &/],
    ["n << 1", /found the operator <</],
    ["n ^ 2", /found the operator \^/],
    ["n && k", /found the operator &&/],
    ["n ?? k", /found the operator \?\?/],
    ["n === k", /found the operator ===/],
    ["!n", /found the operator !/],
    ["~n", /found the operator ~/],
    ["+n", /found the operator \+/],
    ["-n ** 2", /sign before a power/],
    ["mode", /unknown parameter "mode"/],
    ["m", /unknown parameter "m", did you mean "n"\?/],
    ["flor(n)", /unknown function "flor", did you mean "floor"\?/],
    ["floor()", /found 0 arguments for floor, expected 1/],
    ["floor(1, 2)", /found 2 arguments for floor, expected 1/],
    ["min()", /found 0 arguments for min, expected 1 to 16/],
    ["pow(2)", /found 1 arguments for pow, expected 2/],
    ["floor(,)", /rule "floor\(,\)"/],
    ["", /found nothing/],
    ["   ", /found nothing/],
    ["(", /rule "\("/],
    ["1 +", /rule "1 \+"/],
    ["1e", /rule "1e"/],
    ["2n", /rule "2n"/],
    ["0x10", /rule "0x10"/],
    ["\u0000", /rule "\\x00"/],
    ["`n`", /rule "`n`"/],
    ["() => 1", /rule/],
    ["n /* x */", /rule/],
  ];
  for (const [rule, message] of hostile) {
    it(`refuses ${JSON.stringify(rule)}`, () => {
      expect(refusal(rule)).toMatch(message);
    });
  }
});
