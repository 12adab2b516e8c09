import { candidates } from "./_candidates.ts";
import { findToolchain, isMissing, type LookOptions, probe, queryContext } from "./find.ts";
import type { ToolchainKind } from "./kind.ts";
import { TOOLCHAIN_NAMES, TOOLCHAINS } from "./_kinds.ts";
import type { Language, MissingToolchain, Toolchain, ToolchainName } from "./types.ts";

/** A toolchain as `versus doctor` lists it. */
export interface ToolchainStatus {
  /** The language that it is mainly used for. */
  readonly language: Language;
  /** Its kind. */
  readonly name: ToolchainName;
  /** Usable, not there, or there and not usable. */
  readonly status: "ok" | "missing" | "broken";
  /** The version that it reports. */
  readonly version?: string;
  /** The version of the language where `version` does not tell it. */
  readonly languageVersion?: string;
  /** Which of several implementations it is. */
  readonly implementation?: string;
  /** Where it was found. */
  readonly path?: string;
  /** The real executable. */
  readonly realPath?: string;
  /** What is wrong with it. */
  readonly reason?: string;
  /** How it is installed on this system. */
  readonly install?: string;
}

/**
 * Lists every toolchain there is on this machine: of Python all interpreters (by any `python3.x` on
 * the PATH, and what pyenv's shims can reach), of the others the one that would be used.
 *
 * @param options Where to look.
 * @returns At least one entry a toolchain; of several the first is the one that is used by default.
 * @throws The signal's reason, if it fired.
 */
export async function listToolchains(options: LookOptions = {}): Promise<ToolchainStatus[]> {
  options.signal?.throwIfAborted();
  const lists = await Promise.all(TOOLCHAIN_NAMES.map(async (name) => {
    const kind = TOOLCHAINS[name];
    if (kind.numbered !== undefined) {
      const several = await listAll(kind, options);
      if (several.length > 0) return several;
    }
    return [statusOf(kind, await findToolchain(name, options))];
  }));
  return lists.flat();
}

async function listAll(kind: ToolchainKind, options: LookOptions): Promise<ToolchainStatus[]> {
  const context = queryContext(options);
  const paths = await candidates(kind, context.env);
  const results = await Promise.all(paths.map((path) => probe(kind, path, context)));
  const found = new Map<string, ToolchainStatus>();
  for (const result of results) {
    if (!result.ok) continue;
    const { realPath } = result.toolchain;
    if (!found.has(realPath)) found.set(realPath, statusOf(kind, result.toolchain));
  }
  if (found.size === 0) return [];
  const broken = results.flatMap((result, i): ToolchainStatus[] => {
    if (result.ok || result.unrelated === true) return [];
    const missing = { name: kind.name, reason: result.reason, path: paths[i]! };
    return [statusOf(kind, missing)];
  });
  return [...found.values(), ...broken];
}

function statusOf(kind: ToolchainKind, found: Toolchain | MissingToolchain): ToolchainStatus {
  const { name, language } = kind;
  if (isMissing(found)) {
    const { reason, path, install } = found;
    return {
      language,
      name,
      status: path === undefined ? "missing" : "broken",
      reason,
      ...(path === undefined ? {} : { path }),
      ...(install === undefined ? {} : { install }),
    };
  }
  const { version, languageVersion, implementation, path, realPath } = found;
  return {
    language,
    name,
    status: "ok",
    version,
    ...(languageVersion === undefined ? {} : { languageVersion }),
    ...(implementation === undefined ? {} : { implementation }),
    path,
    realPath,
  };
}
