/** The pieces that the schemas of scenarios and suites are made of. */
import * as v from "valibot";
import { NAME, NAME_WORDS, PARAMETER_NAME, PARAMETER_NAME_WORDS } from "./_names.ts";
import { mapOf } from "./validate.ts";

/** Any text but none. */
export const textSchema = v.pipe(v.string(), v.nonEmpty("some text"));

/** Text with a description. */
export function described(description: string) {
  return v.pipe(textSchema, v.description(description));
}

/** The name of a scenario, variant, suite or tag. */
export const nameSchema = v.pipe(v.string(), v.regex(NAME, NAME_WORDS));

/** The name of a parameter, a metric or an observation. */
export const parameterNameSchema = v.pipe(
  v.string(),
  v.regex(PARAMETER_NAME, PARAMETER_NAME_WORDS),
);

/** A number that JSON can hold. */
export const finiteSchema = v.pipe(v.number(), v.finite("a finite number"));

/** A parameter's value. */
export const valueSchema = v.union([finiteSchema, v.string(), v.boolean()]);

/** Names of parameters to values. */
export const valuesSchema = mapOf(parameterNameSchema, valueSchema);

/** A list that is not empty. */
export function listOf<S extends v.GenericSchema>(item: S, least: string) {
  return v.pipe(v.array(item), v.minLength(1, least));
}
