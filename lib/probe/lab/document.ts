/** What `versus lab --json` prints. */
import * as v from "valibot";
import type { Endpoint } from "./types.ts";

/** A server of the lab as it is now. */
export interface LabServerState {
  /** Names it. */
  name: string;
  /** One line about it. */
  title: string;
  /** `missing`: its programs are not installed; `failed`: it did not start. */
  status: "running" | "stopped" | "missing" | "failed";
  /** Where it can be reached; none unless it runs. */
  endpoints: Endpoint[];
  /** Its process, which leads a group of its own. */
  pid?: number;
  /** RFC 3339, UTC. */
  startedAt?: string;
  /** Where the missing programs come from. */
  packages?: string[];
  /** Why it did not start. */
  reason?: string;
}

/** All servers of the lab. */
export interface LabDocument {
  /** Which document it is. */
  schema: "versus.lab/1";
  /** Where keys, passwords and logs of servers that run are, each in a folder of its own. */
  folder: string;
  /** The servers. */
  servers: LabServerState[];
}

/** Checks a {@linkcode LabDocument}. */
export const LabSchema: v.GenericSchema<LabDocument> = v.object({
  schema: v.literal("versus.lab/1"),
  folder: v.string(),
  servers: v.array(v.object({
    name: v.string(),
    title: v.string(),
    status: v.picklist(["running", "stopped", "missing", "failed"]),
    endpoints: v.array(v.object({
      protocol: v.string(),
      target: v.string(),
      note: v.exactOptional(v.string()),
    })),
    pid: v.exactOptional(v.number()),
    startedAt: v.exactOptional(v.string()),
    packages: v.exactOptional(v.array(v.string())),
    reason: v.exactOptional(v.string()),
  })),
});
