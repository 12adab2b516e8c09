/** Lines of strace of every shape. */
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { totalOf } from "../../../lib/footprint/trace/_ranges.ts";
import { opensOf, parse, timed } from "./_support.ts";

const EXEC = '10 execve("/bin/x", ["x", "-v"], 0x7ffe /* 3 vars */) = 0';

function read(...lines: string[]) {
  return parse(timed([EXEC, ...lines]));
}

describe("paths", () => {
  for (
    const [what, line, path] of [
      ["an absolute path", 'openat(AT_FDCWD, "/etc/x", O_RDONLY) = 3', "/etc/x"],
      ["a relative path", 'openat(AT_FDCWD, "a/b", O_RDONLY) = 3', "/job/a/b"],
      ["open without a folder", 'open("a", O_RDONLY|O_CLOEXEC) = 3', "/job/a"],
      ["creat", 'creat("a", 0644)     = 3', "/job/a"],
      ["openat2", 'openat2(AT_FDCWD, "a", {flags=O_RDONLY, resolve=0}, 24) = 3', "/job/a"],
      ["dots", 'open("./../x/./y//z/../w/", O_RDONLY) = 3', "/x/y/w"],
      ["dots above the root", 'open("/../../etc/x", O_RDONLY) = 3', "/etc/x"],
      ["a hidden file", 'open("/a/.b/..c", O_RDONLY) = 3', "/a/.b/..c"],
      ["a slash at the end", 'open("/a/", O_RDONLY|O_DIRECTORY) = 3', "/a"],
      ["the root", 'open("/", O_RDONLY|O_DIRECTORY) = 3', "/"],
      ["an empty path", 'openat(AT_FDCWD, "", O_RDONLY|O_PATH) = 3', "/job"],
      ["quotes and backslashes", String.raw`open("/a\"b\\", O_RDONLY) = 3`, '/a"b\\'],
      [
        "line feeds and tabs",
        String.raw`open("/a\nb\tc\vd\fe\rf", O_RDONLY) = 3`,
        "/a\nb\tc\vd\fe\rf",
      ],
      ["octal escapes", String.raw`open("/\1\12\0033\377x", O_RDONLY) = 3`, "/\x01\n\x033\xffx"],
      ["hexadecimal escapes", String.raw`open("/\x61\xff\x0a0", O_RDONLY) = 3`, "/a\xff\n0"],
      ["an escaped escape", String.raw`open("/\\x61", O_RDONLY) = 3`, "/\\x61"],
      ["a path like a result", 'open("/x\\") = 5", O_RDONLY) = 3', '/x") = 5'],
      [
        "a path like an unfinished call",
        'open("/x <unfinished ...>", O_RDONLY) = 3',
        "/x <unfinished ...>",
      ],
      ["a result with flags", 'open("/x", O_RDONLY) = 0x3 (flags O_RDONLY)', "/x"],
      ["a mode", 'openat(AT_FDCWD, "/x", O_RDWR|O_CREAT|O_EXCL, 0600)  = 3', "/x"],
      ["an unknown flag", 'open("/x", O_RDONLY|0x4000000) = 3', "/x"],
      ["a deleted file", 'open("/tmp/was (deleted)", O_RDONLY) = 3', "/tmp/was (deleted)"],
    ] as const
  ) {
    it(`reads ${what}`, () => {
      const ledger = read(`10 ${line}`);
      expect(opensOf(ledger)).toEqual({ [path]: 1 });
      expect(ledger.doubts.size).toBe(0);
    });
  }

  it("starts at a folder's descriptor", () => {
    const ledger = read(
      '10 open("sub", O_RDONLY|O_DIRECTORY) = 3',
      '10 openat(3, "../f", O_RDONLY) = 4',
      "10 dup(3) = 7",
      '10 openat(7, "g", O_RDONLY) = 5',
      "10 fcntl(7, F_DUPFD_CLOEXEC, 0) = 8",
      '10 openat(8, "h", O_RDONLY) = 6',
      "10 dup3(8, 20, O_CLOEXEC) = 20",
      '10 openat2(20, "/etc/i", {flags=O_RDONLY, resolve=RESOLVE_IN_ROOT}, 24) = 9',
    );
    expect(opensOf(ledger)).toEqual({
      "/job/sub": 1,
      "/job/f": 1,
      "/job/sub/g": 1,
      "/job/sub/h": 1,
      "/job/sub/etc/i": 1,
    });
    expect(ledger.doubts.size).toBe(0);
  });

  it("follows the working directory", () => {
    const ledger = read(
      '10 chdir("sub") = 0',
      '10 open("a", O_RDONLY) = 3',
      '10 chdir("/no") = -1 ENOENT (No such file or directory)',
      '10 open("b", O_RDONLY) = 3',
      '10 open("/else", O_RDONLY|O_DIRECTORY) = 4',
      "10 fchdir(4) = 0",
      '10 open("c", O_RDONLY) = 5',
    );
    expect(Object.keys(opensOf(ledger))).toEqual([
      "/job/sub/a",
      "/job/sub/b",
      "/else",
      "/else/c",
    ]);
  });

  it("sees paths in another root from outside", () => {
    const ledger = read(
      '10 chroot("jail") = 0',
      '10 chdir("/") = 0',
      '10 open("/etc/a", O_RDONLY) = 3',
      '10 open("b", O_RDONLY) = 4',
    );
    expect(Object.keys(opensOf(ledger))).toEqual(["/job/jail/etc/a", "/job/jail/b"]);
    expect(ledger.doubts.get("namespace")).toBe(1);
  });

  it("marks what can't be told, and does not count it", () => {
    const ledger = read(
      '10 openat(99, "a", O_RDONLY) = 3',
      "10 open(0x7ffe12, O_RDONLY) = 4",
      "10 open_by_handle_at(5, {handle_bytes=8, handle_type=1, f_handle=0x12}, O_RDONLY) = 6",
      `10 open("/${"x".repeat(50)}"..., O_RDONLY) = 7`,
    );
    expect(opensOf(ledger)).toEqual({});
    expect(ledger.doubts.get("unresolved")).toBe(4);
  });

  it("forgets what a descriptor was when it is closed", () => {
    const ledger = read(
      '10 open("/a", O_RDONLY) = 3',
      "10 close(3) = 0",
      "10 read(0x3, 0x7ff, 0x10) = 0x10",
      '10 openat(3, "x", O_RDONLY) = 4',
      '10 open("/b", O_RDONLY) = 3',
      "10 close_range(3, 4294967295, 0) = 0",
      "10 read(0x3, 0x7ff, 0x10) = 0x10",
    );
    expect([...ledger.files.values()].map(({ readBytes }) => readBytes)).toEqual([0, 0]);
    expect(ledger.doubts.get("unresolved")).toBe(1);
  });
});

