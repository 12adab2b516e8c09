/** Calls that start processes and threads, execute programs, and change what they share. */
import { addDoubt } from "./_ledger.ts";
import {
  AT_FDCWD,
  type Handler,
  locate,
  type Machine,
  type PathArgument,
  readFolder,
  readPath,
} from "./_machine.ts";
import { addMiss } from "./_misses.ts";
import { lastString, nextArgument, readString, type Scan, textOf } from "./_scan.ts";
import { closeOnExec, type Thread } from "./_tables.ts";

const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/**
 * Reads `["sh", "-c", "true"]`; what strace leaves out is `…` (as UTF-8) at the end of a word or of the
 * list.
 */
function readArguments(scan: Scan): string[] {
  const found: string[] = [];
  if (scan.bytes[scan.at] !== OPEN_BRACKET) return found;
  scan.at++;
  while (scan.at < scan.end && scan.bytes[scan.at] !== CLOSE_BRACKET) {
    const text = readString(scan);
    if (text === undefined) {
      found.push(ELLIPSIS);
      break;
    }
    found.push(lastString.cut ? text + ELLIPSIS : text);
    nextArgument(scan);
  }
  return found;
}

/** `…` as a binary string. */
const ELLIPSIS = "\xe2\x80\xa6";

function executed(thread: Thread, scan: Scan, folder: number, path: PathArgument): void {
  const program = locate(thread, folder, path)?.path ?? path.text ?? "";
  const argv = nextArgument(scan) ? readArguments(scan) : [];
  thread.process.executed.push({ program, argv });
  closeOnExec(thread);
}

function handleExec(
  machine: Machine,
  thread: Thread,
  scan: Scan,
  call: string,
  folder: number,
): boolean {
  const { ledger, result } = machine;
  const path = readPath(scan);
  if (path === undefined) return false;
  // With seccomp, strace 6.1 takes the first call of a program that a thread executed for the
  // result of execve: its number comes as an error that no kernel has.
  const swallowed = result.value < 0 && result.errorStart < 0;
  if (swallowed) addDoubt(ledger, "swallowed");
  if (result.value === 0 || swallowed) executed(thread, scan, folder, path);
  else if (result.missing) addMiss(ledger.misses, call, locate(thread, folder, path)?.path);
  return true;
}

const execve: Handler = (machine, thread, scan, call) =>
  handleExec(machine, thread, scan, call, AT_FDCWD);

const execveat: Handler = (machine, thread, scan, call) => {
  const folder = readFolder(scan);
  return nextArgument(scan) && handleExec(machine, thread, scan, call, folder);
};

/** `fork()`, `vfork()`, `clone(…)`, `clone3(…)` */
const start: Handler = ({ lineage, result }, thread, scan, call) => {
  lineage.returned(thread, result.value, call + textOf(scan, scan.at, scan.end));
  return true;
};

const unshare: Handler = ({ ledger, result }, thread, scan) => {
  if (result.value !== 0) return true;
  const flags = textOf(scan, scan.at, scan.end - 1);
  if (flags.includes("CLONE_FILES")) thread.fds = new Map(thread.fds);
  if (/CLONE_FS\b|CLONE_NEWNS|CLONE_NEWUSER/.test(flags)) thread.place = { ...thread.place };
  if (flags.includes("CLONE_NEWNS")) addDoubt(ledger, "namespace");
  return true;
};

const setns: Handler = ({ ledger, result }, thread, scan) => {
  const flags = textOf(scan, scan.at, scan.end - 1);
  // Without a type it may be any namespace.
  if (result.value !== 0 || !/CLONE_NEWNS|, 0$/.test(flags)) return true;
  addDoubt(ledger, "namespace");
  thread.place = { cwd: "/", root: "" };
  return true;
};

const chdir: Handler = ({ result }, thread, scan) => {
  if (result.value !== 0) return true;
  const path = readPath(scan);
  if (path === undefined) return false;
  thread.place.cwd = locate(thread, AT_FDCWD, path)?.path;
  return true;
};

const fchdir: Handler = ({ result }, thread, scan) => {
  if (result.value !== 0) return true;
  thread.place.cwd = thread.fds.get(readFolder(scan))?.path;
  return true;
};

const chroot: Handler = ({ ledger, result }, thread, scan) => {
  if (result.value !== 0) return true;
  const path = readPath(scan);
  if (path === undefined) return false;
  const located = locate(thread, AT_FDCWD, path)?.path;
  thread.place.root = located === "/" ? "" : located;
  addDoubt(ledger, "namespace");
  return true;
};

const pivotRoot: Handler = ({ ledger, result }) => {
  if (result.value === 0) addDoubt(ledger, "namespace");
  return true;
};

const ioUring: Handler = ({ ledger, result }, thread) => {
  if (!(result.value >= 0)) return true;
  thread.fds.delete(result.value);
  addDoubt(ledger, "io-uring");
  return true;
};

/** Handlers by the name of the call. */
export const PROCESS_CALLS: Readonly<Record<string, Handler>> = {
  execve,
  execveat,
  fork: start,
  vfork: start,
  clone: start,
  clone3: start,
  unshare,
  setns,
  chdir,
  fchdir,
  chroot,
  pivot_root: pivotRoot,
  io_uring_setup: ioUring,
};
