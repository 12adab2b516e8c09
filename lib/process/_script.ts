/** Scripts without a first line that names an interpreter: shells run them, as `execvp` does. */

const SHELL = "/bin/sh";

/** As much of a file as shells look at to tell text from something else. */
const LOOK_BYTES = 128;

function isScript(path: string): boolean {
  try {
    using file = Deno.openSync(path);
    const bytes = new Uint8Array(LOOK_BYTES);
    const start = bytes.subarray(0, file.readSync(bytes) ?? 0);
    const named = start[0] === 0x23 && start[1] === 0x21;
    return !named && !start.includes(0);
  } catch {
    // A file that may be executed but not read is no script.
    return false;
  }
}

/**
 * Says what to execute for a program.
 *
 * @param path The program's file.
 * @param argv Its arguments, the name first.
 * @returns The same, or a shell that runs it.
 */
export function throughShell(
  path: string,
  argv: readonly string[],
): { readonly path: string; readonly argv: readonly string[] } {
  if (Deno.build.os === "windows" || !isScript(path)) return { path, argv };
  return { path: SHELL, argv: [SHELL, path, ...argv.slice(1)] };
}
