/**
 * Can the judgement be trusted? Records a busy program on this machine, then counts how often identical
 * programs are called different and how often one with 3 % more work is called slower, beside
 * what hyperfine's order would have said on the same recording.
 *
 * `deno run -A tasks/bench/judgement/mod.ts [EXECUTIONS] [BLOCKS]` runs it alone and prints JSON.
 *
 * @module
 */
import { join } from "node:path";
import { judgeLive, type LiveCase } from "./live.ts";
import { buildBusyProgram, recordBlocks, type RecordOptions, recordSeries } from "./record.ts";
import { replayJudgement, type ReplayResult } from "./replay.ts";

export { judgeLive, type LiveCase, type LiveOutcome } from "./live.ts";
export {
  type BlockRecording,
  buildBusyProgram,
  type BusyProgram,
  type Launch,
  plainLauncher,
  recordBlocks,
  type Recording,
  type RecordOptions,
  recordSeries,
} from "./record.ts";
export {
  DRIFTS,
  type ReplayedShares,
  replayJudgement,
  type ReplayOptions,
  type ReplayResult,
} from "./replay.ts";

/** How much to record. */
export interface JudgementOptions extends RecordOptions {
  /** Executions of the series that is replayed; 2,000 (100 s) unless told. */
  executions?: number;
  /** Blocks of three executions that are judged live; 600 (90 s) unless told. */
  blocks?: number;
  /** Blocks from one live comparison to the next; 30, so that they share nothing, unless told. */
  stride?: number;
  /** A folder to keep the recordings in; a temporary one, removed afterwards, unless told. */
  folder?: string;
}

/** What was recorded and how it was judged. */
export interface JudgementResult {
  /** A/A comparisons and 3 % more work, replayed over the recorded series. */
  replayed: ReplayResult;
  /** The program against itself and against 3 % more work, executed in blocks. */
  live: LiveCase[];
}

/**
 * Records and judges.
 *
 * @param options how much to record, and with which launcher
 * @returns the figures of the replay and of the live comparisons
 */
export async function measureJudgement(options: JudgementOptions = {}): Promise<JudgementResult> {
  const { executions = 2000, blocks = 600, stride = 30 } = options;
  const temporary = options.folder === undefined ? await Deno.makeTempDir() : undefined;
  const folder = options.folder ?? temporary!;
  try {
    const program = await buildBusyProgram(folder, 0.05, options);
    const series = await recordSeries(program, executions, options);
    await Deno.writeTextFile(join(folder, "series.json"), JSON.stringify(series));
    const live = await recordBlocks(program, blocks, [1, 1, 1.03], options);
    await Deno.writeTextFile(join(folder, "blocks.json"), JSON.stringify(live));
    return { replayed: replayJudgement(series.timesS), live: judgeLive(live, 30, stride) };
  } finally {
    if (temporary !== undefined) await Deno.remove(temporary, { recursive: true });
  }
}

if (import.meta.main) {
  const [executions, blocks] = Deno.args.map(Number);
  const onProgress = (done: number, of: number) => {
    if (done % 100 === 0) console.error(`${done} of ${of}`);
  };
  const result = await measureJudgement({
    ...(executions === undefined ? {} : { executions }),
    ...(blocks === undefined ? {} : { blocks }),
    onProgress,
  });
  console.log(JSON.stringify(result, null, 2));
}
