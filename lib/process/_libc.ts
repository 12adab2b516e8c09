/** The C library through FFI: what the launcher calls, and nothing else. */

const POINTERS = ["buffer", "buffer", "buffer", "buffer", "buffer", "buffer"] as const;

/**
 * Functions of the C library by name. Those that only one system has are optional; `prctl`, `fcntl`
 * and `syscall` are variadic, which is called like any other function on Linux (on macOS it is
 * not, and there they are not called).
 */
const SYMBOLS = {
  clock_gettime: { parameters: ["i32", "buffer"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
  kill: { parameters: ["i32", "i32"], result: "i32" },
  pipe: { parameters: ["buffer"], result: "i32" },
  poll: { parameters: ["buffer", "u64", "i32"], result: "i32" },
  read: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  strerror: { parameters: ["i32"], result: "pointer" },
  wait4: { parameters: ["i32", "buffer", "i32", "buffer"], result: "i32" },
  posix_spawn: { parameters: POINTERS, result: "i32" },
  posix_spawn_file_actions_init: { parameters: ["buffer"], result: "i32" },
  posix_spawn_file_actions_destroy: { parameters: ["buffer"], result: "i32" },
  posix_spawn_file_actions_addopen: {
    parameters: ["buffer", "i32", "buffer", "i32", "u32"],
    result: "i32",
  },
  posix_spawn_file_actions_adddup2: { parameters: ["buffer", "i32", "i32"], result: "i32" },
  posix_spawn_file_actions_addclose: { parameters: ["buffer", "i32"], result: "i32" },
  posix_spawn_file_actions_addchdir_np: { parameters: ["buffer", "buffer"], result: "i32" },
  posix_spawnattr_init: { parameters: ["buffer"], result: "i32" },
  posix_spawnattr_destroy: { parameters: ["buffer"], result: "i32" },
  posix_spawnattr_setflags: { parameters: ["buffer", "i16"], result: "i32" },
  posix_spawnattr_setsigdefault: { parameters: ["buffer", "buffer"], result: "i32" },
  posix_spawnattr_setsigmask: { parameters: ["buffer", "buffer"], result: "i32" },
  sigemptyset: { parameters: ["buffer"], result: "i32" },
  sigfillset: { parameters: ["buffer"], result: "i32" },
  // Linux
  __errno_location: { parameters: [], result: "pointer", optional: true },
  fcntl: { parameters: ["i32", "i32", "i64"], result: "i32", optional: true },
  memfd_create: { parameters: ["buffer", "u32"], result: "i32", optional: true },
  pipe2: { parameters: ["buffer", "i32"], result: "i32", optional: true },
  prctl: { parameters: ["i32", "u64", "u64", "u64", "u64"], result: "i32", optional: true },
  prlimit: { parameters: ["i32", "i32", "buffer", "buffer"], result: "i32", optional: true },
  pwrite: { parameters: ["i32", "buffer", "usize", "i64"], result: "isize", optional: true },
  sched_getaffinity: { parameters: ["i32", "usize", "buffer"], result: "i32", optional: true },
  sched_setaffinity: { parameters: ["i32", "usize", "buffer"], result: "i32", optional: true },
  send: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize", optional: true },
  socketpair: { parameters: ["i32", "i32", "i32", "buffer"], result: "i32", optional: true },
  syscall: {
    parameters: ["i64", "i64", "i64", "i64", "i64", "i64"],
    result: "i64",
    optional: true,
  },
  waitid: { parameters: ["i32", "i32", "buffer", "i32"], result: "i32", optional: true },
  // macOS
  __error: { parameters: [], result: "pointer", optional: true },
  kevent: {
    parameters: ["i32", "buffer", "i32", "buffer", "i32", "buffer"],
    result: "i32",
    optional: true,
  },
  kqueue: { parameters: [], result: "i32", optional: true },
} as const;

/** The C library, and the system whose structures and numbers hold. */
export interface Libc {
  /** The functions, called synchronously. */
  readonly c: Deno.StaticForeignLibraryInterface<typeof SYMBOLS>;
  /** The system. */
  readonly os: "linux" | "darwin";
  /** The processor: system call numbers differ. */
  readonly arch: "x86_64" | "aarch64";
}

function libraryNames(os: "linux" | "darwin", arch: string): readonly string[] {
  if (os === "darwin") return ["libSystem.dylib"];
  return ["libc.so.6", `libc.musl-${arch}.so.1`, `/lib/ld-musl-${arch}.so.1`];
}

/**
 * Opens a part of the C library. It costs about 0.1 ms a function.
 *
 * @param symbols The functions that are wanted.
 * @returns The functions, or why they can't be used here.
 */
export function openFunctions<const Symbols extends Deno.ForeignLibraryInterface>(
  symbols: Symbols,
): { readonly c: Deno.StaticForeignLibraryInterface<Symbols> } | { readonly unavailable: string } {
  const { os, arch } = Deno.build;
  if (os !== "linux" && os !== "darwin") return { unavailable: `no C library is known on ${os}` };
  let reason = "";
  for (const name of libraryNames(os, arch)) {
    try {
      return { c: Deno.dlopen(name, symbols).symbols };
    } catch (error) {
      // Another name, or another rung of the ladder: the last reason is told.
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  return { unavailable: reason };
}

/**
 * Opens all that the launcher calls of the C library.
 *
 * @returns The library, or why it can't be used here.
 */
export function openLibc(): Libc | { readonly unavailable: string } {
  const { os, arch } = Deno.build;
  const opened = openFunctions(SYMBOLS);
  if ("unavailable" in opened) return opened;
  return { c: opened.c, os: os === "darwin" ? "darwin" : "linux", arch };
}

/**
 * Reads the number of the last error. Nothing may be called between the failure and this, and even
 * so the engine may have called the C library itself: good for messages, not for decisions.
 *
 * @param libc The C library.
 * @returns The number, 0 if it can't be known.
 */
export function lastErrno({ c }: Libc): number {
  const location = (c.__errno_location ?? c.__error)?.() ?? null;
  return location === null ? 0 : new Deno.UnsafePointerView(location).getInt32();
}

/**
 * Puts an error number into words.
 *
 * @param libc The C library.
 * @param errno The number.
 * @returns As `Permission denied`.
 */
export function errnoText({ c }: Libc, errno: number): string {
  const text = c.strerror(errno);
  return text === null ? `error ${errno}` : Deno.UnsafePointerView.getCString(text);
}

/** Memory for C: never inside the engine's own heap, where a collection could move it. */
export function cBytes(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new ArrayBuffer(length));
}

/**
 * Writes a string for C.
 *
 * @param text Without NUL.
 * @returns Its UTF-8 bytes and a NUL.
 */
export function cString(text: string): Uint8Array<ArrayBuffer> {
  const encoded = new TextEncoder().encode(text);
  const bytes = cBytes(encoded.length + 1);
  bytes.set(encoded);
  return bytes;
}

/** An array of strings for C. Keep the whole object alive during the call. */
export interface CStringArray {
  /** The array of pointers with a null pointer at its end. */
  readonly pointers: Uint8Array<ArrayBuffer>;
  /** What they point into. */
  readonly text: Uint8Array<ArrayBuffer>;
}

/**
 * Writes an array of strings for C (`argv`, `envp`).
 *
 * @param list Strings without NUL.
 * @returns Their bytes and the array of pointers to them.
 */
export function cStringArray(list: readonly string[]): CStringArray {
  const text = cString(list.join("\0"));
  const base = Deno.UnsafePointer.value(Deno.UnsafePointer.of(text));
  const pointers = cBytes((list.length + 1) * 8);
  const addresses = new BigUint64Array(pointers.buffer);
  let start = 0;
  for (let i = 0; i < list.length; i++) {
    addresses[i] = base + BigInt(start);
    start = text.indexOf(0, start) + 1;
  }
  return { pointers, text };
}
