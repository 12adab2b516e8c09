/** A run of the Lab while its samples come in. */
import { formatDuration } from "../../../lib/report/units.ts";
import {
  bar,
  type Line,
  scaleOf,
  selectedRow,
  signs as signsOf,
  sparkline,
  style,
  type Table,
  wrapped,
} from "../../../lib/tui/mod.ts";
import { formatSummary } from "../format.ts";
import { muted, type Screen } from "../screen.ts";
import { fresh, pushView, shownLive, type State, type View } from "../state.ts";
import { isRunning, type WatchedCase, type WatchState } from "../watch_state.ts";
import { openRun } from "./evidence.ts";

type WatchScreen = Extract<View, { kind: "watch" }>;

const NONE: readonly WatchedCase[] = [];

/** States of a case that are no success. */
const BAD = new Set(["wrong-output", "failed", "timeout", "unavailable", "optimised-away"]);

function tableOf(state: State): Table<WatchedCase> {
  const watch = shownLive(state).watch;
  const { ascii } = state;
  const signs = signsOf(ascii);
  const rows = watch?.cases ?? NONE;
  const metric = watch?.metric ?? "wallS";
  const scale = scaleOf(rows.flatMap(({ summary }) => summary?.median ?? []));
  return {
    key: ({ planned }) => planned.caseId,
    rows,
    columns: [
      { id: "variant", title: "variant", min: 14, max: 24, cell: (c) => c.planned.variant },
      {
        id: "n",
        title: "n",
        align: "right",
        min: 4,
        cell: (c) => String(c.values.length),
        sort: (c) => c.values.length,
      },
      {
        id: "median",
        title: "median",
        align: "right",
        min: 16,
        max: 20,
        cell: (c) => formatSummary(metric, c.summary, ascii),
        sort: (c) => c.summary?.median,
      },
      {
        id: "bar",
        title: scale.log ? "log scale" : "",
        min: 10,
        max: 24,
        drop: 2,
        cell: () => "",
        draw: (c, width) => [{
          text: bar(scale.share(c.summary?.median ?? 0), width, signs),
          style: style("series1"),
        }],
      },
      {
        id: "samples",
        title: "samples",
        min: 10,
        max: 30,
        drop: 1,
        cell: () => "",
        draw: (c, width) => [{ text: sparkline(c.values, width, signs), style: style("series2") }],
      },
      {
        id: "status",
        title: "status",
        min: 10,
        max: 14,
        cell: (c) => [{ text: c.status, style: style(BAD.has(c.status) ? "bad" : "muted") }],
      },
    ],
  };
}

/** Where a run stands, in a few words. */
export function watchText(watch: WatchState): string {
  const { state, phase, elapsedS, leftS } = watch;
  if (state !== "running") return state;
  const times = [
    elapsedS === undefined ? "" : formatDuration(elapsedS),
    leftS === undefined ? "" : `about ${formatDuration(leftS)} left`,
  ].filter((text) => text !== "").join(", ");
  return [phase ?? "planning", times].filter((text) => text !== "").join(", ");
}

function linesOf(state: State, view: WatchScreen, width: number): readonly Line[] {
  const watch = shownLive(state).watch;
  if (watch === undefined) return [muted("no run yet")];
  const row = selectedRow(tableOf(state), view.table);
  return [
    ...(watch.message === undefined
      ? []
      : watch.message.split("\n").flatMap((line) => wrapped(line, width, style("bad")))),
    ...(row?.reason === undefined ? [] : wrapped(row.reason, width, style("bad"), "  ")),
    ...watch.warnings.flatMap((w) =>
      wrapped(`! ${w.message}; ${w.advice}`, width, style("warning"), "  ")
    ),
    muted(
      `versus ${watch.args.join(" ")}${watch.runId === undefined ? "" : `, run ${watch.runId}`}`,
    ),
    muted(isRunning(watch) ? "c cancels; what was measured is kept" : "Enter opens the run"),
  ];
}

/** The screen of a run that is watched. */
export const watch: Screen<WatchScreen> = {
  title(state) {
    const found = shownLive(state).watch;
    return found === undefined ? "Lab: no run" : `Lab: ${watchText(found)}`;
  },
  table: tableOf,
  tableHeight: (height) => Math.max(4, height - 5),
  empty: (state) => shownLive(state).watch?.message?.split("\n")[0] ?? "starting",
  lines: linesOf,
  enter(state, view) {
    const { watch } = state.live;
    if (watch?.runId === undefined) return undefined;
    if (isRunning(watch)) return { state: { ...state, status: "the run is still under way" } };
    const row = selectedRow(tableOf(state), view.table);
    const opened = openRun(state, watch.runId, row?.planned.caseId);
    if (row === undefined) return opened;
    const { caseId } = row.planned;
    const deeper = pushView(opened.state, fresh({ kind: "samples", runId: watch.runId, caseId }));
    return { ...opened, state: deeper };
  },
  json: (state) => shownLive(state).watch,
};
