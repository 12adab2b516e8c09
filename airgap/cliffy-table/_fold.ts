import stringWidth from "string-width";

/** The number of terminal columns that a text takes; escape codes take none. */
export function width(text: string): number {
  return stringWidth(text);
}

/** Folds a text into lines of at most some width: at spaces, else within a word. */
export function fold(text: string, limit: number): string[] {
  return text.split("\n").flatMap((line) => width(line) <= limit ? [line] : foldLine(line, limit));
}

function foldLine(line: string, limit: number): string[] {
  const lines: string[] = [];
  let current: string | undefined;
  for (const word of line.split(" ")) {
    const joined: string = current === undefined ? word : `${current} ${word}`;
    if (width(joined) <= limit) {
      current = joined;
      continue;
    }
    if (current !== undefined) lines.push(current);
    const pieces = cut(word, limit);
    current = pieces.pop();
    lines.push(...pieces);
  }
  return current === undefined ? lines : [...lines, current];
}

/** Cuts a word into pieces of at most some width, and none within an escape code. */
function cut(word: string, limit: number): string[] {
  const pieces: string[] = [];
  let current = "";
  // deno-lint-ignore no-control-regex
  for (const [piece] of word.matchAll(/\x1b\[[\d;]*m|./gsu)) {
    if (current !== "" && width(current + piece) > limit) {
      pieces.push(current);
      current = "";
    }
    current += piece;
  }
  return [...pieces, current];
}
