import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import {
  type JsonSchema,
  LANGUAGES,
  scenarioJsonSchema,
  suiteJsonSchema,
} from "../../lib/scenario/mod.ts";

function properties(schema: JsonSchema): Record<string, JsonSchema> {
  return schema["properties"] as Record<string, JsonSchema>;
}

/** Paths of keys that have no description, through all maps and lists. */
function undescribed(schema: JsonSchema, path = ""): string[] {
  const own = Object.entries(properties(schema) ?? {});
  const items = schema["items"] as JsonSchema | undefined;
  const values = schema["additionalProperties"];
  return [
    ...own.flatMap(([key, value]) => [
      ...(typeof value["description"] === "string" ? [] : [`${path}.${key}`]),
      ...undescribed(value, `${path}.${key}`),
    ]),
    ...(items === undefined ? [] : undescribed(items, `${path}[]`)),
    ...(typeof values === "object" ? undescribed(values as JsonSchema, `${path}.*`) : []),
  ];
}

describe("scenarioJsonSchema", () => {
  it("names every key of a scenario with a description", async () => {
    const schema = await scenarioJsonSchema();
    expect(schema["$schema"]).toBe("http://json-schema.org/draft-07/schema#");
    expect(schema["$id"]).toBe("versus.scenario/1");
    expect(Object.keys(properties(schema))).toEqual([
      "name",
      "kind",
      "title",
      "computes",
      "source",
      "tags",
      "parameters",
      "expect",
      "loop",
      "calibrate",
      "metrics",
      "observe",
      "memoryBytes",
      "limit",
      "exitCode",
      "reference",
      "variants",
      "published",
    ]);
    expect(undescribed(schema)).toEqual([]);
  });

  it("asks for what the validator asks for, and refuses other keys", async () => {
    const schema = await scenarioJsonSchema();
    expect(schema["required"]).toEqual(["name", "title", "computes", "reference", "variants"]);
    expect(schema["additionalProperties"]).toBe(false);
    const variant = properties(schema)["variants"]!["additionalProperties"] as JsonSchema;
    expect(variant["required"]).toEqual(["language", "toolchain", "files", "run"]);
    expect(variant["additionalProperties"]).toBe(false);
    expect(properties(variant)["language"]!["enum"])
      .toEqual(LANGUAGES);
  });

  it("is JSON", async () => {
    const schema = await scenarioJsonSchema();
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
});

describe("suiteJsonSchema", () => {
  it("names every key of a suite with a description", async () => {
    const schema = await suiteJsonSchema();
    expect(schema["$id"]).toBe("versus.suite/1");
    expect(Object.keys(properties(schema))).toEqual(["name", "title", "runs"]);
    expect(schema["additionalProperties"]).toBe(false);
    expect(undescribed(schema)).toEqual([]);
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
});
