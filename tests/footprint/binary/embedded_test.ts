/** The packages inside of Go's and Rust's binaries, against the tools' own answers. */
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { type EmbeddedPackages, readBinary } from "../../../lib/footprint/binary/mod.ts";
import { parseGoModules } from "../../../lib/footprint/binary/go_buildinfo.ts";
import { itWith } from "../../toolchain/_real.ts";
import { diceOf, mutateBytes } from "../_mutate.ts";
import { run, scratch, writeFiles } from "../_support.ts";

function embeddedIn(path: string): EmbeddedPackages | undefined {
  const report = readBinary(path);
  return report.format === "elf" ? report.embedded : undefined;
}

/** Two modules, one in the place of a third, all in folders: no network is needed. */
const MODULES = {
  "app/go.mod": `module example.com/app

go 1.20

require (
	example.com/one v1.2.3
	example.com/two/v2 v2.0.0
)

replace example.com/one => ../one

replace example.com/two/v2 => ../two
`,
  "app/main.go": `package main

import (
	"example.com/one"
	two "example.com/two/v2"
)

func main() { println(one.Word + two.Word) }
`,
  "one/go.mod": "module example.com/one\n\ngo 1.20\n",
  "one/one.go": 'package one\n\nconst Word = "one"\n',
  "two/go.mod": "module example.com/two/v2\n\ngo 1.20\n",
  "two/two.go": 'package two\n\nconst Word = "two"\n',
};

describe("Go's build information", () => {
  itWith("go", "is read as go version -m prints it", async (go) => {
    using work = scratch();
    writeFiles(work.path, MODULES);
    const env = { GOTOOLCHAIN: "local", GOFLAGS: "-mod=mod", GOPROXY: "off", CGO_ENABLED: "0" };
    const builds: Record<string, string[]> = {
      plain: [],
      stripped: ["-ldflags=-s -w", "-trimpath"],
      pie: ["-buildmode=pie", "-tags=a,b"],
    };
    for (const [name, flags] of Object.entries(builds)) {
      const out = join(work.path, name);
      await run(go.realPath, ["build", ...flags, "-o", out, "."], {
        cwd: join(work.path, "app"),
        env,
      });
      const [first, ...lines] = (await run(go.realPath, ["version", "-m", out])).trimEnd().split(
        "\n",
      );
      const expected = parseGoModules(
        lines.map((line) => line.slice(1)).join("\n"),
        first!.slice(first!.lastIndexOf(": ") + 2),
      );
      const found = embeddedIn(out)!;
      expect(found).toEqual(expected);
      expect(found.main?.name).toBe("example.com/app");
      expect(found.packages).toEqual([
        {
          ...{ ecosystem: "go", name: "example.com/one", version: "v1.2.3", direct: false },
          replacedBy: { name: "../one", version: "(devel)" },
        },
        {
          ...{ ecosystem: "go", name: "example.com/two/v2", version: "v2.0.0", direct: false },
          replacedBy: { name: "../two", version: "(devel)" },
        },
      ]);
      expect(found.settings["GOOS"]).toBe("linux");
      expect(found.directKnown).toBe(false);
    }
  });

  itWith(
    "go",
    "is found without section headers, and in any mutation gives an answer",
    async (go) => {
      using work = scratch();
      writeFiles(work.path, MODULES);
      const out = join(work.path, "app/app");
      await run(go.realPath, ["build", "-o", out, "."], {
        cwd: join(work.path, "app"),
        env: { GOTOOLCHAIN: "local", GOFLAGS: "-mod=mod", GOPROXY: "off", CGO_ENABLED: "0" },
      });
      const before = embeddedIn(out)!;
      const bytes = Deno.readFileSync(out);
      const bare = bytes.slice();
      bare.fill(0, 40, 48); // e_shoff
      bare.fill(0, 58, 64); // e_shentsize, e_shnum, e_shstrndx
      const path = join(work.path, "bare");
      Deno.writeFileSync(path, bare);
      expect(embeddedIn(path)).toEqual(before);

      const at = find(bytes, "\xff Go buildinf:");
      for (let seed = 1; seed <= 60; seed++) {
        const part = mutateBytes(bytes.slice(at, at + 600), diceOf(seed));
        const mutated = bytes.slice();
        mutated.set(part, at);
        Deno.writeFileSync(path, mutated);
        const report = readBinary(path);
        expect(report.format).toBe("elf");
      }
    },
  );

  it("is read in the form that Go had before 1.18: addresses of strings", () => {
    using work = scratch();
    const path = join(work.path, "old");
    for (const [little, pointer] of [[true, 8], [false, 8], [true, 4]] as const) {
      Deno.writeFileSync(path, oldGoBinary(little, pointer));
      expect(embeddedIn(path)).toEqual({
        source: "go-buildinfo",
        compiler: "go1.16.5",
        main: { name: "example.com/app", version: "(devel)" },
        packages: [{ ecosystem: "go", name: "example.com/one", version: "v1.2.3", direct: false }],
        directKnown: false,
        settings: {},
      });
    }
  });

  it("takes settings apart as Go quotes them", () => {
    const { settings, packages } = parseGoModules(
      'build\t-ldflags="-s -w \\"x=1\\""\nbuild\t"odd key"=1\nbuild\tvcs.time=2024-01-01T00:00:00Z\n' +
        "dep\ta\tv1.0.0\n=>\tb\tv2.0.0\th1:x\n",
      "go1.22",
    );
    expect(settings).toEqual({
      "-ldflags": '-s -w "x=1"',
      "odd key": "1",
      "vcs.time": "2024-01-01T00:00:00Z",
    });
    expect(packages[0]!.replacedBy).toEqual({ name: "b", version: "v2.0.0" });
  });
});

