/** Scenarios of kind footprint as table, CSV, Markdown and anonymised. */
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import type { FootprintDocument, FootprintPackage } from "../../lib/footprint/types.ts";
import { type CaseResult, type RunRecord, RunRecordSchema } from "../../lib/record/schema.ts";
import { exporterFor, renderRun } from "../../lib/report/mod.ts";
import { anonymize } from "../../lib/report/anonymize.ts";

const PACKAGE: FootprintPackage = {
  ecosystem: "pypi",
  name: "paramiko",
  files: 2,
  bytes: 2000,
  declared: true,
  installed: true,
  opened: true,
  direct: true,
};

/** A footprint of so many regular files and two others. */
function footprint(files: number, more: Partial<FootprintDocument> = {}): FootprintDocument {
  return {
    schema: "versus.footprint/1",
    command: ["/home/ann/app"],
    cwd: "/home/ann",
    startedAt: "2026-01-02T03:04:05Z",
    exitCode: 0,
    method: "strace-seccomp",
    opened: { count: files + 1, unique: files },
    missed: { count: 7, bySyscall: { openat: 7 }, byPath: [{ path: "/home/ann/lib", count: 7 }] },
    bytes: { onDisk: 1024 * files, read: 512 * files, mapped: 256 },
    files: [
      ...Array.from({ length: files }, (_, i) => ({
        path: `/home/ann/lib/f${i}.py`,
        kind: "file" as const,
        ...(i === 1 ? { rule: "unattributed" } : { owner: "pypi:paramiko", rule: "python-record" }),
        bytes: 1024,
        readBytes: 512,
        mappedBytes: 0,
        opens: 1,
        firstAtS: 0.001,
      })),
      ...["/proc/self/maps", "/home/ann"].map((path, i) => ({
        path,
        kind: i === 0 ? "proc" as const : "directory" as const,
        rule: "kernel",
        readBytes: 0,
        mappedBytes: 0,
        opens: 1,
        firstAtS: 0.002,
      })),
    ],
    packages: files === 0 ? [] : [
      PACKAGE,
      { ...PACKAGE, name: "idle", declared: false, opened: false, files: 0, bytes: 0 },
      { ...PACKAGE, ecosystem: "deb", name: "libc6", declared: false },
    ],
    sockets: [],
    processes: [],
    environment: {},
    time: { untracedS: 0.05, tracedS: 0.25 },
    warnings: [],
    ...more,
  };
}

function summary(median: number) {
  return { median, low: median, high: median, min: median, max: median };
}

function traced(variant: string, document: FootprintDocument | undefined): CaseResult {
  return {
    caseId: `client/${variant}`,
    variant,
    language: "python",
    params: {},
    status: "ok",
    build: { artifactBytes: 2048, linkage: variant === "go" ? "dynamic" : "script" },
    samples: [],
    summary: { wallS: summary(0.05) },
    ...(document === undefined ? {} : { footprint: document }),
    warnings: [],
  };
}

function recordOf(...cases: CaseResult[]): RunRecord {
  return {
    schema: "versus.run/1",
    id: "run",
    startedAt: "2026-01-02T03:04:05Z",
    seed: 1,
    version: "0",
    primaryMetric: "wallS",
    confidence: 0.95,
    environment: {
      os: "linux",
      kernel: "6",
      cpuModel: "cpu",
      cores: 2,
      affinity: [0, 1],
      memTotalKb: 1,
      runtime: "deno",
      packages: "airgap",
    },
    scenarios: [{
      name: "client",
      kind: "footprint",
      title: "What a client drags in",
      warnings: [],
      cases,
    }],
  };
}

const PYTHON: CaseResult = {
  ...traced("cpython", footprint(300)),
  published: [{
    source: "a-talk",
    metric: "filesOpened",
    value: 269,
    unit: "",
    note: "counted another way",
  }],
};
const RECORD = recordOf(
  PYTHON,
  traced("go", footprint(3)),
  traced("static", footprint(0)),
  { ...traced("broken", undefined), status: "failed", reason: "exit code 7 while it was traced" },
);

