/** The samples of a case: in order over time, and each with its figures. */
import type { CaseResult, Sample } from "../../../lib/record/types.ts";
import { drawChart, type Table } from "../../../lib/tui/mod.ts";
import { formatMetric, formatSummary } from "../format.ts";
import type { Canvas, Screen } from "../screen.ts";
import { fresh, pushView, sourceKey, type State, valueOf, type View } from "../state.ts";

type SamplesView = Extract<View, { kind: "samples" }>;

interface Found {
  readonly result: CaseResult;
  readonly scenario: string;
  readonly metric: string;
}

function caseOf(state: State, view: SamplesView): Found | undefined {
  const run = valueOf(state.runs[view.runId]);
  for (const scenario of run?.scenarios ?? []) {
    const result = scenario.cases.find(({ caseId }) => caseId === view.caseId);
    if (result !== undefined) {
      return {
        result,
        scenario: scenario.name,
        metric: scenario.primaryMetric ?? run!.primaryMetric,
      };
    }
  }
  return undefined;
}

const NONE: readonly Sample[] = [];

/** A metric of a sample, wherever it stands. */
function metricOf(sample: Sample, name: string): number | undefined {
  const own = (sample as unknown as Record<string, unknown>)[name];
  if (typeof own === "number") return own;
  return sample.metrics?.[name] ?? sample.counters?.[name];
}

function tableOf(state: State, view: SamplesView): Table<Sample> {
  const found = caseOf(state, view);
  const { ascii } = state;
  const own = Object.keys(found?.result.samples[0]?.metrics ?? {});
  function column(id: string, title: string, drop?: number) {
    return {
      id,
      title,
      align: "right" as const,
      min: 10,
      max: 12,
      ...(drop === undefined ? {} : { drop }),
      cell: (sample: Sample) => {
        const text = formatMetric(id, metricOf(sample, id), ascii);
        return id === "maxRssKb" && sample.maxRssBound === "upper" ? `<= ${text}` : text;
      },
      sort: (sample: Sample) => metricOf(sample, id),
    };
  }
  return {
    key: ({ index }) => String(index),
    rows: found?.result.samples ?? NONE,
    columns: [
      {
        id: "index",
        title: "#",
        align: "right",
        min: 5,
        cell: ({ index }) => String(index),
        sort: ({ index }) => index,
      },
      {
        id: "block",
        title: "block",
        align: "right",
        min: 5,
        drop: 4,
        cell: ({ block }) => String(block),
        sort: ({ block }) => block,
      },
      column("wallS", "wall"),
      ...own.map((name) => column(name, name)),
      column("cpuS", "CPU"),
      column("maxRssKb", "memory"),
      column("minorFaults", "faults", 2),
      column("involuntarySwitches", "switches", 3),
      {
        id: "end",
        title: "exit",
        align: "right",
        min: 4,
        drop: 1,
        cell: ({ exitCode, signal }) => signal ?? String(exitCode),
        sort: ({ exitCode }) => exitCode,
      },
    ],
  };
}

function draw({ buffer, rect, signs }: Canvas, state: State, view: SamplesView): void {
  const found = caseOf(state, view);
  if (found === undefined) return;
  const points = found.result.samples.flatMap((sample): [number, number][] => {
    const value = metricOf(sample, found.metric) ?? sample.wallS;
    return [[sample.index, value]];
  });
  drawChart(buffer, rect, [{ name: "", points }], {
    signs,
    formatY: (value) => formatMetric(found.metric, value, state.ascii),
    formatX: (value) => `sample ${Math.round(value)}`,
  });
}

/** The screen of a case's samples. */
export const samples: Screen<SamplesView> = {
  title(state, view) {
    const found = caseOf(state, view);
    if (found === undefined) return view.caseId;
    const { result, metric } = found;
    const told = formatSummary(metric, result.summary[metric], state.ascii);
    return `${result.variant}: ${told}, ${result.samples.length} samples`;
  },
  table: tableOf,
  tableHeight: (height) => Math.max(5, Math.floor(height * 0.55)),
  empty(state, view) {
    const loaded = state.runs[view.runId];
    if (loaded?.state === "failed") return loaded.message;
    return loaded?.state === "here" ? "no samples" : "reading the run";
  },
  draw,
  enter(state, view) {
    const found = caseOf(state, view);
    if (found === undefined) return undefined;
    return openSource(state, found.scenario, found.result.variant);
  },
  json: (state, view) => caseOf(state, view)?.result,
};

/** Goes down to a program's source, and asks for it if it is not here. */
export function openSource(state: State, scenario: string, variant: string) {
  const key = sourceKey(scenario, variant);
  const next = pushView(state, fresh({ kind: "source", scenario, variant }));
  if (state.sources[key]?.state === "here") return { state: next };
  return {
    state: { ...next, sources: { ...next.sources, [key]: { state: "loading" as const } } },
    effects: [{ type: "load-source" as const, scenario, variant }],
  };
}
