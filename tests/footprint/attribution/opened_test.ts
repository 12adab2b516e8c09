/**
 * What real programs open, file for file: every owner is the one that the package manager itself names,
 * and nothing is left over.
 */
import { basename, join } from "node:path";
import { expect } from "@std/expect";
import { afterEach, beforeEach, describe } from "@std/testing/bdd";
import {
  attributorFor,
  type FootprintDocument,
  footprintOf,
  type TracedFile,
  traceProgram,
} from "../../../lib/footprint/mod.ts";
import { serveJsr } from "../_jsr.ts";
import { serveNpm } from "../_npm.ts";
import { run, scratch, writeFiles } from "../_support.ts";
import { itWith } from "../../toolchain/_real.ts";
import { dpkgOwners, unmerged } from "./_dpkg.ts";

/** Rules for files that no package manager knows: made on this machine, or the program's own. */
const PLACES = new Set([
  ...["own-folder", "temporary", "loader-cache", "locale", "certificates", "name-service"],
  ...["configuration", "time-zone", "python-venv", "deno-cache", "deno-compiled"],
  ...["node-modules-state", "go-build-cache", "cargo-state", "cargo-target"],
]);

interface Traced {
  readonly document: FootprintDocument;
  readonly files: readonly TracedFile[];
}

async function trace(
  argv: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Traced> {
  const traced = await traceProgram({
    argv,
    cwd,
    env: { PATH: Deno.env.get("PATH")!, HOME: join(cwd, "home"), LANG: "C.UTF-8", ...env },
    ...{ stdin: "null", stdout: "null", stderr: "null" },
  });
  expect(traced.exitCode).toBe(0);
  const document = footprintOf(traced, { attributor: attributorFor(traced) });
  const files = document.files.filter(({ kind }) => kind === "file" || kind === "gone");
  return { document, files };
}

/**
 * Compares owners with what a language's own tool says, and dpkg for the rest.
 *
 * @returns The rules that explained files, with how many each.
 */
async function compare(
  files: readonly TracedFile[],
  answers: (path: string) => string | undefined,
): Promise<Map<string, number>> {
  const real = new Map(
    files.filter(({ kind }) => kind === "file").map(({ path }) => [path, Deno.realPathSync(path)]),
  );
  const asked = files.flatMap(({ path }) => [path, real.get(path) ?? path]);
  const debian = await dpkgOwners([...asked, ...asked.map(unmerged)]);
  const rules = new Map<string, number>();
  const wrong: unknown[] = [];
  for (const { path, owner, rule } of files) {
    rules.set(rule, (rules.get(rule) ?? 0) + 1);
    const wanted = answers(path);
    const target = real.get(path) ?? path;
    const names = [path, unmerged(path), target, unmerged(target)].map((one) => debian.get(one))
      .find((one) => one !== undefined);
    const right = wanted !== undefined
      ? owner === wanted
      : names !== undefined
      ? names.has(/^deb:([^@]+)@/.exec(owner ?? "")?.[1] ?? "")
      : PLACES.has(rule);
    if (!right) wrong.push({ path, owner, rule, wanted: wanted ?? [...names ?? []] });
  }
  expect(wrong).toEqual([]);
  return rules;
}

/** What Python knows of itself: the files of each package, its library, its interpreter. */
const PYTHON = `import importlib.metadata, json, os, re, sysconfig
owners = {}
for one in importlib.metadata.distributions():
    name = re.sub(r"[-_.]+", "-", one.metadata["Name"]).lower()
    for file in one.files or []:
        owners[os.path.normpath(one.locate_file(file))] = f"pypi:{name}@{one.version}"
value = sysconfig.get_config_var
library = os.path.join(value("LIBDIR") or "", value("INSTSONAME") or "")
print(json.dumps({"owners": owners, "stdlib": sysconfig.get_path("stdlib"), "library": library}))
`;

/** Makes a virtual environment with wheels in it. */
async function install(real: string, venv: string, wheels: readonly string[]): Promise<void> {
  const python = join(venv, "bin/python");
  const words = ["-q", "--disable-pip-version-check", "install", "--no-index", "--no-deps"];
  await run(real, ["-m", "venv", "--without-pip", venv]);
  try {
    await run(real, ["-m", "pip", "--python", python, ...words, ...wheels]);
  } catch {
    // An interpreter without pip, or with one before 22.3: the environment gets its own.
    await run(real, ["-m", "venv", "--clear", venv]);
    await run(python, ["-m", "pip", ...words, ...wheels]);
  }
}

const PROGRAM = `import json, locale, socket, sqlite3, ssl, tempfile
import demo.inner
locale.setlocale(locale.LC_ALL, "")
ssl.create_default_context()
try:
    import demo.native
except ImportError:
    pass
with tempfile.NamedTemporaryFile() as file:
    file.write(b"x")
try:
    socket.getaddrinfo("localhost", 80)
except OSError:
    pass
print(json.dumps(1))
`;

describe("everything that a program opens", () => {
  let work: { path: string } & Disposable;

  beforeEach(() => {
    work = scratch();
  });
  afterEach(() => work[Symbol.dispose]());

  itWith(
    "cpython",
    "belongs to whom pip, the interpreter and dpkg say, for Python",
    async (real) => {
      const info = "demo_pkg-1.5.dist-info";
      const wheel = writeFiles(join(work.path, "wheel"), {
        "demo/__init__.py": "",
        "demo/inner.py": "import decimal\n",
        [`${info}/METADATA`]: "Metadata-Version: 2.1\nName: Demo.Pkg\nVersion: 1.5\n",
        [`${info}/WHEEL`]: "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: py3-none-any\n",
        [`${info}/RECORD`]: ["demo/__init__.py", "demo/inner.py", "demo/native.so"]
          .concat(["METADATA", "WHEEL", "RECORD"].map((name) => `${info}/${name}`))
          .map((name) => `${name},,\n`).join(""),
        "native.c": "int nothing(void) { return 0; }\n",
      });
      await run("cc", ["-shared", "-fPIC", "-o", "demo/native.so", "native.c"], { cwd: wheel });
      const archive = "demo_pkg-1.5-py3-none-any.whl";
      await run(real.realPath, ["-m", "zipfile", "-c", archive, "demo", info], { cwd: wheel });
      const venv = join(work.path, "app/venv");
      const idle = "idle_pkg-0.1.dist-info";
      writeFiles(wheel, {
        [`${idle}/METADATA`]: "Metadata-Version: 2.1\nName: idle-pkg\nVersion: 0.1\n",
        [`${idle}/WHEEL`]: "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        [`${idle}/RECORD`]: `${idle}/METADATA,,\n${idle}/WHEEL,,\n${idle}/RECORD,,\n`,
      });
      const second = "idle_pkg-0.1-py3-none-any.whl";
      await run(real.realPath, ["-m", "zipfile", "-c", second, idle], { cwd: wheel });
      const python = join(venv, "bin/python");
      await install(real.realPath, venv, [join(wheel, archive), join(wheel, second)]);
      const app = writeFiles(join(work.path, "app"), { "main.py": PROGRAM });
      const known: { owners: Record<string, string>; stdlib: string; library: string } = JSON.parse(
        await run(python, ["-c", PYTHON]),
      );
      const { files, document } = await trace([python, "main.py"], app);
      const system = await dpkgOwners([join(known.stdlib, "os.py")]);
      const rules = await compare(files, (path) => {
        const owner = known.owners[path];
        if (owner !== undefined || system.size > 0) return owner;
        if (path === known.library) return "cpython:interpreter";
        return path.startsWith(`${known.stdlib}/`) ? "cpython:stdlib" : undefined;
      });
      const ruleOf = (name: string) => files.find(({ path }) => basename(path) === name)?.rule;
      expect([ruleOf("native.so"), ruleOf("pyvenv.cfg"), ruleOf("main.py"), ruleOf("ld.so.cache")])
        .toEqual(["python-record", "python-venv", "own-folder", "loader-cache"]);
      const demo = document.packages.find(({ name }) => name === "demo-pkg");
      expect(demo).toMatchObject({ version: "1.5", files: 3, installed: true, opened: true });
      const unopened = document.packages.find(({ name }) => name === "idle-pkg");
      expect(unopened).toMatchObject({ installed: true, opened: false, files: 0 });
      expect([...rules.keys()]).toEqual(expect.arrayContaining(["temporary", "name-service"]));
      expect(files.length).toBeGreaterThan(100);
    },
  );

  itWith("node", "belongs to whom npm and dpkg say, for Node", async (real) => {
    await using server = await serveNpm({
      leaf: {
        "1.0.0": { files: { "index.js": "exports.word = 'one';\n" } },
        "2.0.0": { files: { "index.js": "exports.word = 'two';\n" } },
      },
      "@demo/tree": {
        "3.1.0": {
          dependencies: { leaf: "^1.0.0" },
          files: { "index.js": "module.exports = require('leaf').word;\n" },
        },
      },
      idle: { "0.1.0": { files: { "index.js": "" } } },
    });
    const app = writeFiles(join(work.path, "app"), {
      "package.json": JSON.stringify({
        ...{ name: "app", version: "0.0.1" },
        dependencies: { "@demo/tree": "3.1.0", leaf: "2.0.0", idle: "0.1.0" },
      }),
      "main.js":
        "require('@demo/tree'); require('leaf'); require('fs').readFileSync(__filename);\n",
    });
    const cache = join(work.path, "cache");
    const flags = ["--silent", "--no-audit", "--no-fund", "--registry", server.url];
    await run("npm", ["install", ...flags, "--cache", cache], { cwd: app });
    const folders = (await run("npm", ["ls", "--all", "--parseable", "--long"], { cwd: app }))
      .trimEnd().split("\n").slice(1).map((line) => line.split(":") as [string, string])
      // The longest first: packages are in folders of packages.
      .sort(([a], [b]) => b.length - a.length);
    const { files, document } = await trace([real.realPath, "main.js"], app);
    const rules = await compare(files, (path) => {
      const folder = folders.find(([folder]) => path.startsWith(`${folder}/`));
      return folder === undefined ? undefined : `npm:${folder[1]}`;
    });
    expect(rules.get("node-modules")).toBeGreaterThanOrEqual(5);
    const columns = document.packages.filter(({ ecosystem }) => ecosystem === "npm")
      .map(({ name, version, opened }) => `${name}@${version} ${opened}`).sort();
    expect(columns).toEqual([
      ...["@demo/tree@3.1.0 true", "idle@0.1.0 false", "leaf@1.0.0 true", "leaf@2.0.0 true"],
    ]);
  });

  itWith("deno", "belongs to whom deno info and dpkg say, for Deno", async (real) => {
    await using jsr = serveJsr();
    await using npm = await serveNpm({
      demo: { "2.3.4": { files: { "index.js": "module.exports = 'npm';\n" } } },
    });
    const app = writeFiles(join(work.path, "app"), {
      "main.ts":
        'import { word } from "jsr:@fixture/greet@^1.1";\nimport demo from "npm:demo@2";\n' +
        "console.log(word, demo);\n",
    });
    const env = {
      ...{ DENO_DIR: join(work.path, "cache"), JSR_URL: jsr.url, NPM_CONFIG_REGISTRY: npm.url },
      ...{ NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    };
    const command = ["-A", "--quiet", "--no-config", "--no-lock", "main.ts"];
    await run(real.realPath, ["run", ...command], { cwd: app, env });
    const info: {
      modules: { specifier: string; local?: string | null }[];
      npmPackages: Record<string, { name: string; version: string }>;
    } = JSON.parse(
      await run(real.realPath, ["info", "--json", ...command.slice(2)], { cwd: app, env }),
    );
    const modules = new Map(
      info.modules.flatMap(({ specifier, local }) => {
        const found = /\/(@[^/]+\/[^/]+)\/(\d[^/]*)\//.exec(specifier);
        return local && found !== null ? [[local, `jsr:${found[1]}@${found[2]}`] as const] : [];
      }),
    );
    const { files } = await trace([real.realPath, "run", "--cached-only", ...command], app, env);
    // The manifest of a version is no module; Deno keeps its address in its last line.
    const manifestOf = (path: string): string | undefined => {
      if (!path.startsWith(join(env.DENO_DIR, "remote"))) return undefined;
      const found = /"url":"[^"]*\/(@[^/]+\/[^/]+)\/(\d[^/]*)_meta\.json"/
        .exec(Deno.readTextFileSync(path));
      return found === null ? undefined : `jsr:${found[1]}@${found[2]}`;
    };
    const opened = files.filter(({ path }) => path !== real.realPath);
    const rules = await compare(opened, (path) => {
      const found = Object.values(info.npmPackages).find(({ name, version }) =>
        path.startsWith(env.DENO_DIR) && path.includes(`/${name}/${version}/`)
      );
      return found === undefined
        ? modules.get(path) ?? manifestOf(path)
        : `npm:${found.name}@${found.version}`;
    });
    expect([...rules.keys()]).toEqual(
      expect.arrayContaining(["deno-npm-cache", "deno-jsr-cache", "deno-cache", "own-folder"]),
    );
    expect(files.filter(({ path }) => modules.has(path)).length).toBe(modules.size);
  });

  itWith("go", "belongs to whom go list says, for Go's compiler", async (real) => {
    const app = writeFiles(join(work.path, "app"), {
      "go.mod": "module example.com/app\n\ngo 1.20\n",
      "main.go":
        'package main\n\nimport "strings"\n\nfunc main() { println(strings.ToUpper("x")) }\n',
    });
    const env = { GOTOOLCHAIN: "local", GOFLAGS: "", GOCACHE: join(work.path, "build") };
    const root = (await run(real.realPath, ["env", "GOROOT"], { env })).trim();
    const system = await dpkgOwners([join(root, "src/fmt/print.go")]);
    const { files } = await trace(
      [real.realPath, "list", "-deps", "-f", "{{.Name}}", "."],
      app,
      env,
    );
    const listed = new Set(
      (await run(real.realPath, [
        ...["list", "-deps", "-f", '{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}}{{"\\n"}}{{end}}'],
        ".",
      ], { cwd: app, env: { ...env, HOME: join(app, "home") } })).split("\n"),
    );
    const rules = await compare(files, (path) => {
      if (path.startsWith(`${app}/`)) return "program:own";
      if (system.size > 0 || !path.startsWith(`${root}/`)) return undefined;
      return path.startsWith(`${root}/src/`) ? "go:stdlib" : "go:toolchain";
    });
    const sources = files.filter(({ path }) => listed.has(path));
    expect(sources.length).toBe([...listed].filter((path) => path !== "").length);
    expect(rules.get("own-folder")).toBeGreaterThanOrEqual(2);
  });
});
