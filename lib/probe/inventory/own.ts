/**
 * versus's own form:
 *
 * ```yaml
 * defaults: { port: 22, variables: { user: admin } }
 * groups:
 *   core: { groups: [site-a], variables: { platform: ios } }
 * hosts:
 *   r1: { address: 192.0.2.1, groups: [core], variables: { password: { env: R1_PASSWORD } } }
 *   r2:
 * ```
 *
 * A host without an address is its own name. Of a variable, the host's value counts, then that of its
 * groups in their order, each before the groups that it is in itself, then the default.
 */
import { didYouMean, quote } from "../../scenario/_problems.ts";
import {
  addressAt,
  below,
  mapAt,
  type Place,
  portAt,
  refuse,
  textsAt,
  type YamlMap,
} from "./_reader.ts";
import { wrapSecrets } from "./_secrets.ts";
import type { Inventory, InventoryHost } from "./types.ts";

const ENTRY_KEYS = {
  defaults: ["port", "variables"],
  groups: ["port", "variables", "groups"],
  hosts: ["address", "port", "variables", "groups"],
} as const;

interface Entry {
  readonly port: number | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly groups: readonly string[];
}

/** Whether a document has this form: `hosts` on top, and nothing that is not of it. */
export function isOwnForm(document: YamlMap): boolean {
  return "hosts" in document &&
    Object.keys(document).every((key) => key in ENTRY_KEYS);
}

/**
 * Reads versus's own form.
 *
 * @param document What was parsed.
 * @param file Its name, for messages.
 * @returns The inventory.
 * @throws {ValidationError} If something is not what it should be.
 */
export function readOwn(document: YamlMap, file: string): Inventory {
  const top: Place = { file, path: "" };
  const groupMap = mapAt(document.groups, below(top, "groups"));
  const groups = new Map(
    Object.entries(groupMap).map(([name, value]) => {
      const place = below(below(top, "groups"), name);
      return [name, entryAt(mapAt(value, place), "groups", place)];
    }),
  );
  const place = below(top, "defaults");
  const defaults = entryAt(mapAt(document.defaults, place), "defaults", place);
  const hosts = Object.entries(mapAt(document.hosts, below(top, "hosts")));
  return {
    form: "versus",
    warnings: [],
    groups: [...groups.keys()],
    hosts: hosts.map(([name, value]) =>
      hostOf(name, value, groups, defaults, below(below(top, "hosts"), name))
    ),
  };
}

function entryAt(map: YamlMap, kind: keyof typeof ENTRY_KEYS, place: Place): Entry {
  const known: readonly string[] = ENTRY_KEYS[kind];
  const unknown = Object.keys(map).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    refuse(
      below(place, unknown),
      `unknown key${didYouMean(unknown, known)}; variables stand below "variables"`,
    );
  }
  const variables = mapAt(map.variables, below(place, "variables"));
  return {
    port: portAt(map.port, below(place, "port")),
    variables: wrapSecrets(variables, below(place, "variables")),
    groups: textsAt(map.groups, below(place, "groups")),
  };
}

function hostOf(
  name: string,
  value: unknown,
  groups: ReadonlyMap<string, Entry>,
  defaults: Entry,
  place: Place,
): InventoryHost {
  const map = mapAt(value, place);
  const own = entryAt(map, "hosts", place);
  const names = allGroups(own.groups, groups, below(place, "groups"));
  const nearestFirst = [own, ...names.map((group) => groups.get(group)!), defaults];
  const port = nearestFirst.find((entry) => entry.port !== undefined)?.port;
  return {
    name,
    address: addressAt(map.address ?? name, below(place, "address")),
    ...(port === undefined ? {} : { port }),
    groups: names,
    variables: Object.assign({}, ...nearestFirst.toReversed().map(({ variables }) => variables)),
  };
}

/** The groups of a host in the order in which they are looked at. */
function allGroups(
  names: readonly string[],
  groups: ReadonlyMap<string, Entry>,
  place: Place,
): string[] {
  const found: string[] = [];
  function add(name: string): void {
    if (found.includes(name)) return;
    const group = groups.get(name);
    if (group === undefined) {
      refuse(place, `there is no group ${quote(name)}${didYouMean(name, groups.keys())}`);
    }
    found.push(name);
    group.groups.forEach(add);
  }
  names.forEach(add);
  return found;
}
