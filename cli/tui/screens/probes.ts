/** The Probes tab: targets as they answer, live. */
import {
  type Line,
  selectedRow,
  signs as signsOf,
  sparkline,
  style,
  type Table,
  wrapped,
} from "../../../lib/tui/mod.ts";
import type { ProbedTarget } from "../probes_state.ts";
import { heading, muted, type Screen } from "../screen.ts";
import { shownLive, type State, type View } from "../state.ts";

type ProbesTab = Extract<View, { kind: "probes" }>;

const NONE: readonly ProbedTarget[] = [];

function milliseconds(value: number | undefined): string {
  return value === undefined ? "" : `${Number(value.toPrecision(3))} ms`;
}

/** The answered times in order, by the array that they came in: a frame asks for them several times. */
const inOrder = new WeakMap<ProbedTarget["times"], readonly number[]>();

/** The value that so many percent of the kept ones do not exceed, by nearest rank. */
function percentile(times: ProbedTarget["times"], percent: number): number | undefined {
  let sorted = inOrder.get(times);
  if (sorted === undefined) {
    sorted = times.filter((t) => t !== undefined).sort((a, b) => a - b);
    inOrder.set(times, sorted);
  }
  if (sorted.length === 0) return undefined;
  return sorted[Math.max(0, Math.ceil(percent / 100 * sorted.length) - 1)];
}

function lossOf({ sent, lost }: ProbedTarget): string {
  return sent === 0 ? "" : `${Number((100 * lost / sent).toPrecision(3))} %`;
}

/** What a target says at the moment: the last answer's time, or why there was none. */
function nowLine({ error, times }: ProbedTarget): Line {
  if (error !== undefined) return [{ text: error.code, style: style("bad") }];
  return milliseconds(times.at(-1));
}

function tableOf(state: State): Table<ProbedTarget> {
  const signs = signsOf(state.ascii);
  return {
    key: ({ label }) => label,
    rows: shownLive(state).probes?.targets ?? NONE,
    columns: [
      { id: "target", title: "target", min: 16, max: 36, cell: (t) => t.label },
      {
        id: "now",
        title: "now",
        align: "right",
        min: 10,
        max: 16,
        cell: nowLine,
        sort: (t) => t.times.at(-1),
      },
      {
        id: "spark",
        title: "latest",
        min: 10,
        max: 60,
        cell: () => "",
        draw: (t, width) => [{ text: sparkline(t.times, width, signs), style: style("series1") }],
      },
      {
        id: "p50",
        title: "p50",
        align: "right",
        min: 8,
        max: 10,
        cell: (t) => milliseconds(percentile(t.times, 50)),
        sort: (t) => percentile(t.times, 50),
      },
      {
        id: "p95",
        title: "p95",
        align: "right",
        min: 8,
        max: 10,
        drop: 1,
        cell: (t) => milliseconds(percentile(t.times, 95)),
        sort: (t) => percentile(t.times, 95),
      },
      {
        id: "loss",
        title: "loss",
        align: "right",
        min: 6,
        cell: (t) => lossOf(t),
        sort: (t) => t.sent === 0 ? undefined : t.lost / t.sent,
      },
      {
        id: "sent",
        title: "sent",
        align: "right",
        min: 5,
        drop: 2,
        cell: (t) => String(t.sent),
        sort: (t) => t.sent,
      },
    ],
  };
}

const INTRODUCTION = [
  ":probe tcp r1:22 r2:22",
  ":probe http https://r1.example/ --interval 500ms",
  ":probe ping 192.0.2.1 --interval 100ms",
];

/** The Probes tab. */
export const probes: Screen<ProbesTab> = {
  title(state) {
    const found = shownLive(state).probes;
    if (found === undefined) return "Probes";
    return `Probes: ${found.protocol}, ${found.targets.length} targets, ${found.state}`;
  },
  table: (state) => shownLive(state).probes === undefined ? undefined : tableOf(state),
  tableHeight: (height) => Math.max(4, height - 4),
  empty: (state) => shownLive(state).probes?.message?.split("\n")[0] ?? "starting",
  lines(state, view, width) {
    const found = shownLive(state).probes;
    if (found === undefined) {
      return [
        heading("Nothing is probed"),
        "Watch how targets answer, once a second unless told otherwise:",
        "",
        ...INTRODUCTION.map((text): Line => [{ text: `  ${text}`, style: style("accent") }]),
        "",
        muted("Any options of versus probe; versus probe --help lists the protocols."),
      ];
    }
    const row = selectedRow(tableOf(state), view.table);
    return [
      ...(found.message === undefined
        ? []
        : found.message.split("\n").flatMap((line) => wrapped(line, width, style("bad")))),
      ...(row?.error === undefined ? [] : wrapped(row.error.message, width, style("bad"), "  ")),
      muted(`versus ${found.args.join(" ")}`),
    ];
  },
  json: (state) => shownLive(state).probes,
};
