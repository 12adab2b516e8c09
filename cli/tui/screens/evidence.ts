/** What a score rests on: runs, facts, lists, published figures. */
import type { EvidenceItem, ScoreCell } from "../../../lib/score/document.ts";
import { type Line, selectedRow, style, type Table, wrapped } from "../../../lib/tui/mod.ts";
import { formatScore, formatValue, languageName } from "../format.ts";
import { memo, type Screen } from "../screen.ts";
import { fresh, pushView, type State, valueOf, type View } from "../state.ts";

type EvidenceView = Extract<View, { kind: "evidence" }>;

interface Row {
  readonly key: string;
  readonly item: EvidenceItem;
}

const rowsOf = memo((evidence: readonly EvidenceItem[]): readonly Row[] =>
  evidence.map((item, i) => ({ key: String(i), item }))
);

const NONE: readonly EvidenceItem[] = [];

function cellOf(state: State, view: EvidenceView): ScoreCell | undefined {
  return valueOf(state.data.score)?.card.categories
    .find(({ id }) => id === view.category)?.scores[view.language];
}

/** What a piece of evidence says, in one line. */
function textOf(item: EvidenceItem): string {
  switch (item.kind) {
    case "run":
      return [item.caseId ?? item.runId, item.metric ?? ""].filter((part) => part !== "").join(
        ", ",
      );
    case "fact":
      return item.text;
    case "list":
      return `${item.title}: ${item.items.join(", ")}`;
    case "published":
      return item.title;
  }
}

function valueText(item: EvidenceItem): string {
  if (item.kind !== "run" && item.kind !== "published") return "";
  return item.value === undefined ? "" : formatValue(item.value, item.unit ?? "");
}

function dateOf(item: EvidenceItem): string {
  if (item.kind === "run") return item.startedAt?.slice(0, 10) ?? "";
  return item.kind === "published" ? "" : item.date ?? "";
}

function tableOf(state: State, view: EvidenceView): Table<Row> {
  return {
    key: ({ key }) => key,
    rows: rowsOf(cellOf(state, view)?.evidence ?? NONE),
    columns: [
      { id: "kind", title: "kind", min: 9, cell: ({ item }) => item.kind },
      { id: "what", title: "what", min: 16, max: 90, cell: ({ item }) => textOf(item) },
      {
        id: "value",
        title: "value",
        align: "right",
        min: 11,
        max: 13,
        cell: ({ item }) => valueText(item),
        sort: ({ item }) => "value" in item ? item.value : undefined,
      },
      {
        id: "points",
        title: "points",
        align: "right",
        min: 6,
        cell: ({ item }) =>
          "points" in item && item.points !== undefined ? formatScore(item.points) : "",
        sort: ({ item }) => "points" in item ? item.points : undefined,
      },
      {
        id: "source",
        title: "source",
        min: 8,
        max: 24,
        drop: 2,
        cell: ({ item }) => item.kind === "run" ? "this machine" : item.source,
      },
      { id: "date", title: "date", min: 10, drop: 1, cell: ({ item }) => dateOf(item) },
    ],
  };
}

/** Everything about the selected piece. */
function linesOf(state: State, view: EvidenceView, width: number): readonly Line[] {
  const item = selectedRow(tableOf(state, view), view.table)?.item;
  if (item === undefined) return [];
  const sources = valueOf(state.data.score)?.card.sources ?? {};
  const lines = wrapped(textOf(item), width);
  if (item.kind === "run") {
    const { low, high, unit = "", runId } = item;
    if (low !== undefined && high !== undefined) {
      lines.push(`interval ${formatValue(low, unit)} to ${formatValue(high, unit)}`);
    }
    lines.push(`run ${runId}, Enter opens it`);
    return lines;
  }
  if (item.kind === "published" && item.note !== undefined) {
    lines.push(...wrapped(item.note, width));
  }
  const source = sources[item.source];
  if (source !== undefined) {
    const date = source.date === undefined ? "" : `, ${source.date}`;
    lines.push(...wrapped(`${source.title}${date}`, width, style("muted")));
    if (source.url !== undefined) lines.push(...wrapped(source.url, width, style("muted")));
  }
  return lines;
}

/** The screen below a score. */
export const evidence: Screen<EvidenceView> = {
  title(state, view) {
    const cell = cellOf(state, view);
    const scores = `published ${formatScore(cell?.editorial)}, measured ${
      formatScore(cell?.measured)
    }`;
    return `${languageName(view.language)}: ${scores}`;
  },
  table: tableOf,
  tableHeight: (height) => Math.max(4, height - 7),
  empty: () => "no evidence",
  lines: linesOf,
  enter(state, view) {
    const item = selectedRow(tableOf(state, view), view.table)?.item;
    if (item === undefined) return undefined;
    if (item.kind !== "run") {
      return { state: { ...state, status: `${item.kind} from ${item.source}: no run to open` } };
    }
    return openRun(state, item.runId, item.caseId);
  },
  json: cellOf,
};

/** Goes down to a run, and asks for it if it is not here. */
export function openRun(state: State, runId: string, caseId?: string) {
  const view = fresh({ kind: "run", runId });
  const table = { ...view.table, ...(caseId === undefined ? {} : { key: caseId }) };
  const next = pushView(state, { ...view, table });
  if (state.runs[runId]?.state === "here") return { state: next };
  return {
    state: { ...next, runs: { ...next.runs, [runId]: { state: "loading" as const } } },
    effects: [{ type: "load-run" as const, runId }],
  };
}
