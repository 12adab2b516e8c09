import { printable } from "../error.ts";
import { candidates, type Given, givenCandidates } from "./_candidates.ts";
import { detectSystem, installCommand, type System } from "./install.ts";
import type { ProbeResult, ToolchainKind } from "./kind.ts";
import { TOOLCHAINS } from "./_kinds.ts";
import type { QueryContext } from "./_query.ts";
import type { MissingToolchain, Toolchain, ToolchainName } from "./types.ts";
import {
  compareVersions,
  parseRange,
  parseVersion,
  satisfies,
  type VersionRange,
} from "./version.ts";

/** Where and how long to look. */
export interface LookOptions {
  /** The environment to look in, whose PATH counts; this process's own by default. */
  readonly env?: Readonly<Record<string, string>>;
  /** How long one executable may take to say its version, in milliseconds; 5,000 by default. */
  readonly timeoutMs?: number;
  /** The system that install commands are for; this one by default. */
  readonly system?: System;
  /** Ends the search when it fires. */
  readonly signal?: AbortSignal;
}

/** Which toolchain to find. */
export interface FindOptions extends LookOptions {
  /** The executable, a folder that holds it or its `bin`, or a command's name; nothing else is tried. */
  readonly path?: string;
  /** The versions that will do, as in {@linkcode parseRange}. */
  readonly requires?: string;
}

/** One of several toolchains to find. */
export interface ToolchainRequest extends Pick<FindOptions, "path" | "requires"> {
  /** Its kind. */
  readonly name: ToolchainName;
}

/** What executables said, by what they were asked as and where; failures are asked again. */
const known = new Map<string, ProbeResult & { readonly ok: true }>();

/** Forgets what executables said about themselves, so that a new search asks them again. */
export function forgetToolchains(): void {
  known.clear();
}

/**
 * Tells whether a toolchain is missing.
 *
 * @param found What {@linkcode findToolchain} gave.
 * @returns Whether it is.
 */
export function isMissing(found: Toolchain | MissingToolchain): found is MissingToolchain {
  return "reason" in found;
}

/**
 * Finds a toolchain on this machine.
 *
 * Executables are asked in the order of the PATH (commands before names with a version in them)
 * until one works and is in the range. A broken one is passed over; what is wrong with it is told
 * only when there is no other.
 *
 * @param name Its kind.
 * @param options Where to look and what will do.
 * @returns The toolchain, or why there is none and how to install it.
 * @throws {VersusError} If `requires` is no range.
 * @throws The signal's reason, if it fired.
 */
export async function findToolchain(
  name: ToolchainName,
  options: FindOptions = {},
): Promise<Toolchain | MissingToolchain> {
  options.signal?.throwIfAborted();
  const kind = TOOLCHAINS[name];
  const range = options.requires === undefined ? undefined : parseRange(options.requires);
  const context = queryContext(options);
  if (options.path !== undefined) {
    const given = await givenCandidates(kind, options.path, context.env);
    return await choose(kind, given, range, context, options);
  }
  const own = await kind.own?.();
  if (own !== undefined && inRange(own, range)) return own;
  const paths = await candidates(kind, context.env);
  return await choose(kind, { ok: true, paths }, range, context, options, own);
}

/**
 * Finds several toolchains at once.
 *
 * @param requests Names, or names with a path or a range.
 * @param options Where to look.
 * @returns What was found or not, in the order of the requests.
 * @throws {VersusError} If a `requires` is no range.
 * @throws The signal's reason, if it fired.
 */
export async function findToolchains(
  requests: Iterable<ToolchainName | ToolchainRequest>,
  options: LookOptions = {},
): Promise<(Toolchain | MissingToolchain)[]> {
  return await Promise.all(Array.from(requests, (request) => {
    if (typeof request === "string") return findToolchain(request, options);
    const { name, ...wanted } = request;
    return findToolchain(name, { ...options, ...wanted });
  }));
}

