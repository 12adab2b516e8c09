/** Numbers that look random and are the same in every run. */

/**
 * Makes a generator (Lehmer's, with the numbers of Park and Miller).
 *
 * @param seed Above 0.
 * @returns A function that gives a whole number from 0 to below its argument.
 */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 48_271) % 2_147_483_647) % below;
}

/** Up to so many bytes. */
export function randomBytes(random: (below: number) => number, most: number): Uint8Array {
  return Uint8Array.from({ length: random(most + 1) }, () => random(256));
}

/** A copy in which bytes are changed, left out or added. */
export function mutated(random: (below: number) => number, bytes: Uint8Array): Uint8Array {
  const list = [...bytes];
  for (let times = random(6); times >= 0; times--) {
    const at = random(list.length + 1);
    const kind = random(4);
    if (kind === 0) list.splice(at, 1);
    else if (kind === 1) list.splice(at, 0, random(256));
    else if (kind === 2 && at < list.length) list[at] = random(256);
    else list.length = Math.max(1, at);
  }
  return Uint8Array.from(list);
}
