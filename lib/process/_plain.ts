/** The last rung: `Deno.Command`, where there is no FFI. Wall time and output, but no usage. */
import type { Job, JobResult } from "./_job.ts";
import { withFileLimit } from "./_limits.ts";
import { endProcessTree } from "./end_tree.ts";
import { StartError } from "./start_error.ts";
import type { CapturedOutput, OutputTarget } from "./types.ts";

/** How long an output may stay open after all that is known of a program has ended. */
const DRAIN_MS = 250;

function spawn(job: Job): Deno.ChildProcess {
  if (job.cpus !== undefined) {
    throw new StartError("unsupported", "Cannot choose processors without FFI", {
      hint: "Allow FFI, or leave the choice of processors out",
    });
  }
  const windows = Deno.build.os === "windows";
  // The file was found and checked already. A limit needs a shell, which costs a millisecond.
  const direct = [job.path, ...job.argv.slice(1)];
  const [command, ...args] = job.maxFileBytes === undefined || windows
    ? direct
    : withFileLimit(direct, job.maxFileBytes);
  const env = job.env.map((variable): [string, string] => {
    const at = variable.indexOf("=", 1);
    return [variable.slice(0, at), variable.slice(at + 1)];
  });
  try {
    return new Deno.Command(command!, {
      args,
      cwd: job.cwd,
      env: Object.fromEntries(env),
      clearEnv: true,
      stdin: job.stdin === "/dev/null" ? "null" : "piped",
      stdout: job.stdout === "null" ? "null" : "piped",
      stderr: job.stderr === "null" ? "null" : "piped",
      detached: !windows,
    }).spawn();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new StartError("refused", `Cannot start ${job.path}: ${message}`, { cause: error });
  }
}

/** Writes a file into a program that may stop reading at any time. */
async function feed(file: string, stdin: WritableStream<Uint8Array>): Promise<void> {
  const source = await Deno.open(file);
  // The program has what it wanted, or has ended: a broken pipe is no error here.
  await source.readable.pipeTo(stdin).catch(() => undefined);
}

/** Reads an output to its end, or until told to stop. */
async function collect(
  stream: ReadableStream<Uint8Array>,
  target: Exclude<OutputTarget, "null">,
  stop: AbortSignal,
): Promise<CapturedOutput> {
  using file = "file" in target ? Deno.openSync(target.file, { append: true }) : undefined;
  const bound = "file" in target ? 0 : target.captureBytes;
  const kept: Uint8Array[] = [];
  let [keptBytes, totalBytes] = [0, 0];
  const reader = stream.getReader();
  stop.addEventListener("abort", () => void reader.cancel(), { once: true });
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    totalBytes += next.value.length;
    if (file !== undefined) {
      for (let at = 0; at < next.value.length;) at += file.writeSync(next.value.subarray(at));
    } else if (keptBytes < bound) {
      const part = next.value.subarray(0, bound - keptBytes);
      kept.push(part);
      keptBytes += part.length;
    }
  }
  const bytes = new Uint8Array(keptBytes);
  kept.reduce((at, part) => (bytes.set(part, at), at + part.length), 0);
  return { bytes, totalBytes };
}

/**
 * Runs a job with `Deno.Command`.
 *
 * @param job The job.
 * @param signal Ends it.
 * @returns What it cost: wall time only.
 * @throws {StartError} If the program can't be started.
 */
export async function runPlain(job: Job, signal: AbortSignal | undefined): Promise<JobResult> {
  const startedAt = new Date().toISOString();
  const start = performance.now();
  const child = spawn(job);
  const stop = new AbortController();
  const fed = job.stdin === "/dev/null" ? undefined : feed(job.stdin, child.stdin);
  const stdout = job.stdout === "null" ? undefined : collect(child.stdout, job.stdout, stop.signal);
  const stderr = job.stderr === "null" ? undefined : collect(child.stderr, job.stderr, stop.signal);
  let ended: "timeout" | "aborted" | undefined;
  let ending: Promise<number> | undefined;
  function end(why: "timeout" | "aborted"): void {
    ended ??= why;
    if (Deno.build.os === "windows") child.kill("SIGKILL");
    ending ??= endProcessTree(child.pid);
  }
  const onAbort = () => end("aborted");
  signal?.addEventListener("abort", onAbort, { once: true });
  const timer = job.timeoutMs === undefined
    ? undefined
    : setTimeout(() => end("timeout"), job.timeoutMs);
  const status = await child.status;
  const wallS = (performance.now() - start) / 1000;
  clearTimeout(timer);
  signal?.removeEventListener("abort", onAbort);
  await ending;
  const left = await endProcessTree(child.pid, { reaped: true });
  const drain = setTimeout(() => stop.abort(), DRAIN_MS);
  const [out, err] = await Promise.all([stdout, stderr, fed]);
  clearTimeout(drain);
  const isCaptured = (target: OutputTarget) => target !== "null" && "captureBytes" in target;
  return {
    startedAt,
    wallS,
    exitCode: status.code,
    ...(status.signal === null ? {} : { signal: status.signal }),
    ...(ended === undefined ? {} : { ended }),
    leftBehind: ended === undefined ? left : 0,
    ...(out !== undefined && isCaptured(job.stdout) ? { stdout: out } : {}),
    ...(err !== undefined && isCaptured(job.stderr) ? { stderr: err } : {}),
  };
}
