/** Puts the system's refusals into words, from what can be seen of the program and its folder. */
import { printable } from "../error.ts";
import type { Job } from "./_job.ts";
import { errnoText, type Libc } from "./_libc.ts";
import { StartError } from "./start_error.ts";

const ENOENT = 2;
const E2BIG = 7;
const ENOEXEC = 8;
const EACCES = 13;

/**
 * Explains why `posix_spawn` of a program failed that had passed all checks.
 *
 * @param libc The C library.
 * @param job What was to be started.
 * @param errno The error's number.
 * @returns The error to throw.
 */
export function explainSpawn(libc: Libc, job: Job, errno: number): StartError {
  // A file that exists and is "not found" lacks its loader.
  const refused = errno === ENOENT || errno === ENOEXEC || errno === EACCES;
  return refused ? explainUnexecuted(job) : explainErrno(libc, job, errno);
}

/**
 * Explains why a process could not be started at all.
 *
 * @param libc The C library.
 * @param job What was to be started.
 * @param errno The error's number.
 * @returns The error to throw.
 */
export function explainErrno(libc: Libc, job: Job, errno: number): StartError {
  const path = printable(job.path);
  if (errno === E2BIG) return tooLong(job);
  return new StartError("refused", `Cannot start ${path}: ${errnoText(libc, errno)}`, {
    hint: `Try it by itself in ${printable(job.cwd)}`,
  });
}

function tooLong(job: Job): StartError {
  const bytes = [...job.argv, ...job.env].reduce((sum, text) => sum + text.length + 1, 0);
  return new StartError(
    "bad-arguments",
    `Cannot start ${printable(job.path)}: its arguments and environment are too long ` +
      `(${bytes} characters)`,
    { hint: "Pass long input in a file or through standard input" },
  );
}

/**
 * Explains why the shell at a gate could not execute a program that had passed all checks.
 *
 * @param job What was to be started.
 * @returns The error to throw.
 */
export function explainUnexecuted(job: Job): StartError {
  return new StartError(
    "not-executable",
    `Cannot start ${printable(job.path)}: the system does not execute it`,
    { hint: "Check that it is built for this system and processor, and that it starts by itself" },
  );
}
