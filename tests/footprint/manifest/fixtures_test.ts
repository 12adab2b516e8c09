/** Lock files by the real package managers: what is read equals what the managers themselves list. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { readManifests } from "../../../lib/footprint/manifest/mod.ts";
import { assemble, FIXTURES, scratch } from "../_support.ts";
import { direct, names } from "./_names.ts";

function list(file: string): string[] {
  return Deno.readTextFileSync(join(FIXTURES, file)).split("\n").filter((line) => line !== "");
}

/** `npm ls --parseable --long`: path, package and, for a link, where it leads. */
const NPM = list("node/npm3/npm-ls.list")
  .filter((line) => !line.startsWith(":") && !/:packages\/\w+$/.test(line))
  .map((line) => line.replace(/^[^:]*:/, "").replace(/^.*@npm:/, ""));

const NODE_DIRECT = [
  "@types/node@20.14.0",
  "chalk@4.1.2",
  "fsevents@2.3.3",
  "is-number@6.0.0",
  "is-number@7.0.0",
  "is-odd@3.0.1",
  "react@18.3.1",
  "use-sync-external-store@1.2.0",
  "wrap-ansi@9.0.2",
];

describe("lock files of Node's package managers", () => {
  // The package for macOS is locked, and not installed here.
  const all = [...NPM, "fsevents@2.3.3"].sort();

  for (
    const [folder, format] of [
      ["npm1", "package-lock@1"],
      ["npm2", "package-lock@2"],
      ["npm3", "package-lock@3"],
      ["pnpm6", "pnpm-lock@5.3"],
      ["pnpm7", "pnpm-lock@5.4"],
      ["pnpm8", "pnpm-lock@6.0"],
      ["pnpm9", "pnpm-lock@9.0"],
      ["pnpm10", "pnpm-lock@9.0"],
      ["yarn1", "yarn.lock@1"],
    ] as const
  ) {
    it(`reads ${format} as ${folder} writes it`, async () => {
      using work = scratch();
      assemble(work.path, "node/project", `node/${folder}`);
      const { manifests, packages, directKnown } = await readManifests(work.path);
      expect(names(packages)).toEqual(all);
      expect(direct(packages)).toEqual(NODE_DIRECT);
      expect(directKnown).toBe(true);
      const lock = manifests.find((found) => found.format === format);
      expect(lock).toMatchObject({ packages: 23, direct: 9, indirect: 14 });
      expect(lock).not.toHaveProperty("partial");
    });
  }

  for (const [folder, format] of [["yarn3", "yarn.lock@6"], ["yarn4", "yarn.lock@10"]] as const) {
    it(`reads ${format}, which also holds what builds fsevents`, async () => {
      using work = scratch();
      assemble(work.path, "node/project", `node/${folder}`);
      const { manifests, packages } = await readManifests(work.path);
      expect(names(packages)).toEqual(expect.arrayContaining(all));
      expect(direct(packages)).toEqual(NODE_DIRECT);
      const text = Deno.readTextFileSync(join(work.path, "yarn.lock"));
      const hard = [
        ...text.matchAll(/resolution: "([^"]+)"\n[^"]*?(?:(?!\n\n).)*?linkType: hard/gs),
      ];
      const resolved = new Set(hard.map(([, id]) => id!.replace(/@(?:npm|patch):.*$/, "")));
      expect(new Set(packages.map(({ name }) => name))).toEqual(resolved);
      expect(manifests.find((found) => found.format === format)).toMatchObject({ direct: 9 });
    });
  }

  it("counts members of the workspace as the project's own", async () => {
    using work = scratch();
    assemble(work.path, "node/project");
    const { manifests, packages } = await readManifests(work.path);
    expect(manifests.map(({ file, direct }) => [file.slice(work.path.length + 1), direct])).toEqual(
      [
        ["package.json", 7],
        ["packages/one/package.json", 1],
        ["packages/two/package.json", 1],
      ],
    );
    expect(packages.map(({ name }) => name)).not.toContain("@fixture/one");
  });

  it("says that a lock file without package.json does not tell direct packages", async () => {
    const { manifests, directKnown } = await readManifests(join(FIXTURES, "node/yarn1"));
    expect(directKnown).toBe(false);
    expect(manifests[0]).toMatchObject({ packages: 23 });
    expect(manifests[0]).not.toHaveProperty("direct");
    expect(manifests[0]!.partial?.reason).toContain("package.json");
  });
});

