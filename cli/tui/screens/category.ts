/** Tabs 2 to 9: the scores of a category, what was measured for it, and its facts. */
import type { EvidenceItem, ScoreCategory, ScoreCell } from "../../../lib/score/document.ts";
import {
  bar,
  cellWidth,
  type Line,
  pad,
  scaleOf,
  selectedRow,
  signs as signsOf,
  style,
  type Table,
  wrapped,
} from "../../../lib/tui/mod.ts";
import { formatScore, formatValue, languageName, languageStyle } from "../format.ts";
import { heading, memo, muted, type Screen } from "../screen.ts";
import { fresh, pushView, type State, valueOf, type View } from "../state.ts";
import type { ScoreView } from "../views.ts";

type CategoryTab = Extract<View, { kind: "category" }>;

interface Row {
  readonly language: string;
  readonly cell: ScoreCell;
}

const rowsOf = memo((score: ScoreView, index: number): readonly Row[] =>
  score.card.languages.map((language) => ({
    language,
    cell: score.card.categories[index]?.scores[language] ?? { evidence: [] },
  }))
);

/** The category of a tab, if the card has so many. */
export function categoryAt(state: State, index: number): ScoreCategory | undefined {
  return valueOf(state.data.score)?.card.categories[index];
}

function tableOf(state: State, view: CategoryTab): Table<Row> | undefined {
  const score = valueOf(state.data.score);
  if (score === undefined || score.card.categories[view.index] === undefined) return undefined;
  const signs = signsOf(state.ascii);
  const { languages } = score.card;
  return {
    key: ({ language }) => language,
    rows: rowsOf(score, view.index),
    columns: [
      {
        id: "language",
        title: "language",
        min: 10,
        max: 12,
        cell: ({ language }) => languageName(language),
      },
      {
        id: "published",
        title: "published",
        align: "right",
        min: 9,
        cell: ({ cell }) => formatScore(cell.editorial, signs.none),
        sort: ({ cell }) => cell.editorial,
      },
      {
        id: "measured",
        title: "measured",
        align: "right",
        min: 8,
        cell: ({ cell }) => formatScore(cell.measured, signs.none),
        sort: ({ cell }) => cell.measured,
      },
      {
        id: "bar",
        title: "",
        min: 6,
        max: 24,
        cell: () => "",
        draw: ({ language, cell }, width) => [{
          text: bar((cell.measured ?? cell.editorial ?? 0) / 10, width, signs),
          style: languageStyle(languages, language),
        }],
        sort: ({ cell }) => cell.measured ?? cell.editorial,
      },
      {
        id: "evidence",
        title: "evidence",
        align: "right",
        min: 8,
        cell: ({ cell }) => String(cell.evidence.length),
        sort: ({ cell }) => cell.evidence.length,
      },
      {
        id: "open",
        title: "open",
        min: 4,
        max: 60,
        drop: 1,
        cell: ({ cell }) => cell.missing?.map(({ reason }) => reason).join("; ") ?? "",
      },
    ],
  };
}

/** A sentence with its source and its date. */
function factLines(item: EvidenceItem, width: number): Line[] {
  const at = "date" in item && item.date !== undefined ? `, ${item.date}` : "";
  if (item.kind === "fact") return wrapped(`${item.text} (${item.source}${at})`, width, 0, "  ");
  if (item.kind === "list") {
    return wrapped(`${item.title}: ${item.items.join(", ")} (${item.source}${at})`, width, 0, "  ");
  }
  return [];
}

/** What was measured for the category, a bar for each language beside the figures that were published. */
function chartLines(state: State, category: ScoreCategory, width: number): Line[] {
  const languages = valueOf(state.data.score)!.card.languages;
  const signs = signsOf(state.ascii);
  const groups = new Map<string, { language: string; item: Figure }[]>();
  for (const language of languages) {
    for (const item of category.scores[language]?.evidence ?? []) {
      if (!isFigure(item)) continue;
      const name = figureName(item);
      groups.set(name, [...groups.get(name) ?? [], { language, item }]);
    }
  }
  const lines: Line[] = [];
  for (const [name, items] of groups) {
    lines.push(heading(name));
    const scale = scaleOf(items.map(({ item }) => item.value));
    const room = Math.max(6, Math.min(40, width - 46));
    for (const { language, item } of items) {
      const value = formatValue(item.value, item.unit);
      const drawn = bar(scale.share(item.value), room, signs);
      const origin = item.kind === "run" ? "measured" : item.source;
      const points = item.points === undefined ? "" : `${formatScore(item.points)} points, `;
      lines.push([
        { text: `  ${pad(languageName(language), 11)}`, style: 0 },
        { text: drawn, style: languageStyle(languages, language) },
        { text: " ".repeat(room - cellWidth(drawn)), style: 0 },
        { text: ` ${pad(value, 13, "right")}  `, style: 0 },
        { text: points + origin, style: style("muted") },
      ]);
    }
    if (scale.log) lines.push(muted("  logarithmic scale"));
  }
  return lines;
}

