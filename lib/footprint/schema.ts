/**
 * The documents of `versus trace`. The footprint itself belongs to the records, since a run's case may
 * hold one; what differs between two is here. `versus schema` makes the JSON Schemas from these.
 */
import * as v from "valibot";
import { FootprintPackageSchema, FootprintSchema, TracedFileSchema } from "../record/footprint.ts";
import type { Validator } from "../record/warning.ts";
import type { FootprintDiffDocument } from "./types.ts";

export { FootprintSchema };

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

const DiffSideSchema = v.object({
  command: v.array(v.string()),
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  opened: v.object({ count: Count, unique: Count }),
  bytes: v.object({ onDisk: Count, read: Count, mapped: Count }),
});

/** What `versus trace --diff A B --json` prints. */
export const FootprintDiffSchema: Validator<FootprintDiffDocument> = v.object({
  schema: v.literal("versus.footprint-diff/1"),
  before: DiffSideSchema,
  after: DiffSideSchema,
  commonFiles: Count,
  addedFiles: v.array(TracedFileSchema),
  removedFiles: v.array(TracedFileSchema),
  addedPackages: v.array(FootprintPackageSchema),
  removedPackages: v.array(FootprintPackageSchema),
  changedPackages: v.array(
    v.object({ before: FootprintPackageSchema, after: FootprintPackageSchema }),
  ),
});
