/** Collects what is wrong in a scenario while it is checked. */
import { VersusError } from "../error.ts";
import { didYouMean, formatPath, oneOf, type Problem } from "./_problems.ts";

/** A path into the document. */
export type Trail = readonly (string | number)[];

/** Collects problems; `attempt` takes the message of what is thrown. */
export class Problems {
  readonly found: Problem[] = [];

  add(trail: Trail, message: string): void {
    this.found.push({ path: formatPath(trail), message });
  }

  attempt<T>(trail: Trail, action: () => T): T | undefined {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof VersusError)) throw error;
      this.add(trail, error.message);
      return undefined;
    }
  }

  duplicates(trail: Trail, words: readonly string[]): void {
    words.forEach((word, i) => {
      if (words.indexOf(word) < i) this.add([...trail, i], `"${word}" is given twice`);
    });
  }

  name(trail: Trail, what: string, name: string, known: readonly string[]): boolean {
    if (known.includes(name)) return true;
    const expected = known.length === 0 ? `, there are none` : `, expected ${oneOf(known)}`;
    this.add(trail, `unknown ${what} "${name}"${didYouMean(name, known) || expected}`);
    return false;
  }
}
