/** Shows on a terminal what is known while probes run. */
import type { ProbeEvent } from "../../lib/probe/events.ts";
import type { ProbeRecorder } from "../../lib/probe/record.ts";
import { renderProbe } from "../../lib/report/probe.ts";
import { formatCount } from "../../lib/report/mod.ts";
import { type StreamStyle, tellRaw } from "../output.ts";

/** Ten frames a second; a run that is over before the first one shows none. */
const FRAME_MS = 100;
/** As many targets at most: drawing must not take the time of what is measured. */
const MAX_ROWS = 30;
/** As many lines are left of the screen: for the heading, the count and the cursor. */
const OTHER_LINES = 4;

/** Reads events, and draws. Dispose of it whatever happens: that wipes the table. */
export interface LiveView extends Disposable {
  /** Takes the next event, which the recorder has taken already. */
  take(event: ProbeEvent): void;
}

/**
 * Starts to draw on stderr.
 *
 * @param recorder What is known.
 * @param style What the terminal can show.
 * @returns The view.
 */
export function startLive(recorder: ProbeRecorder, style: StreamStyle): LiveView {
  const counts = { targets: 0, done: 0, samples: 0, lost: 0 };
  let changed = false;
  let drawn = 0;
  const draw = () => {
    if (!changed) return;
    changed = false;
    const rows = Math.max(1, Math.min(MAX_ROWS, screenRows() - OTHER_LINES));
    const { width, color, ascii } = style;
    const known = { ...recorder.document(rows), gates: [] };
    // The last column stays free: some terminals wrap when it is written.
    const text = renderProbe(known, { width: width - 1, color, ascii });
    // The table is what moves; the notes behind it come at the end.
    const [table = ""] = text.split("\n\n", 1);
    const lines = [...table.trimEnd().split("\n"), progressText(counts)];
    tellRaw(`${wipe(drawn)}${lines.join("\n")}\n`);
    drawn = lines.length;
  };
  const timer = setInterval(draw, FRAME_MS);
  return {
    take(event) {
      changed = true;
      if (event.type === "start") counts.targets = event.targets.length;
      if (event.type === "target-end") counts.done++;
      if (event.type !== "sample") return;
      counts.samples++;
      if (!event.sample.ok) counts.lost++;
    },
    [Symbol.dispose]() {
      clearInterval(timer);
      if (drawn > 0) tellRaw(wipe(drawn));
      drawn = 0;
    },
  };
}

function wipe(lines: number): string {
  return lines === 0 ? "" : `\x1b[${lines}A\r\x1b[J`;
}

function progressText({ targets, done, samples, lost }: Readonly<Record<string, number>>): string {
  return `${formatCount(done!)} of ${formatCount(targets!)} targets done, ` +
    `${formatCount(samples!)} attempts, ${formatCount(lost!)} without an answer`;
}

function screenRows(): number {
  try {
    return Deno.consoleSize().rows;
  } catch {
    // Neither stream has a size.
    return 24;
  }
}
