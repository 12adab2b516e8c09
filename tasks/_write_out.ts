import { createHash } from "node:crypto";

/**
 * Writes a folder of a compiled program out to the disk, once for each content.
 *
 * A rename puts the copy in its place, so that it is there whole or not at all, and two starts at once
 * don't meet. A copy that is not whole, not a folder of this user, or that others can write to is made
 * anew.
 *
 * @param from The folder, in the program.
 * @param base The folder that copies are kept in; made private.
 * @param name The folder's name in the copy.
 * @returns The folder that holds the copy.
 * @throws If it can't be written: the disk is full, or may only be read.
 */
export function writeOut(from: string, base: string, name: string): string {
  const all = files(from).sort();
  const hash = createHash("sha256");
  for (const path of all) {
    hash.update(`${path}\0`).update(Deno.readFileSync(`${from}/${path}`)).update("\0");
  }
  const target = `${base}/${hash.digest("hex").slice(0, 32)}`;
  if (isWhole(target, name, all, from)) return target;

  const part = `${base}/part.${Deno.pid}`;
  try {
    for (const path of all) {
      const to = `${part}/${name}/${path}`;
      Deno.mkdirSync(to.slice(0, to.lastIndexOf("/")), { recursive: true, mode: 0o700 });
      Deno.writeFileSync(to, Deno.readFileSync(`${from}/${path}`));
    }
    Deno.writeTextFileSync(`${part}/complete`, "");
    if (exists(target) && !isWhole(target, name, all, from)) {
      Deno.renameSync(target, `${part}.bad`);
      Deno.removeSync(`${part}.bad`, { recursive: true });
    }
    Deno.renameSync(part, target);
  } catch (error) {
    if (exists(part)) Deno.removeSync(part, { recursive: true });
    // Another start was faster.
    if (!isWhole(target, name, all, from)) throw error;
  }
  return target;
}

/** Whether a copy has all files in their sizes, and belongs to this user alone. */
function isWhole(folder: string, name: string, all: readonly string[], from: string): boolean {
  if (!exists(`${folder}/complete`)) return false;
  const { isDirectory, isSymlink, uid, mode } = Deno.lstatSync(folder);
  if (!isDirectory || isSymlink) return false;
  if (Deno.build.os !== "windows" && (uid !== Deno.uid() || ((mode ?? 0) & 0o022) !== 0)) {
    return false;
  }
  const size = (path: string) => exists(path) ? Deno.statSync(path).size : -1;
  return all.every((path) => size(`${folder}/${name}/${path}`) === size(`${from}/${path}`));
}

function files(folder: string, below = ""): string[] {
  return [...Deno.readDirSync(`${folder}/${below}`)].flatMap((entry) =>
    entry.isDirectory ? files(folder, `${below}${entry.name}/`) : [below + entry.name]
  );
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
