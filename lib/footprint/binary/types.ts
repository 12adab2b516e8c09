/** What can be read from a program's file, as types. */
import type { DeclaredPackage } from "../types.ts";

/** How a packages' list got into a binary. */
export type EmbeddedSource = "go-buildinfo" | "cargo-auditable" | "panic-paths";

/** The packages that a binary carries. */
export interface EmbeddedPackages {
  /** Where the list comes from. */
  source: EmbeddedSource;
  /** What compiled it: `go1.26.8`, `rustc 1.95.0`. */
  compiler?: string;
  /** The program itself. */
  main?: { name: string; version?: string };
  /** The packages; `direct` is only told by cargo-auditable. */
  packages: DeclaredPackage[];
  /** Whether `direct` is known. */
  directKnown: boolean;
  /** How it was built: Go's `GOOS`, `CGO_ENABLED`, `vcs.revision`. */
  settings: Record<string, string>;
  /** Why the list may be short. */
  partial?: { reason: string };
}

/** A section of a binary. */
export interface BinarySection {
  /** Its name: `.text`. */
  name: string;
  /** Its size in the file or, where it takes none there (`.bss`), in memory; in bytes. */
  bytes: number;
  /** Whether it takes room in the file. */
  inFile: boolean;
}

/** An ELF file. */
export interface ElfReport {
  /** Executable and Linkable Format. */
  format: "elf";
  /** Bits of an address. */
  bits: 32 | 64;
  /** Order of bytes. */
  byteOrder: "little" | "big";
  /** The processor: `x86-64`, `aarch64`; a number where it has no name here. */
  machine: string;
  /** What it is; `pie` is an executable that can be loaded anywhere. */
  type: "executable" | "pie" | "library" | "relocatable" | "core" | "other";
  /** Whether libraries are loaded at its start. */
  linkage: "static" | "dynamic";
  /** The loader that it asks for. */
  interpreter?: string;
  /** The libraries that it asks for, in order (`DT_NEEDED`). */
  needed: string[];
  /** Its own name as a library. */
  soname?: string;
  /** Where libraries are looked for before `LD_LIBRARY_PATH` (`DT_RPATH`). */
  rpath: string[];
  /** Where libraries are looked for after it (`DT_RUNPATH`). */
  runpath: string[];
  /** Whether its symbol table was taken out. */
  stripped: boolean;
  /** Whether it carries debug information. */
  debugInfo: boolean;
  /** The build's identifier, in hexadecimal digits. */
  buildId?: string;
  /** Its sections, largest first. */
  sections: BinarySection[];
  /** Its size, in bytes. */
  bytes: number;
  /** The packages that it carries, where it says so. */
  embedded?: EmbeddedPackages;
  /** Why something is missing here. */
  partial?: { reason: string };
}

/** A Windows program, which is recognised but not read further. */
export interface PeReport {
  /** Portable Executable. */
  format: "pe";
  /** The processor: `x86-64`; a number where it has no name here. */
  machine: string;
  /** A program, or a DLL. */
  type: "executable" | "library";
  /** Bits of an address. */
  bits: 32 | 64;
  /** Its size, in bytes. */
  bytes: number;
}

/** A macOS program, which is recognised but not read further. */
export interface MachOReport {
  /** Mach object. */
  format: "mach-o";
  /** Its processors: several in a universal file. */
  machines: string[];
  /** A program, a library or bundle, or something else. */
  type: "executable" | "library" | "other";
  /** Its size, in bytes. */
  bytes: number;
}

/** A text with an interpreter in its first line. */
export interface ScriptReport {
  /** It starts with `#!`. */
  format: "script";
  /** The first line, without `#!`. */
  interpreter: string;
  /** Its size, in bytes. */
  bytes: number;
}

/** Anything else. */
export interface OtherReport {
  /** No program that is known. */
  format: "other";
  /** Its size, in bytes. */
  bytes: number;
}

/** What a file is. */
export type BinaryReport = ElfReport | PeReport | MachOReport | ScriptReport | OtherReport;
