/** What every protocol over gRPC has in common. */
import type { TlsResult } from "../results.ts";
import type { Secret } from "../secret.ts";
import type { TlsOptions } from "../tls/types.ts";

/** How a server of gRPC is reached. */
export interface GrpcAccess {
  /** Without TLS. */
  readonly plaintext: boolean;
  /** How TLS is done. */
  readonly tls: TlsOptions;
  /** Sent as the metadata `username`, as gNMI does; an inventory's variables go before it. */
  readonly user?: string;
  /** Sent as the metadata `password`. */
  readonly password?: Secret;
  /** Metadata of every call, by lower-case name. */
  readonly metadata: Readonly<Record<string, string | Secret>>;
  /** The most that a message may have, in bytes. */
  readonly maxBytes: number;
}

/** What is known of a connection. */
export interface GrpcConnectionResult {
  /** What was agreed on by TLS. */
  readonly tls?: TlsResult;
  /** What is not as it should be: `cleartext`. */
  readonly weak: readonly string[];
}

/** What `versus probe grpc` can be asked for. */
export interface GrpcOptions extends GrpcAccess {
  /** Health of a service, or of the whole server; or all services by reflection. */
  readonly operation: "health" | "list";
  /** The service whose health is asked for; empty for the whole server. */
  readonly service: string;
}

/** The answer of a gRPC probe. */
export interface GrpcResult extends GrpcConnectionResult {
  /** How a service is, if that was asked. */
  readonly health?: {
    /** Empty for the whole server. */
    readonly service: string;
    /** `SERVING`, `NOT_SERVING`, `UNKNOWN`, `SERVICE_UNKNOWN`. */
    readonly status: string;
  };
  /** The services, if they were asked for. */
  readonly reflection?: {
    readonly version: "v1" | "v1alpha";
    readonly services: readonly string[];
  };
}
