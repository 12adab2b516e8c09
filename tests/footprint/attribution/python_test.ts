/** Python's packages and Python itself, against pip and the interpreter. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { createAttributor } from "../../../lib/footprint/attribution/mod.ts";
import { sourceOfCache } from "../../../lib/footprint/attribution/python_packages.ts";
import { isMissing } from "../../../lib/toolchain/mod.ts";
import { itWith, realToolchain } from "../../toolchain/_real.ts";
import { filesBelow, run, scratch, writeFiles } from "../_support.ts";
import { dpkgOwners } from "./_dpkg.ts";

/** A build backend of its own, so that pip needs no network: PEP 517 and PEP 660. */
const BACKEND = `import os, zipfile
NAME, VERSION = "demo_pkg", "1.5"
INFO = f"{NAME}-{VERSION}.dist-info"
META = f"Metadata-Version: 2.1\\nName: Demo.Pkg\\nVersion: {VERSION}\\n\\nA text with Name: other\\n"
WHEEL = "Wheel-Version: 1.0\\nGenerator: fixture\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
SCRIPTS = "[console_scripts]\\ndemo-tool = demo.sub:main\\n"

def _wheel(folder, files):
    name = f"{NAME}-{VERSION}-py3-none-any.whl"
    files = {**files, f"{INFO}/METADATA": META, f"{INFO}/WHEEL": WHEEL,
             f"{INFO}/entry_points.txt": SCRIPTS}
    record = "".join(f'"{path}",,\\n' if "," in path else f"{path},,\\n" for path in [*files, f"{INFO}/RECORD"])
    with zipfile.ZipFile(os.path.join(folder, name), "w") as archive:
        for path, text in {**files, f"{INFO}/RECORD": record}.items():
            archive.writestr(path, text)
    return name

def build_wheel(folder, config_settings=None, metadata_directory=None):
    files = {}
    for top, _, names in os.walk("demo"):
        for name in names:
            if not name.endswith(".pyc"):
                path = os.path.join(top, name)
                files[path] = open(path).read()
    files[f"{NAME}-{VERSION}.data/data/share/demo/data.txt"] = "data"
    return _wheel(folder, files)

def build_editable(folder, config_settings=None, metadata_directory=None):
    return _wheel(folder, {"__editable__.demo_pkg-1.5.pth": os.getcwd() + "\\n"})
`;

const PROJECT = {
  "pyproject.toml":
    '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
  "backend.py": BACKEND,
  "demo/__init__.py": "import json\n",
  "demo/sub/__init__.py": "def main():\n    print('demo')\n",
  "demo/sub/odd, name.txt": "text\n",
};

/** What the interpreter has loaded after an import: files and caches, with what it says of them. */
const MODULES =
  `import importlib.metadata, json, os, platform, sqlite3, ssl, sys, sysconfig, email.message
NAME
known = {os.path.realpath(os.path.join(str(d._path.parent), str(f))): d.metadata["Name"] + "@" + d.version
         for d in importlib.metadata.distributions() for f in d.files or []}
rows = []
for m in list(sys.modules.values()):
    for path in (getattr(m, "__file__", None), getattr(m, "__cached__", None)):
        if path and os.path.exists(path):
            rows.append([path, known.get(os.path.realpath(path)) if "-packages" in path else None])
print(json.dumps({"rows": rows, "version": platform.python_version(), "stdlib": sysconfig.get_path("stdlib")}))
`;

interface Loaded {
  rows: [path: string, owner: string | null][];
  version: string;
  stdlib: string;
}

