/**
 * Debian's packages, by dpkg's own lists.
 *
 * `/var/lib/dpkg/info/*.list` names each package's files as it shipped them. Two things move them: on a
 * system with merged /usr, `/lib/x` is `/usr/lib/x`; and a diversion puts a file of other packages
 * elsewhere (dpkg-divert(1)).
 */
import { remember } from "./_files.ts";
import { mergedPaths } from "./_merged.ts";
import { belongsTo, type PackageRef, packageRef, type Rule, type RuleContext } from "./types.ts";

const DATABASE = "/var/lib/dpkg";
interface Diversion {
  to: string;
  by: string;
}

/** A dpkg database that is asked by other rules too. */
export interface DpkgRule extends Rule {
  /** The package that owns a path, if any. */
  owner(path: string): PackageRef | undefined;
}

/** Versions by `name` and `name:arch`. */
function readStatus(text: string): Map<string, string> {
  const versions = new Map<string, string>();
  for (const part of text.split("\n\n")) {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(part)?.[1];
    const [name, version, arch] = [field("Package"), field("Version"), field("Architecture")];
    if (name === undefined || version === undefined) continue;
    versions.set(name, version);
    if (arch !== undefined) versions.set(`${name}:${arch}`, version);
  }
  return versions;
}

function readDiversions(text: string): Map<string, Diversion> {
  const lines = text.split("\n");
  const found = new Map<string, Diversion>();
  for (let i = 0; i + 2 < lines.length; i += 3) {
    found.set(lines[i]!, { to: lines[i + 1]!, by: lines[i + 2]! });
  }
  return found;
}

/** Makes the rule. */
export function dpkg(context: RuleContext): DpkgRule {
  const { files } = context;
  const canonical = remember(() => mergedPaths(files));

  const index = remember(() => {
    const byPath = new Map<string, PackageRef>();
    const names = files.list(`${DATABASE}/info`);
    if (names === undefined) return byPath;
    const versions = readStatus(files.text(`${DATABASE}/status`) ?? "");
    const diversions = readDiversions(files.text(`${DATABASE}/diversions`) ?? "");
    const place = canonical("");
    for (const name of names) {
      if (!name.endsWith(".list")) continue;
      const full = name.slice(0, -".list".length);
      const plain = full.split(":")[0]!;
      const found = packageRef("deb", plain, versions.get(full) ?? versions.get(plain));
      const lines = (files.text(`${DATABASE}/info/${name}`) ?? "").split("\n");
      lines.forEach((path, i) => {
        // A folder comes before what is in it.
        if (path === "" || lines[i + 1]?.startsWith(`${path}/`)) return;
        const moved = diversions.get(path);
        const real = moved !== undefined && moved.by !== plain ? moved.to : path;
        byPath.set(place(real), found);
      });
    }
    return byPath;
  });

  function owner(path: string): PackageRef | undefined {
    return index("").get(canonical("")(path));
  }

  return {
    owner,
    find: (path) => {
      const found = owner(path);
      return found === undefined ? undefined : belongsTo(found, "dpkg");
    },
  };
}
