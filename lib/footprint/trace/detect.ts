/** Finds strace and tries what it can do here, on a program that does nothing. */
import { EXIT, VersusError } from "../../error.ts";
import { findTool } from "../../toolchain/mod.ts";
import { traceArguments } from "./_arguments.ts";

/** A strace that works here. */
export interface Tracer {
  /** The executable. */
  readonly path: string;
  /** Its version, where it tells one. */
  readonly version?: string;
  /** Whether it stops a program only at the calls that are traced (`--seccomp-bpf`). */
  readonly seccomp: boolean;
  /** Whether it tells times in nanoseconds; else in microseconds. */
  readonly nanoseconds: boolean;
  /** Whether the kernel ends what is traced when strace is ended (`--kill-on-exit`). */
  readonly killOnExit: boolean;
}

/** Where and how to look for strace. */
export interface DetectOptions {
  /** The environment, of which `PATH` counts; that of this process by default. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether `--seccomp-bpf` is used where it works; it is by default. */
  readonly seccomp?: boolean;
  /** Stops the search. */
  readonly signal?: AbortSignal;
}

const decoder = new TextDecoder();

async function ask(
  path: string,
  args: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await new Deno.Command(path, {
    args: [...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Traces a program that does nothing, and looks whether its log is there. */
async function attempt(tracer: Tracer): Promise<{ works: boolean; said: string }> {
  const log = await Deno.makeTempFile({ prefix: "versus-strace-" });
  try {
    const { code, stderr } = await ask(tracer.path, [
      ...traceArguments(tracer, log),
      "--",
      ...["/bin/sh", "-c", ":"],
    ]);
    const written = await Deno.readTextFile(log);
    const whole = /^\d+ +\d+\.\d+ execve\(/.test(written) &&
      /\+\+\+ exited with 0 \+\+\+\n$/.test(written);
    // What strace can't do it says, and goes on without it.
    return { works: code === 0 && whole && stderr === "", said: stderr.trim() };
  } finally {
    await Deno.remove(log);
  }
}

const CONTAINER = "In a container, start it with --cap-add=SYS_PTRACE; see also " +
  "/proc/sys/kernel/yama/ptrace_scope, which must not be 3";

function refused(path: string, said: string): VersusError {
  const last = said.split("\n").find((line) => /ptrace|permitted/i.test(line)) ??
    said.split("\n")[0] ?? "";
  const reason = last.replace(/^strace: /, "");
  if (/ptrace|not permitted|attach/i.test(said)) {
    return new VersusError(`strace is not allowed to trace here: ${reason}`, {
      hint: isTraced() ? "Start versus itself without a tracer or debugger" : CONTAINER,
      exitCode: EXIT.missing,
    });
  }
  return new VersusError(
    `strace (${path}) does not work here${reason === "" ? "" : `: ${reason}`}`,
    { hint: "Try it by itself: strace -f -o /dev/null true", exitCode: EXIT.missing },
  );
}

/** Whether this process is being traced, which keeps others from tracing its children. */
function isTraced(): boolean {
  try {
    return !/^TracerPid:\t0$/m.test(Deno.readTextFileSync("/proc/self/status"));
  } catch {
    // Not readable: nothing to add to the hint.
    return false;
  }
}

/**
 * Finds strace on the PATH and what it can do here.
 *
 * @param options Where and how to look.
 * @returns A strace that works.
 * @throws {VersusError} With exit code 5 if there is none, or if tracing is not allowed here.
 */
export async function detectTracer(options: DetectOptions = {}): Promise<Tracer> {
  if (Deno.build.os !== "linux") {
    throw new VersusError(`Tracing needs strace, which is for Linux; this is ${Deno.build.os}`, {
      hint: "Use versus deps, which reads declarations alone, or trace in a Linux container",
      exitCode: EXIT.missing,
    });
  }
  const { env, signal, seccomp = true } = options;
  const tool = await findTool("strace", {
    ...(env === undefined ? {} : { env }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (tool.status !== "ok" || tool.path === undefined) {
    throw new VersusError(`Tracing needs strace: ${tool.reason ?? "it is not here"}`, {
      hint: tool.install === undefined ? "Install strace" : `Install it: ${tool.install}`,
      exitCode: EXIT.missing,
    });
  }
  const { path, version } = tool;
  const help = (await ask(path, ["--help"])).stdout;
  const known: Tracer = {
    path,
    ...(version === undefined ? {} : { version }),
    seccomp: seccomp && help.includes("--seccomp-bpf"),
    nanoseconds: help.includes("--relative-timestamps"),
    killOnExit: help.includes("--kill-on-exit"),
  };
  const first = await attempt(known);
  if (first.works) return known;
  if (!known.seccomp) throw refused(path, first.said);
  const plain = { ...known, seccomp: false };
  const second = await attempt(plain);
  if (second.works) return plain;
  throw refused(path, second.said);
}
