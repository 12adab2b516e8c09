import { expect } from "@std/expect";
import { beforeAll, describe, it } from "@std/testing/bdd";
import {
  bar,
  brokenLine,
  bufferText,
  cellWidth,
  completeLine,
  createBuffer,
  drawBox,
  drawChart,
  drawInput,
  drawPopup,
  drawTable,
  drawTabs,
  editLine,
  FRESH_TABLE,
  type Input,
  inputLine,
  lineText,
  loadWidths,
  moveSelection,
  scaleOf,
  scrollText,
  SELECTED,
  selectedRow,
  signs,
  sparkline,
  type Table,
  visibleRows,
  visibleTabs,
  wrapped,
} from "../../lib/tui/mod.ts";

beforeAll(loadWidths);

const UNICODE = signs();
const ASCII = signs(true);

function keys(line: ReturnType<typeof inputLine>, ...names: readonly string[]) {
  return names.reduce((l, key) => editLine(l, { type: "key", key } as Input), line);
}

describe("bars", () => {
  for (
    const [share, width, text] of [
      [0, 8, ""],
      [-1, 8, ""],
      [NaN, 8, ""],
      [0.0001, 8, "▏"],
      [0.5, 3, "█▌"],
      [1, 4, "████"],
      [7, 4, "████"],
      [0.5, 0, ""],
    ] as const
  ) {
    it(`draws ${share} of ${width} cells`, () => expect(bar(share, width, UNICODE)).toBe(text));
  }

  it("draws them in ASCII", () => expect(bar(0.5, 4, ASCII)).toBe("##"));

  it("scales by the largest, and by logarithms where that is far away", () => {
    expect(scaleOf([1, 2, 4]).share(1)).toBe(0.25);
    const far = scaleOf([1, 10, 1000]);
    expect([far.log, far.share(1), far.share(1000)]).toEqual([true, 1 / 8, 1]);
    expect(scaleOf([]).share(3)).toBe(0);
    expect(scaleOf([0, NaN, -2]).share(0)).toBe(0);
  });

  it("draws the newest values as small columns", () => {
    expect(sparkline([9, 0, 7, 3.5], 3, UNICODE)).toBe("▁█▅");
    expect(sparkline([1, undefined, 2], 9, UNICODE)).toBe("▁ █");
    expect(sparkline([5, 5, 5], 9, UNICODE)).toBe("▄▄▄");
    expect(sparkline([], 9, UNICODE)).toBe("");
    expect(sparkline([1, 2], 9, ASCII)).toBe("_#");
  });
});

describe("the tab bar", () => {
  it("shows all where there is room", () => expect(visibleTabs([5, 5, 5], 1, 15)).toEqual([0, 3]));

  it("keeps the active tab among those that are shown", () => {
    const widths = [10, 12, 8, 9, 11, 10, 7, 12, 9];
    for (let active = 0; active < widths.length; active++) {
      for (const width of [14, 30, 60]) {
        const [first, end] = visibleTabs(widths, active, width);
        expect(first).toBeLessThanOrEqual(active);
        expect(end).toBeGreaterThan(active);
      }
    }
  });

  it("says on which side there are more, and where each was drawn", () => {
    const buffer = createBuffer(30, 1);
    const tabs = ["one", "two", "three", "four", "five", "six"].map((name) => ({ name }));
    const drawn = drawTabs(buffer, { x: 0, y: 0, width: 30, height: 1 }, tabs, 3, UNICODE);
    expect(bufferText(buffer)).toMatch(/^‹.*\[four\].*›\n$/);
    for (const { index, rect } of drawn) {
      const text = buffer.text.slice(rect.x, rect.x + rect.width).join("");
      expect(text).toContain(tabs[index]!.name);
    }
  });
});

interface Row {
  readonly name: string;
  readonly size: number | undefined;
}

const ROWS: readonly Row[] = [
  { name: "漢字", size: 3 },
  { name: "beta", size: undefined },
  { name: "alpha", size: 10 },
];

const TABLE: Table<Row> = {
  rows: ROWS,
  key: ({ name }) => name,
  columns: [
    { id: "name", title: "name", min: 6, max: 10, cell: ({ name }) => name },
    {
      id: "size",
      title: "size",
      align: "right",
      min: 5,
      drop: 1,
      cell: ({ size }) => String(size ?? ""),
      sort: ({ size }) => size,
    },
  ],
};

function tableText(width: number, height: number, state = FRESH_TABLE): string {
  const buffer = createBuffer(width, height);
  drawTable(buffer, { x: 0, y: 0, width, height }, TABLE, state, { signs: UNICODE });
  return bufferText(buffer);
}

