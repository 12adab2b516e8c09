/** Builds and runs the programs of flipsum, and compares what they print with a loop of its own. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";

const FOLDER = fileURLToPath(new URL("../../scenarios/bench/flipsum", import.meta.url));

/** Where these are missing, CI fails; elsewhere their programs are skipped. */
const REQUIRED = ["cpython", "pypy", "go", "rust", "deno", "c"];
const IN_CI = Deno.env.get("CI") === "true";

const SIZES = [0, 1, 2, 7, 1000, 1001];
/** The last is more than most sizes above, so that some workers have nothing to do. */
const WORKERS = [1, 3, 4, 9];

const BAD_SIZES = ["", "x", "-1", "1.5", "1e3", "7x"];
const BAD_WORKERS = ["", "x", "-1", "0", "2.5", "4x"];

interface Program {
  name: string;
  toolchain: string;
  /** Whether it takes WORKERS after N. */
  parallel: boolean;
  /** Builds into a folder; absent for what is run from source. */
  build?: (executable: string, out: string) => { command: string[]; cwd: string };
  run: (executable: string, out: string) => string[];
}

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

async function start(command: string[], cwd = FOLDER): Promise<Ran> {
  const [program = "", ...args] = command;
  const output = await new Deno.Command(program, { args, cwd, stdin: "null" }).output();
  const decoder = new TextDecoder();
  return {
    code: output.code,
    stdout: decoder.decode(output.stdout),
    stderr: decoder.decode(output.stderr),
  };
}

