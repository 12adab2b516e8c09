/**
 * RESTCONF: addresses and answers.
 *
 * @module
 */
export { RestconfResultSchema } from "./schema.ts";
export type { RestconfData, RestconfOptions, RestconfQuery, RestconfResult } from "./types.ts";
