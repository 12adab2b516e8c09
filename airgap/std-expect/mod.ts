/**
 * Stands in for `@std/expect` where JSR cannot be reached: the same code, as npm carries it.
 *
 * @module
 */
// @ts-types="./types.d.ts"
export { expect, fn } from "deno-std-expect";
export type { AnyConstructor, Async, Expected } from "./types.d.ts";
