/** Whether an unpacked program is still what was packed. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { FROM_SOURCE, ROOT_PATH } from "./layout.ts";

/** The list of sums beside an unpacked program: SHA-256 in hexadecimal by relative path. */
export const SUMS_FILE = "sums.json";

/** What became of an unpacked program. */
export interface Integrity {
  /** Where it is. */
  folder: string;
  /** How many files were compared. */
  files: number;
  /** Files that are missing, unreadable or different, each with what is wrong. */
  problems: string[];
}

/**
 * Sums up a file.
 *
 * @param path The file.
 * @returns Its SHA-256 in hexadecimal.
 */
export async function sha256File(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/**
 * Compares every file of an unpacked program with what was packed. A start does not: the runtime alone
 * takes a fifth of a second; it checks owner, mode, size and a stamp.
 *
 * @param folder Where it was unpacked to.
 * @returns What differs; nothing where there is no list, as in a checkout.
 */
export async function checkIntegrity(folder = ROOT_PATH): Promise<Integrity | undefined> {
  if (FROM_SOURCE && folder === ROOT_PATH) return undefined;
  let sums: Record<string, string>;
  try {
    sums = JSON.parse(await Deno.readTextFile(`${folder}/${SUMS_FILE}`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    const why = error instanceof Error ? error.message : String(error);
    return { folder, files: 0, problems: [`${SUMS_FILE} can't be read: ${why}`] };
  }
  const problems: string[] = [];
  for (const [path, sum] of Object.entries(sums)) {
    try {
      if (await sha256File(`${folder}/${path}`) !== sum) problems.push(`${path} was changed`);
    } catch (error) {
      const missing = (error as { code?: string }).code === "ENOENT";
      const why = missing ? "is missing" : "can't be read";
      problems.push(`${path} ${why}`);
    }
  }
  return { folder, files: Object.keys(sums).length, problems };
}
