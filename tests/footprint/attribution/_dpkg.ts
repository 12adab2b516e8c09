/** dpkg's own answers. */

/**
 * Asks dpkg itself: the packages of each path, without their architectures.
 *
 * @param paths Paths; those that are nobody's have no answer.
 * @param root Another system's root.
 */
export async function dpkgOwners(
  paths: readonly string[],
  root?: string,
): Promise<Map<string, Set<string>>> {
  const { stdout } = await new Deno.Command("dpkg", {
    args: [...root === undefined ? [] : ["--root", root], "-S", ...paths],
    env: { LC_ALL: "C" },
    stderr: "null",
  }).output();
  const found = new Map<string, Set<string>>();
  for (const line of new TextDecoder().decode(stdout).split("\n")) {
    const match = /^(.+?): (\/.*)$/.exec(line);
    if (match === null || line.startsWith("diversion by")) continue;
    found.set(match[2]!, new Set(match[1]!.split(", ").map((name) => name.split(":")[0]!)));
  }
  return found;
}

/** The same file as it was named before /usr was merged. */
export function unmerged(path: string): string {
  return path.replace(/^\/usr(?=\/(?:s?bin|lib(?:32|64|x32)?)\/)/, "");
}
