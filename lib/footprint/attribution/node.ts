/**
 * Node's packages: the package.json that stands above a file in `node_modules`.
 *
 * Source: Node's documentation, "Modules: loading from node_modules folders". The folder's name says where
 * the package begins; inner package.json files, which only say `"type": "module"`, do not.
 */
import { foldersAbove, remember } from "./_files.ts";
import {
  type Attribution,
  belongsTo,
  type PackageRef,
  packageRef,
  type Rule,
  type RuleContext,
} from "./types.ts";

const MODULES = "/node_modules/";
/** What Node and Deno load as a module or its data. */
const LOADED = /\.(?:[cm]?[jt]sx?|json|node|wasm)$/;

/** Reads name and version. */
function readPackage(text: string | undefined): PackageRef | undefined {
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text) as { name?: unknown; version?: unknown } | null;
    if (typeof value?.name !== "string" || value.name === "") return undefined;
    const version = typeof value.version === "string" ? value.version : undefined;
    return packageRef("npm", value.name, version);
  } catch {
    // No package.json that Node could read either: it says nothing.
    return undefined;
  }
}

/**
 * Splits a path at its last `node_modules`.
 *
 * @returns The package's folder and name; `undefined` where there is none.
 */
export function packageFolder(path: string): { folder: string; name: string } | undefined {
  const at = path.lastIndexOf(MODULES);
  if (at === -1) return undefined;
  const start = at + MODULES.length;
  const match = /^(?:@[^/]+\/)?[^/]+/.exec(path.slice(start));
  if (match === null) return undefined;
  return { folder: path.slice(0, start + match[0].length), name: match[0] };
}

/** Makes the rule for `node_modules`. */
export function nodeModules(context: RuleContext): Rule {
  const { files } = context;
  const roots = new Set<string>();
  const packageAt = remember((folder: string) => readPackage(files.text(`${folder}/package.json`)));

  function* below(root: string): Generator<PackageRef> {
    for (const name of files.list(root) ?? []) {
      if (name.startsWith(".")) continue;
      if (name.startsWith("@")) yield* below(`${root}/${name}`);
      else {
        const found = packageAt(`${root}/${name}`);
        if (found !== undefined) yield found;
        yield* below(`${root}/${name}/node_modules`);
      }
    }
  }

  return {
    find(path) {
      const place = packageFolder(path);
      if (place === undefined) return undefined;
      if (LOADED.test(path)) roots.add(path.slice(0, path.indexOf(MODULES) + MODULES.length - 1));
      if (place.name.startsWith(".")) {
        // Links to programs are followed; what package managers write for themselves is theirs.
        return place.name === ".bin"
          ? undefined
          : { owner: "npm:state", rule: "node-modules-state" };
      }
      const found = packageAt(place.folder) ?? packageRef("npm", place.name, undefined);
      return belongsTo(found, "node-modules");
    },
    *installed() {
      for (const root of roots) yield* below(root);
    },
  };
}

/** Makes the rule for packages outside `node_modules`: linked ones, and members of workspaces. */
export function nodePackage(context: RuleContext): Rule {
  const { files } = context;
  const packageAt = remember((folder: string) => readPackage(files.text(`${folder}/package.json`)));
  return {
    find(path): Attribution | undefined {
      if (!LOADED.test(path)) return undefined;
      for (const folder of foldersAbove(path)) {
        const found = packageAt(folder);
        if (found !== undefined) return belongsTo(found, "node-package-json");
      }
      return undefined;
    },
  };
}
