/** Footprints against budgets and against each other. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import {
  checkBudget,
  diffFootprints,
  type FootprintDocument,
  readFootprint,
} from "../../../lib/footprint/mod.ts";
import { footprint } from "./_footprint.ts";

describe("budgets", () => {
  for (
    const [what, budget, code] of [
      ["allow as much as there is", { maxFiles: 3, maxBytes: 350 }, 0],
      ["refuse a file more", { maxFiles: 2 }, 3],
      ["refuse a byte more", { maxBytes: 349 }, 3],
      ["refuse what nothing explains", { denyUnattributed: true }, 3],
      ["allow nothing", { maxFiles: 0, maxBytes: 0 }, 3],
    ] as const
  ) {
    it(what, () => {
      const { exceeded, exitCode } = checkBudget(footprint(), budget);
      expect([exitCode, exceeded.length > 0]).toEqual([code, code === 3]);
    });
  }

  it("name the file that nothing explains", () => {
    const { exceeded } = checkBudget(footprint(), { denyUnattributed: true });
    expect(exceeded).toEqual(["nothing explains /srv/odd"]);
  });

  it("decide nothing when not all was seen, unless that was asked for", () => {
    const part: FootprintDocument = { ...footprint(), partial: { reason: "cut" } };
    expect(checkBudget(part, { maxFiles: 3 })).toEqual({
      ...{ exceeded: [], undecided: true, exitCode: 4 },
    });
    expect(checkBudget(part, { maxFiles: 3 }, true).exitCode).toBe(0);
    expect(checkBudget(part, { maxFiles: 2 }).exitCode).toBe(3);
  });
});

describe("differences", () => {
  it("are files and packages that only one has, and versions that changed", () => {
    const before = footprint();
    const after: FootprintDocument = {
      ...before,
      files: [
        before.files[0]!,
        { ...before.files[1]!, path: "/lib/new.py" },
        ...before.files.slice(2),
      ],
      packages: [
        { ...before.packages[0]!, version: "2.0" },
        { ...before.packages[0]!, name: "other" },
        { ...before.packages[1]!, opened: false },
      ],
    };
    const found = diffFootprints(before, after);
    expect(found.addedFiles.map(({ path }) => path)).toEqual(["/lib/new.py"]);
    expect(found.removedFiles.map(({ path }) => path)).toEqual(["/lib/b.py"]);
    expect(found.commonFiles).toBe(2);
    expect(found.addedPackages.map(({ name }) => name)).toEqual(["other"]);
    expect(found.removedPackages.map(({ name }) => name)).toEqual(["libc6"]);
    expect(found.changedPackages.map((pair) => [pair.before.version, pair.after.version])).toEqual([
      ["1.0", "2.0"],
    ]);
  });

  it("are none between equals", () => {
    const found = diffFootprints(footprint(), footprint());
    expect([found.addedFiles, found.removedFiles, found.commonFiles]).toEqual([[], [], 3]);
    expect([found.addedPackages, found.removedPackages, found.changedPackages]).toEqual([
      [],
      [],
      [],
    ]);
  });
});

describe("files", () => {
  let folder: string;

  beforeAll(() => {
    folder = Deno.makeTempDirSync({ prefix: "versus-test-" });
  });

  afterAll(() => {
    Deno.removeSync(folder, { recursive: true });
  });

  function write(name: string, text: string): string {
    const path = join(folder, name);
    Deno.writeTextFileSync(path, text);
    return path;
  }

  it("are read back as documents", async () => {
    const path = write("whole.json", JSON.stringify(footprint()));
    expect(await readFootprint(path)).toEqual(footprint());
  });

  for (
    const [what, text, word] of [
      ["no JSON", "{", "no JSON"],
      ["another document", '{"schema":"versus.run/1"}', "schema"],
      ["a document cut short", JSON.stringify({ ...footprint(), files: undefined }), "files"],
      ["a negative size", JSON.stringify({ ...footprint(), bytes: { onDisk: -1 } }), "onDisk"],
    ] as const
  ) {
    it(`are refused with ${what}`, async () => {
      const path = write("bad.json", text);
      await expect(readFootprint(path)).rejects.toThrow(word);
    });
  }

  it("are refused when they are not there", async () => {
    await expect(readFootprint(join(folder, "none.json"))).rejects.toThrow("no such file");
  });
});
