import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import {
  findToolchain,
  forgetToolchains,
  isMissing,
  listToolchains,
  type MissingToolchain,
  type Toolchain,
  TOOLCHAIN_NAMES,
} from "../../lib/toolchain/mod.ts";
import { goScript, type Sandbox, sandbox } from "./_fake.ts";
import { itWith, realToolchain } from "./_real.ts";

function present(found: Toolchain | MissingToolchain): Toolchain {
  if (!isMissing(found)) return found;
  throw new Error(`Nothing was found: ${found.reason}`);
}

describe("shims", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = sandbox();
    forgetToolchains();
  });
  afterEach(() => box[Symbol.dispose]());

  describe("of pyenv", () => {
    /** pyenv as its shims see it: a shim asks `libexec/pyenv`, which knows the version selected. */
    function fakePyenv(real: string, minor: string): string {
      const root = `${box.root}/pyenv`;
      box.link(`pyenv/versions/${minor}.1/bin/python${minor}`, real);
      box.link(`pyenv/versions/${minor}.1/bin/python3`, `python${minor}`);
      box.link(`pyenv/versions/${minor}.0/bin/python${minor}`, real);
      box.script(
        "pyenv/libexec/pyenv",
        `echo "$2" >> '${box.root}/asked'
        [ "$1" = exec ] && [ "$2" = python3 ] || { echo "pyenv: $2: command not found" >&2; exit 127; }
        shift 2; exec '${root}/versions/${minor}.1/bin/python3' "$@"`,
      );
      const shim = `#!/usr/bin/env bash\nset -e\nprogram="\${0##*/}"\n` +
        `export PYENV_ROOT="${root}"\nexec "${root}/libexec/pyenv" exec "$program" "$@"\n`;
      box.script(`pyenv/shims/python${minor}`, shim);
      return box.script("pyenv/shims/python3", shim);
    }

    itWith("cpython", "lead to the interpreter that they run", async (real) => {
      const shim = fakePyenv(real.realPath, real.version.split(".").slice(0, 2).join("."));
      const env = { PATH: `${box.root}/pyenv/shims:/usr/bin:/bin` };
      const found = present(await findToolchain("cpython", { env }));
      expect([found.path, found.realPath, found.version])
        .toEqual([shim, real.realPath, real.version]);
      expect(Deno.readTextFileSync(`${box.root}/asked`)).toBe("python3\n");
    });

    itWith(
      "cpython",
      "that are not selected are passed by for the versions themselves",
      async (real) => {
        fakePyenv(real.realPath, "3.99");
        const env = { PATH: `${box.root}/pyenv/shims:/usr/bin:/bin` };
        const found = present(await findToolchain("cpython", { env, path: "python3.99" }));
        expect(found.path).toMatch(/\/pyenv\/versions\/3\.99\.[01]\/bin\/python3\.99$/);
        expect(found.version).toBe(real.version);
        await expect(Deno.stat(`${box.root}/asked`)).rejects.toThrow(Deno.errors.NotFound);
      },
    );

    itWith("cpython", "leave out virtual environments and what is no interpreter", async (real) => {
      const minor = real.version.split(".").slice(0, 2).join(".");
      fakePyenv(real.realPath, minor);
      const marker = `${box.root}/ran`;
      box.file("pyenv/versions/project/pyvenv.cfg", "");
      box.script(`pyenv/versions/project/bin/python${minor}`, `: > '${marker}'`);
      box.folder("pyenv/versions/empty");
      box.file("pyenv/versions/file", "");
      const env = { PATH: `${box.root}/pyenv/shims:/usr/bin:/bin` };
      const listed = (await listToolchains({ env })).filter(({ name }) => name === "cpython");
      expect(listed.map(({ path }) => path)).toContain(`${box.root}/pyenv/shims/python3`);
      expect(listed.filter(({ path }) => path?.includes("project"))).toEqual([]);
      await expect(Deno.stat(marker)).rejects.toThrow(Deno.errors.NotFound);
    });
  });

  it("of rustup lead to the toolchain's own rustc and cargo", async () => {
    const toolchain = `${box.root}/toolchains/stable`;
    const rustc = box.script(
      "toolchains/stable/bin/rustc",
      `case "$*" in -vV) echo "rustc 1.95.0"; echo "release: 1.95.0";;
      "--print sysroot") echo '${toolchain}';; *) exit 1;; esac`,
    );
    const cargo = box.script("toolchains/stable/bin/cargo", "echo cargo 1.95.0");
    box.script(
      "cargo/bin/rustup",
      `[ "$RUSTUP_AUTO_INSTALL" = 0 ] || exit 9
      exec "${toolchain}/bin/$(basename "$0")" "$@"`,
    );
    const proxy = box.link("cargo/bin/rustc", "rustup");
    box.link("cargo/bin/cargo", "rustup");
    const env = { PATH: `${box.root}/cargo/bin:/usr/bin:/bin` };
    expect(await findToolchain("rust", { env })).toEqual({
      name: "rust",
      version: "1.95.0",
      path: proxy,
      realPath: rustc,
      tools: { cargo },
      env: { RUSTC: rustc },
    });
  });

  it("of rustup are no cargo for another rustc", async () => {
    const rustc = box.script(
      "usr/bin/rustc",
      `case "$*" in -vV) echo "release: 1.63.0";; *) echo '${box.root}/usr';; esac`,
    );
    box.script("cargo/bin/rustup", "echo cargo 1.95.0");
    box.link("cargo/bin/cargo", "rustup");
    const env = { PATH: `${box.root}/usr/bin:${box.root}/cargo/bin` };
    const found = present(await findToolchain("rust", { env }));
    expect([found.realPath, found.tools, found.env]).toEqual([rustc, {}, {}]);
  });

  it("finds the cargo of a distribution apart from its rustc", async () => {
    const root = `${box.root}/lib/rust`;
    const rustc = box.script(
      "lib/rust/bin/rustc",
      `case "$*" in -vV) echo "release: 1.63.0";; *) echo '${root}';; esac`,
    );
    const link = box.link("usr/bin/rustc", rustc);
    const cargo = box.script("usr/bin/cargo", "echo cargo 0.66.0");
    const found = present(await findToolchain("rust", { env: { PATH: `${box.root}/usr/bin` } }));
    expect([found.path, found.realPath, found.tools]).toEqual([link, rustc, { cargo }]);
  });

  itWith("node", "that are links to a manager (mise, snap) lead to what it runs", async (real) => {
    const manager = box.script(
      "mise",
      `case "$(basename "$0")" in node) exec '${real.realPath}' "$@";; *) echo mise 1.0;; esac`,
    );
    const shim = box.link("shims/node", manager);
    const env = { PATH: `${box.root}/shims:/usr/bin:/bin` };
    const found = present(await findToolchain("node", { env }));
    expect([found.path, found.realPath, found.version])
      .toEqual([shim, real.realPath, real.version]);
  });

  it("that are scripts (asdf) lead to the root that the program names", async () => {
    const real = box.script(
      "installs/go/1.22/bin/go",
      goScript(`${box.root}/installs/go/1.22`, "1.22.0"),
    );
    const shim = box.script("shims/go", `exec '${real}' "$@"`);
    const found = present(await findToolchain("go", { env: { PATH: `${box.root}/shims` } }));
    expect([found.path, found.realPath]).toEqual([shim, real]);
  });

  itWith("c", "of a compiler cache are passed by for the compiler", async (real) => {
    const cache = box.script("bin/ccache", "echo ccache version 4.8");
    const masked = box.link("lib/ccache/cc", cache);
    const cc = box.link("usr/bin/cc", real.realPath);
    const env = { PATH: `${box.root}/lib/ccache:${box.root}/usr/bin` };
    const found = present(await findToolchain("c", { env }));
    expect([found.path, found.realPath]).toEqual([cc, real.realPath]);
    const alone = await findToolchain("c", { env: { PATH: `${box.root}/lib/ccache` } });
    expect(isMissing(alone) && alone.reason)
      .toBe(`${masked} is ccache in a compiler's place, not a compiler`);
  });

  itWith("pypy", "by the name of python3 are not taken for CPython", async (real) => {
    const path = box.link("bin/python3", real.realPath);
    const found = await findToolchain("cpython", { env: { PATH: `${box.root}/bin` } });
    expect(isMissing(found) && found.reason).toBe(`${path} is PyPy ${real.version}, not CPython`);
  });

  describe("in a virtual environment", () => {
    async function run(path: string, ...args: string[]): Promise<string> {
      const output = await new Deno.Command(path, { args, stdin: "null" }).output();
      if (!output.success) throw new Error(new TextDecoder().decode(output.stderr));
      return new TextDecoder().decode(output.stdout).trim();
    }

    itWith("cpython", "python stays the environment's own", async (real) => {
      const venv = `${box.root}/venv`;
      await run(real.realPath, "-m", "venv", "--without-pip", "--symlinks", venv);
      const env = { PATH: `${venv}/bin:/usr/bin:/bin` };
      const found = present(await findToolchain("cpython", { env }));
      expect(found.version).toBe(real.version);
      expect(found.path).toBe(`${venv}/bin/python3`);
      expect(found.realPath.startsWith(`${venv}/bin/python`)).toBe(true);
      expect(await run(found.realPath, "-c", "import sys; print(sys.prefix)")).toBe(venv);
    });

    itWith("cpython", "a link to it and its folder as a path lead into it too", async (real) => {
      const venv = `${box.root}/venv`;
      await run(real.realPath, "-m", "venv", "--without-pip", "--symlinks", venv);
      const link = box.link("link", venv);
      for (const path of [`${venv}`, link, `${link}/bin/python`]) {
        const found = present(await findToolchain("cpython", { path }));
        expect(await run(found.realPath, "-c", "import sys; print(sys.prefix)")).toBe(venv);
      }
    });
  });

  it("are what the real toolchains of this machine are not", () => {
    for (const found of realToolchain.values()) {
      if (isMissing(found)) continue;
      expect(found.realPath).not.toMatch(/\/shims\//);
      const head = new Uint8Array(2);
      using file = Deno.openSync(found.realPath);
      file.readSync(head);
      // A real one is a binary: it does not start with "#!".
      expect([...head]).not.toEqual([0x23, 0x21]);
    }
    expect(realToolchain.size).toBe(TOOLCHAIN_NAMES.length);
  });
});
