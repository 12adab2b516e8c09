/** Language data: versions with their dates, cadence, implementations; dated, with sources. */
import { join } from "node:path";
import * as v from "valibot";
import { LANGUAGES, parseYaml, readTextFile, ValidationError } from "../scenario/mod.ts";
import { fields, validate } from "../scenario/validate.ts";
import type { Language } from "../toolchain/types.ts";
import { date, sourcesSchema, text } from "./card_schema.ts";
import type { Source } from "./types.ts";

/** A version of a language that gets dates of its own: `3.13`, `1.25`, `21`. */
export interface LanguageVersion {
  /** Its number, as far as dates tell versions apart. */
  readonly version: string;
  /** When it was released. */
  readonly released: string;
  /** When its support ends or ended; absent where nobody says. */
  readonly ends?: string;
}

/** What is known of a language. */
export interface LanguageData {
  /** The language. */
  readonly language: Language;
  /** The toolchain that the versions are of: `cpython`. */
  readonly toolchain: string;
  /** How versions are numbered. */
  readonly scheme: string;
  /** How often there is a new one. */
  readonly cadence: string;
  /** How long one is supported. */
  readonly support?: string;
  /** Its implementations. */
  readonly implementations: readonly string[];
  /** The versions, newest first. */
  readonly versions: readonly LanguageVersion[];
  /** The state of what the sources said. */
  readonly date: string;
  /** The documents. */
  readonly sources: readonly string[];
}

/** All language data. */
export interface LanguageFacts {
  /** Documents by a short name. */
  readonly sources: Readonly<Record<string, Source>>;
  /** The languages. */
  readonly languages: readonly LanguageData[];
}

const DATE = v.pipe(
  v.string(),
  v.regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "a date such as 2024-12-31"),
);

const languagesSchema = fields({
  sources: sourcesSchema,
  languages: v.array(fields({
    language: v.picklist(LANGUAGES),
    toolchain: text("The toolchain that the versions are of"),
    scheme: text("How versions are numbered"),
    cadence: text("How often there is a new one"),
    support: v.exactOptional(text("How long one is supported")),
    implementations: v.array(v.string()),
    versions: v.pipe(
      v.array(fields({
        version: v.pipe(v.string(), v.regex(/^\d+(\.\d+)*$/, 'a version such as "3.13"')),
        released: DATE,
        ends: v.exactOptional(DATE),
      })),
      v.minLength(1, "at least one version"),
    ),
    date: date("The state of what the sources said"),
    sources: v.array(v.string()),
  })),
});

/**
 * Reads language data from YAML text.
 *
 * @param yaml The YAML.
 * @param file The file that it stands in.
 * @returns The data.
 * @throws {VersusError} If it is not valid, or names sources that are not there.
 */
export function parseLanguages(yaml: string, file: string): LanguageFacts {
  const facts = validate(languagesSchema, parseYaml(yaml, file), file, "language data");
  const known = Object.keys(facts.sources);
  const problems = facts.languages.flatMap(({ sources, versions }, i) => [
    ...sources.flatMap((name, j) =>
      known.includes(name)
        ? []
        : [{ path: `languages[${i}].sources[${j}]`, message: `unknown source "${name}"` }]
    ),
    ...versions.flatMap(({ version }, j) =>
      j > 0 && compareVersions(versions[j - 1]!.version, version) <= 0
        ? [{ path: `languages[${i}].versions[${j}]`, message: `${version}, expected newest first` }]
        : []
    ),
  ]);
  if (problems.length > 0) throw new ValidationError(file, "valid language data", problems);
  return facts;
}

/**
 * Loads the bundled language data.
 *
 * @param folder The folder of the facts.
 */
export async function loadLanguages(folder: string): Promise<LanguageFacts> {
  const file = join(folder, "languages.yaml");
  return parseLanguages(await readTextFile(file), file);
}

function numbers(version: string): number[] {
  return (/^\D*(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? "").split(".").filter(Boolean).map(Number);
}

/** Compares two versions number by number, as far as both have some. */
function compareVersions(a: string, b: string): number {
  const [x, y] = [numbers(a), numbers(b)];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    if (x[i] !== y[i]) return x[i]! - y[i]!;
  }
  return 0;
}

/** The entry of a version: `3.13` for 3.13.2. */
function entryOf(data: LanguageData, version: string): LanguageVersion | undefined {
  return data.versions.find((known) =>
    numbers(known.version).length <= numbers(version).length &&
    compareVersions(known.version, version) === 0
  );
}

/**
 * Says how far a toolchain is behind the newest version that is known.
 *
 * @param facts Language data.
 * @param toolchain Its kind and the version that it reports.
 * @returns Days between the two releases; 0 for the newest, and for one that is newer than the data;
 * `undefined` for a version or a toolchain that the data does not know.
 */
export function behindDays(
  facts: LanguageFacts,
  toolchain: { readonly name: string; readonly version: string },
): number | undefined {
  const data = facts.languages.find((l) => l.toolchain === toolchain.name);
  const newest = data?.versions[0];
  if (data === undefined || newest === undefined) return undefined;
  if (compareVersions(toolchain.version, newest.version) > 0) return 0;
  const entry = entryOf(data, toolchain.version);
  if (entry === undefined) return undefined;
  return (Date.parse(newest.released) - Date.parse(entry.released)) / 86_400_000;
}

/** How fresh the data of a language is. */
export interface Freshness {
  /** What the data is of: `languages/go`. */
  readonly name: string;
  /** The state of the data. */
  readonly date: string;
  /** Whether a toolchain is installed that is newer than the newest version of the data. */
  readonly stale: boolean;
}

/**
 * Compares language data with the toolchains of this machine.
 *
 * @param facts Language data.
 * @param toolchains What is installed.
 * @returns One entry a language.
 */
export function freshness(
  facts: LanguageFacts,
  toolchains: readonly { readonly name: string; readonly version?: string }[],
): Freshness[] {
  return facts.languages.map(({ language, toolchain, versions, date }) => ({
    name: `languages/${language}`,
    date,
    stale: toolchains.some(({ name, version }) =>
      name === toolchain && version !== undefined &&
      compareVersions(version, versions[0]!.version) > 0
    ),
  }));
}