/** The executable that a command names, when it starts and prints something. */
async function found(command: string[]): Promise<string | undefined> {
  try {
    const { code, stdout } = await start(command);
    return code === 0 && stdout !== "" ? stdout.trim() : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Toolchain name to executable; Python's real one, since `python3` may be a shim. */
async function findToolchains(): Promise<Map<string, string>> {
  async function present(name: string, ...check: string[]): Promise<string | undefined> {
    return await found([name, ...check]) === undefined ? undefined : name;
  }
  const executables: Record<string, string | undefined> = {
    cpython: await found(["python3", "-c", "import sys; print(sys.executable)"]),
    pypy: await found(["pypy3", "-c", "import sys; print(sys.executable)"]),
    go: await present("go", "version"),
    rust: await present("rustc", "--version"),
    deno: Deno.execPath(),
    c: await present("cc", "--version"),
    java: await present("javac", "--version") && await present("java", "--version"),
  };
  return new Map(Object.entries(executables).flatMap(([name, path]) => path ? [[name, path]] : []));
}

function python(toolchain: string): Program[] {
  return ["flipsum", "flipsum_threads", "flipsum_processes"].map((file, i) => ({
    name: toolchain + ["", "-threads", "-processes"][i],
    toolchain,
    parallel: i > 0,
    run: (executable) => [executable, join(FOLDER, "python", `${file}.py`)],
  }));
}

function go(name: string, folder: string): Program {
  return {
    name,
    toolchain: "go",
    parallel: folder !== "flipsum",
    build: (executable, out) => ({
      command: [executable, "build", "-trimpath", "-buildvcs=false", "-o", out, `./${folder}`],
      cwd: join(FOLDER, "go"),
    }),
    run: (_, out) => [join(out, folder)],
  };
}

function rust(name: string, file: string, options: string[]): Program {
  return {
    name,
    toolchain: "rust",
    parallel: file !== "flipsum",
    build: (executable, out) => ({
      command: [executable, "--edition", "2021", ...options, "--out-dir", out, `${file}.rs`],
      cwd: join(FOLDER, "rust"),
    }),
    run: (_, out) => [join(out, file)],
  };
}

function typescript(name: string, file: string): Program {
  const folder = join(FOLDER, "typescript");
  const options = ["--no-config", "--no-lock", "--no-remote", "--quiet", `--allow-read=${folder}`];
  return {
    name,
    toolchain: "deno",
    parallel: file !== "flipsum",
    run: (executable) => [executable, "run", ...options, join(folder, `${file}.ts`)],
  };
}

function c(name: string, file: string, options: string[]): Program {
  return {
    name,
    toolchain: "c",
    parallel: file !== "flipsum",
    build: (executable, out) => ({
      command: [executable, "-O2", ...options, "-o", join(out, file), `${file}.c`],
      cwd: join(FOLDER, "c"),
    }),
    run: (_, out) => [join(out, file)],
  };
}

const RELEASE = ["-C", "opt-level=3"];
const STRICT_C = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror"];

const PROGRAMS: Program[] = [
  ...python("cpython"),
  ...python("pypy"),
  go("go", "flipsum"),
  go("go-goroutines", "flipsum-goroutines"),
  rust("rust", "flipsum", [...RELEASE, "-D", "warnings"]),
  rust("rust-threads", "flipsum_threads", [...RELEASE, "-D", "warnings"]),
  rust("rust-debug", "flipsum", ["-g"]),
  rust("rust-debug-threads", "flipsum_threads", ["-g"]),
  typescript("typescript", "flipsum"),
  typescript("typescript-workers", "flipsum_workers"),
  c("c", "flipsum", STRICT_C),
  c("c-threads", "flipsum_threads", [...STRICT_C, "-pthread"]),
  {
    name: "java",
    toolchain: "java",
    parallel: false,
    build: (_, out) => ({
      command: ["javac", "-Werror", "-Xlint:all", "-d", out, "Flipsum.java"],
      cwd: join(FOLDER, "java"),
    }),
    run: (executable, out) => [executable, "-cp", out, "Flipsum"],
  },
];

/** The sum of a bit that is 0 at first and flips after each of n iterations. */
function sumOfFlips(n: number): bigint {
  let sum = 0n;
  let bit = 0n;
  for (let i = 0; i < n; i++) {
    sum += bit;
    bit = 1n - bit;
  }
  return sum;
}

/** The arguments to try: each size, and for parallel programs each with each number of workers. */
function goodArguments(program: Program): string[][] {
  return SIZES.flatMap((n) => program.parallel ? WORKERS.map((w) => [`${n}`, `${w}`]) : [[`${n}`]]);
}

/** What no program may take: too few, too many, and what is no whole number. */
function badArguments(program: Program): string[][] {
  if (!program.parallel) return [[], ["7", "1"], ...BAD_SIZES.map((n) => [n])];
  return [
    [],
    ["7"],
    ["7", "1", "1"],
    ...BAD_SIZES.map((n) => [n, "1"]),
    ...BAD_WORKERS.map((w) => ["7", w]),
  ];
}

const toolchains = await findToolchains();

for (const program of PROGRAMS) {
  const executable = toolchains.get(program.toolchain);
  if (executable !== undefined) {
    testProgram(program, executable);
  } else if (IN_CI && REQUIRED.includes(program.toolchain)) {
    it(`flipsum ${program.name} has its toolchain`, () => {
      throw new Error(`Found no ${program.toolchain}, which CI must have`);
    });
  } else {
    it.skip(`flipsum ${program.name}: there is no ${program.toolchain} here`, () => {});
  }
}

function testProgram(program: Program, executable: string): void {
  describe(`flipsum ${program.name}`, () => {
    let out = "";
    let command: string[] = [];

    beforeAll(async () => {
      out = await Deno.makeTempDir({ prefix: "flipsum-test-" });
      command = program.run(executable, out);
      const build = program.build?.(executable, out);
      if (build === undefined) return;
      const { code, stderr } = await start(build.command, build.cwd);
      if (code !== 0) throw new Error(`Building ${program.name} failed: ${stderr}`);
    });

    afterAll(async () => {
      await Deno.remove(out, { recursive: true });
    });

    it("prints the sum of the flips and nothing else", async () => {
      for (const args of goodArguments(program)) {
        const ran = await start([...command, ...args]);
        expect({ args, ...ran }).toEqual({
          args,
          code: 0,
          stdout: `${sumOfFlips(Number(args[0]))}\n`,
          stderr: "",
        });
      }
    });

    it("turns down bad arguments with exit code 2 and a message", async () => {
      for (const args of badArguments(program)) {
        const { code, stdout, stderr } = await start([...command, ...args]);
        expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: "" });
        expect(stderr).toMatch(/usage: /);
      }
    });
  });
}
