import type { Random } from "../../../lib/stats/mod.ts";

/**
 * A disturbance of a series of executions: one relative change an execution (0.02 for 2 % slower), in
 * the order in which they run.
 */
export type Noise = (count: number, random: Random) => number[];

/** A normal deviate (Box & Muller, "A note on the generation of random normal deviates", 1958). */
export function normalDeviate(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** No disturbance. */
export const none: Noise = (count) => new Array<number>(count).fill(0);

/** Independent normal noise of this standard deviation. */
export function independent(deviation: number): Noise {
  return (count, random) => Array.from({ length: count }, () => deviation * normalDeviate(random));
}

/** Autoregressive noise: each execution keeps a share of what disturbed the one before. */
export function autoregressive(share: number, deviation: number): Noise {
  return (count, random) => {
    let level = deviation * normalDeviate(random);
    const fresh = deviation * Math.sqrt(1 - share * share);
    return Array.from({ length: count }, () => {
      const current = level;
      level = share * level + fresh * normalDeviate(random);
      return current;
    });
  };
}

/** A steady rise by this much over the series: a machine that warms up. */
export function ramp(rise: number): Noise {
  return (count) => Array.from({ length: count }, (_, i) => rise * i / Math.max(1, count - 1));
}

/** A random walk with steps of this standard deviation. */
export function randomWalk(step: number): Noise {
  return (count, random) => {
    let level = 0;
    return Array.from({ length: count }, () => level += step * normalDeviate(random));
  };
}

/** Levels that last 15 executions on average and differ by this standard deviation: clock speeds. */
export function steps(deviation: number): Noise {
  return (count, random) => {
    let level = 0;
    return Array.from({ length: count }, () => {
      if (random.next() < 1 / 15) level = deviation * normalDeviate(random);
      return level;
    });
  };
}

/** Slow for the first half of every period, counted in executions, from a random phase. */
export function periodicBursts(period: number, height: number): Noise {
  return (count, random) => {
    const phase = random.int(0, period - 1);
    return Array.from(
      { length: count },
      (_, i) => (i + phase) % period < period / 2 ? height : 0,
    );
  };
}

/** One execution in twelve is slower, by up to half: another program woke up. */
export const spikes: Noise = (count, random) =>
  Array.from({ length: count }, () => random.next() < 1 / 12 ? random.next() / 2 : 0);

/** Several disturbances together. */
export function together(...parts: readonly Noise[]): Noise {
  return (count, random) => {
    const sum = new Array<number>(count).fill(0);
    for (const part of parts) part(count, random).forEach((change, i) => sum[i] = sum[i]! + change);
    return sum;
  };
}

/**
 * Disturbs a series.
 *
 * @param times of executions, in their order
 * @param noise what to add
 * @param random source of the disturbance
 * @returns each time multiplied by e to the disturbance, so that none becomes negative
 */
export function disturbed(times: readonly number[], noise: Noise, random: Random): number[] {
  const changes = noise(times.length, random);
  return times.map((time, i) => time * Math.exp(changes[i]!));
}
