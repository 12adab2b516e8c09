/** Systems with merged /usr: `/lib/x` and `/usr/lib/x` are one file. */
import { type FileView, isWithin } from "./_files.ts";

/** Folders that such a system has as links into /usr. */
const MERGED = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

/**
 * Makes the function that writes a path as it lies below /usr.
 *
 * @param files The files, whose links tell.
 */
export function mergedPaths(files: FileView): (path: string) => string {
  const links = MERGED.flatMap((folder) => {
    const target = files.real(folder);
    return target !== undefined && target !== folder ? [[folder, target] as const] : [];
  });
  return (path) => {
    const link = links.find(([folder]) => isWithin(path, folder));
    return link === undefined ? path : `${link[1]}${path.slice(link[0].length)}`;
  };
}
