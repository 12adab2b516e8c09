/** A scenario from outside the bundle runs commands: they are shown, and asked for once. */
import { join } from "node:path";
import { VersusError } from "../lib/error.ts";
import { makeFolder, stateFolder } from "../lib/record/home.ts";
import { describeCommands, scenarioDigest } from "../lib/scenario/mod.ts";
import type { Scenario } from "../lib/scenario/types.ts";
import { tell } from "./output.ts";

function trustFile(): string {
  return join(stateFolder(), "trusted");
}

/** Digests that were trusted before, one a line. */
function trusted(): Set<string> {
  try {
    return new Set(Deno.readTextFileSync(trustFile()).split("\n").filter(Boolean));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Set();
    throw error;
  }
}

function remember(digest: string): void {
  makeFolder(stateFolder(), "remember what is trusted");
  Deno.writeTextFileSync(trustFile(), digest + "\n", { append: true, mode: 0o600 });
}

/**
 * Makes sure that the user agrees with what a scenario runs. The answer is kept for exactly these
 * files: when one of them changes, it is asked again.
 *
 * @param scenario The scenario; bundled ones are trusted.
 * @param agreed The user has said so already (`--trust`).
 * @throws {VersusError} If the user does not agree, or cannot be asked.
 */
export async function requireTrust(scenario: Scenario, agreed: boolean): Promise<void> {
  if (scenario.bundled || agreed) return;
  const digest = await scenarioDigest(scenario);
  if (trusted().has(digest)) return;
  tell(`${scenario.name} is not one of versus's own scenarios. It runs these commands:`);
  for (const { variant, step, text } of describeCommands(scenario)) {
    tell(`  ${variant}, ${step}: ${text}`);
  }
  if (!Deno.stdin.isTerminal() || !Deno.stderr.isTerminal()) {
    throw new VersusError(`The scenario ${scenario.name} is not trusted, and nobody can be asked`, {
      hint: "Read what it runs, then add --trust",
    });
  }
  const answer = prompt("Run them? [y/N]") ?? "";
  if (!/^y(es)?$/i.test(answer.trim())) {
    throw new VersusError(`The scenario ${scenario.name} was not run`);
  }
  remember(digest);
}
