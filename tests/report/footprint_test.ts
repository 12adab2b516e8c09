/** Footprints as text, tables and files. */
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { diffFootprints, type FootprintDocument } from "../../lib/footprint/mod.ts";
import {
  footprintCsv,
  footprintExporterFor,
  footprintMarkdown,
  renderFootprint,
  renderFootprintDiff,
  renderFootprintTable,
} from "../../lib/report/footprint.ts";
import { footprint } from "../footprint/trace/_footprint.ts";

/** A footprint whose texts try to act on whoever shows them. */
function hostile(): FootprintDocument {
  const evil = '/x/\x1b[31mred\x07\n|`*_[a](b)<b>\u202etxt,"q"';
  const document = footprint();
  return {
    ...document,
    command: ["sh", "-c", evil],
    files: [
      { ...document.files[0]!, path: evil, owner: `pypi:${evil}` },
      ...document.files.slice(1),
    ],
    missed: { ...document.missed, byPath: [{ path: evil, count: 12 }] },
    sockets: [{ family: "unix", address: evil, use: "bind", count: 1 }],
    environment: { PYTHONPATH: evil },
    partial: { reason: evil },
    warnings: [{ code: "x", message: evil, advice: evil }],
  };
}

/** What a terminal would act on. */
// deno-lint-ignore no-control-regex -- they are what must not be there
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

function longest(text: string): number {
  return Math.max(...text.split("\n").map((line) => [...line].length));
}

describe("the text of a footprint", () => {
  it("shows totals, owners with their files, packages, misses, sockets and warnings", () => {
    const text = renderFootprint(footprint(), { width: 100 });
    for (
      const words of [
        "python3 app.py 'a b'",
        "3 files opened (3 times): 350 B on disk, 175 B read, 0 B mapped",
        "12 look-ups found nothing: newfstatat 10, openat 2",
        "2 processes, 2 more threads · exit 0 · traced 50.00 ms (untraced 30.00 ms)",
        "pypi:thing@1.0",
        "├─ /lib/a.py",
        "└─ /lib/b.py",
        "unattributed",
        "/usr/lib (the loader's path)",
        "connect [2001:db8::1]:443 (stream)",
        "PYTHONPATH",
        "  python3 app.py 'a b' (2 more threads)",
        "    sh (SIGKILL)",
        "It is static. Look inside.",
      ]
    ) expect(text).toContain(words);
    expect(text).toMatch(/pypi:thing +1\.0 +direct +yes +late +2/);
    expect(text).not.toContain("deb:libc6");
  });

  it("folds long branches, unless everything is asked for", () => {
    const document = footprint();
    const many = Array.from({ length: 50 }, (_, i) => ({
      ...document.files[0]!,
      path: `/lib/module-${i}.py`,
    }));
    const long = { ...document, files: many };
    const folded = renderFootprint(long);
    expect(folded).toContain("47 more files");
    expect(folded).not.toContain("module-3.py");
    const whole = renderFootprint(long, { verbose: true });
    expect(whole).toContain("module-49.py");
    expect(whole).not.toContain("more files");
  });

  it("fits the width, without colours and beyond ASCII only where that is allowed", () => {
    for (const width of [40, 60, 80, 200]) {
      const text = renderFootprint(hostile(), { width, ascii: true });
      expect(longest(text)).toBeLessThanOrEqual(width);
      expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    }
  });

  it("draws processes below their parents, whatever their order and however many", () => {
    const document = footprint();
    const process = (pid: number, parent: number) => ({
      pid,
      parent,
      argv: [`p${pid}`],
      threads: 0,
    });
    const chain = Array.from({ length: 300 }, (_, i) => process(20 + i, 19 + i));
    const text = renderFootprint(
      {
        ...document,
        processes: [...document.processes, process(12, 11), ...chain, process(13, 10)],
      },
      { verbose: true },
    );
    expect(text).toMatch(/\n {4}sh \(SIGKILL\)\n {6}p12 \(still running\)\n {4}p13 /);
    expect(text).toContain("p319");
    const circle = [process(30, 31), process(31, 30)];
    expect(renderFootprint({ ...document, processes: circle })).toContain("Processes");
  });

  it("marks a footprint that is not whole", () => {
    const text = renderFootprint({ ...footprint(), partial: { reason: "the time was up" } });
    expect(text).toContain("Not all was seen: the time was up");
  });

  it("lets nothing through that a terminal would act on", () => {
    expect(renderFootprint(hostile(), { verbose: true })).not.toMatch(CONTROLS);
    const compared = [
      { label: "a\x1b[0m", document: footprint() },
      { label: "b", document: hostile() },
    ] as const;
    const diff = diffFootprints(footprint(), hostile());
    expect(renderFootprintDiff(diff, compared)).not.toMatch(CONTROLS);
  });
});

