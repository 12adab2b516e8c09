import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import {
  type Binding,
  bufferText,
  clipboardSequence,
  columns,
  createBuffer,
  createPacer,
  createTheme,
  divide,
  drawFooter,
  findBinding,
  graphemes,
  helpLines,
  loadWidths,
  type PacerClock,
  pad,
  ROLES,
  rows,
  SELECTED,
  style,
  terminalLook,
  THEMES,
  toAscii,
  truncate,
} from "../../lib/tui/mod.ts";

describe("the layout", () => {
  it("gives the least first, and shares the rest", () => {
    expect(divide(100, [10, { min: 5, grow: 1 }, { min: 5, grow: 3 }])).toEqual([10, 25, 65]);
    expect(divide(100, [{ grow: 1, max: 20 }, { grow: 1 }])).toEqual([20, 80]);
    expect(divide(12, [10, 10, 10])).toEqual([10, 2, 0]);
    expect(divide(-5, [1, { grow: 1 }])).toEqual([0, 0]);
  });

  it("never gives more than there is", () => {
    for (let total = 0; total < 60; total++) {
      const sizes = divide(total, [3, { min: 2, grow: 2, max: 9 }, { grow: 1 }, { min: 7 }]);
      expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(total);
    }
  });

  it("puts parts one behind another", () => {
    const rect = { x: 2, y: 3, width: 20, height: 9 };
    expect(rows(rect, 2, { grow: 1 })).toEqual([
      { x: 2, y: 3, width: 20, height: 2 },
      { x: 2, y: 5, width: 20, height: 7 },
    ]);
    expect(columns(rect, { grow: 1 }, 5).map(({ x, width }) => [x, width]))
      .toEqual([[2, 15], [17, 5]]);
  });
});

describe("the key table", () => {
  const table: readonly Binding<number, string>[] = [
    { keys: ["a", "up"], action: "first", label: "one", group: "G", footer: 2 },
    { keys: ["b"], action: "never", label: "two", group: "G", when: (n) => n > 5 },
    {
      keys: ["b"],
      action: "grey",
      label: "three",
      help: "three at length",
      group: "H",
      footer: 1,
      reason: (n) => n === 0 ? "it is zero" : undefined,
    },
  ];

  it("finds what a key does here", () => {
    expect(findBinding(table, 0, "up")?.action).toBe("first");
    expect(findBinding(table, 0, "b")?.action).toBe("grey");
    expect(findBinding(table, 9, "b")?.action).toBe("never");
    expect(findBinding(table, 0, "c")).toBeUndefined();
  });

  it("makes the footer, in its order and as far as it fits", () => {
    const buffer = createBuffer(20, 1);
    drawFooter(buffer, { x: 0, y: 0, width: 20, height: 1 }, table, 0);
    expect(bufferText(buffer)).toBe("b three  a ↑ one\n");
    const narrow = createBuffer(9, 1);
    drawFooter(narrow, { x: 0, y: 0, width: 9, height: 1 }, table, 0, true);
    expect(bufferText(narrow)).toBe("b three\n");
  });

  it("makes the help, with the reason why a key can't be used", () => {
    expect(helpLines(table, 0)).toEqual([
      { keys: "G" },
      { keys: "a ↑", text: "one" },
      { keys: "H" },
      { keys: "b", text: "three at length", reason: "it is zero" },
    ]);
  });
});

