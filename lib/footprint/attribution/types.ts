/** What the rules of attribution share. */
import type { Ecosystem } from "../types.ts";
import type { FileView } from "./_files.ts";

/** A package that a file belongs to. */
export interface PackageRef {
  /** Where it comes from. */
  ecosystem: Ecosystem;
  /** Its name, normalised by the ecosystem's rules. */
  name: string;
  /** Its version, where one is known. */
  version?: string;
}

/** To whom a file belongs. */
export interface Attribution {
  /** The owner: `pypi:paramiko@3.4.0`, `cpython:stdlib`, `system:locale`; absent if unattributed. */
  owner?: string;
  /** The rule that found it: `python-record`; `link:dpkg` where a link was followed; or `unattributed`. */
  rule: string;
  /** The package, where the owner is one. */
  package?: PackageRef;
  /** The system's package that put it there, where the owner is a package of a language. */
  suppliedBy?: PackageRef;
}

/** What every rule may look at. */
export interface RuleContext {
  /** The files, as this machine (or another root) has them. */
  readonly files: FileView;
  /** The home folder. */
  readonly home: string;
  /** The environment of the program. */
  readonly env: Readonly<Record<string, string>>;
  /** Attributes another path: of what this one was made from. */
  attribute(path: string): Attribution;
  /** Says that a source of knowledge could not be used. */
  problem(text: string): void;
}

/** Explains some paths. */
export interface Rule {
  /**
   * Looks at one path.
   *
   * @param path Absolute and normalised.
   * @returns To whom it belongs, or `undefined` if this rule can't tell.
   */
  find(path: string): Attribution | undefined;
  /** The packages of the environments that were seen, opened or not. */
  installed?(): Iterable<PackageRef>;
}

/** Writes a package as an owner. */
export function ownerOf({ ecosystem, name, version }: PackageRef): string {
  const scheme = ecosystem === "runtime" ? name : `${ecosystem}:${name}`;
  return version === undefined ? scheme : `${scheme}@${version}`;
}

/** Makes the attribution of a package's file. */
export function belongsTo(found: PackageRef, rule: string): Attribution {
  return { owner: ownerOf(found), rule, package: found };
}

/** Makes a reference without a version key where none is known. */
export function packageRef(
  ecosystem: Ecosystem,
  name: string,
  version: string | undefined,
): PackageRef {
  return version === undefined ? { ecosystem, name } : { ecosystem, name, version };
}

/** Makes the attribution of a runtime's file: `cpython:stdlib`. */
export function runtimeFile(
  name: string,
  part: string,
  version: string | undefined,
  rule: string,
): Attribution {
  return { owner: `${name}:${part}`, rule, package: packageRef("runtime", name, version) };
}
