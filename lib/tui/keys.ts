/**
 * Bytes of a terminal as keys, pastes and mouse events.
 *
 * Sources: ECMA-48 (CSI, SS3), xterm's control sequences (modifiers, bracketed paste, SGR mouse).
 * Sequences may be split anywhere; what is not understood is dropped, whatever it is.
 */
import { csiKey, ss3Key, tildeKey, withModifiers } from "./_key_names.ts";

/** What a person did. */
export type Input =
  | {
    readonly type: "key";
    /** A character, or a name: `enter`, `up`, `ctrl-s`, `alt-x`, `shift-tab`, `f1`. */
    readonly key: string;
  }
  | { readonly type: "paste"; readonly text: string }
  | {
    readonly type: "mouse";
    readonly action: "press" | "release" | "move" | "wheel-up" | "wheel-down";
    /** The column, from 0. */
    readonly x: number;
    /** The row, from 0. */
    readonly y: number;
  };

/** Reads bytes as they come. */
export interface KeyDecoder {
  /**
   * Takes the next bytes.
   *
   * @returns What was completed by them.
   */
  push(bytes: Uint8Array): Input[];
  /** Milliseconds after which `flush` is due if nothing comes; `undefined` when nothing is open. */
  waitMs(): number | undefined;
  /**
   * Ends what is open: a lone Esc is the key, a paste is what came of it.
   *
   * @returns What that gave.
   */
  flush(): Input[];
}

const ESC = 0x1b;
/** Longer sequences are garbage. */
const LONGEST = 256;
/** Longer pastes are cut. */
const LONGEST_PASTE = 1 << 20;
const PASTE_END = [...new TextEncoder().encode("\x1b[201~")];
const ESCAPE_MS = 40;
const PASTE_MS = 1000;

/** What one step over the bytes gave; nothing means that more bytes are needed. */
interface Step {
  readonly length: number;
  readonly input?: Input;
}

/** Starts to read a terminal's bytes. */
export function createKeyDecoder(): KeyDecoder {
  let open: number[] = [];
  let paste: number[] | undefined;

  function push(bytes: Uint8Array): Input[] {
    for (const byte of bytes) open.push(byte);
    return drain(false);
  }

  function drain(final: boolean): Input[] {
    const found: Input[] = [];
    let at = 0;
    while (at < open.length) {
      if (paste !== undefined) {
        at = readPaste(at, found);
        if (paste !== undefined) break;
        continue;
      }
      const step = readStep(open, at, final);
      if (step === undefined) break;
      at += step.length;
      if (step.input?.type === "paste") paste = [];
      else if (step.input !== undefined) found.push(step.input);
    }
    open = open.slice(at);
    return found;
  }

  /** Takes bytes up to the end of the paste; keeps those that may be its beginning. */
  function readPaste(from: number, found: Input[]): number {
    let at = from;
    while (at < open.length) {
      if (open[at] === ESC) {
        const matches = PASTE_END.every((byte, i) =>
          at + i >= open.length || open[at + i] === byte
        );
        if (matches && open.length - at < PASTE_END.length) return at;
        if (matches) {
          found.push(pasted(paste!));
          paste = undefined;
          return at + PASTE_END.length;
        }
      }
      if (paste!.length < LONGEST_PASTE) paste!.push(open[at]!);
      at++;
    }
    return at;
  }

  return {
    push,
    waitMs() {
      if (paste !== undefined) return PASTE_MS;
      return open.length > 0 ? ESCAPE_MS : undefined;
    },
    flush() {
      if (paste !== undefined) {
        const whole = [...paste, ...open];
        paste = undefined;
        open = [];
        return [pasted(whole)];
      }
      const found = drain(true);
      open = [];
      return found;
    },
  };
}

function pasted(bytes: readonly number[]): Input {
  return { type: "paste", text: new TextDecoder().decode(new Uint8Array(bytes)) };
}

function key(name: string): Input {
  return { type: "key", key: name };
}

/** Reads what begins at a byte. */
function readStep(bytes: readonly number[], at: number, final: boolean): Step | undefined {
  const first = bytes[at]!;
  if (first !== ESC) return readCharacter(bytes, at, final);
  const second = bytes[at + 1];
  if (second === undefined) return final ? { length: 1, input: key("esc") } : undefined;
  if (second === ESC) return { length: 1, input: key("esc") };
  let step: Step | undefined;
  if (second === 0x5b) step = readCsi(bytes, at);
  else if (second === 0x4f) step = readSs3(bytes, at);
  else if ("]P_^X".includes(String.fromCharCode(second))) step = readString(bytes, at);
  else return readAlt(bytes, at, final);
  if (step !== undefined || !final) return step;
  // Cut off: `Esc [` typed by hand is Alt and the bracket, longer ones are garbage.
  return bytes.length - at === 2
    ? { length: 2, input: key(`alt-${String.fromCharCode(second)}`) }
    : { length: bytes.length - at };
}

function readAlt(bytes: readonly number[], at: number, final: boolean): Step | undefined {
  const step = readCharacter(bytes, at + 1, final);
  if (step === undefined) return undefined;
  const { input } = step;
  if (input?.type !== "key") return { length: step.length + 1 };
  return { length: step.length + 1, input: key(`alt-${input.key}`) };
}

