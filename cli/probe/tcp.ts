/** `versus probe tcp` */
import { MAX_BANNER, tcp, type TcpOptions } from "../../lib/probe/protocols/tcp.ts";
import type { TcpResult } from "../../lib/probe/results.ts";
import { parsePattern } from "./_pattern.ts";
import type { ProbeCommand } from "./types.ts";

interface TcpFlags {
  banner?: boolean;
  expectBanner?: string;
}

/** TCP's part of the command line. */
export const tcpCommand: ProbeCommand<TcpFlags, TcpOptions, TcpResult> = {
  protocol: tcp,
  needsPort: true,
  define: (command) =>
    command
      .option(
        "--banner",
        `Wait for the first line that the peer sends, at most ${MAX_BANNER} bytes.`,
      )
      .option(
        "--expect-banner <text:string>",
        "Fail unless the banner has this text, or matches /this/.",
      )
      .example("many ports", "versus probe tcp r1:22 r1:830 r2:22 --timeout 1s"),
  options: ({ banner, expectBanner }) => ({
    banner: banner === true || expectBanner !== undefined,
  }),
  expectations({ expectBanner }) {
    if (expectBanner === undefined) return [];
    const matches = parsePattern("--expect-banner", expectBanner);
    return [{
      option: "--expect-banner",
      check: ({ banner = "" }) =>
        matches(banner) ? undefined : `expected ${expectBanner}, found ${banner}`,
    }];
  },
  describe: ({ banner }) => banner === undefined ? [] : [banner],
};
