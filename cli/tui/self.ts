/** How this very program is started again, from the source, a bundle or a compiled file. */
import { FROM_SOURCE, ROOT_PATH } from "../../lib/runtime/layout.ts";
import { packagesInUse } from "../../lib/version.ts";

/** What starts the program: an executable, the words before its own, and what to add to the environment. */
export interface Self {
  /** The executable. */
  readonly program: string;
  /** What stands before the program's own words. */
  readonly words: readonly string[];
  /** More of the environment. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Says how this program is started again.
 *
 * @returns Executable, words, environment.
 */
export function selfCommand(): Self {
  const program = Deno.execPath();
  if (Deno.build.standalone) return { program, words: [], env: {} };
  if (FROM_SOURCE) {
    const config = packagesInUse() === "airgap" ? "deno.airgap.json" : "deno.json";
    const words = ["run", "-A", "--config", `${ROOT_PATH}/${config}`, `${ROOT_PATH}/cli/main.ts`];
    return { program, words, env: {} };
  }
  const words = ["run", "-A", "--quiet", "--no-config", "--no-lock", "--cached-only"];
  // A packed file keeps its runtime's cache beside it, and gives programs the user's own.
  const base = ROOT_PATH.match(/^(.*)[/\\]packed[/\\][^/\\]+$/)?.[1];
  const env: Record<string, string> = base === undefined
    ? {}
    : { VERSUS_OUTER_DENO_DIR: Deno.env.get("DENO_DIR") ?? "", DENO_DIR: `${base}/deno` };
  return { program, words: [...words, `${ROOT_PATH}/main.js`], env };
}
