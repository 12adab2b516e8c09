/** One message of syslog: RFC 5424, or what RFC 3164 saw in the field. */
import { malformed } from "../_bytes.ts";

/** Facilities by number (RFC 5424, table 1, under the names of syslog.conf). */
const FACILITIES = (
  "kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp audit alert clock " +
  "local0 local1 local2 local3 local4 local5 local6 local7"
).split(" ");
const SEVERITIES = "emerg alert crit err warning notice info debug".split(" ");

/** A message as a record; what it does not say is absent. */
export type SyslogRecord = {
  format: "rfc5424" | "rfc3164";
  facility: string;
  severity: string;
  /** As it was sent: RFC 3339 in RFC 5424, `Oct 11 22:14:15` without year and zone in RFC 3164. */
  timestamp?: string;
  host?: string;
  app?: string;
  procId?: string;
  msgId?: string;
  /** Parameters by element. */
  structuredData?: Record<string, Record<string, string>>;
  message: string;
};

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** A header of RFC 5424 (section 6) up to the structured data. */
const HEADER_5424 = /^(\S{1,64}) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) (?=-|\[)/;

/** A time of RFC 3164 (section 4.1.2); some gear adds the year, a fraction, or a dot or star before. */
const TIME_3164 =
  /^[*.]?([A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d{1,6})?)(?: [A-Z]{3,4})?:? /;
/** Some newer programs put a time of RFC 3339 in its place. */
const TIME_3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) /;
const HOST = /^([A-Za-z0-9_.:-]{1,255}) (?=\S)/;
const TAG = /^([^\s:[\]]{1,64})(?:\[([^\]\s]{1,128})\])?: ?/;

/**
 * Reads a message.
 *
 * @param bytes All of it; a line end or a zero at its end is left out.
 * @throws {ProbeError} `protocol` without a valid priority.
 */
export function parseSyslog(bytes: Uint8Array): SyslogRecord {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 10 || bytes[end - 1] === 13 || bytes[end - 1] === 0)) end--;
  const { priority, at } = readPriority(bytes, end);
  const base = {
    facility: FACILITIES[priority >> 3]!,
    severity: SEVERITIES[priority & 7]!,
  };
  // Version 1 and a space; no host or month begins so.
  if (bytes[at] === 0x31 && bytes[at + 1] === 0x20) {
    const found = parse5424(utf8.decode(bytes.subarray(at + 2, end)));
    if (found !== undefined) return { format: "rfc5424", ...base, ...found };
  }
  return { format: "rfc3164", ...base, ...parse3164(utf8.decode(bytes.subarray(at, end))) };
}

function readPriority(bytes: Uint8Array, end: number): { priority: number; at: number } {
  let priority = 0;
  let at = 1;
  if (bytes[0] !== 0x3c) throw malformed("A message without a priority");
  for (; at < end && at <= 3; at++) {
    const digit = bytes[at]! - 0x30;
    if (digit < 0 || digit > 9) break;
    priority = priority * 10 + digit;
  }
  if (at === 1 || at >= end + 1 || bytes[at] !== 0x3e || priority > 191) {
    throw malformed("A message with an invalid priority");
  }
  return { priority, at: at + 1 };
}

type Rest = Omit<SyslogRecord, "format" | "facility" | "severity">;

function parse5424(text: string): Rest | undefined {
  const match = HEADER_5424.exec(text);
  if (match === null) return undefined;
  const data = parseData(text, match[0].length);
  if (data === undefined) return undefined;
  // A mark of byte order before the text only says that it is UTF-8.
  const message = text.slice(data.end).replace(/^ \ufeff?/, "");
  const found: Partial<Rest> = {};
  const [, timestamp, host, app, procId, msgId] = match;
  if (timestamp !== "-") found.timestamp = timestamp!;
  if (host !== "-") found.host = host!;
  if (app !== "-") found.app = app!;
  if (procId !== "-") found.procId = procId!;
  if (msgId !== "-") found.msgId = msgId!;
  if (data.elements !== undefined) found.structuredData = data.elements;
  return { ...found, message };
}

/** Elements of structured data (RFC 5424, section 6.3); nothing if they are malformed. */
function parseData(
  text: string,
  start: number,
): { end: number; elements?: Record<string, Record<string, string>> } | undefined {
  if (text[start] === "-") return { end: start + 1 };
  const elements: Record<string, Record<string, string>> = Object.create(null);
  let at = start;
  while (text[at] === "[") {
    const id = /[^\s=\]"]{1,64}/y;
    id.lastIndex = at + 1;
    const name = id.exec(text)?.[0];
    if (name === undefined) return undefined;
    at = id.lastIndex;
    const parameters: Record<string, string> = elements[name] ??= Object.create(null);
    const parameter = / +([^\s=\]"]{1,64})="((?:[^"\\\]]|\\[^])*)"/y;
    for (;;) {
      parameter.lastIndex = at;
      const found = parameter.exec(text);
      if (found === null) break;
      parameters[found[1]!] = found[2]!.replace(/\\(["\\\]])/g, "$1");
      at = parameter.lastIndex;
    }
    if (text[at] !== "]") return undefined;
    at++;
  }
  return at === text.length || text[at] === " " ? { end: at, elements } : undefined;
}

function parse3164(text: string): Rest {
  const found: Partial<Rest> = {};
  // Cisco's gear counts its messages before the time.
  let rest = text.replace(/^\d{1,10}: (?=[*.]?[A-Z])/, "");
  const time = TIME_3164.exec(rest) ?? TIME_3339.exec(rest);
  if (time !== null) {
    found.timestamp = time[1]!;
    rest = rest.slice(time[0].length);
    const host = HOST.exec(rest);
    // A word with a colon at its end is the tag of a message without a host.
    if (host !== null && !host[1]!.endsWith(":")) {
      found.host = host[1]!;
      rest = rest.slice(host[0].length);
    }
  }
  const tag = TAG.exec(rest);
  if (tag !== null) {
    found.app = tag[1]!;
    if (tag[2] !== undefined) found.procId = tag[2];
    rest = rest.slice(tag[0].length);
  }
  return { ...found, message: rest };
}
