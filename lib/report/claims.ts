/** Claims as text: a line each, with the verdict and the sentence why. */
import type { ClaimResult, ClaimsDocument } from "../score/claims_document.ts";
import { type Look, paragraph } from "./_notes.ts";
import { paint, type Tone } from "./_style.ts";
import { symbols } from "./_symbols.ts";
import { clean } from "./_text.ts";
import type { GridOptions } from "./grid.ts";
import { formatRatio } from "./units.ts";

const TONES: Readonly<Record<ClaimResult["verdict"], Tone>> = {
  reproduced: "good",
  refuted: "bad",
  inconclusive: "warning",
  "not-run": "muted",
};

const WORDS: Readonly<Record<ClaimResult["verdict"], string>> = {
  reproduced: "reproduced",
  refuted: "refuted",
  inconclusive: "inconclusive",
  "not-run": "not run",
};

/** What a document prints, in short: `ratio 317`. */
function publishedText(published: Readonly<Record<string, unknown>>): string {
  return Object.entries(published).map(([name, value]) =>
    `${name.replaceAll("_", " ")} ${Array.isArray(value) ? value.join(" to ") : String(value)}`
  ).join(", ");
}

function claimLines(claim: ClaimResult, look: Look): string[] {
  const signs = symbols(look.ascii);
  const { id, statement, source, published, measured, verdict, why, note } = claim;
  const word = paint(WORDS[verdict].padEnd(12), TONES[verdict], look.color);
  const printed = publishedText(published);
  const figures = [
    printed === "" ? "" : `published: ${printed}`,
    measured === undefined ? "" : `measured: ratio ${formatRatio(measured.ratio)}` +
      (measured.low === measured.high
        ? ""
        : ` (${formatRatio(measured.low)} to ${formatRatio(measured.high)})`),
  ].filter((text) => text !== "");
  return [
    `${word} ${clean(id, signs)}`,
    ...paragraph(`${statement} (${source}).`, "    ", look),
    ...figures.length === 0 ? [] : paragraph(figures.join("; "), "    ", look),
    ...paragraph(why, "    ", look),
    ...note === undefined || verdict === "not-run" ? [] : paragraph(`Note: ${note}`, "    ", look),
  ];
}

/** How many claims have which verdict. */
function summaryLine(claims: readonly ClaimResult[]): string {
  const counts = (Object.keys(WORDS) as ClaimResult["verdict"][]).map((verdict) =>
    `${claims.filter((claim) => claim.verdict === verdict).length} ${WORDS[verdict]}`
  );
  return `${claims.length} ${claims.length === 1 ? "claim" : "claims"}: ${counts.join(", ")}`;
}

/**
 * Writes claims with their verdicts.
 *
 * @param document The claims document.
 * @param options Width, colours, ASCII.
 * @returns The text, ending with a line feed.
 */
export function renderClaims(document: ClaimsDocument, options: GridOptions = {}): string {
  const { width = 120, color = false, ascii = false } = options;
  const look: Look = { width, color, ascii, verbose: false };
  const lines = document.claims.flatMap((claim) => [...claimLines(claim, look), ""]);
  return [...lines, summaryLine(document.claims)].map((line) => `${line}\n`).join("");
}
