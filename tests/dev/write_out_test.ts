import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import { writeOut } from "../../tasks/_write_out.ts";

describe("writeOut", () => {
  let base = "";

  beforeEach(async () => {
    base = await Deno.makeTempDir({ prefix: "versus-write-out-" });
    await Deno.mkdir(`${base}/from/below`, { recursive: true });
    await Deno.writeTextFile(`${base}/from/a.yaml`, "a");
    await Deno.writeTextFile(`${base}/from/below/b.py`, "b");
  });

  afterEach(async () => {
    await Deno.remove(base, { recursive: true });
  });

  it("writes a folder out once for each content", async () => {
    const first = writeOut(`${base}/from`, `${base}/to`, "scenarios");
    expect(await Deno.readTextFile(`${first}/scenarios/below/b.py`)).toBe("b");
    expect(writeOut(`${base}/from`, `${base}/to`, "scenarios")).toBe(first);
    await Deno.writeTextFile(`${base}/from/a.yaml`, "changed");
    const second = writeOut(`${base}/from`, `${base}/to`, "scenarios");
    expect(second).not.toBe(first);
    expect(await Deno.readTextFile(`${second}/scenarios/a.yaml`)).toBe("changed");
    expect(await Deno.readTextFile(`${first}/scenarios/a.yaml`)).toBe("a");
    expect([...Deno.readDirSync(`${base}/to`)].length).toBe(2);
  });

  it("makes a copy anew that is cut off, of another size or open to others", async () => {
    const spoil: ((folder: string) => void)[] = [
      (folder) => Deno.removeSync(`${folder}/complete`),
      (folder) => Deno.writeTextFileSync(`${folder}/scenarios/below/b.py`, "longer"),
      (folder) => Deno.removeSync(`${folder}/scenarios/a.yaml`),
      (folder) => Deno.chmodSync(folder, 0o777),
    ];
    for (const ruin of spoil) {
      const folder = writeOut(`${base}/from`, `${base}/to`, "scenarios");
      ruin(folder);
      expect(writeOut(`${base}/from`, `${base}/to`, "scenarios")).toBe(folder);
      expect(await Deno.readTextFile(`${folder}/scenarios/below/b.py`)).toBe("b");
      expect(await Deno.readTextFile(`${folder}/scenarios/a.yaml`)).toBe("a");
      expect((await Deno.stat(folder)).mode! & 0o077).toBe(0);
      expect([...Deno.readDirSync(`${base}/to`)].length).toBe(1);
    }
  });

  it("leaves nothing where it can't write", () => {
    Deno.writeTextFileSync(`${base}/file`, "");
    expect(() => writeOut(`${base}/from`, `${base}/file`, "scenarios")).toThrow();
    expect(Deno.readTextFileSync(`${base}/file`)).toBe("");
  });
});
