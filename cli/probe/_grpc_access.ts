/** How servers of gRPC are reached: options that grpc, gnmi and gnoi share. */
import type { Command } from "@cliffy/command";
import { VersusError } from "../../lib/error.ts";
import type { GrpcAccess, GrpcConnectionResult } from "../../lib/probe/grpc/types.ts";
import { parseCount } from "../values.ts";
import { type PasswordFlags, passwordOptions, readPassword } from "./_ssh_access.ts";
import { readTlsOptions, type TlsFlags, tlsLines, withTlsOptions } from "./_tls_options.ts";

/** The options as the parser gives them. */
export interface GrpcAccessFlags extends TlsFlags, PasswordFlags {
  plaintext?: boolean;
  metadata?: string[];
  maxReply?: string;
}

/** The most that a message may have, in bytes. */
const MAX_REPLY = 16_000_000;

/** Adds the options to a command. */
// deno-lint-ignore no-explicit-any -- cliffy's type of any command has eight parameters
export function grpcAccessOptions(command: Command<any>): Command<any> {
  return withTlsOptions(passwordOptions(command))
    .option("--plaintext", "Without TLS; the result says so.")
    .option("--metadata <assignment:string>", "Send NAME=VALUE with each call; may be repeated.", {
      collect: true,
    })
    .option("--max-reply <bytes:string>", `Refuse larger messages (default: ${MAX_REPLY}).`);
}

/**
 * Reads how a server is reached.
 *
 * @param flags As they were typed.
 * @throws {VersusError} If a value is not what it should be, or a secret can't be had.
 */
export function readGrpcAccess(flags: GrpcAccessFlags): GrpcAccess {
  const { maxReply, metadata = [] } = flags;
  const named = flags.user !== undefined || flags.passwordEnv !== undefined ||
    flags.passwordFile !== undefined || flags.askPassword === true;
  return {
    plaintext: flags.plaintext === true,
    tls: readTlsOptions(flags),
    ...(named ? readPassword(flags) : {}),
    metadata: Object.fromEntries(metadata.map(readMetadata)),
    maxBytes: maxReply === undefined ? MAX_REPLY : parseCount("--max-reply", maxReply, 1),
  };
}

/** Names after doc/PROTOCOL-HTTP2.md of gRPC: those that begin with `grpc-` are its own. */
function readMetadata(text: string): [string, string] {
  const match = /^([0-9a-z_.-]+)=([\x20-\x7e]*)$/i.exec(text);
  const name = match?.[1]?.toLowerCase();
  if (name === undefined || name.startsWith("grpc-") || name.endsWith("-bin")) {
    throw new VersusError(`Found ${text} for --metadata, expected NAME=VALUE`, {
      hint:
        "Names have letters, digits, _ . and -; those that begin with grpc- or end with -bin are " +
        "not for people",
    });
  }
  if (name === "password" || name === "authorization") {
    throw new VersusError(`Found ${name} for --metadata, where other users can read it`, {
      hint: "Give it with --user and --password-env or --password-file",
    });
  }
  return [name, match![2]!];
}

/** Describes the connection, in lines. */
export function grpcLines({ tls, weak }: GrpcConnectionResult): string[] {
  return [
    ...(weak.length === 0 ? [] : [`weak: ${weak.join(", ")}`]),
    ...(tls === undefined ? [] : tlsLines(tls)),
  ];
}
