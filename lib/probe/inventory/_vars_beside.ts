/** Ansible's `group_vars/` and `host_vars/` beside an inventory. */
import { dirname, extname, join } from "node:path";
import { mapAt, type YamlMap } from "./_reader.ts";
import { wrapSecrets } from "./_secrets.ts";
import { readTagged } from "./_tagged.ts";

/** What the files beside an inventory say. */
export interface VarsBeside {
  readonly groups: ReadonlyMap<string, YamlMap>;
  readonly hosts: ReadonlyMap<string, YamlMap>;
  /** What was left out. */
  readonly warnings: readonly string[];
}

const ENDINGS = ["", ".yml", ".yaml", ".json"];

/**
 * Reads the files of groups and hosts: `group_vars/NAME`, with or without an ending, or all files of a
 * folder of that name.
 *
 * @param inventory The inventory's file.
 * @param groups Names of groups.
 * @param hosts Names of hosts.
 * @returns Variables by name.
 * @throws {VersusError} If a file can't be read or is not what it should be.
 */
export async function readVarsBeside(
  inventory: string,
  groups: readonly string[],
  hosts: readonly string[],
): Promise<VarsBeside> {
  const warnings: string[] = [];
  async function read(folder: string, names: readonly string[]): Promise<Map<string, YamlMap>> {
    const files = await list(join(dirname(inventory), folder));
    const found = new Map<string, YamlMap>();
    for (const name of files.length === 0 ? [] : names) {
      const own = files.filter(({ owner }) => owner === name);
      for (const { path } of own) {
        const { document, warnings: left } = await readTagged(path);
        warnings.push(...left);
        const place = { file: path, path: "" };
        const vars = wrapSecrets(mapAt(document, place), place);
        found.set(name, { ...found.get(name), ...vars });
      }
    }
    return found;
  }
  return {
    groups: await read("group_vars", groups),
    hosts: await read("host_vars", hosts),
    warnings,
  };
}

interface VarsFile {
  /** The group or host. */
  readonly owner: string;
  readonly path: string;
}

/** The files of a folder in the order in which they are read; none if it is not there. */
async function list(folder: string): Promise<VarsFile[]> {
  const found: VarsFile[] = [];
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) {
      for (const inner of await entriesOf(path)) {
        if (!inner.isDirectory && isVars(inner.name)) {
          found.push({ owner: entry.name, path: join(path, inner.name) });
        }
      }
    } else if (isVars(entry.name)) {
      found.push({ owner: ownerOf(entry.name), path });
    }
  }
  return found;
}

/** The name without an ending that is known: a host's name may have dots. */
function ownerOf(name: string): string {
  const ending = extname(name);
  return ENDINGS.includes(ending) ? name.slice(0, name.length - ending.length) : name;
}

function isVars(name: string): boolean {
  return !name.startsWith(".") && !name.endsWith("~");
}

async function entriesOf(folder: string): Promise<Deno.DirEntry[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    return entries.sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return [];
    }
    throw error;
  }
}
