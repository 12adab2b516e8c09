import { ROOT_PATH } from "./layout.ts";

let root = ROOT_PATH;

/**
 * Finds data that belongs to the program, on the disk and readable by other programs.
 *
 * @param path Relative to the repository, with slashes: `scenarios/bench/flipsum`.
 * @returns An absolute path.
 */
export function dataPath(path: string): string {
  return `${root}/${path}`;
}

/**
 * Says where the data is from now on. A compiled program carries it in itself, where no other program
 * can read it, and writes it out first.
 *
 * @param folder An absolute path.
 */
export function setDataRoot(folder: string): void {
  root = folder;
}
