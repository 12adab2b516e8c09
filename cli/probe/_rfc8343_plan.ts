/** The options of `versus rfc8343`: how each side is asked. */
import type { Command } from "@cliffy/command";
import { VersusError } from "../../lib/error.ts";
import type { Rfc8343Plan, YangAccess } from "../../lib/probe/rfc8343/mod.ts";
import { parseTarget } from "../../lib/probe/target.ts";
import type { Target } from "../../lib/probe/types.ts";
import { oneOf, parseSeconds } from "../values.ts";
import { readSnmpAccess } from "./_snmp_access.ts";
import {
  readPassword,
  readSshAccess,
  type SshAccessFlags,
  sshAccessOptions,
} from "./_ssh_access.ts";
import { readTlsOptions } from "./_tls_options.ts";

/** The options as the parser gives them; a side without a value is asked at the target. */
export interface Rfc8343Flags extends SshAccessFlags {
  snmp?: string | true;
  netconf?: string | true;
  restconf?: string | true;
  gnmi?: string | true;
  model?: string;
  snmpVersion?: string;
  communityEnv?: string;
  communityFile?: string;
  snmpUser?: string;
  authProtocol?: string;
  authPasswordEnv?: string;
  authPasswordFile?: string;
  privProtocol?: string;
  privPasswordEnv?: string;
  privPasswordFile?: string;
  plaintext?: boolean;
  ca?: string;
  serverName?: string;
  insecure?: boolean;
  root?: string;
  timeout?: string;
  catchUp?: string;
  all?: boolean;
  strict?: boolean;
  json?: boolean;
  color?: boolean;
}

const SIDES = ["netconf", "restconf", "gnmi"] as const;
const MAX_BYTES = 64_000_000;
const TIMEOUT_MS = 10_000;
/** net-snmp keeps what it knows of interfaces for three seconds. */
const CATCH_UP_MS = 5_000;

/** Adds the options to a command. */
// deno-lint-ignore no-explicit-any -- cliffy's type of any command has eight parameters
export function rfc8343Options(command: Command<any>): Command<any> {
  const sides = command
    .option(
      "--snmp [agent:string]",
      "Ask by SNMP, which is always done; at AGENT if it is another.",
    )
    .option("--netconf [server:string]", "Compare with NETCONF.")
    .option("--restconf [server:string]", "Compare with RESTCONF.")
    .option("--gnmi [server:string]", "Compare with gNMI.")
    .option(
      "--model <name:string>",
      "ietf or openconfig (default: openconfig with gNMI, else ietf).",
    )
    .option("--snmp-version <version:string>", "1, 2c or 3 (default: 3 with --snmp-user, else 2c).")
    .option("--community-env <name:string>", "The variable that has the community.")
    .option("--community-file <file:string>", "The file that has it (default: public).")
    .option("--snmp-user <name:string>", "The user of SNMPv3.")
    .option("--auth-protocol <name:string>", "Of SNMPv3 (default: SHA-256).")
    .option("--auth-password-env <name:string>", "The variable that has the passphrase.")
    .option("--auth-password-file <file:string>", "The file that has it.")
    .option("--priv-protocol <name:string>", "Of SNMPv3 (default: AES).")
    .option("--priv-password-env <name:string>", "The variable that has the passphrase.")
    .option("--priv-password-file <file:string>", "The file that has it.");
  return sshAccessOptions(sides)
    .option("--plaintext", "RESTCONF and gNMI without TLS.")
    .option("--ca <file:string>", "Trust these certificates (PEM) in the place of the system's.")
    .option("--server-name <name:string>", "Ask for this name and check it, not the target's.")
    .option("--insecure", "Take any certificate.")
    .option("--root <path:string>", "RESTCONF: the API's root (default: as host-meta tells it).")
    .option("--timeout <time:string>", "The most that each question may take (default: 10s).")
    .option(
      "--catch-up <time:string>",
      "For how long counters of SNMP may stay behind the other side's: agents keep them for some " +
        "seconds (default: 5s).",
    )
    .option("--all", "Show what is equal too.")
    .option("--strict", "Exit with 1 also for what only one side has.")
    .option("--json", "Print one JSON document.");
}

/**
 * Reads what is compared.
 *
 * @param flags As they were typed.
 * @param word The device.
 * @throws {VersusError} If a value is not what it should be, or not exactly one other side is named.
 */
export function readPlan(flags: Rfc8343Flags, word: string): Rfc8343Plan {
  const given = SIDES.filter((side) => flags[side] !== undefined);
  const [side] = given;
  if (side === undefined || given.length > 1) {
    const found = given.length === 0 ? "nothing" : given.map((name) => `--${name}`).join(" and ");
    throw new VersusError(`Found ${found} to compare SNMP with, expected one`, {
      hint: `Name one of ${SIDES.map((name) => `--${name}`).join(", ")}`,
    });
  }
  const device = parseTarget(word);
  const model = flags.model === undefined
    ? (side === "gnmi" ? "openconfig" : "ietf")
    : oneOf("model", flags.model, ["ietf", "openconfig"]);
  const { snmpUser, user: _, ...rest } = flags;
  const credentials = readSnmpAccess({
    ...rest,
    ...(snmpUser === undefined ? {} : { user: snmpUser }),
  });
  return {
    label: device.label,
    snmp: { target: at(device, flags.snmp), credentials },
    yang: { target: at(device, flags[side]), model, ...accessOf(side, flags) },
    timeoutMs: flags.timeout === undefined
      ? TIMEOUT_MS
      : parseSeconds("--timeout", flags.timeout) * 1000,
    catchUpMs: flags.catchUp === undefined
      ? CATCH_UP_MS
      : parseSeconds("--catch-up", flags.catchUp) * 1000,
  };
}

/** A side that is elsewhere, as on another port; a port of the device itself is for neither side. */
function at(device: Target, place: string | true | undefined): Target {
  if (typeof place === "string") return parseTarget(place);
  const { port: _, ...anyPort } = device;
  return anyPort;
}

function accessOf(side: typeof SIDES[number], flags: Rfc8343Flags): YangAccess {
  if (side === "netconf") {
    return {
      protocol: "netconf",
      options: { ...readSshAccess(flags), maxBytes: MAX_BYTES, raw: false },
    };
  }
  const { ca, serverName, insecure, plaintext = false, root } = flags;
  const tls = readTlsOptions({
    ...(ca === undefined ? {} : { ca }),
    ...(serverName === undefined ? {} : { serverName }),
    ...(insecure === undefined ? {} : { insecure }),
  });
  const named = flags.user !== undefined || flags.passwordEnv !== undefined ||
    flags.passwordFile !== undefined || flags.askPassword === true;
  const base = { ...(named ? readPassword(flags) : {}), tls, maxBytes: MAX_BYTES };
  if (side === "gnmi") {
    return {
      protocol: "gnmi",
      options: { ...base, plaintext, metadata: {}, encoding: "json_ietf" },
    };
  }
  return {
    protocol: "restconf",
    options: {
      ...base,
      plain: plaintext,
      format: "json",
      ...(root === undefined ? {} : { root }),
    },
  };
}
