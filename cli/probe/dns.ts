/** `versus probe dns` */
import { isIP } from "node:net";
import { VersusError } from "../../lib/error.ts";
import { TYPES } from "../../lib/probe/dns/message.ts";
import { reverseName } from "../../lib/probe/dns/reverse.ts";
import { dns, type DnsOptions } from "../../lib/probe/protocols/dns.ts";
import type { DnsResult } from "../../lib/probe/results.ts";
import { oneOf, parseList } from "../values.ts";
import { parsePattern } from "./_pattern.ts";
import {
  daysGate,
  readTlsOptions,
  type TlsFlags,
  tlsLines,
  withTlsOptions,
} from "./_tls_options.ts";
import type { ProbeCommand } from "./types.ts";

interface DnsFlags extends TlsFlags {
  name?: string;
  type?: string;
  transport?: string;
  /** `false` after `--no-recurse`. */
  recurse?: boolean;
  dnssec?: boolean;
  /** `false` after `--no-fallback`. */
  fallback?: boolean;
  expectCode?: string;
  expectAnswer?: string;
}

/** DNS's part of the command line. */
export const dnsCommand: ProbeCommand<DnsFlags, DnsOptions, DnsResult> = {
  protocol: dns,
  define: (command) =>
    withTlsOptions(
      command
        .option("--name <name:string>", "What to ask for; an address for --type PTR.", {
          required: true,
        })
        .option("--type <type:string>", "The type of the records (default: A).")
        .option("--transport <name:string>", "udp, tcp or tls (default: udp).")
        .option("--no-recurse", "Ask for what the server knows itself.")
        .option("--dnssec", "Ask for signatures too.")
        .option("--no-fallback", "Keep an answer by UDP that was cut, and don't ask by TCP.")
        .option("--expect-code <list:string>", "Fail unless the code is one of these, as NXDOMAIN.")
        .option(
          "--expect-answer <text:string>",
          "Fail unless a record has this, or matches /this/.",
        ),
    )
      .example("all transports", "versus probe dns 192.0.2.53 --name r1.example --transport tls"),
  options(flags) {
    const type = oneOf("type of record", (flags.type ?? "A").toUpperCase(), TYPES);
    return {
      transport: oneOf("transport", flags.transport ?? "udp", ["udp", "tcp", "tls"]),
      question: {
        name: readName(flags.name!, type),
        type,
        recurse: flags.recurse !== false,
        dnssec: flags.dnssec === true,
      },
      tcpFallback: flags.fallback !== false,
      failOnCode: flags.expectCode === undefined,
      tls: readTlsOptions(flags),
    };
  },
  expectations({ expectCode, expectAnswer }) {
    const codes = parseList(expectCode).map((code) => code.toUpperCase());
    const matches = expectAnswer === undefined
      ? undefined
      : parsePattern("--expect-answer", expectAnswer);
    return [
      ...(codes.length === 0 ? [] : [{
        option: "--expect-code",
        check: ({ code }: DnsResult) =>
          codes.includes(code) ? undefined : `expected ${codes.join(" or ")}, found ${code}`,
      }]),
      ...(matches === undefined ? [] : [{
        option: "--expect-answer",
        check({ answers }: DnsResult) {
          if (answers.some(({ data }) => matches(data))) return undefined;
          const found = answers.map(({ data }) => data).join(", ") || "no record";
          return `expected ${expectAnswer}, found ${found}`;
        },
      }]),
    ];
  },
  gates: (flags) => daysGate(flags, ({ tls }) => tls),
  describe({ name, type, code, flags, answers, bytes, transport, retriedByTcp, tls }) {
    const how = retriedByTcp ? `${transport}, then tcp as the answer was cut` : transport;
    return [
      `${name} ${type}: ${code}, ${flags.join(" ") || "no flags"}, ${bytes} bytes by ${how}`,
      ...answers.map(({ name, type, ttlS, data }) => `${name} ${ttlS} ${type} ${data}`),
      ...(tls === undefined ? [] : tlsLines(tls)),
    ];
  },
};

/** A name of at most 253 characters in labels of at most 63 (RFC 1035, section 2.3.4). */
function readName(text: string, type: string): string {
  if (type === "PTR" && isIP(text) !== 0) return reverseName(text);
  const labels = text.replace(/\.$/, "").split(".");
  const bytes = new TextEncoder().encode(text).length;
  const valid = text === "." || bytes <= 253 &&
      labels.every((label) => label !== "" && new TextEncoder().encode(label).length <= 63);
  if (!valid || /[\s\0]/.test(text)) {
    throw new VersusError(`Found ${JSON.stringify(text)} for --name, expected a domain name`, {
      hint: "Write it as r1.example; each part has 1 to 63 bytes, all of it 253 at most",
    });
  }
  return text;
}
