/** What real programs look for in vain, by the search that made them look. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import { footprintOf, type MissedGroup, traceProgram } from "../../../lib/footprint/mod.ts";
import { itWith } from "../../toolchain/_real.ts";
import { writeFiles } from "../_support.ts";

describe("look-ups that find nothing", () => {
  let folder: string;

  beforeEach(() => {
    folder = Deno.makeTempDirSync({ prefix: "versus-test-" });
  });

  afterEach(() => {
    Deno.removeSync(folder, { recursive: true });
  });

  /** Groups in the scratch folder, by path. */
  async function missed(
    argv: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Map<string, MissedGroup>> {
    const run = await traceProgram({
      argv,
      cwd: folder,
      env: { PATH: Deno.env.get("PATH")!, HOME: folder, ...env },
      ...{ stdin: "null", stdout: "null", stderr: "null" },
    });
    expect(run.exitCode).toBe(0);
    const { byPath, count } = footprintOf(run).missed;
    expect(byPath.reduce((sum, group) => sum + group.count, 0)).toBe(count);
    return new Map(
      byPath.filter(({ path }) => path.startsWith(folder))
        .map((group) => [group.path.slice(folder.length + 1), group]),
    );
  }

  it("are the loader's, in the folders of LD_LIBRARY_PATH", async () => {
    Deno.mkdirSync(join(folder, "libs"));
    const env = { LD_LIBRARY_PATH: `${join(folder, "libs")}:${join(folder, "none")}` };
    const groups = await missed(["/bin/true"], env);
    expect(groups.get("libs")?.search).toBe("loader");
    // The folders for certain processors are no searches of their own.
    expect([...groups.keys()].sort()).toEqual(["libs", "none"]);
    expect(groups.get("none")?.search).toBe("loader");
  });

  it("are the shell's, in the folders of PATH", async () => {
    Deno.mkdirSync(join(folder, "bin"));
    const PATH = `${join(folder, "bin")}:${join(folder, "none")}:/usr/bin:/bin`;
    const groups = await missed(["/bin/sh", "-c", "cat /dev/null; ls >/dev/null"], { PATH });
    expect([...groups.values()].map(({ search }) => search)).toEqual(["path", "path"]);
    expect(groups.get("bin")!.count).toBeGreaterThanOrEqual(2);
  });

  itWith("node", "are Node's, in node_modules of every folder upwards", async (node) => {
    writeFiles(folder, {
      "a/b/main.cjs": "try { require('absent'); } catch { console.log(1); }\n",
    });
    const extra = join(folder, "extra");
    const groups = await missed([node.realPath, "a/b/main.cjs"], { NODE_PATH: extra });
    for (const place of ["a/b/node_modules", "a/node_modules", "node_modules", "extra"]) {
      expect([place, groups.get(place)?.search]).toEqual([place, "node_modules"]);
    }
    expect(groups.get("a/b")?.search).toBe("package.json");
  });

  itWith(
    "cpython",
    "are Python's, in the folders of PYTHONPATH and of packages",
    async (python) => {
      writeFiles(folder, { "py/demo/__init__.py": "", "py/demo/inner.py": "" });
      const PYTHONPATH = `${join(folder, "none")}:${join(folder, "py")}`;
      const groups = await missed([python.realPath, "-B", "-c", "import demo.inner"], {
        PYTHONPATH,
      });
      expect(groups.get("none")).toMatchObject({ search: "python" });
      // Extension modules are tried before sources.
      expect(groups.get("py/demo")).toMatchObject({ search: "python" });
    },
  );
});
