/** Loads parts of the program when they are wanted. */

/** Modules by their path, as a bundle or a compiled program has them. */
type Modules = Readonly<Record<string, () => Promise<unknown>>>;

/**
 * Loads a module of `cli/`.
 *
 * Deno reads at start whatever an `import()` names by a plain text, be it called or not: the whole
 * program for `--version`. So the name is computed here. A bundler can't see through that: it finds the
 * calls of this function by their text, and brings the modules along (`tasks/_bundle.ts`).
 *
 * @typeParam Module `typeof import("./run.ts")`.
 * @param path Relative to `cli/`: `./commands/run.ts`.
 */
export async function lazily<Module>(path: string): Promise<Module> {
  const bundled = (globalThis as { [key: symbol]: unknown })[Symbol.for("versus.modules")] as
    | Modules
    | undefined;
  const load = bundled?.[path] ?? (() => import(new URL(path, import.meta.url).href));
  return await load() as Module;
}