/** Names of controls; the rest are `ctrl-` and the letter. */
const CONTROLS: Readonly<Record<number, string>> = {
  0x00: "ctrl-space",
  0x08: "backspace",
  0x09: "tab",
  0x0a: "enter",
  0x0d: "enter",
  0x1c: "ctrl-\\",
  0x1d: "ctrl-]",
  0x1e: "ctrl-^",
  0x1f: "ctrl-_",
  0x20: "space",
  0x7f: "backspace",
};

/** Reads one character of UTF-8; bytes that are none are dropped one by one. */
function readCharacter(bytes: readonly number[], at: number, final: boolean): Step | undefined {
  const first = bytes[at]!;
  const control = CONTROLS[first];
  if (control !== undefined) return { length: 1, input: key(control) };
  if (first < 0x20) return { length: 1, input: key(`ctrl-${String.fromCharCode(first + 0x60)}`) };
  if (first < 0x80) return { length: 1, input: key(String.fromCharCode(first)) };
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
  if (length === 1 || first >= 0xf5) return { length: 1 };
  const rest = bytes.slice(at + 1, at + length);
  if (rest.some((byte) => (byte & 0xc0) !== 0x80)) return { length: 1 };
  if (rest.length < length - 1) return final ? { length: 1 } : undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(
      new Uint8Array([first, ...rest]),
    );
    // C1 controls are no keys.
    return /[\u0080-\u009f]/.test(text) ? { length } : { length, input: key(text) };
  } catch {
    // Overlong forms and surrogates are well-formed for the checks above, but no characters.
    return { length: 1 };
  }
}

function readSs3(bytes: readonly number[], at: number): Step | undefined {
  const final = bytes[at + 2];
  if (final === undefined) return undefined;
  const name = ss3Key(String.fromCharCode(final));
  return name === undefined ? { length: 3 } : { length: 3, input: key(name) };
}

/** Skips a string of OSC, DCS, APC, PM or SOS up to BEL or ST. */
function readString(bytes: readonly number[], at: number): Step | undefined {
  for (let i = at + 2; i < bytes.length; i++) {
    if (bytes[i] === 0x07) return { length: i + 1 - at };
    if (bytes[i] === ESC && bytes[i + 1] === 0x5c) return { length: i + 2 - at };
    if (i - at > LONGEST) return { length: i - at };
  }
  return undefined;
}

function readCsi(bytes: readonly number[], at: number): Step | undefined {
  let end = at + 2;
  while (end < bytes.length && bytes[end]! >= 0x20 && bytes[end]! <= 0x3f) end++;
  if (end - at > LONGEST) return { length: end - at };
  const final = bytes[end];
  if (final === undefined) return undefined;
  // A control or a byte of UTF-8 within: the sequence was cut, the byte belongs to what follows.
  if (final < 0x40 || final > 0x7e) return { length: end - at };
  const length = end + 1 - at;
  const name = String.fromCharCode(final);
  const parameters = String.fromCharCode(...bytes.slice(at + 2, end));
  // The old form of mouse events has three bytes behind it; linux's console F keys have one.
  if (name === "M" && parameters === "") return bytes.length - at < 6 ? undefined : { length: 6 };
  if (name === "[" && parameters === "") return bytes.length - at < 4 ? undefined : { length: 4 };
  if (parameters.startsWith("<")) return withInput(length, mouse(parameters.slice(1), name));
  return withInput(length, csi(parameters, name));
}

function withInput(length: number, input: Input | undefined): Step {
  return input === undefined ? { length } : { length, input };
}

function csi(parameters: string, final: string): Input | undefined {
  if (!/^[\d;:]*$/.test(parameters)) return undefined;
  const [first = "", second = ""] = parameters.split(";");
  if (final === "~" && first === "200") return { type: "paste", text: "" };
  const name = final === "~"
    ? tildeKey(Number(first))
    : final === "u"
    ? unicodeKey(Number(first.split(":")[0]))
    // Another first number than 1 is no key: `CSI 24 ; 80 R` tells where the cursor is.
    : first === "" || first === "1"
    ? csiKey(final)
    : undefined;
  if (name === undefined) return undefined;
  return key(withModifiers(name, Number(second.split(":")[0]) || 1));
}

/** A key as kitty's protocol and xterm's modifyOtherKeys send it. */
function unicodeKey(code: number): string | undefined {
  if (!(code > 0) || code > 0x10ffff || code >= 0xd800 && code < 0xe000) return undefined;
  if (code === ESC) return "esc";
  const control = CONTROLS[code];
  if (control !== undefined) return control;
  return code < 0x20 || code >= 0x80 && code < 0xa0 ? undefined : String.fromCodePoint(code);
}

function mouse(parameters: string, final: string): Input | undefined {
  const match = parameters.match(/^(\d{1,4});(\d{1,5});(\d{1,5})$/);
  if (match === null || final !== "M" && final !== "m") return undefined;
  const [code, x, y] = match.slice(1).map(Number) as [number, number, number];
  const at = { x: Math.max(0, x - 1), y: Math.max(0, y - 1) };
  if (code & 64) {
    const down = code & 1;
    return { type: "mouse", action: down ? "wheel-down" : "wheel-up", ...at };
  }
  const action = code & 32 ? "move" : final === "M" ? "press" : "release";
  return { type: "mouse", action, ...at };
}
