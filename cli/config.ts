/**
 * Defaults of options from YAML: `config.yaml` in the platform's configuration folder, and `.versus.yaml`
 * in the working directory, which wins. The command line wins over both.
 */
import { nearest, printable, VersusError } from "../lib/error.ts";
import { parseYaml } from "../lib/scenario/mod.ts";
import { projectConfigPath, userConfigPath } from "./config_path.ts";

/** As much of a command's option as this needs. */
export interface ConfigurableOption {
  /** Its name without dashes in front: `max-time`. */
  readonly name: string;
  /** How it may be written. */
  readonly flags: readonly string[];
  /** Its values; none for a switch. */
  readonly args: readonly unknown[];
  /** Whether it may be given several times. */
  readonly collect?: boolean | undefined;
  /** Options that it cannot stand beside. */
  readonly conflicts?: readonly string[] | undefined;
  /** Options without which it says nothing. */
  readonly depends?: readonly string[] | undefined;
}

/** Settings by the name of their option. */
export type Settings = ReadonlyMap<string, unknown>;

/** What no folder that one happens to be in may decide, by the names of options. */
const PERSONAL: readonly (readonly [RegExp, string])[] = [
  [/^(trust|toolchain|prepare|setup|cleanup)$/, "starts programs"],
  [/^yes$/, "agrees to what should be asked"],
  [/^(listen|serve)$/, "opens a port"],
  [
    /^(insecure|legacy|accept-new|known-hosts|ca|inventory|plaintext|allow-write)$/,
    "weakens what is checked",
  ],
  [/^(user|key|cert|ask-.*|.*-env|.*-file)$/, "says where a secret goes"],
  [/^keep-log$/, "writes a file"],
];

function dashed(key: string): string {
  return key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
}

/** Reads one file; none is no error. */
function readSettings(path: string | undefined, personal: boolean): Map<string, unknown> {
  if (path === undefined) return new Map();
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Map();
    throw new VersusError(`Cannot read ${printable(path)}: ${(error as Error).message}`);
  }
  const value = parseYaml(text, path) ?? {};
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new VersusError(`${printable(path)}: expected a map of options, such as max-time: 30s`);
  }
  const settings = new Map(Object.entries(value).map(([key, item]) => [dashed(key), item]));
  if (personal) return settings;
  for (const name of settings.keys()) {
    const why = PERSONAL.find(([pattern]) => pattern.test(name))?.[1];
    if (why === undefined) continue;
    throw new VersusError(`${printable(path)}: ${name} ${why}, so a project cannot set it`, {
      hint: `Give --${name} on the command line, or set it in ${userConfigPath()}`,
    });
  }
  return settings;
}

/**
 * Reads both files.
 *
 * @param known The names of all options of all commands.
 * @returns The settings.
 * @throws {VersusError} If a file is not valid, or sets an option that does not exist.
 */
export function loadSettings(known: ReadonlySet<string>): Settings {
  const project = projectConfigPath();
  const settings = new Map([
    ...readSettings(userConfigPath(), true),
    ...readSettings(project, false),
  ]);
  for (const name of settings.keys()) {
    if (known.has(name)) continue;
    const near = nearest(name, known);
    throw new VersusError(
      `Unknown option ${printable(name)} in the configuration${
        near === undefined ? "" : `; did you mean ${near}?`
      }`,
      { hint: `It was read from ${userConfigPath() ?? "no home"} and ${project}` },
    );
  }
  return settings;
}

/** The words of one setting on the command line. */
function wordsOf(option: ConfigurableOption, value: unknown): string[] {
  const flag = `--${option.name}`;
  if (option.args.length === 0) {
    if (typeof value !== "boolean") {
      throw new VersusError(
        `Found ${
          printable(String(value))
        } for ${option.name} in the configuration, expected true or false`,
      );
    }
    return value ? [flag] : [];
  }
  const values = Array.isArray(value) ? value : [value];
  if (values.length > 1 && !option.collect) {
    throw new VersusError(
      `Found a list for ${option.name} in the configuration, expected one value`,
    );
  }
  return values.flatMap((item) => [flag, String(item)]);
}

/**
 * Turns settings into words of the command line, leaving out what the user has given, or given
 * something in conflict with, and what says nothing without an option that is not there.
 *
 * @param settings The settings.
 * @param options The options of the command that is called; others do not apply.
 * @param words What the user has typed.
 * @returns Words to put before the user's.
 * @throws {VersusError} If a value cannot be one of its option.
 */
export function settingWords(
  settings: Settings,
  options: readonly ConfigurableOption[],
  words: readonly string[],
): string[] {
  const typed = options.filter((o) =>
    words.some((w) => o.flags.some((f) => w === f || w.startsWith(`${f}=`)))
  );
  const given = new Set(typed.flatMap((o) => [o.name, ...o.conflicts ?? []]));
  const there = new Set([...settings.keys(), ...typed.map((o) => o.name)]);
  return options.flatMap((option) => {
    if (given.has(option.name) || option.conflicts?.some((name) => given.has(name))) return [];
    if (option.depends?.some((name) => !there.has(name))) return [];
    // A switch that turns off is set by its own name or by what it turns off: no-color, color: false.
    const positive = option.name.replace(/^no-/, "");
    if (positive !== option.name && settings.get(positive) === false) return [`--${option.name}`];
    return settings.has(option.name) ? wordsOf(option, settings.get(option.name)) : [];
  });
}
