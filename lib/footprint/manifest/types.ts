/** What the readers of manifests and lock files share. */
import type { DeclaredPackage } from "../types.ts";

/** A manifest whose text has been read. */
export interface ManifestFile {
  /** The file, as it was named. */
  readonly path: string;
  /** Its text, without a byte order mark. */
  readonly text: string;
}

/** What one file says. */
export interface ManifestContent {
  /** The format, with its version where it has one: `package-lock@3`. */
  readonly format: string;
  /** The packages, each name and version once. */
  readonly packages: readonly DeclaredPackage[];
  /** `false` where the file does not tell direct from indirect. */
  readonly directKnown: boolean;
  /** Why the counts may be short of what the file stands for. */
  readonly partial?: readonly string[];
  /** Names that every lock file of it has to hold: without markers, extras or groups. */
  readonly required?: readonly string[];
  /** What the project itself is called: in a workspace, members name each other. */
  readonly ownName?: string;
  /** Files that belong to it: `-r` of a requirements file, members of a workspace. */
  readonly more?: readonly string[];
}

/** Reads one format. */
export interface ManifestReader {
  /** What the format's files are called, for messages. */
  readonly names: readonly string[];
  /** Whether a program writes the files, which then end with a line end. */
  readonly written?: boolean;
  /** Whether a file of this name is of this format. */
  matches(name: string): boolean;
  /** Reads a file of this format. */
  read(file: ManifestFile): Promise<ManifestContent>;
}
