import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import * as v from "valibot";
import { RunRecordSchema } from "../../lib/record/schema.ts";
import { jsonExporter, toJson } from "../../lib/report/json.ts";
import { HOSTILE, RICH } from "./fixtures.ts";

describe("json", () => {
  it("is the document, valid by its schema, every character kept", () => {
    const parsed = JSON.parse(jsonExporter.render(RICH));
    expect(parsed).toEqual(RICH);
    expect(v.parse(RunRecordSchema, parsed)).toEqual(RICH);
    expect(parsed.scenarios[1].title).toBe(HOSTILE);
  });

  it("escapes what a terminal acts on", () => {
    expect(toJson("\x9b2J\u202e\x7f")).toBe('"\\u009b2J\\u202e\\u007f"');
    expect(toJson({ a: [1] })).toBe('{"a":[1]}');
  });
});