describe("themes", () => {
  function environment(vars: Record<string, string>) {
    return terminalLook((name) => vars[name], "linux");
  }

  for (
    const [vars, expected] of [
      [{ TERM: "xterm-256color", LANG: "C.UTF-8" }, { depth: 256, ascii: false, theme: "dark" }],
      [{ TERM: "linux", LANG: "C.UTF-8" }, { depth: 16, ascii: false, theme: "dark" }],
      [{ TERM: "xterm", COLORTERM: "truecolor", LC_ALL: "de_DE.utf8" }, {
        depth: 256,
        ascii: false,
        theme: "dark",
      }],
      [{ TERM: "xterm-256color", NO_COLOR: "1", LANG: "C" }, {
        depth: 0,
        ascii: true,
        theme: "monochrome",
      }],
      [{ TERM: "vt100-m", LANG: "POSIX" }, { depth: 0, ascii: true, theme: "monochrome" }],
      [{ TERM: "xterm-256color", NO_COLOR: "", LANG: "C.UTF-8", COLORFGBG: "0;15" }, {
        depth: 256,
        ascii: false,
        theme: "light",
      }],
    ] as const
  ) {
    it(`finds what ${JSON.stringify(vars)} can show`, () => {
      expect(environment(vars)).toEqual(expected);
    });
  }

  it("set every attribute anew, in each theme and depth", () => {
    for (const name of THEMES) {
      for (const depth of [256, 16, 0] as const) {
        const theme = createTheme(name, depth);
        for (const role of ROLES) {
          // deno-lint-ignore no-control-regex
          expect(theme.sgr(style(role, SELECTED))).toMatch(/^\x1b\[0(;\d+)*m$/);
          if (depth === 0) expect(theme.sgr(style(role))).not.toMatch(/;(3|4|9|10)\d/);
        }
        expect(theme.sgr(style("plain", SELECTED))).not.toBe(theme.sgr(style("plain")));
        expect(theme.sgr(style("tabActive"))).not.toBe(theme.sgr(style("tab")));
      }
    }
  });
});

describe("text", () => {
  it("is measured the same before and after the tables of Unicode are there", async () => {
    const texts = ["plain", "µ ± × · →", "漢字かな", "한국어", "🙂x", "👩‍💻", "e\u0301", "█▌▁▸⠁"];
    const before = texts.map((text) => graphemes(text));
    await loadWidths();
    expect(texts.map((text) => graphemes(text))).toEqual(before);
  });

  it("is cut and filled by cells", () => {
    expect(truncate("漢字かな", 5)).toBe("漢字…");
    expect(truncate("abc", 0)).toBe("");
    expect(pad("漢", 4)).toBe("漢  ");
    expect(pad("abc", 6, "right")).toBe("   abc");
    expect(pad("abcdef", 4)).toBe("abc…");
  });

  it("has an equivalent in ASCII", () => {
    expect(toAscii("5 ± 1 µs – naïve × 漢 …")).toBe("5 +- 1 us - naive x ? ~");
  });

  it("goes into the clipboard as far as terminals take it", () => {
    expect(clipboardSequence("é")).toBe("\x1b]52;c;w6k=\x07");
    expect(clipboardSequence("x".repeat(80_000))).toBeUndefined();
  });
});

describe("the pacer", () => {
  /** Runs a pacer on a clock that is moved by hand. */
  function pace() {
    const state = { now: 0, frames: [] as number[] };
    let timers: { at: number; call: () => void }[] = [];
    const clock: PacerClock = {
      now: () => state.now,
      after: (ms, call) => {
        const timer = { at: state.now + ms, call };
        timers.push(timer);
        return () => timers = timers.filter((t) => t !== timer);
      },
    };
    const pacer = createPacer(() => state.frames.push(state.now), clock);
    function until(end: number): void {
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers = timers.filter((t) => t !== next);
        state.now = next.at;
        next.call();
      }
      state.now = end;
    }
    return { pacer, until, frames: state.frames };
  }

  it("draws at once what comes after a while", () => {
    const { pacer, until, frames } = pace();
    until(1000);
    pacer.want(500);
    until(1000);
    expect(frames).toEqual([1000]);
  });

  it("draws at most twice a second, whatever is wanted, and the last state in the end", () => {
    const { pacer, until, frames } = pace();
    for (let now = 0; now <= 3000; now += 7) {
      until(now);
      pacer.want(500);
    }
    until(5000);
    expect(frames).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000, 3500].slice(0, frames.length));
    expect(frames.length).toBeGreaterThanOrEqual(7);
  });

  it("does not wait longer than the latest wish asks for", () => {
    const { pacer, until, frames } = pace();
    pacer.want(0);
    until(10);
    pacer.want(500);
    pacer.want(100);
    until(1000);
    expect(frames).toEqual([0, 100]);
  });

  it("draws nothing after its end", () => {
    const { pacer, until, frames } = pace();
    pacer.want(0);
    pacer.stop();
    until(1000);
    pacer.now();
    expect(frames).toEqual([]);
  });
});
