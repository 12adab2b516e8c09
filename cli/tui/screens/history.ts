/** The History tab: every run that is kept. */
import { selectedRow, style, type Table } from "../../../lib/tui/mod.ts";
import { formatTime } from "../format.ts";
import type { Screen } from "../screen.ts";
import { type State, valueOf, type View } from "../state.ts";
import type { HistoryView } from "../views.ts";
import { openRun } from "./evidence.ts";

type HistoryTab = Extract<View, { kind: "history" }>;

const NONE: readonly HistoryView[] = [];

function statusStyle(status: string): number {
  return style(status === "ok" ? "good" : status === "failed" ? "bad" : "warning");
}

const COLUMNS: Table<HistoryView>["columns"] = [
  { id: "started", title: "started", min: 16, cell: (r) => formatTime(r.startedAt) },
  { id: "scenarios", title: "scenarios", min: 12, max: 40, cell: (r) => r.scenarios.join(", ") },
  {
    id: "languages",
    title: "languages",
    min: 10,
    max: 36,
    drop: 1,
    cell: (r) => r.languages.join(", "),
  },
  {
    id: "samples",
    title: "samples",
    align: "right",
    min: 7,
    cell: (r) => String(r.samples),
    sort: (r) => r.samples,
  },
  {
    id: "status",
    title: "status",
    min: 11,
    cell: (r) => [{ text: r.status, style: statusStyle(r.status) }],
  },
  { id: "machine", title: "machine", min: 8, max: 16, drop: 3, cell: (r) => r.host ?? r.machine },
  { id: "tags", title: "tags", min: 6, max: 20, drop: 2, cell: (r) => r.tags.join(" ") },
  { id: "id", title: "run", min: 23, drop: 4, cell: (r) => r.id },
];

/** The table of all runs. */
export function historyTable(state: State): Table<HistoryView> {
  return {
    key: ({ id }) => id,
    rows: valueOf(state.data.history) ?? NONE,
    columns: COLUMNS,
  };
}

/** The History tab. */
export const history: Screen<HistoryTab> = {
  title(state) {
    const count = valueOf(state.data.history)?.length;
    return count === undefined ? "History" : `History: ${count} runs`;
  },
  table: historyTable,
  empty(state) {
    const loaded = state.data.history;
    if (loaded.state === "failed") return loaded.message;
    return loaded.state === "here" ? "no runs yet; the Lab makes them" : "reading the history";
  },
  enter(state, view) {
    const row = selectedRow(historyTable(state), view.table);
    return row === undefined ? undefined : openRun(state, row.id);
  },
  json: (state) => valueOf(state.data.history),
};
