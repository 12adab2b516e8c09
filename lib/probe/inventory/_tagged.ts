/** Reads YAML with the tags that Ansible has of its own. */
import { parseYaml, readTextFile } from "../../scenario/yaml.ts";
import { printable } from "../../error.ts";
import { isMap } from "./_reader.ts";

/** What a file holds, without what can't be read. */
export interface Tagged {
  readonly document: unknown;
  readonly warnings: readonly string[];
}

const VAULT = /^\$ANSIBLE_VAULT;/;

/**
 * Reads a YAML file. Values that ansible-vault has encrypted are left out, with a warning.
 *
 * @param path The file.
 * @returns What it holds; nothing if the whole file is encrypted.
 * @throws {VersusError} If it can't be read or is no YAML.
 */
export async function readTagged(path: string): Promise<Tagged> {
  const text = await readTextFile(path);
  if (VAULT.test(text)) {
    return { document: undefined, warnings: [`${printable(path)} is encrypted and left out`] };
  }
  // A tag stands before the value; without it the value is the text that it is.
  const plain = text.replace(/^([^#\n]*[:-][ \t]+)!(?:vault|unsafe)(?=[ \t|>\n])/gm, "$1");
  const left: string[] = [];
  const document = withoutVault(parseYaml(plain, path), "", left);
  const warnings = left.map((where) =>
    `${printable(path)}: ${printable(where)} is encrypted and left out`
  );
  return { document, warnings };
}

function withoutVault(value: unknown, path: string, left: string[]): unknown {
  if (Array.isArray(value)) {
    return value.map((item, i) => withoutVault(item, `${path}[${i}]`, left));
  }
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const here = path === "" ? key : `${path}.${key}`;
      if (typeof item !== "string" || !VAULT.test(item)) {
        return [[key, withoutVault(item, here, left)]];
      }
      left.push(here);
      return [];
    }),
  );
}
