/**
 * The tables of an ELF file: header, segments and sections.
 *
 * Source: System V Application Binary Interface, chapters 4 and 5; elf(5).
 */
import { badBinary } from "./_errors.ts";
import { type ByteSource, cString } from "./_source.ts";

/** A part of the file as it is loaded. */
export interface Segment {
  type: number;
  flags: number;
  offset: number;
  address: number;
  fileSize: number;
}

/** A named part of the file. */
export interface Section {
  name: string;
  type: number;
  address: number;
  offset: number;
  size: number;
  link: number;
}

/** An ELF file's tables. */
export interface ElfFile {
  readonly source: ByteSource;
  readonly wide: boolean;
  readonly little: boolean;
  readonly type: number;
  readonly machine: number;
  readonly segments: readonly Segment[];
  readonly sections: readonly Section[];
  /** What is missing since the file ends early. */
  readonly problems: readonly string[];
}

/** A section that takes no room in the file. */
export const SHT_NOBITS = 8;
/** A table is not read beyond this: the largest programs have some hundred thousand entries. */
const MAX_ENTRIES = 1 << 20;
const PN_XNUM = 0xffff;

/** Whether bytes start like ELF. */
export function isElf(head: Uint8Array): boolean {
  return head.length >= 20 && head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c &&
    head[3] === 0x46;
}

/** Reads numbers of a record by offset, for both classes and byte orders. */
export interface Fields {
  u16(at: number): number;
  u32(at: number): number;
  /** An address or offset: 4 or 8 bytes. Above 2^53 it is of no use and becomes Infinity. */
  word(at: number): number;
}

/** Makes a reader of numbers. */
export function fieldsOf(bytes: Uint8Array, wide: boolean, little: boolean): Fields {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    u16: (at) => view.getUint16(at, little),
    u32: (at) => view.getUint32(at, little),
    word: (at) => {
      if (!wide) return view.getUint32(at, little);
      const value = view.getBigUint64(at, little);
      return value > BigInt(Number.MAX_SAFE_INTEGER) ? Infinity : Number(value);
    },
  };
}

interface Table {
  offset: number;
  entrySize: number;
  count: number;
}

function* records(
  file: { source: ByteSource; wide: boolean; little: boolean },
  table: Table,
  what: string,
  problems: string[],
): Generator<Fields> {
  const { offset, entrySize } = table;
  const count = Math.min(table.count, MAX_ENTRIES);
  if (count < table.count) problems.push(`it claims ${table.count} ${what}`);
  const bytes = file.source.read(offset, count * entrySize);
  const held = Math.floor(bytes.length / entrySize);
  if (held < count) problems.push(`it ends before ${count - held} of ${count} ${what}`);
  for (let i = 0; i < held; i++) {
    yield fieldsOf(bytes.subarray(i * entrySize, (i + 1) * entrySize), file.wide, file.little);
  }
}

/**
 * Reads an ELF file's tables.
 *
 * @throws {VersusError} If its header is cut short or says what no header says.
 */
export function openElf(source: ByteSource): ElfFile {
  const head = source.read(0, 64);
  const [wide, little] = [head[4] === 2, head[5] === 1];
  const valid = isElf(head) && (head[4] === 1 || wide) && (little || head[5] === 2);
  if (!valid || head.length < (wide ? 64 : 52)) {
    throw badBinary(source.path, "its ELF header is cut short or damaged");
  }
  const fields = fieldsOf(head, wide, little);
  const at = wide
    ? { ph: 32, sh: 40, phSize: 54, phCount: 56, shSize: 58, shCount: 60, shNames: 62 }
    : { ph: 28, sh: 32, phSize: 42, phCount: 44, shSize: 46, shCount: 48, shNames: 50 };
  const base = { source, wide, little };
  const problems: string[] = [];

  const sectionTable = {
    offset: fields.word(at.sh),
    entrySize: fields.u16(at.shSize),
    count: fields.u16(at.shCount),
  };
  let [names, segmentCount] = [fields.u16(at.shNames), fields.u16(at.phCount)];
  const hasSections = sectionTable.offset > 0 && sectionTable.entrySize >= (wide ? 64 : 40);
  if (hasSections) {
    // Where a count does not fit, the first section holds it.
    const first = source.read(sectionTable.offset, sectionTable.entrySize);
    if (first.length === sectionTable.entrySize) {
      const zero = fieldsOf(first, wide, little);
      if (sectionTable.count === 0) sectionTable.count = zero.word(wide ? 32 : 20);
      if (names === PN_XNUM) names = zero.u32(wide ? 40 : 24);
      if (segmentCount === PN_XNUM) segmentCount = zero.u32(wide ? 44 : 28);
    }
  }

  const segments: Segment[] = [];
  const segmentTable = {
    offset: fields.word(at.ph),
    entrySize: fields.u16(at.phSize),
    count: segmentCount,
  };
  if (segmentCount > 0 && segmentTable.entrySize >= (wide ? 56 : 32)) {
    for (const r of records(base, segmentTable, "program headers", problems)) {
      segments.push({
        type: r.u32(0),
        flags: r.u32(wide ? 4 : 24),
        offset: r.word(wide ? 8 : 4),
        address: r.word(wide ? 16 : 8),
        fileSize: r.word(wide ? 32 : 16),
      });
    }
  }
  const sections = hasSections ? readSections(base, sectionTable, names, problems) : [];
  return { ...base, type: fields.u16(16), machine: fields.u16(18), segments, sections, problems };
}

function readSections(
  file: { source: ByteSource; wide: boolean; little: boolean },
  table: Table,
  namesIndex: number,
  problems: string[],
): Section[] {
  const { wide } = file;
  const raw: (Omit<Section, "name"> & { nameAt: number })[] = [];
  for (const r of records(file, table, "section headers", problems)) {
    raw.push({
      nameAt: r.u32(0),
      type: r.u32(4),
      address: r.word(wide ? 16 : 12),
      offset: r.word(wide ? 24 : 16),
      size: r.word(wide ? 32 : 20),
      link: r.u32(wide ? 40 : 24),
    });
  }
  const holder = raw[namesIndex];
  const names = holder === undefined || holder.size > file.source.size
    ? new Uint8Array(0)
    : file.source.read(holder.offset, holder.size);
  return raw.map(({ nameAt, ...section }) => ({ ...section, name: cString(names, nameAt, 256) }));
}

/** Reads a section's bytes, at most so many. */
export function sectionBytes(
  elf: ElfFile,
  section: Section,
  limit = 64 * 1024 * 1024,
): Uint8Array<ArrayBuffer> {
  if (section.type === SHT_NOBITS) return new Uint8Array(0);
  return elf.source.read(section.offset, Math.min(section.size, limit));
}

/** Reads what is loaded at an address; nothing where no segment holds it. */
export function bytesAt(elf: ElfFile, address: number, length: number): Uint8Array<ArrayBuffer> {
  const segment = elf.segments.find((s) =>
    s.type === 1 && address >= s.address && address < s.address + s.fileSize
  );
  if (segment === undefined) return new Uint8Array(0);
  const inside = address - segment.address;
  return elf.source.read(segment.offset + inside, Math.min(length, segment.fileSize - inside));
}
