import { join } from "node:path";
import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import { cacheFolder, stateFolder } from "../../lib/record/home.ts";

describe("the folders of the program", { ignore: Deno.build.os === "windows" }, () => {
  let base = "";

  beforeEach(async () => {
    base = await Deno.makeTempDir({ prefix: "versus-home-" });
  });

  afterEach(async () => {
    await Deno.remove(base, { recursive: true });
  });

  /** An environment that has these variables alone. */
  const env = (variables: Record<string, string>) => (name: string) => variables[name];
  const own = () => join(base, `versus-${Deno.uid()}`);

  it("are where the platform has them", () => {
    const home = env({ HOME: "/h" });
    expect([stateFolder(home, "linux"), cacheFolder(home, "linux")])
      .toEqual(["/h/.local/state/versus", "/h/.cache/versus"]);
    expect([stateFolder(home, "darwin"), cacheFolder(home, "darwin")])
      .toEqual(["/h/Library/Application Support/versus", "/h/Library/Caches/versus"]);
    const xdg = env({ HOME: "/h", XDG_STATE_HOME: "/s", XDG_CACHE_HOME: "relative" });
    expect([stateFolder(xdg, "linux"), cacheFolder(xdg, "linux")])
      .toEqual(["/s/versus", "/h/.cache/versus"]);
    expect(stateFolder(env({ HOME: "/h", VERSUS_HOME: "/v" }), "darwin")).toBe("/v/state");
    expect(cacheFolder(env({ LOCALAPPDATA: "/l" }), "windows")).toBe("/l/versus/cache");
  });

  it("are in a private one where there is no home", async () => {
    const homeless = env({ HOME: "", TMPDIR: base });
    expect([stateFolder(homeless, "linux"), cacheFolder(homeless, "darwin")])
      .toEqual([join(own(), "state"), join(own(), "cache")]);
    expect((await Deno.stat(own())).mode! & 0o777).toBe(0o700);
    await Deno.chmod(own(), 0o755);
    stateFolder(homeless, "linux");
    expect((await Deno.stat(own())).mode! & 0o777).toBe(0o700);
  });

  it("are not in a link or a folder of somebody else", async () => {
    await Deno.mkdir(join(base, "elsewhere"));
    await Deno.symlink("elsewhere", own());
    expect(() => stateFolder(env({ TMPDIR: base }), "linux")).toThrow(/not a folder of your own/);
    await Deno.remove(own());
    if (Deno.uid() !== 0) return;
    await Deno.mkdir(own());
    await Deno.chown(own(), 65534, 65534);
    expect(() => cacheFolder(env({ TMPDIR: base }), "linux")).toThrow(/not a folder of your own/);
  });
});