describe("tables", () => {
  it("align wide characters", () => {
    expect(tableText(20, 4)).toBe("  name     size\n▸ 漢字        3\n  beta\n  alpha      10\n");
  });

  it("leave columns out where there is no room", () => {
    expect(tableText(12, 2)).toBe("  name\n▸ 漢字\n");
  });

  it("sort numbers as numbers, and what is missing last", () => {
    for (const descending of [false, true]) {
      const rows = visibleRows(TABLE, { ...FRESH_TABLE, sort: { column: "size", descending } });
      expect(rows.map(({ size }) => size)).toEqual(
        descending ? [10, 3, undefined] : [3, 10, undefined],
      );
    }
  });

  it("filter by all words, without those after an exclamation mark", () => {
    const filtered = (filter: string) =>
      visibleRows(TABLE, { ...FRESH_TABLE, filter }).map(({ name }) => name);
    expect(filtered("A")).toEqual(["beta", "alpha"]);
    expect(filtered("a !10")).toEqual(["beta"]);
    expect(filtered("!")).toEqual(["漢字", "beta", "alpha"]);
    expect(filtered("(")).toEqual([]);
    expect(tableText(20, 3, { ...FRESH_TABLE, filter: "x" })).toContain("nothing fits");
  });

  it("find the selected row again when rows move", () => {
    const state = moveSelection(TABLE, FRESH_TABLE, "last", 2);
    expect(selectedRow(TABLE, state)?.name).toBe("alpha");
    const sorted = { ...state, sort: { column: "name", descending: false } };
    expect(selectedRow(TABLE, sorted)?.name).toBe("alpha");
    const gone = { ...TABLE, rows: ROWS.slice(0, 1) };
    expect(selectedRow(gone, state)?.name).toBe("漢字");
    expect(selectedRow({ ...TABLE, rows: [] }, state)).toBeUndefined();
  });

  it("keep the selected row in sight, and mark it besides by a sign", () => {
    const rows = Array.from({ length: 500 }, (_, i) => ({ name: `row ${i}`, size: i }));
    const long = { ...TABLE, rows };
    for (const selected of [0, 1, 7, 250, 498, 499]) {
      const buffer = createBuffer(20, 10);
      const rect = { x: 0, y: 0, width: 20, height: 10 };
      const drawn = drawTable(buffer, rect, long, { selected, filter: "" }, { signs: UNICODE });
      expect(drawn.length).toBe(9);
      expect(bufferText(buffer)).toContain(`▸ row ${selected} `);
      const { rect: at } = drawn.find(({ index }) => index === selected)!;
      expect(buffer.style[at.y * 20 + 3]! & SELECTED).toBe(SELECTED);
    }
  });
});

describe("the input line", () => {
  it("takes letters, words and whole lines back", () => {
    expect(keys(inputLine("ab cd"), "backspace").text).toBe("ab c");
    expect(keys(inputLine("ab cd"), "ctrl-w").text).toBe("ab ");
    expect(keys(inputLine("ab cd"), "ctrl-u").text).toBe("");
    expect(keys(inputLine("ab cd"), "home", "delete").text).toBe("b cd");
    expect(keys(inputLine("ab"), "left", "x", "space").text).toBe("ax b");
    expect(keys(inputLine(""), "backspace", "left", "right", "delete", "up", "f5").text).toBe("");
  });

  it("never stops within an emoji", () => {
    const line = inputLine("a👩‍💻é");
    expect(keys(line, "left", "left", "backspace").text).toBe("👩‍💻é");
    expect(keys(line, "left", "backspace").text).toBe("aé");
    expect(keys(line, "home", "right", "delete").text).toBe("aé");
  });

  it("takes a paste as one line without controls", () => {
    const line = editLine(inputLine("x "), { type: "paste", text: "a\r\n  b\x1b[A\t" });
    expect(line.text).toBe("x a b?[A");
  });

  it("completes as far as candidates agree", () => {
    const words = ["claims", "compare", "compute", "run"];
    expect(completeLine(inputLine("co"), words)).toEqual({
      line: { text: "comp", cursor: 4 },
      fitting: ["compare", "compute"],
    });
    expect(completeLine(inputLine("say r"), words).line.text).toBe("say run ");
    expect(completeLine(inputLine("x"), words)).toEqual({ line: inputLine("x"), fitting: [] });
  });

  it("keeps the cursor in sight", () => {
    for (
      const text of ["", "short", "a line that is much longer than its row", "漢字".repeat(20)]
    ) {
      const buffer = createBuffer(12, 1);
      const rect = { x: 0, y: 0, width: 12, height: 1 };
      const { x } = drawInput(buffer, rect, inputLine(text), ":");
      expect(x).toBeLessThan(12);
      expect(x).toBeGreaterThan(0);
    }
  });
});

