/** The program's own folder. */
import { isWithin } from "./_files.ts";
import type { Rule } from "./types.ts";

/** Folders that belong to nobody's program: naming one of them would explain everything. */
const SHARED = new Set([
  ...["/", "/bin", "/sbin", "/lib", "/lib64", "/usr", "/usr/bin", "/usr/sbin", "/usr/lib"],
  ...["/usr/share", "/usr/local", "/usr/local/bin", "/usr/local/lib", "/etc", "/var", "/var/lib"],
  ...[
    "/tmp",
    "/var/tmp",
    "/home",
    "/opt",
    "/mnt",
    "/media",
    "/srv",
    "/run",
    "/dev",
    "/proc",
    "/sys",
  ],
]);

/**
 * Whether a folder is everybody's, so that it is no program's own.
 *
 * @param folder Absolute and normalised.
 */
export function isShared(folder: string): boolean {
  return SHARED.has(folder);
}

/**
 * Makes the rule.
 *
 * @param folders The program's folders and files; those that are everybody's are passed over.
 * @param home The home folder, which is not a program's own either.
 */
export function own(folders: readonly string[], home: string): Rule {
  const narrow = folders.filter((folder) => !isShared(folder) && folder !== home);
  return {
    find: (path) =>
      narrow.some((folder) => isWithin(path, folder))
        ? { owner: "program:own", rule: "own-folder" }
        : undefined,
  };
}
