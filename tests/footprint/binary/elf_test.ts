/** ELF files of this machine and of its compilers, against readelf. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { VersusError } from "../../../lib/error.ts";
import { type ElfReport, readBinary } from "../../../lib/footprint/binary/mod.ts";
import { itWith } from "../../toolchain/_real.ts";
import { diceOf, mutateBytes } from "../_mutate.ts";
import { run, scratch } from "../_support.ts";
import { factsOf, readelf } from "./_readelf.ts";

/** How many mutations of a file; `VERSUS_FUZZ` sets another number. */
const ROUNDS = Number(Deno.env.get("VERSUS_FUZZ") ?? 150);

function readElf(path: string): ElfReport {
  const report = readBinary(path);
  if (report.format !== "elf") throw new Error(`${path} is ${report.format}`);
  return report;
}

describe("ELF files of this machine", () => {
  const paths = [
    ...["/bin/sh", "/bin/ls", "/usr/bin/env", "/sbin/ldconfig", Deno.execPath()],
    ...["/lib/x86_64-linux-gnu/libc.so.6", "/lib64/ld-linux-x86-64.so.2"],
  ].filter((path) => {
    try {
      return Deno.statSync(path).isFile && readBinary(path).format === "elf";
    } catch {
      // Not on this machine.
      return false;
    }
  });

  for (const path of paths) {
    it(`reads ${path.split("/").at(-1)} as readelf does`, async () => {
      expect(factsOf(readElf(path))).toEqual(await readelf(path));
    });
  }

  it("finds some of them", () => {
    expect(paths.length).toBeGreaterThan(3);
  });

  it("reads every executable of /usr/bin without a complaint", () => {
    let count = 0;
    for (const entry of Deno.readDirSync("/usr/bin")) {
      if (!entry.isFile) continue;
      const report = readBinary(`/usr/bin/${entry.name}`);
      if (report.format === "elf" && ++count) {
        expect([entry.name, report.partial]).toEqual([entry.name, undefined]);
      }
    }
    expect(count).toBeGreaterThan(50);
  });
});

describe("what a C compiler makes", () => {
  let work: { path: string } & Disposable;
  const made = (name: string) => join(work.path, name);

  beforeAll(async () => {
    work = scratch();
    Deno.writeTextFileSync(made("main.c"), "int main(void) { return 0; }\n");
    Deno.writeTextFileSync(made("part.c"), "int part(void) { return 1; }\n");
    const builds: Record<string, string[]> = {
      dynamic: ["main.c"],
      fixed: ["-no-pie", "main.c"],
      static: ["-static", "main.c"],
      staticpie: ["-static-pie", "main.c"],
      debug: ["-g", "main.c"],
      stripped: ["-s", "main.c"],
      runpath: ["main.c", "-Wl,-rpath,$ORIGIN/../lib:/opt/x", "-Wl,--enable-new-dtags"],
      rpath: ["main.c", "-Wl,-rpath,/opt/y", "-Wl,--disable-new-dtags"],
      "libpart.so": ["-shared", "-fPIC", "-Wl,-soname,libpart.so.1", "part.c"],
      "main.o": ["-c", "main.c"],
    };
    for (const [name, args] of Object.entries(builds)) {
      await run("gcc", ["-o", name, ...args], { cwd: work.path });
    }
  });

  afterAll(() => work[Symbol.dispose]());

  const expected = {
    dynamic: ["pie", "dynamic"],
    fixed: ["executable", "dynamic"],
    static: ["executable", "static"],
    staticpie: ["pie", "static"],
    debug: ["pie", "dynamic"],
    stripped: ["pie", "dynamic"],
    runpath: ["pie", "dynamic"],
    rpath: ["pie", "dynamic"],
    "libpart.so": ["library", undefined],
    "main.o": ["relocatable", "static"],
  } as const;

  for (const [name, [type, linkage]] of Object.entries(expected)) {
    it(`is told: ${name}`, async () => {
      const report = readElf(made(name));
      expect(factsOf(report)).toEqual(await readelf(made(name)));
      expect(report.type).toBe(type);
      if (linkage !== undefined) expect(report.linkage).toBe(linkage);
      expect(report.bytes).toBe(Deno.statSync(made(name)).size);
      expect(report).not.toHaveProperty("partial");
      expect(report).not.toHaveProperty("embedded");
    });
  }

  it("keeps the order of folders and libraries", () => {
    expect(readElf(made("runpath")).runpath).toEqual(["$ORIGIN/../lib", "/opt/x"]);
    expect(readElf(made("rpath")).rpath).toEqual(["/opt/y"]);
  });

  it("is told as partial, or refused, wherever it is cut", () => {
    const whole = Deno.readFileSync(made("dynamic"));
    for (let at = 0; at < whole.length; at += 97) {
      Deno.writeFileSync(made("cut"), whole.subarray(0, at));
      try {
        const report = readBinary(made("cut"));
        if (report.format === "elf") expect(report.partial?.reason).toBeDefined();
        else expect(at).toBeLessThan(20);
      } catch (error) {
        expect(error).toBeInstanceOf(VersusError);
      }
    }
  });

  it("gives a report or a refusal for any mutation", () => {
    let reports = 0;
    for (const name of ["dynamic", "static", "libpart.so", "main.o"]) {
      const bytes = Deno.readFileSync(made(name));
      for (let seed = 1; seed <= ROUNDS; seed++) {
        Deno.writeFileSync(made("mutated"), mutateBytes(bytes, diceOf(seed)));
        try {
          const report = readBinary(made("mutated"));
          expect(report.bytes).toBe(Deno.statSync(made("mutated")).size);
          reports++;
        } catch (error) {
          if (!(error instanceof VersusError)) {
            throw new Error(`seed ${seed} of ${name}`, { cause: error });
          }
        }
      }
    }
    expect(reports).toBeGreaterThan(ROUNDS);
  });
});

