/**
 * Stands in for `@cliffy/table` where JSR cannot be reached: the part of its API that the program
 * uses, drawn by cli-table3.
 *
 * Left out are borders of single rows and cells, cells over several columns or
 * rows, own border characters, and columns that
 * grow or shrink to a width of the whole table.
 *
 * @module
 */
export { Cell, type CellType, type CellValue, type Direction } from "./cell.ts";
export { Column, type ColumnOptions } from "./column.ts";
export { Row, type RowType } from "./row.ts";
export { Table, type TableType } from "./table.ts";
