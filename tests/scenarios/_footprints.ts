/**
 * Runs bundled scenarios of kind footprint as `versus run` does, for the tests of what their programs open.
 *
 * What is built is kept in .dev, which git ignores, for all tests and for the next time: compiling a
 * client's libraries takes minutes. What has no toolchain is skipped; CI fails if it has none of a kind that
 * it must have.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { openHost } from "../../lib/bench/host.ts";
import { completeOptions } from "../../lib/bench/options.ts";
import { planRun } from "../../lib/bench/plan.ts";
import { recordOf } from "../../lib/bench/record.ts";
import { runBench } from "../../lib/bench/run.ts";
import { detectTracer, type FootprintDocument } from "../../lib/footprint/mod.ts";
import type { RunEvent } from "../../lib/record/events.ts";
import type { CaseResult } from "../../lib/record/schema.ts";
import { expandCases, loadScenario, type Scenario, type Variant } from "../../lib/scenario/mod.ts";
import { findToolchain, isMissing } from "../../lib/toolchain/mod.ts";
import { start } from "./_programs.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const HOME = join(ROOT, ".dev", "footprint");

/** What whoever runs a machine put into its Python by hand: it belongs to nobody. */
const LOCAL = /\/(?:dist|site)-packages\/[^/]+\.pth$/;

/** Where these are missing, CI fails; elsewhere their programs are skipped. */
const REQUIRED: readonly string[] = ["cpython", "pypy", "go", "rust", "deno", "node", "c"];
const IN_CI = Deno.env.get("CI") === "true";

/** Programs that were checked, timed once and traced. */
export interface Footprints {
  /** The scenario. */
  readonly scenario: Scenario;
  /** The variants that have a toolchain here. */
  readonly names: readonly string[];
  /** The case of a variant. */
  caseOf(name: string): CaseResult;
  /** The footprint of a variant. */
  of(name: string): FootprintDocument;
}

/** Loads a bundled scenario of kind footprint. */
export async function footprintScenario(name: string): Promise<Scenario> {
  return await loadScenario(join(ROOT, "scenarios", "footprint", name), { bundled: true });
}

/** Why a variant can't be run here; `undefined` if it can. */
async function missing({ toolchain, requires, build }: Variant): Promise<string | undefined> {
  const found = await findToolchain(toolchain, requires === undefined ? {} : { requires });
  if (isMissing(found)) return found.reason;
  const [[tool = ""] = []] = build;
  if (tool === "" || tool.includes("{")) return undefined;
  const { code } = await start(["/bin/sh", "-c", `command -v ${tool}`]);
  return code === 0 ? undefined : `${tool} is not installed`;
}

async function noTracer(): Promise<string | undefined> {
  try {
    await detectTracer();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

async function run(scenario: Scenario, variants: readonly string[]): Promise<CaseResult[]> {
  const { plan } = await planRun({
    items: [{ scenario, cases: expandCases(scenario, { variants }), named: true }],
    options: completeOptions({ runs: 1, warmup: 0 }),
    seed: 1,
  });
  await using open = await openHost();
  const events: RunEvent[] = [];
  const identity = { id: "run", version: "0", environment: open.environment };
  for await (const event of runBench(plan, open.host, identity)) events.push(event);
  return recordOf(events).scenarios[0]!.cases;
}

/**
 * Defines the tests of a scenario: those that all have, and its own.
 *
 * @param scenario The scenario.
 * @param define Defines its own tests; the footprints are there when they run.
 */
export async function describeFootprints(
  scenario: Scenario,
  define: (footprints: Footprints) => void,
): Promise<void> {
  const names: string[] = [];
  const untraceable = await noTracer();
  for (const variant of scenario.variants) {
    const reason = untraceable ?? await missing(variant);
    if (reason === undefined) names.push(variant.name);
    else if (IN_CI && REQUIRED.includes(variant.toolchain) && (await isDue(variant))) {
      it(`${scenario.name} ${variant.name} can be traced`, () => {
        throw new Error(`CI must have it: ${reason}`);
      });
    } else it.skip(`${scenario.name} ${variant.name}: ${reason}`, () => {});
  }
  if (names.length > 0) describe(scenario.name, () => describeTraced(scenario, names, define));
}

/** A toolchain that is there and too old for a program is no failure. */
async function isDue({ toolchain }: Variant): Promise<boolean> {
  return isMissing(await findToolchain(toolchain));
}

function describeTraced(
  scenario: Scenario,
  names: readonly string[],
  define: (footprints: Footprints) => void,
): void {
  let cases: readonly CaseResult[] = [];
  const before = Deno.env.get("VERSUS_HOME");

  function caseOf(name: string): CaseResult {
    const found = cases.find(({ variant }) => variant === name);
    if (found === undefined) throw new Error(`${name} was not run`);
    return found;
  }
  function of(name: string): FootprintDocument {
    const { footprint, reason } = caseOf(name);
    if (footprint === undefined) throw new Error(`${name} was not traced: ${reason}`);
    return footprint;
  }

  beforeAll(async () => {
    Deno.env.set("VERSUS_HOME", HOME);
    cases = await run(scenario, names);
  });
  afterAll(() => {
    if (before === undefined) Deno.env.delete("VERSUS_HOME");
    else Deno.env.set("VERSUS_HOME", before);
  });

  for (const name of names) {
    it(`${name} prints what is due and is traced`, () => {
      const { status, reason, footprint } = caseOf(name);
      expect({ name, status, reason }).toEqual({ name, status: "ok", reason: undefined });
      expect(footprint!.exitCode).toBe(0);
      expect(footprint!.partial).toBeUndefined();
      expect(footprint!.files.length).toBeGreaterThan(0);
    });
  }

  it("opens hardly a file that nothing explains: at most one in a hundred", () => {
    const files = names.flatMap((name) => of(name).files)
      .filter(({ kind }) => kind === "file" || kind === "gone");
    const unexplained = files.filter(({ rule }) => rule === "unattributed")
      .map(({ path }) => path).filter((path) => !LOCAL.test(path));
    if (unexplained.length > files.length / 100) expect(unexplained).toEqual([]);
    expect(files.length).toBeGreaterThan(0);
  });

  define({ scenario, names, caseOf, of });
}

/**
 * Defines the test that programs turn down what they can't take.
 *
 * @param footprints The programs.
 * @param taken How many arguments they take.
 * @param bad Lists of arguments that none takes.
 */
export function refuseArguments(
  { names, of }: Footprints,
  taken: number,
  bad: readonly (readonly string[])[],
): void {
  it("turn down bad arguments with exit code 2 and a message", async () => {
    for (const name of names) {
      const own = of(name).command.slice(0, -taken);
      for (const args of bad) {
        const { code, stdout, stderr } = await start([...own, ...args]);
        expect({ name, args, code, stdout }).toEqual({ name, args, code: 2, stdout: "" });
        expect(stderr).toMatch(/usage: /);
      }
    }
  });
}

/** The addresses of other hosts, and of this one, that a program connected or sent to. */
export function reached({ sockets }: FootprintDocument): string[] {
  return sockets.filter(({ family, use }) => family.startsWith("inet") && use !== "bind")
    .map(({ address }) => address);
}
