/** What one can ask of a gNMI target, and what it answers. */
import type { GrpcAccess, GrpcConnectionResult } from "../grpc/types.ts";
import type { GnmiPathMessage } from "../protos/gnmi.ts";
import type { GnmiEncoding } from "./value.ts";

/** A value that is to be written. */
export interface GnmiWrite {
  /** Where. */
  readonly path: GnmiPathMessage;
  /** Its value as JSON; none to delete it. */
  readonly json?: string;
  /** What is done there. */
  readonly operation: "delete" | "replace" | "update";
}

/** What is done. */
export type GnmiOperation =
  | { readonly kind: "capabilities" }
  | {
    readonly kind: "get";
    readonly paths: readonly GnmiPathMessage[];
    readonly type: "all" | "config" | "state" | "operational";
  }
  | { readonly kind: "set"; readonly writes: readonly GnmiWrite[] }
  | {
    readonly kind: "subscribe";
    readonly paths: readonly GnmiPathMessage[];
    readonly mode: "once" | "poll" | "stream";
    /** Of a stream. */
    readonly trigger: "target-defined" | "on-change" | "sample";
    /** Of samples, in milliseconds. */
    readonly sampleMs?: number;
    /** Send a value again after so many milliseconds though it has not changed. */
    readonly heartbeatMs?: number;
    /** Only what changes, and not what there is. */
    readonly updatesOnly: boolean;
    /** It ends after so many notifications, or so many polls. */
    readonly maxUpdates: number;
    /** It ends after so many milliseconds, which for a stream is no error. */
    readonly forMs?: number;
  };

/** What `versus probe gnmi` can be asked for. */
export interface GnmiOptions extends GrpcAccess {
  /** What is done. */
  readonly operation: GnmiOperation;
  /** How values are sent. */
  readonly encoding: GnmiEncoding;
  /** Stands before all paths. */
  readonly prefix?: GnmiPathMessage;
  /** Which device is meant, behind a gateway. */
  readonly target?: string;
}

/** Changes at one time. */
export interface GnmiNotification {
  /** RFC 3339, UTC, by the target's clock. */
  readonly time?: string;
  /** Values that are new. */
  readonly updates: readonly { readonly path: string; readonly value: unknown }[];
  /** Paths that are gone. */
  readonly deletes?: readonly string[];
}

/** The answer of a gNMI probe. */
export interface GnmiResult extends GrpcConnectionResult {
  /** What was done. */
  readonly operation: GnmiOperation["kind"];
  /** What the target can do. */
  readonly capabilities?: {
    readonly version: string;
    readonly encodings: readonly string[];
    readonly models: readonly {
      readonly name: string;
      readonly organization: string;
      readonly version: string;
    }[];
  };
  /** What was read, or was subscribed to. */
  readonly notifications?: readonly GnmiNotification[];
  /** What was written. */
  readonly set?: readonly { readonly path: string; readonly operation: string }[];
  /** How a subscription went. */
  readonly subscription?: {
    readonly mode: "once" | "poll" | "stream";
    /** Whether the target said that all there was has been sent. */
    readonly synced: boolean;
    /** How many polls were answered. */
    readonly polls?: number;
    /** Why it ended. */
    readonly ended: "complete" | "max-updates" | "time";
    /** From each notification to the next, in milliseconds; only from two on. */
    readonly gapsMs?: readonly number[];
  };
}
