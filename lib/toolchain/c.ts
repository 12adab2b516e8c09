import { basename } from "node:path";
import { failed, type ProbeResult, type ToolchainKind, unrelated } from "./kind.ts";
import { realPath } from "./_lookup.ts";
import { ask, notUnderstood, type QueryContext } from "./_query.ts";

/** C: `cc`, whichever compiler that is. */
export const c: ToolchainKind = {
  name: "c",
  title: "C",
  language: "c",
  commands: ["cc", "gcc", "clang"],
  probe: probeC,
};

/** Programs that stand in a compiler's place and act by the name they are called by. */
const MASQUERADES = /^(?:ccache|sccache|distcc|icecc|colorgcc)/;

/** Names that compilers go by; a link to anything else (`llvm`, `zig`) is not followed. */
const COMPILERS = /cc|clang|icx/;

async function probeC(path: string, context: QueryContext): Promise<ProbeResult> {
  const real = await realPath(path) ?? path;
  // A cached build would be measured in the place of a build; the next on the PATH is the compiler.
  if (MASQUERADES.test(basename(real))) {
    return unrelated(path, `${basename(real)} in a compiler's place`, "a compiler");
  }
  if (Deno.build.os === "darwin" && path.startsWith("/usr/bin/")) {
    // Apple's stubs open a window that offers to install the tools when they are not there.
    const tools = await ask(["/usr/bin/xcode-select", "-p"], context);
    if (!tools.ok) return failed(`${path} needs Apple's Command Line Tools`);
  }
  const answer = await ask([path, "--version"], context, { env: { LC_ALL: "C" } });
  if (!answer.ok) return failed(answer.reason);
  const compiler = parseCompiler(answer.stdout);
  if (compiler === undefined) {
    return failed(notUnderstood(path, answer, "a C compiler's version"));
  }
  return {
    ok: true,
    toolchain: {
      name: "c",
      ...compiler,
      path,
      realPath: COMPILERS.test(basename(real)) ? real : path,
      tools: {},
      env: {},
    },
  };
}

/**
 * Reads what a C compiler says to `--version`.
 *
 * @param text Its standard output.
 * @returns Version and implementation (`gcc`, `clang`, `tcc`), or `undefined`.
 */
export function parseCompiler(
  text: string,
): { version: string; implementation: string } | undefined {
  const clang = /\bclang version (\d+\.\d+\S*)/i.exec(text)?.[1];
  if (clang !== undefined) return { version: clang, implementation: "clang" };
  const tcc = /^tcc version (\d+\.\d+\S*)/.exec(text)?.[1];
  if (tcc !== undefined) return { version: tcc, implementation: "tcc" };
  if (!text.includes("Free Software Foundation")) return undefined;
  // "gcc (Debian 12.2.0-14) 12.2.0": packagers write theirs in brackets, the version comes after.
  let line = text.split("\n", 1)[0]!;
  for (let before = ""; before !== line;) {
    before = line;
    line = line.replace(/\([^()]*\)/g, " ");
  }
  const gcc = /(?:^|\s)(\d+\.\d+\S*)/.exec(line)?.[1];
  return gcc === undefined ? undefined : { version: gcc, implementation: "gcc" };
}
