/** TOML, YAML and JSON with errors that name the file and the place. */
import { parseAll } from "@std/yaml";
import { parse as parseJsonc, type ParseError, printParseErrorCode } from "jsonc-parser";
import { parse as parseToml, TomlError } from "smol-toml";
import * as v from "valibot";
import { printable } from "../../error.ts";
import { formatPath } from "../../scenario/_problems.ts";
import { badManifest, lineAt } from "./_text.ts";
import type { ManifestFile } from "./types.ts";

const CUT = "The file may be cut short or edited by hand; let its package manager write it again";

/**
 * Checks a parsed file against what is expected of it.
 *
 * @param file The file.
 * @param schema What it should hold.
 * @param value What the parser gave.
 * @throws {VersusError} If it holds something else; the message names the first place.
 */
export function validate<const S extends v.GenericSchema>(
  file: ManifestFile,
  schema: S,
  value: unknown,
): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const issue = result.issues[0];
  const keys = (issue.path ?? []).map((item) =>
    typeof item.key === "number" ? item.key : String(item.key)
  );
  const where = keys.length === 0 ? "" : `${printable(formatPath(keys))}: `;
  const received = printable(issue.received.slice(0, 60));
  throw badManifest(
    file.path,
    `${where}found ${received}, expected ${issue.expected ?? printable(issue.message)}`,
    CUT,
  );
}

/** Parses TOML and checks it. */
export function parseTomlAs<const S extends v.GenericSchema>(
  file: ManifestFile,
  schema: S,
): v.InferOutput<S> {
  let value: unknown;
  try {
    value = parseToml(file.text);
  } catch (error) {
    if (error instanceof TomlError) {
      const what = error.message.split("\n")[0]!.replace(/^Invalid TOML document: /, "");
      throw badManifest(
        file.path,
        `not TOML at line ${error.line}: ${printable(what)}`,
        CUT,
        error,
      );
    }
    if (error instanceof RangeError) throw tooDeep(file, error);
    throw error;
  }
  return validate(file, schema, value);
}

/** Parses JSON and checks it. */
export function parseJsonAs<const S extends v.GenericSchema>(
  file: ManifestFile,
  schema: S,
): v.InferOutput<S> {
  let value: unknown;
  try {
    value = JSON.parse(file.text);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(file, error);
    throw badManifest(file.path, `not JSON: ${printable((error as Error).message)}`, CUT, error);
  }
  return validate(file, schema, value);
}

/** Parses JSON with comments and trailing commas, and checks it. */
export function parseJsoncAs<const S extends v.GenericSchema>(
  file: ManifestFile,
  schema: S,
): v.InferOutput<S> {
  const errors: ParseError[] = [];
  let value: unknown;
  try {
    value = parseJsonc(file.text, errors, { allowTrailingComma: true });
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(file, error);
    throw error;
  }
  const first = errors[0];
  if (first !== undefined) {
    const line = lineAt(file.text, first.offset);
    throw badManifest(
      file.path,
      `not JSON at line ${line}: ${printParseErrorCode(first.error)}`,
      CUT,
    );
  }
  return validate(file, schema, value);
}

/**
 * Parses every document of a YAML file, all scalars as text.
 *
 * @throws {VersusError} If it is not YAML.
 */
export function parseYamlTexts(file: ManifestFile): unknown[] {
  try {
    return parseAll(file.text, { schema: "failsafe" }) as unknown[];
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(file, error);
    if (!(error instanceof SyntaxError)) throw error;
    const what = printable(error.message.split("\n")[0]!.slice(0, 200));
    throw badManifest(file.path, `not YAML: ${what.replace(/:$/, "")}`, CUT, error);
  }
}

function tooDeep(file: ManifestFile, cause: unknown) {
  return badManifest(file.path, "nested deeper than any package manager writes", CUT, cause);
}

/** A map of anything, from a parser whose objects may have no prototype. */
export const Table = v.pipe(
  v.custom<Record<string, unknown>>(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    "Expected a table",
  ),
);

/**
 * A table with some keys of a known kind, and any others.
 *
 * @param entries The keys; `v.looseObject` alone takes a list for a table without any of them.
 */
export function tableOf<const E extends v.ObjectEntries>(entries: E) {
  return v.pipe(
    v.unknown(),
    v.check((value) => !Array.isArray(value), "Expected a table"),
    v.looseObject(entries),
  );
}

/**
 * A map with values of one kind. `v.record` copies into a plain object and leaves out keys such as
 * `constructor` and `__proto__`, which are packages' names like any other.
 */
export function mapOf<const S extends v.GenericSchema>(schema: S) {
  type Value = v.InferOutput<S>;
  return v.pipe(
    Table,
    v.rawTransform<Record<string, unknown>, ReadonlyMap<string, Value>>(
      ({ dataset, addIssue, NEVER }) => {
        const result = new Map<string, Value>();
        for (const [key, value] of Object.entries(dataset.value)) {
          const checked = v.safeParse(schema, value, { abortEarly: true });
          if (!checked.success) {
            const issue = checked.issues[0];
            addIssue({
              message: issue.message,
              expected: issue.expected ?? "something else",
              received: issue.received,
              path: [
                { type: "object", origin: "value", input: dataset.value, key, value },
                ...(issue.path ?? []) as never[],
              ],
            });
            return NEVER;
          }
          result.set(key, checked.output);
        }
        return result;
      },
    ),
  );
}
