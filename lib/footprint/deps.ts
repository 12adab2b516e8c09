/** The `deps` document: what a project's manifests, or a program's own file, declare. */
import { printable, VersusError } from "../error.ts";
import type { DepsDocument } from "../record/deps.ts";
import { type BinaryReport, readBinary } from "./binary/mod.ts";
import { isManifestName, readManifests } from "./manifest/mod.ts";
import type { DeclaredPackage } from "./types.ts";

export type { DepsDocument } from "../record/deps.ts";

type BinaryPart = NonNullable<DepsDocument["binary"]>;

/** The packages of the document; `direct` only where it is known. */
function packagesOf(
  packages: readonly DeclaredPackage[],
  directKnown: boolean,
): DepsDocument["packages"] {
  return packages.map(({ ecosystem, name, version, direct, replacedBy }) => ({
    ecosystem,
    name,
    ...(version === undefined ? {} : { version }),
    declared: true,
    ...(direct || directKnown ? { direct } : {}),
    ...(replacedBy === undefined ? {} : { replacedBy }),
  }));
}

function partOf(report: Exclude<BinaryReport, { format: "script" | "other" }>): BinaryPart {
  if (report.format !== "elf") {
    const { format, type, bytes } = report;
    return report.format === "pe"
      ? { format, type, machines: [report.machine], bits: report.bits, bytes }
      : { format, type, machines: report.machines, bytes };
  }
  const { machine, byteOrder: _, embedded, ...rest } = report;
  const { compiler, main, settings } = embedded ?? {};
  return {
    ...rest,
    machines: [machine],
    ...(compiler === undefined ? {} : { compiler }),
    ...(main === undefined ? {} : { main }),
    ...(settings === undefined || Object.keys(settings).length === 0 ? {} : { settings }),
  };
}

/** The document of a program; `undefined` where the file is none. */
function programDeps(path: string): DepsDocument | undefined {
  const report = readBinary(path);
  if (report.format === "other") return undefined;
  if (report.format === "script") {
    throw new VersusError(`${printable(path)} is a script, which declares nothing itself`, {
      hint: "Name its project's folder, or the manifest",
    });
  }
  const embedded = report.format === "elf" ? report.embedded : undefined;
  const packages = embedded?.packages ?? [];
  const direct = packages.filter((p) => p.direct).length;
  const partial = embedded === undefined
    ? { reason: "nothing in it says what it was built from" }
    : embedded.partial;
  return {
    schema: "versus.deps/1",
    path,
    manifests: [{
      file: path,
      format: embedded?.source ?? report.format,
      packages: packages.length,
      ...(embedded?.directKnown ? { direct, indirect: packages.length - direct } : {}),
      ...(partial === undefined ? {} : { partial }),
    }],
    packages: packagesOf(packages, embedded?.directKnown ?? false),
    binary: partOf(report),
  };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch {
    // Whoever reads it next says why it can't be read.
    return false;
  }
}

/**
 * Reads what a path declares.
 *
 * @param path A project's folder, a manifest, a lock file, or a program.
 * @returns The document.
 * @throws {VersusError} If there is nothing that declares anything, or it can't be read.
 */
export async function readDeps(path: string): Promise<DepsDocument> {
  if (!isManifestName(path) && !await isFolder(path)) {
    const program = programDeps(path);
    if (program !== undefined) return program;
  }
  const { manifests, packages, directKnown } = await readManifests(path);
  return {
    schema: "versus.deps/1",
    path,
    manifests,
    packages: packagesOf(packages, directKnown),
  };
}
