import { createRandom } from "./random.ts";

/**
 * The order in which the cases of one block are executed.
 *
 * Blocks come in pairs: the first has a random order, the second the same order reversed (A B, then
 * B A). A drift that is linear over a pair then adds the same to every case, and over many pairs no case
 * is tied to a phase of a periodic disturbance. The order depends on the seed and the
 * block's number alone, so that a resumed run continues as the uninterrupted one would have.
 *
 * A case that has stopped is left out of the returned order by the caller; the others keep theirs.
 *
 * @param caseCount how many cases the run started with
 * @param blockIndex number of the block, from 0
 * @param seed of the run
 * @returns every case's index, 0 to `caseCount` − 1, once
 * @throws {RangeError} if a count is not a whole number of at least 0
 */
export function blockOrder(
  caseCount: number,
  blockIndex: number,
  seed: number | string,
): number[] {
  for (const value of [caseCount, blockIndex]) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(`Expected a whole number of at least 0, found ${value}`);
    }
  }
  const pair = Math.floor(blockIndex / 2);
  const order = createRandom(`${seed}:${pair}`).shuffle(
    Array.from({ length: caseCount }, (_, index) => index),
  );
  return blockIndex % 2 === 0 ? order : order.reverse();
}
