/**
 * Footprints as bills of materials, CycloneDX 1.6 (ECMA-424) in JSON.
 *
 * Components are packages: those that were opened, with the opened files as evidence, and those that are
 * declared and were not opened, as optional ones. Files that belong to no package are evidence of the
 * program itself where they are its own, else of a component that is called like their owner.
 */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import type { FootprintDocument } from "../record/footprint_types.ts";
import { VERSION } from "../version.ts";
import { type Component, componentsOf, programOf } from "./_footprint_components.ts";
import { distribution } from "./_footprint_purl.ts";
import { toJson } from "./json.ts";
import type { Exporter } from "./types.ts";

/** The reference of a single program. */
const PROGRAM = "program";

interface Dependency {
  readonly ref: string;
  readonly dependsOn: readonly string[];
}

function dependency(ref: string, components: readonly Component[]): Dependency {
  return { ref, dependsOn: components.map((one) => one["bom-ref"]) };
}

/** What is loaded only under other conditions is not seen, so that nothing can be said to be complete. */
function composition({ partial }: FootprintDocument, ref: string) {
  return { aggregate: partial === undefined ? "unknown" : "incomplete", assemblies: [ref] };
}

/** A UUID of version 8 (RFC 9562): the same content has the same one. */
function uuidOf(content: string): string {
  const bytes = createHash("sha256").update(content).digest().subarray(0, 16);
  bytes[6] = bytes[6]! & 0x0f | 0x80;
  bytes[8] = bytes[8]! & 0x3f | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function write(
  timestamp: string,
  program: Component | undefined,
  components: readonly Component[],
  dependencies: readonly Dependency[],
  compositions: readonly ReturnType<typeof composition>[],
): string {
  const content = JSON.stringify([timestamp, program, components, dependencies, compositions]);
  const bom = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${uuidOf(content)}`,
    version: 1,
    metadata: {
      timestamp,
      lifecycles: [{ phase: "operations" }],
      tools: { components: [{ type: "application", name: "versus", version: VERSION }] },
      ...(program === undefined ? {} : { component: program }),
    },
    components,
    dependencies,
    compositions,
  };
  return `${toJson(bom, 2)}\n`;
}

/**
 * Writes a footprint as a bill of materials. Licences are told where the metadata of an opened package is
 * still there to be read.
 *
 * @param document The footprint.
 * @returns CycloneDX 1.6 in JSON.
 */
export function footprintCycloneDx(document: FootprintDocument): string {
  const components = componentsOf(document, distribution());
  return write(
    document.startedAt,
    programOf(document, PROGRAM, basename(document.command[0]!)),
    components,
    [dependency(PROGRAM, components)],
    [composition(document, PROGRAM)],
  );
}

/** Writes a component for each case of a run that was traced, with what it opened inside of it. */
export const cycloneDxExporter: Exporter = {
  format: "cyclonedx",
  extensions: [".cdx.json"],
  render(record) {
    const system = distribution();
    const cases = record.scenarios.flatMap(({ cases }) => cases);
    const traced = cases.flatMap(({ caseId, footprint }) =>
      footprint === undefined ? [] : [{
        footprint,
        program: programOf(footprint, caseId, caseId),
        components: componentsOf(footprint, system, `${caseId}#`),
      }]
    );
    return write(
      record.startedAt,
      undefined,
      traced.map(({ program, components }) => ({ ...program, components })),
      traced.map(({ program, components }) => dependency(program["bom-ref"], components)),
      traced.map(({ footprint, program }) => composition(footprint, program["bom-ref"])),
    );
  },
};
