/**
 * Probes in Prometheus' text format, version 0.0.4.
 *
 * Times are in seconds, as Prometheus' naming rules ask for. A metric that was not measured is
 * left out, never zero.
 */
import type { ProbeDocument, ProbeTargetResult } from "../probe/schema.ts";
import { errorsOf, type ProbeRow, probeRows } from "./_probe_rows.ts";

type Labels = Readonly<Record<string, string>>;

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly (readonly [Labels, number | undefined])[];
}

/** In a label's value backslash, quote and line feed are escaped; nothing else is special. */
function labelText(value: string): string {
  return value.toWellFormed().replaceAll("\\", "\\\\").replaceAll('"', '\\"')
    .replaceAll("\n", "\\n");
}

function line(name: string, labels: Labels, value: number): string {
  const inside = Object.entries(labels).map(([label, text]) => `${label}="${labelText(text)}"`);
  return `${name}{${inside.join(",")}} ${value}`;
}

function textOf({ name, help, samples }: Metric): string[] {
  const lines = samples.flatMap(([labels, value]) =>
    value === undefined ? [] : [line(name, labels, value)]
  );
  return lines.length === 0 ? [] : [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines];
}

function seconds(ms: number | undefined): number | undefined {
  // Not 0.30000000000000004.
  return ms === undefined ? undefined : Number((ms / 1000).toPrecision(12));
}

/** How the 50th, 95th and 99th percentile are written. */
const QUANTILES = { "0.5": "p50Ms", "0.95": "p95Ms", "0.99": "p99Ms" } as const;

/**
 * Writes probes for Prometheus, or its node exporter's text files.
 *
 * @param document What was measured.
 * @returns The text, each line ending with a line feed.
 */
export function probePrometheus(document: ProbeDocument): string {
  const { protocol, targets } = document;
  const rows = probeRows(document);
  const of = ({ target }: ProbeTargetResult, more: Labels = {}): Labels => ({
    ...{ protocol, target },
    ...more,
  });
  const ofRow = ({ target, connection }: ProbeRow, more: Labels = {}) =>
    of(target, { connection, ...more });
  const perRow = (value: (row: ProbeRow) => number | undefined) =>
    rows.map((row) => [ofRow(row), value(row)] as const);
  const metrics: Metric[] = [
    {
      name: "versus_probe_success",
      help: "Whether the last attempt got the expected answer.",
      samples: targets.map((target) => [of(target), target.samples.at(-1)?.ok ? 1 : 0]),
    },
    {
      name: "versus_probe_sent",
      help: "Attempts that the figures rest on.",
      samples: perRow(({ summary }) => summary.sent),
    },
    {
      name: "versus_probe_lost",
      help: "Attempts without the expected answer.",
      samples: perRow(({ summary }) => summary.lost),
    },
    {
      name: "versus_probe_duration_seconds",
      help: "Time from the start of an attempt to its answer, by quantile.",
      samples: rows.flatMap((row) =>
        Object.entries(QUANTILES).map(([quantile, name]) =>
          [ofRow(row, { quantile }), seconds(row.summary[name])] as const
        )
      ),
    },
    {
      name: "versus_probe_jitter_seconds",
      help: "Jitter after RFC 3550, section 6.4.1.",
      samples: perRow(({ summary }) => seconds(summary.jitterMs)),
    },
    {
      name: "versus_probe_phase_seconds",
      help: "Middle time of a phase.",
      samples: rows.flatMap((row) =>
        row.phases.map(([phase, ms]) => [ofRow(row, { phase }), seconds(ms)] as const)
      ),
    },
    {
      name: "versus_probe_errors",
      help: "Attempts that failed, by cause.",
      samples: targets.flatMap((target) =>
        errorsOf(target).map(({ code, count }) => [of(target, { code }), count] as const)
      ),
    },
    {
      name: "versus_probe_certificate_expiry_days",
      help: "Days until the peer's certificate expires.",
      samples: targets.map((target) => [of(target), daysOf(target)] as const),
    },
  ];
  return metrics.flatMap(textOf).map((each) => `${each}\n`).join("");
}

/** What TLS found about the certificate, be it a probe of TLS or of what runs over it. */
function daysOf({ result }: ProbeTargetResult): number | undefined {
  const tls = (result?.tls ?? result) as { daysLeft?: unknown } | undefined;
  return typeof tls?.daysLeft === "number" ? tls.daysLeft : undefined;
}
