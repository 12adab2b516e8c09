import { Cell, type CellType, type Direction } from "./cell.ts";

/** A row, or a list of its cells. */
export type RowType<T extends CellType | undefined = CellType | undefined> = Array<T> | Row<T>;

/** One row. */
export class Row<T extends CellType | undefined = CellType | undefined> extends Array<T> {
  #align: Direction | undefined;

  /** A new row of the same cells. */
  static override from<T extends CellType | undefined>(cells: RowType<T>): Row<T> {
    const row = new Row<T>();
    row.push(...cells);
    if (cells instanceof Row) row.#align = cells.#align;
    return row;
  }

  /** A new row of new cells. */
  clone(): Row {
    const row = new Row();
    row.push(...this.map((cell) => cell instanceof Cell ? Cell.from(cell) : cell));
    row.#align = this.#align;
    return row;
  }

  /** Sets the texts to a side; without `override` only where that was not said before. */
  align(direction: Direction, override = true): this {
    if (override || this.#align === undefined) this.#align = direction;
    return this;
  }

  getAlign(): Direction {
    return this.#align ?? "left";
  }
}
