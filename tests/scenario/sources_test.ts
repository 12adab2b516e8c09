import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { join } from "node:path";
import {
  describeCommands,
  loadScenario,
  scenarioDigest,
  sourceFiles,
  ValidationError,
} from "../../lib/scenario/mod.ts";
import {
  altered,
  rejectionOf,
  temporaryFolder,
  VALID,
  VALID_FILES,
  validScenario,
} from "./_support.ts";

/** The problems of loading a folder. */
async function problemsIn(folder: string): Promise<string[]> {
  const error = await rejectionOf(loadScenario(folder));
  if (!(error instanceof ValidationError)) throw error;
  return error.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe("sourceFiles", () => {
  it("lists files and all that is in folders, sorted", async () => {
    await using folder = await temporaryFolder(VALID_FILES);
    const scenario = await loadScenario(folder.path);
    const [cpython, go] = scenario.variants;
    expect(await sourceFiles(scenario, cpython!)).toEqual(["loop.py"]);
    expect(await sourceFiles(scenario, go!)).toEqual(["go/inner/more.go", "go/main.go"]);
    expect(await sourceFiles(scenario, { files: ["./go/", "loop.py", "go/main.go"] }))
      .toEqual(["go/inner/more.go", "go/main.go", "loop.py"]);
    expect((await sourceFiles(scenario, { files: ["."] })).length).toBe(5);
  });

  it("follows a link to a file inside", async () => {
    await using folder = await temporaryFolder(VALID_FILES);
    await Deno.symlink("../loop.py", join(folder.path, "go/link.py"));
    const scenario = await loadScenario(folder.path);
    expect(await sourceFiles(scenario, scenario.variants[1]!)).toContain("go/link.py");
  });

  it("works in a folder that is itself reached by a link", async () => {
    await using folder = await temporaryFolder();
    await using real = await temporaryFolder(VALID_FILES);
    await Deno.symlink(real.path, join(folder.path, "link"));
    const scenario = await loadScenario(join(folder.path, "link"));
    expect(await sourceFiles(scenario, scenario.variants[0]!)).toEqual(["loop.py"]);
  });

  it("refuses more than 5000 files", async () => {
    const many = Object.fromEntries(Array.from({ length: 5001 }, (_, i) => [`go/f${i}`, ""]));
    await using folder = await temporaryFolder({ ...VALID_FILES, ...many });
    expect(await problemsIn(folder.path)).toEqual([
      "variants.go.files[0]: found more than 5000 files or 64 MiB of sources",
    ]);
  });
});

describe("the files of a scenario", () => {
  const outside: readonly (readonly [file: string, message: RegExp])[] = [
    ["../secret", /files\[0\]: found "\.\.\/secret", expected a path without \.\.$/],
    ["go/../../secret", /expected a path without \.\./],
    ["/etc/passwd", /found "\/etc\/passwd", expected a path relative to the scenario/],
    ["C:/x", /expected a path relative to the scenario/],
    ["go\\\\main.go", /expected \/ between folders/],
    ["lopp.py", /found no file "lopp\.py", did you mean "loop\.py"\?/],
    ["go/mian.go", /found no file "go\/mian\.go", did you mean "main\.go"\?/],
    ["loop.py/x", /found no file "loop\.py\/x"/],
    ["none/x", /found no file "none\/x"$/],
  ];
  for (const [file, message] of outside) {
    it(`can't be ${file}`, async () => {
      const yaml = altered("files: [loop.py]", `files: ["${file}"]`);
      await using folder = await temporaryFolder({ ...VALID_FILES, "scenario.yaml": yaml });
      const problems = await problemsIn(folder.path);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(message);
    });
  }

  it("can't be reached by links that lead out", async () => {
    await using other = await temporaryFolder({ "secret": "x", "inner/secret": "y" });
    const { "loop.py": _, ...rest } = VALID_FILES;
    await using folder = await temporaryFolder(rest);
    await Deno.symlink(join(other.path, "secret"), join(folder.path, "loop.py"));
    await Deno.symlink(join(other.path, "inner"), join(folder.path, "go/inner2"));
    const problems = await problemsIn(folder.path);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(
      /cpython\.files\[0\]: "loop\.py" leads out of the scenario's folder/,
    );
    expect(problems[1]).toMatch(/go\.files\[0\]: "go\/inner2" leads out of the scenario's folder/);
  });

  it("can't be a folder next door that starts with the same name", async () => {
    await using parent = await temporaryFolder({ "loop-secret/a": "x" });
    const { "loop.py": _, ...rest } = VALID_FILES;
    for (const [name, content] of Object.entries(rest)) {
      await Deno.mkdir(join(parent.path, "loop", name, ".."), { recursive: true });
      await Deno.writeTextFile(join(parent.path, "loop", name), content);
    }
    await Deno.symlink("../loop-secret/a", join(parent.path, "loop/loop.py"));
    expect((await problemsIn(join(parent.path, "loop")))[0]).toMatch(/leads out of the scenario/);
  });

  it("can't go in circles", async () => {
    await using folder = await temporaryFolder(VALID_FILES);
    await Deno.symlink("..", join(folder.path, "go/up"));
    expect(await problemsIn(folder.path)).toEqual([
      'variants.go.files[0]: "go/up" is a link to a folder, which is not followed',
    ]);
    await Deno.remove(join(folder.path, "go/up"));
    await Deno.symlink("loop2", join(folder.path, "go/loop1"));
    await Deno.symlink("loop1", join(folder.path, "go/loop2"));
    const problems = await problemsIn(folder.path);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^variants\.go\.files\[0\]: cannot read "go": /);
  });

  it("can't be a device or a broken link", async () => {
    const { "loop.py": _, ...rest } = VALID_FILES;
    await using folder = await temporaryFolder(rest);
    await Deno.symlink("nowhere", join(folder.path, "loop.py"));
    expect((await problemsIn(folder.path))[0]).toMatch(/found no file "loop\.py"/);
  });

  it("are not looked at where only a listing is wanted", async () => {
    await using folder = await temporaryFolder({ "scenario.yaml": VALID });
    expect((await loadScenario(folder.path, { checkFiles: false })).name).toBe("loop");
    expect(await problemsIn(folder.path)).toHaveLength(3);
  });
});

describe("describeCommands", () => {
  it("lists build steps and runs with their environment, as they stand", () => {
    expect(
      describeCommands(validScenario()).map(({ variant, step, text }) =>
        `${variant} ${step} ${text}`
      ),
    )
      .toEqual([
        "cpython run {toolchain} {dir}/loop.py {n}",
        "go build GOMAXPROCS=4 {toolchain} build -o {out}/loop {dir}/go/main.go",
        "go run GOMAXPROCS=4 {out}/loop {n} {workers}",
        "rust build {tool:cargo} build",
        "rust run {out}/loop {n}",
      ]);
  });

  it("quotes words and hides nothing behind control characters", () => {
    const scenario = validScenario();
    const [variant] = scenario.variants;
    const run = ["sh", "-c", "rm -rf ~; echo 'ok'", "\x1b[2Kls", "a\nb", "\u202ex", ""];
    const [command] = describeCommands({ ...scenario, variants: [{ ...variant!, run }] });
    expect(command!.command).toEqual(run);
    expect(command!.text)
      .toBe(`sh -c 'rm -rf ~; echo '\\''ok'\\''' '\\x1b[2Kls' 'a\\nb' '\\u202ex' ''`);
  });
});

describe("scenarioDigest", () => {
  it("changes with the YAML, any source, its name and its executable bit, and nothing else", async () => {
    await using folder = await temporaryFolder(VALID_FILES);
    const digest = async () => await scenarioDigest(await loadScenario(folder.path));
    const first = await digest();
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    await Deno.writeTextFile(join(folder.path, "unrelated.txt"), "x");
    expect(await digest()).toBe(first);
    await Deno.writeTextFile(join(folder.path, "loop.py"), "print(1)\n");
    expect(await digest()).toBe(first);

    const seen = [first];
    const change = async (action: Promise<void>) => {
      await action;
      const next = await digest();
      expect(seen.includes(next)).toBe(false);
      seen.push(next);
    };
    await change(Deno.writeTextFile(join(folder.path, "loop.py"), "print(2)\n"));
    await change(Deno.writeTextFile(join(folder.path, "go/inner/more.go"), "package other\n"));
    await change(Deno.rename(join(folder.path, "go/main.go"), join(folder.path, "go/other.go")));
    await change(Deno.chmod(join(folder.path, "loop.py"), 0o755));
    await change(Deno.writeTextFile(join(folder.path, "scenario.yaml"), VALID + "# more\n"));
    expect(seen).toHaveLength(6);
  });

  it("is the same wherever the folder is", async () => {
    await using one = await temporaryFolder(VALID_FILES);
    await using other = await temporaryFolder(VALID_FILES);
    expect(await scenarioDigest(await loadScenario(one.path)))
      .toBe(await scenarioDigest(await loadScenario(other.path)));
  });
});
