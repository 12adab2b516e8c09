/** `versus probe ping` */
import { VersusError } from "../../lib/error.ts";
import { MAX_SIZE, METHODS, ping, type PingOptions } from "../../lib/probe/protocols/ping.ts";
import type { PingResult } from "../../lib/probe/results.ts";
import { oneOf, parseCount } from "../values.ts";
import type { ProbeCommand } from "./types.ts";

interface PingFlags {
  method?: string;
  size?: string;
  port?: string;
  expectMethod?: string;
}

/** Ping's part of the command line. */
export const pingCommand: ProbeCommand<PingFlags, PingOptions, PingResult> = {
  protocol: ping,
  define: (command) =>
    command
      .option(
        "--method <name:string>",
        `auto, ${METHODS.join(", ")} (default: auto, the first that the system allows).`,
      )
      .option("--size <bytes:string>", "Bytes of payload (default: 56).")
      .option("--port <port:string>", "The port of the method tcp (default: 443).")
      .option("--expect-method <name:string>", "Fail unless it was done in this way.")
      .example(
        "loss and jitter",
        "versus probe ping r1 r2 --count 100 --interval 200ms --max-loss 1",
      ),
  options: ({ method = "auto", size, port }) => ({
    method: oneOf("method", method, ["auto", ...METHODS]),
    size: size === undefined ? 56 : atMost("--size", parseCount("--size", size), MAX_SIZE),
    port: port === undefined ? 443 : atMost("--port", parseCount("--port", port, 1), 65_535),
  }),
  expectations({ expectMethod }) {
    if (expectMethod === undefined) return [];
    const wanted = oneOf("method of --expect-method", expectMethod, METHODS);
    return [{
      option: "--expect-method",
      check: ({ method }) => method === wanted ? undefined : `expected ${wanted}, found ${method}`,
    }];
  },
  describe: ({ address, method, ttl, bytes, port, accepted }) => [
    [
      `${address} by ${method}`,
      ...(port === undefined ? [] : [`port ${port} ${accepted ? "accepts" : "refuses"}`]),
      ...(bytes === undefined ? [] : [`${bytes} bytes`]),
      ...(ttl === undefined ? [] : [`ttl ${ttl}`]),
    ].join(", "),
  ],
};

function atMost(option: string, value: number, most: number): number {
  if (value <= most) return value;
  throw new VersusError(`Found ${value} for ${option}, expected at most ${most}`);
}
