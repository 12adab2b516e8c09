/**
 * Builds variants: copies the sources to the cache, runs the build steps there, measures them.
 *
 * A build is kept by the hash of all that goes into it. It is made in its final place (virtual
 * environments hold absolute paths) under a lock, and counts only once its stamp is written.
 */
import { dirname, join } from "node:path";
import { EXIT, VersusError } from "../error.ts";
import type { Launcher } from "../process/types.ts";
import { cacheFolder, makeFolder } from "../record/home.ts";
import type { BuildResult } from "../record/schema.ts";
import { fillCommand, sourceFiles, templateValues } from "../scenario/mod.ts";
import type { Case } from "../scenario/types.ts";
import { readLinkage } from "../toolchain/linkage.ts";
import type { Toolchain } from "../toolchain/types.ts";
import type { BuiltVariant } from "./types.ts";

/** Ten minutes: a cold build of a large dependency tree on a slow machine. */
const BUILD_TIMEOUT_MS = 600_000;

/** How a build ended. */
export type BuildOutcome =
  | { readonly ok: true; readonly built: BuiltVariant }
  | { readonly ok: false; readonly reason: string };

async function sha256(parts: Iterable<Uint8Array | string>): Promise<string> {
  const encoder = new TextEncoder();
  const hashes: Uint8Array[] = [];
  for (const part of parts) {
    const bytes = typeof part === "string" ? encoder.encode(part) : part;
    hashes.push(new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))));
  }
  const all = new Uint8Array(hashes.length * 32);
  hashes.forEach((hash, i) => all.set(hash, i * 32));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", all));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The key of a build: everything that may change what comes out of it. */
async function buildKey(c: Case, toolchain: Toolchain, sources: string[]): Promise<string> {
  const { variant } = c;
  const recipe = JSON.stringify([
    variant.build,
    variant.artifact ?? "",
    variant.env,
    toolchain.name,
    toolchain.version,
    toolchain.realPath,
    Deno.build.target,
  ]);
  const parts: (Uint8Array | string)[] = [recipe];
  for (const source of sources) {
    parts.push(source, await Deno.readFile(join(c.scenario.folder, source)));
  }
  return (await sha256(parts)).slice(0, 24);
}

async function sizeOf(path: string): Promise<number> {
  const info = await Deno.stat(path);
  if (!info.isDirectory) return info.size;
  let bytes = 0;
  for await (const entry of Deno.readDir(path)) {
    if (!entry.isSymlink) bytes += await sizeOf(join(path, entry.name));
  }
  return bytes;
}

async function describeArtifact(
  c: Case,
  toolchain: Toolchain,
  folder: string,
): Promise<Pick<BuildResult, "artifactBytes" | "linkage">> {
  const values = templateValues(toolchain, join(folder, "src"), join(folder, "out"), {});
  if (c.variant.artifact === undefined) {
    return { artifactBytes: await sizeOf(join(folder, "src")), linkage: "script" };
  }
  const [path] = fillCommand([c.variant.artifact], values);
  const info = await Deno.stat(path!);
  return {
    artifactBytes: await sizeOf(path!),
    linkage: info.isDirectory ? "script" : await readLinkage(path!),
  };
}

function lastLines(bytes: Uint8Array | undefined): string {
  const text = new TextDecoder().decode(bytes ?? new Uint8Array()).trim();
  return text.split("\n").slice(-4).join("; ").slice(-500);
}

