/** The machines that `deno compile` makes programs for. */
export const TARGETS: readonly string[] = [
  "x86_64-unknown-linux-gnu",
  "aarch64-unknown-linux-gnu",
  "x86_64-apple-darwin",
  "aarch64-apple-darwin",
  "x86_64-pc-windows-msvc",
];

/**
 * Names the file of a target: `versus` for this machine, `versus-TARGET` for others.
 *
 * @param target One of {@linkcode TARGETS}.
 */
export function fileFor(target: string): string {
  const name = target === Deno.build.target ? "versus" : `versus-${target}`;
  return target.includes("windows") ? `${name}.exe` : name;
}
