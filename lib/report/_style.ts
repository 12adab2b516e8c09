/** Colours by meaning. What a colour says is always said by words or signs as well. */

/** What a piece of text means. */
export type Tone = "plain" | "title" | "muted" | "good" | "bad" | "warning" | "accent";

const CODES: Readonly<Record<Exclude<Tone, "plain">, readonly [number, number]>> = {
  title: [1, 22],
  muted: [2, 22],
  good: [32, 39],
  bad: [31, 39],
  warning: [33, 39],
  accent: [36, 39],
};

/**
 * Colours text.
 *
 * @param text Cleaned text, without colours.
 * @param tone Its meaning.
 * @param color Whether colours are wanted.
 * @returns The text, with SGR codes around it when wanted.
 */
export function paint(text: string, tone: Tone, color: boolean): string {
  if (!color || tone === "plain" || text === "") return text;
  const [on, off] = CODES[tone];
  return `\x1b[${on}m${text}\x1b[${off}m`;
}