/** Runs the steps; the reason when one fails. */
async function runSteps(
  c: Case,
  toolchain: Toolchain,
  folder: string,
  launcher: Launcher,
  signal: AbortSignal | undefined,
): Promise<{ seconds: number; maxRssKb?: number } | { reason: string }> {
  const values = templateValues(toolchain, join(folder, "src"), join(folder, "out"), {});
  let seconds = 0;
  let maxRssKb: number | undefined;
  for (const step of c.variant.build) {
    const argv = fillCommand(step, values);
    const execution = await launcher.run({
      argv,
      cwd: join(folder, "src"),
      env: { ...Deno.env.toObject(), ...toolchain.env, ...c.variant.env },
      stdout: { captureBytes: 64 * 1024 },
      stderr: { captureBytes: 64 * 1024 },
      timeoutMs: BUILD_TIMEOUT_MS,
      ...(signal === undefined ? {} : { signal }),
    });
    seconds += execution.wallS;
    if (execution.maxRssKb !== undefined) {
      maxRssKb = Math.max(maxRssKb ?? 0, execution.maxRssKb);
    }
    if (execution.exitCode !== 0) {
      const why = execution.ended === "timeout"
        ? `took longer than ${BUILD_TIMEOUT_MS / 60_000} minutes`
        : `ended with ${execution.signal ?? execution.exitCode}`;
      const said = lastLines(execution.stderr?.bytes) || lastLines(execution.stdout?.bytes);
      return { reason: `build step "${argv.join(" ")}" ${why}${said === "" ? "" : `: ${said}`}` };
    }
  }
  return { seconds, ...(maxRssKb === undefined ? {} : { maxRssKb }) };
}

async function copySources(c: Case, sources: string[], target: string): Promise<void> {
  await Deno.mkdir(target, { recursive: true });
  for (const source of sources) {
    const to = join(target, source);
    await Deno.mkdir(dirname(to), { recursive: true });
    await Deno.copyFile(join(c.scenario.folder, source), to);
  }
}

async function readStamp(stamp: string): Promise<BuildResult | undefined> {
  try {
    return JSON.parse(await Deno.readTextFile(stamp)) as BuildResult;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Builds a variant, or finds it in the cache.
 *
 * @param c Any case of the variant; parameters play no part in a build.
 * @param toolchain What builds it.
 * @param launcher Measures the steps.
 * @param signal Ends the build.
 * @returns Where it is and what it took, or why it could not be built.
 * @throws {VersusError} If the cache folder cannot be written.
 */
export async function buildVariant(
  c: Case,
  toolchain: Toolchain,
  launcher: Launcher,
  signal?: AbortSignal,
): Promise<BuildOutcome> {
  const sources = await sourceFiles(c.scenario, c.variant);
  const key = await buildKey(c, toolchain, sources);
  const builds = join(cacheFolder(), "builds");
  makeFolder(builds, "keep builds");
  const folder = join(builds, `${c.scenario.name}-${c.variant.name}-${key}`);
  const built = { dir: join(folder, "src"), out: join(folder, "out") };
  const stamp = join(folder, "built.json");

  using lock = await Deno.open(folder + ".lock", { create: true, write: true });
  await lock.lock(true);
  const known = await readStamp(stamp);
  if (known !== undefined) {
    return { ok: true, built: { ...built, build: { ...known, cached: true } } };
  }

  try {
    await Deno.remove(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  try {
    await copySources(c, sources, built.dir);
    await Deno.mkdir(built.out, { recursive: true });
    const steps = await runSteps(c, toolchain, folder, launcher, signal);
    if ("reason" in steps) return { ok: false, reason: steps.reason };
    const build: BuildResult = {
      ...(c.variant.build.length === 0 ? {} : steps),
      ...await describeArtifact(c, toolchain, folder),
    };
    await Deno.writeTextFile(stamp + ".part", JSON.stringify(build));
    await Deno.rename(stamp + ".part", stamp);
    return { ok: true, built: { ...built, build } };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      return { ok: false, reason: `the build made no ${c.variant.artifact}: ${error.message}` };
    }
    if (error instanceof VersusError) throw error;
    throw new VersusError(`Cannot build in ${folder}: ${(error as Error).message}`, {
      hint: "Free some space, or set VERSUS_HOME to another disk",
      exitCode: EXIT.failed,
      cause: error,
    });
  }
}