/** The cells of a table's row, by heading; cells stand below their headings. */
function rowOf(text: string, variant: string): Record<string, string> {
  const lines = text.split("\n").map((line) => line.trim().split(/ {2,}/));
  const titles = lines.find(([first]) => first === "variant")!;
  const cells = lines.find(([first]) => first === variant)!;
  return Object.fromEntries(titles.map((title, i) => [title, cells[i] ?? ""]));
}

describe("the table of a scenario of kind footprint", () => {
  const text = renderRun(RECORD, { width: 200 });

  it("shows what each case opened, and both times", () => {
    expect(rowOf(text, "cpython")).toEqual({
      variant: "cpython",
      files: "300",
      other: "2",
      relative: "reference",
      published: "269",
      missed: "7",
      "on disk": "300 KB",
      read: "150 KB",
      mapped: "256 B",
      packages: "1/2/1",
      artifact: "2.00 KB",
      linkage: "script",
      untraced: "50.00 ms",
      traced: "250.0 ms",
    });
  });

  it("compares the numbers of files with the reference, and not with none", () => {
    expect(text).toMatch(/go +3 +2 +100 × fewer/);
    expect(text).not.toMatch(/static .*fewer/);
    expect(text).not.toContain("Infinity");
  });

  it("has what opens least first, and what failed last, with the reason", () => {
    const order = text.split("\n").map((line) => line.trim().split(" ")[0]!)
      .filter((word) => ["cpython", "go", "static", "broken"].includes(word));
    expect(order.slice(0, 4)).toEqual(["static", "go", "cpython", "broken"]);
    expect(text).toContain("failed: exit code 7 while it was traced");
  });

  it("says that a traced time is no start-up time, and whose figures are published", () => {
    const words = text.replace(/\s+/g, " ");
    expect(words).toContain("so that this is no start-up time");
    expect(words).toContain("figures of a-talk, from another machine, not measured in this run");
    expect(words).toContain("counted another way");
    expect(words).toContain("nothing explains 1 of 3 of go, 1 of 300 of cpython");
  });

  it("keeps variant, files and bytes in a narrow terminal, and fits", () => {
    for (const width of [40, 60, 80, 100]) {
      const narrow = renderRun(RECORD, { width, ascii: true });
      for (const line of narrow.split("\n")) expect(line.length).toBeLessThanOrEqual(width);
      expect(narrow).toMatch(/variant +files.* on disk/);
      const notes = narrow.replace(/\s+/g, " ");
      const [header] = narrow.match(/^ *variant .*$/m)!;
      expect([width, notes.includes("no start-up time")]).toEqual([width, / traced/.test(header)]);
    }
  });

  it("unfolds what each case opened when it is verbose", () => {
    const verbose = renderRun(RECORD, { width: 100, verbose: true });
    expect(verbose).toContain("├─ /home/ann/lib/f0.py");
    expect(verbose).toMatch(/└─ \d+ more files/);
    expect(text).not.toContain("f0.py");
  });

  it("says of which program not all was seen", () => {
    const partial = footprint(5, { partial: { reason: "the log was cut" } });
    expect(renderRun(recordOf(traced("a", partial)))).toContain(
      "not all of a was seen: the log was cut",
    );
  });

  it("warns of what could not be seen, and not of what a column tells", () => {
    const warning = (code: string) => ({ code, message: `It is ${code}`, advice: "Look" });
    const warned = traced("a", footprint(5, { warnings: ["static", "no-seccomp"].map(warning) }));
    for (
      const text of [renderRun(recordOf(warned)), exporterFor("a.md").render(recordOf(warned))]
    ) {
      expect(text).toContain("It is no-seccomp");
      expect(text).not.toContain("It is static");
    }
  });

  it("does without figures where nothing was traced", () => {
    const none = renderRun(recordOf({ ...traced("a", undefined), status: "unavailable" }));
    expect(none).toContain("unavailable");
    expect(none).not.toContain("start-up");
  });
});

