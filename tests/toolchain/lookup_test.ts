import { delimiter } from "node:path";
import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import { lookUp, matching, realNamesake, searchFolders } from "../../lib/toolchain/_lookup.ts";
import { findToolchain, isMissing } from "../../lib/toolchain/mod.ts";
import { goScript, type Sandbox, sandbox } from "./_fake.ts";

describe("looking on the PATH", () => {
  let box: Sandbox;
  let before: string;
  beforeEach(() => {
    box = sandbox();
    before = Deno.cwd();
  });
  afterEach(() => {
    Deno.chdir(before);
    box[Symbol.dispose]();
  });

  it("keeps the order, and a folder by two names once", async () => {
    const a = box.folder("a");
    const b = box.folder("b");
    const link = box.link("link", a);
    const env = { PATH: [b, link, a, b, "/nowhere/at/all"].join(delimiter) };
    expect(await searchFolders(env)).toEqual([b, link]);
  });

  it("skips empty and relative entries", async () => {
    box.folder("sub");
    Deno.chdir(box.root);
    expect(await searchFolders({ PATH: `.:sub:./sub::~/bin:..` })).toEqual([]);
    expect(await searchFolders({ PATH: "" })).toEqual([]);
    expect(await searchFolders({})).toEqual([]);
  });

  it("never runs a program of the working directory", async () => {
    const marker = `${box.root}/ran`;
    box.script("go", `: > '${marker}'; ${goScript("/", "1.99.0")}`);
    box.script("sub/go", `: > '${marker}'; ${goScript("/", "1.99.0")}`);
    Deno.chdir(box.root);
    const found = await findToolchain("go", { env: { PATH: ".::sub:./sub" } });
    expect(isMissing(found) && found.reason).toBe("found no go on the PATH");
    await expect(Deno.stat(marker)).rejects.toThrow(Deno.errors.NotFound);
  });

  it("takes only files that may be executed", async () => {
    box.file("plain/go", "#!/bin/sh\n");
    box.folder("folder/go");
    box.link("dangling/go", "/nowhere/go");
    box.link("loop/go", "go");
    const good = box.script("good/go", "exit 0");
    const linked = box.link("linked/go", good);
    const folders = ["plain", "folder", "dangling", "loop", "good", "linked", "none"]
      .map((name) => `${box.root}/${name}`);
    expect(await lookUp("go", folders)).toEqual([good, linked]);
  });

  it("lists executables with a number in their name", async () => {
    box.script("bin/python3.9", "");
    box.script("bin/python3.13t", "");
    box.script("bin/python3.13-config", "");
    box.file("bin/python3.12", "");
    const found = await matching(`${box.root}/bin`, /^python3\.(\d+)t?$/);
    expect(found.map(({ number }) => number).sort((a, b) => a - b)).toEqual([9, 13]);
    expect(await matching(`${box.root}/none`, /(.)/)).toEqual([]);
  });

  it("resolves links to namesakes, but not to a program that acts by its name", async () => {
    const real = box.script("opt/go1.22/bin/go", "");
    const manager = box.script("opt/manager", "");
    expect(await realNamesake(box.link("a/go", real), "go")).toBe(real);
    const shim = box.link("b/go", manager);
    expect(await realNamesake(shim, "go")).toBe(shim);
  });
});
