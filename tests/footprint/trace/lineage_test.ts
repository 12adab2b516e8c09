/** Who is whose child, and what they share. */
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { opensOf, parse, timed } from "./_support.ts";

const EXEC = '10 execve("/bin/x", ["x"], 0x7ffe /* 3 vars */) = 0';
const FORK = "child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD";
const THREAD =
  "child_stack=0x7f, flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM";

function read(...lines: string[]) {
  return parse(timed([EXEC, ...lines]));
}

describe("processes", () => {
  it("gives a child copies of the parent's descriptors and working directory", () => {
    const ledger = read(
      '10 open("d", O_RDONLY|O_DIRECTORY) = 3',
      `10 clone(${FORK}) = 11`,
      "10 close(3) = 0",
      '10 chdir("/parent") = 0',
      '11 openat(3, "a", O_RDONLY) = 4',
      '11 chdir("child") = 0',
      '11 open("b", O_RDONLY) = 5',
      '10 open("c", O_RDONLY) = 3',
    );
    expect(Object.keys(opensOf(ledger))).toEqual([
      "/job/d",
      "/job/d/a",
      "/job/child/b",
      "/parent/c",
    ]);
    expect(ledger.doubts.size).toBe(0);
  });

  it("shares both between threads", () => {
    const ledger = read(
      `10 clone(${THREAD}) = 11`,
      '11 open("d", O_RDONLY|O_DIRECTORY) = 3',
      '11 chdir("sub") = 0',
      '10 openat(3, "a", O_RDONLY) = 4',
      '10 open("b", O_RDONLY) = 5',
    );
    expect(Object.keys(opensOf(ledger))).toEqual(["/job/d", "/job/d/a", "/job/sub/b"]);
    expect(ledger.processes.map(({ pid, threads }) => [pid, threads])).toEqual([[10, 1]]);
  });

  it("stops sharing when a thread asks for that", () => {
    const ledger = read(
      `10 clone(${THREAD}) = 11`,
      "11 unshare(CLONE_FS|CLONE_FILES) = 0",
      '11 chdir("sub") = 0',
      '11 open("d", O_RDONLY) = 3',
      '10 openat(3, "a", O_RDONLY) = 4',
      '10 open("b", O_RDONLY) = 4',
    );
    expect(Object.keys(opensOf(ledger))).toEqual(["/job/sub/d", "/job/b"]);
    expect(ledger.doubts.get("unresolved")).toBe(1);
  });

  it("reads a child's lines that come before its number is returned", () => {
    const ledger = read(
      '10 chdir("sub") = 0',
      "10 vfork( <unfinished ...>",
      '11 open("a", O_RDONLY) = 3',
      '11 execve("/bin/y", ["y", "-z"], 0x7ff /* 1 var */ <unfinished ...>',
      "10 <... vfork resumed>) = 11",
      "11 <... execve resumed>) = 0",
      "11 +++ exited with 3 +++",
      "10 +++ exited with 0 +++",
    );
    expect(opensOf(ledger)).toEqual({ "/job/sub/a": 1 });
    expect(ledger.processes.map(({ pid, parent, ended }) => ({ pid, parent, ended }))).toEqual([
      { pid: 10, parent: undefined, ended: { code: 0 } },
      { pid: 11, parent: 10, ended: { code: 3 } },
    ]);
    expect(ledger.doubts.size).toBe(0);
  });

  it("lets lines wait when several calls may have started a process", () => {
    const ledger = read(
      `10 clone(${FORK}) = 11`,
      '11 chdir("eleven") = 0',
      `10 clone(${FORK} <unfinished ...>`,
      `11 clone(${FORK} <unfinished ...>`,
      '20 open("a", O_RDONLY) = 3',
      '21 open("b", O_RDONLY) = 3',
      "21 +++ exited with 0 +++",
      "11 <... clone resumed>) = 21",
      "10 <... clone resumed>) = 20",
      '20 open("c", O_RDONLY) = 4',
    );
    expect(opensOf(ledger)).toEqual({ "/job/a": 1, "/job/eleven/b": 1, "/job/c": 1 });
    expect(ledger.processes.map(({ pid, parent }) => [pid, parent])).toEqual([
      [10, undefined],
      [11, 10],
      [21, 11],
      [20, 10],
    ]);
    expect(ledger.doubts.size).toBe(0);
  });

  it("reads waiting lines in order when only one call is left that may have started them", () => {
    const ledger = read(
      `10 clone(${FORK}) = 11`,
      '11 chdir("eleven") = 0',
      `10 clone(${FORK} <unfinished ...>`,
      `11 clone(${FORK} <unfinished ...>`,
      "20 close(3 <unfinished ...>",
      '21 chdir("deep") = 0',
      "11 <... clone resumed>) = 21",
      "20 <... close resumed>) = 0",
      '20 open("a", O_RDONLY) = 3',
      '21 open("b", O_RDONLY) = 3',
      "10 <... clone resumed>) = 20",
    );
    expect(opensOf(ledger)).toEqual({ "/job/a": 1, "/job/eleven/deep/b": 1 });
    expect([ledger.doubts.size, ledger.processes.length]).toEqual([0, 4]);
  });

  it("tells threads apart that start children at the same time", () => {
    const ledger = read(
      `10 clone(${THREAD}) = 11`,
      `10 clone(${FORK} <unfinished ...>`,
      `11 clone(${FORK} <unfinished ...>`,
      '20 open("a", O_RDONLY) = 3',
      "11 <... clone resumed>) = 20",
      '21 open("b", O_RDONLY) = 3',
      "10 <... clone resumed>) = 21",
    );
    expect(opensOf(ledger)).toEqual({ "/job/a": 1, "/job/b": 1 });
    expect(ledger.processes.map(({ pid }) => pid)).toEqual([10, 20, 21]);
    expect(ledger.doubts.size).toBe(0);
  });

  it("knows processes whose numbers are others inside their namespace", () => {
    const ledger = read(
      "10 unshare(CLONE_NEWPID) = 0",
      '10 chdir("sub") = 0',
      `10 clone(${FORK}) = 2`,
      '512 open("a", O_RDONLY) = 3',
      "512 +++ exited with 0 +++",
    );
    expect(opensOf(ledger)).toEqual({ "/job/sub/a": 1 });
    expect(ledger.processes.map(({ pid, ended }) => [pid, ended])).toEqual([
      [10, undefined],
      [512, { code: 0 }],
    ]);
  });

  it("marks processes that come from nowhere", () => {
    const ledger = read('99 open("a", O_RDONLY) = 3');
    expect(ledger.doubts.get("orphans")).toBe(1);
  });

  it("takes a number that comes again for another process", () => {
    const ledger = read(
      `10 clone(${FORK}) = 11`,
      '11 chdir("first") = 0',
      "11 +++ exited with 1 +++",
      `10 clone(${FORK}) = 11`,
      '11 open("a", O_RDONLY) = 3',
      "11 +++ killed by SIGSEGV (core dumped) +++",
    );
    expect(opensOf(ledger)).toEqual({ "/job/a": 1 });
    expect(ledger.processes.map(({ ended }) => ended)).toEqual([
      undefined,
      { code: 1 },
      { signal: "SIGSEGV" },
    ]);
  });
});

