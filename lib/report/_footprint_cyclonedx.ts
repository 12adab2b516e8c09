/**
 * A footprint as a bill of materials, CycloneDX 1.6 (ECMA-424) in JSON.
 *
 * Components are packages: those that were opened, with the opened files as evidence, and those that are
 * declared and were not opened, as optional ones. Files that belong to no package are evidence of the
 * program itself where they are its own, else of a component that is called like their owner.
 */
import { basename } from "node:path";
import type { FootprintDocument, FootprintPackage, TracedFile } from "../record/footprint_types.ts";
import { VERSION } from "../version.ts";
import { type License, licenseOf } from "./_footprint_licenses.ts";
import { distribution, packageUrl } from "./_footprint_purl.ts";
import { isRegular, UNATTRIBUTED } from "./_footprint_rows.ts";
import { toJson } from "./json.ts";

/** The reference of the program itself. */
const PROGRAM = "program";

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

interface Component {
  readonly type: "application" | "library" | "platform" | "file";
  readonly "bom-ref": string;
  readonly name: string;
  readonly version?: string;
  readonly scope?: "required" | "optional";
  readonly licenses?: readonly License[];
  readonly purl?: string;
  readonly evidence?: { readonly occurrences: readonly Occurrence[] };
  readonly properties?: readonly Property[];
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
): Component {
  const { ecosystem, name, version, declared, installed, opened, direct, late } = one;
  const purl = packageUrl(one, system);
  const license = files[0] === undefined ? undefined : licenseOf(one, files[0].path);
  return {
    type: ecosystem === "runtime" ? "platform" : "library",
    "bom-ref": ownerOf(one),
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

function componentsOf(document: FootprintDocument, system: string | undefined): Component[] {
  const byOwner = filesByOwner(document);
  const used = document.packages.filter(({ opened, declared }) => opened || declared);
  const known = new Set([OWN, ...used.map(ownerOf)]);
  return [
    ...used.map((one) => packageComponent(one, byOwner.get(ownerOf(one)) ?? [], system)),
    ...[...byOwner].filter(([owner]) => !known.has(owner)).map(([owner, files]): Component => ({
      type: "file",
      "bom-ref": `files:${owner}`,
      name: owner,
      scope: "required",
      ...evidence(files),
    })),
  ];
}

/**
 * Writes a footprint as a bill of materials. Licences are told where the metadata of an opened package is
 * still there to be read.
 *
 * @param document The footprint.
 * @returns CycloneDX 1.6 in JSON.
 */
export function footprintCycloneDx(document: FootprintDocument): string {
  const { command, startedAt, opened, missed, bytes, method, partial } = document;
  const components = componentsOf(document, distribution());
  const program: Component = {
    type: "application",
    "bom-ref": PROGRAM,
    name: basename(command[0]!),
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
  const bom = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${crypto.randomUUID()}`,
    version: 1,
    metadata: {
      timestamp: startedAt,
      lifecycles: [{ phase: "operations" }],
      tools: { components: [{ type: "application", name: "versus", version: VERSION }] },
      component: program,
    },
    components,
    dependencies: [{ ref: PROGRAM, dependsOn: components.map((one) => one["bom-ref"]) }],
    // What is loaded only under other conditions is not seen, so that nothing can be said to be complete.
    compositions: [{
      aggregate: partial === undefined ? "unknown" : "incomplete",
      assemblies: [PROGRAM],
    }],
  };
  return `${toJson(bom, 2)}\n`;
}
