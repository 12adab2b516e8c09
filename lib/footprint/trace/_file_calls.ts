/** Calls that open files and look for them. */
import { addDoubt, addOpen, type OpenFlags } from "./_ledger.ts";
import {
  addUnresolved,
  AT_FDCWD,
  type Handler,
  locate,
  type Machine,
  type PathArgument,
  readFolder,
  readPath,
} from "./_machine.ts";
import { addMiss } from "./_misses.ts";
import { CREATED, openFlags } from "./_open_flags.ts";
import { nextArgument, type Scan, textOf } from "./_scan.ts";
import type { Thread } from "./_tables.ts";

/** The marker may be there or not: looking for it is enough. */
function noteMarker({ ledger, marker }: Machine, path: string | undefined): void {
  if (marker !== undefined && path === marker) ledger.markerNs ??= ledger.nowNs;
}

function opened(
  machine: Machine,
  thread: Thread,
  folder: number,
  path: PathArgument,
  flags: OpenFlags,
): void {
  const { ledger, result } = machine;
  const located = locate(thread, folder, path, flags.inRoot);
  if (located === undefined) {
    addUnresolved(machine);
    thread.fds.delete(result.value);
    return;
  }
  const file = addOpen(ledger, located.path, located.asked, flags);
  noteMarker(machine, located.path);
  const { cloexec, nameless } = flags;
  thread.fds.set(
    result.value,
    nameless ? { cloexec } : { path: located.path, file, cloexec },
  );
}

function ended(
  machine: Machine,
  thread: Thread,
  folder: number,
  path: PathArgument,
  flags: OpenFlags,
  call: string,
): void {
  const { result } = machine;
  if (result.value >= 0) opened(machine, thread, folder, path, flags);
  else if (result.missing) missed(machine, thread, folder, path, call);
}

function missed(
  machine: Machine,
  thread: Thread,
  folder: number,
  path: PathArgument,
  call: string,
): void {
  const where = locate(thread, folder, path)?.path;
  addMiss(machine.ledger.misses, call, where);
  noteMarker(machine, where);
}

/** `open(path, flags, mode)` and, with a folder before it, `openat` and `openat2`. */
function handleOpen(
  machine: Machine,
  thread: Thread,
  scan: Scan,
  call: string,
  folder: number,
): boolean {
  const path = readPath(scan);
  if (path === undefined || !nextArgument(scan)) return false;
  const flags = openFlags(textOf(scan, scan.at, scan.end - 1));
  if (flags === undefined) return false;
  ended(machine, thread, folder, path, flags, call);
  return true;
}

const open: Handler = (machine, thread, scan, call) =>
  handleOpen(machine, thread, scan, call, AT_FDCWD);

const openat: Handler = (machine, thread, scan, call) => {
  const folder = readFolder(scan);
  return nextArgument(scan) && handleOpen(machine, thread, scan, call, folder);
};

const creat: Handler = (machine, thread, scan, call) => {
  const path = readPath(scan);
  if (path === undefined || !nextArgument(scan)) return false;
  ended(machine, thread, AT_FDCWD, path, CREATED, call);
  return true;
};

/** The file is named by a handle of its file system. */
const openByHandle: Handler = ({ ledger, result }, thread) => {
  if (result.value >= 0) {
    thread.fds.delete(result.value);
    addDoubt(ledger, "unresolved");
  }
  return true;
};

/** What was found needs no more looking at, unless it is the marker. */
function handleLook(
  machine: Machine,
  thread: Thread,
  scan: Scan,
  call: string,
  folder: number,
): boolean {
  const { result, marker } = machine;
  if (!result.missing && marker === undefined) return true;
  const path = readPath(scan);
  if (path === undefined) return false;
  if (result.missing) missed(machine, thread, folder, path, call);
  else noteMarker(machine, locate(thread, folder, path)?.path);
  return true;
}

/** `stat(path, …)`. */
const look: Handler = (machine, thread, scan, call) =>
  handleLook(machine, thread, scan, call, AT_FDCWD);

/** `newfstatat(folder, path, …)`. */
const lookat: Handler = (machine, thread, scan, call) => {
  if (!machine.result.missing && machine.marker === undefined) return true;
  const folder = readFolder(scan);
  return nextArgument(scan) && handleLook(machine, thread, scan, call, folder);
};

/** Handlers by the name of the call. */
export const FILE_CALLS: Readonly<Record<string, Handler>> = {
  open,
  openat,
  openat2: openat,
  creat,
  open_by_handle_at: openByHandle,
  stat: look,
  lstat: look,
  stat64: look,
  lstat64: look,
  access: look,
  readlink: look,
  newfstatat: lookat,
  fstatat64: lookat,
  statx: lookat,
  faccessat: lookat,
  faccessat2: lookat,
  readlinkat: lookat,
};
