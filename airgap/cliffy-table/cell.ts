/** What a cell holds. */
export type CellValue = number | string;

/** A cell, or what one holds. */
export type CellType = CellValue | Cell;

/** To which side a text is set. */
export type Direction = "left" | "right" | "center";

/** One cell. */
export class Cell {
  #value: CellValue;
  #align: Direction | undefined;

  constructor(value: CellValue) {
    this.#value = value;
  }

  /** A new cell of the same content. */
  static from(value: CellType): Cell {
    if (!(value instanceof Cell)) return new Cell(value);
    const cell = new Cell(value.#value);
    cell.#align = value.#align;
    return cell;
  }

  toString(): string {
    return String(this.#value);
  }

  getValue(): CellValue {
    return this.#value;
  }

  setValue(value: CellValue): this {
    this.#value = value;
    return this;
  }

  /** Sets the text to a side; without `override` only where that was not said before. */
  align(direction: Direction, override = true): this {
    if (override || this.#align === undefined) this.#align = direction;
    return this;
  }

  getAlign(): Direction {
    return this.#align ?? "left";
  }
}
