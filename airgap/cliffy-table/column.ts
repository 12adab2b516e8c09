import type { Direction } from "./cell.ts";

/** What can be said of a whole column. */
export interface ColumnOptions {
  align?: Direction;
  minWidth?: number;
  maxWidth?: number;
  padding?: number;
}

/** One column, its header cell left out. */
export class Column {
  #options: ColumnOptions = {};

  static from(options: ColumnOptions | Column): Column {
    return new Column().options(options instanceof Column ? options.#options : options);
  }

  options(options: ColumnOptions): this {
    Object.assign(this.#options, options);
    return this;
  }

  align(direction: Direction): this {
    return this.options({ align: direction });
  }

  minWidth(width: number): this {
    return this.options({ minWidth: width });
  }

  maxWidth(width: number): this {
    return this.options({ maxWidth: width });
  }

  padding(padding: number): this {
    return this.options({ padding });
  }

  getAlign(): Direction | undefined {
    return this.#options.align;
  }

  getMinWidth(): number | undefined {
    return this.#options.minWidth;
  }

  getMaxWidth(): number | undefined {
    return this.#options.maxWidth;
  }

  getPadding(): number | undefined {
    return this.#options.padding;
  }
}
