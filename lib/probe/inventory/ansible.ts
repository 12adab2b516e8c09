/**
 * Ansible's inventories in YAML: groups with `hosts`, `children` and `vars`.
 *
 * A host takes its variables in Ansible's order ("Understanding variable precedence"), each over the one
 * before it: the inventory's variables of `all` and of its groups, from the outermost to the innermost,
 * at the same depth by `ansible_group_priority` and then by name; then what `group_vars/` beside the
 * inventory says of them, `all` first again; then its own, and at last `host_vars/`. Jinja
 * templates are not evaluated, and what ansible-vault has encrypted is left out.
 */
import {
  addressAt,
  below,
  isMap,
  mapAt,
  type Place,
  portAt,
  refuse,
  type YamlMap,
} from "./_reader.ts";
import { withOurNames } from "./_names.ts";
import { expandRange } from "./_range.ts";
import { wrapSecrets } from "./_secrets.ts";
import { readVarsBeside, type VarsBeside } from "./_vars_beside.ts";
import type { Inventory, InventoryHost } from "./types.ts";

const GROUP_KEYS = ["hosts", "children", "vars"];
/** As many hosts as ranges may stand for. */
const MAX_HOSTS = 100_000;

interface Group {
  readonly name: string;
  readonly parents: Set<string>;
  vars: Record<string, unknown>;
}

interface Host {
  readonly groups: Set<string>;
  vars: Record<string, unknown>;
  place: Place;
}

interface Collected {
  readonly groups: Map<string, Group>;
  readonly hosts: Map<string, Host>;
}

/** Whether a document has this form: every entry is a group. */
export function isAnsible(document: YamlMap): boolean {
  const entries = Object.values(document);
  return entries.length > 0 && entries.some(isMap) &&
    entries.every((group) =>
      group === null || isMap(group) && Object.keys(group).every((key) => GROUP_KEYS.includes(key))
    );
}

/**
 * Reads Ansible's form.
 *
 * @param document What was parsed.
 * @param file Its name; `group_vars` and `host_vars` are looked for beside it.
 * @param warnings What was left out of the file.
 * @returns The inventory.
 * @throws {ValidationError} If something is not what it should be.
 */
export async function readAnsible(
  document: YamlMap,
  file: string,
  warnings: readonly string[] = [],
): Promise<Inventory> {
  const collected: Collected = { groups: new Map(), hosts: new Map() };
  for (const [name, value] of Object.entries(document)) {
    collectGroup(name, value, undefined, { file, path: name }, collected);
  }
  const depths = depthsOf(collected.groups, file);
  const names = [...new Set(["all", ...collected.groups.keys()])];
  const beside = await readVarsBeside(file, names, [...collected.hosts.keys()]);
  return {
    form: "ansible",
    groups: names,
    warnings: [...warnings, ...beside.warnings],
    hosts: [...collected.hosts].map(([name, host]) =>
      hostOf(name, host, { groups: collected.groups, depths, beside })
    ),
  };
}

function collectGroup(
  name: string,
  value: unknown,
  parent: string | undefined,
  place: Place,
  collected: Collected,
): void {
  const map = mapAt(value, place);
  const group = collected.groups.get(name) ?? { name, parents: new Set(), vars: {} };
  collected.groups.set(name, group);
  if (parent !== undefined) group.parents.add(parent);
  const varsPlace = below(place, "vars");
  Object.assign(group.vars, wrapSecrets(mapAt(map.vars, varsPlace), varsPlace));
  const hosts = Object.entries(mapAt(map.hosts, below(place, "hosts")));
  for (const [pattern, vars] of hosts) {
    const here = below(below(place, "hosts"), pattern);
    const own = wrapSecrets(mapAt(vars, here), here);
    for (const host of expandRange(pattern, here)) addHost(host, name, own, here, collected);
  }
  const children = Object.entries(mapAt(map.children, below(place, "children")));
  for (const [child, inner] of children) {
    collectGroup(child, inner, name, below(below(place, "children"), child), collected);
  }
}

function addHost(
  name: string,
  group: string,
  vars: Record<string, unknown>,
  place: Place,
  { hosts }: Collected,
): void {
  const host = hosts.get(name) ?? { groups: new Set(), vars: {}, place };
  hosts.set(name, host);
  if (hosts.size > MAX_HOSTS) refuse(place, `found more than ${MAX_HOSTS} hosts`);
  host.groups.add(group);
  Object.assign(host.vars, vars);
}

/** How far each group is from `all`, by the longest way. */
function depthsOf(groups: ReadonlyMap<string, Group>, file: string): Map<string, number> {
  const depths = new Map<string, number>();
  const open = new Set<string>();
  function depthOf(name: string): number {
    const known = depths.get(name);
    if (known !== undefined) return known;
    if (open.has(name)) refuse({ file, path: name }, "the group is inside of itself");
    open.add(name);
    const parents = [...groups.get(name)?.parents ?? []];
    const depth = name === "all" ? 0 : 1 + Math.max(0, ...parents.map(depthOf));
    open.delete(name);
    depths.set(name, depth);
    return depth;
  }
  for (const name of groups.keys()) depthOf(name);
  return depths;
}

interface Sources {
  readonly groups: ReadonlyMap<string, Group>;
  readonly depths: ReadonlyMap<string, number>;
  readonly beside: VarsBeside;
}

function hostOf(
  name: string,
  { groups: direct, vars, place }: Host,
  { groups, depths, beside }: Sources,
): InventoryHost {
  const names = new Set<string>();
  const add = (group: string) => {
    if (names.has(group)) return;
    names.add(group);
    groups.get(group)?.parents.forEach(add);
  };
  direct.forEach(add);
  const outermostFirst = [...names].filter((group) => group !== "all").sort((a, b) =>
    depths.get(a)! - depths.get(b)! ||
    priorityOf(groups.get(a)) - priorityOf(groups.get(b)) ||
    (a < b ? -1 : 1)
  );
  const order = ["all", ...outermostFirst];
  const { ansible_group_priority: _, ...merged } = Object.assign(
    {} as Record<string, unknown>,
    ...order.map((group) => groups.get(group)?.vars ?? {}),
    ...order.map((group) => beside.groups.get(group) ?? {}),
    vars,
    beside.hosts.get(name) ?? {},
  );
  const variables = withOurNames(merged);
  const address = variables.ansible_host ?? variables.ansible_ssh_host ?? name;
  const port = portAt(
    variables.ansible_port ?? variables.ansible_ssh_port,
    below(place, "ansible_port"),
  );
  return {
    name,
    address: addressAt(address, below(place, "ansible_host")),
    ...(port === undefined ? {} : { port }),
    groups: ["all", ...outermostFirst],
    variables,
  };
}

function priorityOf(group: Group | undefined): number {
  return Number(group?.vars.ansible_group_priority ?? 1);
}
