/** What a program drags in, as types: the footprint document of the contract. */
import type { DepsManifest } from "./deps.ts";
import type { Warning } from "./warning.ts";

/**
 * What a path is, as it was found after the program had ended. `gone` was opened as a regular file, as
 * far as can be told, and is no longer there.
 */
export type FileKind =
  | "file"
  | "directory"
  | "device"
  | "proc"
  | "sys"
  | "socket"
  | "pipe"
  | "gone";

/** A file that was opened, with what is known of its owner. */
export interface TracedFile {
  /** Absolute, normalised lexically; invalid UTF-8 is shown as U+FFFD. */
  path: string;
  /** The path's bytes, where they are no UTF-8. */
  pathBase64?: string;
  /** What it is. */
  kind: FileKind;
  /** To whom it belongs: `pypi:paramiko@3.4.0`, `deb:libc6@2.36`, `cpython:stdlib`. */
  owner?: string;
  /** The rule that found the owner: `python-record`, `dpkg`; `unattributed` for none. */
  rule: string;
  /** Size on disk after the program, in bytes; absent when it is gone. */
  bytes?: number;
  /** Bytes that were read through it. */
  readBytes: number;
  /** Bytes of it that were mapped. */
  mappedBytes: number;
  /** Successful opens. */
  opens: number;
  /** When it was first opened, in seconds after the start. */
  firstAtS: number;
}

/** Package ecosystems. */
export type Ecosystem =
  | "pypi"
  | "npm"
  | "jsr"
  | "go"
  | "cargo"
  | "deb"
  | "rpm"
  | "apk"
  | "runtime";

/** A package in three columns: declared, installed, opened. */
export interface FootprintPackage {
  /** Where it comes from. */
  ecosystem: Ecosystem;
  /** Its name in that ecosystem, normalised by its rules. */
  name: string;
  /** Its version, where one is known. */
  version?: string;
  /** How many of its files were opened. */
  files: number;
  /** The size of those, in bytes. */
  bytes: number;
  /** Whether a manifest or lock file names it. */
  declared: boolean;
  /** Whether it is on this machine. */
  installed: boolean;
  /** Whether a file of it was opened. */
  opened: boolean;
  /** Whether a manifest names it itself; `false` for what others brought along. */
  direct: boolean;
  /** Whether its first file was opened after the program's first output; absent if that was not seen. */
  late?: boolean;
}

/** The search that looked for something: the loader's path, `PATH`, folders upwards, Python's path. */
export type MissedSearch = "loader" | "path" | "node_modules" | "package.json" | "python";

/** Look-ups that found nothing, in one folder. */
export interface MissedGroup {
  /** The folder that was searched; `…` for all folders beyond the 10,000 that are told apart. */
  path: string;
  /** How many. */
  count: number;
  /** What searched there, where that can be told. */
  search?: MissedSearch;
}

/** A socket that was connected, bound or sent to. */
export interface TracedSocket {
  /** `inet`, `inet6`, `unix`, `netlink`, … */
  family: string;
  /** An address or a path; the name of an abstract socket begins with `@`. */
  address: string;
  /** The port, where the family has ports. */
  port?: number;
  /** `stream`, `dgram`, … where the call that made the socket was seen. */
  type?: string;
  /** What was done with it. */
  use: "connect" | "bind" | "send";
  /** How the last attempt failed: `ECONNREFUSED`. `EINPROGRESS` is no failure and left out. */
  error?: string;
  /** How often. */
  count: number;
}

/** A process of the program. */
export interface TracedProcess {
  /** Its number. */
  pid: number;
  /** Its parent's number; absent for the program itself. */
  parent?: number;
  /** What it last executed; that of its parent for one that executed nothing. */
  argv: string[];
  /** The file that it last executed. */
  program?: string;
  /** What it had executed before that, first to last. */
  earlier?: string[][];
  /** Threads that it started beside its first one. */
  threads: number;
  /** How it ended, 128 + signal number for a signal; absent while it was still running. */
  exitCode?: number;
  /** The signal that ended it. */
  signal?: string;
}

/** Counts of successful opens of regular files. */
export interface OpenedCount {
  /** Opens. */
  count: number;
  /** Different files. */
  unique: number;
}

/** Counts of look-ups that found nothing. */
export interface MissedCount {
  /** All of them. */
  count: number;
  /** By the system call. */
  bySyscall: Record<string, number>;
  /** By the folder that was searched, most first. */
  byPath: MissedGroup[];
}

/** Bytes of the regular files that were opened. */
export interface FootprintBytes {
  /** Their sizes. */
  onDisk: number;
  /** What was read from them; what was read twice counts twice. */
  read: number;
  /** What was mapped of them; what was mapped twice counts once. */
  mapped: number;
}

/** Times of a traced program, in seconds. A traced time is no start-up time. */
export interface FootprintTime {
  /** The same command without being traced, where that was asked for. */
  untracedS?: number;
  /** From its start to its end, while it was traced. */
  tracedS: number;
  /** When it first wrote to its standard output or error, while it was traced. */
  firstOutputS?: number;
}

/** What a program opened, looked for and reached: the document of `versus trace`. */
export interface FootprintDocument {
  /** Which document it is. */
  schema: "versus.footprint/1";
  /** The command and its arguments. */
  command: string[];
  /** The working directory that it was started in. */
  cwd: string;
  /** When it was started, RFC 3339 in UTC. */
  startedAt: string;
  /** How it ended: 128 + signal number for a signal, also for one that versus sent. */
  exitCode: number;
  /** The signal that ended it. */
  signal?: string;
  /** How it was watched. */
  method: "strace-seccomp" | "strace";
  /** Why something may be missing, if so. */
  partial?: { reason: string };
  /** Files that were opened. */
  opened: OpenedCount;
  /** What was looked for and not found. */
  missed: MissedCount;
  /** Their bytes. */
  bytes: FootprintBytes;
  /** Everything that was opened, in the order of the first opens. */
  files: TracedFile[];
  /** To what the files belong. */
  packages: FootprintPackage[];
  /** What was read for what is declared; absent where nothing declares anything. */
  manifests?: DepsManifest[];
  /** Whom it reached, and where it listened. */
  sockets: TracedSocket[];
  /** Its processes, in the order of their starts. */
  processes: TracedProcess[];
  /** Variables of its environment that select files. */
  environment: Record<string, string>;
  /** Times. */
  time: FootprintTime;
  /** What can't be seen, and what to know. */
  warnings: Warning[];
}
