/** Programs under strace: how they end, and that nothing of them is left. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterEach, beforeAll, beforeEach, describe, it } from "@std/testing/bdd";
import { VersusError } from "../../../lib/error.ts";
import {
  detectTracer,
  footprintOf,
  type TraceOptions,
  traceProgram,
  type Tracer,
  type TraceRun,
} from "../../../lib/footprint/mod.ts";
import { warningsOf } from "../../../lib/footprint/trace/_honesty.ts";
import { StartError } from "../../../lib/process/mod.ts";
import { HERE, isHere, processesWith } from "./_support.ts";

const PROGRAMS = join(HERE, "programs");

/** A number of seconds that no other process sleeps. */
function mark(): string {
  return `77${crypto.getRandomValues(new Uint32Array(1))[0]}`;
}

describe("tracing", () => {
  let tracer: Tracer;
  let folder: string;

  beforeAll(async () => {
    tracer = await detectTracer();
  });

  beforeEach(() => {
    folder = Deno.makeTempDirSync({ prefix: "versus-test-" });
  });

  afterEach(() => {
    Deno.removeSync(folder, { recursive: true });
  });

  async function trace(argv: string[], options: Partial<TraceOptions> = {}): Promise<TraceRun> {
    return await traceProgram({
      argv,
      tracer,
      cwd: folder,
      stdin: "null",
      stdout: "null",
      stderr: "null",
      ...options,
    });
  }

  function compile(name: string, ...options: string[]): string {
    const target = join(folder, name);
    const { success, stderr } = new Deno.Command("cc", {
      args: ["-pthread", ...options, "-o", target, join(PROGRAMS, `${name}.c`)],
    }).outputSync();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return target;
  }

  for (
    const [what, script, code, signal] of [
      ["an exit code", "exit 42", 42, undefined],
      ["a signal", "kill -TERM $$", 143, "SIGTERM"],
      ["a signal that can't be caught", "kill -KILL $$", 137, "SIGKILL"],
      ["a crash", "kill -SEGV $$", 139, "SIGSEGV"],
      ["a program that it executed", "exec sh -c 'exit 7'", 7, undefined],
    ] as const
  ) {
    it(`tells ${what}`, async () => {
      const run = await trace(["sh", "-c", script]);
      expect([run.exitCode, run.signal, run.complete]).toEqual([code, signal, true]);
      const [root] = footprintOf(run).processes;
      expect([root?.exitCode, root?.signal]).toEqual([code, signal]);
    });
  }

  it("keeps the program's environment, arguments, limits and working directory", async () => {
    const script = 'ulimit -n >"$1"; pwd >>"$1"; printf "%s\\n" "$0" "$#" "$2" >>"$1"; ' +
      'env -0 | sort -z >>"$1"';
    const env = {
      PATH: Deno.env.get("PATH")!,
      SHLVL: "7",
      PWD: "/wrong",
      IFS: "x",
      "not.a-name": "1",
      LINES: "a\nb",
    };
    const args = ["sh", "-c", script, "zero"];
    await trace([...args, "traced", "a  b\n'c'"], { env });
    await new Deno.Command("sh", {
      args: [...args.slice(1), "untraced", "a  b\n'c'"],
      cwd: folder,
      env,
      clearEnv: true,
    }).output();
    const [traced, untraced] = ["traced", "untraced"].map((name) =>
      Deno.readTextFileSync(join(folder, name))
    );
    // Deno raises the limit of open files for what it starts itself.
    expect(traced!.slice(traced!.indexOf("\n"))).toBe(untraced!.slice(untraced!.indexOf("\n")));
    const own = new Deno.Command("python3", {
      args: [
        "-c",
        "import os,re;" +
        "print(re.search(r'open files +(\\w+)', open(f'/proc/{os.getppid()}/limits').read())[1])",
      ],
    });
    expect(traced!.split("\n")[0]).toMatch(/^\d+$/);
    expect((await own.output()).success).toBe(true);
  });

  it("keeps the log that is asked for, and no other", async () => {
    const log = join(folder, "kept.log");
    const temporary = join(folder, "temporary");
    Deno.mkdirSync(temporary);
    const before = Deno.env.get("TMPDIR");
    Deno.env.set("TMPDIR", temporary);
    try {
      await trace(["true"], { keepLog: log });
      const run = await trace(["true"]);
      expect(run.ledger.lines).toBeGreaterThan(3);
    } finally {
      if (before === undefined) Deno.env.delete("TMPDIR");
      else Deno.env.set("TMPDIR", before);
    }
    expect(Deno.readTextFileSync(log)).toMatch(
      /^\d+ +\d\.\d+ execve\(.*\n[^]*\+\+\+ exited with 0/,
    );
    expect([...Deno.readDirSync(temporary)]).toEqual([]);
    await expect(trace(["true"], { keepLog: "/dev/full" })).rejects.toThrow("regular file");
    await expect(trace(["true"], { keepLog: join(folder, "no/log") })).rejects.toThrow(VersusError);
  });

  it("tells programs that can't be started apart", async () => {
    const script = join(folder, "script");
    Deno.writeTextFileSync(script, "#!/no/such/interpreter\n", { mode: 0o755 });
    const foreign = join(folder, "foreign");
    Deno.writeTextFileSync(foreign, "\x7fELF of no machine", { mode: 0o755 });
    for (
      const [argv, failure] of [
        [["no-such-program"], "not-found"],
        [["./no-such-program"], "not-found"],
        [[folder], "not-executable"],
        [["/etc/passwd"], "not-executable"],
        [[script], "not-executable"],
        [[foreign], "not-executable"],
        [[""], "not-found"],
      ] as const
    ) {
      const error = await trace([...argv]).then(() => undefined, (error) => error);
      expect(error).toBeInstanceOf(StartError);
      expect([argv, (error as StartError).failure]).toEqual([argv, failure]);
    }
  });

  it("ends the program and all that it started when the time is up", async () => {
    const sleep = mark();
    const run = await trace(
      ["sh", "-c", `trap "" TERM INT; setsid sleep ${sleep} & sleep ${sleep}`],
      { forS: 0.5 },
    );
    expect([run.ended, run.endedProcesses, run.exitCode]).toEqual(["time", 3, 137]);
    expect(footprintOf(run).partial?.reason).toContain("time was up");
    expect(processesWith(sleep)).toEqual([]);
  });

  it("ends a program that opens no new files any more", async () => {
    const sleep = mark();
    const script = 'for i in 1 2 3 4 5; do echo >"$i"; sleep 0.2; done; ' +
      `while :; do cat 1 >/dev/null; sleep 0.1; [ -e never ] && sleep ${sleep}; done`;
    const run = await trace(["sh", "-c", script], { untilIdleS: 0.8 });
    expect([run.ended, run.signal]).toEqual(["idle", "SIGTERM"]);
    const opened = [...run.ledger.files.keys()].filter((path) => path.startsWith(folder));
    expect(opened.sort()).toEqual([1, 2, 3, 4, 5].map((name) => join(folder, `${name}`)));
    expect(processesWith(sleep)).toEqual([]);
  });

  it("ends what a program leaves behind, wherever it has gone", async () => {
    const sleep = mark();
    const run = await trace(["python3", join(PROGRAMS, "daemon.py"), sleep]);
    expect([run.exitCode, run.ended, run.endedProcesses]).toEqual([0, "left-behind", 1]);
    const { partial, warnings } = footprintOf(run);
    expect(partial?.reason).toContain("left behind");
    expect(warnings.map(({ code }) => code)).toContain("left-behind");
    expect(processesWith(sleep)).toEqual([]);
  });

  it("waits for what ends by itself soon after the program", async () => {
    const run = await trace(["sh", "-c", "(sleep 0.3; echo >late) & exit 0"]);
    expect([run.ended, run.ledger.files.has(join(folder, "late"))]).toEqual([undefined, true]);
  });

  it("ends everything when it is interrupted, and keeps what was found", async () => {
    const sleep = mark();
    const controller = new AbortController();
    const running = trace(
      ["sh", "-c", `trap "" TERM INT; echo >started; setsid sleep ${sleep} & sleep ${sleep}`],
      { signal: controller.signal },
    );
    const watcher = Deno.watchFs(folder);
    for await (const { paths } of watcher) {
      if (paths.some((path) => path.endsWith("started"))) break;
    }
    controller.abort("SIGINT");
    const run = await running;
    expect([run.ended, run.exitCode]).toEqual(["aborted", 137]);
    expect(run.ledger.files.has(join(folder, "started"))).toBe(true);
    expect(processesWith(sleep)).toEqual([]);
  });

  const cc = isHere("cc") ? it : it.skip;

  cc("says that io_uring hides files", async () => {
    const run = await trace([compile("ring")]);
    // The kernel of this machine may refuse io_uring.
    const expected = run.exitCode === 0;
    const { partial, warnings } = footprintOf(run);
    expect(warnings.some(({ code }) => code === "io-uring")).toBe(expected);
    expect(partial?.reason.includes("io_uring") ?? false).toBe(expected);
  });

  cc("says that a static binary opens none of what it is made of", async () => {
    const run = await trace([compile("nothing", "-static")]);
    expect(footprintOf(run).warnings.map(({ code }) => code)).toContain("static");
    const dynamic = await trace(["true"]);
    expect(footprintOf(dynamic).warnings).toEqual([]);
    // Also of one that a script starts.
    const [warning] = footprintOf(await trace(["sh", "-c", "./nothing; ./nothing; :"])).warnings;
    expect(warning).toMatchObject({ code: "static" });
    expect(warning!.message).toContain(`${join(folder, "nothing")} is linked statically`);
  });

  it("says that a set-user-ID program ran without the rights of its owner", async () => {
    const program = join(folder, "program");
    Deno.copyFileSync("/bin/true", program);
    Deno.chmodSync(program, 0o4755);
    const run = await trace([program]);
    const codes = (privileged: boolean) => warningsOf(run, privileged).map(({ code }) => code);
    expect([codes(false), codes(true)]).toEqual([["set-uid"], []]);
    expect(warningsOf(run, false)[0]!.message).toContain(program);
  });

  it("says that a shim is counted with the program that it finds", async () => {
    const shim = join(folder, "shims", "tool");
    Deno.mkdirSync(join(folder, "shims"));
    Deno.writeTextFileSync(shim, "#!/bin/sh\nexec cat /etc/passwd\n", { mode: 0o755 });
    const [warning] = footprintOf(await trace([shim])).warnings;
    expect(warning).toMatchObject({ code: "shim" });
    expect([warning!.message, warning!.advice]).toEqual([
      expect.stringContaining(shim),
      expect.stringMatching(/\/bin\/cat$/),
    ]);
  });

  for (const seccomp of [true, false]) {
    it(`ends all and marks the rest if strace is ended, ${seccomp ? "with" : "without"} seccomp`, async () => {
      const sleep = mark();
      const script = `(sleep ${sleep}; echo >two) & ` +
        'echo >one; kill -KILL "$(sed -n "s/^TracerPid:.//p" /proc/self/status)"; ' +
        `sleep ${sleep}; echo >three`;
      const own = await detectTracer({ seccomp });
      const run = await trace(["sh", "-c", script], { tracer: own });
      expect([run.complete, run.exitCode, run.signal]).toEqual([false, 137, "SIGKILL"]);
      expect(footprintOf(run).partial?.reason).toContain("the log ends before the program does");
      expect(run.ledger.files.has(join(folder, "one"))).toBe(true);
      expect(processesWith(sleep)).toEqual([]);
    });
  }

  cc("sees all of a program that a thread executes, without seccomp", async () => {
    const plain = await detectTracer({ seccomp: false });
    const run = await trace([compile("exec_thread"), "/bin/true"], { tracer: plain });
    expect([run.exitCode, run.method, [...run.ledger.doubts]]).toEqual([0, "strace", []]);
    expect(run.ledger.processes.map(({ executed }) => executed.length)).toEqual([2]);
    expect(run.ledger.files.get("/etc/ld.so.cache")?.opens).toBe(2);
    const fast = await trace([compile("exec_thread"), "/bin/true"]);
    const whole = fast.ledger.files.get("/etc/ld.so.cache")?.opens === 2;
    expect([fast.exitCode, whole || fast.ledger.doubts.has("swallowed")]).toEqual([0, true]);
  });
});
