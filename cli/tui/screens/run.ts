/** A run: its cases, the way they were measured, and what was said of them. */
import type { CaseResult } from "../../../lib/record/types.ts";
import {
  bar,
  type Line,
  scaleOf,
  selectedRow,
  signs as signsOf,
  style,
  type Table,
  wrapped,
} from "../../../lib/tui/mod.ts";
import { formatMetric, formatSummary, formatTime, relativeLine } from "../format.ts";
import { heading, memo, muted, type Screen } from "../screen.ts";
import { fresh, pushView, type State, valueOf, type View } from "../state.ts";
import type { RunView } from "../views.ts";

type RunScreen = Extract<View, { kind: "run" }>;

/** A case with what is the same for all cases of its scenario. */
interface Row {
  readonly result: CaseResult;
  readonly scenario: string;
  readonly metric: string;
}

const rowsOf = memo((run: RunView): readonly Row[] =>
  run.scenarios.flatMap((scenario) =>
    scenario.cases.map((result) => ({
      result,
      scenario: scenario.name,
      metric: scenario.primaryMetric ?? run.primaryMetric,
    }))
  )
);

const NONE: readonly Row[] = [];

function runOf(state: State, view: RunScreen): RunView | undefined {
  return valueOf(state.runs[view.runId]);
}

function medianOf({ result, metric }: Row): number | undefined {
  return result.summary[metric]?.median;
}

/** Parameters, where a run has a variant more than once. */
function nameOf(row: Row, several: boolean): string {
  const { variant, params } = row.result;
  if (!several) return variant;
  return `${variant} ${Object.entries(params).map(([k, v]) => `${k}=${v}`).join(" ")}`;
}

function tableOf(state: State, view: RunScreen): Table<Row> {
  const run = runOf(state, view);
  const rows = run === undefined ? NONE : rowsOf(run);
  const { ascii } = state;
  const signs = signsOf(ascii);
  const several = new Set(rows.map((r) => r.scenario + r.result.variant)).size < rows.length;
  const scenarios = new Set(rows.map((r) => r.scenario)).size;
  const scale = scaleOf(rows.flatMap((row) => medianOf(row) ?? []));
  return {
    key: ({ result }) => result.caseId,
    rows,
    columns: [
      ...(scenarios < 2 ? [] : [{
        id: "scenario",
        title: "scenario",
        min: 8,
        max: 18,
        cell: (row: Row) => row.scenario,
      }]),
      {
        id: "variant",
        title: "variant",
        min: 12,
        max: several ? 40 : 22,
        cell: (row) => nameOf(row, several),
      },
      {
        id: "language",
        title: "language",
        min: 8,
        max: 10,
        drop: 3,
        cell: (r) => r.result.language,
      },
      {
        id: "n",
        title: "n",
        align: "right",
        min: 4,
        drop: 4,
        cell: (r) => String(r.result.samples.length),
        sort: (r) => r.result.samples.length,
      },
      {
        id: "value",
        title: "median",
        align: "right",
        min: 16,
        max: 20,
        cell: (r) =>
          r.result.status === "ok" || medianOf(r) !== undefined
            ? formatSummary(r.metric, r.result.summary[r.metric], ascii)
            : [{ text: r.result.status, style: style("bad") }],
        sort: medianOf,
      },
      {
        id: "memory",
        title: "memory",
        align: "right",
        min: 9,
        drop: 1,
        cell: (r) => formatMetric("maxRssKb", r.result.summary.maxRssKb?.median, ascii),
        sort: (r) => r.result.summary.maxRssKb?.median,
      },
      {
        id: "relative",
        title: "relative",
        min: 14,
        max: 16,
        cell: (r) =>
          r.result.status === "ok"
            ? relativeLine(r.result.relative, ascii)
            : [{ text: r.result.status, style: style("bad") }],
        sort: (r) => r.result.relative?.ratio,
      },
      {
        id: "bar",
        title: scale.log ? "log scale" : "",
        min: 10,
        max: 30,
        drop: 2,
        cell: () => "",
        draw: (r, width) => [{
          text: bar(scale.share(medianOf(r) ?? 0), width, signs),
          style: style("series1"),
        }],
        sort: medianOf,
      },
    ],
  };
}

function linesOf(state: State, view: RunScreen, width: number): readonly Line[] {
  const run = runOf(state, view);
  if (run === undefined) return [];
  const row = selectedRow(tableOf(state, view), view.table);
  const { environment: env } = run;
  return [
    ...(row === undefined ? [] : caseLines(row, state.ascii, width)),
    heading("Run"),
    muted(
      `${formatTime(run.startedAt)}, seed ${run.seed}, versus ${run.version}` +
        (run.interrupted === undefined ? "" : `, interrupted by ${run.interrupted}`),
    ),
    ...(env === undefined ? [] : wrapped(
      `${env.os} ${env.kernel}, ${env.cpuModel}, ${env.affinity.length} of ${env.cores} cores, ${env.runtime}`,
      width,
      style("muted"),
    )),
    ...run.scenarios.flatMap((scenario) =>
      scenario.warnings.flatMap((w) =>
        wrapped(`! ${scenario.name}: ${w.message}; ${w.advice}`, width, style("warning"), "  ")
      )
    ),
  ];
}

function caseLines({ result, metric }: Row, ascii: boolean, width: number): Line[] {
  const { toolchain, build, linesOfCode, reason, actual, expected } = result;
  const facts = [
    toolchain === undefined ? "" : `${toolchain.name} ${toolchain.version}`,
    linesOfCode === undefined ? "" : `${linesOfCode} lines`,
    build?.artifactBytes === undefined
      ? ""
      : `${formatMetric("artifactBytes", build.artifactBytes, ascii)} shipped`,
    build?.linkage === undefined ? "" : build.linkage,
    build?.seconds === undefined ? "" : `built in ${formatMetric("wallS", build.seconds, ascii)}`,
  ].filter((fact) => fact !== "");
  const published = (result.published ?? []).map((p) =>
    `published by ${p.source}: ${p.metric} ${p.value} ${p.unit}`
  );
  return [
    heading(result.caseId),
    ...wrapped(facts.join(", "), width),
    ...(reason === undefined ? [] : wrapped(reason, width, style("bad"))),
    ...(actual === undefined
      ? []
      : wrapped(`expected ${expected ?? ""}, printed ${actual}`, width, style("bad"))),
    ...published.flatMap((text) => wrapped(text, width, style("muted"))),
    ...result.warnings.flatMap((w) =>
      wrapped(`! ${w.message}; ${w.advice}`, width, style("warning"), "  ")
    ),
    muted(`compared by ${metric}; Enter opens the samples`),
    "",
  ];
}

/** The screen of a run. */
export const run: Screen<RunScreen> = {
  title(state, view) {
    const found = runOf(state, view);
    return found === undefined
      ? `Run ${view.runId}`
      : found.scenarios.map(({ name }) => name).join(", ");
  },
  table: tableOf,
  tableHeight: (height) => Math.max(4, height - 7),
  empty(state, view) {
    const loaded = state.runs[view.runId];
    return loaded?.state === "failed" ? loaded.message : "reading the run";
  },
  lines: linesOf,
  enter(state, view) {
    const row = selectedRow(tableOf(state, view), view.table);
    if (row === undefined) return undefined;
    const { caseId } = row.result;
    return { state: pushView(state, fresh({ kind: "samples", runId: view.runId, caseId })) };
  },
  json: runOf,
};
