/** A bar of tabs that scrolls where it is too narrow. */
import { type Buffer, put, type Rect } from "../buffer.ts";
import type { Signs } from "../signs.ts";
import { style } from "../style.ts";
import { cellWidth } from "../text.ts";

/** A tab. */
export interface TabLabel {
  /** What it is called: short. */
  readonly name: string;
  /** The key that leads to it, if one does. */
  readonly key?: string;
}

/** Where a tab was drawn. */
export interface DrawnTab {
  /** Its place in the list. */
  readonly index: number;
  /** The cells that it takes. */
  readonly rect: Rect;
}

function widthOf({ name, key }: TabLabel): number {
  return cellWidth(name) + 2 + (key === undefined ? 0 : cellWidth(key) + 1);
}

/**
 * Chooses the tabs that are shown: as many as fit, the active one among them.
 *
 * @param widths The cells that each takes.
 * @param active The active one.
 * @param width The cells that there are.
 * @returns The first and the one behind the last.
 */
export function visibleTabs(
  widths: readonly number[],
  active: number,
  width: number,
): readonly [number, number] {
  const sum = widths.reduce((total, one) => total + one, 0);
  if (sum <= width) return [0, widths.length];
  const room = width - 4;
  let first = active;
  let end = active + 1;
  let used = widths[active] ?? 0;
  for (;;) {
    const before = first > 0 ? widths[first - 1]! : Infinity;
    const after = end < widths.length ? widths[end]! : Infinity;
    // Towards the side that has fewer tabs, so that the active one stays near the middle.
    const left = active - first <= end - 1 - active;
    if (left && used + before <= room) used += widths[--first]!;
    else if (used + after <= room) used += widths[end++]!;
    else if (used + before <= room) used += widths[--first]!;
    else return [first, end];
  }
}

/**
 * Draws a bar of tabs into one row.
 *
 * @param buffer Where to.
 * @param rect One row.
 * @param tabs The tabs.
 * @param active The active one.
 * @param signs Give the signs for more on either side.
 * @returns Where each tab that is shown was drawn.
 */
export function drawTabs(
  buffer: Buffer,
  rect: Rect,
  tabs: readonly TabLabel[],
  active: number,
  signs: Signs,
): DrawnTab[] {
  const widths = tabs.map(widthOf);
  const [first, end] = visibleTabs(widths, active, rect.width);
  const drawn: DrawnTab[] = [];
  let x = rect.x;
  if (first > 0) x = put(buffer, x, rect.y, `${signs.more[0]} `, style("muted"));
  for (let index = first; index < end; index++) {
    const { name, key } = tabs[index]!;
    const width = Math.min(widths[index]!, rect.x + rect.width - x);
    const look = style(index === active ? "tabActive" : "tab");
    // Without colours and attributes the active tab is still told by its brackets.
    const text = key === undefined ? name : `${key} ${name}`;
    const framed = index === active ? `[${text}]` : ` ${text} `;
    put(buffer, x, rect.y, framed, look, width);
    drawn.push({ index, rect: { x, y: rect.y, width, height: 1 } });
    x += width;
  }
  if (end < tabs.length) {
    put(buffer, rect.x + rect.width - 1, rect.y, signs.more[1], style("muted"));
  }
  return drawn;
}
