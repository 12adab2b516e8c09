import { join } from "node:path";
import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import { type ConfigurableOption, settingWords } from "../../cli/config.ts";
import { userConfigPath } from "../../cli/config_path.ts";
import { versus } from "./versus.ts";

const OPTIONS: ConfigurableOption[] = [
  { name: "runs", flags: ["--runs"], args: [{}] },
  { name: "precision", flags: ["--precision"], args: [{}], conflicts: ["runs"] },
  { name: "param", flags: ["-p", "--param"], args: [{}], collect: true },
  { name: "json", flags: ["--json"], args: [] },
  { name: "no-color", flags: ["--no-color"], args: [] },
  { name: "baseline", flags: ["--baseline"], args: [{}], depends: ["max-regress"] },
  { name: "max-regress", flags: ["--max-regress"], args: [{}], depends: ["baseline"] },
];

function words(settings: Record<string, unknown>, ...typed: string[]): string[] {
  return settingWords(new Map(Object.entries(settings)), OPTIONS, typed);
}

describe("settings", () => {
  it("become words of the command line", () => {
    expect(words({ runs: 5, json: true, param: ["n=1", "w=2"] })).toEqual([
      "--runs",
      "5",
      "--param",
      "n=1",
      "--param",
      "w=2",
      "--json",
    ]);
  });

  it("give way to what was typed, in each way to type it", () => {
    expect(words({ runs: 5 }, "--runs", "7")).toEqual([]);
    expect(words({ runs: 5 }, "--runs=7")).toEqual([]);
    expect(words({ param: "n=1" }, "-p", "n=2")).toEqual([]);
  });

  it("give way to what they would be in conflict with", () => {
    expect(words({ precision: "1%" }, "--runs", "7")).toEqual([]);
    expect(words({ runs: 5 }, "--precision", "1%")).toEqual([]);
  });

  it("wait for the option that they say something about", () => {
    expect(words({ "max-regress": "5%" })).toEqual([]);
    expect(words({ "max-regress": "5%" }, "--baseline", "latest")).toEqual(["--max-regress", "5%"]);
    expect(words({ "max-regress": "5%", baseline: "latest" })).toEqual([
      "--baseline",
      "latest",
      "--max-regress",
      "5%",
    ]);
  });

  it("turn switches off", () => {
    expect(words({ json: false })).toEqual([]);
    expect(words({ color: false })).toEqual(["--no-color"]);
    expect(words({ "no-color": true })).toEqual(["--no-color"]);
  });

  it("refuse values that are none", () => {
    expect(() => words({ json: "yes" })).toThrow("expected true or false");
    expect(() => words({ runs: [1, 2] })).toThrow("expected one value");
  });

  it("are in the platform's folder", () => {
    const env = (values: Record<string, string>) => (name: string) => values[name];
    expect(userConfigPath(env({ HOME: "/h" }), "linux")).toBe("/h/.config/versus/config.yaml");
    expect(userConfigPath(env({ HOME: "/h", XDG_CONFIG_HOME: "/c" }), "linux"))
      .toBe("/c/versus/config.yaml");
    expect(userConfigPath(env({ VERSUS_HOME: "/v" }), "linux")).toBe("/v/config.yaml");
    expect(userConfigPath(env({}), "linux")).toBeUndefined();
  });
});

describe("configuration files", () => {
  let home: string;
  let project: string;

  beforeEach(() => {
    home = Deno.makeTempDirSync({ prefix: "versus-test-" });
    project = join(home, "project");
    Deno.mkdirSync(project);
  });

  afterEach(() => {
    Deno.removeSync(home, { recursive: true });
  });

  async function seedOf(...args: string[]): Promise<number> {
    const { stdout, stderr } = await versus(
      ["bench", "true", "--json", "--runs", "1", "--warmup", "0", ...args],
      { home, cwd: project },
    );
    if (stdout === "") throw new Error(stderr);
    return JSON.parse(stdout).seed;
  }

  it("set defaults: the user's, over them the project's, over them the command line", async () => {
    Deno.writeTextFileSync(join(home, "config.yaml"), "seed: 11\n");
    expect(await seedOf()).toBe(11);
    Deno.writeTextFileSync(join(project, ".versus.yaml"), "seed: 22\n");
    expect(await seedOf()).toBe(22);
    expect(await seedOf("--seed", "33")).toBe(33);
  });

  it("may hold the limit of a gate for whoever asks for one", async () => {
    Deno.writeTextFileSync(join(project, ".versus.yaml"), "max-regress: 5%\n");
    expect(await seedOf("--seed", "7")).toBe(7);
  });

  for (
    const [what, text, message] of [
      ["an unknown option", "seeed: 1\n", "did you mean seed?"],
      ["a list", "- seed\n", "expected a map"],
      ["YAML that is none", "seed: [1\n", "bracket"],
      ["what would start programs", "prepare: rm -rf x\n", "a project cannot set it"],
      ["trust", "trust: true\n", "a project cannot set it"],
      ["an open port", "listen: 0.0.0.0\n", "listen opens a port, so a project cannot set it"],
      ["a check that is left out", "insecure: true\n", "insecure weakens what is checked, so"],
      ["where a secret goes", "password-env: X\n", "password-env says where a secret goes, so"],
      ["a file that is written", "keep-log: x\n", "keep-log writes a file, so"],
    ] as const
  ) {
    it(`are refused with ${what}`, async () => {
      Deno.writeTextFileSync(join(project, ".versus.yaml"), text);
      const { code, stderr } = await versus(["bench", "true"], { home, cwd: project });
      expect(stderr).toContain(message);
      expect(code).toBe(2);
    });
  }
});
