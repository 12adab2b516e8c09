/**
 * Reading YAML from outside.
 *
 * `@std/yaml`'s core schema, with guards before and after it: size, encoding, tabs (which the parser
 * takes for blanks and so reads another structure), aliases, depth. Dates stay text, `no` and `off`
 * are text, `1e7` and `1_000` are numbers, and as in YAML 1.1 a leading zero makes a number octal.
 */
import { parse } from "@std/yaml";
import { printable, VersusError } from "../error.ts";
import { explainYamlError } from "./_yaml_messages.ts";
import { formatPath } from "./_problems.ts";

/** The largest YAML file that is read: 1 MiB. */
export const MAX_YAML_BYTES = 1024 * 1024;
/** How deep lists and maps may be nested. */
const MAX_DEPTH = 32;
/** How many values there may be once aliases are written out. */
const MAX_NODES = 100_000;
/** How many aliases: each may stand for a key, which the parser writes out as text. */
const MAX_ALIASES = 100;

const SIZE_HINT = "A scenario is a few kilobytes; keep data in files of its own";

function tooLarge(file: string, found: string): VersusError {
  return new VersusError(`${file}: ${found}, expected at most 1 MiB of YAML`, { hint: SIZE_HINT });
}

function at(file: string, line: number, column: number): string {
  return `${file}:${line}:${column}`;
}

/** What can be told from the text alone. */
function checkText(text: string, file: string): void {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MAX_YAML_BYTES) throw tooLarge(file, `found ${bytes} bytes`);
  const nul = text.indexOf("\0");
  if (nul !== -1) {
    throw new VersusError(`${file}: found a NUL byte at ${nul}, expected text`, {
      hint: "This is a binary file; name a YAML file",
    });
  }
  const tab = /^ *\t[ \t]*[^\s#]/m.exec(text);
  if (tab !== null) {
    const line = text.slice(0, tab.index).split("\n").length;
    throw new VersusError(
      `${at(file, line, tab[0].indexOf("\t") + 1)}: found a tab before the text, expected blanks`,
      { hint: "Indent with blanks: YAML does not allow tabs" },
    );
  }
  const aliases = text.match(/(?<![\w*/.])\*[^\s,[\]{}*]/g)?.length ?? 0;
  if (aliases > MAX_ALIASES) {
    throw new VersusError(`${file}: found ${aliases} aliases, expected at most ${MAX_ALIASES}`, {
      hint: "Write the values out",
    });
  }
}

type Trail = readonly (string | number)[];

/** Copies what was parsed, so that no alias is shared, and bounds it. */
function expand(root: unknown, file: string): unknown {
  let nodes = 0;
  const open = new Set<object>();
  function refuse(trail: Trail, message: string, hint: string): never {
    throw new VersusError(`${file}: ${formatPath(trail)}: ${message}`, { hint });
  }
  function copy(value: unknown, trail: Trail): unknown {
    if (++nodes > MAX_NODES) {
      refuse(
        trail.slice(0, 1),
        `found more than ${MAX_NODES} values with all aliases written out`,
        "Use fewer aliases",
      );
    }
    if (typeof value !== "object" || value === null) return value;
    if (open.has(value)) refuse(trail, "found an alias to what contains it", "Remove the alias");
    if (trail.length >= MAX_DEPTH) refuse(trail.slice(0, 4), DEEP, "Flatten it");
    open.add(value);
    const result = Array.isArray(value)
      ? value.map((item, i) => copy(item, [...trail, i]))
      : copyMap(value, trail);
    open.delete(value);
    return result;
  }
  function copyMap(map: object, trail: Trail): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(map)) {
      const here = [...trail, key];
      if (key === "<<") refuse(here, "merge keys are not supported", "Write the entries out");
      if (["__proto__", "constructor", "prototype"].includes(key)) {
        refuse(here, `key "${key}" is not allowed`, "Choose another name");
      }
      result[key] = copy(item, here);
    }
    return result;
  }
  return copy(root, []);
}

const DEEP = `lists and maps are nested more than ${MAX_DEPTH} levels deep`;

/**
 * Parses YAML from outside; whatever it holds, the result is small, plain and free of cycles.
 *
 * @param text The YAML: one document of at most 1 MiB.
 * @param file What to call it in messages.
 * @returns Plain objects, arrays, text, numbers, booleans and null.
 * @throws {VersusError} If it is not YAML, or beyond a limit; with line and column where known.
 */
export function parseYaml(text: string, file: string): unknown {
  const name = printable(file);
  checkText(text, name);
  let parsed: unknown;
  try {
    parsed = parse(text, { schema: "core" });
  } catch (error) {
    // The parser is recursive: a stack overflow means nesting that no person wrote.
    if (error instanceof RangeError) {
      throw new VersusError(`${name}: ${DEEP}`, { hint: "Flatten it", cause: error });
    }
    const mistake = explainYamlError(error, text);
    if (mistake === undefined) throw error;
    const { line, column, message, hint } = mistake;
    throw new VersusError(`${at(name, line, column)}: ${message}`, { hint, cause: error });
  }
  return expand(parsed, name);
}

function decode(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new VersusError(`${name}: found UTF-16, expected UTF-8`, { hint: "Save it as UTF-8" });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new VersusError(`${name}: found bytes that are not UTF-8, expected text`, {
      hint: "This is a binary file or has another encoding; save it as UTF-8",
      cause,
    });
  }
}

/**
 * Reads and parses a YAML file.
 *
 * @param path The file.
 * @returns As {@linkcode parseYaml}.
 * @throws {VersusError} If it cannot be read, is no regular file, too large, not text or not YAML.
 */
export async function readYaml(path: string): Promise<unknown> {
  return parseYaml(await readTextFile(path), path);
}

/**
 * Reads a small text file from outside.
 *
 * @param path The file.
 * @returns Its text.
 * @throws {VersusError} If it cannot be read, is no regular file, above 1 MiB or not UTF-8.
 */
export async function readTextFile(path: string): Promise<string> {
  const name = printable(path);
  try {
    const info = await Deno.stat(path);
    if (!info.isFile) {
      const found = info.isDirectory ? "a folder" : "a device or pipe";
      throw new VersusError(`${name}: found ${found}, expected a file`);
    }
    if (info.size > MAX_YAML_BYTES) throw tooLarge(name, `found ${info.size} bytes`);
    return decode(await Deno.readFile(path), name);
  } catch (error) {
    if (error instanceof VersusError) throw error;
    const reason = error instanceof Deno.errors.NotFound
      ? "there is no such file"
      : (error as Error).message;
    throw new VersusError(`Cannot read ${name}: ${printable(reason)}`, { cause: error });
  }
}
