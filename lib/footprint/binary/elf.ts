/** ELF: what a program is, what it asks the loader for, and what it is made of. */
import type { ElfReport } from "./types.ts";
import { bytesAt, type ElfFile, fieldsOf, openElf, SHT_NOBITS } from "./_elf_file.ts";
import { type ByteSource, cString } from "./_source.ts";
import { readGoBuildInfo } from "./go_buildinfo.ts";
import { readRust } from "./rust.ts";

const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const PT_NOTE = 4;
const [DT_NULL, DT_NEEDED, DT_STRTAB, DT_STRSZ, DT_SONAME, DT_RPATH, DT_RUNPATH, DT_FLAGS_1] = [
  ...[0, 1, 5, 10, 14, 15, 29, 0x6ffffffb],
];
const DF_1_PIE = 0x08000000;
const NT_GNU_BUILD_ID = 3;

/** Names of processors, from the registry of `e_machine`. */
const MACHINES: Readonly<Record<number, string>> = {
  2: "sparc",
  3: "x86",
  8: "mips",
  20: "powerpc",
  21: "powerpc64",
  22: "s390",
  40: "arm",
  43: "sparc64",
  62: "x86-64",
  183: "aarch64",
  243: "riscv",
  247: "bpf",
  258: "loongarch",
};

interface Dynamic {
  present: boolean;
  needed: string[];
  soname?: string;
  rpath: string[];
  runpath: string[];
  pie: boolean;
}

function dynamicOf(elf: ElfFile): Dynamic {
  const result: Dynamic = { present: false, needed: [], rpath: [], runpath: [], pie: false };
  const segment = elf.segments.find(({ type }) => type === PT_DYNAMIC);
  if (segment === undefined) return result;
  result.present = true;
  const size = elf.wide ? 16 : 8;
  const bytes = elf.source.read(segment.offset, Math.min(segment.fileSize, 1 << 20));
  const entries: [tag: number, value: number][] = [];
  for (let at = 0; at + size <= bytes.length; at += size) {
    const fields = fieldsOf(bytes.subarray(at, at + size), elf.wide, elf.little);
    const tag = fields.word(0);
    if (tag === DT_NULL) break;
    entries.push([tag, fields.word(size / 2)]);
  }
  const value = (wanted: number) => entries.find(([tag]) => tag === wanted)?.[1];
  const strings = bytesAt(
    elf,
    value(DT_STRTAB!) ?? Infinity,
    Math.min(value(DT_STRSZ!) ?? 0, 64 << 20),
  );
  const texts = (wanted: number) =>
    entries.filter(([tag, at]) => tag === wanted && at < strings.length)
      .map(([, at]) => cString(strings, at)).filter((text) => text !== "");
  const folders = (wanted: number) =>
    texts(wanted).flatMap((text) => text.split(":")).filter((folder) => folder !== "");
  result.needed = texts(DT_NEEDED!);
  const soname = texts(DT_SONAME!)[0];
  if (soname !== undefined) result.soname = soname;
  result.rpath = folders(DT_RPATH!);
  result.runpath = folders(DT_RUNPATH!);
  const flags = value(DT_FLAGS_1!) ?? 0;
  result.pie = Number.isFinite(flags) && (flags & DF_1_PIE) !== 0;
  return result;
}

function interpreterOf(elf: ElfFile): string | undefined {
  const segment = elf.segments.find(({ type }) => type === PT_INTERP);
  if (segment === undefined) return undefined;
  return cString(elf.source.read(segment.offset, Math.min(segment.fileSize, 4096)), 0);
}

/** The GNU build identifier, from the notes. */
function buildIdOf(elf: ElfFile): string | undefined {
  for (const segment of elf.segments) {
    if (segment.type !== PT_NOTE) continue;
    const bytes = elf.source.read(segment.offset, Math.min(segment.fileSize, 1 << 16));
    for (let at = 0; at + 12 <= bytes.length;) {
      const fields = fieldsOf(bytes.subarray(at, at + 12), elf.wide, elf.little);
      const [nameSize, size, type] = [fields.u32(0), fields.u32(4), fields.u32(8)];
      const data = at + 12 + Math.ceil(nameSize / 4) * 4;
      if (type === NT_GNU_BUILD_ID && cString(bytes, at + 12, nameSize) === "GNU") {
        const id = bytes.subarray(data, data + size);
        return [...id].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      }
      at = data + Math.ceil(size / 4) * 4;
    }
  }
  return undefined;
}

function typeOf(elf: ElfFile, interpreter: string | undefined, dynamic: Dynamic) {
  if (elf.type === 2) return "executable";
  // Some libraries can be run too (libc.so.6): they have a name of their own.
  const runs = dynamic.pie || (interpreter !== undefined && dynamic.soname === undefined);
  if (elf.type === 3) return runs ? "pie" : "library";
  return elf.type === 1 ? "relocatable" : elf.type === 4 ? "core" : "other";
}

function linkageOf(interpreter: string | undefined, { needed }: Dynamic): "static" | "dynamic" {
  return interpreter !== undefined || needed.length > 0 ? "dynamic" : "static";
}

/**
 * Reads how an ELF file is linked, and nothing else of it: a look at its headers.
 *
 * @param source The file.
 * @returns Whether libraries are loaded at its start.
 * @throws {VersusError} If its header is cut short.
 */
export function readElfLinkage(source: ByteSource): "static" | "dynamic" {
  const elf = openElf(source);
  return linkageOf(interpreterOf(elf), dynamicOf(elf));
}

/**
 * Reads an ELF file.
 *
 * @param source The file.
 * @returns What it is; `partial` where the file ends before its tables do.
 * @throws {VersusError} If its header is cut short.
 */
export function readElf(source: ByteSource): ElfReport {
  const elf = openElf(source);
  const interpreter = interpreterOf(elf);
  const dynamic = dynamicOf(elf);
  const buildId = buildIdOf(elf);
  const { soname, needed, rpath, runpath } = dynamic;
  const has = (name: string) => elf.sections.some((section) => section.name === name);
  const embedded = readGoBuildInfo(elf) ?? readRust(elf);
  const problems = elf.segments.length === 0 && elf.sections.length === 0
    ? [...elf.problems, "it has neither segments nor sections"]
    : elf.problems;
  return {
    format: "elf",
    bits: elf.wide ? 64 : 32,
    byteOrder: elf.little ? "little" : "big",
    machine: MACHINES[elf.machine] ?? String(elf.machine),
    type: typeOf(elf, interpreter, dynamic),
    linkage: linkageOf(interpreter, dynamic),
    ...(interpreter === undefined ? {} : { interpreter }),
    needed,
    ...(soname === undefined ? {} : { soname }),
    rpath,
    runpath,
    stripped: !has(".symtab"),
    debugInfo: has(".debug_info") || has(".zdebug_info"),
    ...(buildId === undefined ? {} : { buildId }),
    sections: elf.sections
      .filter(({ name, size }) => name !== "" && Number.isFinite(size))
      .map(({ name, size, type }) => ({ name, bytes: size, inFile: type !== SHT_NOBITS }))
      .sort((a, b) => b.bytes - a.bytes),
    bytes: source.size,
    ...(embedded === undefined ? {} : { embedded }),
    ...(problems.length === 0 ? {} : { partial: { reason: problems.join("; ") } }),
  };
}
