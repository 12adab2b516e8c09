/** What the formats allow beyond what the fixtures hold. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { readManifests } from "../../../lib/footprint/manifest/mod.ts";
import { scratch, writeFiles } from "../_support.ts";
import { direct, names } from "./_names.ts";

async function read(files: Record<string, string>, path = "") {
  using work = scratch();
  writeFiles(work.path, files);
  const found = await readManifests(join(work.path, path));
  return {
    ...found,
    manifests: found.manifests.map((m) => ({ ...m, file: m.file.slice(work.path.length + 1) })),
  };
}

describe("requirements.txt", () => {
  const cases: Record<string, string[]> = {
    "Foo._Bar==1.0": ["foo-bar@1.0"],
    "requests[socks,security]>=2,<3 ; python_version >= '3.8'": ["requests"],
    "a==1.0 --hash=sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": [
      "a@1.0",
    ],
    "a==1.0 \\\n  --hash=sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": [
      "a@1.0",
    ],
    "a==1.*": ["a"],
    "a===1.0+local": ["a@1.0+local"],
    "a (>=1.0)": ["a"],
    "a~=1.4.2 # comment": ["a"],
    "a @ https://host.example/a-1.0.zip ; os_name == 'posix'": ["a"],
    "git+https://host.example/x.git@main#egg=My_Pkg": ["my-pkg"],
    "-e git+ssh://git@host.example/x.git#egg=thing[extra]&subdirectory=y": ["thing"],
    "https://host.example/six-1.16.0-py2.py3-none-any.whl": ["six@1.16.0"],
    "./downloads/demo_pkg-2.0.tar.gz": ["demo-pkg@2.0"],
    "-e .": [],
    "./local/folder": [],
    "file:///opt/project": [],
    "# only a comment": [],
    "-i https://index.example/simple\n--no-binary :all:\na": ["a"],
    "--index-url=https://index.example/simple": [],
    "a==1.0\nA==1.0\na == 1.0": ["a@1.0"],
    "a==1.0; python_version<'3'\na==2.0; python_version>='3'": ["a@1.0", "a@2.0"],
  };
  for (const [text, expected] of Object.entries(cases)) {
    it(`reads ${JSON.stringify(text.slice(0, 60))}`, async () => {
      const { packages } = await read({ "requirements.txt": `${text}\n` });
      expect(names(packages)).toEqual(expected);
      expect(direct(packages)).toEqual(expected);
    });
  }

  it("follows -r to files of any name, each once, and not -c", async () => {
    const { manifests, packages } = await read({
      "requirements.txt": "-r sub/more.list\n-rsub/more.list\n-c limits.txt\na==1\n",
      "sub/more.list": "-r ../requirements.txt\nb==2\n",
      "limits.txt": "c==3\n",
    });
    expect(names(packages)).toEqual(["a@1", "b@2"]);
    expect(manifests.map(({ file, packages }) => [file, packages])).toEqual([
      ["requirements.txt", 1],
      ["sub/more.list", 1],
    ]);
  });

  it("refuses a file that -r names and that is not there", async () => {
    await expect(read({ "requirements.txt": "-r gone.txt\n" })).rejects.toThrow("gone.txt");
  });

  it("marks what it can't name", async () => {
    const { manifests } = await read({
      "requirements.txt":
        "git+https://host.example/nameless.git\n--strange\n-r https://host.example/r.txt\n",
    });
    expect(manifests[0]!.packages).toBe(0);
    expect(manifests[0]!.partial?.reason).toMatch(/address only.*--strange|--strange.*address/);
  });

  for (
    const wrong of ["a==", "a b", "==1.0", "a==1.0 --hash=sha256:abc", "a; ", "a[b", "a==1.0 \\"]
  ) {
    it(`refuses ${JSON.stringify(wrong)}`, async () => {
      await expect(read({ "requirements.txt": `x\n${wrong}` })).rejects.toThrow(/line 2/);
    });
  }
});

describe("pyproject.toml", () => {
  it("reads poetry's groups, several constraints of one package, and local ones", async () => {
    const { packages } = await read({
      "pyproject.toml": `[tool.poetry]
name = "demo"
[tool.poetry.dependencies]
python = "^3.9"
a = "1.2.3"
b = [{ version = "==1.0", python = "<3.10" }, { version = "^2", python = ">=3.10" }]
c = { path = "../c" }
d = { git = "https://host.example/d.git" }
[tool.poetry.group.docs.dependencies]
Sphinx_X = "*"
`,
    });
    expect(names(packages)).toEqual(["a@1.2.3", "b@1.0", "d", "sphinx-x"]);
  });

  it("marks dependencies that are known only when it is built", async () => {
    const { manifests } = await read({
      "pyproject.toml": '[project]\nname = "x"\ndynamic = ["version", "dependencies"]\n',
    });
    expect(manifests[0]!.partial?.reason).toContain("dynamic");
  });

  it("reads a uv workspace's members, which name each other", async () => {
    const { packages, manifests } = await read({
      "pyproject.toml": `[project]
name = "root"
dependencies = ["one", "root[extra]", "six"]
[tool.uv.sources]
one = { workspace = true }
[tool.uv.workspace]
members = ["packages/*"]
exclude = ["packages/skip"]
`,
      "packages/one/pyproject.toml": '[project]\nname = "one"\ndependencies = ["click>=8"]\n',
      "packages/skip/pyproject.toml": '[project]\nname = "skip"\ndependencies = ["no"]\n',
    });
    expect(names(packages)).toEqual(["click", "six"]);
    expect(manifests.length).toBe(2);
  });

  it("refuses a requirement that is none", async () => {
    await expect(read({ "pyproject.toml": '[project]\nname = "x"\ndependencies = ["a b"]\n' }))
      .rejects.toThrow("project.dependencies: found a b, expected a requirement");
  });
});

describe("go.mod", () => {
  it("reads blocks, comments, replacements and exclusions", async () => {
    const { packages, manifests } = await read({
      "go.mod": `module "example.com/x" // comment
go 1.21.3
toolchain go1.22.0
require example.com/a v1.0.0
require (
	example.com/b/v2 v2.0.0-20240101000000-abcdef123456 // indirect
	example.com/b/v2 v2.0.0-20230101000000-abcdef123456
	example.com/c v1.5.0+incompatible //indirect; why
)
replace example.com/a => ../a
replace (
	example.com/c v1.5.0 => example.com/d v1.0.0
)
exclude example.com/c v9.9.9
retract v1.0.0 // oops
tool example.com/a/cmd
`,
    });
    expect(packages).toEqual([
      {
        ecosystem: "go",
        name: "example.com/a",
        version: "v1.0.0",
        direct: true,
        replacedBy: { name: "../a" },
      },
      {
        ecosystem: "go",
        name: "example.com/b/v2",
        version: "v2.0.0-20240101000000-abcdef123456",
        direct: true,
      },
      { ecosystem: "go", name: "example.com/c", version: "v1.5.0+incompatible", direct: false },
    ]);
    expect(manifests[0]).toMatchObject({ packages: 3, direct: 2, indirect: 1 });
  });

  it("takes indirect modules from go.sum before Go 1.17, and says so", async () => {
    const hash = `h1:${"A".repeat(43)}=`;
    const { packages, manifests } = await read({
      "go.mod": "module x\ngo 1.16\nrequire example.com/a v1.0.0\n",
      "go.sum": [
        `example.com/a v1.0.0 ${hash}`,
        `example.com/a v1.0.0/go.mod ${hash}`,
        `example.com/b v0.9.0 ${hash}`,
        `example.com/b v0.10.0 ${hash}`,
        `example.com/c v1.0.0/go.mod ${hash}`,
      ].join("\n"),
    });
    expect(names(packages)).toEqual(["example.com/a@v1.0.0", "example.com/b@v0.10.0"]);
    expect(direct(packages)).toEqual(["example.com/a@v1.0.0"]);
    expect(manifests.every((m) => m.partial?.reason.includes("1.17"))).toBe(true);
  });

  it("says which modules have no checksum", async () => {
    const { manifests } = await read({
      "go.mod": "module x\ngo 1.22\nrequire example.com/a v1.0.0\n",
      "go.sum": "",
    });
    expect(manifests[1]).toMatchObject({ packages: 0 });
    expect(manifests[1]!.partial?.reason).toContain("example.com/a");
  });

  it("reads the modules of go.work", async () => {
    const { packages, manifests } = await read({
      "go.work": "go 1.22\nuse (\n\t./one\n\t./two\n)\n",
      "one/go.mod": "module one\ngo 1.22\nrequire example.com/a v1.0.0\n",
      "two/go.mod": "module two\ngo 1.22\nrequire example.com/b v1.0.0\n",
    });
    expect(names(packages)).toEqual(["example.com/a@v1.0.0", "example.com/b@v1.0.0"]);
    expect(manifests.map(({ format }) => format)).toEqual(["go.work", "go.mod", "go.mod"]);
  });

  for (
    const wrong of [
      "requir example.com/a v1.0.0",
      "require example.com/a",
      "require example.com/a latest",
      "require (\nexample.com/a v1.0.0",
      "replace example.com/a => example.com/b",
      'require "example.com/a v1.0.0',
      "go one",
    ]
  ) {
    it(`refuses ${JSON.stringify(wrong)}`, async () => {
      await expect(read({ "go.mod": `module x\n${wrong}\n` })).rejects.toThrow(/line \d/);
    });
  }
});

describe("package.json and Node's lock files", () => {
  it("reads every way of naming a package", async () => {
    const { packages } = await read({
      "package.json": JSON.stringify({
        name: "x",
        dependencies: {
          a: "1.2.3",
          b: "^1.0.0",
          c: "npm:real@2.0.0",
          "@s/d": "npm:@s/real@^1",
          e: "file:../e",
          f: "workspace:*",
          g: "link:../g",
          h: "git+https://host.example/h.git",
          i: "owner/i",
          j: "file:./j-1.0.0.tgz",
          k: "latest",
          l: "npm:1.0.0",
          "@std/yaml": "jsr:1.0.5",
        },
        peerDependencies: { p: ">=1", q: ">=1" },
        peerDependenciesMeta: { q: { optional: true } },
        optionalDependencies: { o: "1.x" },
      }),
    });
    expect(direct(packages)).toEqual([
      ...[
        "@jsr/std__yaml@1.0.5",
        "@s/real",
        "a@1.2.3",
        "b",
        "h",
        "i",
        "j",
        "k",
        "l@1.0.0",
        "o",
        "p",
      ],
      "real@2.0.0",
    ]);
  });

  it("gives what the manifest names the version that the lock file fixed", async () => {
    const { packages, manifests } = await read({
      "package.json": '{"dependencies":{"a":"^1.0.0"}}',
      "package-lock.json": JSON.stringify({
        lockfileVersion: 3,
        packages: {
          "": { dependencies: { a: "^1.0.0" } },
          "node_modules/a": { version: "1.4.0", dependencies: { b: "*" } },
          "node_modules/a/node_modules/b": { version: "2.0.0" },
          "node_modules/b": { version: "1.0.0", extraneous: true },
        },
      }),
    });
    expect(names(packages)).toEqual(["a@1.4.0", "b@2.0.0"]);
    expect(direct(packages)).toEqual(["a@1.4.0"]);
    expect(manifests.map(({ direct, indirect }) => [direct, indirect])).toEqual([[1, 0], [1, 1]]);
  });

  it("reads pnpm's lock with what pnpm needs itself in a document before it", async () => {
    const { packages } = await read({
      "pnpm-lock.yaml": `---
lockfileVersion: '9.0'
importers:
  .:
    packageManagerDependencies:
      pnpm:
        specifier: 11.0.0
        version: 11.0.0
packages:
  pnpm@11.0.0:
    resolution: {integrity: sha512-a}
snapshots:
  pnpm@11.0.0: {}
---
lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      a:
        specifier: ^1
        version: https://host.example/a.tgz
packages:
  a@https://host.example/a.tgz:
    resolution: {tarball: https://host.example/a.tgz}
    version: 1.0.0
snapshots:
  a@https://host.example/a.tgz: {}
`,
    });
    expect(direct(packages)).toEqual(["a@1.0.0", "pnpm@11.0.0"]);
  });
});

describe("Cargo.toml", () => {
  it("looks for the workspace above for what it inherits", async () => {
    const { packages } = await read({
      "Cargo.toml":
        '[workspace]\nmembers = ["a"]\n[workspace.dependencies]\nx = { package = "real-x", version = "=1.0.0" }\n',
      "a/Cargo.toml":
        '[package]\nname = "a"\n[dependencies]\nx = { workspace = true }\n[build-dependencies]\ncc = "1"\n',
    }, "a");
    expect(names(packages)).toEqual(["cc", "real-x@1.0.0"]);
  });
});

describe("deno.json", () => {
  it("reads jsr: and npm: specifiers, scopes, and says what has an address only", async () => {
    const { packages, manifests } = await read({
      "deno.jsonc": `{
  // comment
  "imports": {
    "a": "jsr:@std/yaml@1.0.5",
    "b/": "npm:/@scope/pkg@^2/",
    "c": "https://host.example/mod.ts",
    "d": "./local.ts",
  },
  "scopes": { "x": { "e": "npm:plain" } },
}`,
    });
    expect(packages).toEqual([
      { ecosystem: "jsr", name: "@std/yaml", version: "1.0.5", direct: true },
      { ecosystem: "npm", name: "@scope/pkg", direct: true },
      { ecosystem: "npm", name: "plain", direct: true },
    ]);
    expect(manifests[0]!.partial?.reason).toContain("1 more");
  });

  it("reads version 2 of the lock file", async () => {
    const { packages } = await read({
      "deno.lock": JSON.stringify({
        version: "2",
        remote: {},
        npm: {
          specifiers: { "chalk@5": "chalk@5.3.0" },
          packages: { "chalk@5.3.0": { integrity: "x", dependencies: {} } },
        },
      }),
    });
    expect(direct(packages)).toEqual(["chalk@5.3.0"]);
  });
});

describe("names that objects have anyway", () => {
  it("are packages like any other", async () => {
    const { packages } = await read({
      "package.json":
        '{"dependencies":{"constructor":"1.0.0","__proto__":"1.0.0","toString":"1.0.0"}}',
      "Cargo.toml": '[dependencies]\n__proto__ = "=1.0.0"\nconstructor = "=2.0.0"\n',
    });
    expect(names(packages)).toEqual([
      ...["__proto__@1.0.0", "__proto__@1.0.0", "constructor@1.0.0", "constructor@2.0.0"],
      "toString@1.0.0",
    ]);
  });
});
