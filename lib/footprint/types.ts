/** What `lib/footprint` reads and makes. The footprint document itself belongs to the records. */
import type { DepsManifest } from "../record/deps.ts";
import type {
  Ecosystem,
  FootprintDocument,
  FootprintPackage,
  TracedFile,
} from "../record/footprint_types.ts";

export type * from "../record/footprint_types.ts";

/** A manifest or lock file that was read. */
export type ManifestSummary = DepsManifest;

/** A package as a manifest, lock file or binary names it. */
export interface DeclaredPackage {
  /** Where it comes from. */
  ecosystem: Ecosystem;
  /** Its name, normalised by the ecosystem's rules. */
  name: string;
  /** The version, where it is fixed. */
  version?: string;
  /** Whether it is named itself; `false` for what others brought along, or where that is unknown. */
  direct: boolean;
  /** What takes its place: Go's `replace`. A name that is a path is local code. */
  replacedBy?: { name: string; version?: string };
}

/** What is told of a footprint that is compared. */
export type FootprintSide = Pick<FootprintDocument, "command" | "startedAt" | "opened" | "bytes">;

/** A package that two footprints have in different versions. */
export interface ChangedPackage {
  /** As the first has it. */
  before: FootprintPackage;
  /** As the second has it. */
  after: FootprintPackage;
}

/** What differs between two footprints: the document of `versus trace --diff`. */
export interface FootprintDiffDocument {
  /** Which document it is. */
  schema: "versus.footprint-diff/1";
  /** The first. */
  before: FootprintSide;
  /** The second. */
  after: FootprintSide;
  /** How many regular files both opened. */
  commonFiles: number;
  /** Regular files that only the second opened. */
  addedFiles: TracedFile[];
  /** Regular files that only the first opened. */
  removedFiles: TracedFile[];
  /** Packages that only the second opened. */
  addedPackages: FootprintPackage[];
  /** Packages that only the first opened. */
  removedPackages: FootprintPackage[];
  /** Packages that both opened, in other versions. */
  changedPackages: ChangedPackage[];
}
