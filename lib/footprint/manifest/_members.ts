/** Finds the members of a workspace from its globs. */
import { join, normalize } from "node:path";
import { badManifest, isFile } from "./_text.ts";

/** How deep `**` looks. */
const MAX_DEPTH = 8;
/** How many members a workspace may have. */
const MAX_MEMBERS = 10_000;

const SKIPPED = new Set(["node_modules", ".git", ".venv", "target", "dist"]);

async function subfolders(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (entry.isDirectory && !SKIPPED.has(entry.name)) names.push(entry.name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) {
      throw error;
    }
  }
  return names.sort();
}

/** A glob for one name: `*`, `?` and `{a,b}`. */
function nameTest(glob: string): RegExp {
  const source = glob.replace(/[.+^$()|[\]\\]/g, "\\$&")
    .replace(/\{([^{}]*)\}/g, (_, list: string) => `(?:${list.split(",").join("|")})`)
    .replace(/\*/g, "[^/]*").replace(/\?/g, "[^/]");
  return new RegExp(`^${source.replace(/[{}]/g, "\\$&")}$`);
}

async function* walk(folder: string, parts: readonly string[], depth = 0): AsyncGenerator<string> {
  const [first, ...rest] = parts;
  if (first === undefined) {
    yield folder;
  } else if (first === "**") {
    yield* walk(folder, rest, depth);
    if (depth >= MAX_DEPTH) return;
    for (const name of await subfolders(folder)) yield* walk(join(folder, name), parts, depth + 1);
  } else if (/[*?{]/.test(first)) {
    const test = nameTest(first);
    for (const name of await subfolders(folder)) {
      if (test.test(name)) yield* walk(join(folder, name), rest, depth);
    }
  } else {
    yield* walk(join(folder, first), rest, depth);
  }
}

/**
 * Finds the manifests of a workspace's members.
 *
 * @param root The workspace's folder.
 * @param globs `packages/*`, `!packages/old`; a later one wins.
 * @param names The manifest's name in each member; the first that is there counts.
 * @returns Paths, sorted, without the root's own.
 * @throws {VersusError} If there are more than 10,000.
 */
export async function expandMembers(
  root: string,
  globs: readonly string[],
  ...names: readonly string[]
): Promise<string[]> {
  const found = new Map<string, string>();
  for (const glob of globs) {
    const drop = glob.startsWith("!");
    const parts = normalize(drop ? glob.slice(1) : glob).split("/").filter((p) => p && p !== ".");
    for await (const folder of walk(root, parts)) {
      if (drop) found.delete(folder);
      else if (!found.has(folder) && normalize(folder) !== normalize(root)) {
        for (const name of names) {
          if (!await isFile(join(folder, name))) continue;
          found.set(folder, join(folder, name));
          break;
        }
      }
      if (found.size > MAX_MEMBERS) {
        throw badManifest(
          root,
          `found more than ${MAX_MEMBERS} members of a workspace`,
          "Name one member's folder",
        );
      }
    }
  }
  return [...found.values()].sort();
}