describe("calls that do not open", () => {
  it("counts what was looked for and is not there", () => {
    const { misses, files } = read(
      '10 openat(AT_FDCWD, "/a/x.so", O_RDONLY) = -1 ENOENT (No such file or directory)',
      '10 newfstatat(AT_FDCWD, "/a/b", 0x7ff, 0) = -1 ENOENT (No such file or directory)',
      '10 stat("/a/b/c", 0x7ff)    = -1 ENOTDIR (Not a directory)',
      '10 statx(AT_FDCWD, "/a", AT_STATX_SYNC_AS_STAT, STATX_ALL, 0x7ff) = -1 ENOENT (No such file)',
      '10 access("/a", R_OK) = -1 ENOENT (No such file or directory)',
      '10 faccessat2(AT_FDCWD, "/a", R_OK, AT_EACCESS) = -1 ENOENT (No such file or directory)',
      '10 readlink("/a", 0x7ff, 4095) = -1 ENOENT (No such file or directory)',
      '10 execve("/b/ls", ["ls"], 0x7ff /* 1 var */) = -1 ENOENT (No such file or directory)',
    );
    expect(Object.fromEntries(misses.bySyscall)).toEqual({
      openat: 1,
      newfstatat: 1,
      stat: 1,
      statx: 1,
      access: 1,
      faccessat2: 1,
      readlink: 1,
      execve: 1,
    });
    expect([misses.count, files.size]).toEqual([8, 0]);
  });

  it("counts neither what was found nor what failed otherwise", () => {
    const ledger = read(
      '10 stat("/a", {st_mode=S_IFREG|0644, st_size=12, ...}) = 0',
      '10 readlink("/a", 0x7ff, 4095) = -1 EINVAL (Invalid argument)',
      '10 open("/a", O_RDONLY) = -1 EACCES (Permission denied)',
      '10 open("/a", O_RDONLY) = -1 EMFILE (Too many open files)',
      '10 open("/a", O_RDONLY) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)',
      '10 open("/a", O_RDONLY <unfinished ...>) = ?',
    );
    expect([ledger.misses.count, ledger.files.size, ledger.doubts.size]).toEqual([0, 0, 0]);
  });

  it("passes over signals, notes and calls that it does not know", () => {
    const ledger = read(
      "10 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=11} ---",
      "10 [ Process PID=10 runs in 32 bit mode. ]",
      "10 brk(NULL) = 0x55",
      "10 syscall_0x1bc(0x1, 0x2) = -1 (errno 38)",
      "10 futex(0x7f, FUTEX_WAIT, 2, NULL) = 0",
    );
    expect([ledger.files.size, ledger.doubts.size, ledger.lines]).toEqual([0, 0, 6]);
  });
});

