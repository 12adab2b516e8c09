/** What to know before reading the numbers of a comparison. */
import type { Warning } from "../record/types.ts";
import type { Side } from "./types.ts";

const SESSIONS: Warning = {
  code: "different-sessions",
  message:
    "These runs share no blocks: whatever the machine did differently between them shows as a " +
    "difference of the programs, and the intervals do not hold it",
  advice: "To tell programs apart, measure both in one run: versus bench './old' './new'",
};

const INCLUDED: Warning = {
  code: "different-sessions",
  message:
    "These runs share no blocks: the intervals hold how much each case varies from run to run, " +
    "as far as earlier runs tell",
  advice: "To tell smaller differences, measure both in one run: versus bench './old' './new'",
};

const IMPORTED: Warning = {
  code: "imported",
  message: "hyperfine's file does not tell the machine, nor when each sample was taken",
  advice: "Trust the numbers only if both were measured on the same, quiet machine",
};

const SAME: Warning = {
  code: "same-run",
  message: "Both sides are the same run",
  advice: "Compare two of its variants: versus compare RUN:go RUN:rust",
};

/** When a run's samples were taken, in milliseconds. */
function spanOf({ record }: Side): { from: number; to: number } | undefined {
  let [from, to] = [Infinity, -Infinity];
  for (const { cases } of record.scenarios) {
    for (const { samples } of cases) {
      for (const { startedAt, wallS } of samples) {
        const at = Date.parse(startedAt);
        from = Math.min(from, at);
        to = Math.max(to, at + 1000 * wallS);
      }
    }
  }
  return from <= to ? { from, to } : undefined;
}

/** Runs that were going on at the same time took processor time from one another. */
function overlap(a: Side, b: Side): Warning[] {
  if (a.machine !== b.machine || a.machine === "unknown") return [];
  const [one, other] = [spanOf(a), spanOf(b)];
  if (one === undefined || other === undefined) return [];
  if (one.from >= other.to || other.from >= one.to) return [];
  return [{
    code: "overlap",
    message: "These runs were going on at the same time, so each disturbed the other",
    advice: "Measure them one after the other, or both in one run",
  }];
}

/**
 * Collects warnings.
 *
 * @param a The reference.
 * @param b The other.
 * @param paired Whether values are compared within blocks.
 * @param known For each case, whether it is known how much it varies from run to run.
 */
export function compareWarnings(
  a: Side,
  b: Side,
  paired: boolean,
  known: readonly boolean[],
): Warning[] {
  if (paired) return a.variant === b.variant ? [SAME] : [];
  const imported = a.record.imported !== undefined || b.record.imported !== undefined;
  const sessions = known.length > 0 && known.every(Boolean) ? INCLUDED : SESSIONS;
  return [sessions, ...(imported ? [IMPORTED] : overlap(a, b))];
}