/** Evidence that is a figure. */
type Figure = Extract<EvidenceItem, { kind: "run" | "published" }> & {
  value: number;
  unit: string;
};

function isFigure(item: EvidenceItem): item is Figure {
  return (item.kind === "run" || item.kind === "published") && item.value !== undefined &&
    item.unit !== undefined && item.term !== undefined;
}

/** Measured and published figures of the same reading stand together. */
function figureName(item: Figure): string {
  const metric = item.kind === "run" ? item.metric ?? "" : item.title.split(": ").at(-1)!;
  return `${item.term}: ${metric}`;
}

function formulaLines(state: State, category: ScoreCategory, width: number): Line[] {
  const explained = valueOf(state.data.score)!.explain[category.id];
  if (explained === undefined) {
    return wrapped(category.unmeasured ?? "No formula measures this category.", width);
  }
  return explained.terms.flatMap((term): Line[] => [
    ...wrapped(`${term.title} (weight ${term.weight})`, width),
    ...term.readings.flatMap((reading) => [
      ...wrapped(
        `  ${reading.scenario} ${reading.metric} in ${reading.unit}: ${reading.formula}`,
        width,
        style("accent"),
        "    ",
      ),
      ...wrapped(`  ${reading.why}`, width, style("muted"), "    "),
    ]),
  ]);
}

function linesOf(state: State, view: CategoryTab, width: number): readonly Line[] {
  const score = valueOf(state.data.score);
  const category = score?.card.categories[view.index];
  if (score === undefined || category === undefined) return [];
  return textOf(state, score, category, width);
}

const textOf = memo(
  (state: State, score: ScoreView, category: ScoreCategory, width: number): readonly Line[] => {
    const seen = new Set<string>();
    const facts = score.card.languages.flatMap((language) =>
      (category.scores[language]?.evidence ?? []).filter((item) => {
        const key = JSON.stringify(item);
        if (seen.has(key)) return false;
        seen.add(key);
        return item.kind === "fact" || item.kind === "list";
      })
    );
    const charts = chartLines(state, category, width);
    const open = score.card.languages.flatMap((language) =>
      category.scores[language]?.missing?.map((m) => ({ language, ...m })) ?? []
    );
    return [
      ...(charts.length === 0 ? [] : [...charts, ""]),
      ...(facts.length === 0 ? [] : [
        heading("Facts"),
        ...facts.flatMap((item) => factLines(item, width)),
        "",
      ]),
      ...(open.length === 0 ? [] : [
        heading("Not measured"),
        ...open.flatMap(({ language, reason, run }) =>
          wrapped(
            `${languageName(language)}: ${reason}${run === undefined ? "" : `; ${run}`}`,
            width,
            0,
            "  ",
          )
        ),
        "",
      ]),
      heading("Formula"),
      ...formulaLines(state, category, width),
    ];
  },
);

/** Tabs 2 to 9. */
export const category: Screen<CategoryTab> = {
  title(state, view) {
    const found = categoryAt(state, view.index);
    if (found === undefined) return "No such category";
    const weight = state.weights[found.id] ?? found.weight;
    return `${found.name}, weight ${signsOf(state.ascii).times}${weight}`;
  },
  table: tableOf,
  empty: () => "nothing here",
  lines: linesOf,
  enter(state, view) {
    const table = tableOf(state, view);
    const row = table === undefined ? undefined : selectedRow(table, view.table);
    const found = categoryAt(state, view.index);
    if (row === undefined || found === undefined) return undefined;
    return {
      state: pushView(
        state,
        fresh({ kind: "evidence", category: found.id, language: row.language }),
      ),
    };
  },
  json: (state, view) => categoryAt(state, view.index),
};
