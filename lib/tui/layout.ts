/** Splits a part of the screen into rows or columns. */
import type { Rect } from "./buffer.ts";

/** How many cells a part takes. */
export interface Share {
  /** The least that it is given; 0 by default. What lies last is cut first where there is no room. */
  readonly min?: number;
  /** The most; no limit by default. */
  readonly max?: number;
  /** Its share of what is left when all have their least; 0 by default. */
  readonly grow?: number;
}

/**
 * Divides a length.
 *
 * @param total The length, in cells.
 * @param shares What each part wants; a number is both least and most.
 * @returns The length of each part; their sum is at most the total.
 */
export function divide(total: number, shares: readonly (Share | number)[]): number[] {
  const wants = shares.map((share): Required<Share> => {
    const { min = 0, max = Infinity, grow = 0 } = typeof share === "number"
      ? { min: share, max: share }
      : share;
    return { min, max, grow };
  });
  let left = Math.max(0, total);
  const sizes = wants.map(({ min }) => {
    const size = Math.min(min, left);
    left -= size;
    return size;
  });
  for (;;) {
    const open = wants.map((want, i) => ({ ...want, i }))
      .filter(({ grow, max, i }) => grow > 0 && sizes[i]! < max);
    const parts = open.reduce((sum, { grow }) => sum + grow, 0);
    if (left <= 0 || parts === 0) return sizes;
    const given = left;
    for (const { grow, max, i } of open) {
      const more = Math.min(max - sizes[i]!, Math.max(1, Math.floor(given * grow / parts)), left);
      sizes[i]! += more;
      left -= more;
    }
  }
}

/**
 * Splits a part of the screen into rows, one below another.
 *
 * @param rect The part.
 * @param shares Heights.
 * @returns One part a share.
 */
export function rows(rect: Rect, ...shares: readonly (Share | number)[]): Rect[] {
  let y = rect.y;
  return divide(rect.height, shares).map((height) => {
    const part = { x: rect.x, y, width: rect.width, height };
    y += height;
    return part;
  });
}

/**
 * Splits a part of the screen into columns, one beside another.
 *
 * @param rect The part.
 * @param shares Widths.
 * @returns One part a share.
 */
export function columns(rect: Rect, ...shares: readonly (Share | number)[]): Rect[] {
  let x = rect.x;
  return divide(rect.width, shares).map((width) => {
    const part = { x, y: rect.y, width, height: rect.height };
    x += width;
    return part;
  });
}

/**
 * Takes cells off the sides of a part.
 *
 * @param rect The part.
 * @param across Cells on the left and on the right.
 * @param down Rows above and below.
 * @returns What is left, at least empty.
 */
export function inset(rect: Rect, across = 1, down = 0): Rect {
  return {
    x: rect.x + across,
    y: rect.y + down,
    width: Math.max(0, rect.width - 2 * across),
    height: Math.max(0, rect.height - 2 * down),
  };
}

/** Whether a cell lies in a part of the screen. */
export function contains(rect: Rect, x: number, y: number): boolean {
  return x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;
}