describe("a scenario of kind footprint in files", () => {
  it("is a row a case in CSV, with figures without units", () => {
    const [titles = "", ...rows] = exporterFor("a.csv").render(RECORD).trimEnd().split("\r\n");
    const cells = Object.fromEntries(
      rows.map((row) => {
        const values = row.split(",");
        return [values[5], Object.fromEntries(titles.split(",").map((t, i) => [t, values[i]]))];
      }),
    );
    expect(cells["cpython"]).toMatchObject({
      "footprint.filesOpened": "300",
      "footprint.otherOpened": "2",
      "footprint.unattributed": "1",
      "footprint.onDiskBytes": "307200",
      "footprint.packagesDeclared": "1",
      "footprint.packagesInstalled": "2",
      "footprint.packagesOpened": "1",
      "footprint.untracedS": "0.05",
      "footprint.tracedS": "0.25",
      "published.metric": "filesOpened",
      "published.value": "269",
    });
    expect(cells["static"]!["footprint.filesOpened"]).toBe("0");
    expect(cells["broken"]!["footprint.filesOpened"]).toBe("");
  });

  it("has no such columns in CSV where nothing was traced", () => {
    expect(exporterFor("a.csv").render(recordOf(traced("a", undefined)))).not.toContain(
      "footprint.",
    );
  });

  it("is a table in Markdown, with owners for each case", () => {
    const text = exporterFor("a.md").render(RECORD);
    const [title] = text.match(/^\| variant .*$/m)!;
    expect(title).toContain("| relative | published |");
    expect(text).toMatch(/^\| cpython \| 300 \| 2 \| reference \| 269 \|/m);
    expect(text).toMatch(/^- broken: failed: exit code 7/m);
    expect(text).toMatch(/^### cpython$/m);
    expect(text).toMatch(/^\| pypi:paramiko \| 299 \| 299 KB \|$/m);
    expect(text).toMatch(/^\| unattributed \| 1 \| 1.00 KB \|$/m);
    expect(text).not.toMatch(/^### static$/m);
  });

  it("is a bill of materials with a component for each case that was traced", () => {
    const { components, dependencies } = JSON.parse(exporterFor("a.cdx.json").render(RECORD));
    const named = components as { name: string; components: { "bom-ref": string }[] }[];
    expect(named.map(({ name }) => name)).toEqual(["client/cpython", "client/go", "client/static"]);
    const refs = named.flatMap((one) => one.components).map((one) => one["bom-ref"]);
    expect(refs).toContain("client/cpython#pypi:paramiko");
    expect(new Set(refs).size).toBe(refs.length);
    expect(dependencies.flatMap(({ dependsOn }: { dependsOn: string[] }) => dependsOn)).toEqual(
      refs,
    );
    const none = JSON.parse(exporterFor("a.cdx.json").render(recordOf(traced("a", undefined))));
    expect(none.components).toEqual([]);
  });

  it("tells its figures in JUnit, and what failed", () => {
    const text = exporterFor("a.junit.xml").render(RECORD);
    const [python] = text.match(/name="client\/cpython"[^]*?<\/testcase>/)!;
    expect(python).toMatch(/^files: 300$/m);
    expect(python).toMatch(/^on disk: 300 KB$/m);
    expect(text).toMatch(/<failure type="failed" message="failed: exit code 7/);
  });

  it("is a valid document, also without names and folders", () => {
    expect(v.parse(RunRecordSchema, RECORD)).toEqual(RECORD);
    const plain = anonymize(RECORD, { user: "ann", home: "/home/ann" });
    expect(JSON.stringify(plain)).not.toMatch(/home\/ann|"\/home/);
    expect(v.parse(RunRecordSchema, plain)).toEqual(plain);
  });
});
