/** `versus probe netconf` */
import { printable, VersusError } from "../../lib/error.ts";
import type { NetconfFilter, NetconfQuery } from "../../lib/probe/netconf/messages.ts";
import type { NetconfOptions, NetconfResult } from "../../lib/probe/netconf/types.ts";
import { checkXml } from "../../lib/probe/netconf/xml.ts";
import { netconf } from "../../lib/probe/protocols/netconf.ts";
import { oneOf, parseAssignments, parseCount } from "../values.ts";
import { parsePattern } from "./_pattern.ts";
import { linesOf } from "./_script_lines.ts";
import { readSshAccess, type SshAccessFlags, sshAccessOptions } from "./_ssh_access.ts";
import type { Expectation, ProbeCommand } from "./types.ts";

interface NetconfFlags extends SshAccessFlags {
  get?: boolean;
  getConfig?: string;
  subtree?: string;
  xpath?: string;
  xmlns?: string[];
  raw?: boolean;
  maxReply?: string;
  expectCapability?: string[];
  expectData?: string;
}

/** How large a message may be, in bytes. */
const MAX_REPLY = 16_000_000;

/** NETCONF's part of the command line. */
export const netconfCommand: ProbeCommand<NetconfFlags, NetconfOptions, NetconfResult> = {
  protocol: netconf,
  define: (command) =>
    sshAccessOptions(command)
      .option("--get", "Read configuration and state.")
      .option(
        "--get-config [datastore:string]",
        "Read the configuration of running (the default), candidate or startup.",
        { conflicts: ["get"] },
      )
      .option("--subtree <xml:string>", "Only what this subtree filter selects; @FILE reads one.")
      .option(
        "--xpath <expression:string>",
        "Only what this selects, where the server has :xpath.",
        {
          conflicts: ["subtree"],
        },
      )
      .option(
        "--xmlns <binding:string>",
        "A namespace that --xpath uses, as if=URI; may be repeated.",
        {
          collect: true,
        },
      )
      .option("--raw", "Keep the answer as XML too.")
      .option("--max-reply <bytes:string>", `Refuse larger messages (default: ${MAX_REPLY}).`)
      .option("--expect-capability <text:string>", "Fail unless the server has it; repeatable.", {
        collect: true,
      })
      .option("--expect-data <text:string>", "Fail unless the data, as JSON, has this text.")
      .example("capabilities", "versus probe netconf r1 --user admin")
      .example(
        "interfaces",
        "versus probe netconf r1 --get --subtree " +
          "'<interfaces xmlns=\"urn:ietf:params:xml:ns:yang:ietf-interfaces\"/>'",
      ),
  options(flags) {
    const query = readQuery(flags);
    const { maxReply } = flags;
    return {
      ...readSshAccess(flags),
      maxBytes: maxReply === undefined ? MAX_REPLY : parseCount("--max-reply", maxReply, 1000),
      raw: flags.raw === true,
      ...(query === undefined ? {} : { query }),
    };
  },
  expectations({ expectCapability = [], expectData }) {
    const all: Expectation<NetconfResult>[] = expectCapability.map((text) => {
      const matches = parsePattern("--expect-capability", text);
      return {
        option: "--expect-capability",
        check: ({ capabilities }) =>
          capabilities.some(matches) ? undefined : `expected ${text}, found none that has it`,
      };
    });
    if (expectData !== undefined) {
      const matches = parsePattern("--expect-data", expectData);
      all.push({
        option: "--expect-data",
        check: ({ reply }) =>
          matches(JSON.stringify(reply?.data ?? ""))
            ? undefined
            : `expected ${expectData} in the data`,
      });
    }
    return all;
  },
  describe: ({ banner, base, sessionId, capabilities, weak, reply }) => [
    `${banner}, NETCONF ${base}, session ${sessionId}, ${capabilities.length} capabilities`,
    ...(weak.length === 0 ? [] : [`weak: ${weak.join(", ")}`]),
    ...(reply === undefined ? capabilities : [
      `${reply.operation}: ${reply.bytes} bytes`,
      ...reply.warnings.map((warning) => `warning: ${warning}`),
      ...linesOf(JSON.stringify(reply.data, undefined, 2)),
    ]),
  ],
};

function readQuery(flags: NetconfFlags): NetconfQuery | undefined {
  // Without a value the parser gives true.
  const datastore = flags.getConfig as string | true | undefined;
  const filter = readFilter(flags);
  if (flags.get !== true && datastore === undefined) {
    if (filter === undefined) return undefined;
    throw new VersusError("Found a filter and nothing to filter, expected --get or --get-config");
  }
  const source = datastore === undefined || datastore === true ? "running" : datastore;
  return {
    operation: datastore === undefined ? "get" : "get-config",
    source: oneOf("datastore", source, ["running", "candidate", "startup"]),
    ...(filter === undefined ? {} : { filter }),
  };
}

function readFilter({ subtree, xpath, xmlns }: NetconfFlags): NetconfFilter | undefined {
  if (xpath !== undefined) {
    return { kind: "xpath", select: xpath, namespaces: parseAssignments("--xmlns", xmlns) };
  }
  if (xmlns !== undefined) throw new VersusError("Found --xmlns without --xpath");
  if (subtree === undefined) return undefined;
  const xml = (subtree.startsWith("@") ? readFile(subtree.slice(1)) : subtree).trim();
  try {
    checkXml(xml, true);
  } catch (error) {
    throw new VersusError(`--subtree: ${printable((error as Error).message)}`, {
      hint: 'Write the elements to select: <interfaces xmlns="…"/>',
      cause: error,
    });
  }
  return { kind: "subtree", xml };
}

function readFile(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    throw new VersusError(`The filter can't be read: ${printable((error as Error).message)}`, {
      cause: error,
    });
  }
}
