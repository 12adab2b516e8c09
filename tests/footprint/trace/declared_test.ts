/** What the project of a traced program declares, and which folder that project is in. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import {
  countDependencies,
  declaredIn,
  footprintOf,
  type FootprintPackage,
  projectOf,
  traceProgram,
} from "../../../lib/footprint/mod.ts";
import { assemble, writeFiles } from "../_support.ts";

describe("the declarations of a folder", () => {
  let folder: string;

  beforeEach(() => {
    folder = Deno.makeTempDirSync({ prefix: "versus-test-" });
  });

  afterEach(() => {
    Deno.removeSync(folder, { recursive: true });
  });

  it("are packages, or why they are not known", async () => {
    expect(await declaredIn(folder)).toEqual({ manifests: [], packages: [], warnings: [] });
    writeFiles(folder, { "requirements.txt": "paramiko==3.4.0\n" });
    const { manifests, packages, warnings } = await declaredIn(folder);
    expect(warnings).toEqual([]);
    expect(manifests).toMatchObject([{ format: "requirements.txt", packages: 1, direct: 1 }]);
    expect(packages).toMatchObject([{ ecosystem: "pypi", name: "paramiko", version: "3.4.0" }]);
    writeFiles(folder, { "go.mod": "<<<<<<< ours\nmodule x\n" });
    const broken = await declaredIn(folder);
    expect(broken.packages).toEqual([]);
    expect(broken.warnings.map(({ code }) => code)).toEqual(["manifest"]);
    const gone = await declaredIn(join(folder, "gone"));
    expect(gone.warnings.map(({ code }) => code)).toEqual(["manifest"]);
  });

  it("are marked where a lock file does not tell all", async () => {
    assemble(folder, "node/yarn1");
    const { packages, warnings, manifests } = await declaredIn(folder);
    expect(packages.length).toBeGreaterThan(0);
    expect(manifests[0]!.partial).toBeDefined();
    expect(warnings.map(({ code }) => code)).toEqual(["manifest-partial"]);
    expect(warnings[0]!.message).toContain(join(folder, "yarn.lock"));
  });

  it("are in the document of a program, with the files that say so", async () => {
    writeFiles(folder, { "requirements.txt": "one==1.0\ntwo==2.0\n" });
    const run = await traceProgram({
      ...{ argv: ["true"], cwd: folder, stdin: "null", stdout: "null" },
    });
    const { manifests, packages: declared } = await declaredIn(folder);
    const document = footprintOf(run, { declared, manifests });
    expect(document.manifests).toEqual(manifests);
    expect(countDependencies(document.packages)).toEqual({
      ...{ declared: 2, direct: 2, indirect: 0, unused: 2, undeclared: 0, idle: 0, late: 0 },
    });
    expect(footprintOf(run)).not.toHaveProperty("manifests");
  });
});

describe("dependencies", () => {
  it("are counted by the columns that they stand in", () => {
    const base: FootprintPackage = {
      ...{ ecosystem: "pypi", name: "x", files: 0, bytes: 0 },
      ...{ declared: false, installed: true, opened: false, direct: false },
    };
    const counts = countDependencies([
      { ...base, declared: true, direct: true, opened: true, late: false },
      { ...base, declared: true, opened: true, late: true },
      { ...base, declared: true, installed: false },
      { ...base, opened: true },
      base,
      // The system's packages are declared nowhere.
      { ...base, ecosystem: "deb", opened: true },
    ]);
    expect(counts).toEqual({
      ...{ declared: 3, direct: 1, indirect: 2, unused: 1, undeclared: 1, idle: 1, late: 1 },
    });
  });
});

describe("the project of a program", () => {
  let home: string;
  let env: Record<string, string>;

  beforeEach(() => {
    home = Deno.makeTempDirSync({ prefix: "versus-test-" });
    env = { HOME: home };
    writeFiles(home, {
      // Of everything below: nobody's project.
      "package.json": "{}",
      "app/requirements.txt": "",
      "app/src/deep/main.py": "",
      "app/venv/bin/python": "",
      "other/go.mod": "module x\n",
      "other/sub/empty": "",
      "none/script.sh": "",
    });
  });

  afterEach(() => {
    Deno.removeSync(home, { recursive: true });
  });

  for (
    const [what, cwd, argv, project] of [
      ["its working directory", "other", ["python3", "../app/src/deep/main.py"], "other"],
      ["above its script", "none", ["python3", "-B", "../app/src/deep/main.py"], "app"],
      ["above its interpreter", "none", ["../app/venv/bin/python", "-c", "1"], "app"],
      ["above its working directory", "other/sub", ["make"], "other"],
      ["above its script before others", "other/sub", ["sh", "../../app/src/deep/main.py"], "app"],
      ["nowhere near", "none", ["sh", "script.sh"], undefined],
    ] as const
  ) {
    it(`is found ${what}`, () => {
      const found = projectOf({ argv: [...argv], cwd: join(home, cwd), env });
      expect(found).toBe(project === undefined ? undefined : join(home, project));
    });
  }

  it("is not a folder that is everybody's", () => {
    expect(projectOf({ argv: ["/usr/bin/env"], cwd: "/usr/bin", env })).toBe(undefined);
  });
});
