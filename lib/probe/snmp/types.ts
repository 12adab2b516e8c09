/** What sessions with agents have in common. */
import type { Secret } from "../secret.ts";
import type { Attempt } from "../types.ts";
import type { SnmpVersion } from "./message.ts";
import type { Pdu, Question } from "./pdu.ts";
import type { Engine, SnmpUser } from "./usm.ts";

/** With what an agent is asked. */
export type SnmpCredentials =
  | { readonly version: "1" | "2c"; readonly community: Secret }
  | {
    readonly version: "3";
    readonly user: SnmpUser;
    /** The context's name; the default context if empty. */
    readonly context?: string;
  };

/** Where an agent is. */
export interface AgentAddress {
  /** An address, not a name. */
  readonly address: string;
  /** Its port. */
  readonly port: number;
  /** Names it in errors. */
  readonly label: string;
}

/** An agent that can be asked. */
export interface SnmpSession extends AsyncDisposable {
  /** Names the agent in errors. */
  readonly label: string;
  /** Of the protocol. */
  readonly version: SnmpVersion;
  /** SNMPv3: what was discovered. */
  readonly engine?: Engine;
  /**
   * Asks once.
   *
   * @returns The answer, which may carry an error status.
   * @throws {ProbeError} `timeout`, `protocol`, `auth-failed`, and what a report says.
   */
  ask(question: Question, attempt: Attempt): Promise<Pdu>;
  /** Questions until now, and those that were sent again. */
  readonly counts: { readonly requests: number; readonly resent: number };
}
