/**
 * The set of opened files equals what an independent parser finds in the same log, and what a second
 * run under plain strace shows: for programs of different kinds.
 */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import {
  detectTracer,
  footprintOf,
  traceProgram,
  type Tracer,
} from "../../../lib/footprint/mod.ts";
import { bytesOf } from "../../../lib/footprint/trace/_path.ts";
import { findToolchain, isMissing } from "../../../lib/toolchain/mod.ts";
import { HERE, isHere, opensOf, secondOpinion } from "./_support.ts";

const PROGRAMS = join(HERE, "programs");

interface Kind {
  readonly name: string;
  /** What must be on this machine. */
  readonly needs: readonly string[];
  /** The command, with a folder that the program may write to. */
  readonly command: (folder: string) => readonly string[];
  /** Whether a second run opens the same files. */
  readonly deterministic: boolean;
  readonly processes?: number;
  readonly threads?: number;
}

let tools: string;
let python: string;

function build(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): void {
  const { success, stderr } = new Deno.Command(program, { args: [...args], env }).outputSync();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

const KINDS: readonly Kind[] = [
  {
    name: "a Python script with children",
    needs: ["python3"],
    command: (folder) => [python, join(PROGRAMS, "script.py"), folder],
    deterministic: true,
    processes: 6,
  },
  {
    name: "a Node script",
    needs: ["node"],
    command: (folder) => ["node", join(PROGRAMS, "script.mjs"), folder],
    deterministic: true,
  },
  {
    name: "a Deno script",
    needs: [],
    command: (folder) => [
      ...[Deno.execPath(), "run", "-A", "--no-config", "--no-lock"],
      ...[join(PROGRAMS, "script.ts"), folder],
    ],
    deterministic: false,
  },
  {
    name: "a Go program with goroutines and 50 children",
    needs: ["go"],
    command: (folder) => {
      const target = join(tools, "go");
      build("go", ["build", "-o", target, join(PROGRAMS, "main.go")], { GO111MODULE: "off" });
      return [target, folder];
    },
    deterministic: true,
    processes: 51,
  },
  {
    name: "a Rust program with threads and children",
    needs: ["rustc"],
    command: (folder) => {
      const target = join(tools, "rust");
      build("rustc", ["-o", target, join(PROGRAMS, "main.rs")]);
      return [target, folder];
    },
    deterministic: true,
    processes: 17,
  },
  {
    name: "a C program with 64 threads",
    needs: ["cc"],
    command: (folder) => {
      const target = join(tools, "threads");
      build("cc", ["-pthread", "-o", target, join(PROGRAMS, "threads.c")]);
      return [target, folder, "64"];
    },
    deterministic: true,
    threads: 63,
  },
  {
    name: "a shell script with pipes and jobs",
    needs: [],
    command: (folder) => ["sh", join(PROGRAMS, "script.sh"), folder],
    deterministic: true,
    processes: 9,
  },
  {
    name: "a server",
    needs: ["python3"],
    command: (folder) => [python, join(PROGRAMS, "server.py"), folder],
    deterministic: true,
  },
  {
    name: "a build with a hundred processes",
    needs: ["cc"],
    command: (folder) => ["sh", join(PROGRAMS, "build.sh"), folder],
    deterministic: true,
    processes: 100,
  },
  {
    name: "a program that looks at a whole tree of folders",
    needs: ["find"],
    command: () => ["find", PROGRAMS, "/etc", "-xdev", "-name", "*.c"],
    deterministic: true,
  },
];

/** Regular files among paths: those that are files now, and those that are gone. */
function regular(paths: readonly string[]): string[] {
  const decoder = new TextDecoder();
  return paths.filter((path) => !/^\/(?:proc|sys)(?:\/|$)|^\/dev\/(?:fd|std\w+)/.test(path))
    .filter((path) => {
      const text = decoder.decode(bytesOf(path));
      try {
        return Deno.statSync(text).isFile;
      } catch {
        // Gone, or a name that is no UTF-8; these programs open no other things that vanish.
        return true;
      }
    }).sort();
}

describe("the set of opened files", () => {
  let tracer: Tracer;

  beforeAll(async () => {
    tools = Deno.makeTempDirSync({ prefix: "versus-test-" });
    tracer = await detectTracer();
    const found = await findToolchain("cpython");
    python = isMissing(found) ? "python3" : found.realPath;
  });

  afterAll(() => {
    Deno.removeSync(tools, { recursive: true });
  });

  /** A new folder with what the programs look for. */
  function prepare(): string {
    const folder = join(tools, "run");
    Deno.mkdirSync(join(folder, "below"), { recursive: true });
    for (const name of ["one.txt", "two.txt"]) {
      Deno.writeTextFileSync(join(folder, name), "content\n");
    }
    return folder;
  }

  for (const { name, needs, command, deterministic, processes = 1, threads = 0 } of KINDS) {
    const test = needs.every(isHere) ? it : it.skip;
    test(`is that of an independent parser and of plain strace, for ${name}`, async () => {
      const folder = prepare();
      const argv = command(folder);
      const log = join(tools, "log");
      const run = await traceProgram({ argv, tracer, keepLog: log, stdin: "null", stdout: "null" });
      expect([run.exitCode, run.complete, [...run.ledger.doubts]]).toEqual([0, true, []]);

      const second = secondOpinion(log, run.cwd);
      expect(opensOf(run.ledger)).toEqual(second);
      const document = footprintOf(run);
      const counted = document.files.filter(({ kind }) => kind === "file" || kind === "gone");
      const expected = regular(Object.keys(second));
      expect(counted.length).toBe(expected.length);
      expect(
        counted.map(({ path, pathBase64 }) => pathBase64 === undefined ? path : atob(pathBase64))
          .sort(),
      )
        .toEqual(expected);
      expect(document.opened.count).toBe(expected.reduce((sum, path) => sum + second[path]!, 0));
      expect(document.processes.length).toBeGreaterThanOrEqual(processes);
      expect(document.processes.reduce((sum, one) => sum + one.threads, 0))
        .toBeGreaterThanOrEqual(threads);

      if (!deterministic) return;
      Deno.removeSync(folder, { recursive: true });
      prepare();
      const plain = join(tools, "plain");
      const { code } = await new Deno.Command("strace", {
        args: ["-f", "-o", plain, ...argv],
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).output();
      expect(code).toBe(0);
      expect(regular(Object.keys(secondOpinion(plain, run.cwd)))).toEqual(expected);
    });
  }
});
