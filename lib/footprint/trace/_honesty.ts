/** What a trace could not see, in words. */
import type { Warning } from "../../record/types.ts";
import { readLinkage } from "../binary/mod.ts";
import type { Doubt, Ledger } from "./_ledger.ts";
import { showPath } from "./_path.ts";
import { MOST_SOCKETS } from "./_socket_calls.ts";
import type { TraceRun } from "./trace.ts";

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Doubts that leave the list of files incomplete. */
const REASONS: Partial<Record<Doubt, (count: number) => string>> = {
  damaged: (n) => `${counted(n, "line", "lines")} of the log can't be read`,
  unresolved: (n) =>
    `the path of ${counted(n, "file", "files")} that it opened can't be told (a descriptor from ` +
    "elsewhere, or a file handle)",
  orphans: (n) => `the parent of ${counted(n, "process", "processes")} can't be told`,
  "io-uring": () => "it may have opened files through io_uring, which shows no system calls",
  swallowed: (n) =>
    `strace loses the first call after a thread executes a program, which happened ${
      counted(n, "time", "times")
    }`,
};

const ENDED: Readonly<Record<NonNullable<TraceRun["ended"]>, string>> = {
  time: "it was still running when the time was up",
  idle: "it was still running when it had opened no new file for as long as was asked",
  marker: "it was still running when it reached its marker",
  aborted: "it was interrupted",
  "left-behind": "processes that it left behind were ended",
};

/**
 * Says why something may be missing in what was found.
 *
 * @param run What was traced.
 * @returns The reasons; none if nothing is known to be missing.
 */
export function partialReasons(run: TraceRun): string[] {
  const reasons: string[] = [];
  if (run.ended !== undefined) reasons.push(ENDED[run.ended]);
  else if (run.ledger.markerNs !== undefined) {
    reasons.push("what it did after its marker is not counted");
  } else if (!run.complete) reasons.push("the log ends before the program does");
  for (const [doubt, count] of run.ledger.doubts) {
    const reason = REASONS[doubt]?.(count);
    if (reason !== undefined) reasons.push(reason);
  }
  return reasons;
}

/** Set-user-ID and set-group-ID bits. */
const SET_ID = 0o6000;

/** Every program that was executed, by its path. */
function executables({ processes }: Ledger): string[] {
  const programs = new Set(
    processes.flatMap(({ executed }) => executed.map(({ program }) => program)),
  );
  return [...programs].map((program) => showPath(program).path);
}

/** Executables that would have had other rights without a tracer. */
function withOtherRights(ledger: Ledger): string[] {
  return executables(ledger).filter((path) => {
    try {
      return ((Deno.statSync(path).mode ?? 0) & SET_ID) !== 0;
    } catch {
      // Gone: nothing can be said of it.
      return false;
    }
  });
}

/** The most programs that are looked into. */
const MOST_LOOKED_INTO = 50;

/** Programs that need no libraries. */
function staticPrograms(ledger: Ledger): string[] {
  return executables(ledger).slice(0, MOST_LOOKED_INTO).filter((path) => {
    try {
      return readLinkage(path) === "static";
    } catch {
      // Gone, or not readable: executing needs less.
      return false;
    }
  });
}

/** A program of a version manager that only finds the real one: of pyenv, asdf, mise, rustup. */
const SHIM = /\/(?:shims|\.cargo\/bin)\/[^/]+$/;

/** The shim that the command named, and the program that it led to. */
function shimOf({ processes }: Ledger): { shim: string; real: string } | undefined {
  const executed = processes[0]?.executed ?? [];
  const [first, last] = [executed[0], executed.at(-1)];
  if (first === undefined || last === undefined || first === last) return undefined;
  const shim = showPath(first.program).path;
  return SHIM.test(shim) ? { shim, real: showPath(last.program).path } : undefined;
}

/**
 * Says what the trace of a program could not see, and what else to know.
 *
 * @param run What was traced.
 * @param privileged Whether strace may pass on the rights that a file gives: this process is root's.
 * @returns Warnings with advice.
 */
export function warningsOf(run: TraceRun, privileged = Deno.uid() === 0): Warning[] {
  const { ledger } = run;
  const found: Warning[] = [];
  function warn(code: string, message: string, advice: string): void {
    found.push({ code, message, advice });
  }
  if (ledger.doubts.has("io-uring")) {
    warn(
      "io-uring",
      "The program set up io_uring: files that it opens through it are not seen",
      "Trace it with io_uring turned off, if it has a setting for that",
    );
  }
  if (ledger.doubts.has("namespace")) {
    warn(
      "namespace",
      "The program changed its root or its mounts: paths are as it saw them",
      "Sizes and owners are those of files with the same path here",
    );
  }
  if (ledger.doubts.has("swallowed")) {
    warn(
      "swallowed",
      "A thread executed a program: with seccomp, strace loses the first call after that",
      "Trace it again with --no-seccomp, which is slower and complete",
    );
  }
  const unkept = ledger.doubts.get("sockets");
  if (unkept !== undefined) {
    warn(
      "sockets",
      `The program used more than ${MOST_SOCKETS} addresses: ${unkept} later uses are not listed`,
      "Keep the log to see all of them: --keep-log FILE",
    );
  }
  for (const path of privileged ? [] : withOtherRights(ledger)) {
    warn(
      "set-uid",
      `${path} ran without the rights of its owner: the system takes them from what is traced`,
      "Trace it as root to see what it does with them",
    );
  }
  const behind = shimOf(ledger);
  if (behind !== undefined) {
    warn(
      "shim",
      `${behind.shim} only finds the program to run: what it opens itself is counted as well`,
      `Trace the program itself: ${behind.real}`,
    );
  }
  const [alone, ...more] = staticPrograms(ledger);
  if (alone !== undefined) {
    const all = more.length === 0
      ? `${alone} is linked statically`
      : `${alone} and ${more.length} more are linked statically`;
    warn(
      "static",
      `${all}: what it is made of is in the file itself and opens nothing`,
      `See what it carries with: versus deps ${alone}`,
    );
  }
  if (run.until !== undefined && ledger.markerNs === undefined) {
    warn(
      "no-marker",
      `The program did not reach its marker: it neither opened nor looked for ${run.until}`,
      "Name the file as the program does; links are not followed",
    );
  }
  if (run.ended === "left-behind") {
    warn(
      "left-behind",
      `The program ended and left processes behind, which were ended: ${run.endedProcesses}`,
      "Trace them longer with --for or --until-idle",
    );
  }
  if (run.method === "strace") {
    warn(
      "no-seccomp",
      "strace stopped the program at every system call: seccomp was not used",
      "Times are much longer than without tracing",
    );
  }
  return found;
}
