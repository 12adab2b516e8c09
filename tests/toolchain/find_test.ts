import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import { VersusError } from "../../lib/error.ts";
import {
  findToolchain,
  findToolchains,
  forgetToolchains,
  isMissing,
  type MissingToolchain,
  type System,
  type Toolchain,
} from "../../lib/toolchain/mod.ts";
import { goScript, type Sandbox, sandbox, stillRunning } from "./_fake.ts";

const DEBIAN: System = { family: "debian", root: false };

function missing(found: Toolchain | MissingToolchain): MissingToolchain {
  if (isMissing(found)) return found;
  throw new Error(`Found ${found.version} at ${found.path} where nothing was expected`);
}

function present(found: Toolchain | MissingToolchain): Toolchain {
  if (!isMissing(found)) return found;
  throw new Error(`Nothing was found: ${found.reason}`);
}

describe("findToolchain with made-up executables", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = sandbox();
    forgetToolchains();
  });
  afterEach(() => box[Symbol.dispose]());

  /** A Go at `NAME/bin/go` with its root at `NAME`. */
  function fakeGo(name: string, version: string): string {
    return box.script(`${name}/bin/go`, goScript(`${box.root}/${name}`, version));
  }

  function pathOf(...names: string[]): { PATH: string } {
    return { PATH: names.map((name) => `${box.root}/${name}`).join(":") };
  }

  it("says what it looked for and how it is installed", async () => {
    const found = await findToolchain("go", { env: pathOf("none"), system: DEBIAN });
    expect(found).toEqual({
      name: "go",
      reason: "found no go on the PATH",
      install: "sudo apt-get install -y golang",
    });
  });

  it("gives the makers' own way on a system that it does not know", async () => {
    const system: System = { family: "other", root: true };
    const found = missing(await findToolchain("go", { env: pathOf("none"), system }));
    expect(found.install).toBe("see https://go.dev/doc/install");
  });

  it("finds the first on the PATH", async () => {
    const path = fakeGo("a", "1.22.3");
    fakeGo("b", "1.25.0");
    const found = await findToolchain("go", { env: pathOf("a/bin", "b/bin") });
    expect(found).toEqual({
      name: "go",
      version: "1.22.3",
      path,
      realPath: path,
      tools: {},
      env: { GOTOOLCHAIN: "local" },
    });
  });

  it("goes on to the next when the first is too old", async () => {
    fakeGo("a", "1.19.8");
    const second = fakeGo("b", "1.25.0");
    const env = pathOf("a/bin", "b/bin");
    const found = present(await findToolchain("go", { env, requires: ">=1.21 <2" }));
    expect([found.version, found.path]).toEqual(["1.25.0", second]);
  });

  it("names version and path when all are too old", async () => {
    const path = fakeGo("a", "1.19.8");
    const found = await findToolchain("go", {
      env: pathOf("a/bin"),
      requires: ">=1.21",
      system: DEBIAN,
    });
    expect(found).toEqual({
      name: "go",
      reason: `needs >=1.21, found 1.19.8 at ${path}`,
      path,
      install: "sudo apt-get install -y golang",
    });
  });

  it("names the newest of many unsuitable ones first", async () => {
    const versions = ["1.17.1", "1.20.4", "1.9.7", "1.18.0"];
    versions.forEach((version, i) => fakeGo(`go${i}`, version));
    const env = pathOf(...versions.map((_, i) => `go${i}/bin`));
    const found = missing(await findToolchain("go", { env, requires: ">=1.21" }));
    expect(found.reason).toBe(
      `needs >=1.21, found 1.20.4 at ${box.root}/go1/bin/go, 1.18.0 at ${box.root}/go3/bin/go, ` +
        `1.17.1 at ${box.root}/go0/bin/go and 1 more`,
    );
  });

  it("gives a Go its own root when the environment names another", async () => {
    const path = fakeGo("a", "1.22.3");
    const env = { ...pathOf("a/bin"), GOROOT: "/somewhere/else" };
    const found = present(await findToolchain("go", { env }));
    expect(found.realPath).toBe(path);
    expect(found.env).toEqual({ GOTOOLCHAIN: "local", GOROOT: `${box.root}/a` });
  });

  it("asks Go without settings that could make it download another", async () => {
    const said = `${box.root}/said`;
    box.script(
      "a/bin/go",
      `echo "$GOTOOLCHAIN-$GOENV-$GOFLAGS" > '${said}'; ${goScript(`${box.root}/a`, "1.22.3")}`,
    );
    const env = { ...pathOf("a/bin"), GOTOOLCHAIN: "go1.99.0+auto", GOFLAGS: "-bad" };
    expect(isMissing(await findToolchain("go", { env }))).toBe(false);
    expect(Deno.readTextFileSync(said)).toBe("local-off-\n");
  });

  const broken: [what: string, script: string, reason: string][] = [
    [
      "fails",
      "echo 'cannot find GOROOT' >&2; exit 2",
      " failed with exit code 2: cannot find GOROOT",
    ],
    ["crashes", "kill -ABRT $$", " was ended by SIGABRT"],
    ["says garbage", "echo hello", ' answered "hello" where Go\'s root and version was expected'],
    ["says nothing", "exit 0", " answered nothing where Go's root and version was expected"],
    [
      "writes without end",
      "while :; do echo x; done",
      " wrote more than 64 KiB, which is no version",
    ],
    [
      "has no interpreter",
      "#!/nowhere/sh\n",
      " can't be started: its interpreter or loader is missing",
    ],
  ];
  for (const [what, script, reason] of broken) {
    it(`gives the reason when the only one ${what}`, async () => {
      const path = box.script("a/go", script);
      const found = missing(await findToolchain("go", { env: pathOf("a") }));
      expect(found.reason).toBe(path + reason);
      expect(found.path).toBe(path);
    });

    it(`passes over one that ${what}`, async () => {
      box.script("a/go", script);
      const second = fakeGo("b", "1.25.0");
      const found = present(await findToolchain("go", { env: pathOf("a", "b/bin") }));
      expect(found.path).toBe(second);
    });
  }

  it("passes over one that hangs, and ends it", async () => {
    const pids = `${box.root}/pids`;
    const path = box.script("a/go", `echo $$ >> '${pids}'; exec /bin/sleep 600`);
    const second = fakeGo("b", "1.25.0");
    const options = { timeoutMs: 300 };
    const alone = missing(await findToolchain("go", { ...options, env: pathOf("a") }));
    expect(alone.reason).toBe(`${path} did not answer within 0.3 s`);
    const found = present(await findToolchain("go", { ...options, env: pathOf("a", "b/bin") }));
    expect(found.path).toBe(second);
    const started = Deno.readTextFileSync(pids).trim().split("\n").map(Number);
    expect(started.length).toBe(2);
    expect(await stillRunning(started)).toEqual([]);
  });

  it("gives a reason for every toolchain whose executable says garbage", async () => {
    for (const name of ["python3", "pypy3", "go", "rustc", "node", "cc", "java"]) {
      box.script(`a/${name}`, "echo surprise; echo surprise >&2");
    }
    const names = ["cpython", "pypy", "go", "rust", "node", "c", "java"] as const;
    for (const found of await findToolchains(names, { env: pathOf("a") })) {
      expect(missing(found).reason).toContain('answered "surprise" where');
    }
  });

  it("refuses a range that is none", async () => {
    await expect(findToolchain("go", { env: pathOf("none"), requires: ">=x" }))
      .rejects.toThrow(VersusError);
  });

  it("throws the signal's reason", async () => {
    const reason = new Error("enough");
    await expect(findToolchain("go", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it("finds several in the order of the requests", async () => {
    fakeGo("a", "1.19.8");
    const other = fakeGo("b", "1.25.0");
    const found = await findToolchains(
      ["go", { name: "go", path: other }, { name: "go", requires: ">=2" }, "rust"],
      { env: pathOf("a/bin") },
    );
    expect(found.map((each) => isMissing(each) ? each.name : each.version))
      .toEqual(["1.19.8", "1.25.0", "go", "rust"]);
  });

  it("asks an executable once in a process, and a broken one again", async () => {
    const log = `${box.root}/log`;
    box.script("a/bin/go", `echo x >> '${log}'; ${goScript(`${box.root}/a`, "1.22.3")}`);
    const brokenLog = `${box.root}/broken`;
    box.script("b/go", `echo x >> '${brokenLog}'; exit 1`);
    for (let i = 0; i < 2; i++) {
      await findToolchain("go", { env: pathOf("a/bin") });
      await findToolchain("go", { env: pathOf("b") });
    }
    expect(Deno.readTextFileSync(log)).toBe("x\n");
    expect(Deno.readTextFileSync(brokenLog)).toBe("x\nx\n");
    forgetToolchains();
    await findToolchain("go", { env: pathOf("a/bin") });
    expect(Deno.readTextFileSync(log)).toBe("x\nx\n");
  });

  describe("with a path", () => {
    it("takes an executable and nothing else", async () => {
      fakeGo("a", "1.19.8");
      const path = fakeGo("b", "1.25.0");
      const options = { env: pathOf("a/bin"), path };
      expect(present(await findToolchain("go", options)).path).toBe(path);
      const tooOld = missing(await findToolchain("go", { ...options, requires: ">=1.26" }));
      expect(tooOld).toEqual({
        name: "go",
        reason: `needs >=1.26, found 1.25.0 at ${path}`,
        path,
      });
    });

    it("takes a folder that has it in bin or in itself", async () => {
      const path = fakeGo("a", "1.19.8");
      for (const folder of [`${box.root}/a`, `${box.root}/a/bin`, `${box.root}/a/`]) {
        expect(present(await findToolchain("go", { path: folder, env: {} })).path).toBe(path);
      }
    });

    it("takes the name of a command on the PATH", async () => {
      const path = box.script("a/go1.22", goScript(box.root, "1.22.0"));
      const env = pathOf("a");
      expect(present(await findToolchain("go", { path: "go1.22", env })).path).toBe(path);
      expect(missing(await findToolchain("go", { path: "go1.23", env })).reason)
        .toBe("found no go1.23 on the PATH");
    });

    it("says what is wrong with it", async () => {
      const plain = box.file("plain", "");
      const empty = box.folder("empty");
      const cases: [path: string, reason: string][] = [
        [`${box.root}/none`, `${box.root}/none does not exist`],
        [plain, `${plain} is not an executable file`],
        [empty, `${empty} has no go, nor has its bin`],
        ["", "the path given is empty"],
        ["/nowhere/\u001b[31m", "/nowhere/\\x1b[31m does not exist"],
      ];
      for (const [path, reason] of cases) {
        expect(await findToolchain("go", { path, env: {} })).toEqual({ name: "go", reason });
      }
    });
  });

  it("tells a runtime from a development kit", async () => {
    const home = box.folder("jre");
    const path = box.script(
      "jre/bin/java",
      `echo "    java.home = ${home}" >&2; echo "    java.version = 21.0.1" >&2`,
    );
    const found = missing(await findToolchain("java", { env: pathOf("jre/bin") }));
    expect(found.reason)
      .toBe(`${path} is Java 21.0.1 without javac: a runtime, not a development kit`);
  });

  it("finds a JDK by JAVA_HOME, and reads Java 8 as 8", async () => {
    const home = box.folder("jdk8");
    const text = `echo "    java.home = ${home}/jre" >&2; echo "    java.version = 1.8.0_402" >&2`;
    box.script("jdk8/bin/java", text);
    box.script("jdk8/jre/bin/java", text);
    const javac = box.script("jdk8/bin/javac", "exit 0");
    const env = { ...pathOf("none"), JAVA_HOME: home };
    const found = present(await findToolchain("java", { env, requires: ">=8" }));
    expect([found.version, found.languageVersion]).toEqual(["1.8.0_402", "8.0.402"]);
    expect(found.tools).toEqual({ javac });
    expect(missing(await findToolchain("java", { env, requires: ">=17" })).reason)
      .toContain("needs >=17, found 8.0.402");
  });

  it("reads what C compilers say", async () => {
    const says: [text: string, implementation: string, version: string][] = [
      ["cc (Debian 12.2.0-14+deb12u1) 12.2.0\nFree Software Foundation", "gcc", "12.2.0"],
      ["gcc (GCC) 11.4.1 20230605 (Red Hat 11.4.1-2)\nFree Software Foundation", "gcc", "11.4.1"],
      ["gcc (NG 1.25.0 (x 2.0)) 12.2.0\nFree Software Foundation", "gcc", "12.2.0"],
      ["Debian clang version 14.0.6\nTarget: x86_64", "clang", "14.0.6"],
      ["Apple clang version 15.0.0 (clang-1500.3.9.4)", "clang", "15.0.0"],
      ["tcc version 0.9.27 (x86_64 Linux)", "tcc", "0.9.27"],
    ];
    for (const [text, implementation, version] of says) {
      const path = box.script(`${implementation}-${version}`, `cat <<'END'\n${text}\nEND`);
      const found = present(await findToolchain("c", { env: { PATH: "/usr/bin:/bin" }, path }));
      expect([found.implementation, found.version]).toEqual([implementation, version]);
    }
  });
});
