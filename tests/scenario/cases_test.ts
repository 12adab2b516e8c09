import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import {
  caseId,
  expandCases,
  parseSweep,
  publishedFor,
  referenceCase,
  workersOf,
} from "../../lib/scenario/mod.ts";
import { thrownBy, validScenario } from "./_support.ts";

const scenario = validScenario();
const REST = "check=true,mode=fast,n=";

describe("expandCases", () => {
  it("makes a case of each variant", () => {
    expect(expandCases(scenario).map((one) => one.caseId)).toEqual([
      `loop/cpython[${REST}10000000,scale=0.5,workers=1]`,
      `loop/go[${REST}10000000,scale=0.5,workers=4]`,
      `loop/rust[${REST}10000000,scale=0.5,workers=4]`,
    ]);
  });

  it("gives every case the value of every parameter, its variant's own before all", () => {
    const [cpython, go] = expandCases(scenario, { params: { n: "1e3", workers: 8 } });
    expect(cpython!.params).toEqual({ n: 1000, workers: 1, scale: 0.5, mode: "fast", check: true });
    expect(go!.params).toEqual({ n: 1000, workers: 8, scale: 0.5, mode: "fast", check: true });
  });

  it("combines swept values, and makes a fixed variant's case once", () => {
    const cases = expandCases(scenario, {
      variants: ["cpython", "go"],
      sweep: [parseSweep("n=10,20"), parseSweep("workers=1..3")],
    });
    expect(
      cases.map(({ variant, params }) => `${variant.name} ${params["n"]} ${params["workers"]}`),
    )
      .toEqual([
        "cpython 10 1",
        "go 10 1",
        "go 10 2",
        "go 10 3",
        "cpython 20 1",
        "go 20 1",
        "go 20 2",
        "go 20 3",
      ]);
    expect(new Set(cases.map((one) => one.caseId)).size).toBe(cases.length);
  });

  it("chooses variants and languages, in the order of the file", () => {
    const names = (selection: Parameters<typeof expandCases>[1]) =>
      expandCases(scenario, selection).map(({ variant }) => variant.name);
    expect(names({ variants: ["rust", "cpython"] })).toEqual(["cpython", "rust"]);
    expect(names({ languages: ["go", "python"] })).toEqual(["cpython", "go"]);
    expect(names({ variants: ["go", "rust"], languages: ["rust"] })).toEqual(["rust"]);
  });

  const wrong:
    readonly (readonly [selection: Parameters<typeof expandCases>[1], message: RegExp])[] = [
      [{ variants: ["cpyhton"] }, /^loop has no variant "cpyhton", did you mean "cpython"\?$/],
      [{ variants: ["zzz"] }, /expected "cpython", "go" or "rust"$/],
      [
        { languages: ["golang"] },
        /^loop has no variant in "golang", expected "python", "go" or "rust"$/,
      ],
      [{ languages: ["pyton"] }, /^loop has no variant in "pyton", did you mean "python"\?$/],
      [{ languages: ["java"] }, /^loop has no variant in "java"/],
      [{ variants: ["go"], languages: ["rust"] }, /none of the variants go is in rust/],
      [{ params: { m: 1 } }, /has no parameter "m", did you mean "n"\?/],
      [{ sweep: [{ name: "m", values: ["1"] }] }, /has no parameter "m", did you mean "n"\?/],
      [
        { sweep: [parseSweep("workers=255..257")] },
        /Parameter workers of loop: found "257", expected/,
      ],
      [{ params: { n: 1 }, sweep: [parseSweep("n=1,2")] }, /n is given twice: a value and a sweep/],
      [{ sweep: [parseSweep("n=1"), parseSweep("n=2")] }, /n is given twice: swept two times/],
      [{ sweep: [parseSweep("n=1..200"), parseSweep("workers=1..100")] }, /more than 10000 comb/],
    ];
  for (const [selection, message] of wrong) {
    it(`refuses ${JSON.stringify(selection).slice(0, 60)}`, () => {
      const error = thrownBy(() => expandCases(scenario, selection));
      expect(error.message).toMatch(message);
      expect(error.exitCode).toBe(2);
    });
  }
});

describe("caseId", () => {
  it("does not depend on the order of parameters", () => {
    expect(caseId("a", "b", { y: 1, x: 2 })).toBe("a/b[x=2,y=1]");
    expect(caseId("a", "b", { x: 2, y: 1 })).toBe("a/b[x=2,y=1]");
    expect(caseId("a", "b", {})).toBe("a/b");
  });

  it("writes whole numbers out and keeps its own marks apart", () => {
    expect(caseId("a", "b", { n: 1e12, x: 0.5 })).toBe("a/b[n=1000000000000,x=0.5]");
    expect(caseId("a", "b", { t: "p,q=[r] é" })).toBe("a/b[t=p%2cq%3d%5br%5d%20%c3%a9]");
  });
});

describe("a case", () => {
  const [cpython, go, rust] = expandCases(scenario);

  it("finds its reference, whatever either fixes for itself", () => {
    const cases = expandCases(scenario, { sweep: [parseSweep("n=10,20")] });
    for (const one of cases) {
      const reference = referenceCase(one, cases)!;
      expect(reference.variant.name).toBe("cpython");
      expect(reference.params["n"]).toBe(one.params["n"]);
    }
    expect(referenceCase(go!, [go!, rust!])).toBe(undefined);
  });

  it("knows its workers", () => {
    expect([cpython, go, rust].map((one) => workersOf(one!))).toEqual([1, 4, 1]);
  });

  it("finds published figures and whether they are for its parameters", () => {
    expect(publishedFor(go!)).toEqual([]);
    expect(publishedFor(cpython!)).toEqual([
      { figure: scenario.published[0]!, sameParams: false },
    ]);
    const [large] = expandCases(scenario, { params: { n: 1e9 }, variants: ["cpython"] });
    expect(publishedFor(large!)[0]!.sameParams).toBe(true);
  });
});
