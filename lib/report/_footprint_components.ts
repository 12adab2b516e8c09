/** Footprints as components of a bill of materials, with the opened files as evidence. */
import type { FootprintDocument, FootprintPackage, TracedFile } from "../record/footprint_types.ts";
import { type License, licenseOf } from "./_footprint_licenses.ts";
import { packageUrl } from "./_footprint_purl.ts";
import { isRegular, UNATTRIBUTED } from "./_footprint_rows.ts";

/** The owner of the program's own files. */
const OWN = "program:own";

interface Occurrence {
  readonly location: string;
  readonly additionalContext: string;
}

interface Property {
  readonly name: string;
  readonly value: string;
}

/** A component as CycloneDX has it, as far as footprints need it. */
export interface Component {
  readonly type: "application" | "library" | "platform" | "file";
  readonly "bom-ref": string;
  readonly name: string;
  readonly version?: string;
  readonly scope?: "required" | "optional";
  readonly licenses?: readonly License[];
  readonly purl?: string;
  readonly evidence?: { readonly occurrences: readonly Occurrence[] };
  readonly properties?: readonly Property[];
  readonly components?: readonly Component[];
}

function occurrence({ path, rule, opens, bytes, readBytes, mappedBytes }: TracedFile): Occurrence {
  const size = bytes === undefined ? "gone" : `${bytes} bytes`;
  return {
    location: path,
    additionalContext:
      `${size}, opened ${opens} times, ${readBytes} bytes read, ${mappedBytes} mapped; ${rule}`,
  };
}

function evidence(files: readonly TracedFile[]): Pick<Component, "evidence"> {
  return files.length === 0 ? {} : { evidence: { occurrences: files.map(occurrence) } };
}

function property(name: string, value: string | number | boolean): Property {
  return { name: `versus:${name}`, value: String(value) };
}

/** The owner of a package's files, as traced files name it. */
function ownerOf({ ecosystem, name, version }: FootprintPackage): string {
  return `${ecosystem}:${name}${version === undefined ? "" : `@${version}`}`;
}

/** Puts regular files to what they belong to: packages, and owners that are none. */
function filesByOwner({ files, packages }: FootprintDocument): Map<string, TracedFile[]> {
  const runtimes = new Map(
    packages.filter(({ ecosystem }) => ecosystem === "runtime").map((one) => [one.name, one]),
  );
  return Map.groupBy(files.filter(isRegular), ({ owner = UNATTRIBUTED }) => {
    // Runtimes own their files by parts: cpython:stdlib.
    const runtime = runtimes.get(owner.split(":")[0]!);
    return runtime === undefined ? owner : ownerOf(runtime);
  });
}

function packageComponent(
  one: FootprintPackage,
  files: readonly TracedFile[],
  system: string | undefined,
  prefix: string,
): Component {
  const { ecosystem, name, version, declared, installed, opened, direct, late } = one;
  const purl = packageUrl(one, system);
  const license = files[0] === undefined ? undefined : licenseOf(one, files[0].path);
  return {
    type: ecosystem === "runtime" ? "platform" : "library",
    "bom-ref": prefix + ownerOf(one),
    name,
    ...(version === undefined ? {} : { version }),
    scope: opened ? "required" : "optional",
    ...(license === undefined ? {} : { licenses: [license] }),
    ...(purl === undefined ? {} : { purl }),
    ...evidence(files),
    properties: [
      property("declared", declared ? (direct ? "direct" : "indirect") : "no"),
      property("installed", installed),
      property("opened", opened ? (late === true ? "late" : "yes") : "no"),
    ],
  };
}

/**
 * Makes the components of what a program opened and declares.
 *
 * @param document The footprint.
 * @param system The distribution, for the URLs of its packages.
 * @param prefix What stands before each reference, where several footprints are in one document.
 * @returns Packages, and owners of files that belong to none.
 */
export function componentsOf(
  document: FootprintDocument,
  system: string | undefined,
  prefix = "",
): Component[] {
  const byOwner = filesByOwner(document);
  const used = document.packages.filter(({ opened, declared }) => opened || declared);
  const known = new Set([OWN, ...used.map(ownerOf)]);
  return [
    ...used.map((one) => packageComponent(one, byOwner.get(ownerOf(one)) ?? [], system, prefix)),
    ...[...byOwner].filter(([owner]) => !known.has(owner)).map(([owner, files]): Component => ({
      type: "file",
      "bom-ref": `${prefix}files:${owner}`,
      name: owner,
      scope: "required",
      ...evidence(files),
    })),
  ];
}

/**
 * Makes the component of the program itself, with its own files as evidence.
 *
 * @param document The footprint.
 * @param ref Its reference.
 * @param name What it is called.
 */
export function programOf(document: FootprintDocument, ref: string, name: string): Component {
  const { opened, missed, bytes, method } = document;
  return {
    type: "application",
    "bom-ref": ref,
    name,
    ...evidence(filesByOwner(document).get(OWN) ?? []),
    properties: [
      property("filesOpened", opened.unique),
      property("opens", opened.count),
      property("missed", missed.count),
      property("onDiskBytes", bytes.onDisk),
      property("readBytes", bytes.read),
      property("mappedBytes", bytes.mapped),
      property("method", method),
    ],
  };
}
