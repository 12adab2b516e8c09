/** Documents of real programs: kinds of files, bytes, owners, packages, what was missed. */
import { basename, join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { FootprintSchema } from "../../../lib/footprint/schema.ts";
import {
  attributorFor,
  type FootprintDocument,
  footprintOf,
  type TracedFile,
  traceProgram,
  type TraceRun,
} from "../../../lib/footprint/mod.ts";
import { findToolchain, isMissing } from "../../../lib/toolchain/mod.ts";
import { HERE } from "./_support.ts";

describe("the document of a Python program", () => {
  let folder: string;
  let run: TraceRun;
  let document: FootprintDocument;

  beforeAll(async () => {
    folder = Deno.makeTempDirSync({ prefix: "versus-test-" });
    // The real one: a shim would be another program around it.
    const python = await findToolchain("cpython");
    run = await traceProgram({
      argv: [
        isMissing(python) ? "python3" : python.realPath,
        join(HERE, "programs/script.py"),
        folder,
      ],
      env: {
        PATH: Deno.env.get("PATH")!,
        HOME: folder,
        PYTHONPATH: join(folder, "no-such-folder"),
        SECRET: "not for a document",
      },
      stdin: "null",
      stdout: "null",
    });
    document = footprintOf(run, { attributor: attributorFor(run), untracedS: 0.5 });
  });

  afterAll(() => {
    Deno.removeSync(folder, { recursive: true });
  });

  function file(name: string): TracedFile | undefined {
    return document.files.find(({ path }) => basename(path) === name);
  }

  it("is what the validator says, also after a way through JSON", () => {
    expect(v.parse(FootprintSchema, JSON.parse(JSON.stringify(document)))).toEqual(document);
  });

  it("tells regular files, and how large they are", () => {
    const plain = file("plain.txt")!;
    expect(plain).toMatchObject({ path: join(folder, "plain.txt"), kind: "file", bytes: 1 });
    // The script opens it twice, and two programs once each.
    expect([plain.opens, plain.readBytes]).toEqual([4, 2]);
    expect(document.opened.unique).toBe(
      document.files.filter(({ kind }) => kind === "file" || kind === "gone").length,
    );
  });

  it("tells folders, devices, /proc, and files that are gone", () => {
    const kinds = new Map(document.files.map(({ path, kind }) => [path, kind]));
    expect(kinds.get(join(folder, "a/b"))).toBe("directory");
    expect(kinds.get("/dev/null")).toBe("device");
    expect(file("gone.txt")).toMatchObject({ kind: "gone", opens: 1 });
    expect(file("gone.txt")?.bytes).toBeUndefined();
    expect(document.files.some(({ path, kind }) => path.startsWith("/proc/") && kind !== "proc"))
      .toBe(false);
  });

  it("keeps the bytes of names that are no text", () => {
    const odd = document.files.find(({ pathBase64 }) => pathBase64 !== undefined)!;
    expect(odd).toMatchObject({
      path: join(folder, "a/b/bad-\ufffd-utf8"),
      kind: "file",
      bytes: 0,
    });
    expect(atob(odd.pathBase64!)).toBe(join(folder, "a/b/bad-\xff-utf8"));
    expect(file('new\nline "and" quotes\\')?.kind).toBe("file");
  });

  it("counts what is on disk, read and mapped as three numbers", () => {
    const { onDisk, read, mapped } = document.bytes;
    expect(onDisk).toBeGreaterThan(read);
    expect(mapped).toBeGreaterThan(0);
    for (const { bytes, mappedBytes } of document.files) {
      if (bytes !== undefined) expect(mappedBytes).toBeLessThanOrEqual(bytes);
    }
  });

  it("groups what was missed by the search that caused it", () => {
    const { count, bySyscall, byPath } = document.missed;
    expect(byPath.reduce((sum, one) => sum + one.count, 0)).toBe(count);
    expect(Object.values(bySyscall).reduce((sum, one) => sum + one, 0)).toBe(count);
    expect(byPath.some(({ search }) => search === "loader")).toBe(true);
    expect(byPath.some(({ path }) => path === folder)).toBe(true);
  });

  it("tells the tree of processes with what they executed", () => {
    const [root, ...others] = document.processes;
    expect(root?.parent).toBeUndefined();
    const pids = new Set(document.processes.map(({ pid }) => pid));
    for (const { parent, exitCode } of others) {
      expect(pids.has(parent!)).toBe(true);
      expect(exitCode).toBe(0);
    }
    expect(others.map(({ argv }) => argv.join(" "))).toContain("cat ../../plain.txt");
    const executed = others.find(({ argv }) => argv.join(" ") === "cat passwd");
    expect(executed?.earlier?.at(-1)?.[0]).toBe("sh");
  });

  it("tells the variables that select files, and no others", () => {
    expect(document.environment).toEqual({ PYTHONPATH: join(folder, "no-such-folder") });
  });

  it("names owners, and adds their files up by package", () => {
    const [runtime] = document.packages.filter(({ ecosystem }) => ecosystem === "runtime");
    expect(runtime).toMatchObject({ name: "cpython", opened: true, installed: true });
    expect(
      file("json") ?? file("decoder.py") ??
        document.files.find(({ path }) => path.includes("/json/")),
    ).toMatchObject({ owner: "cpython:stdlib" });
    const late = document.packages.find(({ files }) => files > 0)?.late;
    expect(late).toBe(false);
  });

  it("has times", () => {
    const { untracedS, tracedS, firstOutputS } = document.time;
    expect([untracedS, tracedS > firstOutputS!]).toEqual([0.5, true]);
    const times = document.files.map(({ firstAtS }) => firstAtS);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(tracedS);
  });
});

describe("packages", () => {
  let folder: string;

  beforeAll(() => {
    folder = Deno.makeTempDirSync({ prefix: "versus-test-" });
    for (const name of ["used", "idle", "late"]) {
      const own = join(folder, "node_modules", name);
      Deno.mkdirSync(own, { recursive: true });
      Deno.writeTextFileSync(join(own, "package.json"), `{"name":"${name}","version":"1.2.3"}`);
      Deno.writeTextFileSync(join(own, "index.js"), `module.exports = "${name}";\n`);
    }
    Deno.writeTextFileSync(
      join(folder, "main.cjs"),
      'const { writeSync } = require("node:fs");\nrequire("used");\nwriteSync(1, "out");\n' +
        'require("late");\n',
    );
  });

  afterAll(() => {
    Deno.removeSync(folder, { recursive: true });
  });

  it("stand in three columns: declared, installed, opened", async () => {
    const run = await traceProgram({
      argv: ["node", "main.cjs"],
      cwd: folder,
      stdin: "null",
      stdout: "null",
    });
    expect(run.exitCode).toBe(0);
    const { packages, missed } = footprintOf(run, {
      attributor: attributorFor(run),
      declared: [
        { ecosystem: "npm", name: "used", version: "1.0.0", direct: true },
        { ecosystem: "npm", name: "absent", version: "2.0.0", direct: false },
      ],
    });
    const npm = packages.filter(({ ecosystem }) => ecosystem === "npm");
    const of = (wanted: string) => npm.find(({ name }) => name === wanted);
    const found = { ecosystem: "npm", version: "1.2.3", installed: true } as const;
    expect(of("used")).toMatchObject({
      ...found,
      ...{ declared: true, direct: true, opened: true, late: false, files: 2 },
    });
    expect(of("late")).toMatchObject({ ...found, declared: false, opened: true, late: true });
    expect(of("idle")).toMatchObject({ ...found, declared: false, opened: false, files: 0 });
    expect(of("absent")).toEqual({
      ...{ ecosystem: "npm", name: "absent", version: "2.0.0", files: 0, bytes: 0 },
      ...{ declared: true, installed: false, opened: false, direct: false },
    });
    expect(
      missed.byPath.some(({ search }) => search === "package.json" || search === "node_modules"),
    )
      .toBe(true);
  });
});
