/** Reads lists of claims: the bundled one, and people's own. */
import { dirname, join, resolve } from "node:path";
import { nearest, printable, VersusError } from "../error.ts";
import { isPath, parseYaml, type Problem, readTextFile, ValidationError } from "../scenario/mod.ts";
import { validate } from "../scenario/validate.ts";
import { claimListSchema } from "./claim_schema.ts";
import type { Check, Claim, ClaimExpectation, ClaimList } from "./claim_types.ts";

const HINT = "See `versus schema claims-file`";

/**
 * Gives a document the name that scenarios, cards and claims have for it: with hyphens.
 *
 * @param name For example `python_vs_go`.
 * @returns `python-vs-go`.
 */
export function sourceName(name: string): string {
  return name.replaceAll("_", "-");
}

/** What is wrong with an expectation: it must say one thing. */
function expectationProblem({ about, factor, atLeast, atMost, from, to }: ClaimExpectation) {
  const range = from !== undefined || to !== undefined;
  const said = [about, atLeast, atMost].filter((x) => x !== undefined).length + (range ? 1 : 0);
  if (said !== 1) return "expected one of about, atLeast, atMost, or from and to";
  if (range && !(from !== undefined && to !== undefined && from <= to)) {
    return "expected from and to, the smaller first";
  }
  return factor !== undefined && about === undefined ? "found factor, expected it with about" : "";
}

function checkProblems(check: Check, at: string): Problem[] {
  if (check.kind === "every") {
    return check.checks.flatMap((each, i) => checkProblems(each, `${at}.checks[${i}]`));
  }
  if (check.kind === "observed" || check.kind === "linkage") return [];
  const message = expectationProblem(check.expect);
  return message === "" ? [] : [{ path: `${at}.expect`, message }];
}

/** A scenario that is a path stands relative to the file with the claims. */
function placed<T>(value: T, folder: string): T {
  if (Array.isArray(value)) return value.map((item) => placed(item, folder)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const path = (name: unknown) =>
        typeof name === "string" && isPath(name) ? resolve(folder, name) : name;
      if (key === "scenario") return [key, path(item)];
      if (key === "scenarios" && Array.isArray(item)) return [key, item.map(path)];
      return [key, placed(item, folder)];
    }),
  ) as T;
}

/**
 * Reads a list of claims from YAML text.
 *
 * @param text The YAML.
 * @param file The file that it stands in.
 * @returns The claims; sources with their canonical names.
 * @throws {VersusError} If it is not YAML; a {@linkcode ValidationError} with every problem and its path
 * if it is no valid list.
 */
export function parseClaims(text: string, file: string): ClaimList {
  const document = validate(claimListSchema, parseYaml(text, file), file, "a list of claims");
  const sources = Object.fromEntries(
    Object.entries(document.sources).map(([name, source]) => [sourceName(name), source]),
  );
  const known = Object.keys(sources);
  const folder = dirname(resolve(file));
  const ids = document.claims.map((claim) => claim.id);
  const problems: Problem[] = [];
  const claims = document.claims.map((claim, i): Claim => {
    const source = sourceName(claim.source);
    if (!known.includes(source)) {
      const near = nearest(source, known);
      problems.push({
        path: `claims[${i}].source`,
        message: `unknown source "${printable(claim.source)}"` +
          (near === undefined
            ? `, expected one of ${known.join(", ")}`
            : `, did you mean "${near}"?`),
      });
    }
    if (ids.indexOf(claim.id) < i) {
      problems.push({ path: `claims[${i}].id`, message: `"${claim.id}" is given twice` });
    }
    problems.push(...checkProblems(claim.check, `claims[${i}].check`));
    const titles = claim.shows.map((shown) => shown.title);
    claim.lesson?.alike.forEach((title, j) => {
      if (titles.includes(title)) return;
      problems.push({
        path: `claims[${i}].lesson.alike[${j}]`,
        message: `no shown figure has the title "${printable(title)}"`,
      });
    });
    return {
      ...claim,
      source,
      check: placed(claim.check, folder),
      shows: placed(claim.shows, folder),
      ratios: placed(claim.ratios, folder),
    };
  });
  if (problems.length > 0) {
    throw new ValidationError(file, "a valid list of claims", problems, HINT);
  }
  return { ...document, sources, claims, file: resolve(file) };
}

/**
 * Loads a list of claims.
 *
 * @param path Its YAML file.
 * @returns The list.
 * @throws {VersusError} As {@linkcode parseClaims}, and if the file cannot be read.
 */
export async function loadClaims(path: string): Promise<ClaimList> {
  return parseClaims(await readTextFile(path), path);
}

/**
 * Loads all bundled lists.
 *
 * @param folder The folder of the claims.
 */
export async function loadBundledClaims(folder: string): Promise<ClaimList[]> {
  const files: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (/\.ya?ml$/.test(name)) files.push(join(folder, name));
  }
  return await Promise.all(files.sort().map(loadClaims));
}

/**
 * Chooses claims by name.
 *
 * @param lists Where they are.
 * @param ids The names; all by default.
 * @returns The claims, in the order of the lists.
 * @throws {VersusError} If a name is unknown, with the nearest; or stands in two lists.
 */
export function chooseClaims(lists: readonly ClaimList[], ids: readonly string[]): Claim[] {
  const all = lists.flatMap((list) => list.claims);
  const known = all.map((claim) => claim.id);
  const twice = known.find((id, i) => known.indexOf(id) < i);
  if (twice !== undefined) {
    throw new VersusError(`The claim ${twice} stands in two files`, { hint: "Rename one of them" });
  }
  for (const id of ids) {
    if (known.includes(id)) continue;
    const near = nearest(id, known);
    throw new VersusError(
      `There is no claim ${printable(id)}${near === undefined ? "" : `; did you mean ${near}?`}`,
      { hint: "See them with: versus claims" },
    );
  }
  return ids.length === 0 ? all : all.filter((claim) => ids.includes(claim.id));
}
