/** The Claims tab: what was published, and what this machine says to it. */
import { formatRatio } from "../../../lib/report/units.ts";
import {
  type Line,
  type Role,
  selectedRow,
  signs as signsOf,
  style,
  type Table,
  wrapped,
} from "../../../lib/tui/mod.ts";
import { formatValue } from "../format.ts";
import { heading, muted, type Screen } from "../screen.ts";
import { fresh, pushView, type State, valueOf, type View } from "../state.ts";
import type { ClaimView } from "../views.ts";
import { openRun } from "./evidence.ts";

type ClaimsTab = Extract<View, { kind: "claims" }>;
type ClaimScreen = Extract<View, { kind: "claim" }>;

const NONE: readonly ClaimView[] = [];

const VERDICTS: Readonly<Record<ClaimView["verdict"], Role>> = {
  reproduced: "good",
  refuted: "bad",
  inconclusive: "warning",
  "not-run": "muted",
};

/** The published figures in a few words. */
function publishedText({ published }: ClaimView): string {
  return Object.entries(published)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(" to ") : String(value)}`)
    .join(", ");
}

function measuredText({ measured }: ClaimView, state: State): string {
  if (measured === undefined) return "";
  const { ratio, low, high } = measured;
  const times = signsOf(state.ascii).times;
  return `${formatRatio(ratio)} ${times} [${formatRatio(low)}, ${formatRatio(high)}]`;
}

function tableOf(state: State): Table<ClaimView> {
  return {
    key: ({ id }) => id,
    rows: valueOf(state.data.claims) ?? NONE,
    columns: [
      {
        id: "verdict",
        title: "verdict",
        min: 12,
        cell: ({ verdict }) => [{ text: verdict, style: style(VERDICTS[verdict]) }],
      },
      { id: "statement", title: "statement", min: 34, max: 90, cell: (c) => c.statement },
      { id: "published", title: "published", min: 12, max: 22, drop: 2, cell: publishedText },
      {
        id: "measured",
        title: "measured",
        min: 12,
        max: 22,
        drop: 1,
        cell: (c) => measuredText(c, state),
        sort: (c) => c.measured?.ratio,
      },
      { id: "source", title: "source", min: 8, max: 14, drop: 3, cell: (c) => c.source },
    ],
  };
}

/** The Claims tab. */
export const claims: Screen<ClaimsTab> = {
  title(state) {
    const all = valueOf(state.data.claims);
    if (all === undefined) return "Claims";
    const count = (verdict: ClaimView["verdict"]) =>
      all.filter((c) => c.verdict === verdict).length;
    return `Claims: ${count("reproduced")} reproduced, ${count("refuted")} refuted, ` +
      `${count("inconclusive")} inconclusive, ${count("not-run")} not run`;
  },
  table: tableOf,
  empty(state) {
    const loaded = state.data.claims;
    if (loaded.state === "failed") return loaded.message;
    return loaded.state === "here" ? "no claims" : "reading the claims";
  },
  enter(state, view) {
    const row = selectedRow(tableOf(state), view.table);
    return row === undefined
      ? undefined
      : { state: pushView(state, fresh({ kind: "claim", id: row.id })) };
  },
  json: (state) => valueOf(state.data.claims),
};

function claimOf(state: State, view: ClaimScreen): ClaimView | undefined {
  return valueOf(state.data.claims)?.find(({ id }) => id === view.id);
}

/** The figures behind a verdict, where there are several. */
function figureLines({ figures = [] }: ClaimView, width: number): Line[] {
  if (figures.length === 0) return [];
  return [
    heading("Figures"),
    ...figures.flatMap(({ title, value, low, high, unit }) =>
      wrapped(
        `${title}: ${formatValue(value, unit)}, ${formatValue(low, unit)} to ${
          formatValue(high, unit)
        }`,
        width,
        0,
        "  ",
      )
    ),
    "",
  ];
}

function linesOf(state: State, view: ClaimScreen, width: number): readonly Line[] {
  const claim = claimOf(state, view);
  if (claim === undefined) return [];
  const published = publishedText(claim);
  return [
    ...wrapped(claim.statement, width, style("title")),
    muted(`${claim.id}, from ${claim.source}`),
    "",
    [
      { text: "Verdict    ", style: style("muted") },
      { text: claim.verdict, style: style(VERDICTS[claim.verdict]) },
    ],
    [{ text: "Published  ", style: style("muted") }, {
      text: published === "" ? "no figure" : published,
      style: 0,
    }],
    [{ text: "Measured   ", style: style("muted") }, {
      text: measuredText(claim, state) || "not yet",
      style: 0,
    }],
    "",
    heading("Why"),
    ...wrapped(claim.why, width),
    ...[claim.inconsistentSource, claim.note].flatMap((text) =>
      text === undefined ? [] : wrapped(text, width, style("muted"))
    ),
    "",
    ...figureLines(claim, width),
    muted(
      claim.measured?.runId === undefined
        ? `Measure it with: versus claims --run --budget 1m ${claim.id}`
        : `Enter opens the run ${claim.measured.runId}`,
    ),
  ];
}

/** One claim. */
export const claim: Screen<ClaimScreen> = {
  title: (_state, view) => `Claim ${view.id}`,
  lines: linesOf,
  enter(state, view) {
    const runId = claimOf(state, view)?.measured?.runId;
    return runId === undefined ? undefined : openRun(state, runId);
  },
  json: claimOf,
};
