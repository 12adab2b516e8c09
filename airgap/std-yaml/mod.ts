/**
 * Stands in for `@std/yaml` where JSR cannot be reached: the same code, as npm carries it.
 *
 * @module
 */
// @ts-types="./types.d.ts"
export { parse, parseAll, stringify, YamlSyntaxError } from "deno-std-yaml";
export type { ParseOptions, SchemaType, StringifyOptions, YamlPosition } from "./types.d.ts";