describe("Python's packages", () => {
  const cpython = realToolchain.get("cpython")!;
  let work: { path: string } & Disposable;
  let python: string;
  const pip = ["-m", "pip", "--disable-pip-version-check", "--no-input", "-q"];
  const local = ["install", "--no-index", "--no-build-isolation", "--no-deps"];

  beforeAll(async () => {
    work = scratch();
    if (isMissing(cpython)) return;
    writeFiles(join(work.path, "project"), PROJECT);
    await run(cpython.realPath, ["-m", "venv", join(work.path, "venv")]);
    python = join(work.path, "venv/bin/python");
    await run(python, [...pip, ...local, join(work.path, "project")]);
  });
  afterAll(() => work[Symbol.dispose]());

  itWith("cpython", "are named as pip show -f lists their files", async () => {
    const attributor = createAttributor({ own: [work.path] });
    for (
      const [name, owner] of [["demo-pkg", "pypi:demo-pkg@1.5"], ["pip", /^pypi:pip@\d/]] as const
    ) {
      const shown = await run(python, ["-m", "pip", "show", "-f", name]);
      const location = /^Location: (.*)$/m.exec(shown)![1]!;
      const files = shown.split("Files:\n")[1]!.trimEnd().split("\n").map((line) =>
        join(location, line.trim())
      );
      expect(files.length).toBeGreaterThan(5);
      for (const path of files) {
        const found = attributor.attribute(path);
        expect([path, found.rule]).toEqual([path, "python-record"]);
        if (typeof owner === "string") expect(found.owner).toBe(owner);
        else expect(found.owner).toMatch(owner);
      }
    }
    expect(attributor.attribute(join(work.path, "venv/bin/demo-tool")).owner).toBe(
      "pypi:demo-pkg@1.5",
    );
    expect(attributor.attribute(join(work.path, "venv/share/demo/data.txt")).owner).toBe(
      "pypi:demo-pkg@1.5",
    );
  });

  itWith(
    "cpython",
    "and the standard library, of everything that the interpreter loads",
    async () => {
      const script = join(work.path, "loaded.py");
      Deno.writeTextFileSync(
        script,
        MODULES.replace("NAME", "import demo.sub, pip._internal.cli.main"),
      );
      const loaded: Loaded = JSON.parse(await run(python, [script]));
      const attributor = createAttributor({ own: [work.path] });
      const rules = new Set<string>();
      for (const [path, owner] of loaded.rows) {
        const found = attributor.attribute(path);
        rules.add(found.rule);
        if (owner !== null) {
          expect([path, found.owner]).toEqual([
            path,
            `pypi:${owner.toLowerCase().replace(/\.(?=.*@)/, "-")}`,
          ]);
        } else if (path.startsWith(`${loaded.stdlib}/`) && found.package?.ecosystem !== "deb") {
          expect([path, found.owner]).toEqual([path, "cpython:stdlib"]);
          expect(found.package).toEqual({
            ecosystem: "runtime",
            name: "cpython",
            version: loaded.version,
          });
        } else expect([path, found.rule]).not.toEqual([path, "unattributed"]);
      }
      expect(loaded.rows.length).toBeGreaterThan(200);
      expect([...rules]).toContain("python-record");
      expect(attributor.installed().map(({ name }) => name)).toEqual(
        expect.arrayContaining(["demo-pkg", "pip"]),
      );
    },
  );

  itWith("cpython", "the interpreter, its library and the virtual environment", () => {
    const attributor = createAttributor({ own: [work.path] });
    expect(attributor.attribute(python)).toMatchObject({ rule: expect.stringMatching(/^link:/) });
    expect(attributor.attribute(join(work.path, "venv/pyvenv.cfg"))).toMatchObject({
      owner: "cpython:venv",
      rule: "python-venv",
    });
    const real = attributor.attribute(Deno.realPathSync(python));
    expect(real.owner).toMatch(/^(cpython:interpreter|deb:python3)/);
  });

  itWith("cpython", "in a --target folder, by RECORD as well", async () => {
    const target = join(work.path, "anywhere/libs");
    await run(python, [...pip, ...local, "--target", target, join(work.path, "project")]);
    const attributor = createAttributor();
    for (const path of filesBelow(target).filter((path) => /\.(py|pyc)$/.test(path))) {
      expect([path, attributor.attribute(path).owner]).toEqual([path, "pypi:demo-pkg@1.5"]);
    }
  });

  itWith("cpython", "in the user's site", async (real) => {
    const base = join(work.path, "userbase");
    const env = { PYTHONUSERBASE: base, PIP_BREAK_SYSTEM_PACKAGES: "1" };
    await run(real.realPath, [...pip, ...local, "--user", join(work.path, "project")], { env });
    const path = filesBelow(base).find((file) => file.endsWith("demo/__init__.py"))!;
    expect(createAttributor().attribute(path)).toMatchObject({
      owner: "pypi:demo-pkg@1.5",
      rule: "python-record",
    });
  });

  itWith("cpython", "that are editable: the project's own folder", async () => {
    const venv = join(work.path, "editable");
    await run("cp", ["-R", join(work.path, "venv"), venv]);
    await run(join(venv, "bin/python"), [...pip, ...local, "-e", join(work.path, "project")]);
    const site = filesBelow(venv).find((path) => path.endsWith("__editable__.demo_pkg-1.5.pth"))!;
    const attributor = createAttributor();
    expect(attributor.attribute(site)).toMatchObject({
      owner: "pypi:demo-pkg@1.5",
      rule: "python-record",
    });
    expect(attributor.attribute(join(work.path, "project/demo/sub/__init__.py"))).toMatchObject({
      owner: "pypi:demo-pkg@1.5",
      rule: "python-editable",
    });
  });

  itWith("cpython", "whose caches were written later, also below another folder", async () => {
    const prefix = join(work.path, "caches");
    const code = "import demo.sub, sys; print(sys.modules['demo.sub'].__cached__)";
    const cache = (await run(python, ["-c", code], { env: { PYTHONPYCACHEPREFIX: prefix } }))
      .trim();
    expect(cache.startsWith(`${prefix}/`)).toBe(true);
    const attributor = createAttributor({ env: { PYTHONPYCACHEPREFIX: prefix } });
    expect(attributor.attribute(cache)).toMatchObject({
      owner: "pypi:demo-pkg@1.5",
      rule: "python-bytecode",
    });
    expect(createAttributor({ env: {} }).attribute(cache).owner).not.toBe("pypi:demo-pkg@1.5");
  });

  it("leaves what nothing lists unattributed, next to what is listed", () => {
    using root = scratch();
    writeFiles(root.path, {
      "app/lib/python3.11/os.py": "",
      "app/lib/python3.11/site-packages/one-1.0.dist-info/RECORD":
        "shared/one.py,,\none/__init__.py,,\n",
      "app/lib/python3.11/site-packages/one-1.0.dist-info/METADATA": "Name: One\nVersion: 1.0\n",
      "app/lib/python3.11/site-packages/two-2.0.dist-info/RECORD": "shared/two.py,,\n",
      "app/lib/python3.11/site-packages/Old_Style-0.1-py3.11.egg-info/PKG-INFO":
        "Name: Old_Style\nVersion: 0.1\n",
      "app/lib/python3.11/site-packages/Old_Style-0.1-py3.11.egg-info/installed-files.txt":
        "../old/__init__.py\n",
      "app/lib/python3.11/site-packages/zipped-3.0-py3.11.egg/EGG-INFO/PKG-INFO":
        "Name: zipped\nVersion: 3.0\n",
    });
    const attributor = createAttributor({ root: root.path, home: "/nonexistent", env: {} });
    const site = "/app/lib/python3.11/site-packages";
    const owners = (name: string) => attributor.attribute(`${site}/${name}`);
    expect(owners("one/__init__.py").owner).toBe("pypi:one@1.0");
    expect(owners("one/generated.py")).toMatchObject({
      owner: "pypi:one@1.0",
      rule: "python-package-folder",
    });
    expect(owners("shared/two.py").owner).toBe("pypi:two@2.0");
    expect(owners("shared/three.py")).toEqual({ rule: "unattributed" });
    expect(owners("stray.py")).toEqual({ rule: "unattributed" });
    expect(owners("old/__init__.py").owner).toBe("pypi:old-style@0.1");
    expect(owners("zipped-3.0-py3.11.egg/zipped.py").owner).toBe("pypi:zipped@3.0");
    expect(owners("two-2.0.dist-info/INSTALLER")).toMatchObject({
      owner: "pypi:two@2.0",
      rule: "python-metadata",
    });
    expect(attributor.attribute("/app/lib/python3.11/json/decoder.py").owner).toBe(
      "cpython:stdlib",
    );
    expect(attributor.attribute("/other/lib/python3.11/json/decoder.py").rule).toBe("unattributed");
  });
});

