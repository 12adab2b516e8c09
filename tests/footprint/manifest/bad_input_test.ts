/** Files that are wrong: a clear message or a marked partial result, never a wrong count. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { VersusError } from "../../../lib/error.ts";
import { readManifests } from "../../../lib/footprint/manifest/mod.ts";
import type { ManifestSummary } from "../../../lib/footprint/types.ts";
import { assemble, scratch, writeFiles } from "../_support.ts";
import { LOCKS } from "./_locks.ts";

async function attempt(path: string): Promise<ManifestSummary | VersusError> {
  try {
    const { manifests } = await readManifests(path);
    return manifests[0]!;
  } catch (error) {
    if (error instanceof VersusError) return error;
    throw error;
  }
}

describe("a version that is not known", () => {
  for (
    const [file, text, found] of [
      ["package-lock.json", '{"lockfileVersion":4,"packages":{}}', "4"],
      ["package-lock.json", '{"lockfileVersion":"3"}', "lockfileVersion"],
      ["package-lock.json", '{"lockfileVersion":3}', "packages"],
      ["pnpm-lock.yaml", "lockfileVersion: '10.0'\n", "10.0"],
      ["pnpm-lock.yaml", "lockfileVersion: '4'\n", "expected 5, 6 or 9"],
      ["yarn.lock", "__metadata:\n  version: 99\n", "99"],
      ["yarn.lock", "# yarn lockfile v2\n", "yarn lockfile v1"],
      ["pylock.toml", 'lock-version = "2.0"\npackages = []\n', "2.0"],
      ["poetry.lock", '[metadata]\nlock-version = "3.0"\ncontent-hash = "x"\n', "3.0"],
      ["uv.lock", "version = 2\n", "2"],
      ["Cargo.lock", "version = 5\n", "5"],
      ["deno.lock", '{"version":"6"}', "6"],
      ["deno.lock", '{"version":1}', "version"],
    ] as const
  ) {
    it(`of ${file} is refused: ${text.slice(0, 40).trim()}`, async () => {
      using work = scratch();
      writeFiles(work.path, { [file]: text });
      const result = await attempt(join(work.path, file));
      expect(result).toBeInstanceOf(VersusError);
      expect((result as VersusError).message).toContain(found);
      expect((result as VersusError).message).toContain(file);
      expect((result as VersusError).hint).toBeDefined();
    });
  }

  it("of pylock.toml is read where only the minor number is newer, and marked", async () => {
    using work = scratch();
    writeFiles(work.path, { "pylock.toml": 'lock-version = "1.7"\npackages = []\n' });
    const result = await attempt(work.path);
    expect((result as ManifestSummary).partial?.reason).toContain("1.7");
  });
});

/** Ends of lines at which a text is cut, at most. */
const LINE_CUTS = 80;

/** Where to cut: at 24 places of the text, and at the ends of lines. */
function* cuts(text: string): Generator<number> {
  for (let i = 1; i < 25; i++) yield Math.floor(text.trimEnd().length * i / 25);
  const ends = [...text.matchAll(/\n(?!$)/g)].map(({ index }) => index + 1);
  const step = Math.max(1, Math.ceil(ends.length / LINE_CUTS));
  // The last lines are where a file is most likely cut.
  yield* ends.filter((_, i) => i % step === 0 || i >= ends.length - 10);
}

describe("a lock file that was cut short", () => {
  // What has no end that could be missing: a list of requirements, go.mod, and pylock.toml, which does
  // not say what its packages depend on. Those are cut within lines only.
  const endless = ["go.mod", "pylock.toml"];
  // Of the last package of Cargo.lock, what it depends on may be missing without a trace.
  const complete = (file: string, text: string) =>
    endless.includes(file) && text.endsWith("\n") ||
    file === "Cargo.lock" && /\nchecksum = .*\n$/.test(text);

  for (const [file, ...parts] of LOCKS) {
    if (file === "requirements.txt") continue;
    it(`is told of ${parts.at(-1)}/${file}, wherever it was cut`, async () => {
      using work = scratch();
      assemble(work.path, ...parts);
      const path = join(work.path, file);
      const whole = Deno.readTextFileSync(path);
      const all = await attempt(path) as ManifestSummary;
      expect(all).not.toHaveProperty("partial");
      const wrong: string[] = [];
      for (const at of cuts(whole)) {
        if (complete(file, whole.slice(0, at))) continue;
        Deno.writeTextFileSync(path, whole.slice(0, at));
        const result = await attempt(path);
        if (result instanceof VersusError || result.partial !== undefined) continue;
        if (result.packages !== all.packages || result.direct !== all.direct) {
          wrong.push(`${at}: ${JSON.stringify(whole.slice(Math.max(0, at - 30), at))}`);
        }
      }
      expect(wrong).toEqual([]);
    });
  }
});

describe("merge conflict marks", () => {
  for (const [file, ...parts] of LOCKS) {
    it(`are told of ${parts.at(-1)}/${file}`, async () => {
      using work = scratch();
      assemble(work.path, ...parts);
      const path = join(work.path, file);
      const lines = Deno.readTextFileSync(path).split("\n");
      const middle = Math.floor(lines.length / 2);
      lines.splice(middle, 1, "<<<<<<< HEAD", lines[middle]!, "=======", "x", ">>>>>>> other");
      Deno.writeTextFileSync(path, lines.join("\n"));
      const result = await attempt(path);
      expect(result).toBeInstanceOf(VersusError);
      expect((result as VersusError).message).toContain(`line ${middle + 1}`);
    });
  }
});

