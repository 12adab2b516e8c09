/** Scorecards as text: the versus table, and how a category is measured. */
import type { ScoreCard, ScoreDocument, ScoreTotal } from "../score/document.ts";
import { type Look, paragraph, partLines } from "./_notes.ts";
import { explainText } from "./_score_explain.ts";
import { figure, given, measured, PAIR, pair } from "./_score_cells.ts";
import { paint } from "./_style.ts";
import { symbols } from "./_symbols.ts";
import { clean } from "./_text.ts";
import { type Column, type GridCell, type GridOptions, renderTable } from "./grid.ts";

/** How scores are drawn. */
export interface ScoreTableOptions extends GridOptions {
  /** Whether the evidence of each score is listed. */
  readonly verbose?: boolean;
}

function lookOf({ width = 120, color = false, ascii = false, verbose = false }: ScoreTableOptions) {
  return { width, color, ascii, verbose };
}

/** With less room than this, categories have their short names. */
const NAME_ROOM = 24;

function totalText(total: ScoreTotal | undefined): string {
  return total === undefined ? "" : pair(given(total.editorial), measured(total.measured));
}

/** The sum of what was measured, where that is not all. */
function partText(total: ScoreTotal | undefined): string {
  if (total?.sum === undefined) return "";
  return `${measured(total.sum)} of ${given(total.of)}`.padStart(PAIR);
}

/** The commands that measure what is open in the card's own cells, languages put together. */
function openCommands(card: ScoreCard): string[] {
  const commands = new Map<string, Set<string>>();
  for (const { weight, scores } of card.categories) {
    if (weight === 0) continue;
    for (const cell of Object.values(scores)) {
      if (cell.measured !== undefined) continue;
      for (const { run } of cell.missing ?? []) {
        const [, command, language] = /^(.*) --language (\S+)$/.exec(run ?? "") ?? [];
        if (command === undefined) continue;
        commands.set(command, (commands.get(command) ?? new Set()).add(language!));
      }
    }
  }
  return [...commands].map(([command, of]) => `${command} --language ${[...of].join(",")}`);
}

function needLines(card: ScoreCard, look: Look): string[] {
  const { need } = card;
  if (need === undefined) return [];
  const signs = symbols(look.ascii);
  const lines = paragraph(`${need.title}: ${need.why}`, "  ", look);
  if (need.verdict === undefined) return lines;
  const order = (names: readonly string[]) => names.join(` ${signs.arrow} `);
  return [
    ...lines,
    ...paragraph(
      `${need.source} concludes ${
        order(need.verdict)
      } for this need; its own scores with these weights ` +
        `give ${order(need.order)}: ${need.agrees ? "the two agree" : "the two disagree"}.`,
      "  ",
      look,
    ),
  ];
}

/** What each score rests on, a line an item. */
function evidenceLines(card: ScoreCard, look: Look): string[] {
  return card.categories.flatMap(({ name, scores, unmeasured }) => [
    "",
    paint(clean(name, symbols(look.ascii)), "title", look.color),
    ...unmeasured === undefined ? [] : paragraph(`Not measured: ${unmeasured}`, "  ", look),
    ...Object.entries(scores).flatMap(([language, { evidence, missing = [] }]) => [
      ...evidence.length + missing.length === 0 ? [] : [`  ${language}`],
      ...evidence.flatMap((item) => {
        const dated = "date" in item && item.date !== undefined ? `, ${item.date}` : "";
        switch (item.kind) {
          case "fact":
            return paragraph(`${item.text} (${item.source}${dated})`, "    ", look);
          case "list":
            return paragraph(
              `${item.title}: ${item.items.join(", ")} (${item.source}${dated})`,
              "    ",
              look,
            );
          case "published": {
            const { title, value, unit, source, points, note } = item;
            const worth = points === undefined ? "" : `, worth ${measured(points)}`;
            const remark = note === undefined ? "" : `: ${note}`;
            return paragraph(
              `published: ${title} ${figure(value)} ${unit}${worth} (${source}${remark})`,
              "    ",
              look,
            );
          }
          case "run": {
            const { metric, value, unit, points, caseId, runId } = item;
            const what = value === undefined
              ? caseId ?? "run"
              : `${caseId}: ${metric} ${figure(value)} ${unit}, worth ${measured(points)}`;
            return paragraph(`measured: ${what} (run ${runId})`, "    ", look);
          }
        }
      }),
      ...missing.flatMap(({ reason, run }) =>
        paragraph(`open: ${reason}${run === undefined ? "" : `; ${run}`}`, "    ", look)
      ),
    ]),
  ]);
}

/**
 * Draws scorecards.
 *
 * @param document The score document.
 * @param options Width, colours, ASCII, evidence.
 * @returns The text, ending with a line feed; of a document with an explanation that alone.
 */
export function renderScore(document: ScoreDocument, options: ScoreTableOptions = {}): string {
  const { others = [], explain } = document;
  const look = lookOf(options);
  if (explain !== undefined) return explainText(explain, look);
  const cards = [document, ...others];
  const parts = cards.map((card) => cardText(card, options));
  if (cards.length > 1) parts.push(sideBySide(cards, look));
  return parts.join("\n");
}

function cardText(card: ScoreCard, options: ScoreTableOptions): string {
  const look = lookOf(options);
  const { languages, categories, totals } = card;
  const columns: Column[] = [
    { title: "category", squeeze: 8, keep: 16 },
    { title: "weight", align: "right", drop: 1 },
    ...languages.map((title) => ({ title })),
  ];
  const room = look.width - languages.length * (PAIR + 2) - "weight  ".length;
  const rows = categories.map(({ name, short, weight, scores }): GridCell[] => [
    {
      text: room < NAME_ROOM ? short : name,
      tone: weight === 0 ? "muted" : "plain",
    },
    given(weight),
    ...languages.map((language): GridCell => {
      const cell = scores[language];
      const text = pair(given(cell?.editorial), measured(cell?.measured));
      return weight === 0 ? { text, tone: "muted" } : text;
    }),
  ]);
  rows.push([
    { text: "total", tone: "title" },
    "",
    ...languages.map((l): GridCell => ({ text: totalText(totals[l]), tone: "title" })),
  ]);
  if (languages.some((l) => totals[l]?.sum !== undefined)) {
    rows.push([
      room < NAME_ROOM ? "so far" : "measured so far",
      "",
      ...languages.map((l): GridCell => partText(totals[l])),
    ]);
  }
  const open = openCommands(card);
  const lines = [
    ...paragraph(`${card.title} (${card.card})`, "", look),
    ...partLines(
      [
        `weights: ${card.profile}`,
        "in each cell: score given | measured here",
        "- is open: not measured",
      ],
      "  ",
      look,
    ),
    "",
    renderTable(columns, rows, { ...options, width: look.width }).trimEnd(),
    ...needLines(card, look),
  ];
  if (open.length > 0) {
    lines.push("", "Measure what is open:", ...open.map((command) => `  ${clean(command)}`));
  }
  if (look.verbose) lines.push(...evidenceLines(card, look));
  return lines.map((line) => `${line}\n`).join("");
}

/** The totals of several cards in one table. */
function sideBySide(cards: readonly ScoreCard[], look: Look): string {
  const languages = [...new Set(cards.flatMap((card) => card.languages))];
  return renderTable(
    ["total by card", ...languages.map((title) => ({ title }))],
    cards.map((card) => [
      `${card.card} (${card.profile})`,
      ...languages.map((language) => totalText(card.totals[language])),
    ]),
    { width: look.width, color: look.color, ascii: look.ascii },
  );
}