describe("Debian's own Python packages", () => {
  it("belong to the language's package, and name the one that brought them", async () => {
    const folder = "/usr/lib/python3/dist-packages";
    const paths = await filesOf(folder);
    const attributor = createAttributor({ env: {} });
    const seen = new Set<string>();
    const owners = await dpkgOwners(paths);
    for (const path of paths) {
      const found = attributor.attribute(path);
      if (found.package?.ecosystem !== "pypi") continue;
      const [owner] = owners.get(path) ?? [];
      if (owner !== undefined) expect([path, found.suppliedBy?.name]).toEqual([path, owner]);
      seen.add(found.rule);
    }
    if (paths.length > 0) expect(seen.size).toBeGreaterThan(0);
    else expect(paths).toEqual([]);
  });
});

/** One module of each package there, if Debian's Python has any. */
async function filesOf(folder: string): Promise<string[]> {
  try {
    await Deno.stat(folder);
  } catch {
    // A machine without such packages has nothing to compare.
    return [];
  }
  return filesBelow(folder).filter((path) => path.endsWith("/__init__.py")).slice(0, 60);
}

describe("the source of a cache", () => {
  it("is found for every way of naming one", () => {
    const cases: readonly (readonly [string, string | undefined])[] = [
      ["/a/__pycache__/m.cpython-311.pyc", "/a/m.py"],
      ["/a/__pycache__/m.cpython-313t.opt-2.pyc", "/a/m.py"],
      ["/a/__pycache__/m.pypy310.pyc", "/a/m.py"],
      ["/a/__pycache__/with.dots.cpython-39.opt-1.pyc", "/a/with.dots.py"],
      ["/a/__pycache__/m.cpython-311.pyc.140245", "/a/m.py"],
      ["/a/m.pyc", "/a/m.py"],
      ["/a/m.py", undefined],
      ["/a/__pycache__/m.txt", undefined],
    ];
    for (const [cache, source] of cases) {
      expect([cache, sourceOfCache(cache)]).toEqual([cache, source]);
    }
    expect(sourceOfCache("/p/a/m.cpython-311.pyc", "/p")).toBe("/a/m.py");
  });
});
