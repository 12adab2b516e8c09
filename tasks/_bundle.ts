import { pathToFileURL } from "node:url";
import { bundledWorker, WORKERS } from "../lib/runtime/worker_url.ts";
import { COMMIT, deno, PACKAGES, ROOT } from "./_deno.ts";

/** A program that can be bundled. */
export interface Program {
  /** A module that exports `main(args)`, which answers with the exit code. */
  entry: string;
  /** The modules of its workers by name. */
  workers: Record<string, string>;
  /** Files and folders that it reads, relative to the project. */
  data: string[];
  /** Whether it loads modules by `cli/lazy.ts`. */
  lazy?: true;
}

/** Compiled parts of npm packages, which do without them where they are not: never built, never packed. */
const NATIVE = ["--external", "*.node"];

/** versus itself. */
export const VERSUS: Program = {
  entry: "cli/main.ts",
  workers: WORKERS,
  data: ["scenarios"],
  lazy: true,
};

/**
 * Bundles a program into a folder: `main.js`, a file for each worker, the chunks they share and
 * load later, and the data.
 *
 * Every worker is an entry of its own, since bundling does not follow `new Worker(new URL())`.
 *
 * @param program What to bundle; its paths are relative to the project.
 * @param folder Where to; made if it is not there.
 */
export async function bundle(program: Program, folder: string): Promise<void> {
  const entries = await Deno.makeTempDir({ prefix: "versus-bundle-" });
  try {
    const names = ["main.ts"];
    await Deno.writeTextFile(
      `${entries}/start.ts`,
      START + BUILT + (program.lazy ? await lazyModules() : ""),
    );
    await Deno.writeTextFile(`${entries}/main.ts`, mainEntry(url(program.entry)));
    for (const [name, path] of Object.entries(program.workers)) {
      const file = bundledWorker(name).replace(/\.js$/, ".ts");
      await Deno.writeTextFile(`${entries}/${file}`, `import ${JSON.stringify(url(path))};\n`);
      names.push(file);
    }
    const files = names.map((name) => `${entries}/${name}`);
    const { code, stderr } = await deno(
      ["bundle", "--quiet", "--code-splitting", ...NATIVE, "--outdir", folder, ...files],
      { capture: true },
    );
    if (code !== 0) throw new Error(`deno bundle failed:\n${stderr}`);
  } finally {
    await Deno.remove(entries, { recursive: true });
  }
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(".js")) await tidy(`${folder}/${name}`);
  }
  for (const path of program.data) await copy(`${ROOT}/${path}`, `${folder}/${path}`);
}

/** Changes what `deno bundle` wrote. */
async function tidy(path: string): Promise<void> {
  const text = await Deno.readTextFile(path);
  // Comments name the files that were bundled: with the temporary folder no two builds are the same.
  const named = text.replace(/^\/\/ .*versus-bundle-[^/]*\//gm, "// ");
  await Deno.writeTextFile(path, importLazily(requireLazily(named)));
}

/**
 * Deno reads at start what an `import()` names with a plain text, be it called or not: the whole program
 * for `--version`. What is computed it can't foresee.
 */
function importLazily(text: string): string {
  return text.replace(/\bimport\(("\.\/[^"]+\.js")\)/g, "import(((path) => path)($1))");
}

/**
 * `deno bundle` gives every program with a CommonJS package, be it loaded later or never, a `require`
 * made at start, and loading `node:module` for it doubles the start-up time of a small program.
 */
function requireLazily(text: string): string {
  return text.replace(
    /import \{ createRequire as (\w+) \} from "node:module";\nvar (\w+) = \1\(import\.meta\.url\);/,
    `var $2 = new Proxy(function () {}, {
  get: (_, name) => $1()[name],
  apply: (_, self, args) => $1().apply(self, args),
});
var $1_made;
function $1() {
  return $1_made ??= process.getBuiltinModule("node:module").createRequire(import.meta.url);
}`,
  );
}

function url(path: string): string {
  return pathToFileURL(`${ROOT}/${path}`).href;
}

function mainEntry(entry: string): string {
  return `import "./start.ts";
import { main } from ${JSON.stringify(entry)};
Deno.exit(await main(Deno.args));
`;
}

/** The start script gives Deno a cache folder of its own; programs that are measured get the user's. */
const START = `
const outer = Deno.env.get("VERSUS_OUTER_DENO_DIR");
if (outer !== undefined) {
  if (outer === "") Deno.env.delete("DENO_DIR");
  else Deno.env.set("DENO_DIR", outer);
  Deno.env.delete("VERSUS_OUTER_DENO_DIR");
  Deno.env.delete("DENO_NO_UPDATE_CHECK");
}
`;

/** Tells a program what it was made of; `lib/version.ts` reads it. */
export const BUILT = `
globalThis[Symbol.for("versus.build")] = ${JSON.stringify({ packages: PACKAGES, commit: COMMIT })};
`;

/**
 * Names the modules that `cli/lazy.ts` loads, in the way that bundlers and compilers can follow.
 *
 * @returns A program that sets the loaders by their path.
 */
export async function lazyModules(): Promise<string> {
  const paths = new Set<string>();
  for (const folder of ["cli", "cli/commands"]) {
    for await (const { name, isFile } of Deno.readDir(`${ROOT}/${folder}`)) {
      if (!isFile) continue;
      const text = await Deno.readTextFile(`${ROOT}/${folder}/${name}`);
      for (const [, path] of text.matchAll(/lazily<typeof import\("[^"]+"\)>\(\s*"([^"]+)"/g)) {
        paths.add(path!);
      }
    }
  }
  const loaders = [...paths].sort().map((path) =>
    `  ${JSON.stringify(path)}: () => import(${JSON.stringify(url(`cli/${path.slice(2)}`))}),\n`
  );
  return `globalThis[Symbol.for("versus.modules")] = {\n${loaders.join("")}};\n`;
}

/** Copies a file, or a folder without what building left in it. */
async function copy(from: string, to: string): Promise<void> {
  const info = await Deno.stat(from);
  if (!info.isDirectory) {
    await Deno.copyFile(from, to);
    return;
  }
  await Deno.mkdir(to, { recursive: true });
  for await (const entry of Deno.readDir(from)) {
    if (LEFT_OVER.has(entry.name)) continue;
    await copy(`${from}/${entry.name}`, `${to}/${entry.name}`);
  }
}

const LEFT_OVER = new Set([".ruff_cache", "__pycache__", "node_modules", "target", ".DS_Store"]);
