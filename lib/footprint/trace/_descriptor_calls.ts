/** Calls that copy, close and change descriptors. */
import type { Handler } from "./_machine.ts";
import { endsArgument, nextArgument, readNumber, textOf } from "./_scan.ts";
import type { Thread } from "./_tables.ts";

function copy(thread: Thread, from: number, to: number, cloexec: boolean): void {
  const descriptor = thread.fds.get(from);
  if (descriptor === undefined) thread.fds.delete(to);
  else thread.fds.set(to, { ...descriptor, cloexec });
}

/** Closed even if the call is interrupted: close(2). */
const close: Handler = (_machine, thread, scan) => {
  const fd = readNumber(scan);
  if (!endsArgument(scan)) return false;
  thread.fds.delete(fd);
  return true;
};

const closeRange: Handler = ({ result }, thread, scan) => {
  if (result.value !== 0) return true;
  const first = readNumber(scan);
  if (!nextArgument(scan)) return false;
  const last = readNumber(scan);
  if (!nextArgument(scan)) return false;
  const flags = textOf(scan, scan.at, scan.end - 1);
  if (flags.includes("CLOSE_RANGE_UNSHARE")) thread.fds = new Map(thread.fds);
  const keep = flags.includes("CLOSE_RANGE_CLOEXEC");
  for (const [fd, descriptor] of thread.fds) {
    if (fd < first || fd > last) continue;
    if (keep) thread.fds.set(fd, { ...descriptor, cloexec: true });
    else thread.fds.delete(fd);
  }
  return true;
};

/** `dup(3)`, `dup2(3, 1)`, `dup3(3, 10, O_CLOEXEC)` */
const dup: Handler = ({ result }, thread, scan) => {
  const from = readNumber(scan);
  if (!endsArgument(scan)) return false;
  // dup2 onto itself changes nothing.
  if (!(result.value >= 0) || from === result.value) return true;
  const flags = textOf(scan, scan.at, scan.end - 1);
  copy(thread, from, result.value, flags.includes("O_CLOEXEC"));
  return true;
};

const fcntl: Handler = ({ result }, thread, scan) => {
  if (!(result.value >= 0)) return true;
  const fd = readNumber(scan);
  if (!nextArgument(scan)) return false;
  const rest = textOf(scan, scan.at, scan.end - 1);
  if (rest.startsWith("F_DUPFD")) {
    copy(thread, fd, result.value, rest.startsWith("F_DUPFD_CLOEXEC"));
  } else if (rest.startsWith("F_SETFD")) {
    const descriptor = thread.fds.get(fd);
    const cloexec = rest.includes("FD_CLOEXEC");
    if (descriptor !== undefined) thread.fds.set(fd, { ...descriptor, cloexec });
  }
  return true;
};

/** Handlers by the name of the call. */
export const DESCRIPTOR_CALLS: Readonly<Record<string, Handler>> = {
  close,
  close_range: closeRange,
  dup,
  dup2: dup,
  dup3: dup,
  fcntl,
  fcntl64: fcntl,
};
