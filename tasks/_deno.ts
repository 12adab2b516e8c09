/** Runs Deno with the configuration that this process runs with. */

/** The folder of the project. */
export const ROOT: string = (import.meta.dirname ?? ".").replace(/[\\/]tasks$/, "");

/** Which packages are in use: those of JSR, or the stand-ins of `airgap/`. */
export const PACKAGES: "jsr" | "airgap" = import.meta.resolve("@std/yaml").startsWith("file:")
  ? "airgap"
  : "jsr";

/** The configuration that goes with them. */
export const CONFIG = `${ROOT}/${PACKAGES === "jsr" ? "deno.json" : "deno.airgap.json"}`;

/** The commit that is checked out; empty where that is not known. */
export const COMMIT: string = await git(["rev-parse", "HEAD"]);

/** What git prints, without its last line end; empty where it fails or is not here. */
async function git(args: string[]): Promise<string> {
  try {
    const { success, stdout } = await new Deno.Command("git", { args, cwd: ROOT, stderr: "null" })
      .output();
    return success ? new TextDecoder().decode(stdout).trim() : "";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

/**
 * What a packed or compiled program may do: all that measuring programs and probing networks takes, but
 * not load code from elsewhere.
 */
export const PERMISSIONS: readonly string[] = [
  "--allow-read", // scenarios, programs, what they open
  "--allow-write", // builds, the journal, exports
  "--allow-run", // compilers, the programs that are measured, strace
  "--allow-env", // PATH, NO_COLOR, names of secrets
  "--allow-net", // probes and listeners
  "--allow-ffi", // posix_spawn and wait4: exact times and memory
  "--allow-sys", // cores, memory, the user's number
  "--no-prompt",
];

/** What a run of Deno ended with. */
export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

/** How a run of Deno differs from the usual. */
export interface RunOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Keeps what it prints in place of showing it. */
  capture?: boolean;
  signal?: AbortSignal;
}

/**
 * Runs a Deno command such as `["check", "--quiet", "mod.ts"]`, with `--config` added.
 *
 * @param args The command and its arguments.
 */
export async function deno(
  [command, ...rest]: [string, ...string[]],
  options: RunOptions = {},
): Promise<Finished> {
  const output = await new Deno.Command(Deno.execPath(), {
    args: [command, "--config", CONFIG, ...rest],
    cwd: options.cwd ?? ROOT,
    env: { RUST_BACKTRACE: "0", ...options.env },
    stdin: "null",
    stdout: options.capture ? "piped" : "inherit",
    stderr: options.capture ? "piped" : "inherit",
    ...(options.signal ? { signal: options.signal } : {}),
  }).output();
  const text = new TextDecoder();
  return {
    code: output.code,
    stdout: options.capture ? text.decode(output.stdout) : "",
    stderr: options.capture ? text.decode(output.stderr) : "",
  };
}
