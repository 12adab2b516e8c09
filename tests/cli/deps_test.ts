/** `versus deps`: what it prints, and what it refuses. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { type DepsDocument, DepsSchema } from "../../lib/record/deps.ts";
import { assemble, FIXTURES, run, writeFiles } from "../footprint/_support.ts";
import { versus } from "./versus.ts";

describe("versus deps", () => {
  let home: string;

  beforeAll(() => {
    home = Deno.makeTempDirSync({ prefix: "versus-test-" });
  });
  afterAll(() => {
    Deno.removeSync(home, { recursive: true });
  });

  async function json(path: string): Promise<DepsDocument> {
    const { code, stdout, stderr } = await versus(["deps", path, "--json"], { home });
    expect([code, stderr]).toEqual([0, ""]);
    const value: unknown = JSON.parse(stdout);
    // Strict: what the schema does not name would be left out by it.
    expect(v.parse(DepsSchema, value)).toEqual(value);
    return value as DepsDocument;
  }

  it("prints a document for a project's folder", async () => {
    const folder = join(home, "node");
    Deno.mkdirSync(folder);
    assemble(folder, "node/project", "node/npm3");
    const document = await json(folder);
    expect(document.path).toBe(folder);
    expect(document.manifests.map(({ format, direct, indirect }) => [format, direct, indirect]))
      .toEqual([
        ["package.json", 7, 0],
        ["package-lock@3", 9, 14],
        ["package.json", 1, 0],
        ["package.json", 1, 0],
      ]);
    expect(document.packages.length).toBe(23);
    expect(document.packages.find(({ name }) => name === "chalk")).toEqual({
      ecosystem: "npm",
      name: "chalk",
      version: "4.1.2",
      declared: true,
      direct: true,
    });
    expect(document).not.toHaveProperty("binary");
  });

  it("leaves out what a lock file does not tell, in place of guessing", async () => {
    const document = await json(join(FIXTURES, "node/yarn1/yarn.lock"));
    expect(document.manifests[0]).not.toHaveProperty("direct");
    expect(document.manifests[0]!.partial?.reason).toContain("package.json");
    expect(document.packages.every((found) => found.direct === undefined)).toBe(true);
  });

  it("prints tables for people: files with their counts, then packages, direct ones first", async () => {
    const { code, stdout } = await versus(["deps", join(FIXTURES, "go")], { home });
    expect(code).toBe(0);
    expect(stdout).toMatch(/go\.mod +go\.mod +4 +3 +1/);
    expect(stdout).toMatch(/go +golang\.org\/x\/crypto +v0\.31\.0 +directly/);
    expect(stdout).toMatch(/go +golang\.org\/x\/sys +v0\.28\.0 +through others/);
    expect(stdout.indexOf("gopkg.in/yaml.v3")).toBeLessThan(stdout.indexOf("golang.org/x/sys"));
    expect(stdout).toContain("4 packages: 3 named directly, 1 through others");
  });

  it("prints what a program says of itself", async () => {
    const document = await json(Deno.execPath());
    expect(document.binary).toMatchObject({
      format: "elf",
      bits: 64,
      bytes: Deno.statSync(Deno.execPath()).size,
    });
    expect(document.binary!.needed).toContain("libc.so.6");
    expect(document.manifests[0]).toMatchObject({
      format: "panic-paths",
      partial: { reason: expect.any(String) },
    });
    expect(document.packages.length).toBeGreaterThan(50);
    expect(document.packages.every(({ ecosystem }) => ecosystem === "cargo")).toBe(true);
    const { stdout } = await versus(["deps", Deno.execPath()], { home });
    expect(stdout).toMatch(/^Program: ELF 64-bit/);
    expect(stdout).toContain("Note on ");
    expect(stdout).toContain("more; --json prints all");
  });

  it("says of a program that names nothing that this is no proof", async () => {
    const source = writeFiles(join(home, "c"), { "main.c": "int main(void) { return 0; }\n" });
    await run("gcc", ["-static", "-o", "plain", "main.c"], { cwd: source });
    const document = await json(join(source, "plain"));
    expect(document.binary).toMatchObject({ linkage: "static", needed: [], stripped: false });
    expect(document.packages).toEqual([]);
    expect(document.manifests[0]!.partial?.reason).toContain("nothing in it says");
  });

  const refused: readonly (readonly [
    what: string,
    files: Record<string, string>,
    name: string,
    ...words: string[],
  ])[] = [
    ["a path that is not there", {}, "gone", "gone", "there is no such file"],
    ["a folder without a manifest", { "x/readme.txt": "x" }, "x", "no manifest", "Cargo.lock"],
    ["a file of another kind", { "notes.md": "x" }, "notes.md", "notes.md", "package.json"],
    ["a script", { "run.sh": "#!/bin/sh\n" }, "run.sh", "script", "manifest"],
    [
      "a lock file of an unknown version",
      { "Cargo.lock": "version = 9\n" },
      "Cargo.lock",
      "9",
      "1 to 4",
    ],
    [
      "a lock file that was cut",
      { "package-lock.json": '{"lockfileVersion": 3, "pack' },
      "package-lock.json",
      "not JSON",
    ],
    [
      "a manifest with conflict marks",
      { "go.mod": "module x\n<<<<<<< HEAD\ngo 1.22\n=======\ngo 1.23\n>>>>>>> b\n" },
      "go.mod",
      "<<<<<<<",
      "line 2",
    ],
    [
      "text that would act on a terminal",
      { "requirements.txt": "\x1b[31mred\n" },
      "requirements.txt",
      "\\x1b[31mred",
    ],
  ];
  for (const [what, files, name, ...words] of refused) {
    it(`refuses ${what}`, async () => {
      const folder = writeFiles(Deno.makeTempDirSync({ dir: home }), files);
      const { code, stdout, stderr } = await versus(["deps", join(folder, name), "--json"], {
        home,
      });
      expect(stderr).toMatch(/^error: /);
      for (const word of words) expect(stderr).toContain(word);
      expect(stderr).not.toContain("\x1b");
      expect([code, stdout]).toEqual([2, ""]);
    });
  }

  it("shows names from outside without what a terminal would act on", async () => {
    const folder = writeFiles(join(home, "odd"), {
      "package.json": JSON.stringify({ dependencies: { "a\u001b[31m\u202e": "1.0.0" } }),
    });
    const { stdout } = await versus(["deps", folder], { home });
    expect(stdout).not.toContain("\u001b");
    expect(stdout).not.toContain("\u202e");
  });

  it("has a schema", async () => {
    const { code, stdout } = await versus(["schema", "deps"], { home });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).properties.schema).toEqual({ const: "versus.deps/1" });
  });
});
