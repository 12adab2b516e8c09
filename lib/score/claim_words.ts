/** Words and numbers of a verdict's sentence. */

/** The values that reproduce a claim. */
export interface Band {
  readonly low: number;
  readonly high: number;
}

/** Writes a figure with three significant digits. */
export function number(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toString();
  return String(Number(value.toPrecision(3)));
}

/** Says what reproduces a claim. */
export function bandText({ low, high }: Band, unit: string): string {
  if (!Number.isFinite(high)) return `${number(low)}${unit} or more reproduces it`;
  if (!Number.isFinite(low)) return `${number(high)}${unit} or less reproduces it`;
  return `${number(low)} to ${number(high)}${unit} reproduce it`;
}

/** Makes a sentence of the reason why something was not measured. */
export function notRun(reason: string): string {
  const text = `Not measured: ${reason}`;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/**
 * Gives the short name of a scenario.
 *
 * @param scenario A name, or the path of a scenario's file or folder.
 * @returns The name, or that of the folder.
 */
export function shortName(scenario: string): string {
  return scenario.replace(/[/\\]scenario\.ya?ml$/, "").replace(/^.*[/\\]/, "");
}
