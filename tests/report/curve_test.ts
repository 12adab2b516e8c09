import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { type CurveOptions, drawCurves } from "../../lib/report/curve.ts";
import { displayWidth } from "../../lib/report/_text.ts";
import { place, placeAxis, ticks, valueAxis } from "../../lib/report/_axis.ts";

const OPTIONS: CurveOptions = { xTitle: "workers", yTitle: "speed-up", width: 40, height: 6 };

/** Draws points; trailing spaces do not count. */
function draw(
  series: Parameters<typeof drawCurves>[0],
  options: Partial<CurveOptions> = {},
): string {
  return drawCurves(series, { ...OPTIONS, ...options }).join("\n");
}

describe("drawCurves", () => {
  it("draws marks, lines, values beside them and a legend", () => {
    const series = [
      { label: "go", points: [1, 2, 3, 4].map((x) => ({ x, y: x })) },
      { label: "cpython", points: [1, 2, 3, 4].map((x) => ({ x, y: 1 })) },
    ];
    expect(draw(series, { ascii: true })).toBe(`speed-up
4 +                               .....o
  |                      ..o.......
  |             ..........
2 +     .......o.
  |o...........*...........*...........*
0 +
  +-------------------------------------
   1           2           3           4
   workers
   o go   * cpython`);
    expect(draw(series)).toContain("4 ┤                               ⢀⣀⡠⠤⠤●");
  });

  it("never exceeds the width, and uses ASCII alone where asked to", () => {
    const series = Array.from({ length: 20 }, (_, i) => ({
      label: `a variant with a long name ${i} 名前`,
      points: [{ x: 1, y: i + 1 }, { x: 1e6, y: 1e9 * (i + 1) }, { x: 1e12, y: 5 }],
    }));
    for (const width of [30, 40, 63, 200]) {
      for (const ascii of [false, true]) {
        const lines = drawCurves(series, { ...OPTIONS, width, ascii });
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        if (ascii) expect(lines.join("")).toMatch(/^[\x20-\x7e]*$/);
      }
    }
    expect(draw(series)).toContain("8 more are not drawn");
  });

  it("says which axes are logarithmic", () => {
    const far = [{ label: "a", points: [1e3, 1e4, 1e5, 1e6].map((x) => ({ x, y: x / 1000 })) }];
    expect(draw(far, { width: 60 })).toContain("workers (logarithmic: bottom and side)");
    const near = [{ label: "a", points: [1, 2, 3].map((x) => ({ x, y: x })) }];
    expect(draw(near)).not.toContain("logarithmic");
  });

  it("draws a law in the place of lines, and a dotted line to compare with", () => {
    const points = [1, 2, 3, 4].map((x) => ({ x, y: 1 }));
    const plain = draw([{ label: "a", points }], { ascii: true });
    const law = draw([{ label: "a", points, law: (x) => x / 4 }], { ascii: true });
    expect(law).not.toBe(plain);
    const guided = draw([{ label: "a", points }], {
      ascii: true,
      guide: { label: "as many as workers", at: (x) => x / 4 },
    });
    expect(guided).toContain(".. as many as workers");
  });

  it("draws a single point and equal values", () => {
    expect(draw([{ label: "a", points: [{ x: 4, y: 2 }] }])).toContain("●");
    expect(draw([{ label: "a", points: [{ x: 0, y: 0 }, { x: 1, y: 0 }] }])).toContain("●");
  });

  it("lets no escape of a label or title through", () => {
    const text = draw([{ label: "\x1b[31ma\u202e", points: [{ x: 1, y: 1 }] }], {
      yTitle: "a\nb",
      xTitle: "\x07",
    });
    // deno-lint-ignore no-control-regex
    expect(text.replaceAll("\n", "")).not.toMatch(/[\x00-\x1f\u202e]/);
  });
});

describe("axes", () => {
  it("at the bottom are logarithmic where values follow one another by a factor", () => {
    expect(placeAxis([1e3, 1e4, 1e5]).kind).toBe("log");
    expect(placeAxis([1, 2, 4, 8, 16]).kind).toBe("log");
    expect(placeAxis([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]).kind).toBe("linear");
    expect(placeAxis([1, 2, 4]).kind).toBe("linear");
    expect(placeAxis([0, 10, 1000]).kind).toBe("linear");
  });

  it("at the side begin at zero, unless the range is far", () => {
    expect(valueAxis([10, 20])).toMatchObject({ kind: "linear", min: 0 });
    expect(valueAxis([-5, 20])).toMatchObject({ kind: "linear", min: -5 });
    expect(valueAxis([1, 31])).toMatchObject({ kind: "log" });
    expect(valueAxis([0, 31])).toMatchObject({ kind: "linear" });
  });

  it("place values between their ends", () => {
    expect(place(100, { kind: "log", min: 1, max: 10_000 })).toBeCloseTo(0.5, 12);
    expect(place(3, { kind: "linear", min: 1, max: 5 })).toBe(0.5);
  });

  it("have round values, as few as there is room for", () => {
    expect(ticks({ kind: "linear", min: 0, max: 8.4 }, 5)).toEqual([0, 2, 4, 6, 8]);
    expect(ticks({ kind: "linear", min: 0, max: 0.031 }, 4)).toEqual([0, 0.01, 0.02, 0.03]);
    expect(ticks({ kind: "log", min: 0.9, max: 110 }, 7)).toEqual([1, 2, 5, 10, 20, 50, 100]);
    expect(ticks({ kind: "log", min: 0.9, max: 110 }, 5)).toEqual([1, 3, 10, 30, 100]);
    expect(ticks({ kind: "log", min: 0.9, max: 1e9 }, 4)).toEqual([1, 1000, 1e6, 1e9]);
  });
});
