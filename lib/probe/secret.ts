/** Passwords, keys and communities: they come from where nobody else reads, and are never shown. */
import { VersusError } from "../error.ts";

/** What stands in the place of a secret in every output. */
export const REDACTED = "[secret]";

/** A secret that can't be printed by accident: as text and as JSON it is `[secret]`. */
export interface Secret {
  /** The secret itself, for the call that needs it. */
  reveal(): string;
  /** `[secret]` */
  toString(): string;
  /** `[secret]` */
  toJSON(): string;
}

const known = new Set<string>();

/**
 * Wraps a secret, and remembers it for {@linkcode redact}.
 *
 * @param value The secret.
 * @returns It, unprintable.
 */
export function secret(value: string): Secret {
  if (value !== "") known.add(value);
  return {
    reveal: () => value,
    toString: () => REDACTED,
    toJSON: () => REDACTED,
    // What console.log and error messages of the runtime show.
    [Symbol.for("Deno.customInspect")]: () => REDACTED,
    [Symbol.for("nodejs.util.inspect.custom")]: () => REDACTED,
  } as Secret;
}

/**
 * Takes every secret of this process out of a text from outside, as a peer may send one back.
 *
 * @param text Any text.
 * @returns The text with `[secret]` in the place of each; secrets of one or two characters are left,
 * since they would tear words apart.
 */
export function redact(text: string): string {
  // The longest first: one may hold another.
  const all = [...known].filter((value) => value.length > 2).sort((a, b) => b.length - a.length);
  return all.reduce((result, value) => result.replaceAll(value, REDACTED), text);
}

/**
 * Takes every secret of this process out of an answer, at all depths: a peer may send one back.
 *
 * @param value Plain JSON.
 * @returns The same; a copy only where this process has secrets.
 */
export function redactDeep<Value>(value: Value): Value {
  return known.size === 0 ? value : redacted(value) as Value;
}

function redacted(value: unknown): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redacted(item)]));
}

/** Where a secret comes from; the first that is given counts. */
export interface SecretSource {
  /** What it is, for messages: `password`. */
  readonly name: string;
  /** The name of an environment variable. */
  readonly env?: string;
  /** A file; a line end at its end is not part of the secret. */
  readonly file?: string;
}

/**
 * Reads a secret from the environment or a file.
 *
 * @param source Where it is.
 * @returns The secret; nothing if the source names no place.
 * @throws {VersusError} If the variable is not set or the file can't be read. A file that others can
 * read is refused, as ssh does.
 */
export function readSecret(source: SecretSource): Secret | undefined {
  const { name, env, file } = source;
  if (env !== undefined) {
    const value = Deno.env.get(env);
    if (value === undefined) {
      throw new VersusError(`The ${name} should be in the variable ${env}, which is not set`, {
        hint: `Set it for this command alone, as by: read -rs ${env} && export ${env}`,
      });
    }
    return secret(value);
  }
  return file === undefined ? undefined : readFile(name, file);
}

function readFile(name: string, file: string): Secret {
  try {
    const { mode } = Deno.statSync(file);
    if (mode !== null && Deno.build.os !== "windows" && (mode & 0o077) !== 0) {
      throw new VersusError(
        `The ${name} is in ${file}, which others can read (mode ${(mode & 0o777).toString(8)})`,
        { hint: `Keep it to yourself: chmod 600 ${file}` },
      );
    }
    return secret(Deno.readTextFileSync(file).replace(/\r?\n$/, ""));
  } catch (error) {
    if (error instanceof VersusError) throw error;
    throw new VersusError(`The ${name} can't be read from ${file}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
