/** `versus probe restconf` */
import { VersusError } from "../../lib/error.ts";
import { restconf } from "../../lib/probe/protocols/restconf.ts";
import type {
  RestconfOptions,
  RestconfQuery,
  RestconfResult,
} from "../../lib/probe/restconf/types.ts";
import { oneOf, parseCount } from "../values.ts";
import { parsePattern } from "./_pattern.ts";
import { linesOf } from "./_script_lines.ts";
import { type PasswordFlags, passwordOptions, readPassword } from "./_ssh_access.ts";
import {
  daysGate,
  readTlsOptions,
  type TlsFlags,
  tlsLines,
  withTlsOptions,
} from "./_tls_options.ts";
import type { Expectation, ProbeCommand } from "./types.ts";

interface RestconfFlags extends TlsFlags, PasswordFlags {
  root?: string;
  plain?: boolean;
  data?: string;
  depth?: string;
  fields?: string;
  content?: string;
  format?: string;
  maxReply?: string;
  expectData?: string;
}

/** The most that a body may have, in bytes. */
const MAX_REPLY = 16_000_000;

/** RESTCONF's part of the command line. */
export const restconfCommand: ProbeCommand<RestconfFlags, RestconfOptions, RestconfResult> = {
  protocol: restconf,
  define: (command) =>
    withTlsOptions(
      passwordOptions(command)
        .option("--root <path:string>", "The API's root (default: as host-meta tells it).")
        .option("--plain", "Without TLS, which RFC 8040 forbids; the result says so.")
        .option("--data [path:string]", "Read this data: ietf-interfaces:interfaces; all if empty.")
        .option("--depth <levels:string>", "Only so many levels, or unbounded.", {
          depends: ["data"],
        })
        .option("--fields <list:string>", "Only these parts, as 'interface(name;enabled)'.", {
          depends: ["data"],
        })
        .option("--content <kind:string>", "config, nonconfig or all.", { depends: ["data"] })
        .option("--format <name:string>", "json or xml (default: json).")
        .option("--max-reply <bytes:string>", `Refuse larger answers (default: ${MAX_REPLY}).`)
        .option("--expect-data <text:string>", "Fail unless the data, as JSON, has this text."),
    )
      .example("capabilities", "versus probe restconf r1 --user admin --password-env PW")
      .example(
        "interfaces",
        "versus probe restconf r1 --data ietf-interfaces:interfaces --depth 3",
      ),
  options(flags) {
    const { root, maxReply, format = "json" } = flags;
    if (root !== undefined && !root.startsWith("/")) {
      throw new VersusError(`Found ${root} for --root, expected a path such as /restconf`);
    }
    const query = readQuery(flags);
    const named = flags.user !== undefined || flags.passwordEnv !== undefined ||
      flags.passwordFile !== undefined || flags.askPassword === true;
    return {
      ...(named ? readPassword(flags) : {}),
      ...(root === undefined ? {} : { root }),
      plain: flags.plain === true,
      tls: readTlsOptions(flags),
      ...(query === undefined ? {} : { query }),
      format: oneOf("format", format, ["json", "xml"]),
      maxBytes: maxReply === undefined ? MAX_REPLY : parseCount("--max-reply", maxReply, 1),
    };
  },
  expectations({ expectData }) {
    if (expectData === undefined) return [];
    const matches = parsePattern("--expect-data", expectData);
    const expectation: Expectation<RestconfResult> = {
      option: "--expect-data",
      check: ({ reply }) =>
        matches(JSON.stringify(reply?.data ?? ""))
          ? undefined
          : `expected ${expectData} in the data`,
    };
    return [expectation];
  },
  gates: (flags) => daysGate(flags, ({ tls }) => tls),
  describe: (
    { url, root, discovered, status, version, capabilities, reply, tls, weak, ...rest },
  ) => [
    `HTTP/${version} ${status} ${url}`,
    `root ${root}${discovered ? ", from host-meta" : ""}`,
    ...(rest.yangLibraryVersion === undefined ? [] : [`YANG library ${rest.yangLibraryVersion}`]),
    ...(weak.length === 0 ? [] : [`weak: ${weak.join(", ")}`]),
    ...(capabilities ?? []),
    ...(reply === undefined ? [] : [
      `${reply.bytes} bytes of ${reply.mediaType}`,
      ...linesOf(JSON.stringify(reply.data, undefined, 2)),
    ]),
    ...(tls === undefined ? [] : tlsLines(tls)),
  ],
};

function readQuery({ data, depth, fields, content }: RestconfFlags): RestconfQuery | undefined {
  if (data === undefined) return undefined;
  return {
    // Without a value the parser gives true.
    path: typeof data === "string" ? data : "",
    ...(depth === undefined ? {} : { depth: depth === "unbounded" ? depth : readDepth(depth) }),
    ...(fields === undefined ? {} : { fields }),
    ...(content === undefined
      ? {}
      : { content: oneOf("content", content, ["config", "nonconfig", "all"]) }),
  };
}

function readDepth(text: string): number {
  const depth = parseCount("--depth", text, 1);
  if (depth > 65535) throw new VersusError(`Found ${text} for --depth, expected at most 65535`);
  return depth;
}
