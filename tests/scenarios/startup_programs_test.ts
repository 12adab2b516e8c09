/** Builds and starts the programs of startup, and tries the two tools behind its cold variants. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { expectedOutput } from "../../lib/scenario/mod.ts";
import { takeMetrics } from "../../lib/scenario/own_metrics.ts";
import { findToolchain, isMissing } from "../../lib/toolchain/mod.ts";
import { benchScenario, describePrograms, start } from "./_programs.ts";

const scenario = await benchScenario("startup");

/** What is printed, apart from figures. */
const PRINTED = [["empty", ""], ["line", "ready\n"]] as const;

describe("startup's scenario.yaml", () => {
  it("expects nothing of the empty program and one line of the other", () => {
    for (const [program, stdout] of PRINTED) {
      const due = expectedOutput(scenario, scenario.variants[0]!, { program });
      expect(due).toEqual({ stdout: stdout.trimEnd() });
    }
  });

  it("has a cold variant for each warm one", () => {
    const names = scenario.variants.map(({ name }) => name);
    const warm = names.filter((name) => !name.endsWith("-cold"));
    expect(names).toEqual([...warm, ...warm.map((name) => `${name}-cold`)]);
  });
});

await describePrograms(scenario, (program) => {
  it("prints what it should, and the figures if it is cold", async () => {
    for (const [which, due] of PRINTED) {
      const { code, stdout, stderr } = await program.run({ program: which });
      const { result, metrics } = takeMetrics(scenario.metrics, stdout);
      const ran = { which, code, result: result.trimEnd(), stderr };
      expect(ran).toEqual({ which, code: 0, result: due.trimEnd(), stderr: "" });
      if (!program.name.endsWith("-cold")) {
        expect(stdout).toBe(due);
        continue;
      }
      expect(metrics.coldS).toBeGreaterThan(0);
      // Absent where the kernel does not tell: all files belong to somebody else.
      const { stillCachedPercent = 0 } = metrics;
      expect(stillCachedPercent).toBeGreaterThanOrEqual(0);
      expect(stillCachedPercent).toBeLessThanOrEqual(100);
    }
  });
});

const compiler = await findToolchain("c");
if (isMissing(compiler) || Deno.build.os !== "linux") {
  it.skip("startup's cold tools: they need Linux and a C compiler", () => {});
} else {
  describe("startup's cold tools", () => {
    let folder = "";

    function tool(name: string): string {
      return join(folder, name);
    }

    /** The list that list_files makes of a shell's doings. */
    async function listOf(script: string): Promise<string[]> {
      const list = tool("list");
      const { code, stdout, stderr } = await start([
        ...[tool("list_files"), list, "/bin/sh", "-c", script],
      ], { cwd: folder });
      expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "", stderr: "" });
      return (await Deno.readTextFile(list)).trimEnd().split("\n");
    }

    beforeAll(async () => {
      folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "startup-test-" }));
      for (const name of ["list_files", "cold_start"]) {
        const source = join(scenario.folder, "cold", `${name}.c`);
        const options = ["-std=c11", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror"];
        const ran = await start([compiler.realPath, ...options, "-o", tool(name), source]);
        expect(ran).toEqual({ code: 0, stdout: "", stderr: "" });
      }
      for (const name of ["seen", "child's", "unseen"]) await Deno.writeTextFile(tool(name), name);
    });

    afterAll(async () => {
      await Deno.remove(folder, { recursive: true });
    });

    it("list what is opened and executed, by children as well, each once", async () => {
      const files = await listOf(
        `read _ <seen; (read _ <"child's"); cat seen missing 2>/dev/null; exit 0`,
      );
      expect(files.filter((file) => file.startsWith(folder))).toEqual([
        tool("seen"),
        tool("child's"),
      ]);
      expect(files).toContain(await Deno.realPath("/bin/sh"));
      expect(files).toContain(await Deno.realPath("/bin/cat"));
      expect(new Set(files).size).toBe(files.length);
    });

    it("tell a command that can't be listed", async () => {
      for (const command of [["false"], ["/bin/sh", "-c", "kill -9 $$"], ["./missing"]]) {
        const ran = await start([tool("list_files"), tool("none"), ...command], { cwd: folder });
        expect({ command, code: ran.code }).toEqual({ command, code: 1 });
        expect(ran.stderr).toMatch(/did not end with 0/);
      }
    });

    it("pass on what a command prints and how it ends", async () => {
      await Deno.writeTextFile(tool("list"), `${tool("seen")}\n${tool("gone")}\n`);
      const cold = [tool("cold_start"), tool("list"), "/bin/sh", "-c"];
      const good = await start([...cold, "echo ready"]);
      expect(good).toMatchObject({ code: 0, stderr: "" });
      expect(good.stdout).toMatch(/^ready\ncoldS=\d+\.\d{6}\nstillCachedPercent=\d+\.\d\n$/);
      expect(await start([...cold, "exit 7"])).toEqual({ code: 7, stdout: "", stderr: "" });
      expect(await Deno.readTextFile(tool("seen"))).toBe("seen");
    });

    it("turn down too few arguments", async () => {
      for (const name of ["list_files", "cold_start"]) {
        for (const args of [[], ["list"]]) {
          const { code, stdout, stderr } = await start([tool(name), ...args]);
          expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: "" });
          expect(stderr).toMatch(/usage: /);
        }
      }
    });
  });
}
