/**
 * Python's packages: by RECORD, by the metadata of older installations, in virtual environments, user
 * sites, `--target` folders, and editable ones.
 */
import { dirname, join } from "node:path";
import type { DpkgRule } from "./dpkg.ts";
import type { Distribution } from "./_dist_info.ts";
import { foldersAbove, isWithin, remember } from "./_files.ts";
import { indexSite, isSite, type Site } from "./_site.ts";
import {
  type Attribution,
  belongsTo,
  type PackageRef,
  type Rule,
  type RuleContext,
} from "./types.ts";

/** What Python loads as code: only for this is a folder of packages looked for at any place. */
const LOADED = /\.(?:py|pyc|so|pyd|pth)$/;
/** Files that every start of an interpreter opens, and what lies above them. */
const BASE =
  /^(.*)\/lib(?:64)?\/(?:python|pypy)\d+\.\d+t?\/(?:os|site|encodings\/__init__|__pycache__\/(?:os|site)\..*|encodings\/__pycache__\/__init__\..*)\.pyc?$/;

function distribution(found: Distribution, rule: string, suppliedBy?: PackageRef): Attribution {
  return {
    ...belongsTo(found.package, rule),
    ...(suppliedBy === undefined ? {} : { suppliedBy }),
  };
}

/** Debian's packages hold no RECORD: dpkg says which package of the system holds which metadata. */
function bySystemPackage(
  site: Site,
  path: string,
  dpkg: DpkgRule,
): Attribution | undefined {
  const owner = dpkg.owner(path);
  if (owner === undefined) return undefined;
  const same = site.distributions.filter(({ files, info }) =>
    files === undefined &&
    [info, join(info, "METADATA"), join(info, "PKG-INFO")].some((meta) =>
      dpkg.owner(meta)?.name === owner.name
    )
  );
  const top = path.slice(site.folder.length + 1).split("/")[0]!.replace(/\..*$/, "");
  const found = same.length === 1 ? same[0] : same.find(({ topLevel }) => topLevel.includes(top));
  return found === undefined ? undefined : distribution(found, "python-metadata", owner);
}

/** Makes the rule. */
export function pythonPackages(context: RuleContext, dpkg: DpkgRule): Rule {
  const { files } = context;
  /** Folders of packages that the program has used a file of. */
  const used = new Set<Site>();
  const environments = new Set<string>();
  const bases = new Set<string>();
  const siteAt = remember((folder: string): Site | undefined =>
    isSite(files, folder) ? indexSite(files, folder) : undefined
  );

  /** The folders of packages of `<prefix>/lib/python3.11`: scripts and data lie elsewhere below it. */
  const sitesOfPrefix = remember((prefix: string): readonly Site[] => {
    const versions = [...files.list(join(prefix, "lib")) ?? []].filter((name) =>
      /^(?:python|pypy)\d/.test(name)
    );
    return versions.flatMap((version) =>
      ["site-packages", "dist-packages"].map((name) => siteAt(join(prefix, "lib", version, name)))
    ).filter((site) => site !== undefined);
  });

  function inSite(site: Site, path: string): Attribution | undefined {
    const listed = site.byFile.get(path);
    if (listed !== undefined) {
      // The system's packages put theirs below /usr, and nothing of theirs below /usr/local.
      const owner = /^\/usr\/(?!local\/)/.test(path) ? dpkg.owner(path) : undefined;
      return distribution(listed, "python-record", owner);
    }
    const supplied = bySystemPackage(site, path, dpkg);
    if (supplied !== undefined) return supplied;
    for (const folder of foldersAbove(path)) {
      if (folder.length <= site.folder.length) break;
      const owner = site.byFolder.get(folder);
      if (owner === null) break;
      // Not listed, but in a folder where nothing else is: written at run time, or by a compiler.
      if (owner !== undefined) {
        return distribution(
          owner,
          owner.info === folder ? "python-metadata" : "python-package-folder",
        );
      }
    }
    const metadata = site.distributions.find(({ info }) => info === path);
    return metadata === undefined ? undefined : distribution(metadata, "python-metadata");
  }

  function findSite(path: string): Site | undefined {
    const match = /^(.*\/(?:site|dist)-packages)\//.exec(path);
    if (match !== null) return siteAt(match[1]!);
    for (const site of used) if (isWithin(path, site.folder)) return site;
    if (!LOADED.test(path)) return undefined;
    for (const folder of foldersAbove(path)) {
      const site = siteAt(folder);
      if (site !== undefined) return site;
    }
    return undefined;
  }

  function elsewhere(path: string): Attribution | undefined {
    for (const prefix of foldersAbove(path)) {
      for (const site of sitesOfPrefix(prefix)) {
        const listed = site.byFile.get(path);
        if (listed === undefined) continue;
        used.add(site);
        return distribution(listed, "python-record");
      }
    }
    return undefined;
  }

  function editable(path: string): Attribution | undefined {
    for (const site of visible()) {
      for (const found of site.distributions) {
        if (found.editable !== undefined && isWithin(path, found.editable)) {
          return distribution(found, "python-editable");
        }
      }
    }
    return undefined;
  }

  /** The folders of packages that the program's interpreter looks into. */
  function visible(): Set<Site> {
    const prefixes = environments.size > 0 ? environments : bases;
    return new Set([...used, ...[...prefixes].flatMap(sitesOfPrefix)]);
  }

  return {
    find(path) {
      if (path.endsWith("/pyvenv.cfg")) environments.add(dirname(path));
      const base = BASE.exec(path)?.[1];
      if (base !== undefined) bases.add(base);
      const site = findSite(path);
      if (site !== undefined) used.add(site);
      return (site === undefined ? undefined : inSite(site, path)) ?? elsewhere(path) ??
        editable(path);
    },
    *installed() {
      for (const site of visible()) for (const found of site.distributions) yield found.package;
    },
  };
}

/**
 * Finds the source of a bytecode cache.
 *
 * Source: PEP 3147 (`__pycache__`), PEP 488 (`opt-`), and importlib's way of writing a cache: under a
 * name with a number behind it, which is then renamed.
 *
 * @param path A path.
 * @param prefix `PYTHONPYCACHEPREFIX`, which puts the caches of all folders below one.
 * @returns The source's path, or `undefined` if the path is no cache.
 */
export function sourceOfCache(path: string, prefix?: string): string | undefined {
  const match = /^(.*\/)([^/]+?)\.(?:[a-z]+-?\d+[a-z0-9_-]*)(?:\.opt-[a-z0-9]+)?\.pyc(?:\.\d+)?$/
    .exec(path);
  if (match !== null) {
    const [, folder, name] = match;
    if (prefix !== undefined && prefix !== "" && folder!.startsWith(`${prefix}/`)) {
      return `${folder!.slice(prefix.length)}${name}.py`;
    }
    if (folder!.endsWith("/__pycache__/")) {
      return `${folder!.slice(0, -"__pycache__/".length)}${name}.py`;
    }
  }
  return path.endsWith(".pyc") && !dirname(path).endsWith("/__pycache__")
    ? path.slice(0, -1)
    : undefined;
}

/** Makes the rule for bytecode caches: they belong to whom their source belongs. */
export function pythonBytecode(context: RuleContext): Rule {
  return {
    find(path) {
      const source = sourceOfCache(path, context.env["PYTHONPYCACHEPREFIX"]);
      if (source === undefined) return undefined;
      const owner = context.attribute(source);
      return owner.owner === undefined ? undefined : { ...owner, rule: "python-bytecode" };
    },
  };
}
