/**
 * Packages of Fedora, SUSE and their relatives, by rpm's database.
 *
 * The SQLite form is read directly; older forms (Berkeley DB, ndb) by asking `rpm`. Source of the format
 * of a header: rpm's "Package format" manual and rpm(8).
 */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { remember } from "./_files.ts";
import { mergedPaths } from "./_merged.ts";
import { belongsTo, type PackageRef, packageRef, type Rule, type RuleContext } from "./types.ts";

const FOLDERS = ["/usr/lib/sysimage/rpm", "/var/lib/rpm"];
const SQLITE = "rpmdb.sqlite";
const OTHERS = ["Packages", "Packages.db", "Packages.sqlite"];

/** Tags of a header. */
const TAG = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  oldFiles: 1027,
  folderIndexes: 1116,
  baseNames: 1117,
  folders: 1118,
} as const;

/** Types of a tag's value. */
const [INT32, STRING, STRING_ARRAY, I18N] = [4, 6, 8, 9];
/** No package has more files. */
const MAX_VALUES = 10_000_000;

type Values = (number | string)[];

/** The values of the tags that are wanted. */
function readHeader(blob: Uint8Array): Map<number, Values> {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const wanted = new Set<number>(Object.values(TAG));
  const found = new Map<number, Values>();
  if (blob.length < 8) return found;
  const count = view.getUint32(0);
  const store = 8 + count * 16;
  if (store > blob.length) return found;
  const decoder = new TextDecoder();
  for (let i = 0; i < count; i++) {
    const at = 8 + i * 16;
    const [tag, type] = [view.getUint32(at), view.getUint32(at + 4)];
    const [offset, values] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (!wanted.has(tag) || values > MAX_VALUES) continue;
    const list: Values = [];
    let from = store + offset;
    for (let n = 0; n < values && from < blob.length; n++) {
      if (type === INT32) {
        if (from + 4 > blob.length) break;
        list.push(view.getUint32(from));
        from += 4;
      } else if (type === STRING || type === STRING_ARRAY || type === I18N) {
        const end = blob.indexOf(0, from);
        if (end === -1) break;
        list.push(decoder.decode(blob.subarray(from, end)));
        from = end + 1;
      } else break;
    }
    found.set(tag, list);
  }
  return found;
}

/**
 * Reads one package's header.
 *
 * @param blob The header as the database holds it.
 * @returns The package and its files; `undefined` if it names no package.
 */
export function parseRpmHeader(blob: Uint8Array): [PackageRef, string[]] | undefined {
  const header = readHeader(blob);
  const text = (tag: number) => header.get(tag)?.[0];
  const [name, version, release, epoch] = [
    text(TAG.name),
    text(TAG.version),
    text(TAG.release),
    text(TAG.epoch),
  ];
  if (typeof name !== "string") return undefined;
  const prefix = epoch === undefined || epoch === 0 ? "" : `${epoch}:`;
  const full = version === undefined ? undefined : `${prefix}${version}-${release}`;
  const folders = header.get(TAG.folders) ?? [];
  const indexes = header.get(TAG.folderIndexes) ?? [];
  const paths = (header.get(TAG.baseNames) ?? []).map((base, i) =>
    `${folders[indexes[i] as number] ?? ""}${base}`
  );
  const old = (header.get(TAG.oldFiles) ?? []).map(String);
  return [packageRef("rpm", name, full), paths.length > 0 ? paths : old];
}

function hasContent(path: string): boolean {
  try {
    return Deno.statSync(path).size > 0;
  } catch {
    // Not there: nothing in it.
    return false;
  }
}

function readSqlite(path: string): Map<string, PackageRef> {
  // Loaded only where there is such a database.
  const { DatabaseSync } = createRequire(import.meta.url)(
    "node:sqlite",
  ) as typeof import("node:sqlite");
  // Even to read, SQLite would write beside a database of this kind; rpm leaves no log behind.
  const address = pathToFileURL(path);
  if (!hasContent(`${path}-wal`)) address.search = "?immutable=1";
  const database = new DatabaseSync(address, { readOnly: true });
  try {
    const byPath = new Map<string, PackageRef>();
    for (const row of database.prepare("SELECT blob FROM Packages").iterate()) {
      const blob = row["blob"];
      const entry = blob instanceof Uint8Array ? parseRpmHeader(blob) : undefined;
      for (const file of entry?.[1] ?? []) byPath.set(file, entry![0]);
    }
    return byPath;
  } finally {
    database.close();
  }
}

/** Asks rpm itself for the files of every package. */
function askRpm(root: string): Map<string, PackageRef> {
  const format = "[%{FILENAMES}\\t%{=NAME}\\t%{=EVR}\\n]";
  const { success, stdout, stderr } = new Deno.Command("rpm", {
    args: ["--root", root, "-qa", "--queryformat", format],
    env: { LC_ALL: "C" },
  }).outputSync();
  if (!success) throw new Error(new TextDecoder().decode(stderr).trim());
  const byPath = new Map<string, PackageRef>();
  for (const line of new TextDecoder().decode(stdout).split("\n")) {
    const [path, name, version] = line.split("\t");
    if (path !== undefined && name !== undefined) {
      byPath.set(path, packageRef("rpm", name, version));
    }
  }
  return byPath;
}

/** Makes the rule. */
export function rpm(context: RuleContext): Rule {
  const { files } = context;
  const place = remember(() => mergedPaths(files));
  function load(): Map<string, PackageRef> {
    const folder = FOLDERS.find((one) =>
      [SQLITE, ...OTHERS].some((name) => files.list(one)?.has(name))
    );
    if (folder === undefined) return new Map();
    try {
      return files.list(folder)!.has(SQLITE)
        ? readSqlite(files.onDisk(`${folder}/${SQLITE}`))
        : askRpm(files.root);
    } catch (error) {
      context.problem(`the rpm database could not be read: ${(error as Error).message}`);
      return new Map();
    }
  }
  const index = remember(() =>
    new Map([...load()].map(([path, found]) => [place("")(path), found]))
  );
  return {
    find: (path) => {
      const found = index("").get(place("")(path));
      return found === undefined ? undefined : belongsTo(found, "rpm");
    },
  };
}
