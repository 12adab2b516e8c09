import type { Direction } from "./cell.ts";
import { Column, type ColumnOptions } from "./column.ts";
import { layOut, type Look } from "./_layout.ts";
import { Row, type RowType } from "./row.ts";

/** A table, or a list of its rows. */
export type TableType<TRow extends RowType = RowType> = Array<TRow> | Table<TRow>;

/** Rows in columns. */
export class Table<TRow extends RowType = RowType> extends Array<TRow> {
  #header: Row | undefined;
  #look: Look = {
    indent: 0,
    border: false,
    padding: 1,
    minColWidth: 0,
    maxColWidth: Infinity,
    align: undefined,
    columns: [],
  };

  /** A new table of the same rows. */
  static override from<TRow extends RowType>(rows: TableType<TRow>): Table<TRow> {
    const table = new Table<TRow>();
    table.push(...rows);
    if (rows instanceof Table) {
      table.#look = { ...rows.#look };
      table.#header = rows.#header ? Row.from(rows.#header) : undefined;
    }
    return table;
  }

  /** Prints rows. */
  static render<TRow extends RowType>(rows: TableType<TRow>): void {
    Table.from(rows).render();
  }

  header(header: RowType): this {
    this.#header = header instanceof Row ? header : Row.from(header);
    return this;
  }

  /** Sets the rows in the place of those that are there. */
  body(rows: Array<TRow>): this {
    this.length = 0;
    this.push(...rows);
    return this;
  }

  /** Sets what holds for whole columns. */
  columns(columns: Array<Column | ColumnOptions>): this {
    this.#look.columns = columns.map((column) => Column.from(column));
    return this;
  }

  /** Sets what holds for one column. */
  column(index: number, column: Column | ColumnOptions): this {
    if (column instanceof Column) this.#look.columns[index] = column;
    else (this.#look.columns[index] ??= new Column()).options(column);
    return this;
  }

  /** Draws lines around the cells. */
  border(enable = true): this {
    this.#look.border = enable;
    return this;
  }

  /** Sets the spaces between columns, of all or of each. */
  padding(padding: number | Array<number>): this {
    this.#look.padding = padding;
    return this;
  }

  /** Sets the spaces in front of each line. */
  indent(width: number): this {
    this.#look.indent = width;
    return this;
  }

  minColWidth(width: number | Array<number>): this {
    this.#look.minColWidth = width;
    return this;
  }

  /** Sets from which width on texts are folded, of all columns or of each. */
  maxColWidth(width: number | Array<number>): this {
    this.#look.maxColWidth = width;
    return this;
  }

  align(direction: Direction): this {
    this.#look.align = direction;
    return this;
  }

  getHeader(): Row | undefined {
    return this.#header;
  }

  getBody(): Array<TRow> {
    return [...this];
  }

  override toString(): string {
    return layOut(this.#header, [...this], this.#look);
  }

  /** Prints the table. */
  render(): this {
    console.log(this.toString());
    return this;
  }
}
