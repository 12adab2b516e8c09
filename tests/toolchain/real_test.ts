import { join } from "node:path";
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import {
  findTool,
  findToolchain,
  findTools,
  isMissing,
  listToolchains,
  parseVersion,
  TOOL_NAMES,
  type Toolchain,
  TOOLCHAIN_NAMES,
} from "../../lib/toolchain/mod.ts";
import { sandbox } from "./_fake.ts";
import { itWith } from "./_real.ts";

/** Runs a toolchain's real executable as others will: with its environment on top of ours. */
async function run(toolchain: Toolchain, path: string, ...args: string[]): Promise<string> {
  const output = await new Deno.Command(path, { args, env: toolchain.env, stdin: "null" }).output();
  const text = new TextDecoder().decode(output.stdout) + new TextDecoder().decode(output.stderr);
  if (!output.success) throw new Error(`${path} ${args.join(" ")}: ${text}`);
  return text;
}

describe("the toolchains of this machine", () => {
  const versions: Record<string, string[]> = {
    cpython: ["--version"],
    pypy: ["--version"],
    go: ["version"],
    rust: ["--version"],
    deno: ["--version"],
    node: ["--version"],
    c: ["--version"],
    java: ["-version"],
  };
  for (const name of TOOLCHAIN_NAMES) {
    // A shell may not know its version; it has a test of its own.
    if (name === "sh") continue;
    itWith(name, `${name}: the real executable has the version that was read`, async (real) => {
      expect(parseVersion(real.version)?.numbers.length).toBeGreaterThanOrEqual(2);
      expect((await Deno.stat(real.realPath)).isFile).toBe(true);
      const text = await run(real, real.realPath, ...versions[name]!);
      expect(text).toContain(real.version);
      if (real.languageVersion !== undefined) expect(text).toContain(real.languageVersion);
    });
  }

  itWith("sh", "the shell is told by its real name", async (real) => {
    expect(real.implementation).toMatch(/sh|busybox/);
    expect(await run(real, real.realPath, "-c", "echo $((6 * 7))")).toBe("42\n");
  });

  itWith("cpython", "the real interpreter is the one that the command runs", async (real) => {
    const script = "import os, sys; print(os.path.realpath(sys.executable))";
    const shown = (await run(real, real.path, "-c", script)).trim();
    expect(await Deno.realPath(real.realPath)).toBe(shown);
  });

  itWith("go", "Go builds a program with what was found", async (real) => {
    using box = sandbox();
    box.file("main.go", 'package main\n\nfunc main() { print("built") }\n');
    const out = join(box.root, "out");
    await run(real, real.realPath, "build", "-o", out, join(box.root, "main.go"));
    expect(await run(real, out)).toBe("built");
  });

  itWith(
    "go",
    "a GOROOT in the environment does not give Go another one's library",
    async (real) => {
      const env = { ...Deno.env.toObject(), GOROOT: "/nowhere" };
      const found = await findToolchain("go", { env, path: real.path });
      if (isMissing(found)) throw new Error(found.reason);
      expect([found.version, found.realPath]).toEqual([real.version, real.realPath]);
      const output = await new Deno.Command(found.realPath, {
        args: ["list", "fmt"],
        env: { ...env, ...found.env },
        clearEnv: true,
      }).output();
      expect(new TextDecoder().decode(output.stdout)).toBe("fmt\n");
    },
  );

  itWith("rust", "rustc and cargo work without rustup's proxies", async (real) => {
    using box = sandbox();
    const main = box.file("src/main.rs", 'fn main() { println!("built"); }\n');
    const out = join(box.root, "out");
    await run(real, real.realPath, "-o", out, main);
    expect(await run(real, out)).toBe("built\n");

    const { cargo } = real.tools;
    expect(cargo).toBeDefined();
    const manifest = box.file(
      "Cargo.toml",
      '[package]\nname = "probe"\nversion = "0.1.0"\nedition = "2021"\n',
    );
    const target = join(box.root, "target");
    const quiet = ["--quiet", "--offline", "--manifest-path", manifest, "--target-dir", target];
    expect(await run(real, cargo!, "run", ...quiet)).toBe("built\n");
    // The compiler that cargo used is the one that was found.
    const info = JSON.parse(Deno.readTextFileSync(join(target, ".rustc_info.json")));
    expect(JSON.stringify(info)).toContain(`release: ${real.version}`);
  });

  itWith("rust", "the real rustc is the one that rustup names", async (real) => {
    const rustup = join(real.path, "..", "rustup");
    const said = await new Deno.Command(rustup, { args: ["which", "rustc"] }).output()
      .catch((error: unknown) => {
        if (error instanceof Deno.errors.NotFound) return undefined;
        throw error;
      });
    // Without rustup, rustc is its own: nothing may stand between.
    const expected = said === undefined
      ? await Deno.realPath(real.path)
      : new TextDecoder().decode(said.stdout).trim();
    expect(real.realPath).toBe(expected);
  });

  itWith("c", "the compiler builds a program with what was found", async (real) => {
    using box = sandbox();
    const source = box.file("main.c", '#include <stdio.h>\nint main(void) { puts("built"); }\n');
    const out = join(box.root, "out");
    await run(real, real.realPath, "-o", out, source);
    expect(await run(real, out)).toBe("built\n");
  });

  itWith("java", "javac is of the same home as java", async (real) => {
    expect(real.tools["javac"]).toBe(join(real.realPath, "..", "javac"));
    expect(await run(real, real.tools["javac"]!, "-version")).toContain(real.version);
  });

  itWith("deno", "Deno is the one that runs this", async (real) => {
    expect([real.version, real.realPath])
      .toEqual([Deno.version.deno, await Deno.realPath(Deno.execPath())]);
    // Asked as any other executable, it says the same, be the folder's configuration broken.
    using box = sandbox();
    box.file("deno.json", "{ broken");
    box.file("package.json", "{ broken");
    const before = Deno.cwd();
    Deno.chdir(box.root);
    try {
      expect(await findToolchain("deno", { path: real.path })).toEqual(real);
    } finally {
      Deno.chdir(before);
    }
  });

  itWith("pypy", "a range is compared with PyPy's level of Python", async (real) => {
    expect(real.languageVersion).toMatch(/^3\./);
    expect(isMissing(await findToolchain("pypy", { requires: ">=7" }))).toBe(true);
    expect(isMissing(await findToolchain("pypy", { requires: ">=3 <4" }))).toBe(false);
  });

  itWith("cpython", "a range that none is in names what was found", async () => {
    const found = await findToolchain("cpython", { requires: ">=99" });
    expect(isMissing(found) && found.reason).toMatch(/^needs >=99, found 3\.\d+\.\S+ at \//);
  });
});

describe("listToolchains", () => {
  itWith("cpython", "lists every toolchain, and each CPython once", async (real) => {
    const list = await listToolchains({ timeoutMs: 30_000 });
    expect([...new Set(list.map(({ name }) => name))]).toEqual([...TOOLCHAIN_NAMES]);
    const cpythons = list.filter(({ name, status }) => name === "cpython" && status === "ok");
    expect(cpythons[0]?.realPath).toBe(real.realPath);
    const realPaths = cpythons.map(({ realPath }) => realPath);
    expect(new Set(realPaths).size).toBe(realPaths.length);
    for (const each of cpythons) expect(each.version).toMatch(/^3\.\d+\.\d+/);
  });

  itWith(
    "cpython",
    "lists every python3.x of a folder, and broken ones with the reason",
    async (real) => {
      using box = sandbox();
      const good = box.link("bin/python3.77", real.realPath);
      const broken = box.script("bin/python3.78", "echo no >&2; exit 1");
      box.link("bin/python3.79", "/nowhere");
      const list = await listToolchains({ env: { PATH: `${box.root}/bin` } });
      const cpythons = list.filter(({ name }) => name === "cpython");
      expect(cpythons.map(({ status, path, reason }) => [status, path, reason])).toEqual([
        ["ok", good, undefined],
        ["broken", broken, `${broken} failed with exit code 1: no`],
      ]);
    },
  );

  it("says of each that is missing or broken how it is installed", async () => {
    using box = sandbox();
    const path = box.script("bin/node", "exit 1");
    const system = { family: "debian", root: true } as const;
    const list = await listToolchains({ env: { PATH: `${box.root}/bin` }, system });
    const rows = list.filter(({ name }) => name !== "deno")
      .map(({ name, status, install }) => [name, status, install]);
    expect(rows).toEqual([
      ["cpython", "missing", "apt-get install -y python3"],
      ["pypy", "missing", "apt-get install -y pypy3"],
      ["go", "missing", "apt-get install -y golang"],
      ["rust", "missing", "apt-get install -y rustc cargo"],
      ["node", "broken", "apt-get install -y nodejs"],
      ["c", "missing", "apt-get install -y gcc libc6-dev"],
      ["java", "missing", "apt-get install -y default-jdk-headless"],
      ["sh", "missing", "apt-get install -y dash"],
    ]);
    expect(list.find(({ name }) => name === "node")?.path).toBe(path);
  });
});

describe("findTools", () => {
  it("gives every tool a status, and version or a way to install it", async () => {
    const tools = await findTools({ timeoutMs: 30_000 });
    expect(tools.map(({ name }) => name)).toEqual([...TOOL_NAMES]);
    for (const tool of tools) {
      if (tool.status === "ok") {
        expect((await Deno.stat(tool.realPath!)).isFile).toBe(true);
        if (tool.name !== "time") expect(tool.version).toMatch(/^\d+\.\d+/);
      } else {
        expect(tool.reason).toBeDefined();
        expect(tool.install).toBeDefined();
      }
    }
  });

  itWith("c", "finds the compiler as a tool", async (real) => {
    const tool = await findTool("cc");
    expect([tool.status, tool.version, tool.path]).toEqual(["ok", real.version, real.path]);
  });

  it("reads a version in spite of an exit code, where the tool is known for it", async () => {
    using box = sandbox();
    const text = "echo 'wrk 4.1.0 [epoll] Copyright'; exit 1";
    const path = box.script("bin/wrk", text);
    box.script("bin/strace", "echo 'strace -- version 6.1'; exit 1");
    const env = { PATH: `${box.root}/bin` };
    expect(await findTool("wrk", { env }))
      .toEqual({ name: "wrk", status: "ok", version: "4.1.0", path, realPath: path });
    expect((await findTool("strace", { env })).status).toBe("broken");
  });

  it("takes GNU time that does not know its version, and no other time", async () => {
    using box = sandbox();
    const path = box.script("gnu/time", "echo 'time (GNU Time) UNKNOWN'");
    box.script("bsd/time", "echo 'time: illegal option' >&2");
    expect(await findTool("time", { env: { PATH: `${box.root}/gnu` } }))
      .toEqual({ name: "time", status: "ok", path, realPath: path });
    expect((await findTool("time", { env: { PATH: `${box.root}/bsd` } })).status).toBe("broken");
  });

  it("says why a tool is broken", async () => {
    using box = sandbox();
    const path = box.script(
      "bin/perf",
      "echo 'WARNING: perf not found for kernel 6.9' >&2; exit 2",
    );
    const system = { family: "ubuntu", root: false } as const;
    expect(await findTool("perf", { env: { PATH: `${box.root}/bin` }, system })).toEqual({
      name: "perf",
      status: "broken",
      path,
      reason: `${path} failed with exit code 2: WARNING: perf not found for kernel 6.9`,
      install: "sudo apt-get install -y linux-tools-generic",
    });
  });
});
