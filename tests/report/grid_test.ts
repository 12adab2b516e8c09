import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { displayWidth } from "../../lib/report/_text.ts";
import { renderTable } from "../../lib/report/grid.ts";
import { actingCharacters, HOSTILE } from "./fixtures.ts";

const HEADERS = ["name", "kind", { title: "count", align: "right" as const }];
const ROWS = [["flipsum", "bench", "12"], ["日本語", "probe", "3"], ["x", "", "1000"]];

describe("renderTable", () => {
  it("aligns columns by what a terminal draws", () => {
    expect(renderTable(HEADERS, ROWS)).toBe([
      "name     kind   count",
      "flipsum  bench     12",
      "日本語   probe      3",
      "x                1000",
      "",
    ].join("\n"));
  });

  it("keeps to the width: the widest column gives way first", () => {
    const rows = [["a-name-of-many-characters", "short", "1"]];
    const text = renderTable(HEADERS, rows, { width: 24 });
    expect(text).toBe("name        kind   count\na-name-of…  short      1\n");
  });

  it("cuts with ASCII dots where only ASCII is shown", () => {
    const text = renderTable(HEADERS, [["日", "a-kind-of-many-characters", "1"]], {
      width: 30,
      ascii: true,
    });
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(text).toContain("...");
    expect(text).toContain("\\u{65e5}");
  });

  it("leaves out the columns that matter least when squeezing is not enough", () => {
    const columns = [
      { title: "always" },
      { title: "second", drop: 1 },
      { title: "first", drop: 2 },
    ];
    const rows = [["aaaaaaaa", "bbbbbbbb", "cccccccc"]];
    const headings = [40, 28, 27, 17, 4].map((width) =>
      renderTable(columns, rows, { width }).split("\n")[0]
    );
    expect(headings).toEqual([
      "always    second    first",
      "always    second    first",
      "always    second",
      "always",
      "always",
    ]);
  });

  it("squeezes a column to what it keeps before it leaves others out", () => {
    const columns = [
      { title: "long", keep: 10, squeeze: 4, cut: "middle" as const },
      { title: "other", drop: 1 },
    ];
    const rows = [["abcdefghijklmnopqrst", "12345"]];
    expect(renderTable(columns, rows, { width: 17 })).toContain("abcde…qrst  12345");
    expect(renderTable(columns, rows, { width: 16 })).toContain("abcdefgh…nopqrst");
    expect(renderTable(columns, rows, { width: 5 })).toBe("long\nab…st\n");
  });

  it("lets cells draw themselves in the room that is left", () => {
    const columns = [{ title: "n" }, { title: "", min: 4, grow: 10, drop: 1 }];
    function drawn(width: number): string {
      return renderTable(columns, [["1", { draw: (cells: number) => "#".repeat(cells) }]], {
        width,
      });
    }
    expect(drawn(80)).toBe("n\n1  ##########\n");
    expect(drawn(9)).toBe("n\n1  ######\n");
    expect(drawn(6)).toBe("n\n1\n");
  });

  it("colours without a change of the widths", () => {
    const rows = [["x", { text: "missing", tone: "bad" as const }, "1"]];
    const colored = renderTable(HEADERS, rows, { color: true });
    expect(colored).toContain("\x1b[31mmissing\x1b[39m");
    // deno-lint-ignore no-control-regex
    expect(colored.replace(/\x1b\[\d+m/g, "")).toBe(renderTable(HEADERS, rows));
  });

  it("makes texts safe, and keeps rows on one line", () => {
    const text = renderTable(HEADERS, [[HOSTILE, "a\nb", "1"]], { width: 60 });
    expect(actingCharacters(text)).toEqual([]);
    const lines = text.split("\n");
    expect(lines).toHaveLength(3);
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(60);
  });

  it("draws headings alone, and rows that are too short", () => {
    expect(renderTable(HEADERS, [])).toBe("name  kind  count\n");
    expect(renderTable(HEADERS, [["x"]])).toBe("name  kind  count\nx\n");
    expect(renderTable([], [])).toBe("");
  });
});
