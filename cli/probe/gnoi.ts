/** `versus probe gnoi` */
import { VersusError } from "../../lib/error.ts";
import type { GnoiOperation, GnoiOptions, GnoiResult } from "../../lib/probe/gnoi/types.ts";
import { gnoi } from "../../lib/probe/protocols/gnoi.ts";
import { parseCount, parseSeconds } from "../values.ts";
import {
  type GrpcAccessFlags,
  grpcAccessOptions,
  grpcLines,
  readGrpcAccess,
} from "./_grpc_access.ts";
import { daysGate } from "./_tls_options.ts";
import type { ProbeCommand } from "./types.ts";

interface GnoiFlags extends GrpcAccessFlags {
  time?: boolean;
  ping?: string;
  traceroute?: string;
  echoes?: string;
  echoInterval?: string;
  size?: string;
  source?: string;
  maxHops?: string;
  ip?: string;
  networkInstance?: string;
}

/** gNOI's part of the command line. */
export const gnoiCommand: ProbeCommand<GnoiFlags, GnoiOptions, GnoiResult> = {
  protocol: gnoi,
  define: (command) =>
    grpcAccessOptions(command)
      .option("--time", "Ask for the device's time (the default).")
      .option("--ping <host:string>", "Have the device ping a host.")
      .option("--traceroute <host:string>", "Have the device trace the route to a host.")
      .option("--echoes <count:string>", "Of --ping (default: 3).", { depends: ["ping"] })
      .option("--echo-interval <time:string>", "Of --ping (default: the device's).", {
        depends: ["ping"],
      })
      .option("--size <bytes:string>", "Payload of --ping (default: the device's).", {
        depends: ["ping"],
      })
      .option("--source <address:string>", "The address that the device shall send from.")
      .option("--max-hops <count:string>", "Of --traceroute (default: the device's).", {
        depends: ["traceroute"],
      })
      .option("--ip <version:string>", "4 or 6 (default: the device chooses).")
      .option("--network-instance <name:string>", "The VRF.")
      .example("its clock", "versus probe gnoi r1 --user admin --password-env PW")
      .example("a ping from there", "versus probe gnoi r1 --ping 192.0.2.1 --echoes 5"),
  options: (flags) => ({ ...readGrpcAccess(flags), operation: operationOf(flags) }),
  expectations: () => [],
  gates: (flags) => daysGate(flags, ({ tls }) => tls),
  describe: ({ time, ping, traceroute, operation: _, ...connection }) => [
    ...(time === undefined
      ? []
      : [`${time.time}, ${Math.abs(time.offsetMs)} ms ${time.offsetMs < 0 ? "behind" : "ahead"}`]),
    ...(ping === undefined ? [] : pingLines(ping)),
    ...(traceroute?.hops ?? []).map(({ hop, address = "*", name, rttMs, state }) =>
      `${hop}  ${address}${name === undefined ? "" : ` (${name})`}` +
      `${rttMs === undefined ? "" : `  ${rttMs} ms`}${state === undefined ? "" : `  ${state}`}`
    ),
    ...grpcLines(connection),
  ],
};

function pingLines(
  { echoes, sent, received, minMs, avgMs, maxMs }: NonNullable<GnoiResult["ping"]>,
): string[] {
  const times = minMs === undefined ? "" : `, min ${minMs} ms, avg ${avgMs} ms, max ${maxMs} ms`;
  return [
    ...echoes.map(({ sequence, source, rttMs }) => `${sequence}  ${source}  ${rttMs} ms`),
    ...(sent === undefined ? [] : [`${sent} sent, ${received} received${times}`]),
  ];
}

function operationOf(flags: GnoiFlags): GnoiOperation {
  const { ping, traceroute, source, networkInstance } = flags;
  const given = (["time", "ping", "traceroute"] as const).filter((name) =>
    flags[name] !== undefined
  );
  if (given.length > 1) {
    throw new VersusError(`Found ${given.map((name) => `--${name}`).join(" and ")}, expected one`);
  }
  if (flags.ip !== undefined && flags.ip !== "4" && flags.ip !== "6") {
    throw new VersusError(`Found ${flags.ip} for --ip, expected 4 or 6`);
  }
  const way = {
    ...(source === undefined ? {} : { source }),
    ...(networkInstance === undefined ? {} : { networkInstance }),
    ...(flags.ip === undefined ? {} : { ipVersion: flags.ip === "4" ? 4 as const : 6 as const }),
  };
  if (ping !== undefined) {
    return {
      kind: "ping",
      destination: ping,
      count: flags.echoes === undefined ? 3 : parseCount("--echoes", flags.echoes, 1),
      ...(flags.echoInterval === undefined
        ? {}
        : { intervalMs: parseSeconds("--echo-interval", flags.echoInterval) * 1000 }),
      ...(flags.size === undefined ? {} : { size: parseCount("--size", flags.size) }),
      ...way,
    };
  }
  if (traceroute === undefined) return { kind: "time" };
  return {
    kind: "traceroute",
    destination: traceroute,
    ...(flags.maxHops === undefined ? {} : { maxHops: parseCount("--max-hops", flags.maxHops, 1) }),
    ...way,
  };
}
