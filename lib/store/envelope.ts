/**
 * The form in which runs travel from one history to another, and in which foreign runs are kept: one
 * JSON object a run, one line each in a file of many.
 */
import * as v from "valibot";
import { basename } from "node:path";
import { printable, VersusError } from "../error.ts";
import { looksLikeHyperfine, readHyperfine } from "../record/hyperfine.ts";
import { RunRecordSchema, type Validator } from "../record/schema.ts";
import type { RunRecord } from "../record/types.ts";
import type { HistoryRecord } from "./types.ts";

/** A run on its way. */
export interface Envelope {
  /** What this document is. */
  schema: "versus.export/1";
  /** The identifier of the machine that it was measured on; `unknown` for files that do not tell it. */
  machine: string;
  /** The words that it was found by. */
  tags: string[];
  /** The run, measured by versus. */
  run?: RunRecord;
  /** The run, measured by hyperfine: its own JSON, with what it is called here. */
  hyperfine?: {
    /** Its identifier. */
    id: string;
    /** When the file was made, RFC 3339 in UTC. */
    at: string;
    /** hyperfine's document. */
    document: unknown;
  };
}

/** Words that a run may be given. */
export const TAG = /^[A-Za-z0-9][\w.+-]{0,63}$/;

/** An identifier of a machine: hexadecimal digits, or a word where it is not known. */
export const MACHINE = /^[\w-]{1,64}$/;

/** Checks an envelope. */
export const EnvelopeSchema: Validator<Envelope> = v.object({
  schema: v.literal("versus.export/1"),
  machine: v.pipe(v.string(), v.regex(MACHINE)),
  tags: v.array(v.pipe(v.string(), v.regex(TAG))),
  run: v.exactOptional(RunRecordSchema),
  hyperfine: v.exactOptional(v.object({
    id: v.pipe(v.string(), v.minLength(1)),
    at: v.string(),
    document: v.unknown(),
  })),
});

const HINT = "Give a file of versus history export, of --out FILE.json, or of hyperfine's " +
  "--export-json";

/** A schema of ours in another version than this program reads. */
function requireKnownSchema(value: object, file: string): void {
  if (!("schema" in value) || typeof value.schema !== "string") return;
  const { schema } = value;
  if (schema === "versus.run/1" || schema === "versus.export/1") return;
  const ours = schema.match(/^versus\.(run|export)\/(\d+)$/);
  throw new VersusError(
    `${printable(file)} holds ${printable(schema.slice(0, 60))}, expected ` +
      (ours === null ? "versus.run/1 or versus.export/1" : `versus.${ours[1]}/1`),
    { hint: ours === null ? HINT : "It comes from a newer versus: bring this one up to date" },
  );
}

function invalid(file: string, issue: v.BaseIssue<unknown>): VersusError {
  const path = v.getDotPath(issue);
  const where = path === null ? "" : `${printable(path)}: `;
  return new VersusError(`${printable(file)} is no run: ${where}${printable(issue.message)}`, {
    hint: HINT,
  });
}

async function shortDigest(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return digest.slice(0, 4).toHex();
}

/**
 * Puts a parsed file into an envelope: an export, a run document, or hyperfine's JSON.
 *
 * @param value The parsed JSON.
 * @param file Its name, for messages and for the identifier of what has none.
 * @param at When the file was made, RFC 3339 in UTC.
 * @returns The checked envelope.
 * @throws {VersusError} If it is none of these, or of a version that this program does not know.
 */
export async function toEnvelope(value: unknown, file: string, at: string): Promise<Envelope> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new VersusError(`${printable(file)} is no run: expected an object`, { hint: HINT });
  }
  if (looksLikeHyperfine(value)) {
    const id = `hyperfine-${basename(file)}-${await shortDigest(value)}`;
    readHyperfine(value, file, at);
    return {
      schema: "versus.export/1",
      machine: "unknown",
      tags: [],
      hyperfine: { id, at, document: value },
    };
  }
  requireKnownSchema(value, file);
  const isEnvelope = "schema" in value && value.schema === "versus.export/1";
  const wrapped = isEnvelope
    ? value
    : { schema: "versus.export/1", machine: "unknown", tags: [], run: value };
  const result = v.safeParse(EnvelopeSchema, wrapped, { abortEarly: true });
  if (!result.success) throw invalid(file, result.issues[0]);
  const { run, hyperfine } = result.output;
  if ((run === undefined) === (hyperfine === undefined)) {
    throw new VersusError(`${printable(file)} is no run: expected a run`, { hint: HINT });
  }
  if (hyperfine !== undefined) recordOfEnvelope(result.output, file);
  return result.output;
}

/**
 * Takes the run out of an envelope.
 *
 * @param envelope A checked envelope.
 * @param file Where it comes from, for messages.
 * @returns The run.
 * @throws {VersusError} If hyperfine's document in it is not valid.
 */
export function recordOfEnvelope(envelope: Envelope, file: string): HistoryRecord {
  const { run, hyperfine } = envelope;
  if (run !== undefined) return run;
  const { id, at, document } = hyperfine!;
  return { ...readHyperfine(document, file, at), id };
}
