/** What is left on the terminal when the screens are gone. */
import { formatScore, languageName } from "./format.ts";
import { type State, valueOf, weightOf } from "./state.ts";
import { totalsOf } from "./totals.ts";

/**
 * Says in a few lines what was seen last: the totals, and the run of the Lab.
 *
 * @param state The last state.
 * @returns Lines, each with a line feed; nothing when nothing was read.
 */
export function summaryText(state: State): string {
  const card = valueOf(state.data.score)?.card;
  const lines: string[] = [];
  if (card !== undefined) {
    const most = card.categories.reduce((sum, c) => sum + 10 * weightOf(state, c), 0);
    const totals = card.languages.map((language) => ({
      name: languageName(language),
      ...totalsOf(card.categories, language, (c) => weightOf(state, c)),
    }));
    const published = totals.filter((t) => t.editorial !== undefined)
      .map(({ name, editorial }) => `${name} ${formatScore(editorial)}`);
    const measured = totals.filter((t) => t.measured !== undefined || (t.of ?? 0) > 0)
      .map((t) =>
        t.measured !== undefined
          ? `${t.name} ${formatScore(t.measured)}`
          : `${t.name} ${formatScore(t.sum)} of ${formatScore(t.of)}`
      );
    const weighted = Object.keys(state.weights).length > 0 ? ", with your weights" : "";
    lines.push(`${card.card}, of ${formatScore(most)}${weighted}`);
    if (published.length > 0) lines.push(`  published: ${published.join(", ")}`);
    lines.push(`  measured: ${measured.length === 0 ? "nothing yet" : measured.join(", ")}`);
  }
  const { watch } = state.live;
  if (watch?.runId !== undefined) {
    lines.push(`Run ${watch.runId}: versus history show ${watch.runId}`);
  }
  return lines.map((line) => `${line}\n`).join("");
}
