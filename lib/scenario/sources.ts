/** The files of a scenario's variants: found, bounded, and kept inside the scenario's folder. */
import { isAbsolute, join, relative, sep } from "node:path";
import { VersusError } from "../error.ts";
import { didYouMean, formatPath, type Problem, quote } from "./_problems.ts";
import type { Scenario, Variant } from "./types.ts";

/** More files than a variant's sources have. */
const MAX_FILES = 5000;
/** More bytes than a variant's sources have: 64 MiB. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Why a path cannot be a source, told from its text alone. */
function pathProblem(path: string): string | undefined {
  if (isAbsolute(path) || /^[A-Za-z]:/.test(path)) {
    return "expected a path relative to the scenario";
  }
  if (path.split(/[/\\]/).includes("..")) return "expected a path without ..";
  if (path.includes("\\")) return "expected / between folders";
  if (path.includes("\0")) return "expected a path without NUL";
  return undefined;
}

function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** What {@linkcode walk} keeps while it goes. */
interface Walk {
  /** The scenario's folder without links. */
  readonly realFolder: string;
  readonly folder: string;
  readonly found: Set<string>;
  bytes: number;
}

async function visit(walk: Walk, path: string, top: boolean): Promise<void> {
  const full = join(walk.folder, path);
  const real = await Deno.realPath(full);
  if (!isInside(walk.realFolder, real)) {
    throw new VersusError(`${quote(path)} leads out of the scenario's folder, to ${quote(real)}`, {
      hint: "Copy it into the folder",
    });
  }
  const info = await Deno.stat(real);
  if (info.isFile) {
    walk.found.add(path);
    walk.bytes += info.size;
    if (walk.found.size <= MAX_FILES && walk.bytes <= MAX_BYTES) return;
    throw new VersusError(
      `found more than ${MAX_FILES} files or ${MAX_BYTES / 1024 / 1024} MiB of sources`,
      { hint: "Name the files that are needed, not a folder that holds more" },
    );
  }
  if (!info.isDirectory) {
    throw new VersusError(`${quote(path)} is a device or pipe, expected a file`);
  }
  // A linked folder may hold itself.
  if (!top && (await Deno.lstat(full)).isSymlink) {
    throw new VersusError(`${quote(path)} is a link to a folder, which is not followed`, {
      hint: "Name the folder itself",
    });
  }
  for await (const entry of Deno.readDir(full)) await visit(walk, join(path, entry.name), false);
}

async function suggestion(folder: string, path: string): Promise<string> {
  const parent = join(folder, path, "..");
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(parent)) names.push(entry.name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return "";
    }
    throw error;
  }
  return didYouMean(path.split("/").at(-1)!, names);
}

async function listOne(walk: Walk, file: string): Promise<void> {
  const problem = pathProblem(file);
  if (problem !== undefined) throw new VersusError(`found ${quote(file)}, ${problem}`);
  // Normalised, and without the ./ and the / at the end that people write.
  const path = relative(walk.folder, join(walk.folder, file));
  try {
    await visit(walk, path, true);
  } catch (error) {
    if (error instanceof VersusError) throw error;
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      throw new VersusError(`found no file ${quote(file)}${await suggestion(walk.folder, path)}`, {
        cause: error,
      });
    }
    throw new VersusError(`cannot read ${quote(file)}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/**
 * Lists the source files of a variant; folders stand for all in them.
 *
 * @param scenario The scenario.
 * @param variant One of its variants.
 * @returns Paths relative to the scenario's folder, sorted; `{dir}` has them under the same paths.
 * @throws {VersusError} If one is missing, leads out of the folder (also by a link), or there are more
 * than 5000 files or 64 MiB.
 */
export async function sourceFiles(
  scenario: Pick<Scenario, "folder">,
  variant: Pick<Variant, "files">,
): Promise<string[]> {
  const walk = await startWalk(scenario.folder);
  for (const file of variant.files) await listOne(walk, file);
  return [...walk.found].sort();
}

async function startWalk(folder: string): Promise<Walk> {
  return { folder, realFolder: await Deno.realPath(folder), found: new Set(), bytes: 0 };
}

/**
 * Checks the files of all variants.
 *
 * @param scenario The scenario.
 * @returns What is wrong, by path into the document.
 */
export async function checkSources(scenario: Scenario): Promise<Problem[]> {
  const problems: Problem[] = [];
  const known = new Map<string, string | undefined>();
  for (const { name, files } of scenario.variants) {
    for (const [i, file] of files.entries()) {
      if (!known.has(file)) known.set(file, await sourceProblem(scenario.folder, file));
      const message = known.get(file);
      if (message !== undefined) {
        problems.push({ path: formatPath(["variants", name, "files", i]), message });
      }
    }
  }
  return problems;
}

async function sourceProblem(folder: string, file: string): Promise<string | undefined> {
  try {
    await listOne(await startWalk(folder), file);
    return undefined;
  } catch (error) {
    if (error instanceof VersusError) return error.message;
    throw error;
  }
}
