/** Probes in every format. */
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import type { ProbeDocument } from "../../lib/probe/schema.ts";
import { summariseSamples } from "../../lib/probe/summary.ts";
import {
  probeCsv,
  probeExporterFor,
  probeJunit,
  probeMarkdown,
  probePrometheus,
  renderProbe,
} from "../../lib/report/probe.ts";

const ok = (totalMs: number, connection: "cold" | "warm" = "cold") => ({
  ok: true,
  attempt: 1,
  connection,
  phases: { connectMs: totalMs / 2, firstByteMs: totalMs / 4 },
  totalMs,
});
const lost = {
  ...{ ok: false, attempt: 1, connection: "cold" as const, phases: {}, totalMs: 5000 },
  error: { code: "timeout" as const, message: "r2: no answer within 5000 ms" },
};

function sample(): ProbeDocument {
  const cold = [ok(2), ok(4)];
  const warm = [ok(1, "warm")];
  return {
    schema: "versus.probe/1",
    protocol: "http",
    startedAt: "2026-01-01T00:00:00.000Z",
    settings: {
      ...{ count: 3, intervalMs: 0, timeoutMs: 5000, retries: 0, concurrency: 256, warm: true },
    },
    targets: [
      {
        ...{ target: "r1", state: "open", samples: [...cold, ...warm] },
        ...{ summary: summariseSamples(cold), warm: summariseSamples(warm) },
        result: { status: 200, tls: { daysLeft: 12.5 } },
      },
      {
        ...{ target: "r2", state: "timeout", samples: [lost, lost] },
        summary: summariseSamples([lost, lost]),
      },
      {
        target: '=cmd|"<x>\n\\',
        state: "error",
        samples: [{ ...lost, error: { code: "protocol", message: "=1+1, <b>\x1b" } }],
        summary: summariseSamples([lost]),
      },
    ],
    gates: [
      { target: "r1", option: "--max-p95", passed: true, message: "holds" },
      { target: "r2", option: "--max-loss", passed: false, message: "2 of 2 were lost" },
    ],
  };
}

describe("renderProbe", () => {
  it("shows cold and warm samples apart, then answers, errors and limits", () => {
    const text = renderProbe(sample(), { describe: ({ status }) => [`HTTP ${status}`] });
    const [heading, cold, warm, second] = text.split("\n");
    expect(heading).toMatch(
      /^http +state +connection +sent +loss +min +p50 +p95 +max +jitter +phases/,
    );
    expect(cold).toMatch(/^r1 +open +cold +2 +0.0 % +2.000 ms +2.000 ms +4.000 ms +4.000 ms/);
    expect(warm).toMatch(/^r1 +open +warm +1 /);
    expect(second).toMatch(/^r2 +timeout +cold +2 +100 %/);
    expect(text).toContain("r1\n  HTTP 200\n");
    expect(text).toContain("timeout: r2: no answer within 5000 ms (×2)\n");
    expect(text).toContain("r2: --max-loss: 2 of 2 were lost\n");
    expect(text).not.toContain("--max-p95");
  });

  it("lets no control character through, and fits its width", () => {
    const text = renderProbe(sample(), { describe: () => ["a\x1b[2Jb"], width: 60 });
    // deno-lint-ignore no-control-regex
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
    expect(text.split("\n").every((line) => line.length <= 60)).toBe(true);
  });

  it("leaves counts out where there is one sample each", () => {
    const document = {
      ...sample(),
      targets: [{ ...sample().targets[0]!, samples: [ok(2)], summary: summariseSamples([ok(2)]) }],
    };
    const { warm: _, ...target } = document.targets[0]!;
    const [heading] = renderProbe({ ...document, targets: [target], gates: [] }).split("\n");
    expect(heading).toMatch(/^http +state +time +phases$/);
  });

  it("shows only errors of many targets", () => {
    const { targets } = sample();
    const many = Array.from({ length: 30 }, (_, i) => ({ ...targets[0]!, target: `r${i}` }));
    const text = renderProbe({ ...sample(), targets: many, gates: [] }, {
      describe: () => ["said"],
    });
    expect(text).not.toContain("said");
  });
});

describe("probeCsv", () => {
  it("has a row for cold and one for warm samples, and harmless cells", () => {
    const rows = probeCsv(sample()).split("\r\n");
    const columns = rows[0]!.split(",");
    expect(rows.length).toBe(6);
    const first = Object.fromEntries(rows[1]!.split(",").map((cell, i) => [columns[i], cell]));
    expect(first).toMatchObject({
      ...{ target: "r1", state: "open", connection: "cold", sent: "2", p50Ms: "2", p99Ms: "" },
      "phases.connectMs": "1",
    });
    expect(rows[4]).toContain(`"'=cmd|""<x>\\n\\"`);
    expect(rows[4]).toContain('"\'=1+1, <b>\\x1b"');
  });
});

describe("probeMarkdown", () => {
  it("has a table whose cells nothing of a peer can end", () => {
    const lines = probeMarkdown(sample()).split("\n");
    const table = lines.filter((line) => line.startsWith("|"));
    const cells = table.map((line) => line.split("|").length);
    expect(new Set(cells).size).toBe(1);
    expect(table.length).toBe(6);
    expect(lines.join("\n")).not.toContain("<x>");
    expect(lines.at(-2)).toMatch(/^- r2: failed/);
  });
});

describe("probeJunit", () => {
  it("is XML with a failure for each target without its answer and each limit that is broken", () => {
    const xml = probeJunit(sample());
    expect(XMLValidator.validate(xml)).toBe(true);
    const parser = new XMLParser({ ignoreAttributes: false });
    const { testsuites: { testsuite } } = parser.parse(xml);
    expect([testsuite["@_tests"], testsuite["@_failures"]]).toEqual(["5", "3"]);
    const [first, second, , , limit] = testsuite.testcase;
    expect([first["@_time"], first.failure]).toEqual(["0.002", undefined]);
    expect(second.failure["@_type"]).toBe("timeout");
    expect(limit["@_name"]).toBe("r2 --max-loss");
  });
});

describe("probePrometheus", () => {
  it("follows the text format: HELP, TYPE, then samples with escaped labels", () => {
    const text = probePrometheus(sample());
    const name = "[a-z_]+";
    const label = `${name}="(?:[^"\\\\\\n]|\\\\[\\\\"n])*"`;
    const line = new RegExp(
      `^(# (HELP|TYPE) ${name} .+|${name}\\{${label}(?:,${label})*\\} -?[0-9.e+-]+)$`,
    );
    expect(text.endsWith("\n")).toBe(true);
    expect(text.trimEnd().split("\n").filter((each) => !line.test(each))).toEqual([]);
    expect(text).toContain(
      'versus_probe_duration_seconds{protocol="http",target="r1",connection="cold",quantile="0.5"} 0.002\n',
    );
    expect(text).toContain('versus_probe_errors{protocol="http",target="r2",code="timeout"} 2\n');
    expect(text).toContain(
      'versus_probe_certificate_expiry_days{protocol="http",target="r1"} 12.5\n',
    );
    expect(text).toContain('target="=cmd|\\"<x>\\n\\\\"');
    expect(text).not.toContain('quantile="0.99"');
  });
});

describe("probeExporterFor", () => {
  it("goes by the ending, the longer one first", () => {
    expect(probeExporterFor("a/b.JUNIT.xml")).toBe(probeJunit);
    expect(probeExporterFor("x.prom")).toBe(probePrometheus);
    expect(probeExporterFor("x.ndjson")).toBe("events");
    expect(() => probeExporterFor(".csv")).toThrow(/Unknown format/);
  });
});
