/** Boxes: a frame with a title, and one that lies over the screen. */
import { type Buffer, fill, put, type Rect } from "../buffer.ts";
import type { Signs } from "../signs.ts";
import { style } from "../style.ts";
import { truncate } from "../text.ts";

/**
 * Draws a frame.
 *
 * @param buffer Where to.
 * @param rect Its outside; nothing is drawn if it has no inside.
 * @param title What stands in its upper line.
 * @param signs Give the lines.
 * @returns The inside.
 */
export function drawBox(buffer: Buffer, rect: Rect, title: string, signs: Signs): Rect {
  const { x, y, width, height } = rect;
  if (width < 2 || height < 2) return { x, y, width: 0, height: 0 };
  const [across, down, upperLeft, upperRight, lowerRight, lowerLeft] = signs.lines;
  const look = style("border");
  put(buffer, x, y, upperLeft + across.repeat(width - 2) + upperRight, look);
  for (let row = 1; row < height - 1; row++) {
    put(buffer, x, y + row, down, look);
    put(buffer, x + width - 1, y + row, down, look);
  }
  put(buffer, x, y + height - 1, lowerLeft + across.repeat(width - 2) + lowerRight, look);
  if (title !== "" && width > 6) {
    put(buffer, x + 2, y, ` ${truncate(title, width - 6, signs.ellipsis)} `, style("title"));
  }
  return { x: x + 1, y: y + 1, width: width - 2, height: height - 2 };
}

/**
 * Draws a box in the middle, over what is there.
 *
 * @param buffer Where to.
 * @param area What it lies over.
 * @param size How large it should be inside; smaller where there is no room.
 * @param title What stands in its upper line.
 * @param signs Give the lines.
 * @returns The inside.
 */
export function drawPopup(
  buffer: Buffer,
  area: Rect,
  size: { readonly width: number; readonly height: number },
  title: string,
  signs: Signs,
): Rect {
  const width = Math.min(area.width, size.width + 4);
  const height = Math.min(area.height, size.height + 2);
  const rect = {
    x: area.x + Math.floor((area.width - width) / 2),
    y: area.y + Math.floor((area.height - height) / 2),
    width,
    height,
  };
  fill(buffer, rect);
  const inside = drawBox(buffer, rect, title, signs);
  return { ...inside, x: inside.x + 1, width: Math.max(0, inside.width - 2) };
}
