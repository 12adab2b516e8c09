/**
 * Inventories: lists of hosts in YAML. versus's own form, Ansible's and Nornir's are told apart by
 * what they hold, and come to the same: hosts with the variables of their groups and defaults.
 *
 * @module
 */
import { nearest, printable, VersusError } from "../../error.ts";
import type { Target } from "../types.ts";
import { isMap } from "./_reader.ts";
import { readTagged } from "./_tagged.ts";
import { isAnsible, readAnsible } from "./ansible.ts";
import { isNornir, readNornir } from "./nornir.ts";
import { isOwnForm, readOwn } from "./own.ts";
import type { Inventory, InventoryHost } from "./types.ts";

export type { Inventory, InventoryHost } from "./types.ts";

/**
 * Reads an inventory.
 *
 * @param path The file; of Nornir's form the hosts file, with `groups.yaml` and `defaults.yaml` beside.
 * @returns The inventory.
 * @throws {VersusError} If it can't be read or is no inventory; the message says where.
 */
export async function loadInventory(path: string): Promise<Inventory> {
  const { document, warnings } = await readTagged(path);
  if (isMap(document)) {
    if (isOwnForm(document)) return readOwn(document, path);
    if (isAnsible(document)) return await readAnsible(document, path, warnings);
    if (isNornir(document)) return await readNornir(document, path);
  }
  throw new VersusError(`${printable(path)} is not an inventory: found none of the known forms`, {
    hint: 'Write "hosts:" with a map of names on top, or name an Ansible inventory in YAML or ' +
      "Nornir's hosts file",
  });
}

/**
 * Chooses hosts of an inventory.
 *
 * @param inventory It.
 * @param words Names of hosts and groups; all hosts if there is none.
 * @param file Its name, for messages.
 * @returns A target for each host that was chosen.
 * @throws {VersusError} If a word is neither a host nor a group, or nothing is chosen.
 */
export function selectHosts(
  inventory: Inventory,
  words: readonly string[],
  file: string,
): Target[] {
  const { hosts, groups } = inventory;
  const names = [...hosts.map(({ name }) => name), ...groups];
  const chosen = words.length === 0 ? hosts : words.flatMap((word) => {
    const found = hosts.filter((host) => host.name === word || host.groups.includes(word));
    if (found.length > 0) return found;
    const near = nearest(word, names);
    const what = groups.includes(word) ? "a group without hosts" : "neither a host nor a group";
    throw new VersusError(
      `${printable(word)} is ${what} of ${printable(file)}` +
        (near === undefined || near === word ? "" : `; did you mean ${printable(near)}?`),
      { hint: "Leave --inventory out to probe hosts that are in none" },
    );
  });
  if (chosen.length === 0) throw new VersusError(`${printable(file)} has no hosts`);
  return chosen.map(targetOf);
}

function targetOf({ name, address, port, variables }: InventoryHost): Target {
  return { label: name, host: address, ...(port === undefined ? {} : { port }), variables };
}
