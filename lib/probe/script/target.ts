/** What an inventory says of a target, laid over a script. */
import { type Secret, secret } from "../secret.ts";
import type { Target } from "../types.ts";
import type { Script } from "./schema.ts";

/**
 * Gives a script the target's own password of privileged mode, where it names none.
 *
 * @param script The script.
 * @param target The target; its variable `enablePassword` counts.
 */
export function scriptFor(script: Script, { variables }: Target): Script {
  const { enable } = script;
  const given = variables["enablePassword"];
  if (enable === undefined || enable.password !== undefined || given === undefined) return script;
  const password = typeof given === "string" ? secret(given) : given as Secret;
  return { ...script, enable: { ...enable, password } };
}