describe("bytes", () => {
  it("adds up what was read, through copies of the descriptor too", () => {
    const ledger = read(
      '10 open("/a", O_RDONLY) = 3',
      "10 read(0x3, 0x7ff, 0x10) = 0xa",
      "10 dup2(3, 5) = 5",
      "10 pread64(0x5, 0x7ff, 0x10, 0) = 0x5",
      "10 readv(0x5, 0x7ff, 0x1) = 0x3",
      "10 read(0x3, 0x7ff, 0x10) = -1 EAGAIN (Resource temporarily unavailable)",
      "10 sendfile(9, 3, NULL, 100) = 100",
      "10 copy_file_range(3, [0] => [50], 9, NULL, 50, 0) = 50",
      "10 read(0x63, 0x7ff, 0x10) = 0xa",
    );
    expect(ledger.files.get("/a")?.readBytes).toBe(168);
    expect(ledger.doubts.size).toBe(0);
  });

  it("counts what is mapped twice once, and memory without a file never", () => {
    const ledger = read(
      '10 open("/a", O_RDONLY) = 3',
      "10 mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7f0",
      "10 mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, 3, 0) = 0x7f0",
      "10 mmap(NULL, 1000, PROT_READ, MAP_PRIVATE, 3, 0) = 0x7f0",
      "10 mmap(0x7f0, 1000, PROT_READ, MAP_PRIVATE|MAP_FIXED, 3, 0x1f4) = 0x7f0",
      "10 mmap(NULL, 10, PROT_READ, MAP_SHARED, 3, 0x1000) = 0x7f0",
      "10 mmap(NULL, 10, PROT_READ, MAP_SHARED, 3, 0) = -1 ENOMEM (Cannot allocate memory)",
      "10 mmap(NULL, 10, PROT_READ, MAP_SHARED, 99, 0) = 0x7f0",
    );
    const { mapped } = ledger.files.get("/a")!;
    expect(mapped).toEqual([0, 1500, 4096, 4106]);
    expect([totalOf(mapped), totalOf(mapped, 4100)]).toEqual([1510, 1504]);
  });

  it("joins ranges in any order", () => {
    const at = (offset: number, length: number) =>
      `10 mmap(NULL, ${length}, PROT_READ, MAP_PRIVATE, 3, ${offset}) = 0x7f0`;
    const ledger = read('10 open("/a", O_RDONLY) = 3', at(30, 5), at(10, 5), at(20, 5), at(14, 17));
    expect(ledger.files.get("/a")?.mapped).toEqual([10, 35]);
  });

  it("knows when the first output came", () => {
    const fds = new Map([[1, { output: true, cloexec: false }]]);
    const lines = timed([
      EXEC,
      "10 write(0x3, 0x7ff, 0x10) = 0x10",
      "10 dup2(1, 6) = 6",
      "10 write(0x6, 0x7ff, 0x10) = 0x10",
      "10 write(0x1, 0x7ff, 0x10) = 0x10",
    ]);
    expect(parse(lines, { fds }).firstOutputNs).toBe(4e6);
    expect(parse(lines).firstOutputNs).toBeUndefined();
  });
});

