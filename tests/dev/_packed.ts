/** What the tests of packed files share. */
import type { Program } from "../../tasks/_bundle.ts";

/** A small program with a worker, data and something that is loaded later. */
export const HELLO: Program = {
  entry: "tests/dev/_hello.ts",
  workers: { hello: "lib/runtime/hello_worker.ts" },
  data: ["tests/dev"],
};

/** How a program ended. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs a program in an environment that has nothing but a PATH.
 *
 * @param command The program.
 * @param args Its arguments.
 * @param env Variables that it gets besides.
 * @param cwd Where it starts.
 */
export async function run(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
  cwd: string,
): Promise<Ended> {
  const output = await new Deno.Command(command, {
    args: [...args],
    cwd,
    clearEnv: true,
    env: { PATH: "/usr/bin:/bin", ...env },
    stdin: "null",
  }).output();
  const text = new TextDecoder();
  return {
    code: output.code,
    stdout: text.decode(output.stdout),
    stderr: text.decode(output.stderr),
  };
}
