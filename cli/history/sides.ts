/** Finds the runs that a comparison or a gate names: in the history, or in files. */
import { nearest, printable, VersusError } from "../../lib/error.ts";
import { findRun, type FindRunOptions, loadRun, requireRun } from "../../lib/store/find.ts";
import { machineOf } from "../../lib/store/list.ts";
import type { History, Side } from "../../lib/store/types.ts";
import { withHistory } from "../../lib/store/with_history.ts";
import { OPEN } from "./flags.ts";

function isFile(name: string): boolean {
  try {
    return !Deno.statSync(name).isDirectory;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Not there, or not to be reached: a name of the history, then.
    return false;
  }
}

/** A file with one run. */
async function fromFile(file: string): Promise<Side> {
  const { readRuns } = await import("../../lib/store/import.ts");
  const { recordOfEnvelope } = await import("../../lib/store/envelope.ts");
  const runs = await readRuns(file);
  if (runs.length !== 1) {
    throw new VersusError(`${printable(file)} holds ${runs.length} runs, expected one`, {
      hint: "Take them in with versus history import, then name one by its id",
    });
  }
  const { envelope, id } = runs[0]!;
  // A run document does not tell its machine, but the history may know the run.
  const machine = envelope.machine === "unknown"
    ? await withHistory((history) => machineOf(history, id), OPEN)
    : envelope.machine;
  return { record: recordOfEnvelope(envelope, file), machine };
}

function fromHistory(history: History, id: string): Side {
  return { record: loadRun(history, id), machine: machineOf(history, id) };
}

/** A variant that was asked for has to be there. */
function withVariant(side: Side, variant: string, name: string): Side {
  const all = new Set(side.record.scenarios.flatMap((s) => s.cases.map((c) => c.variant)));
  if (all.has(variant)) return { ...side, variant };
  const near = nearest(variant, all);
  const meant = near === undefined ? "" : `; did you mean ${printable(near)}?`;
  throw new VersusError(
    `${printable(name)} has no variant ${printable(variant)}${meant}`,
    { hint: `It has ${[...all].map(printable).join(", ")}` },
  );
}

async function loadSide(name: string, options: FindRunOptions): Promise<Side> {
  const find = async (word: string) =>
    await withHistory((history) => {
      const id = findRun(history, word, options);
      return id === undefined ? undefined : fromHistory(history, id);
    }, OPEN);
  const looksLikeFile = /[/\\]|\.jsonl?$/.test(name);
  const whole = looksLikeFile && isFile(name) ? undefined : await find(name);
  if (whole !== undefined) return whole;
  if (isFile(name)) return await fromFile(name);
  const at = name.lastIndexOf(":");
  if (at > 0) {
    const [run, variant] = [name.slice(0, at), name.slice(at + 1)];
    const side = isFile(run) ? await fromFile(run) : await find(run);
    if (side !== undefined) return withVariant(side, variant, run);
  }
  if (looksLikeFile) {
    throw new VersusError(`Cannot read ${printable(name)}: there is no such file`, {
      hint: "Give a file of --out FILE.json or hyperfine --export-json, or a run of versus history",
    });
  }
  const word = at > 0 ? name.slice(0, at) : name;
  await withHistory((history) => requireRun(history, word, options), OPEN);
  throw new VersusError(`No run ${printable(name)}`);
}

/**
 * Finds runs by what a person calls them: identifiers, their beginnings, `latest`, `latest~1`, tags, files;
 * each may be followed by `:VARIANT`.
 *
 * @param names What was typed.
 * @param options Which runs count for `latest` and tags.
 * @returns The runs, in the same order.
 * @throws {VersusError} If one is not there, or the name fits several.
 */
export async function loadSides(
  names: readonly string[],
  options: FindRunOptions = {},
): Promise<Side[]> {
  const sides: Side[] = [];
  for (const name of names) sides.push(await loadSide(name, options));
  return sides;
}
