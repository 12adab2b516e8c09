/**
 * Finds options that a command does not know. The parser takes them for arguments when the command has
 * any, so that `versus run flipsum --seeed 1` would look for a scenario called `--seeed`.
 */
import { nearest, printable, VersusError } from "../lib/error.ts";

/** As much of an option as this needs. */
export interface KnownOption {
  /** How it may be written: `["-p", "--param"]`. */
  readonly flags: readonly string[];
  /** Its values; none for a switch. */
  readonly args: readonly unknown[];
}

/**
 * Refuses options that are not known.
 *
 * @param words What was typed after the command's name.
 * @param options The command's options, global ones too.
 * @throws {VersusError} With the nearest that is known.
 */
export function refuseUnknownOptions(
  words: readonly string[],
  options: readonly KnownOption[],
): void {
  const byFlag = new Map(options.flatMap((option) => option.flags.map((flag) => [flag, option])));
  let isValue = false;
  for (const word of words) {
    // Help is the parser's own; whatever else was typed, it is what was asked for.
    if (word === "--" || word === "--help" || word === "-h") return;
    const taken = isValue;
    isValue = false;
    if (taken || !/^--?[a-zA-Z]/.test(word)) continue;
    const [flag = word, value] = word.split("=", 2);
    const option = byFlag.get(flag);
    if (option !== undefined) {
      isValue = option.args.length > 0 && value === undefined;
      continue;
    }
    // Short options may be written together, or with their value: -pn=1e8.
    if (/^-[a-zA-Z]/.test(word) && byFlag.has(word.slice(0, 2))) continue;
    const near = nearest(flag, byFlag.keys());
    throw new VersusError(
      `Unknown option ${printable(flag)}${near === undefined ? "" : `; did you mean ${near}?`}`,
      { hint: "See the options with: versus COMMAND --help" },
    );
  }
}
