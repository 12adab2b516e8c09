/**
 * What a scenario from outside would run, and the hash that the answer to it is remembered by.
 */
import { join } from "node:path";
import { printable } from "../error.ts";
import { sourceFiles } from "./sources.ts";
import type { CommandTemplate, Scenario } from "./types.ts";

/** A command that a scenario would run. */
export interface ScenarioCommand {
  /** The variant that it belongs to. */
  readonly variant: string;
  /** Whether it builds or is measured. */
  readonly step: "build" | "run";
  /** Program and arguments with their placeholders. */
  readonly command: CommandTemplate;
  /** The command for people: quoted as for a shell, environment first, no control characters. */
  readonly text: string;
}

function shellWord(word: string): string {
  const shown = printable(word);
  return /^[\w@%+=:,./{}-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", `'\\''`)}'`;
}

/**
 * Lists the commands that a scenario would run.
 *
 * @param scenario The scenario.
 * @returns Build steps and runs, variant by variant in the order of the file.
 */
export function describeCommands(scenario: Scenario): ScenarioCommand[] {
  return scenario.variants.flatMap(({ name, build, run, env }) => {
    const environment = Object.entries(env).map(([key, value]) => `${key}=${shellWord(value)}`);
    const describe = (step: "build" | "run", command: CommandTemplate): ScenarioCommand => ({
      variant: name,
      step,
      command,
      text: [...environment, ...command.map(shellWord)].join(" "),
    });
    return [...build.map((step) => describe("build", step)), describe("run", run)];
  });
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Hashes all that decides what a scenario runs: its YAML file and every source of every variant, with
 * path and executable bit. Since nothing else is copied to `{dir}`, an equal hash means equal programs.
 *
 * @param scenario The scenario.
 * @returns A SHA-256 in hexadecimal digits.
 * @throws {VersusError} If a source is missing or outside of the folder.
 */
export async function scenarioDigest(scenario: Scenario): Promise<string> {
  const files = new Set<string>();
  for (const variant of scenario.variants) {
    for (const file of await sourceFiles(scenario, variant)) files.add(file);
  }
  const lines = ["versus scenario 1", await sha256(await Deno.readFile(scenario.file))];
  for (const file of [...files].sort()) {
    const path = join(scenario.folder, file);
    const { mode } = await Deno.stat(path);
    const kind = ((mode ?? 0) & 0o111) === 0 ? "-" : "x";
    lines.push(JSON.stringify([file, kind, await sha256(await Deno.readFile(path))]));
  }
  return await sha256(new TextEncoder().encode(lines.join("\n")));
}