function find(bytes: Uint8Array, text: string): number {
  const wanted = [...text].map((c) => c.charCodeAt(0));
  for (let i = 0; i < bytes.length; i += 16) {
    if (wanted.every((byte, j) => bytes[i + j] === byte)) return i;
  }
  throw new Error(`no ${text}`);
}

/** The smallest ELF file with build information by address. */
function oldGoBinary(little: boolean, pointer: 4 | 8): Uint8Array<ArrayBuffer> {
  const wide = pointer === 8;
  const bytes = new Uint8Array(1024);
  const view = new DataView(bytes.buffer);
  const word = (at: number, value: number) =>
    wide ? view.setBigUint64(at, BigInt(value), little) : view.setUint32(at, value, little);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, little ? 1 : 2, 1]);
  view.setUint16(16, 2, little);
  view.setUint16(18, wide ? 62 : 3, little);
  word(wide ? 32 : 28, 64); // e_phoff
  view.setUint16(wide ? 54 : 42, wide ? 56 : 32, little); // e_phentsize
  view.setUint16(wide ? 56 : 44, 1, little); // e_phnum
  const base = 0x400000;
  view.setUint32(64, 1, little); // PT_LOAD
  view.setUint32(64 + (wide ? 4 : 24), 6, little); // readable and writable
  word(64 + (wide ? 8 : 4), 256); // p_offset
  word(64 + (wide ? 16 : 8), base); // p_vaddr
  word(64 + (wide ? 32 : 16), 768); // p_filesz
  const texts = [
    "go1.16.5",
    `${"\x30".repeat(16)}mod\texample.com/app\t(devel)\t\ndep\texample.com/one\tv1.2.3\th1:x\n${
      "\x30".repeat(16)
    }`,
  ];
  bytes.set([0xff, ...new TextEncoder().encode(" Go buildinf:"), pointer, little ? 0 : 1], 256);
  let at = 128;
  texts.forEach((text, i) => {
    word(256 + 16 + i * pointer, base + 64 + i * 32); // where the string's header is
    word(256 + 64 + i * 32, base + at);
    word(256 + 64 + i * 32 + pointer, text.length);
    bytes.set(new TextEncoder().encode(text), 256 + at);
    at += text.length;
  });
  return bytes;
}

