/** Builds and runs the programs of log-levels, and counts what comes out of them. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { expectedOutput } from "../../lib/scenario/mod.ts";
import { observe } from "../../lib/scenario/observation.ts";
import { takeMetrics } from "../../lib/scenario/own_metrics.ts";
import { findToolchain, isMissing } from "../../lib/toolchain/mod.ts";
import { benchScenario, describePrograms, refusesArguments } from "./_programs.ts";

const SIZES = [0, 1, 7, 300];

const FEATURES = ["levels", "change", "hierarchy", "handlers", "fields", "json"];

const go = await findToolchain("go", { requires: ">=1.26" });

/** What the manual of each library says that it can do. */
const CAN: Readonly<Record<string, readonly string[]>> = {
  cpython: ["levels", "change", "hierarchy", "handlers"],
  pypy: ["levels", "change", "hierarchy", "handlers"],
  // slog.NewMultiHandler came with Go 1.26.
  go: ["levels", "change", ...(isMissing(go) ? [] : ["handlers"]), "fields", "json"],
  "go-log": [],
  rust: ["levels", "change", "hierarchy", "fields"],
  "rust-tracing": FEATURES,
  typescript: ["fields"],
  java: ["levels", "change", "hierarchy", "handlers"],
};

const scenario = await benchScenario("log-levels");

/** Without levels a call can't be disabled. */
function linesOf(variant: string, n: number, call: string): number {
  return call === "enabled" || !CAN[variant]?.includes("levels") ? n : 0;
}

describe("log-levels's scenario.yaml", () => {
  it("expects a line for each call that is not silenced", () => {
    for (const variant of scenario.variants) {
      for (const call of ["enabled", "disabled"]) {
        const due = expectedOutput(scenario, variant, { n: 300, call });
        expect({ name: variant.name, call, ...due })
          .toEqual({ name: variant.name, call, stdout: `${linesOf(variant.name, 300, call)}` });
      }
    }
  });

  it("asks for what the programs try", () => {
    expect(scenario.observe?.map(({ name }) => name)).toEqual(FEATURES);
    const text = FEATURES.map((name, i) => `${name}: ${i % 2 === 0 ? "yes" : "no"}\n`).join("");
    expect(observe(scenario, "7\ncallNs=1\n", text)).toEqual(
      Object.fromEntries(FEATURES.map((name, i) => [name, i % 2 === 0])),
    );
  });
});

await describePrograms(scenario, (program) => {
  it("prints how many lines came out, and how long a call took", async () => {
    for (const n of SIZES) {
      for (const call of ["enabled", "disabled"]) {
        const { code, stdout } = await program.run({ n, call });
        const { result, metrics } = takeMetrics(scenario.metrics, stdout);
        expect({ n, call, code, result })
          .toEqual({ n, call, code: 0, result: `${linesOf(program.name, n, call)}` });
        expect(Object.keys(metrics)).toEqual(["callNs"]);
        expect(metrics.callNs).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it("tells what its library can do, whatever is called", async () => {
    const due = FEATURES.map((name) => {
      return `${name}: ${CAN[program.name]?.includes(name) ? "yes" : "no"}`;
    });
    for (const call of ["enabled", "disabled"]) {
      const { stderr } = await program.run({ n: 2, call });
      expect({ call, lines: stderr.trimEnd().split(/\r?\n/) }).toEqual({ call, lines: due });
    }
  });

  refusesArguments(program, [
    [],
    ["7"],
    ["7", "enabled", "7"],
    ...["", "x", "-1", "1.5", "1e3", "7x"].map((n) => [n, "enabled"]),
    ...["", "Enabled", "no"].map((call) => ["7", call]),
  ]);
});
