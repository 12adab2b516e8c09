/** Starts the real command line, as a person would. */
import { fileURLToPath } from "node:url";

/** How a command ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The configuration that this very test runs with: the stand-ins, or the real packages. */
export function configuration(): string[] {
  const airgap = import.meta.resolve("@std/yaml").startsWith("file:");
  return ["--config", `${ROOT}${airgap ? "deno.airgap.json" : "deno.json"}`];
}

/** The words that start versus with given arguments. */
export function versusCommand(args: readonly string[]): string[] {
  return [Deno.execPath(), "run", "-A", ...configuration(), `${ROOT}cli/main.ts`, ...args];
}

/** Where and with what a command is run. */
export interface VersusOptions {
  /** Its `VERSUS_HOME`. */
  readonly home: string;
  /** Its working directory; the home by default. */
  readonly cwd?: string;
  /** More of its environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `versus` without waiting for it. */
export function startVersus(args: readonly string[], options: VersusOptions): Deno.ChildProcess {
  const [program, ...rest] = versusCommand(args);
  return new Deno.Command(program!, {
    args: rest,
    cwd: options.cwd ?? options.home,
    env: { TZ: "UTC", VERSUS_HOME: options.home, ...options.env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs `versus` to its end. */
export async function versus(args: readonly string[], options: VersusOptions): Promise<Ended> {
  const { code, stdout, stderr } = await startVersus(args, options).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
