/** `versus trace`: what passes through, exit codes, documents, budgets, interruption. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import type { FootprintDocument } from "../../lib/footprint/mod.ts";
import { FootprintDiffSchema, FootprintSchema } from "../../lib/footprint/schema.ts";
import { processesWith } from "../footprint/trace/_support.ts";
import { startVersus, versus, versusCommand } from "./versus.ts";

const DENY = fileURLToPath(new URL("../footprint/trace/deny.py", import.meta.url));

/** A number of seconds that no other process sleeps. */
function mark(): string {
  return `79${crypto.getRandomValues(new Uint32Array(1))[0]}`;
}

/** Makes a file, and leaves a process behind. */
const LEAVES = "echo >m; (sleep 55 &) ; exit 0";

describe("versus trace", () => {
  let home: string;

  beforeEach(() => {
    home = Deno.makeTempDirSync({ prefix: "versus-test-" });
  });

  afterEach(() => {
    Deno.removeSync(home, { recursive: true });
  });

  async function trace(...args: string[]) {
    return await versus(["trace", ...args], { home });
  }

  function document(text: string): FootprintDocument {
    return v.parse(FootprintSchema, JSON.parse(text));
  }

  /** Runs versus while the kernel denies something to it. */
  async function denied(what: string, ...args: string[]) {
    const { code, stdout, stderr } = await new Deno.Command("python3", {
      args: [DENY, what, ...versusCommand(["trace", ...args])],
      cwd: home,
      env: { VERSUS_HOME: home },
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  }

  it("passes both streams and the exit code on, and tells what it found on stderr", async () => {
    const { code, stdout, stderr } = await trace(
      "--",
      "sh",
      "-c",
      "echo out; echo err >&2; exit 42",
    );
    expect([code, stdout]).toEqual([42, "out\n"]);
    expect(stderr).toMatch(/^err\n\nsh -c /);
    expect(stderr).toMatch(/\d+ files opened/);
    expect(stderr).toContain("exit 42");
  });

  it("passes standard input on", async () => {
    const [program, ...args] = versusCommand(["trace", "--out", "x.json", "--", "cat"]);
    const child = new Deno.Command(program!, {
      args,
      cwd: home,
      env: { VERSUS_HOME: home },
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode("through"));
    await writer.close();
    const { code, stdout } = await child.output();
    expect([code, new TextDecoder().decode(stdout)]).toEqual([0, "through"]);
  });

  for (
    const [what, args, code, word] of [
      ["a signal", ["--", "sh", "-c", "kill -KILL $$"], 137, "SIGKILL"],
      ["a program that is not there", ["--", "no-such-program"], 127, "no-such-program"],
      ["a file that is no program", ["--", "/etc/passwd"], 126, "not executable"],
      ["a folder", ["--", "/"], 126, "folder"],
      ["a log that can't be written", ["--keep-log", "/no/such", "--", "true"], 125, "/no/such"],
      ["no command", [], 2, "versus trace --"],
      ["a command without --", ["true"], 2, "versus trace -- true"],
      ["a time that is none", ["--for", "soon", "--", "true"], 2, "soon"],
      ["an idle time that is none", ["--until-idle", "-1s", "--", "true"], 2, "--until-idle"],
      ["a marker of a comparison", ["--diff", "--until", "x", "a", "b"], 2, "--diff"],
      ["an unknown option", ["--fro", "1s", "--", "true"], 2, "--for"],
      ["an unknown format", ["--out", "a.xml", "--", "true"], 2, ".csv"],
      ["a folder that is not there", ["--out", "no/a.json", "--", "touch", "ran"], 2, "no/a.json"],
      ["a count that is none", ["--max-files", "few", "--", "true"], 2, "few"],
      ["a budget of a comparison", ["--diff", "--max-files", "1", "a", "b"], 2, "--diff"],
      ["one file to compare", ["--diff", "a.json"], 2, "expected two"],
      ["files to compare that are not there", ["--diff", "a.json", "b.json"], 2, "a.json"],
    ] as const
  ) {
    it(`ends with ${code} for ${what}`, async () => {
      const ended = await trace(...args);
      expect(ended.stderr).toContain(word);
      expect(ended.stderr).not.toMatch(/^\s+at /m);
      expect([...Deno.readDirSync(home)].some(({ name }) => name === "ran")).toBe(false);
      expect([ended.code, ended.stdout]).toEqual([code, ""]);
    });
  }

  it("prints one document and sends the program's output to stderr", async () => {
    const { code, stdout, stderr } = await trace("--json", "--", "sh", "-c", "echo out; exit 3");
    const { command, exitCode, opened, processes } = document(stdout);
    expect([code, exitCode, stderr]).toEqual([3, 3, "out\n"]);
    expect(command).toEqual(["sh", "-c", "echo out; exit 3"]);
    expect([opened.unique > 0, processes.length]).toEqual([true, 1]);
  });

  it("writes files and leaves both streams alone", async () => {
    const { code, stdout, stderr } = await trace(
      ...["--out", "a.json", "--out", "a.csv", "--out", "a.md", "--", "cat", "/etc/passwd"],
    );
    expect([code, stdout, stderr]).toEqual([0, Deno.readTextFileSync("/etc/passwd"), ""]);
    const { files } = document(Deno.readTextFileSync(join(home, "a.json")));
    expect(files.find(({ path }) => path === "/etc/passwd")).toMatchObject({
      kind: "file",
      opens: 1,
    });
    for (const name of ["a.csv", "a.md"]) {
      expect(Deno.readTextFileSync(join(home, name))).toContain("/etc/passwd");
    }
  });

  it("writes a file and a document at once", async () => {
    const { code, stdout, stderr } = await trace(
      ...[
        "--json",
        "--out",
        "a.json",
        "--",
        "sh",
        "-c",
        "echo out; rm -f gone; echo >gone; rm gone",
      ],
    );
    expect([code, stderr]).toEqual([0, "out\n"]);
    expect(Deno.readTextFileSync(join(home, "a.json"))).toBe(stdout);
    const gone = document(stdout).files.find(({ path }) => path === join(home, "gone"));
    expect(gone).toMatchObject({ kind: "gone", opens: 1 });
    expect(gone).not.toHaveProperty("bytes");
  });

  it("keeps the bytes of a path that is no text, and shows none that a terminal acts on", async () => {
    const script = "printf x >\"$(printf 'odd-\\377\\033[31m')\"";
    const { stdout } = await trace("--json", "--", "sh", "-c", script);
    const odd = document(stdout).files.find(({ path }) => path.includes("/odd-"))!;
    expect(odd).toMatchObject({ path: join(home, "odd-\ufffd\x1b[31m"), kind: "file", bytes: 1 });
    expect(atob(odd.pathBase64!)).toBe(join(home, "odd-\xff\x1b[31m"));
    const { stderr } = await trace("--verbose", "--", "sh", "-c", script);
    expect([stderr.includes("/odd-"), stderr.includes("\x1b")]).toEqual([true, false]);
  });

  it("stands what is declared beside what is installed and opened", async () => {
    Deno.writeTextFileSync(join(home, "requirements.txt"), "never-used==1.0\n");
    const { stderr } = await trace("--", "true");
    expect(stderr).toContain("1 package declared in requirements.txt (1 directly, 0 through");
    expect(stderr).toMatch(/pypi:never-used +1\.0 +direct +no +no/);
  });

  it("says which manifest can't be read, and shows the rest", async () => {
    Deno.writeTextFileSync(join(home, "go.mod"), "module x\n<<<<<<< ours\ngo 1.22\n");
    const { code, stdout } = await trace("--json", "--", "cat", "go.mod");
    const { opened, warnings, packages } = document(stdout);
    expect([code, opened.unique > 0]).toEqual([0, true]);
    expect(warnings).toEqual([expect.objectContaining({ code: "manifest" })]);
    expect(warnings[0]!.message).toMatch(/go\.mod.*line 2/);
    expect(packages.some(({ declared }) => declared)).toBe(false);
  });

  for (
    const [what, args] of [
      ["for a time", ["--for", "300ms"]],
      ["until it opens no new files", ["--until-idle", "700ms"]],
      ["until it reaches its marker", ["--until", "ready"]],
    ] as const
  ) {
    it(`watches a server ${what}, and ends it`, async () => {
      const sleep = mark();
      const script = `echo >ready; sleep ${sleep}; echo >late`;
      const { code, stdout } = await trace("--json", ...args, "--", "sh", "-c", script);
      const { exitCode, signal, partial, files } = document(stdout);
      expect([code, exitCode, signal]).toEqual([143, 143, "SIGTERM"]);
      expect(partial?.reason).toContain("still running");
      const paths = files.map(({ path }) => path);
      expect([paths.includes(join(home, "ready")), paths.includes(join(home, "late"))])
        .toEqual([true, false]);
      expect(processesWith(sleep)).toEqual([]);
    });
  }

  it("has a schema that its documents fit", async () => {
    const { code, stdout } = await versus(["schema", "footprint"], { home });
    const { required } = JSON.parse(stdout);
    const { stdout: text } = await trace("--json", "--", "true");
    expect([code, required.every((key: string) => key in JSON.parse(text))]).toEqual([0, true]);
  });

  it("keeps the log, and nothing else", async () => {
    const temporary = join(home, "temporary");
    Deno.mkdirSync(temporary);
    const options = { home, env: { TMPDIR: temporary } };
    const { code } = await versus(["trace", "--keep-log", "kept.log", "--", "true"], options);
    expect([code, [...Deno.readDirSync(temporary)]]).toEqual([0, []]);
    expect(Deno.readTextFileSync(join(home, "kept.log"))).toContain("execve(");
  });

  it("times the program without tracing it, only when that is asked for", async () => {
    const marker = join(home, "runs");
    const command = ["--", "sh", "-c", 'echo x >>"$0"', marker];
    const { time: once } = document((await trace("--json", ...command)).stdout);
    expect([once.untracedS, Deno.readTextFileSync(marker)]).toEqual([undefined, "x\n"]);
    const { time: twice } = document((await trace("--json", "--time", ...command)).stdout);
    expect([twice.untracedS! > 0, Deno.readTextFileSync(marker)]).toEqual([true, "x\nx\nx\n"]);
  });

  describe("budgets", () => {
    for (
      const [what, args, code] of [
        ["0 within it", ["--max-files", "1000", "--max-bytes", "1e9", "--", "true"], 0],
        ["3 over it", ["--max-files", "99", "--max-bytes", "10", "--", "true"], 3],
        ["1 when the program failed", ["--max-files", "0", "--", "sh", "-c", "exit 42"], 1],
        ["5 when there is no program", ["--max-files", "9", "--", "no-such-program"], 5],
        ["2 when it is none, before anything else", ["--max-files", "x", "--", "no-program"], 2],
        ["0 at the marker", ["--max-files", "999", "--until", "m", "--", "sh", "-c", LEAVES], 0],
        ["4 when not all was seen", ["--max-files", "999", "--", "sh", "-c", LEAVES], 4],
        ["0 at a limit that was asked for", [
          "--max-files",
          "999",
          "--for",
          "200ms",
          "--",
          "sleep",
          "9",
        ], 0],
      ] as const
    ) {
      it(`end with ${what}`, async () => {
        const ended = await trace(...args);
        expect(ended.code).toBe(code);
        expect(ended.stderr.includes("Over the budget")).toBe(code === 3 || code === 1);
        expect(ended.stderr.includes("The budget is not decided")).toBe(code === 4);
      });
    }

    it("name what nothing explains", async () => {
      // In a folder that explains nothing, with a name that a terminal would act on.
      const odd = `/versus-test-${crypto.randomUUID()}\x1b[31m`;
      Deno.writeTextFileSync(odd, "");
      try {
        const { code, stderr } = await trace(
          "--deny-unattributed",
          "--",
          "cat",
          odd,
          "/etc/passwd",
        );
        // A file that the command names is its own.
        expect([code, stderr.includes("nothing explains")]).toEqual([0, false]);
        const command = ["--", "sh", "-c", 'cat "$ODD"'];
        const inner = await versus(["trace", "--deny-unattributed", ...command], {
          home,
          env: { ODD: odd },
        });
        const shown = odd.replace("\x1b", "\\x1b");
        expect([inner.code, inner.stderr.includes(`nothing explains ${shown}`)]).toEqual([3, true]);
        expect(inner.stderr).not.toContain("\x1b");
      } finally {
        Deno.removeSync(odd);
      }
    });
  });

  it("compares two documents", async () => {
    await trace("--out", "a.json", "--", "true");
    await trace("--out", "b.json", "--", "cat", "/etc/passwd");
    const { code, stdout } = await trace("--diff", "a.json", "b.json");
    expect([code, stdout.includes("+ /etc/passwd")]).toEqual([0, true]);
    const json = await trace("--diff", "--json", "a.json", "b.json");
    const { addedFiles, removedFiles } = v.parse(FootprintDiffSchema, JSON.parse(json.stdout));
    expect(addedFiles.map(({ path }) => path)).toContain("/etc/passwd");
    expect(removedFiles).toEqual([]);
  });

  for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
    it(`ends everything and keeps what was found after ${signal}`, async () => {
      const sleep = mark();
      const started = join(home, "started");
      const script = `trap "" INT TERM; echo >'${started}'; setsid sleep ${sleep} & sleep ${sleep}`;
      const watcher = Deno.watchFs(home);
      const child = startVersus(["trace", "--json", "--", "sh", "-c", script], { home });
      for await (const { paths } of watcher) if (paths.includes(started)) break;
      child.kill(signal);
      const { code: ended, stdout } = await child.output();
      expect(ended).toBe(code);
      const { partial, files } = document(new TextDecoder().decode(stdout));
      expect(partial?.reason).toContain("interrupted");
      expect(files.some(({ path }) => path === started)).toBe(true);
      expect(processesWith(sleep)).toEqual([]);
    });
  }

  it("says what to do where tracing is not allowed", async () => {
    const { code, stdout, stderr } = await denied("ptrace", "--", "true");
    expect([code, stdout]).toEqual([125, ""]);
    expect(stderr).toContain("not allowed to trace");
    expect(stderr).toContain("SYS_PTRACE");
    expect((await denied("ptrace", "--max-files", "9", "--", "true")).code).toBe(5);
  });

  it("traces without seccomp where that is not allowed", async () => {
    const { code, stdout } = await denied("seccomp", "--json", "--", "cat", "/etc/passwd");
    const { method, files, warnings } = document(stdout);
    expect([code, method]).toEqual([0, "strace"]);
    expect(files.some(({ path }) => path === "/etc/passwd")).toBe(true);
    expect(warnings.map(({ code }) => code)).toContain("no-seccomp");
    expect(document((await trace("--json", "--no-seccomp", "--", "true")).stdout).method).toBe(
      "strace",
    );
  });

  it("says how to install strace where there is none", async () => {
    const { code, stderr } = await versus(["trace", "--", "/bin/true"], {
      home,
      env: { PATH: home },
    });
    expect(code).toBe(125);
    expect(stderr).toContain("Tracing needs strace");
    expect(stderr).toMatch(/hint: Install/);
  });
});
