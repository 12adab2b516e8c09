import { basename, dirname, join, sep } from "node:path";
import { VersusError } from "../error.ts";
import { didYouMean, oneOf, quote } from "./_problems.ts";
import { loadScenario, SCENARIO_FILE, scenarioFile, scenarioFiles } from "./load.ts";
import { loadSuite, suiteFiles } from "./suite.ts";
import type { Scenario, Suite } from "./types.ts";
import { readYaml } from "./yaml.ts";

/** What a name or a path on the command line of `versus run` stands for. */
export type Target =
  | { readonly kind: "scenario"; readonly scenario: Scenario }
  | { readonly kind: "suite"; readonly suite: Suite };

/**
 * Tells a path from a name.
 *
 * @param text What was typed.
 * @returns Whether it is a path: it has a separator, is `.` or `..`, or ends in `.yaml` or `.yml`.
 */
export function isPath(text: string): boolean {
  return /[/\\]/.test(text) || /^\.\.?$/.test(text) || /\.ya?ml$/i.test(text);
}

/** Whether a file, links followed, is below one of the roots. */
async function isBundled(file: string, roots: readonly string[]): Promise<boolean> {
  try {
    const real = await Deno.realPath(file);
    for (const root of roots) {
      if (real.startsWith(await Deno.realPath(root) + sep)) return true;
    }
  } catch (error) {
    // What does not exist is reported when it is read.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return false;
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw error;
  }
}

async function unknownName(what: string, name: string, known: readonly string[]): Promise<never> {
  const own = await exists(join(name, SCENARIO_FILE));
  const names = [...new Set(known)].sort();
  const meant = didYouMean(name, names) || (names.length === 0 ? "" : `, expected ${oneOf(names)}`);
  throw new VersusError(`There is no ${what} ${quote(name)}${meant}`, {
    hint: own
      ? `Write ./${name} for the scenario in that folder`
      : "See `versus list`; write ./NAME for a scenario of your own",
  });
}

async function filesByName(
  roots: readonly string[],
  list: (root: string) => Promise<string[]>,
  nameOf: (file: string) => string,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const root of roots) {
    for (const file of await list(root)) {
      if (!files.has(nameOf(file))) files.set(nameOf(file), file);
    }
  }
  return files;
}

function scenariosByName(roots: readonly string[]): Promise<Map<string, string>> {
  return filesByName(roots, scenarioFiles, (file) => basename(dirname(file)));
}

function suitesByName(roots: readonly string[]): Promise<Map<string, string>> {
  return filesByName(roots, suiteFiles, (file) => basename(file).replace(/\.ya?ml$/, ""));
}

/**
 * Finds a scenario.
 *
 * @param nameOrPath The name of a bundled one, or the path of a YAML file or of a folder with a
 * `scenario.yaml`.
 * @param roots Folders with bundled scenarios; the first that has the name wins.
 * @returns The scenario; `bundled` if its file is below one of the roots.
 * @throws {VersusError} If there is none, with the nearest name; or it is not valid.
 */
export async function findScenario(
  nameOrPath: string,
  roots: readonly string[],
): Promise<Scenario> {
  if (isPath(nameOrPath)) {
    const file = await scenarioFile(nameOrPath);
    return await loadScenario(file, { bundled: await isBundled(file, roots) });
  }
  const files = await scenariosByName(roots);
  const file = files.get(nameOrPath);
  if (file === undefined) return await unknownName("scenario", nameOrPath, [...files.keys()]);
  return await loadScenario(file, { bundled: true });
}

/** Whether a document is meant as a suite: it has runs and no variants. */
function looksLikeSuite(value: unknown): boolean {
  return typeof value === "object" && value !== null && "runs" in value && !("variants" in value);
}

/**
 * Finds a scenario or a suite.
 *
 * @param nameOrPath A name or a path, as for {@linkcode findScenario}; a file is a suite if it has
 * `runs`.
 * @param roots Folders with bundled scenarios and suites; a scenario goes before a suite of its name.
 * @returns Which it is, loaded.
 * @throws {VersusError} If there is neither, with the nearest name; or it is not valid.
 */
export async function findTarget(
  nameOrPath: string,
  roots: readonly string[],
): Promise<Target> {
  if (isPath(nameOrPath)) {
    const file = await scenarioFile(nameOrPath);
    if (!looksLikeSuite(await readYaml(file))) {
      return { kind: "scenario", scenario: await findScenario(file, roots) };
    }
    const suite = await loadSuite(file, { bundled: await isBundled(file, roots) });
    return { kind: "suite", suite };
  }
  const scenarios = await scenariosByName(roots);
  const scenarioPath = scenarios.get(nameOrPath);
  if (scenarioPath !== undefined) {
    return { kind: "scenario", scenario: await loadScenario(scenarioPath, { bundled: true }) };
  }
  const suites = await suitesByName(roots);
  const suitePath = suites.get(nameOrPath);
  if (suitePath !== undefined) {
    return { kind: "suite", suite: await loadSuite(suitePath, { bundled: true }) };
  }
  return await unknownName("scenario or suite", nameOrPath, [
    ...scenarios.keys(),
    ...suites.keys(),
  ]);
}
