/** The index of one folder of Python packages: which distribution owns which file. */
import { dirname } from "node:path";
import { type Distribution, readDistribution } from "./_dist_info.ts";
import type { FileView } from "./_files.ts";

/** A folder of packages, indexed. */
export interface Site {
  /** The folder. */
  readonly folder: string;
  /** Its distributions. */
  readonly distributions: readonly Distribution[];
  /** Owners by absolute path, from RECORD and installed-files.txt. */
  readonly byFile: ReadonlyMap<string, Distribution>;
  /** Owners of whole folders: those in which a single distribution has files. */
  readonly byFolder: ReadonlyMap<string, Distribution | null>;
}

const METADATA = /\.(?:dist-info|egg-info|egg-link|egg)$/;

/** Whether a folder holds Python distributions. */
export function isSite(files: FileView, folder: string): boolean {
  for (const name of files.list(folder) ?? []) if (METADATA.test(name)) return true;
  return false;
}

/**
 * Indexes a folder of packages.
 *
 * @param files The files.
 * @param folder `…/site-packages`.
 */
export function indexSite(files: FileView, folder: string): Site {
  const distributions = [...files.list(folder) ?? []].filter((name) => METADATA.test(name)).sort()
    .map((name) => readDistribution(files, folder, name)).filter((found) => found !== undefined);
  const byFile = new Map<string, Distribution>();
  const byFolder = new Map<string, Distribution | null>();
  for (const distribution of distributions) {
    byFolder.set(distribution.info, distribution);
    for (const path of distribution.files ?? []) {
      byFile.set(path, distribution);
      for (let above = dirname(path); above.length > folder.length; above = dirname(above)) {
        if (!above.startsWith(`${folder}/`)) break;
        const known = byFolder.get(above);
        if (known === distribution || known === null) break;
        byFolder.set(above, known === undefined ? distribution : null);
      }
    }
  }
  return { folder, distributions, byFile, byFolder };
}
