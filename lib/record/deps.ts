/** The `deps` document: what a project or a program declares. */
import * as v from "valibot";
import type { Validator } from "./warning.ts";

/** A manifest or lock file that was read, or a program. */
export interface DepsManifest {
  /** The file. */
  file: string;
  /** Its format: `package-lock@3`, `go-buildinfo`. */
  format: string;
  /** All packages that it names. */
  packages: number;
  /** Packages that it names itself; absent where it does not tell those apart. */
  direct?: number;
  /** Packages that others brought along; absent where it does not tell those apart. */
  indirect?: number;
  /** Why the counts may be short of what the file stands for. */
  partial?: { reason: string };
}

/** A package that is declared. */
export interface DepsPackage {
  /** Where it comes from. */
  ecosystem: "pypi" | "npm" | "jsr" | "go" | "cargo" | "deb" | "rpm" | "apk" | "runtime";
  /** Its name, normalised by the ecosystem's rules. */
  name: string;
  /** The version, where it is fixed. */
  version?: string;
  /** Always `true` here. */
  declared: boolean;
  /** Whether it is named itself; absent where no file tells. */
  direct?: boolean;
  /** What takes its place: Go's `replace`. */
  replacedBy?: { name: string; version?: string };
}

/** What a program's file says of itself. */
export interface DepsBinary {
  /** The format. */
  format: "elf" | "pe" | "mach-o";
  /** What it is: `executable`, `pie`, `library`. */
  type: string;
  /** Its processors. */
  machines: string[];
  /** Bits of an address. */
  bits?: 32 | 64;
  /** Its size, in bytes. */
  bytes: number;
  /** Whether libraries are loaded at its start. */
  linkage?: "static" | "dynamic";
  /** The loader that it asks for. */
  interpreter?: string;
  /** The libraries that it asks for. */
  needed?: string[];
  /** Its own name as a library. */
  soname?: string;
  /** Where libraries are looked for first. */
  rpath?: string[];
  /** Where libraries are looked for after `LD_LIBRARY_PATH`. */
  runpath?: string[];
  /** Whether its symbol table was taken out. */
  stripped?: boolean;
  /** Whether it carries debug information. */
  debugInfo?: boolean;
  /** The build's identifier. */
  buildId?: string;
  /** Its sections, largest first; in bytes. */
  sections?: { name: string; bytes: number; inFile: boolean }[];
  /** What compiled it: `go1.26.8`. */
  compiler?: string;
  /** What it was built from. */
  main?: { name: string; version?: string };
  /** How it was built. */
  settings?: Record<string, string>;
  /** Why something is missing here. */
  partial?: { reason: string };
}

/** What `versus deps --json` prints. Nothing is looked at but declarations. */
export interface DepsDocument {
  /** The kind of document and its version. */
  schema: "versus.deps/1";
  /** What was asked for. */
  path: string;
  /** Each file that was read. */
  manifests: DepsManifest[];
  /** The packages of all of them, each name and version once. */
  packages: DepsPackage[];
  /** What a program's file says, where the path is one. */
  binary?: DepsBinary;
}

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Partial = v.exactOptional(v.object({ reason: v.string() }));
const Text = v.exactOptional(v.string());
const Texts = v.exactOptional(v.array(v.string()));
const Flag = v.exactOptional(v.boolean());
const Named = v.exactOptional(v.object({ name: v.string(), version: Text }));

const BinarySchema: Validator<DepsBinary> = v.object({
  format: v.picklist(["elf", "pe", "mach-o"]),
  type: v.string(),
  machines: v.array(v.string()),
  bits: v.exactOptional(v.picklist([32, 64])),
  bytes: Count,
  linkage: v.exactOptional(v.picklist(["static", "dynamic"])),
  interpreter: Text,
  needed: Texts,
  soname: Text,
  rpath: Texts,
  runpath: Texts,
  stripped: Flag,
  debugInfo: Flag,
  buildId: Text,
  sections: v.exactOptional(
    v.array(v.object({ name: v.string(), bytes: Count, inFile: v.boolean() })),
  ),
  compiler: Text,
  main: Named,
  settings: v.exactOptional(v.record(v.string(), v.string())),
  partial: Partial,
});

/** Checks a manifest or lock file in a document. */
export const DepsManifestSchema: Validator<DepsManifest> = v.object({
  file: v.string(),
  format: v.string(),
  packages: Count,
  direct: v.exactOptional(Count),
  indirect: v.exactOptional(Count),
  partial: Partial,
});

/** Checks a `deps` document. */
export const DepsSchema: Validator<DepsDocument> = v.object({
  schema: v.literal("versus.deps/1"),
  path: v.string(),
  manifests: v.array(DepsManifestSchema),
  packages: v.array(v.object({
    ecosystem: v.picklist(["pypi", "npm", "jsr", "go", "cargo", "deb", "rpm", "apk", "runtime"]),
    name: v.string(),
    version: Text,
    declared: v.boolean(),
    direct: Flag,
    replacedBy: Named,
  })),
  binary: v.exactOptional(BinarySchema),
});
