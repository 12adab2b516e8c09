/** Finds the handler of a call by the bytes of its name, without making a string of them. */
import type { Handler } from "./_machine.ts";
import type { Scan } from "./_scan.ts";

/** A call by its name. */
export interface HandlerEntry {
  readonly name: string;
  /** What to do when it has returned; nothing for calls that don't matter. */
  readonly handle: Handler | undefined;
}

/** Handlers by name. */
export interface HandlerTable {
  /**
   * Reads the name of a call.
   *
   * @param scan At the name; afterwards at the first argument.
   * @returns The call; `undefined` if there is no name with a bracket.
   */
  find(scan: Scan): HandlerEntry | undefined;
}

const OPEN_ROUND = 0x28;
/** Calls that don't matter. */
const OTHER: HandlerEntry = { name: "", handle: undefined };

interface Slot extends HandlerEntry {
  readonly bytes: Uint8Array;
}

/** Letters, digits, `_`; and `?`, of which strace makes the name of a call that it can't tell. */
function isNameByte(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a || byte >= 0x30 && byte <= 0x39 || byte === 0x5f ||
    byte === 0x3f;
}

function mix(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + byte) | 0;
}

/**
 * Makes a table.
 *
 * @param handlers Handlers by name.
 * @returns The table.
 */
export function makeHandlerTable(handlers: Readonly<Record<string, Handler>>): HandlerTable {
  const slots = new Map<number, Slot>();
  for (const [name, handle] of Object.entries(handlers)) {
    const bytes = new TextEncoder().encode(name);
    const hash = bytes.reduce(mix, 0);
    if (slots.has(hash)) throw new Error(`${name} and ${slots.get(hash)!.name} have one hash`);
    slots.set(hash, { name, handle, bytes });
  }

  function isName(slot: Slot, scan: Scan, length: number): boolean {
    if (slot.bytes.length !== length) return false;
    for (let i = 0; i < length; i++) {
      if (slot.bytes[i] !== scan.bytes[scan.at + i]) return false;
    }
    return true;
  }

  return {
    find(scan) {
      const { bytes, at: start, end } = scan;
      let at = start;
      let hash = 0;
      while (at < end && isNameByte(bytes[at]!)) hash = mix(hash, bytes[at++]!);
      if (at === start || at >= end || bytes[at] !== OPEN_ROUND) return undefined;
      const slot = slots.get(hash);
      const known = slot !== undefined && isName(slot, scan, at - start);
      scan.at = at + 1;
      return known ? slot : OTHER;
    },
  };
}