describe("boxes", () => {
  it("have a title and an inside", () => {
    const buffer = createBuffer(14, 3);
    const inside = drawBox(buffer, { x: 0, y: 0, width: 14, height: 3 }, "title", UNICODE);
    expect(bufferText(buffer)).toBe("┌─ title ────┐\n│            │\n└────────────┘\n");
    expect(inside).toEqual({ x: 1, y: 1, width: 12, height: 1 });
  });

  it("survive having no room", () => {
    for (let size = 0; size < 6; size++) {
      const area = { x: 0, y: 0, width: size, height: size };
      const inside = drawPopup(
        createBuffer(size, size),
        area,
        { width: 9, height: 9 },
        "title",
        ASCII,
      );
      expect(Math.min(inside.width, inside.height)).toBeGreaterThanOrEqual(0);
    }
  });
});

describe("charts", () => {
  const look = { signs: UNICODE, formatY: (y: number) => y.toFixed(1), formatX: String };

  it("put every point between the axes", () => {
    const buffer = createBuffer(24, 5);
    const points = Array.from({ length: 20 }, (_, x): [number, number] => [x, x * x]);
    drawChart(buffer, { x: 0, y: 0, width: 24, height: 5 }, [{ name: "", points }], look);
    const lines = bufferText(buffer).split("\n");
    expect(lines[0]).toMatch(/^361\.0 │ +[\u2801-\u28ff]/);
    expect(lines[3]).toMatch(/^ {2}0\.0 │[\u2801-\u28ff]/);
    expect(lines[4]).toMatch(/^ +0 +19$/);
  });

  it("tell series apart by marks in ASCII", () => {
    const buffer = createBuffer(40, 8);
    const all = [
      { name: "go", points: [[0, 1], [1, 1]] as [number, number][] },
      { name: "c", points: [[0, 3], [1, 3]] as [number, number][] },
    ];
    drawChart(buffer, { x: 0, y: 0, width: 40, height: 8 }, all, { ...look, signs: ASCII });
    // deno-lint-ignore no-control-regex
    expect(bufferText(buffer)).toMatch(/^[\x00-\x7e]*$/);
    expect(bufferText(buffer)).toMatch(/\* go {2}o c/);
  });

  it("survive no points, one point, and values that are none", () => {
    for (const points of [[], [[1, 1]], [[0, NaN], [1, Infinity]], [[0, 5], [1, 5]]]) {
      const buffer = createBuffer(20, 5);
      const series = [{ name: "a", points: points as [number, number][] }];
      drawChart(buffer, { x: 0, y: 0, width: 20, height: 5 }, series, look);
      expect(bufferText(buffer).split("\n").length).toBe(6);
    }
  });
});

describe("texts", () => {
  it("are broken at spaces, and where they must be", () => {
    const text = "some words and averyveryverylongword 漢字漢字漢字";
    for (const width of [1, 2, 5, 10, 40]) {
      for (const line of wrapped(text, width, 0, "  ")) {
        expect(cellWidth(lineText(line))).toBeLessThanOrEqual(Math.max(2, width));
      }
      expect(wrapped(text, width).map(lineText).join("").replace(/\s/g, ""))
        .toBe(text.replace(/\s/g, ""));
    }
  });

  it("are broken as code without losing a style", () => {
    const line = [{ text: "  if x", style: 3 }, { text: ": 漢字漢字", style: 5 }];
    const broken = brokenLine(line, 8, "  ");
    expect(broken.map(lineText)).toEqual(["  if x: ", "  漢字漢", "  字"]);
    expect(broken.flatMap((l) => typeof l === "string" ? [] : l.map(({ style }) => style)))
      .toEqual([3, 5, 0, 5, 0, 5]);
  });

  it("are scrolled within their bounds", () => {
    expect(scrollText(0, "up", 50, 10)).toBe(0);
    expect(scrollText(0, "page-down", 50, 10)).toBe(9);
    expect(scrollText(9, "last", 50, 10)).toBe(40);
    expect(scrollText(1e9, "up", 50, 10)).toBe(39);
    expect(scrollText(3, "down", 5, 10)).toBe(0);
  });
});
