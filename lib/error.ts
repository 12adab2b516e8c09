/**
 * Errors that a person can act on, and the exit codes of the command line.
 *
 * @module
 */

/** Exit codes of the command line; see the README's table. */
export const EXIT = {
  /** Done. */
  ok: 0,
  /** Ran, and something measured failed. */
  failed: 1,
  /** Wrong use: an option, a name or a file. */
  usage: 2,
  /** A gate or a budget failed. */
  gateFailed: 3,
  /** A gate could not decide. */
  gateUndecided: 4,
  /** A tool that was asked for is missing. */
  missing: 5,
  /** Interrupted (SIGINT). */
  interrupted: 130,
  /** Terminated (SIGTERM). */
  terminated: 143,
} as const;

/** One of the exit codes in {@linkcode EXIT}. */
export type ExitCode = typeof EXIT[keyof typeof EXIT];

/** What the codes mean, for the man page. */
export const EXIT_MEANINGS: Readonly<Record<string, string>> = {
  "0": "Done.",
  "1": "Something measured failed: a wrong result, a crash, a timeout, a probe without the answer.",
  "2": "Wrong use: an option, a name, a file; a scenario of one's own that is not trusted.",
  "3": "A gate or a budget failed.",
  "4": "A gate could not decide.",
  "5": "A tool that was asked for is missing: a toolchain, strace, a load generator.",
  "130, 143": "Interrupted, terminated; what was measured is kept.",
};

/** Which code is told when several hold, first to last. */
const PRECEDENCE: readonly ExitCode[] = [130, 143, 2, 5, 1, 3, 4, 0];

/**
 * Chooses the exit code when several things hold at once.
 *
 * @param codes The codes that hold.
 * @returns The one that takes precedence; 0 when there is none.
 */
export function dominantExitCode(codes: Iterable<ExitCode>): ExitCode {
  const all = new Set(codes);
  return PRECEDENCE.find((code) => all.has(code)) ?? EXIT.ok;
}

/** What a {@linkcode VersusError} carries beside its message. */
export interface VersusErrorOptions {
  /** What to do about it, one sentence in the imperative. */
  hint?: string;
  /** The process's exit code; {@linkcode EXIT.usage} by default. */
  exitCode?: ExitCode;
  /** What caused it. */
  cause?: unknown;
}

/**
 * An error with a message for people: what was found, what was expected, what to do.
 *
 * The message is a sentence without a full stop; the stack is shown with `--verbose` only.
 */
export class VersusError extends Error {
  /** The name by which the error is told apart. */
  override name = "VersusError";
  /** What to do about it, if there is something. */
  readonly hint: string | undefined;
  /** The exit code that the command line ends with. */
  readonly exitCode: ExitCode;

  /**
   * Makes an error for people.
   *
   * @param message What was found and what was expected.
   * @param options Hint, exit code and cause.
   */
  constructor(message: string, options: VersusErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? EXIT.usage;
  }
}

/**
 * Edit distance of two words (insertions, deletions, substitutions and swaps of neighbours).
 *
 * Source: optimal string alignment distance, in L. Boytsov, "Indexing methods for approximate
 * dictionary searching" (2011), section 2.1.
 */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      }
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

/**
 * Finds the word that was probably meant.
 *
 * @param word What was typed; only its first 64 characters count.
 * @param candidates The valid words.
 * @returns The nearest candidate, or `undefined` when none is near (more than a third away).
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const typed = word.slice(0, 64).toLowerCase();
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of candidates) {
    const distance = editDistance(typed, candidate.toLowerCase());
    const limit = Math.max(1, Math.ceil(Math.max(typed.length, candidate.length) / 3));
    if (distance <= limit && distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/**
 * Writes text from outside so that no control character reaches the terminal.
 *
 * @param text Anything: a file's name, a program's output, a value from a file.
 * @returns The text with C0, DEL, C1, and bidirectional controls written as `\x1b`, `\u202e`; tabs
 * and line feeds too.
 */
export function printable(text: string): string {
  return text.replace(
    // deno-lint-ignore no-control-regex
    /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (c) => {
      const code = c.charCodeAt(0);
      if (c === "\n") return "\\n";
      if (c === "\t") return "\\t";
      if (c === "\r") return "\\r";
      return code < 0x100
        ? `\\x${code.toString(16).padStart(2, "0")}`
        : `\\u${code.toString(16).padStart(4, "0")}`;
    },
  );
}
