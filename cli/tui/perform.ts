/** Does in the world what the pure functions asked for, and says what came of it. */
import { type AppContext, clipboardSequence, prepareTable } from "../../lib/tui/mod.ts";
import type { ProbeEvent } from "../../lib/probe/events.ts";
import type { RunEvent } from "../../lib/record/event_types.ts";
import { type Child, startChild } from "./child.ts";
import { probeEvents, startProbes } from "./probes_state.ts";
import type { AnyTable } from "./screen.ts";
import { type Effect, type Message, sourceKey } from "./state.ts";
import type { Loaded } from "./views.ts";
import { startWatch, watchEvent, type WatchState } from "./watch_state.ts";

type Context = AppContext<Message>;

/** The world, as far as the terminal UI touches it. */
export interface World {
  /** Does something. */
  perform(effect: Effect, context: Context): void;
  /** Ends what is under way, and waits for it. */
  close(): Promise<void>;
  /** Whether the person ended the program by Ctrl-C. */
  interrupted(): boolean;
}

/** Makes the world. */
export function createWorld(): World {
  let run: Child | undefined;
  let probes: Child | undefined;
  let interrupted = false;

  function perform(effect: Effect, context: Context): void {
    const { send, terminal } = context;
    switch (effect.type) {
      case "quit":
        return context.quit();
      case "interrupt":
        interrupted = true;
        return context.quit();
      case "suspend":
        return terminal.suspend();
      case "mouse":
        return terminal.mouse(effect.on);
      case "load":
        readData(
          [effect.kind],
          (data) => send({ type: "loaded", kind: effect.kind, data } as Message),
        );
        return;
      case "prepare":
        return prepare(effect.table);
      case "load-run":
        readData(
          ["run", effect.runId],
          (data) => send({ type: "run-loaded", runId: effect.runId, data } as Message),
        );
        return;
      case "load-source": {
        const { scenario, variant } = effect;
        readData(
          ["source", scenario, variant],
          (data) =>
            send({ type: "source-loaded", key: sourceKey(scenario, variant), data } as Message),
        );
        return;
      }
      case "start-run":
        run = startRun(effect.args, send);
        return;
      case "cancel-run":
        run?.end();
        return;
      case "start-probe":
        probes?.end();
        probes = startProbing(effect.args, send, () => probes);
        return;
      case "cancel-probe":
        probes?.end();
        return;
      case "copy": {
        const sequence = clipboardSequence(effect.text);
        if (sequence !== undefined) terminal.write(sequence);
        const lines = effect.text.split("\n").length;
        return send({
          type: "status",
          text: sequence === undefined
            ? "too large for the clipboard; ctrl-s writes a file"
            : `copied ${lines === 1 ? "a row" : `${lines - 1} lines`}`,
        });
      }
      case "export":
        writeFile(effect.file, effect.text).then((text) => send({ type: "status", text }));
    }
  }

  return {
    perform,
    interrupted: () => interrupted,
    async close() {
      run?.end();
      probes?.end();
      await Promise.all([run?.ended, probes?.ended]);
    },
  };
}

/** Between two pieces keys are taken, and frames drawn. */
function prepare(table: AnyTable, step = 0): void {
  const more = prepareTable(table, step);
  if (more) setTimeout(() => prepare(table, step + 1), 0);
}

async function writeFile(file: string, text: string): Promise<string> {
  try {
    await Deno.writeTextFile(file, text, { createNew: true });
    return `wrote ${file}`;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return `${file} is there already, name another`;
    return `cannot write ${file}: ${(error as Error).message}`;
  }
}

/** The first line of what a program said when it failed, without `error:`. */
function firstLine(message: string): string {
  return message.split("\n")[0]!.replace(/^error: /, "");
}

/** Reads data that a child makes. */
function readData(words: readonly string[], done: (data: Loaded<unknown>) => void): void {
  const lines: string[] = [];
  const child = startChild(["tui", "--data", ...words], (more) => {
    lines.push(...more);
  });
  child.ended.then(({ code, message }) => {
    if (code !== 0) {
      return done({ state: "failed", message: firstLine(message) || `exit code ${code}` });
    }
    done({ state: "here", value: JSON.parse(lines.join("\n")) });
  });
}

/** Screens with something live are drawn ten times a second at most. */
const PAUSE_MS = 90;

/** Starts a run and sends where it stands, as often as it says something. */
function startRun(args: readonly string[], send: Context["send"]): Child {
  let watch = startWatch(args);
  const summarise = import("../../lib/stats/summary.ts").then((stats) => stats.summarise);
  let told = Promise.resolve();

  /** The medians of the cases that have new samples; before that, the events are only taken. */
  async function tell(): Promise<void> {
    const make = await summarise;
    watch = summarised(watch, make);
    send({ type: "watch", watch });
  }

  const child = startChild([...args, "--events"], (lines) => {
    for (const line of lines) watch = watchEvent(watch, JSON.parse(line) as RunEvent);
    told = told.then(tell);
  }, PAUSE_MS);
  child.ended.then(async ({ code, message }) => {
    await told;
    const over = watch.state === "ended" || watch.state === "interrupted";
    watch = {
      ...watch,
      state: over ? watch.state : "failed",
      ...(message === "" || code === 0 ? {} : { message }),
    };
    await tell();
  });
  return child;
}

/** Values that were summarised, by the array that holds them. */
const known = new WeakMap<readonly number[], WatchState["cases"][number]["summary"]>();

function summarised(
  watch: WatchState,
  summarise: (values: readonly number[], confidence: number) => {
    median: number;
    low: number;
    high: number;
    min: number;
    max: number;
  },
): WatchState {
  const cases = watch.cases.map((watched) => {
    if (watched.values.length === 0) return watched;
    if (!known.has(watched.values)) {
      known.set(watched.values, summarise(watched.values, watch.confidence));
    }
    return { ...watched, summary: known.get(watched.values)! };
  });
  return { ...watch, cases };
}

/** Starts to probe and sends what the targets say; only while no other probes took their place. */
function startProbing(
  args: readonly string[],
  send: Context["send"],
  current: () => Child | undefined,
): Child {
  let probes = startProbes(args);
  const child: Child = startChild([...args, "--events"], (lines) => {
    probes = probeEvents(probes, lines.map((line) => JSON.parse(line) as ProbeEvent));
    if (current() === child) send({ type: "probes", probes });
  }, PAUSE_MS);
  child.ended.then(({ message }) => {
    const failed = probes.state === "starting";
    probes = {
      ...probes,
      state: failed ? "failed" : "ended",
      ...(failed ? { message } : {}),
    };
    if (current() === child) send({ type: "probes", probes });
  });
  return child;
}