describe("other files", () => {
  it("are told: scripts, texts, empty files", () => {
    using work = scratch();
    const path = join(work.path, "x");
    Deno.writeTextFileSync(path, "#!/usr/bin/env -S python3 -u\nprint(1)\n");
    expect(readBinary(path)).toMatchObject({
      format: "script",
      interpreter: "/usr/bin/env -S python3 -u",
    });
    Deno.writeTextFileSync(path, "MZ but nothing more");
    expect(readBinary(path)).toEqual({ format: "other", bytes: 19 });
    Deno.writeTextFileSync(path, "");
    expect(readBinary(path)).toEqual({ format: "other", bytes: 0 });
  });

  it("are refused where they can't be read", () => {
    expect(() => readBinary("/no/such/file")).toThrow(VersusError);
    expect(() => readBinary("/tmp")).toThrow("no regular file");
    expect(() => readBinary("/dev/zero")).toThrow("no regular file");
  });
});

describe("Windows' and macOS's programs", () => {
  itWith("go", "are recognised, as Go builds them", async (go) => {
    using work = scratch();
    Deno.writeTextFileSync(join(work.path, "main.go"), "package main\n\nfunc main() {}\n");
    async function build(os: string, arch: string, ...flags: string[]): Promise<string> {
      const out = join(work.path, `${os}-${arch}`);
      await run(go.realPath, ["build", ...flags, "-o", out, "main.go"], {
        cwd: work.path,
        env: { GOOS: os, GOARCH: arch, CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOFLAGS: "" },
      });
      return out;
    }
    const windows = await build("windows", "amd64");
    expect(readBinary(windows)).toMatchObject({
      format: "pe",
      machine: "x86-64",
      type: "executable",
      bits: 64,
    });
    const mac = await build("darwin", "arm64");
    expect(readBinary(mac)).toMatchObject({
      format: "mach-o",
      machines: ["aarch64"],
      type: "executable",
    });
    for (const path of [windows, mac]) {
      const bytes = Deno.readFileSync(path);
      for (let seed = 1; seed <= 50; seed++) {
        Deno.writeFileSync(path, mutateBytes(bytes, diceOf(seed)));
        expect(readBinary(path).format).toMatch(/^(pe|mach-o|other|elf)$/);
      }
    }
  });

  it("are told from Java's class files, which start like universal ones", () => {
    using work = scratch();
    const path = join(work.path, "x");
    Deno.writeFileSync(
      path,
      new Uint8Array([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 61, ...Array(64).fill(0)]),
    );
    expect(readBinary(path).format).toBe("other");
    const fat = new Uint8Array(64);
    fat.set([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2]);
    fat.set([1, 0, 0, 7], 8);
    fat.set([1, 0, 0, 12], 28);
    Deno.writeFileSync(path, fat);
    expect(readBinary(path)).toMatchObject({ format: "mach-o", machines: ["x86-64", "aarch64"] });
  });
});
