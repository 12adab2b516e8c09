/** The keys of `scenario.yaml` for figures, questions, bounds and sizes. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { largestFitting, memoryOf, refusalOf, sayMemory } from "../../lib/scenario/bounds.ts";
import { expectedOutput, parseScenario, type Scenario } from "../../lib/scenario/mod.ts";
import { observe } from "../../lib/scenario/observation.ts";
import { takeMetrics } from "../../lib/scenario/own_metrics.ts";
import { evaluateCondition, ruleParameters } from "../../lib/scenario/rule.ts";
import { altered, problemsOf, thrownBy, validScenario } from "./_support.ts";

/** The valid scenario with further keys of its own. */
function withKeys(keys: string): string {
  return altered("loop: n\n", `loop: n\n${keys}\n`);
}

/** The valid scenario with further keys of the variant `rust`. */
function withRust(keys: string): string {
  return altered('    run: ["{out}/loop", "{n}"]\n', `    run: ["{out}/loop", "{n}"]\n${keys}\n`);
}

function parsed(text: string): Scenario {
  return parseScenario(text, "/tmp/loop/scenario.yaml");
}

describe("metrics", () => {
  it("are read with their units", () => {
    const { metrics } = parsed(withKeys(
      "metrics: { taskS: { title: Task time, unit: s }, hits: { title: Hits, unit: count } }",
    ));
    expect(metrics).toEqual([
      { name: "taskS", title: "Task time", unit: "s" },
      { name: "hits", title: "Hits", unit: "count" },
    ]);
  });

  it("have names that end in their unit", () => {
    expect(problemsOf(withKeys("metrics: { task: { title: T, unit: s } }"))).toEqual([
      'metrics.task.unit: found "s", expected a name that ends so: taskS',
    ]);
    expect(problemsOf(withKeys("metrics: { taskMs: { title: T, unit: count } }"))).toEqual([
      'metrics.taskMs.unit: found "count", but the name says "ms"',
    ]);
    for (
      const [name, unit] of [["aNs", "ns"], ["aPercent", "%"], ["aPerS", "/s"], ["aKb", "KiB"]]
    ) {
      const metrics =
        parsed(withKeys(`metrics: { ${name}: { title: T, unit: "${unit}" } }`)).metrics;
      expect(metrics).toHaveLength(1);
    }
  });

  it("are not those that are measured anyway", () => {
    expect(problemsOf(withKeys("metrics: { wallS: { title: T, unit: s } }"))).toEqual([
      'metrics.wallS: "wallS" is measured already, expected another name',
    ]);
  });

  it("refuse an unknown unit with the nearest", () => {
    expect(problemsOf(withKeys("metrics: { taskS: { title: T, unit: S } }"))[0])
      .toMatch(/^metrics.taskS.unit: found "S", expected .*did you mean "s"/);
  });
});

describe("takeMetrics", () => {
  const known = [
    { name: "taskS", title: "Task", unit: "s" },
    { name: "hits", title: "Hits", unit: "count" },
  ] as const;

  it("takes the lines after the result, in any order, blank ones between them too", () => {
    expect(takeMetrics(known, "5\n\nhits=7\r\n\ntaskS=1.5e-3\n")).toEqual({
      result: "5",
      metrics: { hits: 7, taskS: 0.0015 },
    });
  });

  it("leaves what stands before the result, is unknown, no number or given twice", () => {
    for (
      const text of [
        "taskS=1\n5",
        "5\ntaskMs=1",
        "5\ntaskS=fast",
        "5\ntaskS=NaN",
        "5\ntaskS=",
        "5 taskS=1",
      ]
    ) {
      expect(takeMetrics(known, text)).toEqual({ result: text, metrics: {} });
    }
    expect(takeMetrics(known, "5\ntaskS=1\ntaskS=2")).toEqual({
      result: "5\ntaskS=1",
      metrics: { taskS: 2 },
    });
  });

  it("touches nothing where the scenario has no figures", () => {
    expect(takeMetrics(undefined, "5\ntaskS=1\n")).toEqual({ result: "5\ntaskS=1\n", metrics: {} });
  });
});

