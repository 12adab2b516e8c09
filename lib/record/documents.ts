/** The documents that `--json` prints besides the run: their validators, and all JSON Schemas. */
import { toJsonSchema } from "@valibot/to-json-schema";
import * as v from "valibot";
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

/** {@linkcode ListSchema} as a type. */
export type ListDocument = v.InferOutput<typeof ListSchema>;
/** {@linkcode DoctorSchema} as a type. */
export type DoctorDocument = v.InferOutput<typeof DoctorSchema>;

const DOCUMENTS = {
  run: RunRecordSchema,
  events: RunEventSchema,
  list: ListSchema,
  doctor: DoctorSchema,
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
