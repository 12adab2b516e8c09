/** Finds the run that a gate compares with. */
import * as v from "valibot";
import { recordOf } from "../lib/bench/record.ts";
import { printable, VersusError } from "../lib/error.ts";
import { readHyperfine } from "../lib/record/hyperfine.ts";
import { findJournal, readJournal } from "../lib/record/journal.ts";
import { type RunRecord, RunRecordSchema } from "../lib/record/schema.ts";

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new VersusError(`${printable(file)} is not JSON: ${(error as Error).message}`, {
      hint: "Give a file that --out FILE.json or hyperfine --export-json has written",
    });
  }
}

/** An earlier run, as much as a gate needs of it. */
export type Baseline = Pick<RunRecord, "scenarios">;

/** A run document or hyperfine's export. */
function readRun(value: unknown, file: string): Baseline {
  if (typeof value === "object" && value !== null && "results" in value) {
    const { mtime } = Deno.statSync(file);
    return readHyperfine(value, file, (mtime ?? new Date()).toISOString());
  }
  const result = v.safeParse(RunRecordSchema, value);
  if (result.success) return result.output;
  const { path, message } = result.issues[0];
  const where = path?.map((p) => String(p.key)).join(".") ?? "";
  throw new VersusError(
    `${printable(file)} is no run: ${where === "" ? "" : `${printable(where)}: `}${
      printable(message)
    }`,
    { hint: "Give a file that --out FILE.json or hyperfine --export-json has written" },
  );
}

/**
 * Loads an earlier run.
 *
 * @param name A JSON file of versus or hyperfine, a run's identifier, or `latest`.
 * @throws {VersusError} If there is none, or the file holds something else.
 */
export function loadBaseline(name: string): Baseline {
  let text: string;
  try {
    text = Deno.readTextFileSync(name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound && !/[/\\.]/.test(name)) {
      return recordOf(readJournal(findJournal(name)).events);
    }
    throw new VersusError(
      `Cannot read the baseline ${printable(name)}: ${(error as Error).message}`,
      {
        hint: "Give a JSON file, a run's identifier, or latest",
      },
    );
  }
  return readRun(parseJson(text, name), name);
}