describe("observe", () => {
  it("says yes or no to each pattern, at lines of both streams", () => {
    const scenario = parsed(withKeys(
      'observe: { panics: { title: panics, pattern: "^panic: " }, wraps: { title: wraps, pattern: "-\\\\d+$" } }',
    ));
    expect(observe(scenario, "-5\n", "exit\npanic: overflow\n")).toEqual({
      panics: true,
      wraps: true,
    });
    expect(observe(scenario, "5", "a panic: no")).toEqual({ panics: false, wraps: false });
    expect(observe(validScenario(), "5", "")).toBeUndefined();
  });

  it("needs patterns that are regular expressions", () => {
    expect(problemsOf(withKeys('observe: { a: { title: A, pattern: "(" } }'))[0])
      .toMatch(/^observe.a.pattern: found no regular expression: /);
  });
});

describe("bounds", () => {
  it("name parameters and hold the right kind of rule", () => {
    expect(problemsOf(withKeys('memoryBytes: "m * 16"'))[0]).toMatch(/^memoryBytes: .*unknown/);
    expect(problemsOf(withKeys('memoryBytes: "n > 16"'))[0]).toMatch(/^memoryBytes: .*truth value/);
    expect(problemsOf(withRust('    limit: { rule: "n * 2", reason: because }'))[0])
      .toMatch(/^variants.rust.limit.rule: .*a number stands where a comparison is due/);
    expect(problemsOf(withKeys('limit: { rule: "n < 5" }'))).toEqual([
      "limit.reason: missing, expected this key",
    ]);
  });

  it("refuse a case beyond its own limit, its scenario's, or the free memory, in this order", () => {
    const scenario = parsed(
      withRust('    limit: { rule: "n <= 1e9", reason: 64 bits }').replace(
        "loop: n\n",
        'loop: n\nmemoryBytes: "n * 16"\nlimit: { rule: "n <= 1e10", reason: all }\n',
      ),
    );
    const [cpython, , rust] = scenario.variants;
    const at = (variant: typeof cpython, n: number) => ({
      scenario,
      variant: variant!,
      params: { n, workers: 1, scale: 1, mode: "fast", check: true },
    });
    expect(refusalOf(at(rust, 2e9), 1)?.reason).toBe("64 bits (n <= 1e9)");
    expect(refusalOf(at(cpython, 2e10), 1)?.reason).toBe("all (n <= 1e10)");
    expect(refusalOf(at(cpython, 1e9), 2 ** 30)).toEqual({
      reason: "it needs about 14.9 GB of memory, and 1 GB are free",
      parameters: ["n"],
    });
    expect(refusalOf(at(cpython, 1e9), undefined)).toBeUndefined();
    expect(memoryOf(at(cpython, 1000))).toBe(16_000);
    expect(largestFitting(at(rust, 1), "n", 1e12, undefined)).toBe(1e9);
    expect(largestFitting(at(rust, 1), "n", 1e12, 16_000)).toBe(1000);
    expect(largestFitting(at(rust, 1), "n", 500, 16_000)).toBe(500);
  });

  it("of a variant stand for the scenario's memory", () => {
    const scenario = parsed(
      withRust('    memoryBytes: "n * 8"').replace("loop: n\n", 'loop: n\nmemoryBytes: "n * 16"\n'),
    );
    const params = { n: 10, workers: 1, scale: 1, mode: "fast", check: true };
    expect(scenario.variants.map((variant) => memoryOf({ scenario, variant, params })))
      .toEqual([160, 160, 80]);
  });

  it("do not fit at all where the least value does not", () => {
    const scenario = parsed(withKeys('memoryBytes: "1e6 + n"'));
    const one = {
      scenario,
      variant: scenario.variants[0]!,
      params: { n: 1, workers: 1, scale: 1, mode: "fast", check: true },
    };
    expect(largestFitting(one, "n", 1e12, 1000)).toBeUndefined();
  });

  it("are told in units", () => {
    expect([0, 999, 1024, 1.5e6, 22 * 2 ** 30, 2 ** 60].map(sayMemory))
      .toEqual(["0 bytes", "999 bytes", "1 KB", "1.43 MB", "22 GB", "1020 PB"]);
  });

  it("of exit codes are those that there are", () => {
    expect(problemsOf(withKeys("exitCode: 256"))).toEqual([
      "exitCode: found 256, expected at most 255",
    ]);
    expect(problemsOf(withRust("    exitCode: 1.5"))).toHaveLength(1);
    expect(parsed(withRust("    exitCode: 101")).variants[2]!.exitCode).toBe(101);
  });
});

