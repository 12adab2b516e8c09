/** `versus trace --diff A B` */
import { VersusError } from "../../lib/error.ts";
import { diffFootprints, readFootprint } from "../../lib/footprint/mod.ts";
import { renderFootprintDiff } from "../../lib/report/footprint.ts";
import { toJson } from "../../lib/report/mod.ts";
import { print, styleOf } from "../output.ts";

/** How a comparison is shown. */
export interface DiffFlags {
  /** As one JSON document. */
  readonly json?: boolean;
  /** `false` for none. */
  readonly color?: boolean;
  /** Whether nothing is folded. */
  readonly verbose?: boolean;
}

/**
 * Compares two documents and prints what differs.
 *
 * @param flags How it is shown.
 * @param files The first and the second.
 * @throws {VersusError} If there are not two, or one of them is no footprint.
 */
export async function compareFootprints(flags: DiffFlags, files: readonly string[]): Promise<void> {
  const [before, after, ...more] = files;
  if (before === undefined || after === undefined || more.length > 0) {
    throw new VersusError(`Found ${files.length} files to compare, expected two`, {
      hint: "As in: versus trace --diff before.json after.json",
    });
  }
  const compared = [
    { label: before, document: await readFootprint(before) },
    { label: after, document: await readFootprint(after) },
  ] as const;
  const found = diffFootprints(compared[0].document, compared[1].document);
  if (flags.json) return print(toJson(found, 2));
  const style = styleOf(Deno.stdout, flags.color);
  print(renderFootprintDiff(found, compared, { ...style, verbose: flags.verbose === true }));
}
