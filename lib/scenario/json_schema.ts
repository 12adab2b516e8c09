/** The JSON Schemas of what a person writes, generated from the validators. */
import type * as v from "valibot";

/** A JSON Schema document. */
export type JsonSchema = Readonly<Record<string, unknown>>;

async function convert(schema: v.GenericSchema, id: string): Promise<JsonSchema> {
  // Loaded here, since only `versus schema` needs it.
  const { toJsonSchema } = await import("@valibot/to-json-schema");
  // JSON has no other numbers than finite ones.
  const { $schema, ...rest } = toJsonSchema(schema, {
    typeMode: "input",
    ignoreActions: ["finite"],
  });
  return { $schema, $id: id, ...rest };
}

/**
 * Makes the JSON Schema of `scenario.yaml`.
 *
 * @returns The schema (draft 7), with a description of each key.
 */
export async function scenarioJsonSchema(): Promise<JsonSchema> {
  const { scenarioSchema } = await import("./_schema.ts");
  return await convert(scenarioSchema, "versus.scenario/1");
}

/**
 * Makes the JSON Schema of a suite.
 *
 * @returns The schema (draft 7), with a description of each key.
 */
export async function suiteJsonSchema(): Promise<JsonSchema> {
  const { suiteSchema } = await import("./_suite_schema.ts");
  return await convert(suiteSchema, "versus.suite/1");
}
