/** A line that a person types into, with completion. */
import { type Buffer, put, type Rect } from "../buffer.ts";
import type { Input } from "../keys.ts";
import { style } from "../style.ts";
import { cellWidth, graphemes, safeText } from "../text.ts";

/** What was typed so far. */
export interface InputLine {
  /** The text. */
  readonly text: string;
  /** The place in it, in UTF-16 units, always between two graphemes. */
  readonly cursor: number;
}

/** An empty line, or one to be changed. */
export function inputLine(text = ""): InputLine {
  return { text, cursor: text.length };
}

/** The longest line that is taken. */
const LONGEST = 4096;

function insert({ text, cursor }: InputLine, typed: string): InputLine {
  const added = safeText(typed).slice(0, Math.max(0, LONGEST - text.length));
  return {
    text: text.slice(0, cursor) + added + text.slice(cursor),
    cursor: cursor + added.length,
  };
}

/** The place before or behind the grapheme beside the cursor. */
function step({ text, cursor }: InputLine, by: -1 | 1): number {
  let at = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const end = at + segment.length;
    if (by < 0 ? end >= cursor && at < cursor : at >= cursor) return by < 0 ? at : end;
    at = end;
  }
  return by < 0 ? 0 : text.length;
}

/** The beginning of the word before the cursor. */
function wordStart({ text, cursor }: InputLine): number {
  return text.slice(0, cursor).replace(/\S+\s*$/, "").length;
}

/**
 * Takes what a person did.
 *
 * @param line What was typed so far.
 * @param input A key or a paste.
 * @returns The line after it; the same one if that means nothing here.
 */
export function editLine(line: InputLine, input: Input): InputLine {
  const { text, cursor } = line;
  if (input.type === "paste") return insert(line, input.text.replace(/\s*[\r\n]+\s*/g, " ").trim());
  if (input.type !== "key") return line;
  const { key } = input;
  switch (key) {
    case "left":
    case "ctrl-b":
      return { text, cursor: step(line, -1) };
    case "right":
    case "ctrl-f":
      return { text, cursor: step(line, 1) };
    case "home":
    case "ctrl-a":
      return { text, cursor: 0 };
    case "end":
    case "ctrl-e":
      return { text, cursor: text.length };
    case "backspace": {
      const from = step(line, -1);
      return { text: text.slice(0, from) + text.slice(cursor), cursor: from };
    }
    case "delete":
    case "ctrl-d":
      return { text: text.slice(0, cursor) + text.slice(step(line, 1)), cursor };
    case "ctrl-u":
      return { text: text.slice(cursor), cursor: 0 };
    case "ctrl-k":
      return { text: text.slice(0, cursor), cursor };
    case "ctrl-w": {
      const from = wordStart(line);
      return { text: text.slice(0, from) + text.slice(cursor), cursor: from };
    }
    case "space":
      return insert(line, " ");
  }
  return [...key].length === 1 || cellWidth(key) > 0 && !/^[\x20-\x7e]+$/.test(key)
    ? insert(line, key)
    : line;
}

/**
 * Completes the word before the cursor.
 *
 * @param line What was typed so far.
 * @param candidates The words that could be meant.
 * @returns The line with what all of them share, and those that fit.
 */
export function completeLine(
  line: InputLine,
  candidates: readonly string[],
): { readonly line: InputLine; readonly fitting: readonly string[] } {
  const from = line.text.slice(0, line.cursor).search(/\S*$/);
  const typed = line.text.slice(from, line.cursor);
  const fitting = candidates.filter((candidate) => candidate.startsWith(typed));
  if (fitting.length === 0) return { line, fitting };
  let shared = fitting[0]!;
  for (const candidate of fitting) {
    while (!candidate.startsWith(shared)) shared = shared.slice(0, -1);
  }
  const added = shared.slice(typed.length) + (fitting.length === 1 ? " " : "");
  return {
    line: {
      text: line.text.slice(0, line.cursor) + added + line.text.slice(line.cursor),
      cursor: line.cursor + added.length,
    },
    fitting,
  };
}

/**
 * Draws the line into one row, scrolled so that the cursor is seen.
 *
 * @param buffer Where to.
 * @param rect One row.
 * @param line The line.
 * @param prompt What stands before it.
 * @returns Where the cursor belongs.
 */
export function drawInput(
  buffer: Buffer,
  rect: Rect,
  line: InputLine,
  prompt: string,
): { readonly x: number; readonly y: number } {
  const x = put(buffer, rect.x, rect.y, prompt, style("key"), rect.width);
  const room = Math.max(1, rect.x + rect.width - x - 1);
  let before = graphemes(line.text.slice(0, line.cursor));
  while (before.reduce((sum, { width }) => sum + width, 0) > room) before = before.slice(1);
  const head = before.map(({ text }) => text).join("");
  const cursor = put(buffer, x, rect.y, head, 0, room);
  put(buffer, cursor, rect.y, line.text.slice(line.cursor), 0, rect.x + rect.width - cursor);
  return { x: Math.min(cursor, rect.x + rect.width - 1), y: rect.y };
}
