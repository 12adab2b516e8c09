/** What versus relies on in cliffy's tables. */
import { Cell, Column, Row, Table } from "@cliffy/table";
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";

const BODY = [["a", 1, "x"], ["日本", "22", "\x1b[31mred\x1b[39m"], ["longer text", 333, ""]];

function drawn(table: Table): string[] {
  return table.toString().split("\n");
}

describe("Table", () => {
  it("aligns wide characters and colours, and fills the last column", () => {
    expect(drawn(Table.from(BODY))).toEqual([
      "a           1   x  ",
      "日本        22  \x1b[31mred\x1b[39m",
      "longer text 333    ",
    ]);
  });

  it("draws borders", () => {
    expect(drawn(new Table().header(["n", "z"]).body([["ab", 1], ["c", 22]]).border())).toEqual([
      "┌────┬────┐",
      "│ n  │ z  │",
      "├────┼────┤",
      "│ ab │ 1  │",
      "├────┼────┤",
      "│ c  │ 22 │",
      "└────┴────┘",
    ]);
  });

  it("sets indent, padding and sides", () => {
    const table = new Table().header(["n", "z"]).body([["ab", 1], ["c", 22]])
      .padding(2).indent(3).align("right");
    expect(drawn(table)).toEqual(["    n   z", "   ab   1", "    c  22"]);
  });

  it("sets sides of columns, rows and cells, the nearest first", () => {
    const table = new Table().header(["name", "count"]).body([
      ["a", 1],
      Row.from(["b", 2]).align("center"),
      [new Cell("c").align("right"), new Cell(3).align("left")],
    ]).columns([{}, { align: "right" }]);
    expect(drawn(table)).toEqual(["name count", "a        1", " b       2", "   c 3    "]);
  });

  it("sets one column, padding of each and least widths", () => {
    const table = Table.from([["a", "b", "c"]]).padding([3, 1, 1]).minColWidth(2)
      .column(2, new Column().align("right").minWidth(4));
    expect(drawn(table)).toEqual(["a    b     c"]);
  });

  it("folds what is too wide, at spaces where it can", () => {
    const table = Table.from([["one two three", "x"], ["abcdefghij", "y"]]).maxColWidth(7);
    expect(drawn(table)).toEqual([
      "one two x",
      "three    ",
      "abcdefg y",
      "hij      ",
    ]);
  });

  it("keeps lines and colours together", () => {
    const table = Table.from([["\x1b[31mred one\x1b[39m", "a\nb"]]).maxColWidth(4);
    expect(drawn(table)).toEqual(["\x1b[31mred\x1b[39m a", "\x1b[31mone\x1b[39m b"]);
  });

  it("takes rows of different lengths, and none", () => {
    expect(drawn(Table.from([["a"], ["b", "c"]]))).toEqual(["a  ", "b c"]);
    expect(new Table().toString()).toBe("");
    expect(drawn(new Table().header(["only"]))).toEqual(["only"]);
  });

  it("is a list of rows", () => {
    const table = new Table(["a"], ["b"]);
    table.push(["c"]);
    expect(table.length).toBe(3);
    expect(table.getBody()).toEqual([["a"], ["b"], ["c"]]);
    expect(drawn(Table.from(table))).toEqual(["a", "b", "c"]);
    expect(table.header(["h"]).getHeader()?.[0]).toBe("h");
  });
});
