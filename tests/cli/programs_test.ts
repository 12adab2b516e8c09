/** What becomes of programs that do not do what they should. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { type RunRecord, RunRecordSchema } from "../../lib/record/schema.ts";
import { writeScenario } from "./foreign.ts";
import { versus } from "./versus.ts";

const GOOD = 'echo "$1"\n';

describe("programs that do not do what they should", () => {
  let home: string;

  beforeEach(() => {
    home = Deno.makeTempDirSync({ prefix: "versus-test-" });
  });

  afterEach(() => {
    Deno.removeSync(home, { recursive: true });
  });

  /** Runs a good program beside a bad one. */
  async function beside(
    bad: string,
    args: readonly string[] = [],
  ): Promise<{ code: number; record: RunRecord; bad: RunRecord["scenarios"][0]["cases"][0] }> {
    const file = writeScenario(join(home, "mine"), { good: GOOD, bad });
    const { code, stdout, stderr } = await versus(
      ["run", file, "--trust", "--json", "--runs", "2", "--warmup", "0", ...args],
      { home },
    );
    if (stdout === "") throw new Error(stderr);
    const record = v.parse(RunRecordSchema, JSON.parse(stdout));
    const [good, other] = record.scenarios[0]!.cases;
    expect(good!.status).toBe("ok");
    expect(good!.samples.length).toBe(2);
    return { code, record, bad: other! };
  }

  it("shows a wrong result with the expected one and does not rank it", async () => {
    const { code, bad } = await beside("echo 43\n");
    expect(bad).toMatchObject({ status: "wrong-output", expected: "42", actual: "43" });
    expect(bad.samples).toEqual([]);
    expect(code).toBe(1);
  });

  it("tells a program that prints nothing", async () => {
    const { code, bad } = await beside("exit 0\n");
    expect(bad).toMatchObject({ status: "wrong-output", actual: "" });
    expect(bad.reason).toContain("nothing");
    expect(code).toBe(1);
  });

  it("tells a program that crashes by its signal", async () => {
    const { code, bad } = await beside("kill -SEGV $$\n");
    expect(bad).toMatchObject({ status: "failed" });
    expect(bad.reason).toContain("SIGSEGV");
    expect(code).toBe(1);
  });

  it("ends a program that hangs, with all that it started", async () => {
    const marker = `77${Math.floor(Math.random() * 1e6)}`;
    const { code, bad } = await beside(
      `setsid sleep ${marker} & sleep ${marker} & sleep ${marker}\n`,
      ["--timeout", "500ms"],
    );
    expect(bad.status).toBe("timeout");
    expect(code).toBe(1);
    expect(processesWith(`sleep\0${marker}`)).toEqual([]);
  });

  it("ends what a program leaves behind, and warns", async () => {
    const marker = `78${Math.floor(Math.random() * 1e6)}`;
    const { code, bad } = await beside(`setsid sleep ${marker} >/dev/null 2>&1 & echo "$1"\n`);
    expect(bad.status).toBe("ok");
    expect(bad.warnings.map((w) => w.code)).toContain("left-behind");
    expect(code).toBe(0);
    expect(processesWith(`sleep\0${marker}`)).toEqual([]);
  });

  it("does not wait for a pipe that a child keeps open", async () => {
    const { code, bad } = await beside('sleep 300 & echo "$1"\n');
    expect(bad.status).toBe("ok");
    expect(code).toBe(0);
  });

  it("keeps the memory of a program that writes without end", async () => {
    const { code, bad } = await beside("head -c 300000000 /dev/zero\n");
    expect(bad.status).toBe("wrong-output");
    expect(bad.actual!.length).toBeLessThan(2000);
    expect(code).toBe(1);
  });

  it("shows escapes in an output as text", async () => {
    const { bad } = await beside("printf '\\033]0;owned\\007'\n");
    expect(bad.actual).toBe("\\x1b]0;owned\\x07");
  });

  it("tells a variant whose build fails why, and measures the others", async () => {
    const file = writeScenario(join(home, "mine"), { good: GOOD, bad: GOOD });
    const yaml = Deno.readTextFileSync(file).replace(
      "files: [bad.sh], ",
      'files: [bad.sh], build: [["{toolchain}", "-c", "echo no compiler >&2; exit 7"]], ',
    );
    Deno.writeTextFileSync(file, yaml);
    const { code, stdout } = await versus(
      ["run", file, "--trust", "--json", "--runs", "2"],
      { home },
    );
    const { cases } = JSON.parse(stdout).scenarios[0];
    expect(cases[0].status).toBe("ok");
    expect(cases[1].status).toBe("unavailable");
    expect(cases[1].reason).toContain("no compiler");
    expect(code).toBe(0);
  });

  it("marks a loop that is not there and does not rank it", async () => {
    const file = writeScenario(join(home, "mine"), {
      good: 'i=0; while [ "$i" -lt "$1" ]; do i=$((i + 1)); done; echo "$i"\n',
      bad: GOOD,
    }, { loop: "n" });
    const { code, stdout } = await versus(
      ["run", file, "--trust", "--json", "--runs", "2", "-p", "n=20000"],
      { home },
    );
    const { cases } = JSON.parse(stdout).scenarios[0];
    expect(cases[0].status).toBe("ok");
    // Its range ends before the growth could be seen for certain, which is said; else it is marked.
    const told = cases[1].status === "optimised-away" ||
      cases[1].warnings.some((w: { code: string }) => w.code === "growth-unknown");
    expect(told).toBe(true);
    expect(code).toBe(0);
  });
});

/** Processes whose command line holds a text; arguments are separated by NUL. */
function processesWith(text: string): string[] {
  const found: string[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const line = Deno.readTextFileSync(`/proc/${name}/cmdline`);
      if (line.includes(text)) found.push(name);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      // It has ended meanwhile.
    }
  }
  return found;
}
