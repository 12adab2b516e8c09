/**
 * What a program's file says: how it is linked, what it is made of, and which packages it carries.
 *
 * A program that opens two files may still hold fifty modules.
 *
 * @module
 */
import { printable, VersusError } from "../../error.ts";
import { isElf } from "./_elf_file.ts";
import { readMachO, readPe } from "./_foreign.ts";
import { openSource } from "./_source.ts";
import { readElf, readElfLinkage } from "./elf.ts";
import type { BinaryReport } from "./types.ts";

export type {
  BinaryReport,
  BinarySection,
  ElfReport,
  EmbeddedPackages,
  EmbeddedSource,
  MachOReport,
  OtherReport,
  PeReport,
  ScriptReport,
} from "./types.ts";

/**
 * Reads a program's file; only the parts that are needed, whatever its size.
 *
 * @param path The file.
 * @returns What it is: ELF in full, PE, Mach-O and scripts recognised, `other` for the rest.
 * @throws {VersusError} If it can't be read, is no regular file, or is ELF with a damaged header.
 */
export function readBinary(path: string): BinaryReport {
  try {
    if (!Deno.statSync(path).isFile) {
      throw new VersusError(`${printable(path)}: found no regular file, expected a program`);
    }
    using source = openSource(path);
    const head = source.read(0, 256);
    if (isElf(head)) return readElf(source);
    if (head[0] === 0x23 && head[1] === 0x21) {
      const line = new TextDecoder().decode(head.subarray(2)).split("\n")[0]!.trim();
      return { format: "script", interpreter: line, bytes: source.size };
    }
    return readPe(source) ?? readMachO(source) ?? { format: "other", bytes: source.size };
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): VersusError {
  if (error instanceof VersusError) return error;
  const reason = error instanceof Deno.errors.NotFound
    ? "there is no such file"
    : (error as Error).message;
  return new VersusError(`Cannot read ${printable(path)}: ${printable(reason)}`, { cause: error });
}

/**
 * Reads how a program is linked: much faster than all of it.
 *
 * @param path A file.
 * @returns Whether libraries are loaded at its start; `undefined` for what is no ELF file.
 * @throws {VersusError} If it can't be read, or its header is cut short.
 */
export function readLinkage(path: string): "static" | "dynamic" | undefined {
  try {
    if (!Deno.statSync(path).isFile) return undefined;
    using source = openSource(path);
    return isElf(source.read(0, 256)) ? readElfLinkage(source) : undefined;
  } catch (error) {
    throw unreadable(path, error);
  }
}
