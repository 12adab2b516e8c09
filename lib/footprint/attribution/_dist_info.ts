/**
 * What an installed Python distribution says of itself.
 *
 * Sources: "Recording installed projects" (PyPA specification: METADATA, RECORD, direct_url.json), and
 * setuptools' egg-info (`PKG-INFO`, `installed-files.txt`, `top_level.txt`).
 */
import { join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { pypiName } from "../manifest/_pep508.ts";
import type { FileView } from "./_files.ts";
import { type PackageRef, packageRef } from "./types.ts";

/** A distribution in a folder of packages. */
export interface Distribution {
  /** The package. */
  readonly package: PackageRef;
  /** Its metadata: a folder, or a single file for old ones. */
  readonly info: string;
  /** Its files, absolute; `undefined` where no list says. */
  readonly files?: readonly string[];
  /** The top-level modules, where it names them. */
  readonly topLevel: readonly string[];
  /** The project's folder, for an editable installation. */
  readonly editable?: string;
}

/** Reads the path of a line of RECORD: CSV, quoted where it has to be. */
function recordPath(line: string): string | undefined {
  if (!line.startsWith('"')) return line.split(",")[0];
  return /^"((?:[^"]|"")*)"/.exec(line)?.[1]?.replaceAll('""', '"');
}

function header(text: string, name: string): string | undefined {
  const end = text.search(/\r?\n\r?\n/);
  const head = end === -1 ? text : text.slice(0, end);
  return new RegExp(`^${name}:[ \\t]*(.+?)\\s*$`, "mi").exec(head)?.[1];
}

function linesOf(text: string | undefined): string[] {
  return (text ?? "").split(/\r?\n/).filter((line) => line !== "");
}

function editableFolder(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text) as { url?: unknown; dir_info?: { editable?: unknown } } | null;
    if (value?.dir_info?.editable !== true || typeof value.url !== "string") return undefined;
    return value.url.startsWith("file://") ? fileURLToPath(value.url) : undefined;
  } catch {
    // Not what pip writes: then the installation tells nothing of where its code is.
    return undefined;
  }
}

/** Name and version from `name-version.dist-info`, where METADATA can't be read. */
function fromFolderName(name: string): PackageRef | undefined {
  const match = /^(.+?)-(\d[^-]*)(?:-py\d[\d.]*)?(?:-.+)?\.(?:dist-info|egg-info|egg)$/.exec(name);
  const plain = /^(.+)\.egg-info$/.exec(name);
  if (match !== null) return packageRef("pypi", pypiName(match[1]!), match[2]);
  return plain === null ? undefined : packageRef("pypi", pypiName(plain[1]!), undefined);
}

/** What the metadata says the package is called. */
function identify(metadata: string | undefined, fileName: string): PackageRef | undefined {
  const name = header(metadata ?? "", "Name");
  const version = header(metadata ?? "", "Version");
  return name === undefined
    ? fromFolderName(fileName)
    : packageRef("pypi", pypiName(name), version);
}

/**
 * Reads a distribution's metadata.
 *
 * @param files The files.
 * @param site The folder of packages that it lies in.
 * @param name `paramiko-3.4.0.dist-info`, `six.egg-info`, `six-1.16.0-py3.11.egg-info` or `x.egg-link`.
 * @returns The distribution, or `undefined` if nothing there says what it is.
 */
export function readDistribution(
  files: FileView,
  site: string,
  name: string,
): Distribution | undefined {
  const info = join(site, name);
  if (name.endsWith(".egg-link")) {
    const folder = linesOf(files.text(info))[0];
    const found = folder === undefined
      ? undefined
      : packageRef("pypi", pypiName(name.slice(0, -".egg-link".length)), undefined);
    return found === undefined
      ? undefined
      : { package: found, info, topLevel: [], editable: folder! };
  }
  const modern = name.endsWith(".dist-info");
  const inner = name.endsWith(".egg") ? join(info, "EGG-INFO") : info;
  const metadata = files.text(join(inner, modern ? "METADATA" : "PKG-INFO")) ?? files.text(info);
  const found = identify(metadata, name);
  if (found === undefined) return undefined;
  const topLevel = linesOf(files.text(join(inner, "top_level.txt")));
  const record = modern ? files.text(join(info, "RECORD")) : undefined;
  const installed = modern ? undefined : files.text(join(inner, "installed-files.txt"));
  const list = record !== undefined
    ? linesOf(record).map(recordPath).filter((path) => path !== undefined && path !== "")
      .map((path) => path!.startsWith("/") ? normalize(path!) : join(site, path!))
    : installed === undefined
    ? undefined
    : linesOf(installed).map((path) => join(inner, path));
  const editable = modern ? editableFolder(files.text(join(info, "direct_url.json"))) : undefined;
  return {
    package: found,
    info,
    topLevel,
    ...(list === undefined ? {} : { files: list }),
    ...(editable === undefined ? {} : { editable }),
  };
}
