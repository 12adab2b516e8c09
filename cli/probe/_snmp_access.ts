/** With what an agent is asked by SNMP: options that `probe snmp` and others share. */
import type { Command } from "@cliffy/command";
import { VersusError } from "../../lib/error.ts";
import { readSecret, type Secret, secret } from "../../lib/probe/secret.ts";
import {
  AUTH_ALGORITHMS,
  type AuthProtocol,
  PRIV_ALGORITHMS,
  type PrivProtocol,
} from "../../lib/probe/snmp/keys.ts";
import type { SnmpCredentials } from "../../lib/probe/snmp/types.ts";
import { oneOf } from "../values.ts";
import { askSecret } from "./_ask_secret.ts";

/** The options as the parser gives them. */
export interface SnmpAccessFlags {
  snmpVersion?: string;
  communityEnv?: string;
  communityFile?: string;
  askCommunity?: boolean;
  user?: string;
  authProtocol?: string;
  authPasswordEnv?: string;
  authPasswordFile?: string;
  askAuthPassword?: boolean;
  privProtocol?: string;
  privPasswordEnv?: string;
  privPasswordFile?: string;
  askPrivPassword?: boolean;
  context?: string;
}

const AUTHS = Object.keys(AUTH_ALGORITHMS) as AuthProtocol[];
const PRIVS = Object.keys(PRIV_ALGORITHMS) as PrivProtocol[];
const VERSIONS = ["1", "2c", "3"] as const;

/** Adds all options to a command. */
// deno-lint-ignore no-explicit-any -- cliffy's type of any command has eight parameters
export function snmpAccessOptions(command: Command<any>): Command<any> {
  return snmpSecretOptions(
    command.option(
      "--snmp-version <version:string>",
      "1, 2c or 3 (default: 3 with --user, else 2c, with the community public unless one is given).",
    ),
  )
    .option("--context <name:string>", "The context of SNMPv3.");
}

/**
 * Adds the options that say who one is.
 *
 * @param command The command.
 * @param prefix Stands before each description.
 */
// deno-lint-ignore no-explicit-any -- cliffy's type of any command has eight parameters
export function snmpSecretOptions(command: Command<any>, prefix = ""): Command<any> {
  return command
    .option("--community-env <name:string>", prefix + "The variable that has the community.")
    .option(
      "--community-file <file:string>",
      prefix + "The file that has it.",
    )
    .option("--user <name:string>", prefix + "The user of SNMPv3.")
    .option("--auth-protocol <name:string>", `${prefix}${AUTHS.join(", ")} (default: SHA-256).`)
    .option("--auth-password-env <name:string>", prefix + "The variable that has the passphrase.")
    .option("--auth-password-file <file:string>", prefix + "The file that has it.")
    .option(
      "--priv-protocol <name:string>",
      `${prefix}${PRIVS.join(", ")} (default: AES; -C is Cisco's way to extend the key).`,
    )
    .option("--priv-password-env <name:string>", prefix + "The variable that has the passphrase.")
    .option("--priv-password-file <file:string>", prefix + "The file that has it.")
    .option("--ask-community", prefix + "Ask for the community on the terminal.")
    .option(
      "--ask-auth-password",
      prefix + "Ask for the passphrase of authentication on the terminal.",
    )
    .option("--ask-priv-password", prefix + "Ask for the passphrase of privacy on the terminal.");
}

/**
 * Reads with what an agent is asked.
 *
 * @param flags As they were typed.
 * @returns Complete credentials.
 * @throws {VersusError} If a value is wrong, a place has no secret, or a passphrase is missing.
 */
export function readSnmpAccess(flags: SnmpAccessFlags): SnmpCredentials {
  const typed = flags.snmpVersion ?? (flags.user === undefined ? "2c" : "3");
  const version = oneOf("version of SNMP", typed.replace(/^v/, ""), VERSIONS);
  if (version !== "3") {
    const community = placed(
      "community",
      flags.communityEnv,
      flags.communityFile,
      flags.askCommunity,
    );
    return { version, community: community ?? secret("public") };
  }
  if (flags.user === undefined) {
    throw new VersusError("SNMPv3 needs a user", { hint: "Name it: --user NAME" });
  }
  const authPhrase = placed(
    "authentication passphrase",
    flags.authPasswordEnv,
    flags.authPasswordFile,
    flags.askAuthPassword,
  );
  const privPhrase = placed(
    "privacy passphrase",
    flags.privPasswordEnv,
    flags.privPasswordFile,
    flags.askPrivPassword,
  );
  const auth = chosen("protocol of authentication", flags.authProtocol, AUTHS, authPhrase);
  const priv = chosen("protocol of privacy", flags.privProtocol, PRIVS, privPhrase);
  if (priv !== undefined && auth === undefined) {
    throw new VersusError("SNMPv3 encrypts only what it signs, and no passphrase signs", {
      hint: "Add --auth-password-env NAME or --auth-password-file FILE",
    });
  }
  return {
    version,
    user: {
      name: flags.user,
      ...(auth === undefined ? {} : { auth: { ...auth, protocol: auth.protocol ?? "SHA-256" } }),
      ...(priv === undefined ? {} : { priv: { ...priv, protocol: priv.protocol ?? "AES" } }),
    },
    ...(flags.context === undefined ? {} : { context: flags.context }),
  };
}

function chosen<Name extends string>(
  what: string,
  typed: string | undefined,
  valid: readonly Name[],
  passphrase: Secret | undefined,
): { protocol?: Name; passphrase: Secret } | undefined {
  const protocol = typed === undefined ? undefined : oneOf(what, typed.toUpperCase(), valid);
  if (passphrase !== undefined) {
    return { passphrase, ...(protocol === undefined ? {} : { protocol: protocol as Name }) };
  }
  if (protocol === undefined) return undefined;
  throw new VersusError(`${protocol} needs a passphrase`, {
    hint:
      "Say where it is, by a variable or a file, or ask for it: --ask-auth-password, --ask-priv-password",
  });
}

function placed(
  name: string,
  env: string | undefined,
  file: string | undefined,
  ask: boolean | undefined,
): Secret | undefined {
  const found = readSecret({
    name,
    ...(env === undefined ? {} : { env }),
    ...(file === undefined ? {} : { file }),
  });
  return found ?? (ask === true ? askSecret(name) : undefined);
}
