/** `versus probe tls` */
import { tls, type TlsProbeOptions } from "../../lib/probe/protocols/tls.ts";
import type { TlsResult } from "../../lib/probe/results.ts";
import { parseList } from "../values.ts";
import {
  daysGate,
  readTlsOptions,
  type TlsFlags,
  tlsLines,
  withTlsOptions,
} from "./_tls_options.ts";
import type { ProbeCommand } from "./types.ts";

interface TlsProbeFlags extends TlsFlags {
  alpn?: string;
  allVersions?: boolean;
  expectVersion?: string;
}

/** TLS's part of the command line. */
export const tlsCommand: ProbeCommand<TlsProbeFlags, TlsProbeOptions, TlsResult> = {
  protocol: tls,
  define: (command) =>
    withTlsOptions(command)
      .option("--alpn <list:string>", "Offer these protocols, as h2,http/1.1.")
      .option("--all-versions", "Find out all versions that the peer takes, weak ones too.")
      .option("--expect-version <version:string>", "Fail unless this is agreed on, as TLSv1.3.")
      .example("a check for CI", "versus probe tls r1.example --min-days 14"),
  options(flags) {
    const alpn = parseList(flags.alpn);
    return {
      ...readTlsOptions(flags),
      ...(alpn.length === 0 ? {} : { alpn }),
      ...(flags.allVersions ? { allVersions: true } : {}),
    };
  },
  expectations({ expectVersion }) {
    if (expectVersion === undefined) return [];
    return [{
      option: "--expect-version",
      check: ({ version }) =>
        version === expectVersion ? undefined : `expected ${expectVersion}, found ${version}`,
    }];
  },
  gates: (flags) => daysGate(flags, (result) => result),
  describe: tlsLines,
};
