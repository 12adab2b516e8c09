/** What a trace could not see, in words. */
import type { Warning } from "../../record/types.ts";
import { readBinary } from "../binary/mod.ts";
import type { Doubt, Ledger } from "./_ledger.ts";
import { showPath } from "./_path.ts";
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
  else if (!run.complete) reasons.push("the log ends before the program does");
  for (const [doubt, count] of run.ledger.doubts) {
    const reason = REASONS[doubt]?.(count);
    if (reason !== undefined) reasons.push(reason);
  }
  return reasons;
}

/** Set-user-ID and set-group-ID bits. */
const SET_ID = 0o6000;

/** Executables that would have had other rights without a tracer. */
function withOtherRights(ledger: Ledger): string[] {
  if (Deno.uid() === 0) return [];
  const programs = new Set(
    ledger.processes.flatMap(({ executed }) => executed.map(({ program }) => program)),
  );
  return [...programs].map((program) => showPath(program).path).filter((path) => {
    try {
      return ((Deno.statSync(path).mode ?? 0) & SET_ID) !== 0;
    } catch {
      // Gone: nothing can be said of it.
      return false;
    }
  });
}

/** The program's own file, if it needs no libraries. */
function staticProgram(ledger: Ledger): string | undefined {
  const last = ledger.processes[0]?.executed.at(-1);
  if (last === undefined) return undefined;
  const { path } = showPath(last.program);
  try {
    const report = readBinary(path);
    return report.format === "elf" && report.linkage === "static" ? path : undefined;
  } catch {
    // Gone, or not readable: executing needs less.
    return undefined;
  }
}

/**
 * Says what the trace of a program could not see, and what else to know.
 *
 * @param run What was traced.
 * @returns Warnings with advice.
 */
export function warningsOf(run: TraceRun): Warning[] {
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
  for (const path of withOtherRights(ledger)) {
    warn(
      "set-uid",
      `${path} ran without the rights of its owner: the system takes them from what is traced`,
      "Trace it as root to see what it does with them",
    );
  }
  const alone = staticProgram(ledger);
  if (alone !== undefined) {
    warn(
      "static",
      `${alone} is linked statically: what it is made of is in its file and opens nothing`,
      `See what it carries with: versus deps ${alone}`,
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
