/** The answers of programs' outputs to a scenario's questions: a row a case, a column a question. */
import type { ScenarioResult } from "../record/schema.ts";
import { type Look, paragraph } from "./_notes.ts";
import type { Row } from "./_rows.ts";
import { type Symbols, symbols } from "./_symbols.ts";
import { clean, displayWidth } from "./_text.ts";
import { type Column, type GridCell, layOut } from "./grid.ts";

/** Answers as text. */
export interface Matrix {
  /** The questions. */
  readonly titles: readonly string[];
  /** A label and its answers, `yes` or `no`; empty where a question was not looked at. */
  readonly rows: readonly { readonly label: string; readonly answers: readonly string[] }[];
}

/**
 * Collects the answers of a scenario's cases.
 *
 * @param scenario The scenario.
 * @param rows Its rows, in the order in which they are shown.
 * @returns The matrix; `undefined` when nothing was asked or nobody answered.
 */
export function matrixOf(scenario: ScenarioResult, rows: readonly Row[]): Matrix | undefined {
  const questions = Object.entries(scenario.observe ?? {});
  const answered = rows.filter(({ case: c }) => c.observed !== undefined);
  if (questions.length === 0 || answered.length === 0) return undefined;
  return {
    titles: questions.map(([, title]) => title),
    rows: answered.map(({ label, case: c }) => ({
      label,
      answers: questions.map(([name]) => {
        const answer = c.observed![name];
        return answer === undefined ? "" : answer ? "yes" : "no";
      }),
    })),
  };
}

function cellOf(answer: string): GridCell {
  return answer === "no" ? { text: answer, tone: "muted" } : answer;
}

/** Whether the questions have room as headings. */
function fits({ titles, rows }: Matrix, width: number, signs: Symbols): boolean {
  const label = Math.max(...rows.map((row) => displayWidth(clean(row.label, signs))));
  return titles.reduce((sum, title) => sum + 2 + displayWidth(clean(title, signs)), label) <= width;
}

/**
 * Draws the answers; questions that have no room as headings get a letter, and are written below.
 *
 * @param matrix The answers.
 * @param look Width, colours, signs.
 * @returns Lines.
 */
export function matrixLines(matrix: Matrix, look: Look): string[] {
  const signs = symbols(look.ascii);
  const inner = { ...look, width: look.width - 2 };
  const wide = fits(matrix, inner.width, signs);
  const names = matrix.titles.map((title, i) => wide ? title : letter(i));
  const columns: Column[] = [
    { title: "output", squeeze: 8, cut: "middle" },
    ...names.map((title) => ({ title })),
  ];
  const { lines } = layOut(
    columns,
    matrix.rows.map(({ label, answers }) => [label, ...answers.map(cellOf)]),
    inner,
  );
  return [
    ...lines.map((line) => `  ${line}`),
    ...(wide
      ? []
      : matrix.titles.flatMap((title, i) => paragraph(title, `  ${letter(i)}: `, look))),
  ];
}

function letter(index: number): string {
  return index < 26 ? String.fromCharCode(97 + index) : `${index + 1}`;
}
