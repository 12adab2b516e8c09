// Reads a log of 300,000 lines and prints how many bytes the reader holds on to, and what it found.
// usage: deno run --v8-flags=--expose-gc memory.ts
import { createTraceParser } from "../../../../lib/footprint/trace/parser.ts";

const LINES = 300_000;

/** Files come again; addresses, folders that are missed, and processes are new each time. */
function lineOf(i: number): string {
  switch (i % 4) {
    case 0:
      return `1 0.000001 openat(AT_FDCWD, "/lib/file-${i % 1000}", O_RDONLY|O_CLOEXEC) = 3`;
    case 1:
      return `1 0.000001 newfstatat(AT_FDCWD, "/miss/${i}/x", 0x7ffe, 0) = -1 ENOENT (No such file or directory)`;
    case 2:
      return `1 0.000001 connect(3, {sa_family=AF_INET, sin_port=htons(${i % 60_000}), ` +
        `sin_addr=inet_addr("10.0.0.${i % 250}")}, 16) = 0`;
    default:
      return "1 0.000001 read(0x3, 0x7ffe00, 0x1000) = 0x1000";
  }
}

/** What is held, once all that is not has been swept up. */
function held(): number {
  (globalThis as unknown as { gc(): void }).gc();
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

const encoder = new TextEncoder();
const parser = createTraceParser({ cwd: "/", fds: new Map() });
parser.push(encoder.encode('1 0.000001 execve("/bin/x", ["x"], 0x7ffe /* 3 vars */) = 0\n'));
const before = held();
for (let i = 0; i < LINES; i += 1000) {
  const lines = Array.from({ length: 1000 }, (_, k) => `${lineOf(i + k)}\n`);
  parser.push(encoder.encode(lines.join("")));
}
const bytes = held() - before;
const { files, misses, sockets, doubts, lines } = parser.finish();
console.log(JSON.stringify({
  bytes,
  lines,
  files: files.size,
  groups: misses.groups.size,
  misses: misses.count,
  sockets: sockets.size,
  doubts: [...doubts],
}));
