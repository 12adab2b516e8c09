/** What a person writes in a suite; the descriptions are part of the JSON Schema. */
import * as v from "valibot";
import { LANGUAGES } from "./_names.ts";
import {
  described,
  nameSchema,
  parameterNameSchema,
  valueSchema,
  valuesSchema,
} from "./_schema_base.ts";
import { fields, mapOf } from "./validate.ts";

function duration(description: string) {
  return v.pipe(
    v.string(),
    v.regex(/^\d+(\.\d+)?(ms|s|m|h)$/, "a duration such as 500ms, 10s or 2m"),
    v.description(description),
  );
}

function count(least: number, description: string) {
  return v.pipe(
    v.number(),
    v.safeInteger("a whole number"),
    v.minValue(least, `at least ${least}`),
    v.description(description),
  );
}

const optionsSchema = fields({
  target: v.exactOptional(duration("How long a sample should take")),
  runs: v.exactOptional(count(1, "A fixed number of samples; instead of a precision")),
  precision: v.exactOptional(v.pipe(
    v.string(),
    v.regex(/^\d+(\.\d+)?%$/, "a percentage such as 2%"),
    v.description("Where to stop: the half-width of the median's interval"),
  )),
  warmup: v.exactOptional(count(0, "Executions before the first sample")),
  maxTime: v.exactOptional(duration("The most that this run may take")),
  timeout: v.exactOptional(duration("The most that one sample may take")),
  metric: v.exactOptional(described("The primary metric: wall, cpu, rss or a name")),
  seed: v.exactOptional(count(0, "The seed of all orders")),
});

const runSchema = fields({
  scenario: described("A scenario's name, or a path relative to this file"),
  variants: v.exactOptional(v.pipe(
    v.array(nameSchema),
    v.minLength(1, "at least one variant"),
    v.description("Variants by name; all by default"),
  )),
  languages: v.exactOptional(v.pipe(
    v.array(v.picklist(LANGUAGES)),
    v.minLength(1, "at least one language"),
    v.description("Languages; all by default"),
  )),
  params: v.exactOptional(
    v.pipe(valuesSchema, v.description("Values of parameters; the rest has its default")),
    {},
  ),
  sweep: v.exactOptional(
    v.pipe(
      mapOf(
        parameterNameSchema,
        v.union([v.string(), v.pipe(v.array(valueSchema), v.minLength(1, "at least one value"))]),
      ),
      v.description("Parameters that go through several values: 1..8, 1e3..1e6*10 or a list"),
    ),
    {},
  ),
  options: v.exactOptional(
    v.pipe(optionsSchema, v.description("As on the command line of `versus run`")),
    {},
  ),
});

/** A suite's file. */
export const suiteSchema = v.pipe(
  fields({
    name: v.pipe(nameSchema, v.description("What it is called; bundled ones have it as file name")),
    title: described("One line"),
    runs: v.pipe(
      v.array(runSchema),
      v.minLength(1, "at least one run"),
      v.description("What is run, in order"),
    ),
  }),
  v.title("Suite"),
  v.description("A list of scenario runs with parameters: a scripted session"),
);
