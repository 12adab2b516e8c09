/** Asks a program about itself: bounded in time and output, and never with an exception. */
import { printable } from "../error.ts";

/** In what surroundings programs are asked. */
export interface QueryContext {
  /** The whole environment of the program that is asked. */
  readonly env: Readonly<Record<string, string>>;
  /** How long one program may take to answer, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends the question when it fires. */
  readonly signal?: AbortSignal;
}

/** What a program answered, or why it didn't. */
export type Answer =
  | { readonly ok: true; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly ok: false; readonly reason: string };

/** What to change for one question. */
export interface QueryOptions {
  /** Variables to set, or with `undefined` to leave out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Takes an answer whatever the exit code; by default it must be 0. */
  readonly anyExit?: boolean;
}

/** No version text is near this; a program that writes more is not what was looked for. */
const MAX_BYTES = 64 * 1024;

/** How long a pipe may stay open after the program has ended, held by what it left behind. */
const DRAIN_MS = 250;

/**
 * Runs a program and reads what it says.
 *
 * It gets a process group of its own, which is ended as a whole on a timeout, on too much output,
 * on an abort, and when it leaves something behind that holds its pipes.
 *
 * @param argv An absolute path and its arguments.
 * @param context Environment, time limit and signal.
 * @param options What is different for this question.
 * @returns The answer, or the reason why there is none, with the program's path in it.
 * @throws The signal's reason, if it fired.
 */
export async function ask(
  argv: readonly string[],
  context: QueryContext,
  options: QueryOptions = {},
): Promise<Answer> {
  context.signal?.throwIfAborted();
  const path = argv[0]!;
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(path, {
      args: argv.slice(1),
      env: mergeEnv(context.env, options.env ?? {}),
      clearEnv: true,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      detached: true,
    }).spawn();
  } catch (error) {
    return { ok: false, reason: `${printable(path)} can't be started: ${startError(error)}` };
  }

  let ended: "timeout" | "output" | undefined;
  const stop = (why?: "timeout" | "output") => {
    ended ??= why;
    endGroup(child);
  };
  const onAbort = () => stop();
  context.signal?.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(() => stop("timeout"), context.timeoutMs);
  const stdout = collect(child.stdout, () => stop("output"));
  const stderr = collect(child.stderr, () => stop("output"));
  const status = await child.status;
  clearTimeout(timer);
  const drain = setTimeout(() => {
    endGroup(child);
    stdout.cancel();
    stderr.cancel();
  }, ended === undefined && context.signal?.aborted !== true ? DRAIN_MS : 0);
  const [out, err] = await Promise.all([stdout.text, stderr.text]);
  clearTimeout(drain);
  context.signal?.removeEventListener("abort", onAbort);
  context.signal?.throwIfAborted();

  const name = printable(path);
  if (ended === "timeout") {
    return { ok: false, reason: `${name} did not answer within ${context.timeoutMs / 1000} s` };
  }
  if (ended === "output") {
    return {
      ok: false,
      reason: `${name} wrote more than ${MAX_BYTES / 1024} KiB, which is no version`,
    };
  }
  const said = firstLine(err) ?? firstLine(out);
  const detail = said === undefined ? "" : `: ${said}`;
  if (status.signal !== null) {
    return { ok: false, reason: `${name} was ended by ${status.signal}${detail}` };
  }
  if (status.code !== 0 && options.anyExit !== true) {
    return { ok: false, reason: `${name} failed with exit code ${status.code}${detail}` };
  }
  return { ok: true, code: status.code, stdout: out, stderr: err };
}

/**
 * Says that an answer was not understood.
 *
 * @param path Who answered.
 * @param answer What was answered.
 * @param expected What was expected, in a few words.
 * @returns The reason.
 */
export function notUnderstood(
  path: string,
  answer: { readonly stdout: string; readonly stderr: string },
  expected: string,
): string {
  const said = firstLine(answer.stdout) ?? firstLine(answer.stderr);
  const what = said === undefined ? "nothing" : `"${said}"`;
  return `${printable(path)} answered ${what} where ${expected} was expected`;
}

function mergeEnv(
  base: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...base, ...changes })) {
    if (value !== undefined) merged[name] = value;
  }
  return merged;
}

function endGroup(child: Deno.ChildProcess): void {
  try {
    if (Deno.build.os === "windows") child.kill("SIGKILL");
    else Deno.kill(-child.pid, "SIGKILL");
  } catch (error) {
    // The group is gone already: macOS says so with EPERM, Windows with a TypeError.
    const gone = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.PermissionDenied || error instanceof TypeError;
    if (!gone) throw error;
  }
}

interface Collected {
  readonly text: Promise<string>;
  cancel(): void;
}

function collect(stream: ReadableStream<Uint8Array>, onOverflow: () => void): Collected {
  const reader = stream.getReader();
  async function read(): Promise<string> {
    const decoder = new TextDecoder();
    let text = "";
    let bytes = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      bytes += part.value.byteLength;
      if (bytes > MAX_BYTES) {
        onOverflow();
        await reader.cancel();
        break;
      }
      text += decoder.decode(part.value, { stream: true });
    }
    return text + decoder.decode();
  }
  return { text: read(), cancel: () => void reader.cancel() };
}

function firstLine(text: string): string | undefined {
  const line = text.split(/[\r\n]/).find((each) => each.trim() !== "")?.trim();
  if (line === undefined) return undefined;
  const shown = printable(line);
  return shown.length > 160 ? `${shown.slice(0, 159)}…` : shown;
}

function startError(error: unknown): string {
  // Only files that exist are asked, so what was not found is what the file needs in order to run.
  if (error instanceof Deno.errors.NotFound) return "its interpreter or loader is missing";
  if (error instanceof Deno.errors.PermissionDenied) return "permission denied";
  const message = error instanceof Error ? error.message : String(error);
  return printable(/: ([^:]*)$/.exec(message)?.[1] ?? message);
}
