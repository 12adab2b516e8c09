/** A small footprint, for what is made of footprints. */
import type { FootprintDocument, TracedFile } from "../../../lib/footprint/mod.ts";

function file(path: string, bytes: number, owner?: string): TracedFile {
  return {
    path,
    kind: "file",
    ...(owner === undefined ? {} : { owner }),
    rule: owner === undefined ? "unattributed" : "python-record",
    bytes,
    readBytes: bytes / 2,
    mappedBytes: 0,
    opens: 1,
    firstAtS: 0.01,
  };
}

/** Makes the footprint: three regular files, of which one is nobody's, and a folder. */
export function footprint(): FootprintDocument {
  return {
    schema: "versus.footprint/1",
    command: ["python3", "app.py", "a b"],
    cwd: "/srv",
    startedAt: "2025-01-02T03:04:05.678Z",
    exitCode: 0,
    method: "strace-seccomp",
    opened: { count: 3, unique: 3 },
    missed: {
      count: 12,
      bySyscall: { openat: 2, newfstatat: 10 },
      byPath: [{ path: "/usr/lib", count: 11, search: "loader" }, { path: "/srv", count: 1 }],
    },
    bytes: { onDisk: 350, read: 175, mapped: 0 },
    files: [
      file("/lib/a.py", 100, "pypi:thing@1.0"),
      file("/lib/b.py", 200, "pypi:thing@1.0"),
      file("/srv/odd", 50),
      { ...file("/srv", 0), kind: "directory" },
    ],
    packages: [
      {
        ...{ ecosystem: "pypi", name: "thing", version: "1.0", files: 2, bytes: 300 },
        ...{ declared: true, installed: true, opened: true, direct: true, late: true },
      },
      {
        ...{ ecosystem: "deb", name: "libc6", files: 1, bytes: 10 },
        ...{ declared: false, installed: true, opened: true, direct: false },
      },
    ],
    sockets: [
      {
        family: "inet6",
        address: "2001:db8::1",
        port: 443,
        type: "stream",
        use: "connect",
        count: 1,
      },
      { family: "unix", address: "/run/x", use: "connect", error: "ENOENT", count: 2 },
    ],
    processes: [
      {
        pid: 10,
        argv: ["python3", "app.py", "a b"],
        program: "/usr/bin/python3",
        threads: 2,
        exitCode: 0,
      },
      { pid: 11, parent: 10, argv: ["sh"], threads: 0, exitCode: 137, signal: "SIGKILL" },
    ],
    environment: { PYTHONPATH: "/srv/lib" },
    time: { untracedS: 0.03, tracedS: 0.05, firstOutputS: 0.04 },
    warnings: [{ code: "static", message: "It is static", advice: "Look inside" }],
  };
}
