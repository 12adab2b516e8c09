/** Paths of gNMI as text (github.com/openconfig/reference, rpc/gnmi/gnmi-path-strings.md). */
import { VersusError } from "../../error.ts";
import type { GnmiPathMessage } from "../protos/gnmi.ts";

/**
 * Reads a path: `/interfaces/interface[name=eth0]/state`, `openconfig:/interfaces`.
 *
 * A backslash takes the next character as it is: `\]` in a key's value, `\/` in a name.
 *
 * @param text The path; empty or `/` for all there is.
 * @returns The path.
 * @throws {VersusError} If a key is not closed, has no name, or stands for itself.
 */
export function parsePath(text: string): GnmiPathMessage {
  // An origin is a word before the first slash; without a slash there is none.
  const origin = /^([A-Za-z0-9_-]+):(?=\/|$)/.exec(text)?.[1];
  const rest = origin === undefined ? text : text.slice(origin.length + 1);
  const elem: { name: string; key?: Record<string, string> }[] = [];
  let at = rest.startsWith("/") ? 1 : 0;
  while (at < rest.length) {
    const name = upTo(rest, at, "/[");
    if (name.text === "") throw invalid(text, `an element without a name at ${at + 1}`);
    at = name.end;
    const key: Record<string, string> = {};
    while (rest[at] === "[") {
      const left = upTo(rest, at + 1, "=]");
      if (rest[left.end] !== "=" || left.text === "") {
        throw invalid(text, `no name of a key at ${at + 2}`);
      }
      const right = upTo(rest, left.end + 1, "]");
      if (rest[right.end] !== "]") throw invalid(text, "a key that is not closed");
      if (Object.hasOwn(key, left.text)) throw invalid(text, `the key ${left.text} twice`);
      key[left.text] = right.text;
      at = right.end + 1;
    }
    elem.push(Object.keys(key).length === 0 ? { name: name.text } : { name: name.text, key });
    if (at < rest.length && rest[at] !== "/") throw invalid(text, `text behind a key at ${at + 1}`);
    at++;
  }
  return { ...(origin === undefined ? {} : { origin }), elem };
}

/** Reads until one of some characters, or the end. */
function upTo(text: string, start: number, stops: string): { text: string; end: number } {
  let found = "";
  let at = start;
  for (; at < text.length && !stops.includes(text[at]!); at++) {
    if (text[at] === "\\" && at + 1 < text.length) at++;
    found += text[at];
  }
  return { text: found, end: at };
}

function invalid(text: string, what: string): VersusError {
  return new VersusError(`Found ${what} in the path ${text}`, {
    hint: "Write paths as /interfaces/interface[name=eth0]/state",
  });
}

/**
 * Writes a path as text.
 *
 * @param path As a peer sent it, in the form of today or that of before 0.4.0.
 * @param prefix Stands before it.
 * @returns For example `/interfaces/interface[name=eth0]/state`; keys by name.
 */
export function formatPath(path: GnmiPathMessage = {}, prefix: GnmiPathMessage = {}): string {
  const origin = path.origin || prefix.origin;
  const parts = [...partsOf(prefix), ...partsOf(path)];
  return `${origin ? `${origin}:` : ""}/${parts.join("/")}`;
}

function partsOf({ elem = [], element = [] }: GnmiPathMessage): string[] {
  if (elem.length === 0) return element.map((name) => name.replace(/[\\/]/g, "\\$&"));
  return elem.map(({ name = "", key = {} }) =>
    name.replace(/[\\/[]/g, "\\$&") +
    Object.keys(key).sort().map((one) =>
      `[${one.replace(/[\\=\]]/g, "\\$&")}=${key[one]!.replace(/[\\\]]/g, "\\$&")}]`
    ).join("")
  );
}
