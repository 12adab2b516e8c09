/** The options of `versus history`, and what they say of runs. */
import { VersusError } from "../../lib/error.ts";
import type { HistoryOptions } from "../../lib/store/mod.ts";
import type { HistoryFilter } from "../../lib/store/types.ts";
import { tell } from "../output.ts";
import { parseCount, parseList } from "../values.ts";
import { parseMoment } from "./moments.ts";

/** All options as the parser gives them. */
export interface HistoryFlags {
  scenario?: string[];
  language?: string[];
  since?: string;
  until?: string;
  machine?: string;
  tag?: string[];
  limit?: string;
  metric?: string;
  remove?: boolean;
  out?: string;
  anonymize?: boolean;
  keep?: string;
  olderThan?: string;
  yes?: boolean;
  json?: boolean;
  /** `false` after `--no-color`. */
  color?: boolean;
  verbose?: boolean;
}

/** Which runs the options leave. */
export function filterOf(flags: HistoryFlags): HistoryFilter {
  const scenarios = parseList(flags.scenario);
  const languages = parseList(flags.language);
  const tags = parseList(flags.tag);
  return {
    ...(scenarios.length === 0 ? {} : { scenarios }),
    ...(languages.length === 0 ? {} : { languages }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(flags.since === undefined ? {} : { since: parseMoment("--since", flags.since) }),
    ...(flags.until === undefined ? {} : { until: parseMoment("--until", flags.until) }),
    ...(flags.machine === undefined ? {} : { machine: flags.machine }),
    ...(flags.limit === undefined ? {} : { limit: parseCount("--limit", flags.limit, 1) }),
  };
}

/** From so many journals on people are told what takes so long. */
const MANY = 50;

/** How the history is opened for a person. */
export const OPEN: HistoryOptions = {
  tell,
  progress(done, of) {
    if (done === 1 && of >= MANY) tell(`Reading ${of} files into the history's index…`);
  },
};

/**
 * Takes the words after an action.
 *
 * @param action The action, for the message.
 * @param words What was typed after it.
 * @param expected What is expected, for the message: `a run`.
 * @param least The fewest words.
 * @param most The most words.
 * @throws {VersusError} If there are too few or too many.
 */
export function requireWords(
  action: string,
  words: readonly string[],
  expected: string,
  least: number,
  most = Infinity,
): void {
  if (words.length >= least && words.length <= most) return;
  throw new VersusError(
    `Found ${words.length === 0 ? "nothing" : `${words.length} words`} after history ${action}, ` +
      `expected ${expected}`,
    { hint: "See the actions with: versus history --help" },
  );
}
