import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { renderTrend } from "../../lib/report/trend.ts";
import { TrendSchema } from "../../lib/store/documents.ts";
import {
  findCase,
  type History,
  trendOf,
  type TrendOptions,
  useHistory,
} from "../../lib/store/mod.ts";
import { type Home, idOf, type MadeRun, makeHome, writeJournal } from "./_runs.ts";

const CASE = "mine/one[n=1]";

describe("the trend of a case", () => {
  let home: Home;

  beforeEach(() => {
    home = makeHome();
  });

  afterEach(() => home[Symbol.dispose]());

  /** Writes a run for each level. */
  function write(levels: readonly number[], more: (i: number) => Partial<MadeRun> = () => ({})) {
    levels.forEach((level, i) =>
      writeJournal(home.folder, {
        id: idOf(i),
        levels: { one: level },
        samples: 11,
        noise: 0.02,
        ...more(i),
      })
    );
  }

  function use<T>(read: (history: History) => T): T {
    return useHistory(read, { folder: home.folder });
  }

  const trend = (options?: TrendOptions) => use((history) => trendOf(history, CASE, options));

  it("finds the run from which on a case is slower, and what changed with it", () => {
    write(
      [...Array(12).fill(0.1), ...Array(10).fill(0.12)],
      (i) => ({ toolchain: { name: "go", version: i < 12 ? "1.25.0" : "1.26.8" } }),
    );
    const document = trend();
    expect(v.is(TrendSchema, document)).toBe(true);
    expect(document.points).toHaveLength(22);
    expect(document.changePoints).toHaveLength(1);
    const [change] = document.changePoints;
    expect(change).toMatchObject({ index: 12, runId: idOf(12) });
    expect(change!.ratio).toBeCloseTo(0.1 / 0.12, 2);
    expect(change!.differs).toEqual([{ field: "toolchain", a: "go 1.25.0", b: "go 1.26.8" }]);
    const text = renderTrend(document, { width: 80 });
    expect(text).toContain(`▲ since 2026-01-01 12:00, run ${idOf(12)}: 1.2`);
    expect(text).toContain("× slower");
    expect(text).toContain("toolchain go 1.25.0 → go 1.26.8");
    expect(text.split("\n").filter((line) => line.includes("▲"))).toHaveLength(2);
    for (const line of text.split("\n")) expect([...line].length).toBeLessThanOrEqual(80);
  });

  it("finds none in a flat series, and says when there are too few runs", () => {
    write(Array(24).fill(0.1));
    expect(trend().changePoints).toEqual([]);
    expect(renderTrend(trend())).toContain("No change of level");
    expect(renderTrend(trend({ limit: 4 }))).toContain("Too few runs");
    expect(trend({ limit: 4 }).omitted).toEqual({ otherMachines: 0, older: 20 });
  });

  it("says so when runs resemble their neighbours, so that a change may be none", () => {
    // A step up, then each level three times: noise that lasts.
    const noise = [
      3,
      3,
      3,
      -4,
      -4,
      -4,
      1,
      1,
      1,
      -2,
      -2,
      -2,
      4,
      4,
      4,
      -3,
      -3,
      -3,
      2,
      2,
      2,
      -1,
      -1,
      -1,
    ];
    write(noise.map((percent, i) => (i < 12 ? 0.1 : 0.15) * (1 + percent / 100)));
    const document = trend();
    expect(document.changePoints.map(({ index }) => index)).toContain(12);
    expect(document.resemblance).toBeGreaterThan(0.41);
    expect(renderTrend(document)).toContain("Neighbouring runs resemble each other");
    const steady = { ...document, resemblance: 0.1 };
    expect(renderTrend(steady)).not.toContain("resemble");
  });

  it("follows one machine, and counts what it leaves out", () => {
    write(
      Array(10).fill(0.1),
      (i) => i < 4 ? { environment: { cpuModel: "Another processor" } } : {},
    );
    expect(trend().points.map(({ runId }) => runId)).toEqual([4, 5, 6, 7, 8, 9].map(idOf));
    expect(trend().omitted.otherMachines).toBe(4);
    expect(renderTrend(trend())).toContain("Left out: 4 of other machines");
    expect(trend({ until: "2026-01-01T04:00:00.000Z" }).points).toHaveLength(4);
  });

  it("follows another metric", () => {
    write(Array(8).fill(0.1));
    const document = trend({ metric: "maxRssKb" });
    expect(document.points[0]!.median).toBe(2001);
    expect(renderTrend(document)).toContain("peak memory");
    expect(() => trend({ metric: "nothing" })).toThrow("with the metric nothing");
  });

  it("draws one run, and in ASCII", () => {
    write([0.1]);
    const text = renderTrend(trend(), { ascii: true, width: 60 });
    expect(text).toContain("median of each of 1 run");
    // deno-lint-ignore no-control-regex
    expect(text).toMatch(/^[\x00-\x7f]*$/);
  });

  it("finds a case by a part of its name", () => {
    writeJournal(home.folder, { id: idOf(1), levels: { go: 0.1, "go-routines": 0.1, rust: 0.1 } });
    const find = (text: string) => use((history) => findCase(history, text));
    expect(find("mine/go")).toBe("mine/go[n=1]");
    expect(find("rust")).toBe("mine/rust[n=1]");
    expect(() => find("go")).toThrow("go fits 2 cases: mine/go-routines[n=1] mine/go[n=1]");
    expect(() => find("mine/rost[n=1]")).toThrow("did you mean mine/rust[n=1]?");
  });
});
