/** What the texts of footprints share. */
import type { GridOptions } from "./grid.ts";
import { paint, type Tone } from "./_style.ts";
import { type Symbols, symbols } from "./_symbols.ts";
import { clean, fit } from "./_text.ts";
import { formatCount } from "./units.ts";

/** How a footprint is drawn. */
export interface FootprintTextOptions extends GridOptions {
  /** Whether nothing is folded: all files, misses and processes. */
  readonly verbose?: boolean;
}

/** How everything of one text is drawn. */
export interface Look {
  readonly width: number;
  readonly color: boolean;
  readonly verbose: boolean;
  readonly signs: Symbols;
}

/** Fills in what was not asked for. */
export function lookOf(options: FootprintTextOptions): Look {
  const { width = 80, color = false, ascii = false, verbose = false } = options;
  return { width: Math.max(40, width), color, verbose, signs: symbols(ascii) };
}

/** A line that fits. */
export function line(text: string, look: Look, tone: Tone = "plain"): string {
  return paint(fit(clean(text, look.signs), look.width, look.signs), tone, look.color);
}

/** A count with its noun. */
export function many(count: number, one: string, more = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : more}`;
}

/** The first so many of a list, and how many there are beside them. */
export function fold<T>(
  all: readonly T[],
  shown: number,
  look: Look,
): { shown: readonly T[]; more: number } {
  // One line that says "1 more" is no shorter than the line itself.
  if (look.verbose || all.length <= shown + 1) return { shown: all, more: 0 };
  return { shown: all.slice(0, shown), more: all.length - shown };
}

/** Sections with an empty line between them. */
export function joined(sections: readonly (readonly string[])[]): string {
  return sections.filter((lines) => lines.length > 0)
    .map((lines) => lines.map((one) => `${one.trimEnd()}\n`).join("")).join("\n");
}
