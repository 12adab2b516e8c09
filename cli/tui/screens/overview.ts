/** Tab 1: the versus table, with totals that follow the weights. */
import type { ScoreCard, ScoreCategory } from "../../../lib/score/document.ts";
import {
  bar,
  cellWidth,
  type Line,
  pad,
  selectedRow,
  type Signs,
  signs as signsOf,
  type Span,
  style,
  type Table,
  wrapped,
} from "../../../lib/tui/mod.ts";
import { formatScore, languageName, languageStyle } from "../format.ts";
import { memo, muted, type Screen } from "../screen.ts";
import { type State, valueOf, type View, weightOf } from "../state.ts";
import { totalsOf } from "../totals.ts";

type Overview = Extract<View, { kind: "overview" }>;

/** A category with the weight of the moment. */
interface Row {
  readonly category: ScoreCategory;
  readonly weight: number;
}

const rowsOf = memo((card: ScoreCard, weights: State["weights"]): readonly Row[] =>
  card.categories.map((category) => ({
    category,
    weight: weights[category.id] ?? category.weight,
  }))
);

/** The published score, a bar of it, and the measured score behind it. */
function scoreLine(
  row: Row,
  language: string,
  card: ScoreCard,
  width: number,
  signs: Signs,
): Line {
  const { editorial, measured } = row.category.scores[language] ?? {};
  const left = pad(formatScore(editorial, signs.none), 4, "right");
  const right = pad(formatScore(measured, signs.none), 4, "right");
  const room = width - 9;
  const look = languageStyle(card.languages, language);
  const drawn = room < 3 ? "" : bar((editorial ?? measured ?? 0) / 10, room, signs);
  const track = room < 3 ? " " : " " + drawn + " ".repeat(Math.max(0, room - cellWidth(drawn)));
  return [{ text: left, style: 0 }, { text: track, style: look }, { text: right, style: 0 }];
}

function tableOf(state: State): Table<Row> | undefined {
  const card = valueOf(state.data.score)?.card;
  if (card === undefined) return undefined;
  const signs = signsOf(state.ascii);
  return {
    key: ({ category }) => category.id,
    rows: rowsOf(card, state.weights),
    columns: [
      {
        id: "category",
        title: "category",
        min: 14,
        max: 46,
        cell: ({ category }) => category.name,
      },
      {
        id: "weight",
        title: "weight",
        align: "right",
        min: 6,
        cell: ({ weight }) => `${signs.times}${weight}`,
        sort: ({ weight }) => weight,
      },
      ...card.languages.map((language, i) => ({
        id: language,
        title: languageName(language),
        align: "right" as const,
        min: 9,
        max: 18,
        // The languages that have no published scores go first where there is no room.
        ...(i < 3 ? {} : { drop: i }),
        cell: ({ category }: Row) => {
          const { editorial, measured } = category.scores[language] ?? {};
          return `${formatScore(editorial, signs.none)} ${formatScore(measured, signs.none)}`;
        },
        draw: (row: Row, width: number) => scoreLine(row, language, card, width, signs),
        sort: ({ category }: Row) => {
          const { editorial, measured } = category.scores[language] ?? {};
          return editorial ?? measured;
        },
      })),
    ],
  };
}

/** The totals of all languages as bars. */
function totalLines(state: State, card: ScoreCard, width: number): Line[] {
  const signs = signsOf(state.ascii);
  const most = card.categories.reduce((sum, c) => sum + 10 * weightOf(state, c), 0);
  const names = card.languages.map(languageName);
  const nameWidth = Math.max(...names.map(cellWidth));
  const room = Math.max(6, width - nameWidth - 42);
  return card.languages.map((language, i): Line => {
    const total = totalsOf(card.categories, language, (c) => weightOf(state, c));
    const { editorial, measured, sum, of } = total;
    const best = editorial ?? measured;
    const open = total.missing?.length ?? 0;
    const told = measured !== undefined
      ? `measured ${formatScore(measured)}`
      : of === undefined || of === 0
      ? "not measured"
      : `measured ${formatScore(sum)} of ${formatScore(of)}, ${open} open`;
    const spans: Span[] = [
      { text: `  ${pad(names[i]!, nameWidth)} `, style: 0 },
      { text: pad(formatScore(editorial, signs.none), 6, "right") + " ", style: style("title") },
      {
        text: pad(bar(most > 0 ? (best ?? 0) / most : 0, room, signs), room),
        style: languageStyle(card.languages, language),
      },
      { text: `  ${told}`, style: style("muted") },
    ];
    return spans;
  });
}

function linesOf(state: State, _view: Overview, width: number): readonly Line[] {
  const score = valueOf(state.data.score);
  if (score === undefined) return wrapped(loadingText(state), width, style("muted"));
  const { card } = score;
  const changed = Object.keys(state.weights).length > 0;
  const most = card.categories.reduce((sum, c) => sum + 10 * weightOf(state, c), 0);
  return [
    [
      { text: `Total of ${formatScore(most)}`, style: style("title") },
      { text: changed ? "  with your weights (= resets)" : "", style: style("warning") },
    ],
    ...totalLines(state, card, width),
    "",
    muted("A language's column: published score, its bar, score measured on this machine."),
    muted(`${card.title}. Enter opens a category.`),
  ];
}

/** Why there is no table. */
function loadingText({ data: { score } }: State): string {
  return score.state === "failed" ? score.message : "reading the scorecard";
}

/** Tab 1. */
export const overview: Screen<Overview> = {
  title: (state) => valueOf(state.data.score)?.card.title ?? "versus",
  table: tableOf,
  lines: linesOf,
  enter(state, view) {
    const table = tableOf(state);
    const row = table === undefined ? undefined : selectedRow(table, view.table);
    if (row === undefined || table === undefined) return undefined;
    const index = table.rows.indexOf(row);
    return { state: { ...state, tab: `category:${index}` } };
  },
  json: (state) => valueOf(state.data.score)?.card,
};
