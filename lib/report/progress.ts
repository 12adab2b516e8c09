/** Tells on stderr how far a run is, without disturbing what is measured. */
import type { RunEvent } from "../record/events.ts";
import {
  phaseTitle,
  progressLine,
  type ProgressLook,
  type ProgressState,
} from "./_progress_line.ts";
import { clean } from "./_text.ts";
import { symbols } from "./_symbols.ts";

export { progressLine, type ProgressLook, type ProgressState } from "./_progress_line.ts";

/** Where progress is told: stderr in the program, a list of strings in tests. */
export interface ProgressStream {
  /** Whether a line can be overwritten; otherwise one line is told a phase. */
  readonly terminal: boolean;
  /** Cells in a line. Asked before each frame: a terminal may have been resized. */
  width(): number;
  /** Writes at once. */
  write(text: string): void;
}

/** Time, so that tests need none. */
export interface ProgressClock {
  /** Milliseconds that only go forward. */
  now(): number;
  /** Calls once after so many milliseconds; the result calls it off. */
  after(milliseconds: number, call: () => void): () => void;
}

/** Reads the events of a run and tells how far it is. */
export interface Progress extends Disposable {
  /** Takes the next event; draws at most twice a second. */
  event(event: RunEvent): void;
  /** Wipes the line, for something else to be written; the next event may draw it again. */
  clear(): void;
}

/** While programs are timed the screen is touched at most twice a second. */
const FRAME_MS = 500;

const WIPE = "\r\x1b[2K";

/** Real time; a pending frame does not keep the process alive. */
export const realClock: ProgressClock = {
  now: () => performance.now(),
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    Deno.unrefTimer(timer);
    return () => clearTimeout(timer);
  },
};

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Keeps the state that the line shows. */
class Tracker {
  state: Mutable<ProgressState> = {
    scenarioNumber: 0,
    scenarios: 0,
    casesDone: 0,
    cases: 0,
    samples: 0,
  };
  #order = new Map<string, { number: number; cases: number }>();
  #variants = new Map<string, string>();

  /** Takes an event; gives whether it changed what can be seen. */
  take(event: RunEvent): boolean {
    switch (event.type) {
      case "sample":
        this.state.samples++;
        return true;
      case "progress":
        this.#enter(event.scenario);
        this.state.phase = event.phase;
        this.state.casesDone = event.casesDone;
        this.state.cases = event.cases;
        this.state.samples = event.samples;
        this.state.elapsedS = event.elapsedS;
        this.#set("leftS", event.leftS);
        this.#set("halfWidth", event.halfWidth);
        return true;
      case "phase":
        this.#enter(event.scenario);
        this.state.phase = event.phase;
        this.#set(
          "variant",
          event.caseId === undefined ? undefined : this.#variants.get(event.caseId),
        );
        return true;
      case "case-end":
        this.state.casesDone++;
        return true;
      case "run-start":
        this.state.scenarios = event.scenarios.length;
        this.state.precision = event.options.precision;
        event.scenarios.forEach(({ name, cases }, i) => {
          const able = cases.filter(({ missing }) => missing === undefined).length;
          this.#order.set(name, { number: i + 1, cases: able });
          for (const { caseId, variant } of cases) this.#variants.set(caseId, variant);
        });
        return false;
      default:
        return false;
    }
  }

  /** Starts to count anew when another scenario begins. */
  #enter(scenario: string): void {
    if (scenario === this.state.scenario) return;
    const known = this.#order.get(scenario);
    const { scenarios, precision } = this.state;
    this.state = {
      scenario,
      scenarios,
      scenarioNumber: known?.number ?? 0,
      cases: known?.cases ?? 0,
      casesDone: 0,
      samples: 0,
      ...(precision === undefined ? {} : { precision }),
    };
  }

  #set<K extends "leftS" | "halfWidth" | "variant">(key: K, value: ProgressState[K]): void {
    if (value === undefined) delete this.state[key];
    else this.state[key] = value;
  }
}

/**
 * Starts to tell how far a run is.
 *
 * On a terminal it is one line that is overwritten, at most twice a second, and wiped at the end.
 * Elsewhere it is one line for each phase of a scenario.
 *
 * @param stream Where to.
 * @param look Colours and ASCII.
 * @param clock Time; the real one by default.
 * @returns The reader of the events. Dispose of it whatever happens: that wipes the line.
 */
export function createProgress(
  stream: ProgressStream,
  look: ProgressLook = {},
  clock: ProgressClock = realClock,
): Progress {
  const tracker = new Tracker();
  let drawn = false;
  let lastFrame = -Infinity;
  let callOff: (() => void) | undefined;
  let over = false;
  const told = new Set<string>();

  function draw(): void {
    callOff?.();
    callOff = undefined;
    lastFrame = clock.now();
    drawn = true;
    // The last column stays free: some terminals wrap when it is written.
    const line = progressLine(tracker.state, Math.max(1, stream.width() - 1), look);
    stream.write(WIPE + line);
  }

  function tellPhase(): void {
    const { scenario, phase } = tracker.state;
    if (scenario === undefined || phase === undefined) return;
    const key = `${phase} ${scenario}`;
    if (told.has(key)) return;
    told.add(key);
    stream.write(`${clean(scenario, symbols(look.ascii))}: ${phaseTitle(phase)}\n`);
  }

  function clear(): void {
    callOff?.();
    callOff = undefined;
    if (!drawn) return;
    drawn = false;
    stream.write(WIPE);
  }

  function event(event: RunEvent): void {
    if (over) return;
    if (event.type === "run-end") {
      over = true;
      clear();
      return;
    }
    if (!tracker.take(event)) return;
    if (!stream.terminal) {
      if (event.type === "phase") tellPhase();
      return;
    }
    const wait = lastFrame + FRAME_MS - clock.now();
    // Not left to the timer alone: a busy runner may give it no chance to fire.
    if (wait <= 0) draw();
    else callOff ??= clock.after(wait, draw);
  }

  return {
    event,
    clear,
    [Symbol.dispose]() {
      over = true;
      clear();
    },
  };
}
