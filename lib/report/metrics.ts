/** What a metric's name says: the quantity, the unit, which way is better, how it is called. */
import type { Quantity } from "./units.ts";

/** How a metric is shown. */
export interface MetricInfo {
  /** Its name for people: `peak memory`. */
  readonly title: string;
  /** What it counts. */
  readonly quantity: Quantity;
  /** Its unit in base units: 1024 for a name that ends in `Kb`. */
  readonly factor: number;
  /** Which values are better. */
  readonly better: "lower" | "higher";
  /** Words for a comparison: better, worse. */
  readonly words: readonly [better: string, worse: string];
}

type Suffix = readonly [pattern: RegExp, quantity: Quantity, factor: number];

/** First match wins; a scenario's own metrics carry their unit in the same way. */
const SUFFIXES: readonly Suffix[] = [
  [/PerS(econd)?$/, "rate", 1],
  [/Percent$/, "percent", 1],
  [/Kb$/, "size", 1024],
  [/Bytes$/, "size", 1],
  [/Ns$|^ns(?=[A-Z])/, "time", 1e-9],
  [/Us$|^us(?=[A-Z])/, "time", 1e-6],
  [/Ms$|^ms(?=[A-Z])/, "time", 1e-3],
  [/(?<=[a-z])S$/, "time", 1],
];

const TITLES: Readonly<Record<string, string>> = {
  wallS: "time",
  cpuS: "CPU time",
  userS: "user time",
  sysS: "system time",
  cpuPercent: "CPU",
  maxRssKb: "peak memory",
  treeRssKb: "tree memory",
  nsPerIteration: "per iteration",
};

const WORDS: Readonly<Record<Quantity, readonly [string, string]>> = {
  time: ["faster", "slower"],
  rate: ["faster", "slower"],
  size: ["less", "more"],
  percent: ["less", "more"],
  number: ["less", "more"],
};

function humanise(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/**
 * Tells how a metric is shown, from its name alone.
 *
 * @param name As in a summary: `wallS`, `maxRssKb`, `requestsPerS`.
 * @returns What it counts and how it is called.
 */
export function metricInfo(name: string): MetricInfo {
  const suffix = SUFFIXES.find(([pattern]) => pattern.test(name));
  const [pattern, quantity, factor] = suffix ?? [undefined, "number" as const, 1];
  const stem = pattern === undefined ? name : name.replace(pattern, "");
  return {
    title: TITLES[name] ?? (humanise(stem).trim().toLowerCase() || name),
    quantity,
    factor,
    better: quantity === "rate" ? "higher" : "lower",
    words: WORDS[quantity],
  };
}
