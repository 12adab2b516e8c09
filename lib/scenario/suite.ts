import { basename, join, resolve } from "node:path";
import { VersusError } from "../error.ts";
import { formatPath, ValidationError } from "./_problems.ts";
import { suiteSchema } from "./_suite_schema.ts";
import type { Suite } from "./types.ts";
import { validate } from "./validate.ts";
import { parseYaml, readTextFile } from "./yaml.ts";

const HINT = "See `versus schema suite`";

/** The folder below the scenarios' root that suites are in. */
export const SUITES_FOLDER = "suites";

/**
 * Reads a suite from YAML text; the scenarios it names are not looked at.
 *
 * @param text The YAML.
 * @param file The file that it stands in.
 * @param options Whether it came with the program.
 * @returns The suite.
 * @throws {VersusError} If it is not YAML; a {@linkcode ValidationError} with every problem and its
 * path if it is no valid suite.
 */
export function parseSuite(
  text: string,
  file: string,
  options: { readonly bundled?: boolean } = {},
): Suite {
  const document = validate(suiteSchema, parseYaml(text, file), file, "a suite");
  const suite: Suite = { ...document, file: resolve(file), bundled: options.bundled ?? false };
  const problems = suite.runs.flatMap(({ options: { runs, precision } }, i) =>
    runs === undefined || precision === undefined ? [] : [{
      path: formatPath(["runs", i, "options"]),
      message: "found runs and precision, expected one of them",
    }]
  );
  const stem = basename(file).replace(/\.ya?ml$/, "");
  if (suite.bundled && stem !== suite.name) {
    problems.push({
      path: "name",
      message: `found "${suite.name}", expected the file's, "${stem}"`,
    });
  }
  if (problems.length > 0) throw new ValidationError(file, "a valid suite", problems, HINT);
  return suite;
}

/**
 * Loads a suite.
 *
 * @param path Its YAML file.
 * @param options Whether it came with the program.
 * @returns The suite.
 * @throws {VersusError} As {@linkcode parseSuite}, and if the file cannot be read.
 */
export async function loadSuite(
  path: string,
  options: { readonly bundled?: boolean } = {},
): Promise<Suite> {
  return parseSuite(await readTextFile(path), path, options);
}

/**
 * Finds the suites below a root.
 *
 * @param root The folder with the scenarios; suites are in its `suites`.
 * @returns Absolute paths of YAML files, sorted; none when there is no such folder.
 */
export async function suiteFiles(root: string): Promise<string[]> {
  const folder = join(resolve(root), SUITES_FOLDER);
  const found: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (/\.ya?ml$/.test(entry.name) && !entry.isDirectory) found.push(join(folder, entry.name));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort();
}

/**
 * Loads all suites below a root, for a listing.
 *
 * @param root The folder with the scenarios.
 * @param options Whether they came with the program, and who is told of invalid ones.
 * @returns The suites, sorted by file.
 * @throws {VersusError} If one is not valid and `onProblem` is not given.
 */
export async function loadSuites(
  root: string,
  options: {
    readonly bundled?: boolean;
    readonly onProblem?: (error: VersusError) => void;
  } = {},
): Promise<Suite[]> {
  const { onProblem } = options;
  const loaded = await Promise.all((await suiteFiles(root)).map(async (file) => {
    try {
      return await loadSuite(file, options);
    } catch (error) {
      if (!(error instanceof VersusError) || onProblem === undefined) throw error;
      onProblem(error);
      return undefined;
    }
  }));
  return loaded.filter((suite) => suite !== undefined);
}