describe("exec", () => {
  it("closes what is marked so, and nothing else", () => {
    const ledger = read(
      '10 open("kept", O_RDONLY|O_DIRECTORY) = 3',
      '10 open("closed", O_RDONLY|O_DIRECTORY|O_CLOEXEC) = 4',
      '10 open("unmarked", O_RDONLY|O_DIRECTORY|O_CLOEXEC) = 5',
      "10 fcntl(5, F_SETFD, 0) = 0",
      '10 open("marked", O_RDONLY|O_DIRECTORY) = 6',
      "10 fcntl(6, F_SETFD, FD_CLOEXEC) = 0",
      "10 dup2(4, 7) = 7",
      '10 open("ranged", O_RDONLY|O_DIRECTORY) = 8',
      "10 close_range(8, 8, CLOSE_RANGE_CLOEXEC) = 0",
      '10 execve("/bin/y", ["y"], 0x7ff /* 1 var */) = 0',
      ...[3, 4, 5, 6, 7, 8].map((fd) => `10 openat(${fd}, "x", O_RDONLY) = 20`),
    );
    expect(Object.keys(opensOf(ledger)).filter((path) => path.endsWith("/x"))).toEqual([
      "/job/kept/x",
      "/job/unmarked/x",
      "/job/closed/x",
    ]);
    expect(ledger.doubts.get("unresolved")).toBe(3);
  });

  it("keeps what was executed, in order, with cut words marked", () => {
    const { processes } = read(
      String.raw`10 execve("y", ["y", "a\"b", "long"..., "\303\251"], 0x7ff /* 1 var */) = 0`,
      '10 execve("/bin/z", ["z", "a", ...], 0x7ff /* 1 var */) = 0',
      '10 execve("/no", ["no"], 0x7ff /* 1 var */) = -1 ENOENT (No such file or directory)',
      `10 clone(${FORK}) = 11`,
    );
    const cut = "\xe2\x80\xa6";
    expect(processes[0]?.executed).toEqual([
      { program: "/bin/x", argv: ["x"] },
      { program: "/job/y", argv: ["y", 'a"b', `long${cut}`, "\xc3\xa9"] },
      { program: "/bin/z", argv: ["z", "a", cut] },
    ]);
    expect(processes[1]?.inherited?.program).toBe("/bin/z");
  });

  for (const end of ["unfinished ...", "pid changed to 10 ..."]) {
    it(`goes on under the number of the process when a thread executes: ${end}`, () => {
      const ledger = read(
        `10 clone(${THREAD}) = 11`,
        '11 open("/cloexec", O_RDONLY|O_CLOEXEC) = 3',
        `11 execve("/bin/y", ["y"], 0x7ff /* 1 var */ <${end}>`,
        "10 +++ superseded by execve in pid 11 +++",
        "10 <... execve resumed>) = 0",
        '10 openat(3, "x", O_RDONLY) = -1 EBADF (Bad file descriptor)',
        '10 open("a", O_RDONLY) = 3',
        "10 +++ exited with 4 +++",
      );
      expect(ledger.processes.map(({ executed, ended }) => [executed.at(-1)?.program, ended]))
        .toEqual([["/bin/y", { code: 4 }]]);
      expect([ledger.files.has("/job/a"), ledger.doubts.size]).toEqual([true, 0]);
    });
  }

  it("marks the call that strace loses after that", () => {
    const ledger = read(
      `10 clone(${THREAD}) = 11`,
      '11 execve("/bin/y", ["y"], 0x7ff /* 1 var */ <unfinished ...>',
      "10 +++ superseded by execve in pid 11 +++",
      "10 <... execve resumed>) = -1 (errno 18446744073709551359)",
    );
    expect(ledger.doubts.get("swallowed")).toBe(1);
    expect(ledger.processes[0]?.executed.at(-1)?.program).toBe("/bin/y");
  });
});

describe("what can't be seen", () => {
  it("notices io_uring", () => {
    const ledger = read("10 io_uring_setup(64, {flags=0, sq_entries=64}) = 3");
    expect(ledger.doubts.get("io-uring")).toBe(1);
    const refused = read("10 io_uring_setup(64, {flags=0}) = -1 ENOSYS (Function not implemented)");
    expect(refused.doubts.size).toBe(0);
  });

  it("notices other mounts", () => {
    const ledger = read(
      "10 unshare(CLONE_NEWNS) = 0",
      '10 pivot_root("/new", "/new/old") = 0',
      "10 setns(3, CLONE_NEWNET) = 0",
    );
    expect(ledger.doubts.get("namespace")).toBe(2);
  });
});
