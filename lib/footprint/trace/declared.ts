/** What the project in a folder declares, for the trace of a program that is started there. */
import { VersusError } from "../../error.ts";
import type { Warning } from "../../record/types.ts";
import { isManifestName, readManifests } from "../manifest/mod.ts";
import type { DeclaredPackage } from "../types.ts";

/** What was found in a folder. */
export interface FolderDeclarations {
  /** The packages; none without a manifest. */
  readonly packages: readonly DeclaredPackage[];
  /** Why they could not be read. */
  readonly warnings: readonly Warning[];
}

async function hasManifest(folder: string): Promise<boolean> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory && isManifestName(name)) return true;
  }
  return false;
}

/**
 * Reads the manifests and lock files of a folder. One that can't be read is told and does not stop
 * anything: the program has been traced already.
 *
 * @param folder The working directory of the program.
 * @returns The packages and what went wrong.
 */
export async function declaredIn(folder: string): Promise<FolderDeclarations> {
  try {
    if (!await hasManifest(folder)) return { packages: [], warnings: [] };
    return { packages: (await readManifests(folder)).packages, warnings: [] };
  } catch (error) {
    if (
      !(error instanceof VersusError) && !(error instanceof Deno.errors.PermissionDenied) &&
      !(error instanceof Deno.errors.NotFound)
    ) throw error;
    return {
      packages: [],
      warnings: [{
        code: "manifest",
        message: `What the project declares is not known: ${error.message}`,
        advice: error instanceof VersusError && error.hint !== undefined
          ? error.hint
          : "Read it by itself with versus deps",
      }],
    };
  }
}
