import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { type Launcher, openLauncher, StartError } from "../../lib/process/mod.ts";
import { ENV, METHODS, rejection, stderrText, stdoutText } from "./_help.ts";

const AWKWARD = [
  "",
  "-n",
  "--",
  "a b",
  "$HOME `id` $(id) ${x}",
  `'"\\`,
  "*?[a-z]~#&|;<>(){}!",
  "\t\n\r\x01\x7f",
  "\u0101\u00e9\u{1d4b3}\u0081\u0088",
  "=x",
];

for (const method of METHODS) {
  describe(`launcher, ${method}`, () => {
    let launcher: Launcher;
    let folder: string;

    beforeAll(async () => {
      launcher = await openLauncher({ method });
      folder = await Deno.makeTempDir({ prefix: "versus-process-" });
    });

    afterAll(async () => {
      await launcher[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    });

    it("says which method it uses, with each execution too", async () => {
      const execution = await launcher.run({ argv: ["true"], env: ENV });
      expect(launcher.method).toBe(method);
      expect(execution.method).toBe(method);
    });

    it("passes arguments as they are", async () => {
      const argv = ["/usr/bin/printf", "%s\\0", ...AWKWARD];
      const execution = await launcher.run({ argv, stdout: { captureBytes: 4096 } });
      expect(stdoutText(execution).split("\0").slice(0, -1)).toEqual(AWKWARD);
    });

    it("passes thousands of arguments", async () => {
      const many = Array.from({ length: 5000 }, (_, i) => `${i} $i`);
      const argv = ["/usr/bin/printf", "%s\\n", ...many];
      const execution = await launcher.run({ argv, stdout: { captureBytes: 1 << 20 } });
      expect(stdoutText(execution)).toBe(many.join("\n") + "\n");
    });

    it("passes the environment as it is and nothing else", async () => {
      const env: Record<string, string> = {
        PATH: "/usr/bin:/bin",
        PWD: "/somewhere/else",
        OLDPWD: "/nowhere",
        SHLVL: "41",
        _: "/bin/versus",
        PS1: "> ",
        LC_ALL: "C.UTF-8",
        empty: "",
        awkward: AWKWARD.join("\u0101"),
        versus: "1",
      };
      const stdout = { captureBytes: 1 << 16 };
      const execution = await launcher.run({ argv: ["env", "-0"], env, stdout });
      const seen = stdoutText(execution).split("\0").slice(0, -1).sort();
      expect(seen).toEqual(Object.entries(env).map(([k, v]) => `${k}=${v}`).sort());
      const none = await launcher.run({ argv: ["/usr/bin/env", "-0"], env: {}, stdout });
      expect(stdoutText(none)).toBe("");
    });

    it("passes variables that no shell would", async () => {
      const env = {
        "with.dot": "1",
        "BASH_FUNC_f%%": "() { :; }",
        IFS: "x",
        OPTIND: "7",
        PPID: "1",
        versus_gate: "1",
      };
      const stdout = { captureBytes: 1 << 16 };
      const execution = await launcher.run({ argv: ["/usr/bin/env", "-0"], env, stdout });
      const seen = stdoutText(execution).split("\0").slice(0, -1).sort();
      expect(seen).toEqual(Object.entries(env).map(([k, v]) => `${k}=${v}`).sort());
    });

    it("takes this process's environment by default", async () => {
      Deno.env.set("VERSUS_TEST_VALUE", "as it is");
      try {
        const argv = ["printenv", "VERSUS_TEST_VALUE"];
        const execution = await launcher.run({ argv, stdout: { captureBytes: 100 } });
        expect(stdoutText(execution)).toBe("as it is\n");
      } finally {
        Deno.env.delete("VERSUS_TEST_VALUE");
      }
    });

    it("starts the program in its folder", async () => {
      const real = await Deno.realPath(folder);
      const stdout = { captureBytes: 4096 };
      const execution = await launcher.run({ argv: ["/bin/pwd", "-P"], cwd: folder, stdout });
      expect(stdoutText(execution)).toBe(`${real}\n`);
      await Deno.writeTextFile(`${folder}/here`, "#!/bin/sh\necho here $0\n", { mode: 0o755 });
      const relative = await launcher.run({ argv: ["./here"], cwd: folder, stdout });
      expect(stdoutText(relative)).toMatch(/^here .*here\n$/);
    });

    it("finds a program whose name looks like an option", async () => {
      await Deno.writeTextFile(`${folder}/-x`, "#!/bin/sh\necho $1\n", { mode: 0o755 });
      const stdout = { captureBytes: 4096 };
      const env = { PATH: `/no/such:${folder}:/bin` };
      const execution = await launcher.run({ argv: ["-x", "found"], env, stdout });
      expect(stdoutText(execution)).toBe("found\n");
    });

    it("reads standard input from a file, and else finds nothing there", async () => {
      const file = `${folder}/input`;
      await Deno.writeTextFile(file, "from a file");
      const stdout = { captureBytes: 100 };
      const read = await launcher.run({ argv: ["cat"], env: ENV, stdin: { file }, stdout });
      expect(stdoutText(read)).toBe("from a file");
      const nothing = await launcher.run({ argv: ["cat"], env: ENV, stdout });
      expect(nothing.stdout).toEqual({ bytes: new Uint8Array(), totalBytes: 0 });
    });

    it("keeps the first bytes of an output and counts the rest", async () => {
      const execution = await launcher.run({
        argv: ["sh", "-c", "printf 0123456789; printf abcdef >&2"],
        env: ENV,
        stdout: { captureBytes: 4 },
        stderr: { captureBytes: 100 },
      });
      expect(stdoutText(execution)).toBe("0123");
      expect(execution.stdout!.totalBytes).toBe(10);
      expect(stderrText(execution)).toBe("abcdef");
      expect(execution.stderr!.totalBytes).toBe(6);
    });

    it("keeps no output that was not asked for", async () => {
      const argv = ["sh", "-c", "echo out; echo err >&2"];
      const execution = await launcher.run({ argv, env: ENV });
      expect(execution).not.toHaveProperty("stdout");
      expect(execution).not.toHaveProperty("stderr");
    });

    it("does not wait for ever for a program that writes a lot on both streams", async () => {
      const mebibytes = method === "gate" ? 1024 : 64;
      const write = `head -c ${mebibytes}M /dev/zero`;
      const execution = await launcher.run({
        argv: ["sh", "-c", `${write} & ${write} >&2; wait`],
        env: ENV,
        stdout: { captureBytes: 10 },
        stderr: { captureBytes: 0 },
      });
      expect(execution.exitCode).toBe(0);
      expect(execution.stdout).toEqual({ bytes: new Uint8Array(10), totalBytes: mebibytes << 20 });
      expect(execution.stderr).toEqual({ bytes: new Uint8Array(), totalBytes: mebibytes << 20 });
    });

    it("goes on when a program closes its outputs early", async () => {
      const execution = await launcher.run({
        argv: [
          "sh",
          "-c",
          "echo first; exec >&- 2>&-; head -c 1000000 /dev/zero | cksum >/dev/null",
        ],
        env: ENV,
        stdout: { captureBytes: 100 },
        stderr: { captureBytes: 100 },
      });
      expect(execution.exitCode).toBe(0);
      expect(stdoutText(execution)).toBe("first\n");
    });

    it("writes outputs into files, both into one if asked, and empties them first", async () => {
      const file = `${folder}/output`;
      await Deno.writeTextFile(file, "something old and long".repeat(10));
      const execution = await launcher.run({
        argv: ["sh", "-c", "echo out; sleep 0.01; echo err >&2"],
        env: ENV,
        stdout: { file },
        stderr: { file },
      });
      expect(execution).not.toHaveProperty("stdout");
      expect(await Deno.readTextFile(file)).toBe("out\nerr\n");
    });

    it("tells exit codes, also those that shells use", async () => {
      for (const code of [0, 1, 2, 126, 127, 255]) {
        const execution = await launcher.run({ argv: ["sh", "-c", `exit ${code}`], env: ENV });
        expect(execution.exitCode).toBe(code);
        expect(execution).not.toHaveProperty("signal");
        expect(execution).not.toHaveProperty("ended");
      }
    });

    it("tells signals", async () => {
      for (const [name, number] of [["KILL", 9], ["TERM", 15], ["SEGV", 11]] as const) {
        const argv = ["sh", "-c", `kill -${name} $$`];
        const execution = await launcher.run({ argv, env: ENV });
        expect(execution.exitCode).toBe(128 + number);
        expect(execution.signal).toBe(`SIG${name}`);
      }
    });

    it("says why a program can't be started, before anything runs", async () => {
      await Deno.writeTextFile(`${folder}/plain`, "not executable", { mode: 0o644 });
      await Deno.writeTextFile(`${folder}/shebang`, "#!/no/such/interpreter\n", { mode: 0o755 });
      for (
        const [argv, failure, message] of [
          [
            ["versus-no-such-program"],
            "not-found",
            /versus-no-such-program: it is not on the PATH/,
          ],
          [["/no/such/program"], "not-found", /there is no such file/],
          [[""], "not-found", /not on the PATH/],
          [[folder], "not-executable", /is a folder/],
          [[`${folder}/plain`], "not-executable", /plain is not executable/],
          [
            [`${folder}/shebang`],
            "not-executable",
            /the interpreter \/no\/such\/interpreter, which/,
          ],
          [["true", "a\0b"], "bad-arguments", /holds a NUL/],
          [["true", "\ud800"], "bad-arguments", /half a character/],
        ] as const
      ) {
        const error = await rejection(launcher.run({ argv, env: ENV }));
        expect(error).toBeInstanceOf(StartError);
        expect((error as StartError).failure).toBe(failure);
        expect((error as StartError).message).toMatch(message);
      }
    });

    it("says what is wrong with folders, files and variables", async () => {
      const argv = ["true"];
      for (
        const [spec, failure] of [
          [{ argv, cwd: `${folder}/missing` }, "bad-directory"],
          [{ argv, cwd: "/etc/passwd" }, "bad-directory"],
          [{ argv, stdin: { file: `${folder}/missing` } }, "bad-stream"],
          [{ argv, stdout: { file: `${folder}/missing/file` } }, "bad-stream"],
          [{ argv, env: { ...ENV, "a=b": "" } }, "bad-arguments"],
          [
            { argv: ["true", "x".repeat(200_000)] },
            method === "plain" ? "refused" : "bad-arguments",
          ],
        ] as const
      ) {
        const error = await rejection(launcher.run({ env: ENV, ...spec }));
        expect(error).toBeInstanceOf(StartError);
        expect((error as StartError).failure).toBe(failure);
      }
    });

    it("works on after a program that could not be started", async () => {
      await rejection(launcher.run({ argv: ["/etc/passwd"] }));
      const execution = await launcher.run({ argv: ["true"], env: ENV });
      expect(execution.exitCode).toBe(0);
    });

    it("runs programs one after the other", async () => {
      const file = `${folder}/order`;
      const append = (text: string) => ({
        argv: ["sh", "-c", `printf '<%s' ${text} >>"$0"; sleep 0.02; printf '>' >>"$0"`, file],
        env: ENV,
      });
      await Promise.all(["a", "b", "c"].map((text) => launcher.run(append(text))));
      expect(await Deno.readTextFile(file)).toBe("<a><b><c>");
    });

    it("limits the files that a program writes", async () => {
      const file = `${folder}/large`;
      const execution = await launcher.run({
        argv: ["sh", "-c", 'exec cat /dev/zero >"$0"', file],
        env: ENV,
        maxFileBytes: 10240,
        timeoutMs: 20_000,
      });
      expect(execution.signal).toBe("SIGXFSZ");
      const { size } = await Deno.stat(file);
      // Without a gate the limit comes a moment after the start.
      if (method === "spawn") expect(size).toBeGreaterThanOrEqual(10240);
      else expect(size).toBe(10240);
    });

    it("runs a script whose first line names no interpreter, as a shell does", async () => {
      const file = `${folder}/script`;
      await Deno.writeTextFile(file, 'echo "$1"; exit 7\n', { mode: 0o755 });
      const stdout = { captureBytes: 100 };
      const execution = await launcher.run({ argv: [file, "an argument"], env: ENV, stdout });
      expect(execution.exitCode).toBe(7);
      expect(stdoutText(execution)).toBe("an argument\n");
    });

    if (method !== "plain") {
      it("tells a file that the system does not execute from exit codes 126 and 127", async () => {
        const file = `${folder}/garbage`;
        await Deno.writeFile(file, new Uint8Array([1, 2, 0, 10, 3]), { mode: 0o755 });
        const error = await rejection(launcher.run({ argv: [file], env: ENV }));
        expect((error as StartError).failure).toBe("not-executable");
        const own = await launcher.run({ argv: ["sh", "-c", "exec versus-none"], env: ENV });
        expect(own.exitCode).toBe(127);
      });
    }

    it("takes wall time from the start to the end", async () => {
      const before = Date.now();
      const execution = await launcher.run({ argv: ["sleep", "0.15"], env: ENV });
      const after = Date.now();
      expect(execution.wallS).toBeGreaterThan(0.149);
      expect(execution.wallS * 1000).toBeLessThan(after - before + 1);
      expect(Date.parse(execution.startedAt)).toBeGreaterThanOrEqual(before - 1);
      expect(execution.startedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    });

    it("leaves nothing open to the program but its standard streams", async () => {
      const stdout = { captureBytes: 4096 };
      const argv = ["sh", "-c", "exec ls /proc/self/fd"];
      const execution = await launcher.run({ argv, env: ENV, stdout });
      // 3 is the folder that ls reads; plain passes on what this process was given itself.
      const seen = stdoutText(execution).trim().split("\n");
      if (method !== "plain") expect(seen).toEqual(["0", "1", "2", "3"]);
      else expect(seen).toEqual(expect.arrayContaining(["0", "1", "2"]));
    });

    it("gives the program no ignored and no blocked signal", async () => {
      const stdout = { captureBytes: 4096 };
      const argv = ["grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"];
      const execution = await launcher.run({ argv, env: ENV, stdout });
      const [blocked, ignored] = stdoutText(execution).match(/[0-9a-f]{16}/g)!;
      expect(blocked).toBe("0000000000000000");
      // Signals 32 and 33 belong to the C library, which lets nobody change them. The runtime's own start
      // passes on what this process was started with, as by nohup; only SIGPIPE it restores.
      const own = /^SigIgn:\s*([0-9a-f]+)/m.exec(Deno.readTextFileSync("/proc/self/status"))![1];
      const passedOn = launcher.method === "plain" ? BigInt(`0x${own}`) & ~(1n << 12n) : 0n;
      expect(BigInt(`0x${ignored}`) & ~0x180000000n & ~passedOn).toBe(0n);
    });

    it("starts the program in a session of its own", async () => {
      const stdout = { captureBytes: 4096 };
      const argv = ["cat", "/proc/self/stat", `/proc/${Deno.pid}/stat`];
      const execution = await launcher.run({ argv, env: ENV, stdout });
      const [own, ours] = stdoutText(execution).trim().split("\n").map((line) =>
        line.slice(line.lastIndexOf(")") + 2).split(" ").slice(2, 4)
      );
      expect(own![1]).not.toBe(ours![1]);
      expect(own![0]).toBe(own![1]);
    });
  });
}
