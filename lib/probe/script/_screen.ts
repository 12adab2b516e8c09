/** Turns what a terminal is sent into the text that a person would see. */

/** Control sequences and the like (ECMA-48): CSI, OSC, and two-character escapes. */
const ESCAPES =
  // deno-lint-ignore no-control-regex
  /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)|[()*+][A-Za-z0-9]|[=>78@-Z\\^_a-z])/g;
/** An escape that has begun and not ended yet, at the end of what has come. */
// deno-lint-ignore no-control-regex
const UNFINISHED = /\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]{0,4096}\x1b?|[()*+]?)?$/;

/**
 * Makes plain text of a terminal's output: without escapes, with backspaces and carriage returns
 * carried out, and with line feeds only.
 *
 * @param raw What came.
 * @returns The lines.
 */
export function plainText(raw: string): string {
  const text = raw.replace(ESCAPES, "").replace(UNFINISHED, "");
  // deno-lint-ignore no-control-regex
  if (!/[\r\x00\x07\x08]/.test(text)) return text;
  return text
    // deno-lint-ignore no-control-regex
    .replace(/[\x00\x07]/g, "")
    .replace(/\r+\n/g, "\n")
    .split("\n").map(overwrite).join("\n");
}

/** Carries out carriage returns and backspaces within a line. */
function overwrite(line: string): string {
  if (!line.includes("\r") && !line.includes("\b")) return line;
  const cells: string[] = [];
  let at = 0;
  for (const char of line) {
    if (char === "\r") at = 0;
    else if (char === "\b") at = Math.max(0, at - 1);
    else cells[at++] = char;
  }
  // Blanks behind the cursor are what was wiped out.
  return cells.slice(0, at).join("") + cells.slice(at).join("").trimEnd();
}
