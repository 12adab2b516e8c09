/** Which targets a person means. */
import { VersusError } from "../../lib/error.ts";
import { parseTarget } from "../../lib/probe/target.ts";
import type { Target } from "../../lib/probe/types.ts";
import { tell } from "../output.ts";

/**
 * Makes targets of what was typed.
 *
 * @param protocol The protocol's name, for messages.
 * @param words What was typed.
 * @param inventory A file with hosts, which the words then choose from; all of them without words.
 * @param needsPort Whether each must have a port.
 * @returns The targets, each once.
 * @throws {VersusError} If there is none, or one is invalid.
 */
export async function readTargets(
  protocol: string,
  words: readonly string[],
  inventory: string | undefined,
  needsPort: boolean,
): Promise<Target[]> {
  const targets = inventory === undefined
    ? words.map(parseTarget)
    : await chosenFrom(inventory, words);
  if (targets.length === 0) {
    throw new VersusError("Found no target to probe", {
      hint: `Name some, as in: versus probe ${protocol} ${needsPort ? "r1:22" : "r1"}; or give ` +
        "--inventory FILE",
    });
  }
  const unported = needsPort ? targets.find(({ port }) => port === undefined) : undefined;
  if (unported !== undefined) {
    throw new VersusError(`Found no port for ${unported.label}, which ${protocol} needs`, {
      hint: "Write it behind the name, as in r1:22 or [2001:db8::1]:22",
    });
  }
  return [...new Map(targets.map((target) => [target.label, target])).values()];
}

async function chosenFrom(path: string, words: readonly string[]): Promise<Target[]> {
  const { loadInventory, selectHosts } = await import("../../lib/probe/inventory/mod.ts");
  const inventory = await loadInventory(path);
  for (const warning of inventory.warnings) tell(`warning: ${warning}`);
  return selectHosts(inventory, words, path);
}
