/** How much cases vary from run to run, for comparisons of two runs. */
import { type SessionSpread, sessionSpread } from "../../lib/store/sessions.ts";
import type { Measured } from "../../lib/store/types.ts";
import { withHistory } from "../../lib/store/with_history.ts";
import { OPEN } from "./flags.ts";

/** Tells how much a case varies; `undefined` where the history does not know. */
export type Spread = (caseId: string, metric: string) => SessionSpread | undefined;

/**
 * Lets a comparison ask the history. Only runs of the machine that both sides were measured on tell
 * how much they vary; where the two are of different machines, nothing does.
 *
 * @param a One side.
 * @param b The other.
 * @param compare Compares; it may be called again after a failure.
 * @returns What `compare` returned.
 */
export async function spreadFor<T>(
  a: Measured,
  b: Measured,
  compare: (spread: Spread) => T,
): Promise<T> {
  const { machine } = b;
  if (machine !== a.machine || machine === "unknown") return compare(() => undefined);
  const without = [a.record.id, b.record.id];
  return await withHistory(
    (history) =>
      compare((caseId, metric) => sessionSpread(history, { caseId, metric, machine, without })),
    OPEN,
  );
}
