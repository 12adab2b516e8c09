import { createHash } from "node:crypto";

/**
 * Writes a folder of a compiled program out to the disk, once for each content.
 *
 * @param from The folder, in the program.
 * @param base The folder that copies are kept in; made private.
 * @param name The folder's name in the copy.
 * @returns The folder that holds the copy.
 */
export function writeOut(from: string, base: string, name: string): string {
  const all = files(from).sort();
  const hash = createHash("sha256");
  for (const path of all) {
    hash.update(`${path}\0`).update(Deno.readFileSync(`${from}/${path}`)).update("\0");
  }
  const target = `${base}/${hash.digest("hex").slice(0, 32)}`;
  if (exists(`${target}/complete`)) return target;

  const part = `${base}/part.${Deno.pid}`;
  for (const path of all) {
    const to = `${part}/${name}/${path}`;
    Deno.mkdirSync(to.slice(0, to.lastIndexOf("/")), { recursive: true, mode: 0o700 });
    Deno.writeFileSync(to, Deno.readFileSync(`${from}/${path}`));
  }
  Deno.writeTextFileSync(`${part}/complete`, "");
  try {
    Deno.renameSync(part, target);
  } catch (error) {
    // Another start was faster.
    if (!exists(`${target}/complete`)) throw error;
    Deno.removeSync(part, { recursive: true });
  }
  return target;
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
