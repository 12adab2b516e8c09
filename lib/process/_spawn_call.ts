/** `posix_spawn` with its actions and attributes. */
import { cBytes, cString, cStringArray, type Libc } from "./_libc.ts";

const SETSIGDEF = 0x04;
const SETSIGMASK = 0x08;
const SETSID = { linux: 0x80, darwin: 0x400 };
const DARWIN_CLOEXEC_DEFAULT = 0x4000;

/** More than `posix_spawn_file_actions_t`, `posix_spawnattr_t` and `sigset_t` take anywhere. */
const OPAQUE_BYTES = 512;

const O_RDONLY = 0;
const O_WRONLY = 1;

/** What a descriptor of the child is. */
export type ChildFd =
  | { readonly read: string }
  | { readonly write: string }
  | { readonly fd: number };

/** What to spawn. */
export interface SpawnCall {
  /** The executable. */
  readonly path: string;
  /** Its arguments, the name first. */
  readonly argv: readonly string[];
  /** Its environment, `NAME=value` each. */
  readonly env: readonly string[];
  /** Its working directory. */
  readonly cwd: string;
  /** Its descriptors 0, 1, 2 and so on: files that exist, or descriptors of this process. */
  readonly fds: readonly ChildFd[];
  /** Descriptors of this process that it must not inherit, beside those marked close-on-exec. */
  readonly close: readonly number[];
}

/** A prepared call, so that nothing but the call itself lies between two looks at a clock. */
export interface PreparedSpawn {
  /**
   * Starts the process.
   *
   * @returns 0, or the error's number.
   */
  start(): number;
  /** The process, after `start` gave 0. */
  pid(): number;
  /** Frees what C allocated. */
  [Symbol.dispose](): void;
}

/**
 * Prepares a process: all signals at their defaults and none blocked, in a session of its own, so
 * that the terminal's keys do not reach it and no process outside can share its session.
 *
 * @param libc The C library.
 * @param call What to spawn.
 * @returns The prepared call.
 */
export function prepareSpawn(libc: Libc, call: SpawnCall): PreparedSpawn {
  const { c, os } = libc;
  const actions = cBytes(OPAQUE_BYTES);
  const attributes = cBytes(OPAQUE_BYTES);
  const signals = cBytes(OPAQUE_BYTES);
  const argv = cStringArray(call.argv);
  const env = cStringArray(call.env);
  const path = cString(call.path);
  const pid = cBytes(4);
  c.posix_spawn_file_actions_init(actions);
  for (const fd of call.close) c.posix_spawn_file_actions_addclose(actions, fd);
  c.posix_spawn_file_actions_addchdir_np(actions, cString(call.cwd));
  for (const [index, source] of call.fds.entries()) {
    if ("fd" in source) c.posix_spawn_file_actions_adddup2(actions, source.fd, index);
    else {
      const [file, flags] = "read" in source ? [source.read, O_RDONLY] : [source.write, O_WRONLY];
      c.posix_spawn_file_actions_addopen(actions, index, cString(file), flags, 0);
    }
  }
  c.posix_spawnattr_init(attributes);
  c.posix_spawnattr_setflags(
    attributes,
    SETSIGDEF | SETSIGMASK | SETSID[os] | (os === "darwin" ? DARWIN_CLOEXEC_DEFAULT : 0),
  );
  c.sigfillset(signals);
  c.posix_spawnattr_setsigdefault(attributes, signals);
  c.sigemptyset(signals);
  c.posix_spawnattr_setsigmask(attributes, signals);
  const { pointers: args } = argv;
  const { pointers: vars } = env;
  return {
    start: () => c.posix_spawn(pid, path, actions, attributes, args, vars),
    pid: () => new Int32Array(pid.buffer)[0]!,
    [Symbol.dispose]() {
      c.posix_spawn_file_actions_destroy(actions);
      c.posix_spawnattr_destroy(attributes);
      // The pointers above lead into these: used here, they live at least as long as the calls.
      argv.text.fill(0);
      env.text.fill(0);
    },
  };
}
