import * as v from "valibot";
import {
  describeValue,
  didYouMean,
  formatPath,
  oneOf,
  type Problem,
  ValidationError,
} from "./_problems.ts";

/** Any schema without side effects. */
export type Schema = v.GenericSchema<unknown, unknown>;

/** A list is an object to valibot's maps; here it is not. */
function refuseLists<S extends v.GenericSchema>(schema: S): S {
  const run = schema["~run"].bind(schema);
  const refusing: typeof run = (dataset, config) => {
    if (!Array.isArray(dataset.value)) return run(dataset, config);
    v._addIssue(schema, "type", dataset, config);
    return { ...dataset, typed: false } as unknown as ReturnType<typeof run>;
  };
  return Object.assign({}, schema, { "~run": refusing });
}

/**
 * A map with given keys and no others; unknown keys are answered with the nearest valid one.
 *
 * @param entries Keys to schemas.
 * @returns The schema.
 */
export function fields<const E extends v.ObjectEntries>(
  entries: E,
): v.StrictObjectSchema<E, v.ErrorMessage<v.StrictObjectIssue>> {
  const keys = Object.keys(entries);
  return refuseLists(v.strictObject(entries, (issue) => {
    // The schema alone knows its keys, so the suggestion is made here.
    if (issue.expected !== "never") return issue.expected ?? "";
    const key = String(issue.input);
    return `unknown key${didYouMean(key, keys) || `, expected ${oneOf(keys)}`}`;
  }));
}

/**
 * A map from names to values.
 *
 * @param name What keys must look like.
 * @param value What values must be.
 * @returns The schema.
 */
export function mapOf<
  K extends v.BaseSchema<string, string, v.BaseIssue<unknown>>,
  V extends v.GenericSchema,
>(name: K, value: V): v.RecordSchema<K, V, undefined> {
  return refuseLists(v.record(name, value));
}

const KINDS: Record<string, string> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  Array: "a list",
  Object: "a map",
};

/** The words of a picklist or the kinds of a union, as valibot writes them. */
function describeExpected(expected: string, found: unknown): string {
  const parts = expected.replace(/^\((.*)\)$/, "$1").split(" | ");
  const words = parts.map((part) => /^"(.*)"$/.exec(part)?.[1]);
  if (words.every((word) => word !== undefined)) {
    const meant = typeof found === "string" ? didYouMean(found, words as string[]) : "";
    return oneOf(words as string[]) + meant;
  }
  const kinds = parts.map((part) => KINDS[part] ?? part);
  return [kinds.slice(0, -1).join(", "), kinds.at(-1)].filter((part) => part !== "").join(" or ");
}

function advice(issue: v.BaseIssue<unknown>, found: unknown): string {
  if (issue.expected !== "string" || found === null || found === undefined) return "";
  if (typeof found === "object") {
    return describeValue(found).startsWith("the map") ? ": put it in quotes" : "";
  }
  return `: write "${found}" in quotes`;
}

function toProblem(issue: v.BaseIssue<unknown>): Problem {
  const keys = (issue.path ?? []).map(({ key }) => key as string | number);
  const path = formatPath(keys);
  const last = issue.path?.at(-1);
  if (issue.type === "strict_object" && last?.origin === "key") {
    if (issue.expected === "never") return { path, message: issue.message };
    return { path, message: "missing, expected this key" };
  }
  if (issue.kind === "validation") {
    const subject = last?.origin === "key" ? "the name " : "";
    return {
      path,
      message: `found ${subject}${describeValue(issue.input)}, expected ${issue.message}`,
    };
  }
  const expected = describeExpected(issue.expected ?? "something else", issue.input);
  return {
    path,
    message: `found ${describeValue(issue.input)}, expected ${expected}${
      advice(issue, issue.input)
    }`,
  };
}

/**
 * Checks a document from outside against a schema.
 *
 * @param schema What it must be, made with {@linkcode fields} and {@linkcode mapOf}; the messages of
 * its validations continue "expected …".
 * @param value What was parsed.
 * @param file Where it comes from.
 * @param what What it should be: `a scenario`.
 * @returns What the schema makes of it.
 * @throws {ValidationError} With every problem, each with its path.
 */
export function validate<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  file: string,
  what: string,
): v.InferOutput<S> {
  if (value === null || value === undefined) {
    throw new ValidationError(file, what, [{ path: "", message: "it is empty" }]);
  }
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const problems = result.issues.map(toProblem);
  const seen = new Set<string>();
  const unique = problems.filter(({ path, message }) => {
    const key = `${path}\n${message}`;
    return !seen.has(key) && seen.add(key);
  });
  throw new ValidationError(file, what, unique);
}
