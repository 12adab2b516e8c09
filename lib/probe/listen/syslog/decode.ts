/** Syslog as a listener's decoder. */
import type { Decoder } from "../types.ts";
import { parseSyslog } from "./parse.ts";

/** Makes a decoder. */
export function createSyslogDecoder(): Decoder {
  const counts = { rfc5424: 0, rfc3164: 0 };
  return {
    decode(bytes) {
      const record = parseSyslog(bytes);
      counts[record.format]++;
      return { head: {}, records: [record] };
    },
    counts: () => counts,
  };
}
