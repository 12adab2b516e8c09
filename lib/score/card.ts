/** Reads scorecards: the bundled ones, and people's own. */
import { basename, dirname, join, resolve } from "node:path";
import { nearest, printable, VersusError } from "../error.ts";
import { listRunIds } from "../record/journal.ts";
import { isPath, parseYaml, type Problem, readTextFile, ValidationError } from "../scenario/mod.ts";
import { validate } from "../scenario/validate.ts";
import { checkCard } from "./_card_checks.ts";
import { scorecardSchema } from "./card_schema.ts";
import type { Category, Scorecard } from "./types.ts";

const HINT = "See `versus schema scorecard`";

/** The bundled card that is shown when none is named. */
export const DEFAULT_CARD = "nanog90";

/** Scenarios that are paths stand relative to the card. */
function placed(category: Category, folder: string): Category {
  const { measured } = category;
  if (measured === undefined) return category;
  const terms = measured.terms.map((term) => ({
    ...term,
    readings: term.readings.map((reading) =>
      isPath(reading.scenario)
        ? { ...reading, scenario: resolve(folder, reading.scenario) }
        : reading
    ),
  }));
  return { ...category, measured: { ...measured, terms } };
}

/**
 * Reads a scorecard from YAML text.
 *
 * @param text The YAML.
 * @param file The file that it stands in.
 * @param runIds The runs that evidence may point to; those with a journal by default.
 * @returns The card.
 * @throws {VersusError} If it is not YAML; a {@linkcode ValidationError} with every problem and its path
 * if it is no valid card: unknown languages, categories or sources, weights that are no weights, evidence
 * of a run that is gone.
 */
export function parseCard(
  text: string,
  file: string,
  runIds: () => readonly string[] = listRunIds,
): Scorecard {
  const document = validate(scorecardSchema, parseYaml(text, file), file, "a scorecard");
  const folder = dirname(resolve(file));
  const card: Scorecard = {
    ...document,
    categories: document.categories.map((category) => placed(category, folder)),
    file: resolve(file),
  };
  const problems: Problem[] = checkCard(card, runIds);
  if (problems.length > 0) throw new ValidationError(file, "a valid scorecard", problems, HINT);
  return card;
}

/** The bundled cards of a folder by name. */
async function bundledCards(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { name } of Deno.readDir(folder)) {
    if (/\.ya?ml$/.test(name)) found.set(name.replace(/\.ya?ml$/, ""), join(folder, name));
  }
  return found;
}

/**
 * Loads a scorecard.
 *
 * @param nameOrPath The name of a bundled one, or the path of a YAML file.
 * @param folder The folder of the bundled cards.
 * @returns The card.
 * @throws {VersusError} As {@linkcode parseCard}; and if there is no such card, with the nearest name.
 */
export async function loadCard(nameOrPath: string, folder: string): Promise<Scorecard> {
  if (isPath(nameOrPath)) return parseCard(await readTextFile(nameOrPath), nameOrPath);
  const bundled = await bundledCards(folder);
  const file = bundled.get(nameOrPath);
  if (file === undefined) {
    const near = nearest(nameOrPath, bundled.keys());
    throw new VersusError(
      `There is no scorecard ${printable(nameOrPath)}` +
        (near === undefined ? "" : `; did you mean ${near}?`),
      {
        hint: `Bundled are: ${[...bundled.keys()].sort().join(", ")}; ` +
          "write ./FILE.yaml for one of your own",
      },
    );
  }
  const card = parseCard(await readTextFile(file), file);
  if (card.name !== basename(file).replace(/\.ya?ml$/, "")) {
    throw new VersusError(`${file}: found the name ${card.name}, expected the file's`);
  }
  return card;
}
