/** How long a program takes that is not traced. */
import { openLauncher } from "../../process/mod.ts";

/** How an untraced execution went. */
export interface Untraced {
  /** Wall time in seconds. */
  readonly wallS: number;
  /** The exit code, 128 + signal number for a signal. */
  readonly exitCode: number;
}

/** What to run. */
export interface UntracedOptions {
  /** The program and its arguments. */
  readonly argv: readonly string[];
  /** The working directory. */
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends it after so many seconds. */
  readonly timeoutS?: number;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a program once more, without tracing it, without input, and without showing its output.
 *
 * @param options What to run.
 * @returns Its time; `undefined` if it had to be ended.
 * @throws {StartError} If it can't be started.
 */
export async function timeUntraced(options: UntracedOptions): Promise<Untraced | undefined> {
  const { argv, cwd, env, timeoutS, signal } = options;
  await using launcher = await openLauncher();
  const { wallS, exitCode, ended } = await launcher.run({
    argv,
    cwd,
    env,
    ...(timeoutS === undefined ? {} : { timeoutMs: timeoutS * 1000 }),
    ...(signal === undefined ? {} : { signal }),
  });
  return ended === undefined ? { wallS, exitCode } : undefined;
}