describe("files that are no text, or nothing at all", () => {
  const cases: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ["go.mod", new Uint8Array([0xff, 0xfe, 0x00]), /UTF-8/],
    ["uv.lock", "version = 1\0\n", /NUL byte at line 1/],
    ["package.json", "", /not JSON/],
    ["package.json", "[]", /expected/],
    ["package.json", '{"dependencies":["a"]}', /dependencies/],
    ["package.json", '{"dependencies":{"a":1}}', /dependencies\.a/],
    ["Cargo.lock", "[[package]]\nname = 1\n", /package\[0\]\.name/],
    ["deno.jsonc", '{"imports": {"a": "jsr:@a/b"', /not JSON at line 1/],
    ["pnpm-lock.yaml", "a: [", /not YAML/],
    ["pnpm-lock.yaml", "", /expected/],
    ["Cargo.toml", "[dependencies", /not TOML at line 1/],
    ["package.json", "[".repeat(100_000), /package\.json/],
    ["pnpm-lock.yaml", "[".repeat(100_000), /pnpm-lock\.yaml/],
    ["Cargo.toml", `a = ${"[".repeat(100_000)}`, /Cargo\.toml/],
    ["deno.json", "[".repeat(100_000), /deno\.json/],
  ];
  for (const [file, content, message] of cases) {
    it(`${file}: ${JSON.stringify(String(content).slice(0, 30))}`, async () => {
      using work = scratch();
      const path = join(work.path, file);
      if (typeof content === "string") Deno.writeTextFileSync(path, content);
      else Deno.writeFileSync(path, content);
      const result = await attempt(path);
      expect(result).toBeInstanceOf(VersusError);
      expect((result as VersusError).message).toMatch(message);
    });
  }

  it("says what there is to name where a folder has no manifest", async () => {
    using work = scratch();
    const result = await attempt(work.path);
    expect((result as VersusError).hint).toContain("Cargo.lock");
  });

  it("refuses a folder in the place of a manifest", async () => {
    using work = scratch();
    Deno.mkdirSync(join(work.path, "go.mod"));
    expect((await attempt(work.path) as VersusError).message).toContain("Found no manifest");
  });
});

describe("100,000 packages", () => {
  const count = 100_000;
  const range = Array.from({ length: count }, (_, i) => i);
  const makers: Record<string, () => string> = {
    "Cargo.lock": () =>
      "version = 4\n" + range.map((i) =>
        `\n[[package]]\nname = "p${i}"\nversion = "1.0.${i}"\nsource = "registry+https://registry.example/index"\n` +
        `dependencies = [\n "p${(i + 1) % count}",\n]\n`
      ).join("") +
      `\n[[package]]\nname = "root"\nversion = "1.0.0"\ndependencies = [\n "p0",\n "p7",\n]\n`,
    "package-lock.json": () =>
      JSON.stringify({
        lockfileVersion: 3,
        packages: Object.fromEntries([
          ["", { dependencies: { p0: "*", p7: "*" } }],
          ...range.map((i) => [`node_modules/p${i}`, { version: `1.0.${i}` }]),
        ]),
      }),
    "pnpm-lock.yaml": () =>
      "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n" +
      [0, 7].map((i) => `      p${i}:\n        specifier: '*'\n        version: 1.0.${i}\n`).join(
        "",
      ) +
      "packages:\n" +
      range.map((i) => `  p${i}@1.0.${i}:\n    resolution: {integrity: sha512-x}\n`).join("") +
      "snapshots:\n" + range.map((i) => `  p${i}@1.0.${i}: {}\n`).join(""),
    "go.mod": () =>
      "module x\ngo 1.22\nrequire (\n" +
      range.map((i) => `\texample.com/p${i} v1.0.${i}${i === 0 || i === 7 ? "" : " // indirect"}\n`)
        .join("") +
      ")\n",
    "uv.lock": () =>
      'version = 1\n[[package]]\nname = "root"\nsource = { virtual = "." }\n' +
      'dependencies = [{ name = "p0" }, { name = "p7" }]\n' +
      range.map((i) =>
        `[[package]]\nname = "p${i}"\nversion = "1.0.${i}"\nsource = { registry = "https://registry.example" }\n`
      ).join(""),
  };
  for (const [file, make] of Object.entries(makers)) {
    it(`are all counted in ${file}`, async () => {
      using work = scratch();
      writeFiles(work.path, { [file]: make() });
      const { manifests, packages } = await readManifests(work.path);
      expect(packages.length).toBe(count);
      expect(manifests[0]).toMatchObject({ packages: count, direct: 2, indirect: count - 2 });
    });
  }

  it("do not need a stack of their own where npm 6 nests them", async () => {
    using work = scratch();
    let inner = "{}";
    for (let i = 0; i < 5_000; i++) {
      inner = `{"p${i}":{"version":"1.0.${i}","dependencies":${inner}}}`;
    }
    writeFiles(work.path, {
      "package-lock.json": `{"lockfileVersion":1,"dependencies":${inner}}`,
      "package.json": "{}",
    });
    expect((await readManifests(work.path)).packages.length).toBe(5_000);
  });
});
