import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { csvExporter } from "../../lib/report/csv.ts";
import { HOSTILE, okCase, RICH, withScenarios } from "./fixtures.ts";

/** A reader after RFC 4180, section 2. Anything else is an error. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const record: string[] = [];
    for (;;) {
      const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
      field.lastIndex = at;
      const match = field.exec(text);
      if (match === null) throw new Error(`No field at ${at}: ${text.slice(at, at + 40)}`);
      record.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
      at = field.lastIndex;
      if (match[3] === "\r\n") break;
    }
    records.push(record);
  }
  return records;
}

function parsed(record = RICH): Record<string, string>[] {
  const [header, ...rows] = parseCsv(csvExporter.render(record));
  return rows.map((row) => Object.fromEntries(header!.map((name, i) => [name, row[i]!])));
}

describe("csv", () => {
  it("has one record a case, all as long as the header", () => {
    const [header, ...rows] = parseCsv(csvExporter.render(RICH));
    expect(rows).toHaveLength(14);
    expect(new Set(header).size).toBe(header!.length);
    expect(rows.every((row) => row.length === header!.length)).toBe(true);
  });

  it("carries every figure without loss, and nothing where nothing was measured", () => {
    const go = parsed().find(({ caseId }) => caseId === "flipsum/go[n=10000000]")!;
    const source = RICH.scenarios[0]!.cases.find(({ variant }) => variant === "go")!;
    for (const [metric, summary] of Object.entries(source.summary)) {
      for (const [part, value] of Object.entries(summary)) {
        expect(Number(go[`${metric}.${part}`])).toBe(value);
      }
    }
    expect(go).toMatchObject({
      scenario: "flipsum",
      status: "ok",
      samples: "143",
      "param.n": "10000000",
      "param.mode": "",
      "treeRssKb.median": "",
      "maxRssKb.bound": "upper",
      "relative.toCaseId": "flipsum/cpython[n=10000000]",
      "relative.ratio": "64.21",
      "relative.verdict": "faster",
      "build.linkage": "static",
    });
    const missing = parsed().find(({ variant }) => variant === "typescript")!;
    expect(missing).toMatchObject({
      status: "unavailable",
      reason: "deno was not found on PATH",
      samples: "0",
      "wallS.median": "",
      "maxRssKb.bound": "",
    });
  });

  it("keeps quotation marks and commas, and writes control characters visibly", () => {
    const hostile = parsed().at(-1)!;
    expect(hostile.variant).toContain('=cmd|"/c calc"!A1, <b>&amp;</b> | \\|');
    expect(hostile.variant).toContain("\\x1b[31mred");
    expect(hostile.variant).toContain("\\r\\nnext\\x00");
    expect(HOSTILE).toContain("\x1b");
  });

  it("makes no formula of a text, and leaves negative numbers alone", () => {
    const texts = ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", "|x", "a=1"];
    const record = withScenarios([{
      name: "s",
      kind: "bench",
      title: "",
      warnings: [],
      cases: texts.map((variant, i) =>
        okCase(variant, 1, {
          caseId: String(i),
          summary: { balance: { median: -2.5, low: -3, high: -2, min: -4, max: -1 } },
        })
      ),
    }]);
    const rows = parsed(record);
    expect(rows.map(({ variant }) => variant)).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@SUM(A1)",
      "' =1",
      "'＝1",
      "'|x",
      "a=1",
    ]);
    expect(rows[0]!["balance.median"]).toBe("-2.5");
  });
});