describe("lock files of Python's package managers", () => {
  const frozen = list("python/freeze/requirements.txt").map((text) =>
    text.toLowerCase().replace("==", "@")
  );
  const wanted = ["click@8.1.7", "rich@15.0.0", "six@1.16.0", "tomli@2.5.0"];

  for (const tool of ["pip-compile", "uv-compile"]) {
    it(`tells direct from indirect in what ${tool} wrote`, async () => {
      const { packages } = await readManifests(join(FIXTURES, "python", tool));
      expect(names(packages)).toEqual(frozen);
      expect(direct(packages)).toEqual(wanted);
    });
  }

  it("takes what pip freeze wrote as named itself", async () => {
    const { manifests, packages } = await readManifests(join(FIXTURES, "python/freeze"));
    expect(direct(packages)).toEqual(frozen);
    expect(manifests[0]).toMatchObject({ packages: 7, direct: 7, indirect: 0 });
  });

  it("reads pylock.toml, with requirements.in beside it for what is direct", async () => {
    using work = scratch();
    assemble(work.path, "python/pylock", "python/requirements.in");
    const { manifests, packages } = await readManifests(join(work.path, "pylock.toml"));
    expect(names(packages)).toEqual(frozen);
    expect(direct(packages)).toEqual(wanted);
    expect(manifests).toEqual([expect.objectContaining({ format: "pylock@1.0", indirect: 3 })]);
  });

  for (const [folder, format] of [["1.1", "1.1"], ["1.8", "2.0"], ["2", "2.1"]]) {
    it(`reads poetry.lock ${format} as poetry ${folder} writes it`, async () => {
      const { manifests, packages } = await readManifests(join(FIXTURES, "python/poetry", folder!));
      const text = Deno.readTextFileSync(join(FIXTURES, "python/poetry", folder!, "poetry.lock"));
      const locked = [...text.matchAll(/^\[\[package\]\]\nname = "(.*)"\nversion = "(.*)"$/gm)]
        .map(([, name, version]) => `${name}@${version}`).sort();
      expect(names(packages)).toEqual(locked);
      expect(packages.filter((found) => found.direct).map(({ name }) => name).sort())
        .toEqual(["click", "iniconfig", "rich", "six", "tomli"]);
      expect(manifests[1]).toMatchObject({
        format: `poetry.lock@${format}`,
        direct: 5,
        indirect: 4,
      });
    });
  }

  it("reads uv.lock without the project itself, with both versions of a forked package", async () => {
    const { manifests, packages } = await readManifests(join(FIXTURES, "python/uv"));
    const text = Deno.readTextFileSync(join(FIXTURES, "python/uv/uv.lock"));
    const locked = [...text.matchAll(/^\[\[package\]\]\nname = "(.*)"\nversion = "(.*)"$/gm)]
      .map(([, name, version]) => `${name}@${version}`).filter((id) => !id.startsWith("fixture@"));
    expect(names(packages)).toEqual(locked.sort());
    expect(packages.filter((found) => found.direct).map(({ name }) => name)).toEqual(
      ["click", "iniconfig", "iniconfig", "rich", "six", "tomli", "toolz"],
    );
    expect(manifests[0]).toMatchObject({ format: "uv.lock@1", direct: 7 });
  });

  it("reads pyproject.toml with extras and groups", async () => {
    const { packages } = await readManifests(join(FIXTURES, "python/pyproject.toml"));
    expect(direct(packages)).toEqual([
      ...["click@8.1.7", "iniconfig", "rich", "six@1.16.0", "tomli", "toolz"],
    ]);
  });
});

describe("Go's files", () => {
  it("reads go.mod and go.sum with replacements, as go list names them", async () => {
    const { manifests, packages } = await readManifests(join(FIXTURES, "go"));
    const listed = new Set(
      list("go/go-list.list").map((text) => text.split(" => ")[0]!.replace(" ", "@")),
    );
    expect(names(packages).filter((id) => !listed.has(id))).toEqual([]);
    expect(direct(packages)).toEqual([
      "github.com/gosnmp/gosnmp@v1.38.0",
      "golang.org/x/crypto@v0.31.0",
      "gopkg.in/yaml.v3@v3.0.1",
    ]);
    expect(manifests).toEqual([
      { file: join(FIXTURES, "go/go.mod"), format: "go.mod", packages: 4, direct: 3, indirect: 1 },
      { file: join(FIXTURES, "go/go.sum"), format: "go.sum", packages: 4, direct: 3, indirect: 1 },
    ]);
  });
});

describe("cargo's files", () => {
  const tree = list("rust/v4/cargo-tree.list").map((text) => text.split(" "))
    .map(([name, version]) => `${name}@${version!.slice(1)}`)
    .filter((id) => !/^(?:app|tool)@/.test(id)).sort();

  for (const version of ["v3", "v4"]) {
    it(`reads Cargo.lock ${version} as cargo tree lists it`, async () => {
      const { manifests, packages } = await readManifests(join(FIXTURES, "rust", version));
      expect(names(packages)).toEqual(tree);
      expect(direct(packages)).toEqual([
        ...[
          "cfg-if@1.0.5",
          "itoa@0.4.8",
          "itoa@1.0.18",
          "serde_json@1.0.120",
          "winapi-util@0.1.11",
        ],
      ]);
      expect(manifests[0]).toMatchObject({
        format: `Cargo.lock@${version.slice(1)}`,
        direct: 5,
        indirect: 10,
      });
    });
  }

  it("reads a workspace's manifests: renamed, inherited and local dependencies", async () => {
    const { manifests, packages } = await readManifests(join(FIXTURES, "rust/project"));
    expect(names(packages)).toEqual(["cfg-if", "itoa", "serde_json@1.0.120", "winapi-util"]);
    expect(manifests.map((found) => found.direct)).toEqual([0, 4, 1]);
  });
});

describe("Deno's files", () => {
  for (const version of ["3", "4", "5"]) {
    it(`reads deno.lock version ${version}`, async () => {
      using work = scratch();
      assemble(work.path, "deno/project", `deno/v${version}`);
      const { manifests, packages } = await readManifests(work.path);
      expect(names(packages, ({ ecosystem }) => ecosystem === "jsr")).toEqual([
        "@fixture/greet@1.2.0",
        "@fixture/loud@2.0.1",
      ]);
      expect(direct(packages)).toEqual([
        "@fixture/greet@1.2.0",
        "chalk@4.1.2",
        "is-number@7.0.0",
        "react@18.3.1",
        "use-sync-external-store@1.2.0",
      ]);
      expect(manifests).toEqual([
        expect.objectContaining({ format: "deno.json", direct: 4, indirect: 0 }),
        expect.objectContaining({ format: `deno.lock@${version}`, direct: 5, indirect: 8 }),
      ]);
    });
  }
});
