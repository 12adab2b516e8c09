/** Compares text with what is kept in a file; `VERSUS_SNAPSHOTS=update` writes the files anew. */
import { join } from "node:path";
import { expect } from "@std/expect";

const FOLDER = join(import.meta.dirname!, "snapshots");

/**
 * Compares with a snapshot.
 *
 * @param name The file's name without its ending.
 * @param text What is there now.
 */
export function expectSnapshot(name: string, text: string): void {
  const file = join(FOLDER, `${name}.txt`);
  if (Deno.env.get("VERSUS_SNAPSHOTS") === "update") {
    Deno.mkdirSync(FOLDER, { recursive: true });
    Deno.writeTextFileSync(file, text);
  }
  expect(text).toBe(Deno.readTextFileSync(file).replaceAll("\r\n", "\n"));
}
