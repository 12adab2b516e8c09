/**
 * Nornir's SimpleInventory: a hosts file, with `groups.yaml` and `defaults.yaml` beside it.
 *
 * As in `nornir.core.inventory`, each of hostname, port, username, password and platform, and each key
 * of `data`, is looked up at the host, then at its groups in their order, each before its own
 * groups, then at the defaults; the first value that is there counts.
 */
import { dirname, extname, join } from "node:path";
import { didYouMean, quote } from "../../scenario/_problems.ts";
import { readYaml } from "../../scenario/yaml.ts";
import { withOurNames } from "./_names.ts";
import {
  addressAt,
  below,
  isMap,
  mapAt,
  type Place,
  portAt,
  refuse,
  textsAt,
  type YamlMap,
} from "./_reader.ts";
import { wrapSecrets } from "./_secrets.ts";
import type { Inventory, InventoryHost } from "./types.ts";

const KEYS = [
  ...["hostname", "port", "username", "password", "platform"],
  ...["groups", "data", "connection_options"],
];

interface Entry {
  readonly place: Place;
  readonly values: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
  readonly groups: readonly string[];
}

/** Whether a document has this form: every entry is a host of Nornir's. */
export function isNornir(document: YamlMap): boolean {
  const entries = Object.values(document);
  return entries.length > 0 &&
    entries.every((host) =>
      host === null || isMap(host) && Object.keys(host).every((key) => KEYS.includes(key))
    );
}

/**
 * Reads Nornir's form.
 *
 * @param document The hosts file, parsed.
 * @param file Its name; the other files are looked for beside it.
 * @returns The inventory.
 * @throws {VersusError} If something is not what it should be.
 */
export async function readNornir(document: YamlMap, file: string): Promise<Inventory> {
  const groupsFile = await beside(file, "groups");
  const defaultsFile = await beside(file, "defaults");
  const groups = new Map(
    Object.entries(groupsFile.map).map(([name, value]) => [
      name,
      entryAt(value, { file: groupsFile.file, path: name }),
    ]),
  );
  const defaults = entryAt(defaultsFile.map, { file: defaultsFile.file, path: "" });
  return {
    form: "nornir",
    warnings: [],
    groups: [...groups.keys()],
    hosts: Object.entries(document).map(([name, value]) =>
      hostOf(name, entryAt(value, { file, path: name }), groups, defaults)
    ),
  };
}

/** Reads the file of another kind beside the hosts file; none is an empty one. */
async function beside(file: string, name: string): Promise<{ file: string; map: YamlMap }> {
  for (const ending of new Set([extname(file), ".yaml", ".yml"])) {
    const path = join(dirname(file), `${name}${ending}`);
    if (await exists(path)) {
      return { file: path, map: mapAt(await readYaml(path), { file: path, path: "" }) };
    }
  }
  return { file: join(dirname(file), `${name}.yaml`), map: {} };
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function entryAt(value: unknown, place: Place): Entry {
  const map = mapAt(value, place);
  const unknown = Object.keys(map).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) {
    refuse(below(place, unknown), `unknown key${didYouMean(unknown, KEYS)}`);
  }
  const { data, groups, ...values } = map;
  return {
    place,
    values: wrapSecrets(values, place),
    data: wrapSecrets(mapAt(data, below(place, "data")), below(place, "data")),
    groups: textsAt(groups, below(place, "groups")),
  };
}

function hostOf(
  name: string,
  host: Entry,
  groups: ReadonlyMap<string, Entry>,
  defaults: Entry,
): InventoryHost {
  const names = lookupOrder(host, groups);
  const nearestFirst = [host, ...names.map((group) => groups.get(group)!), defaults];
  // Of these nothing counts as not given; in data it is a value like others.
  const values = merged(nearestFirst.map((entry) => withoutNulls(entry.values)));
  const port = portAt(values.port, below(host.place, "port"));
  return {
    name,
    address: addressAt(values.hostname ?? name, below(host.place, "hostname")),
    ...(port === undefined ? {} : { port }),
    groups: names,
    variables: withOurNames({ ...merged(nearestFirst.map(({ data }) => data)), ...values }),
  };
}

/** The first value of each key. */
function merged(nearestFirst: readonly YamlMap[]): Record<string, unknown> {
  return Object.assign({}, ...nearestFirst.toReversed());
}

function withoutNulls(map: YamlMap): YamlMap {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== null));
}

function lookupOrder(host: Entry, groups: ReadonlyMap<string, Entry>): string[] {
  const found: string[] = [];
  function add(name: string, from: Entry): void {
    if (found.includes(name)) return;
    const group = groups.get(name);
    if (group === undefined) {
      refuse(
        below(from.place, "groups"),
        `there is no group ${quote(name)}${didYouMean(name, groups.keys())}`,
      );
    }
    found.push(name);
    for (const parent of group.groups) add(parent, group);
  }
  for (const name of host.groups) add(name, host);
  return found;
}
