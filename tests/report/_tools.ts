/** Other programs that read what we write. */

/** Whether the tools that tests need must be there. */
const inCi = Deno.env.get("CI") === "true";

/**
 * Looks for a program.
 *
 * @param name The program, on the PATH.
 * @param args What makes it say its version.
 * @returns Whether a test with it must be left out; never in CI, where the test then fails.
 */
export function missing(name: string, args: string[] = ["--version"]): boolean {
  if (inCi) return false;
  try {
    return !new Deno.Command(name, { args, stdout: "null", stderr: "null" }).outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true;
    throw error;
  }
}

/**
 * Runs a program.
 *
 * @param name The program.
 * @param args Its arguments.
 * @param input What it reads from stdin.
 * @returns What it printed.
 * @throws {Error} If it fails, with what it said.
 */
export async function run(name: string, args: string[], input = ""): Promise<string> {
  const child = new Deno.Command(name, { args, stdin: "piped", stdout: "piped", stderr: "piped" })
    .spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  if (!success) throw new Error(`${name} failed: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}
