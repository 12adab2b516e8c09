/** How a category is measured, as text. */
import type { Explanation } from "../score/document.ts";
import { type Look, paragraph } from "./_notes.ts";
import { figure, given } from "./_score_cells.ts";
import { paint } from "./_style.ts";
import { clean } from "./_text.ts";

/** Which parts may be missing. */
function needsText(needs: Explanation["needs"]): string {
  if (needs === "all") return "all of these are needed";
  if (needs === "any") return "what was not measured is left to the others";
  return `${needs.join(" and ")} may not be missing`;
}

/** Explains how a category is measured. */
export function explainText(explanation: Explanation, look: Look): string {
  const { name, category, needs, note, terms, results } = explanation;
  const lines = [
    paint(`How ${clean(name)} (${category}) is measured`, "title", look.color),
    ...note === undefined ? [] : paragraph(note, "  ", look),
    ...paragraph(
      `The mean of ${terms.length === 1 ? "one term" : `${terms.length} terms`}` +
        `${terms.length === 1 ? "" : `; ${needsText(needs)}`}.`,
      "  ",
      look,
    ),
  ];
  for (const term of terms) {
    const several = term.readings.length > 1
      ? `, the mean of its readings; ${needsText(term.needs)}`
      : "";
    lines.push(
      "",
      ...paragraph(`${term.title} (${term.id}, weight ${term.weight})${several}`, "  ", look),
    );
    for (const reading of term.readings) {
      const { scenario, metric, unit, formula, ten, zero, why, examples } = reading;
      lines.push(
        ...paragraph(`${scenario}: x = ${metric} in ${unit}`, "    ", look),
        ...paragraph(`points = ${formula}`, "      ", look),
        ...paragraph(`${ten} ${unit} is worth 10, ${zero} ${unit} nothing. ${why}`, "      ", look),
        ...examples.flatMap((e) => {
          const remark = e.note === undefined ? "" : `: ${e.note}`;
          const where = e.origin === "published" ? e.source : `run ${e.source}`;
          return paragraph(
            `${e.language}, ${e.origin === "published" ? "published" : "measured"}: x = ` +
              `${figure(e.value)}, ${e.points.toFixed(2)} points (${where}${remark})`,
            "      ",
            look,
          );
        }),
      );
    }
  }
  if (results.length === 0) return lines.map((line) => `${line}\n`).join("");
  lines.push("", "  Worked out:");
  for (const { language, origin, terms, score, editorial } of results) {
    const there = terms.filter((t) => t.points !== undefined);
    const weights = there.reduce((sum, t) => sum + t.weight, 0);
    const sum = there.map((t) =>
      t.weight === 1 ? t.points!.toFixed(2) : `${t.weight} * ${t.points!.toFixed(2)}`
    ).join(" + ");
    const left = terms.filter((t) => t.points === undefined).map((t) => t.id);
    const from = origin === "published" ? "from the published figures" : "from the runs here";
    lines.push(...paragraph(
      `${language}, ${from}: ` +
        (score === undefined
          ? `open, without ${left.join(", ")}`
          : `(${sum}) / ${weights} = ${score.toFixed(2)}` +
            (left.length === 0 ? "" : `, without ${left.join(", ")}`)) +
        (editorial === undefined ? "" : `; given: ${given(editorial)}`),
      "    ",
      look,
    ));
  }
  return lines.map((line) => `${line}\n`).join("");
}
