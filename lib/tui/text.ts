/**
 * Text by cells: graphemes, their widths, and cutting without tearing one apart.
 *
 * The tables of Unicode take 25 ms and 7 MB to load, so that screens are drawn without them as
 * long as there is only Latin on them: until {@linkcode loadWidths} is done, other text is measured by a
 * rule of thumb.
 */

/** What a reader sees as one character, and the cells that it takes. */
export interface Grapheme {
  /** Its code points. */
  readonly text: string;
  /** 1 or 2. */
  readonly width: number;
}

/**
 * Text in which every UTF-16 unit is one cell: Latin, punctuation, arrows, box drawing, blocks,
 * geometric shapes without emoji presentation, Braille. Nearly all that is drawn is of this kind.
 */
const SINGLE =
  /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u2193\u2200-\u22ff\u2500-\u25a9\u25b2\u25b3\u25b8\u25b9\u25bc\u25bd\u25be\u25c6\u25c7\u25cb\u25cf\u2800-\u28ff]*$/;

/** Controls, line ends, and what changes the direction of text: never let through to a terminal. */
const UNSAFE =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Whether every UTF-16 unit of a text is one cell. */
export function isSingle(text: string): boolean {
  return SINGLE.test(text);
}

/** Splits text into graphemes and measures them, once it is there. */
let exact: ((text: string) => Grapheme[]) | undefined;

let wanted = false;

/** Whether text was measured by the rule of thumb, so that {@linkcode loadWidths} is worth it. */
export function widthsWanted(): boolean {
  return wanted && exact === undefined;
}

/** Loads the tables of Unicode, after which every width is exact. */
export async function loadWidths(): Promise<void> {
  if (exact !== undefined) return;
  const { default: stringWidth } = await import("string-width");
  const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  exact = (text) =>
    Array.from(segmenter.segment(text), ({ segment }) => ({
      text: segment,
      width: Math.min(2, stringWidth(segment)),
    }));
}

/** Code points with the marks that stand on them; East Asian text and pictures are wide. */
function roughly(text: string): Grapheme[] {
  return Array.from(
    text.matchAll(/[^\p{M}\u200d\ufe0f](?:[\p{M}\ufe0f\p{Emoji_Modifier}]|\u200d.)*/gu),
    ([part]) => ({
      text: part,
      width: /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60]/
          .test(part) || /^[\p{Emoji_Presentation}\u{1f000}-\u{3ffff}]/u.test(part)
        ? 2
        : 1,
    }),
  );
}

/**
 * Replaces what a terminal would act on by a question mark.
 *
 * @param text Anything.
 * @returns Text that only draws.
 */
export function safeText(text: string): string {
  return text.replace(UNSAFE, "?");
}

/**
 * Splits text into graphemes. What takes no cell by itself is left out.
 *
 * @param text Anything; controls become question marks.
 * @returns The graphemes, in order.
 */
export function graphemes(text: string): Grapheme[] {
  if (SINGLE.test(text)) return Array.from(text, (unit) => ({ text: unit, width: 1 }));
  wanted = true;
  return (exact ?? roughly)(safeText(text)).flatMap((grapheme) =>
    SINGLE.test(grapheme.text) ? { ...grapheme, width: 1 } : grapheme.width > 0 ? grapheme : []
  );
}

/**
 * Counts the cells that text takes.
 *
 * @param text Anything.
 * @returns The number of cells.
 */
export function cellWidth(text: string): number {
  if (SINGLE.test(text)) return text.length;
  return graphemes(text).reduce((sum, { width }) => sum + width, 0);
}

/**
 * Cuts text to a width.
 *
 * @param text Anything.
 * @param width The largest number of cells.
 * @param ellipsis What stands in the place of the rest.
 * @returns The text, or its beginning and the ellipsis.
 */
export function truncate(text: string, width: number, ellipsis = "…"): string {
  if (width <= 0) return "";
  if (SINGLE.test(text) && text.length <= width) return text;
  const all = graphemes(text);
  if (all.reduce((sum, g) => sum + g.width, 0) <= width) return all.map((g) => g.text).join("");
  const room = width - cellWidth(ellipsis);
  if (room < 0) return ellipsis.slice(0, width);
  let used = 0;
  let cut = "";
  for (const { text, width } of all) {
    if (used + width > room) break;
    used += width;
    cut += text;
  }
  return cut + ellipsis;
}

/**
 * Cuts or fills text to exactly a width.
 *
 * @param text Anything.
 * @param width The number of cells.
 * @param align Where the text stands.
 * @param ellipsis What stands in the place of what is cut.
 * @returns Text of that width.
 */
export function pad(
  text: string,
  width: number,
  align: "left" | "right" = "left",
  ellipsis = "…",
): string {
  const cut = truncate(text, width, ellipsis);
  const rest = " ".repeat(Math.max(0, width - cellWidth(cut)));
  return align === "left" ? cut + rest : rest + cut;
}

/**
 * Breaks text into lines at spaces; a word that is longer than a line is broken where it must.
 *
 * @param text Paragraphs, separated by line feeds.
 * @param width The largest number of cells in a line, at least 1.
 * @param indent What lines after the first of a paragraph begin with.
 * @returns The lines.
 */
export function wrap(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      const joined = line === "" ? word : `${line} ${word}`;
      if (cellWidth(joined) <= width) {
        line = joined;
        continue;
      }
      if (line !== "") lines.push(line);
      line = lines.length > 0 && line !== "" ? indent + word : word;
      while (cellWidth(line) > width) {
        // A wide character in a column of one cell is too wide, but not to be lost.
        const head = truncate(line, Math.max(1, width), "") || graphemes(line)[0]!.text;
        if (head === line) break;
        lines.push(head);
        line = indent + line.slice(head.length);
        if (indent.length >= width) line = line.trimStart();
      }
    }
    lines.push(line);
  }
  return lines;
}
