/** Finds the protocol among the words that were typed, before the parser has the protocol's options. */
import type { KnownOption } from "../unknown_option.ts";

/**
 * Finds the protocol: the first word after `probe` that is neither an option nor the value of one.
 *
 * @param words What was typed after the program's name.
 * @param options The options that all protocols share; behind the protocol others may follow.
 * @returns The word; nothing if there is none, or if another command was typed.
 */
export function wordOf(
  words: readonly string[],
  options: readonly KnownOption[],
): string | undefined {
  const takesValue = new Set(
    options.filter(({ args }) => args.length > 0).flatMap(({ flags }) => flags),
  );
  const plain: string[] = [];
  for (let i = 0; i < words.length && plain.length < 2; i++) {
    const word = words[i]!;
    if (takesValue.has(word)) i++;
    else if (!word.startsWith("-")) plain.push(word);
  }
  return plain[0] === "probe" ? plain[1] : undefined;
}
