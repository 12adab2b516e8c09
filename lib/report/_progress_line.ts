/** The one line that tells how far a run is. */
import type { Phase } from "../record/events.ts";
import { paint } from "./_style.ts";
import { symbols } from "./_symbols.ts";
import { clean, displayWidth, fit } from "./_text.ts";
import { formatCount, formatDuration } from "./units.ts";

/** What is known of a run under way. */
export interface ProgressState {
  /** The scenario at work. */
  readonly scenario?: string;
  /** Which of the scenarios it is, from 1. */
  readonly scenarioNumber: number;
  /** How many scenarios there are. */
  readonly scenarios: number;
  /** What is being done. */
  readonly phase?: Phase;
  /** The variant that it is done with, where it is one. */
  readonly variant?: string;
  /** Cases of the scenario that have ended. */
  readonly casesDone: number;
  /** Cases of the scenario that can run. */
  readonly cases: number;
  /** Samples taken in the scenario. */
  readonly samples: number;
  /** The widest relative half-width among the cases that still run: 0.031 for ± 3.1 %. */
  readonly halfWidth?: number;
  /** The relative half-width that is wanted. */
  readonly precision?: number;
  /** Seconds since the scenario began. */
  readonly elapsedS?: number;
  /** Seconds that the scenario will probably still take. */
  readonly leftS?: number;
}

/** How the line is drawn. */
export interface ProgressLook {
  /** Whether colours are used. */
  readonly color?: boolean;
  /** Whether only ASCII is used. */
  readonly ascii?: boolean;
}

/** What a phase is called while it goes on. */
const PHASES: Readonly<Record<Phase, string>> = {
  build: "building",
  verify: "checking results",
  growth: "checking that loops run",
  calibrate: "choosing the size",
  warmup: "warming up",
  measure: "measuring",
  memory: "reading memory",
  trace: "tracing",
};

/**
 * Names a phase for people.
 *
 * @param phase The phase.
 * @returns For example `measuring`.
 */
export function phaseTitle(phase: Phase): string {
  return PHASES[phase];
}

interface Part {
  readonly text: string;
  /** The largest is left out first when there is no room; 0 always stays. */
  readonly drop: number;
}

const BAR_CELLS = 10;

function barOf(elapsedS: number, leftS: number, ascii: boolean): string {
  const signs = symbols(ascii);
  const share = elapsedS + leftS > 0 ? Math.min(1, elapsedS / (elapsedS + leftS)) : 0;
  const full = Math.round(share * BAR_CELLS);
  return signs.blocks.at(-1)!.repeat(full) + signs.track.repeat(BAR_CELLS - full);
}

function percent(share: number): string {
  return share >= 0.0995 ? (100 * share).toFixed(0) : (100 * share).toFixed(1);
}

function partsOf(state: ProgressState, ascii: boolean): Part[] {
  const signs = symbols(ascii);
  const parts: Part[] = [];
  function add(drop: number, text: string): void {
    parts.push({ drop, text });
  }
  if (state.elapsedS !== undefined && state.leftS !== undefined) {
    add(5, barOf(state.elapsedS, state.leftS, ascii));
  }
  if (state.scenarios > 1) add(4, `${state.scenarioNumber}/${state.scenarios}`);
  if (state.scenario !== undefined) add(0, clean(state.scenario, signs));
  if (state.phase !== undefined) add(1, phaseTitle(state.phase));
  if (state.variant !== undefined && state.phase !== "measure") {
    add(6, fit(clean(state.variant, signs), 24, signs, "middle"));
  }
  if (state.cases > 0) add(3, `${state.casesDone}/${state.cases} variants`);
  if (state.samples > 0) add(7, `${formatCount(state.samples)} samples`);
  if (state.halfWidth !== undefined) {
    const wanted = state.precision === undefined ? "" : ` of ${percent(state.precision)} %`;
    add(6, `${signs.plusMinus} ${percent(state.halfWidth)} %${wanted}`);
  }
  if (state.leftS !== undefined) add(2, `${formatDuration(state.leftS)} left`);
  else if (state.elapsedS !== undefined) add(2, formatDuration(state.elapsedS));
  return parts;
}

/**
 * Draws how far a run is, on one line.
 *
 * Where there is no room, these are left out first: samples, precision and variant, bar, number of the
 * scenario, variants done, time left, phase.
 *
 * @param state What is known.
 * @param width The most cells; a terminal of 80 columns has room for 79 without wrapping.
 * @param look Colours and ASCII.
 * @returns The line, without a line end.
 */
export function progressLine(
  state: ProgressState,
  width: number,
  { color = false, ascii = false }: ProgressLook = {},
): string {
  const signs = symbols(ascii);
  const separator = ` ${signs.dot} `;
  let parts = partsOf(state, ascii);
  function joined(): string {
    return parts.map(({ text }) => text).join(separator);
  }
  while (displayWidth(joined()) > width) {
    const last = Math.max(...parts.map(({ drop }) => drop));
    if (last === 0) break;
    parts = parts.filter(({ drop }) => drop !== last);
  }
  const line = fit(joined(), width, signs);
  const name = parts.find(({ drop }) => drop === 0)?.text;
  // The name may have been cut.
  const at = name === undefined ? -1 : line.indexOf(name);
  if (name === undefined || at < 0) return line;
  return paint(line.slice(0, at), "accent", color) + paint(name, "title", color) +
    line.slice(at + name.length);
}
