/** Binaries of other systems, which are recognised. */
import { fieldsOf } from "./_elf_file.ts";
import type { ByteSource } from "./_source.ts";
import type { MachOReport, PeReport } from "./types.ts";

/** Source: Microsoft's "PE Format", "Machine Types". */
const PE_MACHINES: Readonly<Record<number, string>> = {
  0x14c: "x86",
  0x1c4: "arm",
  0x8664: "x86-64",
  0xaa64: "aarch64",
};
const PE_DLL = 0x2000;

/**
 * Recognises a Windows program.
 *
 * @returns What it is, or `undefined` if it is none.
 */
export function readPe(source: ByteSource): PeReport | undefined {
  const head = source.read(0, 64);
  if (head.length < 64 || head[0] !== 0x4d || head[1] !== 0x5a) return undefined;
  const at = fieldsOf(head, false, true).u32(60);
  const header = source.read(at, 26);
  const signed = header[0] === 0x50 && header[1] === 0x45 && header[2] === 0 && header[3] === 0;
  if (!signed || header.length < 26) return undefined;
  const fields = fieldsOf(header, false, true);
  const machine = fields.u16(4);
  return {
    format: "pe",
    machine: PE_MACHINES[machine] ?? `0x${machine.toString(16)}`,
    type: (fields.u16(22) & PE_DLL) === 0 ? "executable" : "library",
    bits: fields.u16(24) === 0x20b ? 64 : 32,
    bytes: source.size,
  };
}

/** Source: Apple's `mach/machine.h` and `mach-o/loader.h`. */
const MACH_MACHINES: Readonly<Record<number, string>> = {
  7: "x86",
  0x01000007: "x86-64",
  12: "arm",
  0x0100000c: "aarch64",
};
const [THIN_32, THIN_64, FAT_32, FAT_64] = [0xfeedface, 0xfeedfacf, 0xcafebabe, 0xcafebabf];
/** Java's class files start like universal files; their version, from 45 on, stands where the count is. */
const MAX_FAT = 44;
const [EXECUTE, DYLIB, BUNDLE] = [2, 6, 8];

/**
 * Recognises a macOS program.
 *
 * @returns What it is, or `undefined` if it is none.
 */
export function readMachO(source: ByteSource): MachOReport | undefined {
  const head = source.read(0, 16);
  if (head.length < 16) return undefined;
  const magic = fieldsOf(head, false, false).u32(0);
  if (magic === FAT_32 || magic === FAT_64) return readFat(source, magic === FAT_64);
  const little = ![THIN_32, THIN_64].includes(magic);
  const fields = fieldsOf(head, false, little);
  if (![THIN_32, THIN_64].includes(fields.u32(0))) return undefined;
  return { ...thin(fields), format: "mach-o", bytes: source.size };
}

function thin(fields: { u32(at: number): number }): Pick<MachOReport, "machines" | "type"> {
  const [cpu, type] = [fields.u32(4), fields.u32(12)];
  return {
    machines: [MACH_MACHINES[cpu] ?? String(cpu)],
    type: type === EXECUTE ? "executable" : type === DYLIB || type === BUNDLE ? "library" : "other",
  };
}

function readFat(source: ByteSource, wide: boolean): MachOReport | undefined {
  const count = fieldsOf(source.read(0, 8), false, false).u32(4);
  if (count === 0 || count > MAX_FAT) return undefined;
  const size = wide ? 32 : 20;
  const table = source.read(8, count * size);
  if (table.length < count * size) return undefined;
  const machines: string[] = [];
  let type: MachOReport["type"] = "other";
  for (let i = 0; i < count; i++) {
    const entry = fieldsOf(table.subarray(i * size, (i + 1) * size), wide, false);
    const cpu = entry.u32(0);
    machines.push(MACH_MACHINES[cpu] ?? String(cpu));
    const head = source.read(entry.word(8), 16);
    if (head.length === 16) type = thin(fieldsOf(head, false, true)).type;
  }
  return { format: "mach-o", machines, type, bytes: source.size };
}
