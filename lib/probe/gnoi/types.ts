/** What one can ask a device to do by gNOI, and what it answers. */
import type { GrpcAccess, GrpcConnectionResult } from "../grpc/types.ts";

/** What the device does. */
export type GnoiOperation =
  | { readonly kind: "time" }
  | {
    readonly kind: "ping";
    readonly destination: string;
    readonly count: number;
    readonly source?: string;
    /** Between two echoes, in milliseconds. */
    readonly intervalMs?: number;
    /** Bytes of payload. */
    readonly size?: number;
    readonly ipVersion?: 4 | 6;
    /** VRF. */
    readonly networkInstance?: string;
  }
  | {
    readonly kind: "traceroute";
    readonly destination: string;
    readonly source?: string;
    readonly maxHops?: number;
    readonly ipVersion?: 4 | 6;
    /** VRF. */
    readonly networkInstance?: string;
  };

/** What `versus probe gnoi` can be asked for. */
export interface GnoiOptions extends GrpcAccess {
  /** What the device does. */
  readonly operation: GnoiOperation;
}

/** The answer of a gNOI probe. Times within are the device's own. */
export interface GnoiResult extends GrpcConnectionResult {
  /** What it did. */
  readonly operation: GnoiOperation["kind"];
  /** Its clock. */
  readonly time?: {
    /** RFC 3339, UTC, with nanoseconds. */
    readonly time: string;
    /** How far it is ahead of this machine's clock, in milliseconds; half of the round trip either way. */
    readonly offsetMs: number;
  };
  /** What it pinged. */
  readonly ping?: {
    readonly destination: string;
    readonly echoes: readonly {
      readonly sequence: number;
      readonly source: string;
      readonly rttMs: number;
      readonly bytes?: number;
      readonly ttl?: number;
    }[];
    /** As the device counts. */
    readonly sent?: number;
    readonly received?: number;
    readonly minMs?: number;
    readonly avgMs?: number;
    readonly maxMs?: number;
    readonly stdDevMs?: number;
  };
  /** The way that it traced. */
  readonly traceroute?: {
    readonly destination: string;
    /** The address that the device traced. */
    readonly address?: string;
    readonly hops: readonly {
      readonly hop: number;
      /** None where nobody answered. */
      readonly address?: string;
      readonly name?: string;
      readonly rttMs?: number;
      /** `NONE` for no answer, or why the way ends there. */
      readonly state?: string;
    }[];
  };
}
