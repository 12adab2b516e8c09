/** A drawing of dots in the cells of a terminal: braille, eight to a cell, or one full stop in ASCII. */

/** Bits of a braille cell by column and row (Unicode, "Braille Patterns", U+2800 to U+28FF). */
const BITS = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]] as const;

/** Dots and marks in a rectangle of cells; places are shares of it, from the bottom left. */
export class Canvas {
  readonly #dots: Uint8Array;
  readonly #marks = new Map<number, string>();

  /**
   * @param width In cells.
   * @param height In cells.
   * @param ascii Whether only ASCII may be used.
   */
  constructor(readonly width: number, readonly height: number, readonly ascii: boolean) {
    this.#dots = new Uint8Array(width * height);
  }

  /** Sets a dot; one outside of the rectangle is not seen. */
  dot(x: number, y: number): void {
    if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) return;
    const column = Math.round(x * (2 * this.width - 1));
    const row = Math.round((1 - y) * (4 * this.height - 1));
    const cell = (row >> 2) * this.width + (column >> 1);
    this.#dots[cell]! |= BITS[column & 1]![row & 3]!;
  }

  /**
   * Draws a line.
   *
   * @param from Where it starts, x and y.
   * @param to Where it ends.
   */
  line(from: readonly [number, number], to: readonly [number, number]): void {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const steps = Math.ceil(
      Math.max(Math.abs(dx) * 2 * this.width, Math.abs(dy) * 4 * this.height, 1),
    );
    for (let i = 0; i <= steps; i++) {
      this.dot(from[0] + dx * i / steps, from[1] + dy * i / steps);
    }
  }

  /** Sets a mark that hides the dots of its cell; the first mark of a cell stays. */
  mark(x: number, y: number, sign: string): void {
    const column = Math.min(this.width - 1, Math.floor(x * this.width));
    const row = Math.min(this.height - 1, Math.floor((1 - y) * this.height));
    const cell = Math.max(0, row) * this.width + Math.max(0, column);
    if (!this.#marks.has(cell)) this.#marks.set(cell, sign);
  }

  /** The rows from top to bottom. */
  rows(): string[] {
    return Array.from(
      { length: this.height },
      (_, row) =>
        Array.from({ length: this.width }, (_, column) => {
          const cell = row * this.width + column;
          const dots = this.#dots[cell]!;
          const drawn = dots === 0 ? " " : this.ascii ? "." : String.fromCharCode(0x2800 + dots);
          return this.#marks.get(cell) ?? drawn;
        }).join(""),
    );
  }
}
