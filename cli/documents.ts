/** The documents that `--json` prints besides the run: their validators, and all JSON Schemas. */
import { toJsonSchema } from "@valibot/to-json-schema";
import * as v from "valibot";
import { FootprintSchema } from "../footprint/schema.ts";
import { RunEventSchema } from "./events.ts";
import { ParameterValueSchema, RunRecordSchema, WarningSchema } from "./schema.ts";

/** What `versus list --json` prints. */
export const ListSchema = v.object({
  schema: v.literal("versus.list/1"),
  scenarios: v.array(v.object({
    name: v.string(),
    kind: v.picklist(["bench", "footprint", "probe"]),
    title: v.string(),
    tags: v.array(v.string()),
    parameters: v.array(v.object({
      name: v.string(),
      title: v.string(),
      type: v.picklist(["integer", "number", "string", "boolean"]),
      default: ParameterValueSchema,
      min: v.optional(v.number()),
      max: v.optional(v.number()),
      choices: v.optional(v.array(v.string())),
    })),
    variants: v.array(v.object({ name: v.string(), language: v.string() })),
  })),
  suites: v.array(v.object({
    name: v.string(),
    title: v.string(),
    runs: v.array(v.object({ scenario: v.string() })),
  })),
});

const Status = v.picklist(["ok", "missing", "broken"]);

/** What `versus doctor --json` prints. */
export const DoctorSchema = v.object({
  schema: v.literal("versus.doctor/1"),
  toolchains: v.array(v.object({
    language: v.string(),
    name: v.string(),
    version: v.optional(v.string()),
    path: v.optional(v.string()),
    realPath: v.optional(v.string()),
    status: Status,
    reason: v.optional(v.string()),
    install: v.optional(v.string()),
  })),
  tools: v.array(v.object({
    name: v.string(),
    status: Status,
    version: v.optional(v.string()),
    path: v.optional(v.string()),
    reason: v.optional(v.string()),
    install: v.optional(v.string()),
  })),
  launcher: v.object({
    method: v.picklist(["gate", "spawn", "plain"]),
    maxRssFloorKb: v.optional(v.number()),
    counters: v.string(),
  }),
  noise: v.object({
    /** The smallest difference that 30 blocks of a 20 ms program could show, in percent. */
    detectablePercent: v.optional(v.number()),
    warnings: v.array(WarningSchema),
  }),
  data: v.array(v.object({ name: v.string(), date: v.string(), stale: v.boolean() })),
});

const Partial = v.optional(v.object({ reason: v.string() }));

/** What a program's file says of itself, for `versus deps PROGRAM`. */
const BinarySchema = v.object({
  format: v.picklist(["elf", "pe", "mach-o"]),
  type: v.string(),
  machines: v.array(v.string()),
  bits: v.optional(v.picklist([32, 64])),
  bytes: v.number(),
  linkage: v.optional(v.picklist(["static", "dynamic"])),
  interpreter: v.optional(v.string()),
  needed: v.optional(v.array(v.string())),
  soname: v.optional(v.string()),
  rpath: v.optional(v.array(v.string())),
  runpath: v.optional(v.array(v.string())),
  stripped: v.optional(v.boolean()),
  debugInfo: v.optional(v.boolean()),
  buildId: v.optional(v.string()),
  sections: v.optional(v.array(v.object({
    name: v.string(),
    bytes: v.number(),
    inFile: v.boolean(),
  }))),
  compiler: v.optional(v.string()),
  main: v.optional(v.object({ name: v.string(), version: v.optional(v.string()) })),
  settings: v.optional(v.record(v.string(), v.string())),
  partial: Partial,
});

/** What `versus deps --json` prints. Nothing is looked at but declarations. */
export const DepsSchema = v.object({
  schema: v.literal("versus.deps/1"),
  path: v.string(),
  manifests: v.array(v.object({
    file: v.string(),
    format: v.string(),
    packages: v.number(),
    /** Absent where the file does not tell direct from indirect packages. */
    direct: v.optional(v.number()),
    indirect: v.optional(v.number()),
    partial: Partial,
  })),
  packages: v.array(v.object({
    ecosystem: v.picklist(["pypi", "npm", "jsr", "go", "cargo", "deb", "rpm", "apk", "runtime"]),
    name: v.string(),
    version: v.optional(v.string()),
    declared: v.boolean(),
    /** Absent where no file tells. */
    direct: v.optional(v.boolean()),
    replacedBy: v.optional(v.object({ name: v.string(), version: v.optional(v.string()) })),
  })),
  binary: v.optional(BinarySchema),
});

/** {@linkcode ListSchema} as a type. */
export type ListDocument = v.InferOutput<typeof ListSchema>;
/** {@linkcode DoctorSchema} as a type. */
export type DoctorDocument = v.InferOutput<typeof DoctorSchema>;
/** {@linkcode DepsSchema} as a type. */
export type DepsDocument = v.InferOutput<typeof DepsSchema>;

const DOCUMENTS = {
  run: RunRecordSchema,
  events: RunEventSchema,
  list: ListSchema,
  doctor: DoctorSchema,
  footprint: FootprintSchema,
  deps: DepsSchema,
} as const;

/** A document that this file knows. */
export type DocumentKind = keyof typeof DOCUMENTS;

/** All of them. */
export const DOCUMENT_KINDS = Object.keys(DOCUMENTS) as DocumentKind[];

/**
 * Generates the JSON Schema of a document from its validator.
 *
 * @param kind Which document; `events` is one line of `--events`.
 * @returns A JSON Schema (draft-07).
 */
export function documentSchema(kind: DocumentKind): Record<string, unknown> {
  return { ...toJsonSchema(DOCUMENTS[kind], { errorMode: "ignore" }) };
}
