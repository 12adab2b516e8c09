/** Go's and Rust's caches, toolchains and binaries, against `go` and `cargo`. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { expect } from "@std/expect";
import { describe } from "@std/testing/bdd";
import { createAttributor } from "../../../lib/footprint/attribution/mod.ts";
import { itWith } from "../../toolchain/_real.ts";
import { filesBelow, run, scratch, writeFiles } from "../_support.ts";
import { zip } from "../_zip.ts";

interface Download {
  Path: string;
  Version: string;
  Info: string;
  GoMod: string;
  Zip: string;
  Dir: string;
}

describe("Go", () => {
  itWith("go", "the standard library, as go list names its files", async (go) => {
    const format = '{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}}{{"\\n"}}{{end}}';
    const env = { GOTOOLCHAIN: "local", GOFLAGS: "" };
    const files = (await run(go.realPath, ["list", "-deps", "-f", format, "net/http"], { env }))
      .split("\n").filter((path) => path !== "");
    const version = (await run(go.realPath, ["env", "GOVERSION"], { env })).trim().slice(2);
    const attributor = createAttributor();
    for (const path of files) {
      const found = attributor.attribute(path);
      if (found.package?.ecosystem === "deb") continue;
      expect([path, found]).toEqual([path, {
        owner: "go:stdlib",
        rule: "go-root",
        package: { ecosystem: "runtime", name: "go", version },
      }]);
    }
    expect(files.length).toBeGreaterThan(500);
  });

  itWith("go", "modules in the cache, as go mod download names them", async (go) => {
    using work = scratch();
    const [name, version] = ["example.com/Upper/mod/v2", "v2.1.0"];
    const escaped = "example.com/!upper/mod/v2/@v";
    const proxy = writeFiles(join(work.path, "proxy"), {
      [`${escaped}/list`]: `${version}\n`,
      [`${escaped}/${version}.info`]: JSON.stringify({ Version: version }),
      [`${escaped}/${version}.mod`]: `module ${name}\n\ngo 1.20\n`,
    });
    Deno.writeFileSync(
      join(proxy, escaped, `${version}.zip`),
      zip({
        [`${name}@${version}/go.mod`]: `module ${name}\n\ngo 1.20\n`,
        [`${name}@${version}/mod.go`]: 'package mod\n\nconst Word = "mod"\n',
        [`${name}@${version}/inner/deep.go`]: "package inner\n",
      }),
    );
    const app = writeFiles(join(work.path, "app"), {
      "go.mod": `module example.com/app\n\ngo 1.20\n\nrequire ${name} ${version}\n`,
      "main.go": `package main\n\nimport "${name}"\n\nfunc main() { println(mod.Word) }\n`,
    });
    const env = {
      ...{ GOTOOLCHAIN: "local", GOPROXY: `file://${proxy}`, GONOSUMDB: "*", GONOSUMCHECK: "1" },
      ...{
        GOFLAGS: "-mod=mod -modcacherw",
        GOSUMDB: "off",
        GOMODCACHE: join(work.path, "modules"),
      },
      ...{ GOCACHE: join(work.path, "build"), GOPATH: join(work.path, "path"), CGO_ENABLED: "0" },
    };
    const text = await run(go.realPath, ["mod", "download", "-json"], { cwd: app, env });
    const download: Download = JSON.parse(text);
    expect(download.Path).toBe(name);
    await run(go.realPath, ["build", name], { cwd: app, env });
    // With the user's own cache: the standard library need not be compiled again.
    const { GOCACHE: _, ...usual } = env;
    await run(go.realPath, ["build", "-o", "app", "."], { cwd: app, env: usual });

    const attributor = createAttributor({ env, home: work.path, own: [] });
    const expected = {
      owner: `go:${name}@${version}`,
      rule: "go-module-cache",
      package: { ecosystem: "go", name, version },
    };
    const paths = [...filesBelow(download.Dir), download.Zip, download.Info, download.GoMod];
    expect(paths.length).toBe(6);
    for (const path of paths) expect([path, attributor.attribute(path)]).toEqual([path, expected]);
    for (const path of filesBelow(env.GOCACHE)) {
      expect(attributor.attribute(path).rule).toBe("go-build-cache");
    }
    // The program itself says what it was built from.
    expect(attributor.attribute(join(app, "app"))).toMatchObject({ rule: "go-buildinfo" });
    expect(attributor.attribute(join(app, "app")).owner).toMatch(/^go:example\.com\/app/);
    const owning = createAttributor({ env, home: work.path, own: [app] });
    expect(owning.attribute(join(app, "app")).owner).toBe("program:own");
  });
});

interface Metadata {
  packages: { name: string; version: string; manifest_path: string; source: string | null }[];
}

describe("Rust", () => {
  itWith(
    "rust",
    "crates of a registry, as cargo metadata names them, and what cargo makes",
    async () => {
      using work = scratch();
      const library = writeFiles(join(work.path, "demo-lib"), {
        "Cargo.toml":
          '[package]\nname = "demo-lib"\nversion = "1.2.3"\nedition = "2021"\nlicense = "MIT"\ndescription = "x"\n',
        "src/lib.rs": 'pub fn word() -> &\'static str { "demo" }\n',
      });
      const home = join(work.path, "cargo");
      const env = {
        CARGO_HOME: home,
        CARGO_NET_OFFLINE: "true",
        CARGO_TARGET_DIR: join(work.path, "target"),
      };
      await run("cargo", ["package", "-q", "--no-verify", "--allow-dirty", "--offline"], {
        cwd: library,
        env,
      });
      const archive = join(work.path, "target/package/demo-lib-1.2.3.crate");
      const bytes = Deno.readFileSync(archive);
      const registry = writeFiles(join(work.path, "registry"), {
        "index/de/mo/demo-lib": JSON.stringify({
          ...{ name: "demo-lib", vers: "1.2.3", deps: [], features: {}, yanked: false },
          cksum: createHash("sha256").update(bytes).digest("hex"),
        }) + "\n",
      });
      Deno.copyFileSync(archive, join(registry, "demo-lib-1.2.3.crate"));
      writeFiles(home, {
        "config.toml":
          `[source.crates-io]\nreplace-with = "here"\n[source.here]\nlocal-registry = "${registry}"\n`,
      });
      const app = writeFiles(join(work.path, "app"), {
        "Cargo.toml":
          '[package]\nname = "demo-app"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\ndemo-lib = "1"\n',
        "src/main.rs": 'fn main() { println!("{}", demo_lib::word()); }\n',
      });
      await run("cargo", ["install", "-q", "--offline", "--path", app], { env });
      await run("cargo", ["build", "-q", "--offline"], { cwd: app, env });
      const metadata: Metadata = JSON.parse(
        await run("cargo", ["metadata", "--format-version", "1", "--offline"], { cwd: app, env }),
      );

      const attributor = createAttributor({ env, home: work.path });
      const crate = metadata.packages.find(({ source }) => source !== null)!;
      const folder = crate.manifest_path.replace(/\/Cargo\.toml$/, "");
      expect(filesBelow(folder).length).toBeGreaterThan(2);
      for (const path of filesBelow(folder)) {
        expect([path, attributor.attribute(path)]).toEqual([path, {
          owner: "cargo:demo-lib@1.2.3",
          rule: "cargo-registry",
          package: { ecosystem: "cargo", name: "demo-lib", version: "1.2.3" },
        }]);
      }
      expect(attributor.attribute(join(home, "bin/demo-app"))).toMatchObject({
        owner: "cargo:demo-app@0.1.0",
        rule: "cargo-install",
      });
      expect(attributor.attribute(join(home, "config.toml")).rule).toBe("cargo-state");
      for (const path of filesBelow(join(work.path, "target/debug"))) {
        expect([path, attributor.attribute(path).rule]).toEqual([path, "cargo-target"]);
      }
      expect(attributor.attribute(join(app, "src/main.rs")).rule).toBe("temporary");
    },
  );

  itWith("rust", "a toolchain's own files, with its version", async (rust) => {
    const root = (await run(rust.realPath, ["--print", "sysroot"])).trim();
    const version = (await run(rust.realPath, ["--version"])).split(" ")[1];
    const attributor = createAttributor();
    const files = filesBelow(join(root, "lib/rustlib")).filter((path) => path.endsWith(".rlib"));
    expect(files.length).toBeGreaterThan(5);
    for (const path of files) {
      const found = attributor.attribute(path);
      if (found.package?.ecosystem === "deb") continue;
      expect([path, found]).toEqual([path, {
        owner: "rust:stdlib",
        rule: "rustup",
        package: { ecosystem: "runtime", name: "rust", version },
      }]);
    }
  });
});