describe("what a Rust binary reveals", () => {
  const crate = {
    "Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n[workspace]\n',
    "src/main.rs":
      'fn main() { let args: Vec<String> = std::env::args().collect(); println!("{}", args[9]); }\n',
  };

  itWith("rust", "is its compiler, and that the crates may not be all", async (rust) => {
    using work = scratch();
    writeFiles(work.path, crate);
    const out = join(work.path, "app");
    await run(rust.realPath, ["-o", out, "src/main.rs"], { cwd: work.path });
    const found = embeddedIn(out)!;
    const version = (await run(rust.realPath, ["--version"])).split(" ")[1];
    expect(found.compiler).toBe(`rustc ${version}`);
    expect(found.source).toBe("panic-paths");
    expect(found.packages).toEqual([]);
    expect(found.partial?.reason).toContain("panic");
  });

  itWith("rust", "are crates that can panic, by the paths of their sources", async (rust) => {
    using work = scratch();
    // A crate where cargo keeps it, built as cargo does: by rustc with that path.
    const source = "home/registry/src/index-0123456789abcdef/demo-crate-1.2.3/src/lib.rs";
    writeFiles(work.path, {
      [source]: "#[inline(never)]\npub fn pick(list: &[u8], at: usize) -> u8 { list[at] }\n",
      "main.rs":
        'fn main() { println!("{}", demo_crate::pick(&[1], std::env::args().count())); }\n',
    });
    await run(rust.realPath, [
      "--crate-type=lib",
      "--crate-name=demo_crate",
      "-O",
      join(work.path, source),
    ], {
      cwd: work.path,
    });
    await run(rust.realPath, [
      "-O",
      "-L",
      ".",
      "--extern",
      "demo_crate=libdemo_crate.rlib",
      "main.rs",
    ], {
      cwd: work.path,
    });
    await run("strip", ["main"], { cwd: work.path });
    expect(embeddedIn(join(work.path, "main"))!.packages).toEqual([
      { ecosystem: "cargo", name: "demo-crate", version: "1.2.3", direct: false },
    ]);
  });

  itWith("rust", "is the whole list where cargo-auditable put it in", async (rust) => {
    using work = scratch();
    writeFiles(work.path, crate);
    const out = join(work.path, "app");
    await run(rust.realPath, ["-o", out, "src/main.rs"], { cwd: work.path });
    const list = {
      packages: [
        { name: "app", version: "0.1.0", source: "local", dependencies: [1, 3], root: true },
        { name: "itoa", version: "1.0.18", source: "registry" },
        { name: "ryu", version: "1.0.23", source: "registry" },
        { name: "serde_json", version: "1.0.120", source: "registry", dependencies: [1, 2] },
        { name: "cc", version: "1.0.0", source: "registry", kind: "build" },
      ],
    };
    async function withSection(content: Uint8Array): Promise<EmbeddedPackages | undefined> {
      Deno.writeFileSync(join(work.path, "list"), content);
      const args = ["--add-section", ".dep-v0=list", "app", "audited"];
      await run("objcopy", args, { cwd: work.path });
      return embeddedIn(join(work.path, "audited"));
    }
    const whole = new Uint8Array(deflateSync(JSON.stringify(list)));
    const found = await withSection(whole);
    expect(found).toMatchObject({
      source: "cargo-auditable",
      main: { name: "app", version: "0.1.0" },
      directKnown: true,
      packages: [
        { name: "itoa", direct: true },
        { name: "ryu", direct: false },
        { name: "serde_json", direct: true },
      ],
    });
    // Cut, expanding without end, or of another shape: then the paths are what is left.
    const bomb = new Uint8Array(deflateSync(new Uint8Array(32 << 20)));
    const other = new Uint8Array(deflateSync('{"packages":[{"name":1}]}'));
    for (const content of [whole.subarray(0, whole.length / 2), bomb, other, new Uint8Array([1])]) {
      expect((await withSection(content))?.source).toBe("panic-paths");
    }
  });
});
