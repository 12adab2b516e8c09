/**
 * The build information that Go puts into every binary.
 *
 * Source: Go's packages `debug/buildinfo` and `runtime/debug` (functions `Read` and `ParseBuildInfo`). A
 * header of 32 bytes starts with a magic text, aligned to 16 bytes; since Go 1.18 two strings with
 * their lengths follow it, before it points to them.
 */
import type { DeclaredPackage } from "../types.ts";
import { bytesAt, type ElfFile, fieldsOf } from "./_elf_file.ts";
import type { EmbeddedPackages } from "./types.ts";

const MAGIC = new TextEncoder().encode(" Go buildinf:");
const HEADER = 32;
/** How much is searched where no section is named for it. */
const MAX_SEARCH = 256 << 20;
const CHUNK = 1 << 20;
/** The longest list of modules that is read: 100,000 modules have 10 MB. */
const MAX_TEXT = 64 << 20;
/** The list stands between two marks of 16 bytes. */
const MARK = 16;

const PT_LOAD = 1;
const WRITABLE = 2;

function isHeader(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xff && MAGIC.every((byte, i) => bytes[at + i + 1] === byte);
}

/** Where the header starts, in the file. */
function findHeader(elf: ElfFile): number | undefined {
  const section = elf.sections.find(({ name }) => name === ".go.buildinfo");
  if (section !== undefined && isHeader(elf.source.read(section.offset, HEADER), 0)) {
    return section.offset;
  }
  // Without section headers: the first segment that is written to, as Go's own reader does.
  if (elf.sections.length > 0) return undefined;
  const data = elf.segments.find(({ type, flags }) => type === PT_LOAD && (flags & WRITABLE) !== 0);
  if (data === undefined) return undefined;
  const end = Math.min(data.fileSize, MAX_SEARCH);
  for (let at = 0; at < end; at += CHUNK) {
    const bytes = elf.source.read(data.offset + at, Math.min(CHUNK, end - at));
    for (let i = 0; i + MARK <= bytes.length; i += MARK) {
      if (isHeader(bytes, i)) return data.offset + at + i;
    }
    if (bytes.length === 0) break;
  }
  return undefined;
}

/** A length as Go writes it (unsigned LEB128), and where it ends. */
function varint(bytes: Uint8Array, at: number): [value: number, end: number] | undefined {
  let value = 0;
  for (let shift = 0, i = at; i < bytes.length && shift < 50; shift += 7, i++) {
    value += (bytes[i]! & 0x7f) * 2 ** shift;
    if (bytes[i]! < 0x80) return [value, i + 1];
  }
  return undefined;
}

function inlineString(elf: ElfFile, at: number): [bytes: Uint8Array, end: number] | undefined {
  const length = varint(elf.source.read(at, 10), 0);
  if (length === undefined || length[0] > MAX_TEXT) return undefined;
  const start = at + length[1];
  const bytes = elf.source.read(start, length[0]);
  return bytes.length === length[0] ? [bytes, start + length[0]] : undefined;
}

/** A string before Go 1.18: the address of its address and length. */
function pointedString(
  elf: ElfFile,
  address: number,
  pointer: number,
  little: boolean,
): Uint8Array | undefined {
  const head = bytesAt(elf, address, pointer * 2);
  if (head.length < pointer * 2) return undefined;
  const fields = fieldsOf(head, pointer === 8, little);
  const length = fields.word(pointer);
  if (length > MAX_TEXT) return undefined;
  const bytes = bytesAt(elf, fields.word(0), length);
  return bytes.length === length ? bytes : undefined;
}

/** The compiler's version and the list of modules. */
function strings(elf: ElfFile, at: number): [version: Uint8Array, modules: Uint8Array] | undefined {
  const header = elf.source.read(at, HEADER);
  if (header.length < HEADER) return undefined;
  const [pointer, flags] = [header[14]!, header[15]!];
  if ((flags & 2) !== 0) {
    const version = inlineString(elf, at + HEADER);
    if (version === undefined) return undefined;
    const modules = inlineString(elf, version[1]);
    return [version[0], modules?.[0] ?? new Uint8Array(0)];
  }
  if (pointer !== 4 && pointer !== 8) return undefined;
  const little = (flags & 1) === 0;
  const fields = fieldsOf(header, pointer === 8, little);
  const version = pointedString(elf, fields.word(16), pointer, little);
  const modules = pointedString(elf, fields.word(16 + pointer), pointer, little);
  return version === undefined ? undefined : [version, modules ?? new Uint8Array(0)];
}

/** Go's quoting of settings, where there is any. */
function unquote(text: string): string {
  if (!text.startsWith('"')) return text.replace(/^`(.*)`$/s, "$1");
  try {
    const value: unknown = JSON.parse(text.replace(/\\x([0-9a-f]{2})/gi, "\\u00$1"));
    return typeof value === "string" ? value : text;
  } catch {
    // Escapes that JSON does not have: shown as they are.
    return text;
  }
}

/** `build key=value`; a key may be quoted. */
function setting(text: string): [string, string] | undefined {
  const match = /^("(?:[^"\\]|\\.)*"|`[^`]*`|[^=]*)=(.*)$/s.exec(text);
  return match === null ? undefined : [unquote(match[1]!), unquote(match[2]!)];
}

/**
 * Reads the list of modules.
 *
 * @param text Lines such as `dep <tab> path <tab> version <tab> sum`.
 * @param compiler The Go version.
 */
export function parseGoModules(text: string, compiler: string): EmbeddedPackages {
  const packages: DeclaredPackage[] = [];
  const settings: Record<string, string> = {};
  let main: EmbeddedPackages["main"];
  let last: DeclaredPackage | undefined;
  let partial: EmbeddedPackages["partial"];
  for (const line of text.split("\n")) {
    const [kind, first, second] = line.split("\t");
    if (kind === "mod") {
      main = { name: first ?? "", ...(second ? { version: second } : {}) };
      last = undefined;
    } else if (kind === "dep" && first) {
      last = {
        ecosystem: "go",
        name: first,
        ...(second ? { version: second } : {}),
        direct: false,
      };
      packages.push(last);
    } else if (kind === "=>" && first && last !== undefined) {
      last.replacedBy = { name: first, ...(second ? { version: second } : {}) };
    } else if (kind === "build" && first !== undefined) {
      const [key, value] = setting(line.slice("build\t".length)) ?? [];
      if (key !== undefined && value !== undefined) {
        Object.defineProperty(settings, key, { value, enumerable: true, configurable: true });
      }
    } else if (kind !== "path" && kind !== "=>" && line !== "") {
      partial = { reason: "a line of the build information is not of a known kind" };
    }
  }
  if (text === "") partial = { reason: "it was built without modules, so it lists none" };
  return {
    source: "go-buildinfo",
    compiler,
    ...(main === undefined ? {} : { main }),
    packages,
    directKnown: false,
    settings,
    ...(partial === undefined ? {} : { partial }),
  };
}

/**
 * Reads what Go says about a binary.
 *
 * @returns The modules, or `undefined` where it is none of Go's.
 */
export function readGoBuildInfo(elf: ElfFile): EmbeddedPackages | undefined {
  const at = findHeader(elf);
  if (at === undefined) return undefined;
  const found = strings(elf, at);
  if (found === undefined) return undefined;
  const [version, modules] = found;
  const decoder = new TextDecoder();
  const framed = modules.length >= 2 * MARK + 1 && modules[modules.length - MARK - 1] === 0x0a;
  const text = framed ? decoder.decode(modules.subarray(MARK, modules.length - MARK)) : "";
  return parseGoModules(text, decoder.decode(version));
}
