/** Telnet's commands among the data (RFC 854, RFC 855), taken apart byte by byte. */
import { Buffer } from "node:buffer";

/** Bytes with a meaning of their own. */
export const IAC = 255;
/** Verbs of a negotiation. */
export const VERBS = { will: 251, wont: 252, do: 253, dont: 254 } as const;
const SB = 250;
const SE = 240;
const CR = 13;

/** A verb by which options are negotiated. */
export type Verb = keyof typeof VERBS;

const VERB_OF: ReadonlyMap<number, Verb> = new Map(
  Object.entries(VERBS).map(([verb, code]) => [code, verb as Verb]),
);

/** What a stream of Telnet holds. */
export type TelnetEvent =
  /** Text of the terminal. */
  | { readonly kind: "data"; readonly data: Buffer }
  /** `IAC WILL ECHO` and the like. */
  | { readonly kind: "option"; readonly verb: Verb; readonly option: number }
  /** `IAC SB option … IAC SE`. */
  | { readonly kind: "sub"; readonly option: number; readonly data: Buffer }
  /** Another command, such as `IAC GA`. */
  | { readonly kind: "command"; readonly code: number }
  /** A subnegotiation that was longer than the limit; it is passed over. */
  | { readonly kind: "too-long"; readonly option: number };

/** How long a subnegotiation may be, in bytes. */
export const MAX_SUB = 4096;

type State = "data" | "cr" | "iac" | "verb" | "sub-option" | "sub" | "sub-iac";

/** Takes a stream apart; pieces may be cut anywhere. */
export interface TelnetDecoder {
  /** Whether data is binary (RFC 856): then CR NUL is left as it is. */
  binary: boolean;
  /** Takes the next bytes. */
  push(chunk: Uint8Array): TelnetEvent[];
}

/** Makes a decoder. */
export function createTelnetDecoder(): TelnetDecoder {
  let state: State = "data";
  let verb: Verb = "do";
  let option = 0;
  let sub: number[] = [];
  let text: number[] = [];
  let events: TelnetEvent[] = [];

  function flush(): void {
    if (text.length > 0) events.push({ kind: "data", data: Buffer.from(text) });
    text = [];
  }
  function tell(event: TelnetEvent): void {
    flush();
    events.push(event);
  }
  function subByte(byte: number): void {
    // One more than allowed marks it as too long; the rest is not kept.
    if (sub.length <= MAX_SUB) sub.push(byte);
    state = "sub";
  }
  function endSub(): void {
    const long = sub.length > MAX_SUB;
    tell(long ? { kind: "too-long", option } : { kind: "sub", option, data: Buffer.from(sub) });
    sub = [];
  }

  const decoder: TelnetDecoder = {
    binary: false,
    push(chunk) {
      for (const byte of chunk) take(byte);
      flush();
      const found = events;
      events = [];
      return found;
    },
  };
  function take(byte: number): void {
    switch (state) {
      case "cr":
        state = "data";
        // CR NUL is a carriage return alone (RFC 854, "the Telnet NVT").
        if (byte === 0) return;
        return take(byte);
      case "data":
        if (byte === IAC) state = "iac";
        else {
          text.push(byte);
          if (byte === CR && !decoder.binary) state = "cr";
        }
        return;
      case "iac":
        return command(byte);
      case "verb":
        state = "data";
        return tell({ kind: "option", verb, option: byte });
      case "sub-option":
        option = byte;
        state = "sub";
        return;
      case "sub":
        if (byte === IAC) state = "sub-iac";
        else subByte(byte);
        return;
      case "sub-iac":
        if (byte === IAC) return subByte(byte);
        endSub();
        state = "data";
        // IAC and anything else than SE ends it too, and is a command of its own.
        if (byte !== SE) command(byte);
        return;
    }
  }
  function command(byte: number): void {
    state = "data";
    const found = VERB_OF.get(byte);
    if (byte === IAC) {
      text.push(byte);
    } else if (found !== undefined) {
      verb = found;
      state = "verb";
    } else if (byte === SB) {
      state = "sub-option";
    } else {
      tell({ kind: "command", code: byte });
    }
  }
  return decoder;
}

/**
 * Writes text for the wire.
 *
 * @param data The bytes; line ends are the caller's.
 * @returns The same with `IAC` doubled.
 */
export function escapeIac(data: Uint8Array): Buffer {
  const bytes = Buffer.from(data);
  if (!bytes.includes(IAC)) return bytes;
  return Buffer.from([...bytes].flatMap((byte) => byte === IAC ? [IAC, IAC] : [byte]));
}

/** Writes a verb with its option. */
export function writeOption(verb: Verb, option: number): Buffer {
  return Buffer.from([IAC, VERBS[verb], option]);
}

/** Writes a subnegotiation. */
export function writeSub(option: number, data: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from([IAC, SB, option]),
    escapeIac(data),
    Buffer.from([IAC, SE]),
  ]);
}
