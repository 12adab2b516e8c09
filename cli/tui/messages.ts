/** What has happened in the world becomes the next state; pure. */
import type { Step } from "../../lib/tui/mod.ts";
import { historyTable } from "./screens/history.ts";
import { type Effect, type Message, shownLive, type State } from "./state.ts";
import { isRunning, isTiming } from "./watch_state.ts";
import { reload } from "./update.ts";

/**
 * Takes what has happened.
 *
 * @param state The state.
 * @param message What has happened.
 * @returns The next state, and what is to be done.
 */
export function onMessage(state: State, message: Message): Step<State, Effect> {
  switch (message.type) {
    case "loaded": {
      // What was there stays when reading it anew fails.
      const { kind, data } = message;
      const kept = data.state === "failed" && state.data[kind].state === "here";
      const next = kept ? state : { ...state, data: { ...state.data, [kind]: data } };
      return {
        state: data.state === "failed"
          ? { ...next, status: data.message }
          : state.status === "reading"
          ? { ...next, status: "" }
          : next,
        effects: kind === "history" && data.state === "here"
          ? [{ type: "prepare", table: historyTable(next) }]
          : [],
      };
    }
    case "run-loaded":
      return { state: { ...state, runs: { ...state.runs, [message.runId]: message.data } } };
    case "source-loaded":
      return { state: { ...state, sources: { ...state.sources, [message.key]: message.data } } };
    case "watch": {
      const next = { ...state, live: { ...state.live, watch: message.watch } };
      const over = isRunning(state.live.watch) && !isRunning(message.watch);
      if (!over) return releaseReading(next);
      const { runId } = message.watch;
      // A run that was opened while it went on is read anew when it is opened again.
      const { [runId ?? ""]: _, ...runs } = state.runs;
      return {
        state: {
          ...next,
          runs,
          waiting: [],
          status: `run ${runId ?? ""} ${message.watch.state}`,
        },
        // New runs may change scores, claims and the history.
        effects: [
          ...next.waiting,
          ...reload(state).filter((e) => e.type === "load" && e.kind !== "scenarios"),
        ],
      };
    }
    case "probes":
      return { state: { ...state, live: { ...state.live, probes: message.probes } } };
    case "status":
      return { state: { ...state, status: message.text } };
  }
}

/** Reads what was put off, in a moment in which nothing is timed. */
function releaseReading(state: State): Step<State, Effect> {
  if (state.waiting.length === 0 || isTiming(state.live.watch)) return { state };
  return { state: { ...state, waiting: [] }, effects: state.waiting };
}

/** The least milliseconds between two frames: half a second while samples are timed. */
export function frameMs(state: State): number {
  if (isTiming(state.live.watch)) return 500;
  return shownLive(state).probes?.state === "running" && state.tab === "probes" ? 100 : 0;
}
