import {
  comparePaired,
  detectablePercent,
  judge,
  quantile,
  type Verdict,
} from "../../../lib/stats/mod.ts";
import type { BlockRecording } from "./record.ts";

/** How one comparison ended, and what could have been told apart while it ran. */
export interface LiveOutcome {
  /** What the comparison said. */
  verdict: Verdict;
  /** The first case's time ÷ this one's. */
  ratio: number;
  /** The smallest difference that nine of ten comparisons as noisy as this one find, in percent. */
  detectablePercent?: number;
}

/** How the comparisons of one case with the first ended. */
export interface LiveCase {
  /** The case's work as a multiple of the first one's. */
  work: number;
  /** Comparisons made. */
  comparisons: number;
  /** How many ended in each verdict. */
  verdicts: Record<Verdict, number>;
  /** The median of the estimated ratios first ÷ this one. */
  medianRatio: number;
  /** Each comparison in the order of its execution. */
  outcomes: LiveOutcome[];
}

/**
 * Judges a live recording: each stretch of blocks is one comparison of every case with the first.
 *
 * @param recording from `recordBlocks`
 * @param blocks of one comparison; 30 unless told
 * @param stride blocks from the start of one comparison to the next: `blocks` (the default) gives
 * comparisons that share nothing, less gives more of them that overlap; even, so that pairs stay whole
 * @returns one entry a case after the first
 * @throws {RangeError} if the recording is shorter than one comparison or the stride is odd
 */
export function judgeLive(
  recording: Pick<BlockRecording, "works" | "blocksS">,
  blocks = 30,
  stride: number = blocks,
): LiveCase[] {
  const { works, blocksS } = recording;
  if (blocksS.length < blocks) {
    throw new RangeError(`Expected at least ${blocks} recorded blocks, found ${blocksS.length}`);
  }
  if (!(stride > 0 && stride % 2 === 0)) {
    throw new RangeError(`Expected an even stride above 0, found ${stride}`);
  }
  return works.slice(1).map((work, other) => {
    const verdicts: LiveCase["verdicts"] = { faster: 0, slower: 0, equivalent: 0, inconclusive: 0 };
    const outcomes: LiveOutcome[] = [];
    for (let start = 0; start + blocks <= blocksS.length; start += stride) {
      const rows = blocksS.slice(start, start + blocks);
      const column = (index: number) => rows.map((row) => row[index]);
      const [judged] = judge([comparePaired(column(0), column(other + 1))]);
      if (judged === undefined) throw new RangeError("Expected times above zero in the recording");
      verdicts[judged.verdict]++;
      const detectable = detectablePercent(judged);
      outcomes.push({
        verdict: judged.verdict,
        ratio: judged.ratio,
        ...(detectable === undefined ? {} : { detectablePercent: detectable }),
      });
    }
    const medianRatio = quantile(outcomes.map(({ ratio }) => ratio), 0.5);
    return { work, comparisons: outcomes.length, verdicts, medianRatio, outcomes };
  });
}
