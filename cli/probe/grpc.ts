/** `versus probe grpc` */
import { VersusError } from "../../lib/error.ts";
import type { GrpcOptions, GrpcResult } from "../../lib/probe/grpc/types.ts";
import { grpc } from "../../lib/probe/protocols/grpc.ts";
import type { Expectation } from "../../lib/probe/types.ts";
import {
  type GrpcAccessFlags,
  grpcAccessOptions,
  grpcLines,
  readGrpcAccess,
} from "./_grpc_access.ts";
import { daysGate } from "./_tls_options.ts";
import type { ProbeCommand } from "./types.ts";

interface GrpcFlags extends GrpcAccessFlags {
  service?: string;
  list?: boolean;
  expectService?: string[];
}

/** gRPC's part of the command line. */
export const grpcCommand: ProbeCommand<GrpcFlags, GrpcOptions, GrpcResult> = {
  protocol: grpc,
  define: (command) =>
    grpcAccessOptions(command)
      .option("--service <name:string>", "Ask for the health of this service, not of the server.")
      .option("--list", "List services by reflection, and ask for no health.", {
        conflicts: ["service"],
      })
      .option("--expect-service <name:string>", "With --list: fail without it; may be repeated.", {
        collect: true,
        depends: ["list"],
      })
      .example("health", "versus probe grpc r1:50051 --ca ca.pem")
      .example("what it offers", "versus probe grpc 127.0.0.1:50051 --plaintext --list"),
  options(flags) {
    if (flags.service === "") throw new VersusError("Found no name for --service");
    return {
      ...readGrpcAccess(flags),
      operation: flags.list ? "list" : "health",
      service: flags.service ?? "",
    };
  },
  expectations: ({ expectService = [] }) =>
    expectService.map((name): Expectation<GrpcResult> => ({
      option: "--expect-service",
      check: ({ reflection }) =>
        reflection?.services.includes(name) ? undefined : `expected ${name} among the services`,
    })),
  gates: (flags) => daysGate(flags, ({ tls }) => tls),
  describe: ({ health, reflection, ...connection }) => [
    ...(health === undefined
      ? []
      : [`${health.service === "" ? "the server" : health.service}: ${health.status}`]),
    ...(reflection === undefined
      ? []
      : [`services by reflection ${reflection.version}:`, ...reflection.services]),
    ...grpcLines(connection),
  ],
};
