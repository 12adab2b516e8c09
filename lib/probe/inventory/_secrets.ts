/** Finds the secrets among an inventory's variables and wraps them. */
import { readSecret, type Secret, secret } from "../secret.ts";
import { below, isMap, type Place, refuse } from "./_reader.ts";

/** Names of variables that hold a secret; `keyFile`, `password_file` and the like name a place. */
const SECRET =
  /(^|[_.-])(pass|passwd|password|passphrase|secret|token|community|psk|enable)$|(Pass|Password|Passphrase|Secret|Token|Community)$|_(pass|password|key)_?(v3)?$/;
const PLACE = /(file|path|env|_private_key)$/i;

/**
 * Says whether a variable of this name holds a secret.
 *
 * @param name As `ansible_password`.
 * @returns Whether.
 */
export function isSecretName(name: string): boolean {
  return SECRET.test(name) && !PLACE.test(name);
}

/**
 * Wraps the secrets of variables, at all depths.
 *
 * A secret is written as a text, or better as where it is: `{env: NAME}` or `{file: PATH}`.
 *
 * @param variables As they were read.
 * @param place Where they stand.
 * @returns The same with secrets that print as `[secret]`.
 * @throws {VersusError} If the place that is named holds none.
 */
export function wrapSecrets(
  variables: Readonly<Record<string, unknown>>,
  place: Place,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => {
      const here = below(place, name);
      return [name, isSecretName(name) ? wrap(name, value, here) : wrapInside(value, here)];
    }),
  );
}

function wrapInside(value: unknown, place: Place): unknown {
  if (Array.isArray(value)) return value.map((item) => wrapInside(item, place));
  return isMap(value) ? wrapSecrets(value, place) : value;
}

function wrap(name: string, value: unknown, place: Place): Secret | unknown {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string" || typeof value === "number") return secret(String(value));
  if (isMap(value)) {
    const { env, file, ...rest } = value;
    const [more] = Object.keys(rest);
    if (more === undefined) {
      if (typeof env === "string") return readSecret({ name, env })!;
      if (typeof file === "string") return readSecret({ name, file })!;
    }
  }
  refuse(place, "expected a text, {env: NAME} or {file: PATH}");
}