async function choose(
  kind: ToolchainKind,
  given: Given,
  range: VersionRange | undefined,
  context: QueryContext,
  options: FindOptions,
  own?: Toolchain,
): Promise<Toolchain | MissingToolchain> {
  if (!given.ok) return { name: kind.name, reason: given.reason };
  const [first, ...others] = given.paths;
  if (first === undefined && own === undefined) {
    return await missing(kind, `found no ${kind.commands.join(" or ")} on the PATH`, options);
  }
  const asked: { path: string; result: ProbeResult }[] = [];
  if (own !== undefined) asked.push({ path: own.path, result: { ok: true, toolchain: own } });
  // The first nearly always does; only where it doesn't are all others asked, at once.
  for (const group of [first === undefined ? [] : [first], others]) {
    const results = await Promise.all(group.map((path) => probe(kind, path, context)));
    for (const [i, result] of results.entries()) {
      if (result.ok && inRange(result.toolchain, range)) return result.toolchain;
      asked.push({ path: group[i]!, result });
    }
  }
  return await missing(kind, explain(asked, range), options, asked[0]!.path);
}

/**
 * Asks one executable, unless it has been asked before in the same surroundings.
 *
 * @param kind What it may be.
 * @param path The executable.
 * @param context Environment, time limit and signal.
 * @returns What it is.
 */
export async function probe(
  kind: ToolchainKind,
  path: string,
  context: QueryContext,
): Promise<ProbeResult> {
  // A shim's answer depends on the folder and on variables of its own, hence on all of them.
  const key = JSON.stringify([
    kind.name,
    path,
    workingFolder(),
    Object.entries(context.env).sort(),
  ]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const result = await kind.probe(path, context);
  if (result.ok) known.set(key, result);
  return result;
}

function workingFolder(): string {
  try {
    return Deno.cwd();
  } catch (error) {
    // It was deleted under us; the executables are still there.
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

/**
 * Completes the surroundings for questions.
 *
 * @param options What was asked for.
 * @returns With the defaults filled in.
 */
export function queryContext(options: LookOptions): QueryContext {
  return {
    env: options.env ?? Deno.env.toObject(),
    timeoutMs: options.timeoutMs ?? 5000,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
}

function inRange(toolchain: Toolchain, range: VersionRange | undefined): boolean {
  return range === undefined || satisfies(languageVersion(toolchain), range);
}

function languageVersion(toolchain: Toolchain): string {
  return toolchain.languageVersion ?? toolchain.version;
}

/** How many unsuitable versions are named before the rest is counted. */
const NAMED = 3;

function explain(
  asked: readonly { path: string; result: ProbeResult }[],
  range: VersionRange | undefined,
): string {
  const working = asked.flatMap(({ result }) => result.ok ? [result.toolchain] : []);
  if (range !== undefined && working.length > 0) {
    const unique = new Map<string, Toolchain>();
    for (const each of working) if (!unique.has(each.realPath)) unique.set(each.realPath, each);
    const found = [...unique.values()].sort(newestFirst).map((each) =>
      `${languageVersion(each)} at ${printable(each.path)}`
    );
    const more = found.length > NAMED ? ` and ${found.length - NAMED} more` : "";
    return `needs ${range.text}, found ${found.slice(0, NAMED).join(", ")}${more}`;
  }
  const reasons = asked.flatMap(({ result }) => result.ok ? [] : [result]);
  const best = reasons.find((each) => each.unrelated !== true) ?? reasons[0]!;
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more that can't be used)` : "";
  return best.reason + more;
}

function newestFirst(a: Toolchain, b: Toolchain): number {
  const [left, right] = [parseVersion(languageVersion(a)), parseVersion(languageVersion(b))];
  return left === undefined || right === undefined ? 0 : compareVersions(right, left);
}

async function missing(
  kind: ToolchainKind,
  reason: string,
  options: FindOptions,
  path?: string,
): Promise<MissingToolchain> {
  // Who names a path has that one in mind, and not another to install.
  const install = options.path === undefined
    ? installCommand(kind.name, options.system ?? await detectSystem())
    : undefined;
  return {
    name: kind.name,
    reason,
    ...(path === undefined ? {} : { path }),
    ...(install === undefined ? {} : { install }),
  };
}
