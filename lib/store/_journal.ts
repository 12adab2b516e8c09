/** Reads a journal for the index: all that can be read of it, and a word on what can't. */
import { recordOf } from "../bench/record.ts";
import { printable } from "../error.ts";
import type { RunEvent } from "../record/events.ts";
import { RunEventSchema } from "../record/events.ts";
import type { RunRecord } from "../record/types.ts";
import * as v from "valibot";

/** What a journal gave. */
export interface JournalRead {
  /** The run; absent when not even its beginning can be read, or nothing was written yet. */
  readonly record?: RunRecord;
  /** What is wrong with the file, if something is. */
  readonly problem?: string;
}

const FOREIGN = /^versus\.events\/(\d+)$/;

/** A first line of another version of the format; `undefined` for one that is ours. */
function foreignVersion(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("schema" in value)) return undefined;
  const { schema } = value;
  if (typeof schema !== "string" || schema === "versus.events/1") return undefined;
  return FOREIGN.test(schema)
    ? `it has the format ${schema}, this versus reads versus.events/1`
    : `expected versus.events/1, found ${printable(schema.slice(0, 60))}`;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Told apart from every value that JSON can have.
    return undefined;
  }
}

/**
 * Reads a journal. A line that was cut at the end is left out, as a run that goes on leaves it out. Other
 * lines that can't be read are counted and left out as well: each sample stands for itself.
 *
 * @param bytes The file's content.
 * @returns The run and what is wrong with the file.
 */
export function journalRun(bytes: Uint8Array): JournalRead {
  const text = new TextDecoder().decode(bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1));
  const events: RunEvent[] = [];
  const bad: number[] = [];
  let number = 0;
  for (const line of text.split("\n")) {
    number++;
    if (line === "") continue;
    const value = parse(line);
    if (number === 1) {
      const foreign = foreignVersion(value);
      if (foreign !== undefined) return { problem: foreign };
    }
    if (v.is(RunEventSchema, value)) events.push(value as RunEvent);
    else bad.push(number);
  }
  if (events.length === 0 && bad.length === 0) return {};
  if (events[0]?.type !== "run-start") return { problem: "it does not begin with run-start" };
  const record = recordOf(events);
  if (bad.length === 0) return { record };
  const many = bad.length === 1 ? "line" : `${bad.length} lines, the first is`;
  return { record, problem: `it is damaged at ${many} ${bad[0]}; the others were read` };
}
