/** The two streams of the program: results on stdout, everything for people on stderr. */

import { EXIT, VersusError } from "../lib/error.ts";

/** Who reads what we print has gone away: `versus … | head`. */
export class OutputClosed extends Error {}

function write(stream: typeof Deno.stdout, text: string): void {
  const bytes = new TextEncoder().encode(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += stream.writeSync(bytes.subarray(written));
    } catch (error) {
      if (error instanceof Deno.errors.BrokenPipe) throw new OutputClosed();
      if (error instanceof Deno.errors.WouldBlock) continue;
      throw new VersusError(`Cannot write the output: ${(error as Error).message}`, {
        hint: "Free some space where it goes, or send it elsewhere",
        exitCode: EXIT.failed,
        cause: error,
      });
    }
  }
}

/**
 * Prints results to stdout.
 *
 * @throws {OutputClosed} If nobody reads any more.
 * @throws {VersusError} If it can't be written for another reason: a full disk.
 */
export function print(text: string): void {
  write(Deno.stdout, text.endsWith("\n") ? text : text + "\n");
}

/** Prints a line for people to stderr; nobody reading is no error. */
export function tell(text: string): void {
  tellRaw(text.endsWith("\n") ? text : text + "\n");
}

/** Writes to stderr as it is, for a line that is overwritten. */
export function tellRaw(text: string): void {
  try {
    write(Deno.stderr, text);
  } catch (error) {
    if (!(error instanceof OutputClosed)) throw error;
  }
}

/** How a stream may be written to. */
export interface StreamStyle {
  /** Colours may be used. */
  readonly color: boolean;
  /** Only ASCII may be used. */
  readonly ascii: boolean;
  /** Cells in a line. */
  readonly width: number;
}

/**
 * Finds out what a stream can show. Colour obeys `NO_COLOR`, `--no-color`, `TERM=dumb` and a stream
 * that is not a terminal.
 *
 * @param stream stdout or stderr.
 * @param wantColor `false` after `--no-color`.
 */
export function styleOf(stream: typeof Deno.stdout, wantColor = true): StreamStyle {
  const terminal = stream.isTerminal();
  const term = Deno.env.get("TERM") ?? "";
  const locale = Deno.env.get("LC_ALL") || Deno.env.get("LC_CTYPE") || Deno.env.get("LANG") || "";
  const plain = term === "dumb" || (Deno.env.get("NO_COLOR") ?? "") !== "";
  return {
    color: terminal && wantColor && !plain,
    ascii: terminal && !/utf-?8/i.test(locale) && Deno.build.os !== "windows",
    width: terminal ? widthOf() : Number(Deno.env.get("COLUMNS")) || 120,
  };
}

function widthOf(): number {
  try {
    return Math.max(40, Deno.consoleSize().columns);
  } catch {
    // stdin, stdout and stderr may each be something else than the terminal.
    return 80;
  }
}