describe("calls in two parts", () => {
  it("puts them together, however many are under way", () => {
    const ledger = read(
      "10 clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD) = 11",
      '10 openat(AT_FDCWD, "/a", O_RDONLY <unfinished ...>',
      '11 openat(AT_FDCWD, "/b",  <unfinished ...>',
      "10 <... openat resumed>) = 3",
      "11 <... openat resumed>O_RDONLY|O_CLOEXEC) = 3",
      '11 newfstatat(AT_FDCWD, "/c",  <unfinished ...>',
      "10 read(0x3,  <unfinished ...>",
      "11 <... newfstatat resumed>0x7ff, 0) = -1 ENOENT (No such file or directory)",
      "10 <... read resumed>0x7ff, 0x10) = 0x10",
    );
    expect(opensOf(ledger)).toEqual({ "/a": 1, "/b": 1 });
    expect(ledger.files.get("/a")?.readBytes).toBe(16);
    expect([ledger.misses.count, ledger.doubts.size]).toEqual([1, 0]);
  });

  it("does not count a call that never returns", () => {
    const ledger = read(
      '10 openat(AT_FDCWD, "/a", O_RDONLY <unfinished ...>',
      "10 +++ killed by SIGKILL +++",
    );
    expect([ledger.files.size, ledger.doubts.size]).toEqual([0, 0]);
  });

  it("reads calls that strace lost sight of when their process ended", () => {
    const ledger = read(
      "10 ???( <unfinished ...>",
      "10 <... ??? resumed>) = ?",
      '10 openat(AT_FDCWD, "/a", O_RDONLY <unfinished ...>',
      "10 <... openat resumed>) = ? <unavailable>",
      "10 close(3 <unfinished ...>",
      "10 <... close resumed>) = ? <unavailable>",
      "10 +++ exited with 0 +++",
    );
    expect([ledger.files.size, ledger.doubts.size]).toEqual([0, 0]);
  });

  it("marks a call whose end is missing", () => {
    const ledger = read(
      '10 openat(AT_FDCWD, "/a", O_RDONLY <unfinished ...>',
      '10 openat(AT_FDCWD, "/b", O_RDONLY) = 3',
    );
    expect(opensOf(ledger)).toEqual({ "/b": 1 });
    expect(ledger.doubts.get("damaged")).toBe(1);
  });

  it("gives a number away when its close begins", () => {
    const ledger = read(
      "10 clone3({flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_THREAD, stack=0x7f} => {}, 88) = 11",
      '10 open("/a", O_RDONLY) = 3',
      "10 close(3 <unfinished ...>",
      '11 open("/b", O_RDONLY) = 3',
      "10 <... close resumed>) = 0",
      "11 read(0x3, 0x7ff, 0x10) = 0x10",
    );
    expect(ledger.files.get("/b")?.readBytes).toBe(16);
  });
});

describe("sockets", () => {
  it("tells whom it reached, and how that failed", () => {
    const { sockets } = read(
      "10 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_TCP) = 3",
      '10 connect(3, {sa_family=AF_INET, sin_port=htons(22), sin_addr=inet_addr("192.0.2.1")}, 16) = -1 EINPROGRESS (Operation now in progress)',
      '10 connect(3, {sa_family=AF_INET, sin_port=htons(22), sin_addr=inet_addr("192.0.2.1")}, 16) = 0',
      "10 socket(AF_INET6, SOCK_DGRAM, IPPROTO_IP) = 4",
      '10 connect(4, {sa_family=AF_INET6, sin6_port=htons(53), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = -1 ENETUNREACH (Network is unreachable)',
      String
        .raw`10 connect(5, {sa_family=AF_UNIX, sun_path="/run/a\"b"}, 110) = -1 ENOENT (No such file or directory)`,
      '10 bind(6, {sa_family=AF_UNIX, sun_path=@"name"}, 7) = 0',
      '10 sendto(7, "sa_family=AF_INET"..., 40, 0, {sa_family=AF_INET, sin_port=htons(161), sin_addr=inet_addr("192.0.2.2")}, 16) = 40',
      '10 sendto(7, "x", 1, 0, NULL, 0) = 1',
      '10 sendmsg(8, {msg_name={sa_family=AF_INET, sin_port=htons(162), sin_addr=inet_addr("192.0.2.3")}, msg_namelen=16, msg_iov=[], msg_flags=0}, 0) = 1',
      "10 sendmsg(8, {msg_name=NULL, msg_namelen=0, msg_iov=[], msg_flags=0}, 0) = 1",
      '10 sendmmsg(8, [{msg_hdr={msg_name={sa_family=AF_INET, sin_port=htons(163), sin_addr=inet_addr("192.0.2.4")}}}], 1, 0) = 1',
      '10 connect(3, {sa_family=AF_UNSPEC, sa_data=""}, 16) = 0',
    );
    expect([...sockets.values()]).toEqual([
      { family: "inet", address: "192.0.2.1", port: 22, type: "stream", use: "connect", count: 2 },
      {
        family: "inet6",
        address: "2001:db8::1",
        port: 53,
        type: "dgram",
        use: "connect",
        error: "ENETUNREACH",
        count: 1,
      },
      { family: "unix", address: '/run/a"b', use: "connect", error: "ENOENT", count: 1 },
      { family: "unix", address: "@name", use: "bind", count: 1 },
      { family: "inet", address: "192.0.2.2", port: 161, use: "send", count: 1 },
      { family: "inet", address: "192.0.2.3", port: 162, use: "send", count: 1 },
      { family: "inet", address: "192.0.2.4", port: 163, use: "send", count: 1 },
    ]);
  });
});

