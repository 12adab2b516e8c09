/** What one can ask by SNMP, and what an inventory says of a target. */
import { VersusError } from "../../error.ts";
import { type Secret, secret } from "../secret.ts";
import type { Target } from "../types.ts";
import type { SnmpCredentials } from "./types.ts";

/** What is done. */
export type SnmpOperation = "get" | "getnext" | "bulk" | "subtree" | "table";

/** What a probe by SNMP is asked. */
export interface SnmpOptions {
  /** With what an agent is asked. */
  readonly credentials: SnmpCredentials;
  /** What is done. */
  readonly operation: SnmpOperation;
  /** Names or identifiers, as typed: `sysDescr.0`, `ifTable`, `1.3.6.1.2.1.1.1.0`. */
  readonly objects: readonly string[];
  /** Objects in one answer of bulk, subtree and table. */
  readonly repetitions?: number;
  /** Of bulk: how many of the objects are asked for once. */
  readonly nonRepeaters?: number;
  /** More objects of a subtree or a table are an error. */
  readonly maxObjects?: number;
  /** How often a question is sent again within one attempt; never by default. */
  readonly resends?: number;
  /** After how many milliseconds; 1000 by default. */
  readonly resendMs?: number;
}

/**
 * Applies a target's variables: `snmp_version`, `snmp_community` or `community`, `snmp_user`,
 * `snmp_auth_password`, `snmp_priv_password`, `snmp_context`.
 *
 * @param credentials What was typed.
 * @param target The target.
 * @returns What holds for this target.
 * @throws {VersusError} If a variable is not what it should be.
 */
export function credentialsOf(credentials: SnmpCredentials, target: Target): SnmpCredentials {
  const text = (name: string) => textOf(target, name);
  const version = text("snmp_version")?.replace(/^v?2c?$/, "2c").replace(/^v/, "");
  if (version !== undefined && version !== "1" && version !== "2c" && version !== "3") {
    throw new VersusError(
      `${target.label}: found ${version} for snmp_version, expected 1, 2c or 3`,
    );
  }
  if ((version ?? credentials.version) !== "3") {
    const typed = credentials.version === "3" ? undefined : credentials;
    return {
      version: (version ?? credentials.version) as "1" | "2c",
      community: secretOf(target, "snmp_community") ?? secretOf(target, "community") ??
        typed?.community ?? secret("public"),
    };
  }
  const typed = credentials.version === "3" ? credentials : undefined;
  const { auth, priv } = typed?.user ?? {};
  const authPassphrase = secretOf(target, "snmp_auth_password") ?? auth?.passphrase;
  const privPassphrase = secretOf(target, "snmp_priv_password") ?? priv?.passphrase;
  const context = text("snmp_context") ?? typed?.context;
  const name = text("snmp_user") ?? typed?.user.name;
  if (name === undefined) {
    throw new VersusError(`${target.label}: SNMPv3 needs a user`, {
      hint: "Name it with --user, or in the inventory as snmp_user",
    });
  }
  return {
    version: "3",
    user: {
      name,
      ...(authPassphrase === undefined
        ? {}
        : { auth: { protocol: auth?.protocol ?? "SHA-256", passphrase: authPassphrase } }),
      ...(privPassphrase === undefined || authPassphrase === undefined
        ? {}
        : { priv: { protocol: priv?.protocol ?? "AES", passphrase: privPassphrase } }),
    },
    ...(context === undefined ? {} : { context }),
  };
}

function textOf({ label, variables }: Target, name: string): string | undefined {
  const value = variables[name];
  if (value === undefined) return undefined;
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw new VersusError(`${label}: the variable ${name} should be a text`);
}

function secretOf({ label, variables }: Target, name: string): Secret | undefined {
  const value = variables[name];
  if (value === undefined) return undefined;
  if (typeof value === "string") return secret(value);
  if (typeof value === "object" && value !== null && "reveal" in value) return value as Secret;
  throw new VersusError(`${label}: the variable ${name} should be a text`);
}
