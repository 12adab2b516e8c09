import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A reproducible source of random numbers: the same seed gives the same sequence everywhere. */
export interface Random {
  /** The next number in [0, 1), with 53 random bits. */
  next(): number;
  /** The next whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** A shuffled copy of the items; every order is equally likely. */
  shuffle<T>(items: readonly T[]): T[];
}

/** Outputs to drop after seeding: the generator's first ones still show the seed. */
const WARM_UP = 16;

/**
 * Makes a random source from a seed.
 *
 * xoroshiro128+ of `pure-rand`, with a Fisher–Yates shuffle of our own, so that neither a runtime
 * nor a newer package changes the order in which a recorded run was executed.
 *
 * @param seed any finite number or text, see {@linkcode seedFrom}
 * @returns the source; each call advances it
 */
export function createRandom(seed: number | string): Random {
  const generator = xoroshiro128plus(seedFrom(seed));
  for (let i = 0; i < WARM_UP; i++) generator.next();
  return {
    next: () => uniformFloat64(generator),
    int: (low, high) => {
      if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || low > high) {
        throw new RangeError(`Expected whole numbers with low <= high, found ${low} and ${high}`);
      }
      return uniformInt(generator, low, high);
    },
    shuffle: <T>(items: readonly T[]): T[] => {
      const shuffled = items.slice();
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = uniformInt(generator, 0, last);
        [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
      }
      return shuffled;
    },
  };
}

/**
 * Hashes a number or a text to a 32-bit seed, so that neighbours (1, 2, "1:7", "1:8") start far apart.
 *
 * FNV-1a over the UTF-8 text, then the finaliser of MurmurHash3.
 *
 * @param source a finite number or a text; 7 and "7" give the same seed
 * @returns a whole number from −2³¹ to 2³¹ − 1
 * @throws {RangeError} if the number is not finite
 */
export function seedFrom(source: number | string): number {
  if (typeof source === "number" && !Number.isFinite(source)) {
    throw new RangeError(`Expected a finite seed, found ${source}`);
  }
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(String(source))) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