describe("logs that are damaged", () => {
  for (
    const [what, line] of [
      ["no process", 'openat(AT_FDCWD, "/a", O_RDONLY) = 3'],
      ["no time", '10 openat(AT_FDCWD, "/a", O_RDONLY) = 3'],
      ["an open string", '10 0.1 openat(AT_FDCWD, "/a, O_RDONLY) = 3'],
      ["no result", '10 0.1 openat(AT_FDCWD, "/a", O_RDONLY)'],
      ["half a result", '10 0.1 openat(AT_FDCWD, "/a", O_RDONLY) ='],
      [
        "two lines in one",
        '10 0.1 openat(AT_FDCWD, "/a10 0.1 openat(AT_FDCWD, "/a", O_RDONLY) = 3',
      ],
      ["two calls in one", '10 0.1 openat(AT_FDCWD, "/a", O_R10 0.1 close(5) = 0'],
      ["a rest without a beginning", "10 0.1 <... openat resumed>) = 3"],
      ["a byte that strace does not print", '10 0.1 openat(AT_FDCWD, "/a\xff", O_RDONLY) = 3'],
      ["nothing behind the time", "10 0.1 "],
      ["nothing at all", ""],
      ["an end that is none", "10 0.1 +++ exited with +++"],
      ["garbage", "\x00\xfe\xff garbage"],
    ] as const
  ) {
    it(`marks ${what}`, () => {
      const ledger = parse([...timed([EXEC]), line, ...timed(['10 open("/b", O_RDONLY) = 3'])]);
      expect(ledger.doubts.get("damaged")).toBe(1);
      expect(opensOf(ledger)).toEqual({ "/b": 1 });
    });
  }

  it("marks a last line that is cut", () => {
    const whole = timed([EXEC, '10 open("/a", O_RDONLY) = 3']).join("\n");
    const ledger = parse(whole);
    expect(ledger.doubts.get("damaged")).toBe(1);
    expect(ledger.files.size).toBe(0);
  });

  it("marks a line of many megabytes, and reads on behind it", () => {
    const [exec, open] = timed([EXEC, '10 open("/b", O_RDONLY) = 3']);
    const long = `10 0.1 open("/${"x".repeat(10 << 20)}", O_RDONLY) = 3`;
    const ledger = parse([exec!, long, open!], { chunk: 1 << 16 });
    expect(opensOf(ledger)).toEqual({ "/b": 1 });
    expect(ledger.doubts.get("damaged")).toBe(1);
  });

  it("does not depend on where the pieces are cut", () => {
    const lines = timed([
      EXEC,
      '10 openat(AT_FDCWD, "/a", O_RDONLY <unfinished ...>',
      "10 <... openat resumed>) = 3",
      "10 read(0x3, 0x7ff, 0x10) = 0x10",
      '10 stat("/no", 0x7ff) = -1 ENOENT (No such file or directory)',
    ]);
    for (let chunk = 1; chunk < 200; chunk++) {
      const { files, misses, doubts, lines: count } = parse(lines, { chunk });
      expect([files.get("/a")?.readBytes, misses.count, doubts.size, count]).toEqual([16, 1, 0, 5]);
    }
  });
});
