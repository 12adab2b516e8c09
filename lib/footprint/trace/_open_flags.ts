/** What the flags of an open say. */
import type { OpenFlags } from "./_ledger.ts";

const PLAIN = /^[\w|]+(?:, [\w|]+)?$/;
const STRUCTURE = /^\{flags=[\w|]+(?:, mode=\w+)?(?:, resolve=[\w|]+)?(?:, \.\.\.)?\}, \d+$/;

/** Programs open with few combinations; each is read once. */
const known = new Map<string, OpenFlags>();
const MOST_KNOWN = 1000;

/**
 * Reads the flags of an open, with the mode behind them.
 *
 * @param text As strace prints them: `O_RDONLY|O_CLOEXEC`, `O_WRONLY|O_CREAT, 0666`, `{flags=…}, 24`.
 * @returns What they say; `undefined` if the text is something else.
 */
export function openFlags(text: string): OpenFlags | undefined {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (!PLAIN.test(text) && !STRUCTURE.test(text)) return undefined;
  const words = new Set(text.split(/[^\w]+/));
  const nameless = words.has("O_TMPFILE");
  const folder = words.has("O_DIRECTORY") || nameless;
  const flags: OpenFlags = {
    cloexec: words.has("O_CLOEXEC"),
    folder,
    creates: words.has("O_CREAT") && !folder,
    nameless,
    inRoot: words.has("RESOLVE_IN_ROOT"),
  };
  if (known.size < MOST_KNOWN) known.set(text, flags);
  return flags;
}

/** Those of creat(2). */
export const CREATED: OpenFlags = {
  cloexec: false,
  folder: false,
  creates: true,
  nameless: false,
  inRoot: false,
};