describe("footprints beside each other", () => {
  it("are rows with the same figures", () => {
    const table = renderFootprintTable([
      { label: "cpython", document: footprint() },
      { label: "go", document: { ...footprint(), opened: { count: 2, unique: 2 } } },
    ]);
    const [head, first, second] = table.split("\n");
    expect(head).toMatch(/program +files +opens +missed +on disk/);
    expect(first).toMatch(/^cpython +3 +3 +12 +350 B/);
    expect(second).toMatch(/^go +2 +2/);
  });

  it("lose figures where there is no room, and keep the files", () => {
    const table = renderFootprintTable([{ label: "cpython", document: footprint() }], {
      width: 40,
    });
    expect(longest(table)).toBeLessThanOrEqual(40);
    expect(table).toMatch(/files .*on disk/);
  });

  it("differ by files and packages", () => {
    const before = footprint();
    const after = {
      ...before,
      files: before.files.slice(1),
      packages: [{ ...before.packages[0]!, version: "2.0" }],
    };
    const text = renderFootprintDiff(diffFootprints(before, after), [
      { label: "old.json", document: before },
      { label: "new.json", document: after },
    ]);
    expect(text).toContain("- deb:libc6");
    expect(text).toContain("~ pypi:thing 1.0 → 2.0");
    expect(text).toContain("Files: 1 file less, 0 files more, 2 in both");
    expect(text).toContain("- /lib/a.py");
  });
});

describe("files of a footprint", () => {
  it("are chosen by their names", () => {
    const document = footprint();
    expect(JSON.parse(footprintExporterFor("x/a.JSON")(document))).toEqual(document);
    expect(footprintExporterFor("a.csv")).toBe(footprintCsv);
    expect(footprintExporterFor("a.md")).toBe(footprintMarkdown);
    expect(footprintExporterFor("a.txt")(document)).toContain("/lib/a.py");
    for (const name of ["a.xml", ".json", "json", ""]) {
      expect(() => footprintExporterFor(name)).toThrow(".json, .csv, .md, .txt");
    }
  });

  it("have a row of values for everything that was opened", () => {
    const rows = footprintCsv(footprint()).split("\r\n");
    expect(rows).toEqual([
      "path,pathBase64,kind,owner,rule,bytes,readBytes,mappedBytes,opens,firstAtS",
      "/lib/a.py,,file,pypi:thing@1.0,python-record,100,50,0,1,0.01",
      "/lib/b.py,,file,pypi:thing@1.0,python-record,200,100,0,1,0.01",
      "/srv/odd,,file,,unattributed,50,25,0,1,0.01",
      "/srv,,directory,,unattributed,0,0,0,1,0.01",
      "",
    ]);
  });

  it("quote what would break a row of values", () => {
    const [, row] = footprintCsv(hostile()).split("\r\n");
    expect(row!.startsWith('"/x/\\x1b[31mred\\x07\\n')).toBe(true);
    expect(row!.split(",").length).toBe(10 + 2);
    expect(row).toContain('""q""');
    expect(row).not.toMatch(CONTROLS);
  });

  it("are Markdown in which texts are only texts", () => {
    const text = footprintMarkdown(footprint());
    expect(text).toContain("| files | 3 |");
    expect(text).toContain("| pypi:thing | 1.0 | direct | yes | late | 2 | 300 B |");
    expect(text).toContain("## Looked for and not found");
    const bad = footprintMarkdown(hostile());
    expect(bad).not.toMatch(CONTROLS);
    expect(bad).not.toMatch(/<b>|\[a\]\(b\)|`|\*/);
    const rows = bad.split("\n").filter((line) => line.startsWith("|"));
    const columns = new Set(rows.map((row) => row.split("|").length));
    expect([...columns].every((count) => count >= 4 && count <= 9)).toBe(true);
  });
});
