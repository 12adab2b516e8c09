/** A script for network gear: what is sent, what is waited for. Written in YAML. */
import { parse } from "@std/yaml";
import * as v from "valibot";
import { printable, VersusError } from "../../error.ts";
import { readSecret, type Secret } from "../secret.ts";
import { type Platform, PLATFORMS } from "./platforms.ts";

/** One thing that is sent, and what must come then. */
export interface ScriptStep {
  /** Names it in the output; what is sent by default. */
  readonly name: string;
  /** What is sent, without the line end; a secret is never shown. */
  readonly send: string | Secret;
  /** What ends the answer, matched where the output ends; the prompt by default. */
  readonly expect?: RegExp;
  /** How long the answer may take, in milliseconds. */
  readonly timeoutMs?: number;
  /** Fails the script if the output has it. */
  readonly failIf?: RegExp;
}

/** How privileged mode is entered. */
export interface EnableMode {
  /** What is sent. */
  readonly send: string;
  /** What asks for the password. */
  readonly ask: RegExp;
  /** The password; without one, none must be asked for. */
  readonly password?: Secret;
  /** The prompt of privileged mode. */
  readonly prompt: RegExp;
}

/** A script, ready to run. */
export interface Script {
  /** What a prompt looks like at the end of the output; learned from the first one by default. */
  readonly prompt?: RegExp;
  /** What turns paging off. */
  readonly paging: readonly string[];
  /** How to become privileged. */
  readonly enable?: EnableMode;
  /** How long a step may take, in milliseconds; the attempt's limit holds as well. */
  readonly timeoutMs?: number;
  /** What ends a line that is sent. */
  readonly newline: string;
  /** What is done. */
  readonly steps: readonly ScriptStep[];
}

const pattern = v.pipe(v.string(), v.check(isPattern, "expected a regular expression"));
const time = v.pipe(
  v.string(),
  v.regex(/^\d+(\.\d+)?(ms|s|m)$/, "expected a time such as 500ms, 10s or 2m"),
);
const secretPlace = {
  secretEnv: v.optional(v.string()),
  secretFile: v.optional(v.string()),
};
const stepSchema = v.union([
  v.string(),
  v.strictObject({
    name: v.optional(v.string()),
    send: v.optional(v.string()),
    ...secretPlace,
    expect: v.optional(pattern),
    timeout: v.optional(time),
    failIf: v.optional(pattern),
  }),
]);
const scriptSchema = v.strictObject({
  platform: v.optional(v.picklist(Object.keys(PLATFORMS))),
  prompt: v.optional(pattern),
  paging: v.optional(v.union([v.string(), v.array(v.string())])),
  enable: v.optional(v.union([
    v.boolean(),
    v.strictObject({
      send: v.optional(v.string()),
      ask: v.optional(pattern),
      prompt: v.optional(pattern),
      ...secretPlace,
    }),
  ])),
  timeout: v.optional(time),
  newline: v.optional(v.picklist(["lf", "cr", "crlf"])),
  steps: v.pipe(v.array(stepSchema), v.minLength(1, "expected at least one step")),
});

type ScriptYaml = v.InferOutput<typeof scriptSchema>;

const NEWLINES = { lf: "\n", cr: "\r", crlf: "\r\n" };
const HINT = "See an example at the end of: versus probe ssh --help";

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    // What is wrong with it is told by the caller.
    return false;
  }
}

/**
 * Reads a script.
 *
 * @param text The YAML.
 * @param file Its name, for messages.
 * @returns The script, with the secrets that it names.
 * @throws {VersusError} If it is not what it should be, or a secret can't be had.
 */
export function parseScript(text: string, file: string): Script {
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    throw new VersusError(`${file} is no YAML: ${printable((error as Error).message)}`, {
      hint: HINT,
      cause: error,
    });
  }
  const result = v.safeParse(scriptSchema, data);
  if (!result.success) {
    const [issue] = result.issues;
    const where = v.getDotPath(issue) ?? "the script";
    throw new VersusError(`${file}: ${where}: ${printable(issue.message)}`, { hint: HINT });
  }
  return build(result.output, file);
}

/**
 * Reads a script from a file.
 *
 * @param path Where it is.
 * @returns The script.
 * @throws {VersusError} As {@linkcode parseScript}, and if the file can't be read.
 */
export function loadScript(path: string): Script {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (error) {
    throw new VersusError(`The script can't be read: ${printable((error as Error).message)}`, {
      hint: "See the path after --script",
      cause: error,
    });
  }
  return parseScript(text, printable(path));
}

function build(yaml: ScriptYaml, file: string): Script {
  const platform: Platform = PLATFORMS[yaml.platform ?? ""] ?? {};
  const { prompt, timeout, enable } = yaml;
  const paging = yaml.paging ?? platform.paging ?? [];
  const mode = enableMode(enable, platform);
  const shape = prompt === undefined ? platform.prompt : new RegExp(prompt);
  return {
    ...(shape === undefined ? {} : { prompt: shape }),
    paging: typeof paging === "string" ? [paging] : paging,
    ...(mode === undefined ? {} : { enable: mode }),
    ...(timeout === undefined ? {} : { timeoutMs: milliseconds(timeout) }),
    newline: NEWLINES[yaml.newline ?? "lf"],
    steps: yaml.steps.map((step, i) => buildStep(step, `${file}: steps.${i}`)),
  };
}

function enableMode(enable: ScriptYaml["enable"], platform: Platform): EnableMode | undefined {
  if (enable === undefined || enable === false) return undefined;
  const own = enable === true ? {} : enable;
  const password = secretOf("enable password", own);
  return {
    send: own.send ?? platform.enable ?? "enable",
    ask: new RegExp(own.ask ?? "assword:\\s*$"),
    prompt: new RegExp(own.prompt ?? "#\\s?$"),
    ...(password === undefined ? {} : { password }),
  };
}

function buildStep(step: ScriptYaml["steps"][number], where: string): ScriptStep {
  if (typeof step === "string") return { name: step, send: step };
  const hidden = secretOf(`secret of ${where}`, step);
  if ((step.send === undefined) === (hidden === undefined)) {
    throw new VersusError(`${where}: expected one of send, secretEnv and secretFile`, {
      hint: HINT,
    });
  }
  const { expect, timeout, failIf } = step;
  return {
    name: step.name ?? step.send ?? "(secret)",
    send: hidden ?? step.send!,
    ...(expect === undefined ? {} : { expect: new RegExp(expect) }),
    ...(timeout === undefined ? {} : { timeoutMs: milliseconds(timeout) }),
    ...(failIf === undefined ? {} : { failIf: new RegExp(failIf, "m") }),
  };
}

function secretOf(
  name: string,
  { secretEnv, secretFile }: { secretEnv?: string | undefined; secretFile?: string | undefined },
): Secret | undefined {
  return readSecret({
    name,
    ...(secretEnv === undefined ? {} : { env: secretEnv }),
    ...(secretFile === undefined ? {} : { file: secretFile }),
  });
}

function milliseconds(text: string): number {
  const [, number, unit] = /^([\d.]+)(ms|s|m)$/.exec(text)!;
  return Number(number) * { ms: 1, s: 1000, m: 60_000 }[unit as "ms" | "s" | "m"];
}