describe("rules as conditions", () => {
  const { parameters } = validScenario();
  const params = { n: 3_037_000_499, workers: 1, scale: 0.5, mode: "fast", check: true };

  it("hold exactly", () => {
    expect(evaluateCondition("n * n < 2 ** 63", parameters, params)).toBe(true);
    expect(evaluateCondition("n * n < 2 ** 63", parameters, { ...params, n: 3_037_000_500 }))
      .toBe(false);
  });

  it("are no numbers", () => {
    expect(thrownBy(() => evaluateCondition("n", parameters, params)).message)
      .toBe('rule "n": a number stands where a comparison is due');
  });

  it("say which parameters they use", () => {
    expect(ruleParameters("n > 5 ? max(workers, -scale) : 2 ** n", parameters))
      .toEqual(["n", "workers", "scale"]);
    expect(ruleParameters("16", parameters)).toEqual([]);
  });
});

describe("calibrate", () => {
  it("names a numeric parameter", () => {
    expect(parsed(withKeys("calibrate: scale")).calibrate).toBe("scale");
    expect(problemsOf(withKeys("calibrate: m"))[0]).toMatch(/^calibrate: unknown parameter "m"/);
    expect(problemsOf(withKeys("calibrate: mode"))).toEqual([
      'calibrate: "mode" is a string, expected a numeric parameter',
    ]);
  });
});

describe("a variant's own expectation", () => {
  const params = { n: 10, workers: 1, scale: 1, mode: "fast", check: true };

  it("stands in the place of the scenario's", () => {
    const scenario = parsed(withRust("    expect: { rule: n * 3 }"));
    const [cpython, , rust] = scenario.variants;
    expect(expectedOutput(scenario, cpython!, params)?.stdout).toBe("5");
    expect(expectedOutput(scenario, rust!, params)).toEqual({ stdout: "30" });
  });

  it("is checked like the scenario's", () => {
    expect(problemsOf(withRust("    expect: { rule: m * 3 }"))[0])
      .toMatch(/^variants.rust.expect.rule: .*unknown/);
    expect(problemsOf(withRust("    expect: {}"))).toEqual([
      "variants.rust.expect: missing what is expected: a rule or results",
    ]);
    expect(problemsOf(withRust("    expect: { results: [{ params: { m: 1 }, stdout: x }] }"))[0])
      .toMatch(/^variants.rust.expect.results\[0\].params.m: unknown/);
  });
});

describe("a variant whose result is unused", () => {
  it("is expected to print nothing in particular", () => {
    const scenario = parsed(withRust("    unused: nobody looks"));
    const rust = scenario.variants[2]!;
    expect(rust.unused).toBe("nobody looks");
    expect(expectedOutput(scenario, rust, { n: 10, workers: 1 })).toBeUndefined();
  });

  it("is no reference", () => {
    const text = withRust("    unused: nobody looks").replace(
      "reference: cpython",
      "reference: rust",
    );
    expect(problemsOf(text)).toEqual([
      'reference: "rust" throws its result away, expected one that is ranked',
    ]);
  });
});
