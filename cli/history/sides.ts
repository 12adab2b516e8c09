/** Finds the runs that a comparison or a gate names: in the history, or in files. */
import { nearest, printable, VersusError } from "../../lib/error.ts";
import {
  type FindOptions,
  findRun,
  type History,
  listRuns,
  loadRun,
  readRuns,
  requireRun,
  type Side,
  useHistory,
} from "../../lib/store/mod.ts";
import { recordOfEnvelope } from "../../lib/store/envelope.ts";
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
  const runs = await readRuns(file);
  if (runs.length !== 1) {
    throw new VersusError(`${printable(file)} holds ${runs.length} runs, expected one`, {
      hint: "Take them in with versus history import, then name one by its id",
    });
  }
  const { envelope } = runs[0]!;
  return { record: recordOfEnvelope(envelope, file), machine: envelope.machine };
}

function fromHistory(history: History, id: string): Side {
  const record = loadRun(history, id);
  const run = listRuns(history).find((one) => one.id === id);
  return { record, machine: run?.machine ?? "unknown" };
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

async function loadSide(name: string, options: FindOptions): Promise<Side> {
  const find = (word: string) =>
    useHistory((history) => {
      const id = findRun(history, word, options);
      return id === undefined ? undefined : fromHistory(history, id);
    }, OPEN);
  const looksLikeFile = /[/\\]|\.jsonl?$/.test(name);
  const whole = looksLikeFile && isFile(name) ? undefined : find(name);
  if (whole !== undefined) return whole;
  if (isFile(name)) return await fromFile(name);
  const at = name.lastIndexOf(":");
  if (at > 0) {
    const [run, variant] = [name.slice(0, at), name.slice(at + 1)];
    const side = isFile(run) ? await fromFile(run) : find(run);
    if (side !== undefined) return withVariant(side, variant, run);
  }
  if (looksLikeFile) {
    throw new VersusError(`Cannot read ${printable(name)}: there is no such file`, {
      hint: "Give a file of --out FILE.json or hyperfine --export-json, or a run of versus history",
    });
  }
  useHistory((history) => requireRun(history, at > 0 ? name.slice(0, at) : name, options), OPEN);
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
  options: FindOptions = {},
): Promise<Side[]> {
  const sides: Side[] = [];
  for (const name of names) sides.push(await loadSide(name, options));
  return sides;
}
