/**
 * What a Rust binary reveals of its crates.
 *
 * Exact where it was built with cargo-auditable: a section `.dep-v0` holds the whole list, as JSON
 * compressed by zlib (source: cargo-auditable's PARSING.md). Else from the paths of source files in
 * panic messages, which name only crates that can panic.
 */
import { inflateSync } from "node:zlib";
import * as v from "valibot";
import type { DeclaredPackage } from "../types.ts";
import { type ElfFile, type Section, sectionBytes, SHT_NOBITS } from "./_elf_file.ts";
import type { EmbeddedPackages } from "./types.ts";

/** cargo-auditable's own limit for what a list may expand to. */
const MAX_LIST = 8 << 20;
const CHUNK = 1 << 20;
/** No path is longer; chunks overlap by this. */
const OVERLAP = 1024;
/** How much of a binary is searched. */
const MAX_SEARCH = 512 << 20;

const Audit = v.object({
  packages: v.array(v.object({
    name: v.string(),
    version: v.string(),
    kind: v.optional(v.string()),
    dependencies: v.optional(v.array(v.number()), []),
    root: v.optional(v.boolean()),
  })),
});

const PARTIAL_PATHS = {
  reason: "crates are known from paths in panic messages only: those that cannot panic don't show",
};

/** `rustc 1.95.0`, from what compilers leave in `.comment`. */
function compilerOf(elf: ElfFile): string | undefined {
  const section = elf.sections.find(({ name }) => name === ".comment");
  if (section === undefined) return undefined;
  const text = new TextDecoder().decode(sectionBytes(elf, section, 1 << 16));
  const version = /rustc version (\S+)/.exec(text)?.[1];
  return version === undefined ? undefined : `rustc ${version}`;
}

function readAudit(elf: ElfFile, section: Section): EmbeddedPackages | undefined {
  let value: unknown;
  try {
    const json = inflateSync(sectionBytes(elf, section), { maxOutputLength: MAX_LIST });
    value = JSON.parse(new TextDecoder().decode(json));
  } catch {
    // No list after all, or one that was cut: the paths still tell something.
    return undefined;
  }
  const result = v.safeParse(Audit, value);
  if (!result.success) return undefined;
  const all = result.output.packages;
  const root = all.find((entry) => entry.root === true);
  const direct = new Set(root?.dependencies ?? []);
  const packages: DeclaredPackage[] = [];
  all.forEach((entry, index) => {
    // What only built it is not in it.
    if (entry === root || entry.kind === "build") return;
    const { name, version } = entry;
    packages.push({ ecosystem: "cargo", name, version, direct: direct.has(index) });
  });
  return {
    source: "cargo-auditable",
    ...(root === undefined ? {} : { main: { name: root.name, version: root.version } }),
    packages,
    directKnown: root !== undefined,
    settings: {},
  };
}

/** `…/registry/src/index-0123456789abcdef/serde_json-1.0.120/src/de.rs` */
const CRATE_PATH =
  /[/\\]registry[/\\]src[/\\][^/\\\0]{1,80}[/\\]([A-Za-z][A-Za-z0-9_-]{0,120}?)-(\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]{1,60})?)[/\\]/g;
/** The standard library's own sources. */
const STD_PATH = /\/rustc\/[0-9a-f]{40}\/library\//;

/** Where constants are: `.rodata`, or everything that is loaded where there are no sections. */
function constantsOf(elf: ElfFile): { offset: number; size: number }[] {
  const named = elf.sections.filter(({ name, type }) =>
    type !== SHT_NOBITS && /^\.(?:rodata|data\.rel\.ro)/.test(name)
  );
  if (named.length > 0) return named;
  return elf.segments.filter(({ type }) => type === 1)
    .map(({ offset, fileSize }) => ({ offset, size: fileSize }));
}

function searchPaths(elf: ElfFile): { crates: Map<string, DeclaredPackage>; std: boolean } {
  const crates = new Map<string, DeclaredPackage>();
  const decoder = new TextDecoder("latin1");
  let std = false;
  let searched = 0;
  for (const { offset, size } of constantsOf(elf)) {
    for (let at = 0; at < size && searched < MAX_SEARCH; at += CHUNK) {
      const bytes = elf.source.read(offset + at, Math.min(CHUNK + OVERLAP, size - at));
      if (bytes.length === 0) break;
      searched += CHUNK;
      const text = decoder.decode(bytes);
      std ||= STD_PATH.test(text);
      for (const [, name, version] of text.matchAll(CRATE_PATH)) {
        crates.set(`${name} ${version}`, {
          ecosystem: "cargo",
          name: name!,
          version: version!,
          direct: false,
        });
      }
    }
  }
  return { crates, std };
}

/**
 * Reads what a binary says of its crates.
 *
 * @returns The crates, or `undefined` where nothing says that it is Rust's.
 */
export function readRust(elf: ElfFile): EmbeddedPackages | undefined {
  const compiler = compilerOf(elf);
  const named = compiler === undefined ? {} : { compiler };
  const section = elf.sections.find(({ name }) => name === ".dep-v0");
  const audit = section === undefined ? undefined : readAudit(elf, section);
  if (audit !== undefined) return { ...audit, ...named };
  const { crates, std } = searchPaths(elf);
  if (compiler === undefined && !std && crates.size === 0) return undefined;
  const key = ({ name, version }: DeclaredPackage) => `${name} ${version}`;
  return {
    source: "panic-paths",
    ...named,
    packages: [...crates.values()].sort((a, b) => key(a) < key(b) ? -1 : 1),
    directKnown: false,
    settings: {},
    partial: PARTIAL_PATHS,
  };
}
