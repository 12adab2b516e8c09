/** The identifier of this machine: random, so that it tells machines apart and says nothing of them. */
import { join } from "node:path";
import { stateFolder } from "../record/home.ts";

/** What a machine is called that nobody told. */
export const UNKNOWN_MACHINE = "unknown";

/**
 * Reads the identifier of this machine, and makes it the first time.
 *
 * @param folder The state folder that it is kept in.
 * @returns Eight hexadecimal digits; `unknown` where the folder can't be written.
 */
export function machineId(folder: string = stateFolder()): string {
  const path = join(folder, "machine");
  const known = readId(path);
  if (known !== undefined) return known;
  try {
    Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const made = crypto.getRandomValues(new Uint8Array(4)).toHex();
    // Whole or not at all, and of two processes one wins: a new file that is linked to its name.
    const draft = `${path}.${crypto.randomUUID()}`;
    Deno.writeTextFileSync(draft, `${made}\n`, { createNew: true, mode: 0o600 });
    try {
      Deno.linkSync(draft, path);
    } finally {
      Deno.removeSync(draft);
    }
    return made;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Another process was first, or nothing can be written here.
    return readId(path) ?? UNKNOWN_MACHINE;
  }
}

function readId(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path).match(/^[0-9a-f]{8,64}$/m)?.[0];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Not there yet, or not readable.
    return undefined;
  }
}
