import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import { type Answer, ask, notUnderstood } from "../../lib/toolchain/_query.ts";
import { type Sandbox, sandbox, stillRunning } from "./_fake.ts";

describe("ask", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = sandbox();
  });
  afterEach(() => box[Symbol.dispose]());

  const context = { env: { PATH: "/usr/bin:/bin" }, timeoutMs: 5000 };

  function reasonOf(answer: Answer): string {
    return answer.ok ? `it answered ${JSON.stringify(answer)}` : answer.reason;
  }

  function pidsIn(file: string): number[] {
    return Deno.readTextFileSync(file).trim().split("\n").map(Number);
  }

  it("gives both streams and the exit code", async () => {
    const path = box.script("tool", `echo "out $1"; echo err >&2`);
    const answer = await ask([path, "a b"], context);
    expect(answer).toEqual({ ok: true, code: 0, stdout: "out a b\n", stderr: "err\n" });
  });

  it("gives the program no other environment than the one it is told", async () => {
    const path = box.script("tool", `/usr/bin/env`);
    const answer = await ask([path], { ...context, env: { PATH: "/bin", A: "1", B: "2" } }, {
      env: { B: undefined, C: "3" },
    });
    expect(
      answer.ok && answer.stdout.split("\n").filter((line) => /^[ABC]=|^HOME=/.test(line)).sort(),
    )
      .toEqual(["A=1", "C=3"]);
  });

  it("gives the program an empty standard input", async () => {
    const path = box.script("tool", `cat; echo end`);
    const answer = await ask([path], context);
    expect(answer.ok && answer.stdout).toBe("end\n");
  });

  it("tells an exit code with the first line of what was said", async () => {
    const path = box.script("tool", `echo; echo "no such thing" >&2; exit 3`);
    expect(reasonOf(await ask([path], context)))
      .toBe(`${path} failed with exit code 3: no such thing`);
  });

  it("takes any exit code where that is asked for", async () => {
    const path = box.script("tool", `echo "wrk 4.1.0"; exit 1`);
    const answer = await ask([path], context, { anyExit: true });
    expect(answer.ok && [answer.code, answer.stdout]).toEqual([1, "wrk 4.1.0\n"]);
  });

  it("tells the signal of a crash", async () => {
    const path = box.script("tool", `kill -SEGV $$`);
    expect(reasonOf(await ask([path], context))).toBe(`${path} was ended by SIGSEGV`);
  });

  it("ends a program that hangs, and all that it started", async () => {
    const pids = `${box.root}/pids`;
    const path = box.script(
      "tool",
      `/bin/sleep 600 & echo $$ > '${pids}'; echo $! >> '${pids}'; wait`,
    );
    const answer = await ask([path], { ...context, timeoutMs: 300 });
    expect(reasonOf(answer)).toBe(`${path} did not answer within 0.3 s`);
    expect(await stillRunning(pidsIn(pids))).toEqual([]);
  });

  it("does not wait for what a program leaves behind, and ends it", async () => {
    const pids = `${box.root}/pids`;
    const path = box.script("tool", `/bin/sleep 600 & echo $! > '${pids}'; echo 1.2.3`);
    const answer = await ask([path], context);
    expect(answer.ok && answer.stdout).toBe("1.2.3\n");
    expect(await stillRunning(pidsIn(pids))).toEqual([]);
  });

  it("ends a program that writes without end", async () => {
    const pids = `${box.root}/pids`;
    const path = box.script("tool", `echo $$ > '${pids}'; while :; do echo 0123456789abcdef; done`);
    expect(reasonOf(await ask([path], context)))
      .toBe(`${path} wrote more than 64 KiB, which is no version`);
    expect(await stillRunning(pidsIn(pids))).toEqual([]);
  });

  it("does the same on standard error", async () => {
    const path = box.script("tool", `while :; do echo 0123456789abcdef >&2; done`);
    expect(reasonOf(await ask([path], context))).toContain("wrote more than 64 KiB");
  });

  it("ends the program and throws the reason when it is aborted", async () => {
    const pids = `${box.root}/pids`;
    const ready = `${box.root}/ready`;
    const watcher = Deno.watchFs(box.root);
    const path = box.script("tool", `echo $$ > '${pids}'; : > '${ready}'; exec /bin/sleep 600`);
    const controller = new AbortController();
    const asked = ask([path], { ...context, signal: controller.signal });
    const settled = asked.then(() => undefined, (error: unknown) => error);
    for await (const event of watcher) if (event.paths.includes(ready)) break;
    const reason = new Error("enough");
    controller.abort(reason);
    expect(await settled).toBe(reason);
    expect(await stillRunning(pidsIn(pids))).toEqual([]);
  });

  it("starts nothing when it is aborted already", async () => {
    const path = box.script("tool", `: > '${box.root}/ran'`);
    const reason = new Error("enough");
    await expect(ask([path], { ...context, signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    await expect(Deno.stat(`${box.root}/ran`)).rejects.toThrow(Deno.errors.NotFound);
  });

  it("tells that an interpreter is missing", async () => {
    const path = box.script("tool", "#!/nowhere/bin/interpreter\n");
    expect(reasonOf(await ask([path], context)))
      .toBe(`${path} can't be started: its interpreter or loader is missing`);
  });

  it("tells that a binary is none", async () => {
    const path = box.script("tool", "#!");
    Deno.writeFileSync(path, new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 0, 0, 0]));
    expect(reasonOf(await ask([path], context))).toMatch(
      /failed with exit code 12[67]|can't be started/,
    );
  });

  it("survives bytes that are no text", async () => {
    const path = box.script("tool", `printf '\\377\\376\\000\\033[31m1.2'`);
    const answer = await ask([path], context);
    expect(answer.ok).toBe(true);
    expect(notUnderstood(path, answer.ok ? answer : { stdout: "", stderr: "" }, "a version"))
      .toBe(`${path} answered "\ufffd\ufffd\\x00\\x1b[31m1.2" where a version was expected`);
  });

  it("cuts a long line short", () => {
    const reason = notUnderstood("/x", { stdout: "y".repeat(5000), stderr: "" }, "a version");
    expect(reason.length).toBeLessThan(220);
  });
});
