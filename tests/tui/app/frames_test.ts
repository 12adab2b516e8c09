import { expect } from "@std/expect";
import { beforeAll, describe, it } from "@std/testing/bdd";
import { frame } from "../../../cli/tui/frame.ts";
import type { State } from "../../../cli/tui/state.ts";
import {
  cellWidth,
  type ColorDepth,
  createTheme,
  diff,
  loadWidths,
  roleOf,
  type ThemeName,
  THEMES,
} from "../../../lib/tui/mod.ts";
import { fullState, probesOf, watchOf } from "./_data.ts";
import { press, screenText } from "./_drive.ts";
import { expectSnapshot } from "./_snapshot.ts";

beforeAll(loadWidths);

const SIZES = [[80, 24], [120, 40], [60, 20]] as const;

/** The screens that are kept, and the keys that lead to them. */
const SCREENS:
  readonly (readonly [name: string, keys: readonly string[], more?: Partial<State>])[] = [
    ["overview", []],
    ["category", ["4"]],
    ["evidence", ["4", "j", "enter"]],
    ["run", ["4", "j", "enter", "G", "k", "enter"]],
    ["samples", ["4", "j", "enter", "G", "k", "enter", "enter"]],
    ["source", ["4", "j", "enter", "G", "k", "enter", "enter", "enter"]],
    ["lab", ["0"]],
    ["setup", ["0", "enter", "j", "j"]],
    ["watch", ["0", "w"], { live: { watch: watchOf(8) } }],
    ["claims", [":claims", "enter"]],
    ["claim", [":claims", "enter", "enter"]],
    ["probes", [":probes", "enter"], { live: { probes: probesOf(30) } }],
    ["history", [":history", "enter", "j"]],
    ["help", ["?"]],
  ];

describe("frames", () => {
  for (const [width, height] of SIZES) {
    for (const [name, keys, more] of SCREENS) {
      it(`draws ${name} at ${width} × ${height}`, () => {
        const { state } = press(fullState(width, height, more), ...keys);
        const text = screenText(state);
        const lines = text.split("\n").slice(0, -1);
        expect(lines.length).toBe(height);
        for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(width);
        expectSnapshot(`${name}-${width}x${height}`, text);
      });
    }
  }

  for (const theme of THEMES) {
    for (const [width, height] of SIZES) {
      it(`draws the overview in the theme ${theme} at ${width} × ${height}`, () => {
        expectSnapshot(
          `theme-${theme}-${width}x${height}`,
          painted(fullState(width, height, { theme }), theme, 256),
        );
      });
    }
  }

  it("draws without colours where there are none, whatever the theme", () => {
    const plain = painted(fullState(80, 24), "dark", 0);
    expect(plain).toBe(painted(fullState(80, 24), "monochrome", 256));
    expect(plain).not.toMatch(/;[34]8;5;/);
  });

  it("says with words or signs what colours say", () => {
    // The selected row, the active tab, verdicts and failures, each without any style.
    expect(screenText(fullState(80, 24))).toMatch(/^\[1 Overview\]/);
    expect(screenText(fullState(80, 24))).toMatch(/^▸ Language/m);
    const claims = screenText(press(fullState(80, 24), ":claims", "enter").state);
    for (const verdict of ["reproduced", "refuted", "not-run"]) expect(claims).toContain(verdict);
    const run = screenText(press(fullState(80, 24), ...SCREENS[3]![1]).state);
    expect(run).toContain("wrong-output");
    expect(run).toContain("faster");
  });

  it("draws in ASCII where nothing else can be shown", () => {
    for (const [, keys, more] of SCREENS) {
      const { state } = press(fullState(80, 24, { ...more, ascii: true }), ...keys);
      expect(screenText(state)).toMatch(/^[\x20-\x7e\n]*$/);
    }
  });

  it("lets no escape of anybody's data through", () => {
    const { state } = press(fullState(80, 24), ...SCREENS[3]![1], "G");
    expect(screenText(state)).toContain("printed ?[31m7");
  });

  for (const [width, height] of [[59, 20], [60, 19], [20, 5], [1, 1], [3, 200]] as const) {
    it(`says that ${width} × ${height} is too small`, () => {
      const text = screenText(fullState(width, height));
      expect(text.split("\n").length).toBe(height + 1);
      if (width >= 20) expect(text.replace(/\s+/g, " ")).toContain("60 x 20 cells are needed");
    });
  }

  it("draws every screen at every size without a crash", () => {
    for (const [, keys, more] of SCREENS) {
      const { state } = press(fullState(80, 24, more), ...keys);
      for (const width of [1, 2, 59, 60, 61, 77, 100, 240]) {
        for (const height of [1, 2, 19, 20, 21, 50]) {
          const { buffer } = frame({ ...state, size: { width, height } }, width, height);
          expect(buffer.text.length).toBe(width * height);
        }
      }
    }
  });

  it("draws before anything was read", () => {
    const data = { state: "loading" } as const;
    const empty = fullState(80, 24, {
      data: { score: data, claims: data, history: data, scenarios: data },
      runs: {},
      sources: {},
    });
    expect(screenText(empty)).toContain("reading the scorecard");
    for (const tab of ["0", ":claims", ":history", ":probes"]) {
      expect(screenText(press(empty, tab, "enter").state)).toMatch(/reading|Nothing is probed/);
    }
  });

  it("shows why something could not be read", () => {
    const data = { state: "failed", message: "the card is damaged" } as const;
    const failed = fullState(80, 24, {
      data: { score: data, claims: data, history: data, scenarios: data },
    });
    for (const tab of ["1", "0", ":claims", ":history"]) {
      expect(screenText(press(failed, tab, "enter").state)).toContain("the card is damaged");
    }
  });
});

/** A frame with its escape sequences, made visible. */
function painted(state: State, theme: ThemeName, depth: ColorDepth): string {
  const { width, height } = state.size;
  const drawn = frame(state, width, height);
  expect([...drawn.buffer.style].map(roleOf)).toContain("series2");
  return diff(undefined, drawn, createTheme(theme, depth))
    .replaceAll("\x1b", "␛").replace(/␛\[(\d+);1H/g, "\n$&") + "\n";
}
