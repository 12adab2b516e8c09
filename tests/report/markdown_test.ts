import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { markdownExporter } from "../../lib/report/markdown.ts";
import { HOSTILE, okCase, PLAIN, RICH, withScenarios } from "./fixtures.ts";

/** The cells of a row after GitHub's specification: a backslash before a pipe makes it literal. */
function cells(line: string): string[] {
  const parts = line.split(/(?<!\\)\|/);
  expect(parts[0]).toBe("");
  expect(parts.at(-1)).toBe("");
  return parts.slice(1, -1).map((cell) => cell.trim());
}

/** All tables: consecutive lines that begin with a pipe. */
function tables(text: string): string[][][] {
  return text.split(/\n(?!\|)/).map((block) => block.split("\n").filter((l) => l.startsWith("|")))
    .filter((lines) => lines.length > 0).map((lines) => lines.map(cells));
}

describe("markdown", () => {
  it("has a table a scenario and one for the gate, every row as long as its heading", () => {
    const all = tables(markdownExporter.render(RICH));
    expect(all.map((rows) => rows.length)).toEqual([13, 5, 5]);
    for (const rows of all) {
      expect(new Set(rows.map((row) => row.length)).size).toBe(1);
      expect(rows[1]!.every((cell) => /^-{3}:?$/.test(cell))).toBe(true);
    }
  });

  it("shows measured and published figures side by side, what has no result last", () => {
    const [rows] = tables(markdownExporter.render(PLAIN));
    expect(rows![0]).toEqual([
      "variant",
      "time",
      "per iteration",
      "CPU",
      "peak memory",
      "relative",
      "published",
    ]);
    expect(rows![2]).toEqual([
      "go",
      "12.33 ms ± 0.05",
      "1.233 ns",
      "100 %",
      "≤ 1.78 MB",
      "64.2 × faster (62.9–65.5)",
      "64.2 × faster",
    ]);
    expect(rows![5]!.slice(5)).toEqual(["reference", "79.18 s"]);
    expect(rows!.at(-4)).toEqual([
      "typescript",
      "unavailable: deno was not found on PATH",
      "",
      "",
      "",
      "",
      "",
    ]);
    expect(markdownExporter.render(PLAIN)).toContain(
      "Published: figures of nanog90, from another machine, not measured in this run\n",
    );
  });

  it("takes nothing of a text for Markdown or HTML", () => {
    const text = markdownExporter.render(RICH);
    expect(text).not.toMatch(/<(?!br)/);
    expect(text).not.toMatch(/(?<!\\)[`*~]/);
    expect(text).toContain('\\|"/c calc"'.replace("\\|", "\\|"));
    expect(text).toContain("&lt;b&gt;&amp;amp;&lt;/b&gt;");
    expect(text).toContain("\\`x\\` \\*y\\* \\_z\\_ \\[l\\](u)");
    expect(HOSTILE).toContain("`x`");
  });

  it("begins no block with a text from outside", () => {
    const warnings = ["# no heading", "1. no list", "- no item", "+ no item", "=== no heading"]
      .map((message) => ({ code: "x", message, advice: "" }));
    const text = markdownExporter.render(withScenarios([{
      name: "s",
      kind: "bench",
      title: "t",
      warnings,
      cases: [okCase("a", 1, { params: { "1. n": 1 } })],
    }]));
    expect(text.split("\n").filter((line) => line.startsWith("- "))).toEqual([
      "- \\# no heading",
      "- 1\\. no list",
      "- \\- no item",
      "- \\+ no item",
      "- \\=== no heading",
    ]);
    expect(text).toContain("\n1\\. n=1; time: median");
  });

  it("keeps long outputs short", () => {
    const rows = tables(markdownExporter.render(PLAIN))[0]!;
    const wrong = rows.find(([variant]) => variant === "rust-bad")!;
    expect(wrong[1]!.length).toBeLessThan(400);
    expect(wrong[1]).toContain('expected "5000000&#92;n", got "4999999&#92;nxxx');
  });
});
