import CliTable from "cli-table3";
import { Cell, type CellType, type Direction } from "./cell.ts";
import type { Column } from "./column.ts";
import { fold, width } from "./_fold.ts";
import { Row, type RowType } from "./row.ts";

/** How a table looks. */
export interface Look {
  indent: number;
  border: boolean;
  padding: number | number[];
  minColWidth: number | number[];
  maxColWidth: number | number[];
  align: Direction | undefined;
  columns: Column[];
}

const SIDES = ["", "-left", "-mid", "-right"] as const;
const NO_LINES = Object.fromEntries([
  ...["top", "bottom"].flatMap((line) => SIDES.map((side) => [line + side, ""])),
  ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"].map((
    name,
  ) => [name, ""]),
]);

/** Lays a table out: the widths and the folding are worked out here, the drawing is cli-table3's. */
export function layOut(header: Row | undefined, body: RowType[], look: Look): string {
  const rows = header ? [header, ...body] : body;
  const count = Math.max(0, ...rows.map((row) => row.length));
  if (count === 0) return "";
  const cells = rows.map((row, index) =>
    resolve(row, header !== undefined && index === 0, count, look)
  );
  const widths = columnWidths(cells, count, look);
  const padding = widths.map((_, column) =>
    look.columns[column]?.getPadding() ?? each(look.padding, column) ?? 0
  );

  const table = new CliTable({
    ...(look.border ? {} : { chars: NO_LINES }),
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colWidths: widths.map((size, column) =>
      size + (look.border ? 2 : column < count - 1 ? 1 : 0) * (padding[column] ?? 0)
    ),
  });
  for (const row of cells) {
    table.push(drawn(row, widths, padding, look));
  }
  const indent = " ".repeat(look.indent);
  return table.toString().split("\n").map((line) => indent + line).join("\n");
}

/** Gives each cell its place and its side. */
function resolve(row: RowType, isHeader: boolean, count: number, look: Look): Cell[] {
  const set = Row.from<CellType | undefined>(row).align(look.align ?? "left", false);
  return Array.from({ length: count }, (_, column) => {
    const side = isHeader ? undefined : look.columns[column]?.getAlign();
    return Cell.from(set[column] ?? "").align(side ?? set.getAlign(), false);
  });
}

/** A column is as wide as what fits of each text before it is folded. */
function columnWidths(rows: Cell[][], count: number, look: Look): number[] {
  return Array.from({ length: count }, (_, column) => {
    const most = look.columns[column]?.getMaxWidth() ?? each(look.maxColWidth, column) ?? Infinity;
    const least = look.columns[column]?.getMinWidth() ?? each(look.minColWidth, column) ?? 0;
    const sizes = rows.flatMap((row) =>
      (row[column]?.toString() ?? "").split("\n").map((line) => width(fold(line, most)[0] ?? ""))
    );
    return Math.min(most, Math.max(least, ...sizes));
  });
}

function drawn(row: Cell[], widths: number[], padding: number[], look: Look): CliTable.Cell[] {
  return row.map((cell, column) => {
    const gap = padding[column] ?? 0;
    const isLast = column === widths.length - 1;
    return {
      content: fold(cell.toString(), widths[column] ?? 0).join("\n"),
      hAlign: cell.getAlign(),
      style: {
        "padding-left": look.border ? gap : 0,
        "padding-right": look.border || !isLast ? gap : 0,
      },
    };
  });
}

function each(value: number | number[], column: number): number | undefined {
  return Array.isArray(value) ? value[column] : value;
}
