/** Compiles the programs of this folder. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCES = fileURLToPath(new URL("./", import.meta.url));

/**
 * Compiles one.
 *
 * @param folder Where it goes.
 * @param name Its name without `.c`.
 * @returns Its path.
 */
export async function compile(folder: string, name: string): Promise<string> {
  const target = join(folder, name);
  const { success } = await new Deno.Command("cc", {
    args: ["-O2", "-o", target, join(SOURCES, `${name}.c`)],
  }).output();
  if (!success) throw new Error(`${name}.c can't be compiled`);
  return target;
}
