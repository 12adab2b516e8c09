/**
 * Negotiates Telnet's options (RFC 855) without going round in circles: each is asked for and
 * answered only when its state changes (RFC 1143, simplified: this side never asks by itself).
 */
import { Buffer } from "node:buffer";
import { type TelnetEvent, type Verb, writeOption, writeSub } from "./iac.ts";

/** Options that are known (IANA, "Telnet Options"). */
export const OPTIONS = {
  binary: 0,
  echo: 1,
  suppressGoAhead: 3,
  terminalType: 24,
  windowSize: 31,
} as const;

/** The name of an option, or its number. */
export function optionName(option: number): string {
  return Object.entries(OPTIONS).find(([, code]) => code === option)?.[0] ?? String(option);
}

/** What the peer may do, if it offers to. */
const PEER_MAY: ReadonlySet<number> = new Set([
  OPTIONS.binary,
  OPTIONS.echo,
  OPTIONS.suppressGoAhead,
]);
/** What this side does, if it is asked to. */
const WE_MAY: ReadonlySet<number> = new Set([
  OPTIONS.binary,
  OPTIONS.suppressGoAhead,
  OPTIONS.terminalType,
  OPTIONS.windowSize,
]);
const SEND = 1;
const IS = 0;
const TERMINAL = "VT100";
/** Wide enough that no device wraps lines, and high enough that few page. */
const WINDOW = { columns: 511, rows: 1000 };
/** How often the peer may change its mind before it is told that it is broken. */
const MAX_CHANGES = 200;

/** One option, as it was negotiated. */
export interface NegotiatedOption {
  /** Its name, or its number. */
  readonly option: string;
  /** Whose option it is. */
  readonly side: "peer" | "us";
  /** Whether it was agreed on. */
  readonly on: boolean;
}

/** Answers the peer's wishes. */
export interface Negotiation {
  /**
   * Takes what the peer said.
   *
   * @param event The event.
   * @returns What is to be sent.
   * @throws {RangeError} If the peer never stops negotiating.
   */
  take(event: TelnetEvent): Buffer[];
  /** Whether an option is on. */
  isOn(side: "peer" | "us", option: number): boolean;
  /** Everything that was negotiated, refusals too. */
  list(): NegotiatedOption[];
}

/** Starts with every option off. */
export function startNegotiation(): Negotiation {
  const state = { peer: new Map<number, boolean>(), us: new Map<number, boolean>() };
  let changes = 0;
  const isOn = (side: "peer" | "us", option: number) => state[side].get(option) === true;

  /** What is already so is not acknowledged again, or both sides would do so for ever. */
  function turn(side: "peer" | "us", option: number, on: boolean, verb: Verb): Buffer[] {
    if (isOn(side, option) === on) return [];
    state[side].set(option, on);
    return [writeOption(verb, option)];
  }
  function refuse(side: "peer" | "us", option: number, verb: Verb): Buffer[] {
    state[side].set(option, false);
    return [writeOption(verb, option)];
  }
  function answer(verb: Verb, option: number): Buffer[] {
    switch (verb) {
      case "will":
        if (!PEER_MAY.has(option)) return refuse("peer", option, "dont");
        return turn("peer", option, true, "do");
      case "wont":
        return turn("peer", option, false, "dont");
      case "do": {
        if (!WE_MAY.has(option)) return refuse("us", option, "wont");
        const sent = turn("us", option, true, "will");
        return option === OPTIONS.windowSize && sent.length > 0 ? [...sent, windowSize()] : sent;
      }
      case "dont":
        return turn("us", option, false, "wont");
    }
  }
  return {
    take(event) {
      if (event.kind === "option") {
        if (++changes > MAX_CHANGES) {
          throw new RangeError(`More than ${MAX_CHANGES} changes of options`);
        }
        return answer(event.verb, event.option);
      }
      const asksType = event.kind === "sub" && event.option === OPTIONS.terminalType &&
        event.data[0] === SEND && isOn("us", OPTIONS.terminalType);
      if (!asksType) return [];
      return [writeSub(OPTIONS.terminalType, Buffer.from([IS, ...Buffer.from(TERMINAL)]))];
    },
    isOn,
    list: () =>
      (["peer", "us"] as const).flatMap((side) =>
        [...state[side]].map(([option, on]) => ({ option: optionName(option), side, on }))
      ),
  };
}

/** RFC 1073. */
function windowSize(): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16BE(WINDOW.columns, 0);
  size.writeUInt16BE(WINDOW.rows, 2);
  return writeSub(OPTIONS.windowSize, size);
}
