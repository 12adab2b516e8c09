/** Numbers of questions. */

/** A number to begin with that others can't guess, of 31 bits. */
export function firstId(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! >>> 2;
}

/** The number of the next question. */
export function nextId(id: number): number {
  return id >= 0x7fff_fffe ? 1 : id + 1;
}
