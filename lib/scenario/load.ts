import { basename, dirname, join, resolve } from "node:path";
import { printable, VersusError } from "../error.ts";
import { checkScenario } from "./_checks.ts";
import { ValidationError } from "./_problems.ts";
import { type ScenarioDocument, scenarioSchema } from "./_schema.ts";
import { checkSources } from "./sources.ts";
import type { Scenario } from "./types.ts";
import { validate } from "./validate.ts";
import { parseYaml, readTextFile } from "./yaml.ts";

/** The file that makes a folder a scenario. */
export const SCENARIO_FILE = "scenario.yaml";

const HINT = "See `versus schema scenario`, or start from `versus new scenario NAME`";

/** How to load. */
export interface LoadOptions {
  /** Whether it came with the program; not by default. */
  readonly bundled?: boolean;
  /** Whether to look at the variants' files as well; done by default, left out for listings. */
  readonly checkFiles?: boolean;
}

/** The entries of a map as a list, each with its name. */
function named<T extends object>(map: Readonly<Record<string, T>>): ({ name: string } & T)[] {
  return Object.entries(map).map(([name, value]) => ({ name, ...value }));
}

function toScenario(document: ScenarioDocument, file: string, bundled: boolean): Scenario {
  const { parameters, variants, metrics, observe, ...rest } = document;
  return {
    ...rest,
    ...(metrics === undefined ? {} : { metrics: named(metrics) }),
    ...(observe === undefined ? {} : { observe: named(observe) }),
    parameters: named(parameters),
    variants: named(variants),
    folder: dirname(file),
    file,
    bundled,
  };
}

/**
 * Reads a scenario from YAML text; the variants' files are not looked at.
 *
 * @param text The YAML.
 * @param file The file that it stands in, which relative paths are relative to.
 * @param options Whether it is bundled.
 * @returns The scenario.
 * @throws {VersusError} If it is not YAML; a {@linkcode ValidationError} with every problem and its
 * path if it is no valid scenario.
 */
export function parseScenario(
  text: string,
  file: string,
  options: Pick<LoadOptions, "bundled"> = {},
): Scenario {
  return toChecked(parseYaml(text, file), file, options.bundled ?? false);
}

function toChecked(value: unknown, file: string, bundled: boolean): Scenario {
  let document: ScenarioDocument;
  try {
    document = validate(scenarioSchema, value, file, "a scenario");
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    throw new ValidationError(file, "a scenario", error.problems, HINT);
  }
  const scenario = toScenario(document, resolve(file), bundled);
  const given = (value as { expect?: unknown }).expect !== undefined;
  const problems = checkScenario(scenario, given);
  if (bundled && basename(scenario.folder) !== scenario.name) {
    const folder = basename(scenario.folder);
    problems.push({
      path: "name",
      message: `found "${scenario.name}", expected the folder's, "${folder}"`,
    });
  }
  if (problems.length > 0) throw new ValidationError(file, "a valid scenario", problems, HINT);
  return scenario;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    throw new VersusError(`Cannot read ${printable(path)}: ${reasonOf(error)}`, {
      hint: "Name a scenario, its folder or its YAML file",
      cause: error,
    });
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  return printable((error as Error).message);
}

/**
 * Finds the YAML file of a scenario.
 *
 * @param path The file, or a folder with a `scenario.yaml`.
 * @returns The path of the file, relative if `path` is.
 * @throws {VersusError} If there is none.
 */
export async function scenarioFile(path: string): Promise<string> {
  return await isFolder(path) ? join(path, SCENARIO_FILE) : path;
}

/**
 * Loads a scenario.
 *
 * @param path Its YAML file, or the folder with its `scenario.yaml`.
 * @param options Whether it is bundled, and whether to look at the variants' files.
 * @returns The scenario.
 * @throws {VersusError} If it cannot be read or is not YAML; a {@linkcode ValidationError} with every
 * problem and its path if it is no valid scenario.
 */
export async function loadScenario(path: string, options: LoadOptions = {}): Promise<Scenario> {
  const file = await scenarioFile(path);
  const scenario = parseScenario(await readTextFile(file), file, options);
  if (options.checkFiles ?? true) {
    const problems = await checkSources(scenario);
    if (problems.length > 0) throw new ValidationError(file, "a valid scenario", problems, HINT);
  }
  return scenario;
}

/** How deep scenarios are looked for: `scenarios/bench/flipsum/scenario.yaml`. */
const SEARCH_DEPTH = 3;

/**
 * Finds scenario folders.
 *
 * @param root Where to look.
 * @returns The absolute paths of their YAML files, sorted; none when the folder does not exist.
 */
export async function scenarioFiles(root: string): Promise<string[]> {
  const found: string[] = [];
  async function visit(folder: string, depth: number): Promise<void> {
    const folders: string[] = [];
    for await (const entry of Deno.readDir(folder)) {
      if (entry.name === SCENARIO_FILE && !entry.isDirectory) {
        found.push(join(folder, entry.name));
        return;
      }
      if (entry.isDirectory) folders.push(join(folder, entry.name));
    }
    if (depth < SEARCH_DEPTH) await Promise.all(folders.map((inner) => visit(inner, depth + 1)));
  }
  try {
    await visit(resolve(root), 0);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort();
}

/** How to load many. */
export interface LoadAllOptions extends LoadOptions {
  /** Told of each scenario that is not valid, which is left out; without it the first is thrown. */
  readonly onProblem?: (error: VersusError) => void;
}

/**
 * Loads all scenarios below a folder, for a listing: the variants' files are looked at only if asked.
 *
 * @param root Where to look.
 * @param options Whether they are bundled, and what to do with invalid ones.
 * @returns The scenarios, sorted by name.
 * @throws {VersusError} If one is not valid and `onProblem` is not given, or two have one name.
 */
export async function loadScenarios(
  root: string,
  options: LoadAllOptions = {},
): Promise<Scenario[]> {
  const { onProblem } = options;
  const files = await scenarioFiles(root);
  const loaded = await Promise.all(files.map(async (file) => {
    try {
      return await loadScenario(file, { ...options, checkFiles: options.checkFiles ?? false });
    } catch (error) {
      if (!(error instanceof VersusError) || onProblem === undefined) throw error;
      onProblem(error);
      return undefined;
    }
  }));
  const scenarios = loaded.filter((scenario) => scenario !== undefined)
    .sort((a, b) => a.name < b.name ? -1 : 1);
  scenarios.forEach((scenario, i) => {
    const before = scenarios[i - 1];
    if (before?.name === scenario.name) {
      throw new VersusError(
        `Two scenarios are called ${scenario.name}: ${printable(before.file)} and ${
          printable(scenario.file)
        }`,
        { hint: "Rename one of them" },
      );
    }
  });
  return scenarios;
}
