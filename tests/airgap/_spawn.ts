import { fileURLToPath } from "node:url";
import { CONFIG } from "../../tasks/_deno.ts";

/** What a program ended with. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

const PROGRAM = fileURLToPath(new URL("_program.ts", import.meta.url));

/** The configuration that decides between the stand-ins and the real packages. */
const config = Deno.env.get("VERSUS_TEST_CONFIG") ?? CONFIG;

/** Makes the command that starts the program of these tests. */
export function toolCommand(): string[] {
  return [
    Deno.execPath(),
    "run",
    "--no-check",
    "--quiet",
    "--allow-all",
    "--config",
    config,
    PROGRAM,
  ];
}

/** Runs the program of these tests. */
export async function tool(...args: string[]): Promise<Ended> {
  const [command = "", ...rest] = toolCommand();
  return await ended(command, [...rest, ...args], { NO_COLOR: "1" });
}

/** Runs any program. */
export async function ended(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  const output = await new Deno.Command(command, { args, env, stdin: "null" }).output();
  const text = new TextDecoder();
  return {
    code: output.code,
    stdout: text.decode(output.stdout),
    stderr: text.decode(output.stderr),
  };
}
