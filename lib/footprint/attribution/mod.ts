/**
 * To whom a file belongs, with the rule that found it.
 *
 * Rules are asked in turn, the most exact first: the kernel's files, packages of languages by their own
 * lists, packages of the system by its database, runtimes by their landmarks; the same again for where a
 * link leads; then the program's own folder, and the places that a system has for certain things. What
 * no rule explains is `unattributed`. Nothing is run but `rpm`, for databases that only it can read.
 *
 * @module
 */
import { normalize } from "node:path";
import { apk } from "./apk.ts";
import { deno } from "./deno.ts";
import { dpkg } from "./dpkg.ts";
import { executables, otherRuntimes } from "./executables.ts";
import { openFiles, remember } from "./_files.ts";
import { go } from "./go.ts";
import { kernel } from "./kernel.ts";
import { nodeCaches } from "./node_caches.ts";
import { nodeModules, nodePackage } from "./node.ts";
import { own } from "./own.ts";
import { pythonBytecode, pythonPackages } from "./python_packages.ts";
import { pythonRuntime } from "./python_runtime.ts";
import { rpm } from "./rpm.ts";
import { rust } from "./rust.ts";
import { system, volatile } from "./system.ts";
import type { Attribution, PackageRef, Rule, RuleContext } from "./types.ts";

export type { Attribution, PackageRef } from "./types.ts";

/** What an attributor needs to know; everything has a default. */
export interface AttributorOptions {
  /** The folder that stands for `/`: another system's files, for example of a container. */
  readonly root?: string;
  /** The home folder of the program's user; `HOME` by default. */
  readonly home?: string;
  /** The program's environment, which moves caches; this process's by default. */
  readonly env?: Readonly<Record<string, string>>;
  /** The program's own folders and files: its working directory, its script. Absolute. */
  readonly own?: readonly string[];
}

/** Answers to whom files belong. */
export interface Attributor {
  /**
   * Finds the owner of a file; the first call builds what indexes it needs, later ones are fast.
   *
   * @param path Absolute; it need not exist any more.
   */
  attribute(path: string): Attribution;
  /** The packages of the environments that were used so far (Python, Node), opened or not. */
  installed(): PackageRef[];
  /** Databases that could not be read. */
  readonly problems: readonly string[];
}

/** The first rule that explains a path. */
function firstOf(rules: readonly Rule[], path: string): Attribution | undefined {
  for (const rule of rules) {
    const found = rule.find(path);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Makes an attributor.
 *
 * @param options Where to look.
 */
export function createAttributor(options: AttributorOptions = {}): Attributor {
  const env = options.env ?? Deno.env.toObject();
  const home = normalize(options.home ?? env["HOME"] ?? "/").replace(/(.)\/+$/, "$1");
  const files = openFiles(normalize(options.root ?? "/").replace(/(.)\/+$/, "$1"));
  const problems: string[] = [];
  const context: RuleContext = {
    files,
    home,
    env,
    attribute: (path) => attribute(path),
    problem: (text) => void problems.push(text),
  };
  const debian = dpkg(context);
  const exact: Rule[] = [
    kernel(),
    pythonPackages(context, debian),
    nodeModules(context),
    nodeCaches(context),
    deno(context),
    debian,
    rpm(context),
    apk(context),
    go(context),
    rust(context),
    pythonRuntime(context),
    otherRuntimes(context),
    pythonBytecode(context),
  ];
  const general: Rule[] = [
    own((options.own ?? []).map((folder) => normalize(folder).replace(/(.)\/+$/, "$1")), home),
    executables(context),
    nodePackage(context),
    system(context),
    volatile(context),
  ];

  function behindLink(path: string): Attribution | undefined {
    const target = files.real(path);
    if (target === undefined || target === path) return undefined;
    const found = firstOf(exact, target);
    return found === undefined ? undefined : { ...found, rule: `link:${found.rule}` };
  }

  const attribute = remember((path: string): Attribution =>
    firstOf(exact, path) ?? behindLink(path) ?? firstOf(general, path) ?? { rule: "unattributed" }
  );

  return {
    attribute: (path) => attribute(normalize(path)),
    installed: () => {
      const found = new Map<string, PackageRef>();
      for (const rule of exact) {
        for (const one of rule.installed?.() ?? []) {
          found.set(`${one.ecosystem}\0${one.name}\0${one.version ?? ""}`, one);
        }
      }
      return [...found.values()];
    },
    problems,
  };
}
