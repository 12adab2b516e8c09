/** The documents that `--json` prints besides the run: their validators, and all JSON Schemas. */
import { toJsonSchema } from "@valibot/to-json-schema";
import * as v from "valibot";
import { FootprintDiffSchema, FootprintSchema } from "../lib/footprint/schema.ts";
import { GnmiResultSchema } from "../lib/probe/gnmi/schema.ts";
import { GnoiResultSchema } from "../lib/probe/gnoi/schema.ts";
import { GrpcResultSchema } from "../lib/probe/grpc/schema.ts";
import { LabSchema } from "../lib/probe/lab/document.ts";
import { ListenLineSchema } from "../lib/probe/listen/schema.ts";
import {
  DnsResultSchema,
  HttpResultSchema,
  PingResultSchema,
  TcpResultSchema,
  TlsResultSchema,
} from "../lib/probe/results.ts";
import { NetconfResultSchema } from "../lib/probe/netconf/schema.ts";
import { RestconfResultSchema } from "../lib/probe/restconf/schema.ts";
import { Rfc8343Schema } from "../lib/probe/rfc8343/schema.ts";
import { ProbeEventSchema, ProbeSchema } from "../lib/probe/schema.ts";
import { SnmpResultSchema } from "../lib/probe/snmp/schema.ts";
import { SshResultSchema } from "../lib/probe/ssh/schema.ts";
import { TelnetResultSchema } from "../lib/probe/telnet/schema.ts";
import { DepsSchema } from "../lib/record/deps.ts";
import { RunEventSchema } from "../lib/record/events.ts";
import { ParameterValueSchema, RunRecordSchema, WarningSchema } from "../lib/record/schema.ts";
import { CompareSchema, HistorySchema, TrendSchema } from "../lib/store/documents.ts";
import { EnvelopeSchema } from "../lib/store/envelope.ts";
import { claimListSchema } from "../lib/score/claim_schema.ts";
import { ClaimsSchema } from "../lib/score/claims_document.ts";
import { scorecardSchema } from "../lib/score/card_schema.ts";
import { ScoreSchema } from "../lib/score/document_schema.ts";

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
  /** An unpacked program, compared with what was packed; absent in a checkout. */
  program: v.optional(v.object({
    folder: v.string(),
    files: v.number(),
    problems: v.array(v.string()),
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
  footprint: FootprintSchema,
  "footprint-diff": FootprintDiffSchema,
  deps: DepsSchema,
  history: HistorySchema,
  compare: CompareSchema,
  trend: TrendSchema,
  export: EnvelopeSchema,
  score: ScoreSchema,
  scorecard: scorecardSchema,
  claims: ClaimsSchema,
  "claims-file": claimListSchema,
  probe: ProbeSchema,
  "probe-events": ProbeEventSchema,
  // What `result` holds, protocol by protocol.
  "probe-tcp": TcpResultSchema,
  "probe-tls": TlsResultSchema,
  "probe-http": HttpResultSchema,
  "probe-dns": DnsResultSchema,
  "probe-ping": PingResultSchema,
  "probe-snmp": SnmpResultSchema,
  "probe-ssh": SshResultSchema,
  "probe-telnet": TelnetResultSchema,
  "probe-netconf": NetconfResultSchema,
  "probe-restconf": RestconfResultSchema,
  "probe-grpc": GrpcResultSchema,
  "probe-gnmi": GnmiResultSchema,
  "probe-gnoi": GnoiResultSchema,
  listen: ListenLineSchema,
  lab: LabSchema,
  rfc8343: Rfc8343Schema,
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
