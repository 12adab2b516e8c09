/** Reads footprint documents back from files. */
import * as v from "valibot";
import { printable, VersusError } from "../../error.ts";
import { FootprintSchema } from "../schema.ts";
import type { FootprintDocument } from "../types.ts";

const HINT = "Name files that versus trace --json or --out FILE.json wrote";

/**
 * Reads the document of an earlier trace.
 *
 * @param path A file that `versus trace --json` or `--out FILE.json` wrote.
 * @returns The document.
 * @throws {VersusError} If it can't be read or is something else.
 */
export async function readFootprint(path: string): Promise<FootprintDocument> {
  let value: unknown;
  try {
    value = JSON.parse(await Deno.readTextFile(path));
  } catch (cause) {
    const reason = cause instanceof SyntaxError
      ? "it is no JSON"
      : cause instanceof Deno.errors.NotFound
      ? "there is no such file"
      : (cause as Error).message;
    throw new VersusError(`Cannot read ${printable(path)}: ${printable(reason)}`, {
      hint: HINT,
      cause,
    });
  }
  const parsed = v.safeParse(FootprintSchema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const where = v.getDotPath(issue);
  throw new VersusError(
    `${printable(path)} is no footprint document: ${
      where === null ? "" : `${printable(where)}: `
    }` +
      printable(issue.message),
    { hint: HINT },
  );
}
