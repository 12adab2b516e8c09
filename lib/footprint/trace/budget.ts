/** Budgets of a footprint, for CI. */
import { EXIT, type ExitCode } from "../../error.ts";
import type { FootprintDocument } from "../types.ts";

/** What a footprint may be at most. */
export interface FootprintBudget {
  /** Different regular files that may be opened. */
  readonly maxFiles?: number;
  /** Bytes on disk of those. */
  readonly maxBytes?: number;
  /** Whether a regular file that no rule explains is too much. */
  readonly denyUnattributed?: boolean;
}

/** How a footprint stands to its budget. */
export interface BudgetVerdict {
  /** What is over it, one sentence each. */
  readonly exceeded: readonly string[];
  /** Whether what was seen is not all, and the rest could be over it. */
  readonly undecided: boolean;
  /** The exit code: a failed gate, one that could not decide, or none. */
  readonly exitCode: ExitCode;
}

/**
 * Checks a footprint against a budget.
 *
 * @param document The footprint.
 * @param budget What it may be at most.
 * @param limited Whether it is partial for no other reason than a limit of time that was asked for.
 * @returns The verdict. What is over the budget is over it also in a partial footprint; one that is
 * not over it and partial for another reason than such a limit decides nothing.
 */
export function checkBudget(
  document: FootprintDocument,
  budget: FootprintBudget,
  limited = false,
): BudgetVerdict {
  const { opened, bytes, files } = document;
  const { maxFiles = Infinity, maxBytes = Infinity, denyUnattributed = false } = budget;
  const exceeded: string[] = [];
  if (opened.unique > maxFiles) {
    exceeded.push(`${opened.unique} files were opened, at most ${maxFiles} are allowed`);
  }
  if (bytes.onDisk > maxBytes) {
    exceeded.push(`the files have ${bytes.onDisk} bytes, at most ${maxBytes} are allowed`);
  }
  const unexplained = files.filter(({ kind, rule }) =>
    (kind === "file" || kind === "gone") && rule === "unattributed"
  );
  if (denyUnattributed && unexplained.length > 0) {
    const [first] = unexplained;
    const more = unexplained.length === 1 ? "" : ` and ${unexplained.length - 1} more`;
    exceeded.push(`nothing explains ${first!.path}${more}`);
  }
  const undecided = exceeded.length === 0 && document.partial !== undefined && !limited;
  return {
    exceeded,
    undecided,
    exitCode: exceeded.length > 0 ? EXIT.gateFailed : undecided ? EXIT.gateUndecided : EXIT.ok,
  };
}
