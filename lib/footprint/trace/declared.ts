/** What the project of a program declares. */
import { dirname, resolve } from "node:path";
import { printable, VersusError } from "../../error.ts";
import type { Warning } from "../../record/types.ts";
import { isShared } from "../attribution/own.ts";
import { isManifestName, readManifests } from "../manifest/mod.ts";
import type { DeclaredPackage, ManifestSummary } from "../types.ts";
import type { TraceRun } from "./trace.ts";

/** What was found in a folder. */
export interface FolderDeclarations {
  /** Each manifest and lock file that was read. */
  readonly manifests: readonly ManifestSummary[];
  /** The packages; none without a manifest. */
  readonly packages: readonly DeclaredPackage[];
  /** Why they could not be read, or not all of them. */
  readonly warnings: readonly Warning[];
}

const NOTHING: FolderDeclarations = { manifests: [], packages: [], warnings: [] };

function hasManifest(folder: string): boolean {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (!isDirectory && isManifestName(name)) return true;
  }
  return false;
}

function cutShort({ file, partial }: ManifestSummary): Warning[] {
  return partial === undefined ? [] : [{
    code: "manifest-partial",
    message: `Not all that is declared is known: ${printable(file)}: ${printable(partial.reason)}`,
    advice: "Packages that it should name may count as undeclared",
  }];
}

/**
 * Reads the manifests and lock files of a folder. One that can't be read is told and does not stop
 * anything: the program has been traced already.
 *
 * @param folder The project's folder.
 * @returns The packages and what went wrong.
 */
export async function declaredIn(folder: string): Promise<FolderDeclarations> {
  try {
    if (!hasManifest(folder)) return NOTHING;
    const { manifests, packages } = await readManifests(folder);
    return { manifests, packages, warnings: manifests.flatMap(cutShort) };
  } catch (error) {
    if (
      !(error instanceof VersusError) && !(error instanceof Deno.errors.PermissionDenied) &&
      !(error instanceof Deno.errors.NotFound)
    ) throw error;
    return {
      ...NOTHING,
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

/** How a program was started. */
export type Started = Pick<TraceRun, "argv" | "cwd" | "env">;

/** The nearest folder with a manifest, from one upwards; not in folders that are everybody's. */
function nearestProject(from: string, home: string | undefined): string | undefined {
  for (let folder = from; !isShared(folder) && folder !== home; folder = dirname(folder)) {
    try {
      if (hasManifest(folder)) return folder;
    } catch {
      // Gone meanwhile, or not to be listed: the one above may be.
    }
  }
  return undefined;
}

/** The first file that a command names behind the program: its script. */
function scriptOf({ argv, cwd }: Started): string | undefined {
  return argv.slice(1).map((word) => resolve(cwd, word)).find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      // Most words are no paths.
      return false;
    }
  });
}

/**
 * Finds the folder of a program's project: the nearest one with a manifest from its script upwards, else
 * from the program's own file as the command names it (so that a virtual environment's interpreter is
 * its project's), else from the working directory. The working directory itself comes first.
 *
 * @param run How the program was started.
 * @returns The folder; `undefined` if no manifest is near.
 */
export function projectOf(run: Started): string | undefined {
  const { argv: [name = ""], cwd, env } = run;
  const script = scriptOf(run);
  const starts = [
    ...(script === undefined ? [] : [dirname(script)]),
    ...(name.includes("/") ? [dirname(resolve(cwd, name))] : []),
    cwd,
  ];
  try {
    if (hasManifest(cwd)) return cwd;
  } catch {
    // The program may have removed it.
  }
  for (const start of starts) {
    const found = nearestProject(start, env.HOME);
    if (found !== undefined) return found;
  }
  return undefined;
}
