/** The caches of npm, yarn and pnpm. */
import { remember } from "./_files.ts";
import { belongsTo, type PackageRef, packageRef, type Rule, type RuleContext } from "./types.ts";

/** How many files of npm's index are read: each stands for one answer of a registry. */
const MAX_INDEX = 100_000;

/** The package of a registry's address: `https://host/chalk/-/chalk-4.1.2.tgz`. */
function fromAddress(address: string): PackageRef | undefined {
  const archive = /\/((?:@[^/]+\/|@[^/]+%2f)?[^/@]+)\/-\/[^/]+?-(\d+\.\d+\.\d+[^/]*)\.tgz$/i
    .exec(address);
  return archive === null
    ? undefined
    : packageRef("npm", decodeURIComponent(archive[1]!), archive[2]);
}

/** The hexadecimal digits of `sha512-<base64>`. */
function hexOf(integrity: string): string | undefined {
  const match = /^sha\d+-([A-Za-z0-9+/=]+)/.exec(integrity);
  if (match === null) return undefined;
  try {
    const bytes = Uint8Array.from(atob(match[1]!), (c) => c.charCodeAt(0));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  } catch {
    // No base64: not an entry that npm could use.
    return undefined;
  }
}

/** Reads the entries of one file of npm's index: a checksum, a tab and JSON on each line. */
function* entriesOf(text: string): Generator<{ key: string; integrity: string }> {
  for (const line of text.split("\n")) {
    const json = line.slice(line.indexOf("\t") + 1);
    if (json === "") continue;
    try {
      const value = JSON.parse(json) as { key?: unknown; integrity?: unknown } | null;
      if (typeof value?.key === "string" && typeof value.integrity === "string") {
        yield { key: value.key, integrity: value.integrity };
      }
    } catch {
      // A line that was being written when npm was stopped; npm passes over it too.
    }
  }
}

/** Makes the rule. */
export function nodeCaches(context: RuleContext): Rule {
  const { files } = context;

  /** Packages by the digits of their content, of one cache. */
  const contents = remember((cache: string): ReadonlyMap<string, PackageRef> => {
    const byDigest = new Map<string, PackageRef>();
    let read = 0;
    function walk(folder: string, depth: number): void {
      for (const name of files.list(folder) ?? []) {
        if (read >= MAX_INDEX) return;
        const path = `${folder}/${name}`;
        if (depth < 2) {
          walk(path, depth + 1);
          continue;
        }
        read++;
        for (const { key, integrity } of entriesOf(files.text(path) ?? "")) {
          const digest = hexOf(integrity);
          const found = fromAddress(key.replace(/^[a-z-]+:[a-z-]+:/, ""));
          if (digest !== undefined && found !== undefined) byDigest.set(digest, found);
        }
      }
    }
    walk(`${cache}/index-v5`, 0);
    return byDigest;
  });

  function npm(path: string) {
    const match = /^(.*\/_cacache)\/(.*)$/.exec(path);
    if (match === null) return undefined;
    const content = /^content-v2\/sha\d+\/(..)\/(..)\/(.+)$/.exec(match[2]!);
    const found = content === null ? undefined : contents(match[1]!).get(content.slice(1).join(""));
    return found === undefined
      ? { owner: "npm:cache", rule: "npm-cache" }
      : belongsTo(found, "npm-cache");
  }

  function yarn(path: string) {
    const zip =
      /\/((?:@[^/]+?-)?[^/]+?)-npm-(\d+\.\d+\.\d+[^/]*?)-[0-9a-f]{10}(?:-[0-9a-f]+)?\.zip$/
        .exec(path);
    if (zip !== null) {
      // Yarn writes @scope/name as @scope-name; scopes with a dash in them can't be told apart.
      const name = zip[1]!.replace(/^(@[^-]+)-/, "$1/");
      return belongsTo(packageRef("npm", name, zip[2]), "yarn-cache");
    }
    if (/\/\.yarn\/|\/\.pnp\.(?:[cm]js|data\.json)$|\/\.pnp\.loader\.mjs$/.test(path)) {
      return { owner: "yarn:state", rule: "yarn-state" };
    }
    return undefined;
  }

  function pnpm(path: string) {
    return /\/pnpm\/store\/v\d+\/|\/\.pnpm-store\//.test(path)
      ? { owner: "pnpm:store", rule: "pnpm-store" }
      : undefined;
  }

  return { find: (path) => npm(path) ?? yarn(path) ?? pnpm(path) };
}
