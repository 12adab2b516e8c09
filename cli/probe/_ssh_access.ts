/** The options of all that goes over SSH: who logs in, with what, whom to trust. */
import type { Command } from "@cliffy/command";
import { userInfo } from "node:os";
import { printable, VersusError } from "../../lib/error.ts";
import { readSecret, type Secret } from "../../lib/probe/secret.ts";
import { loadKey } from "../../lib/probe/ssh/key_file.ts";
import { defaultKnownHostsFiles } from "../../lib/probe/ssh/known_hosts.ts";
import type { SshAccess } from "../../lib/probe/ssh/types.ts";
import { askSecret } from "./_ask_secret.ts";

/** The options of a login by password. */
export interface PasswordFlags {
  user?: string;
  passwordEnv?: string;
  passwordFile?: string;
  askPassword?: boolean;
}

/** The options as the parser gives them. */
export interface SshAccessFlags extends PasswordFlags {
  key?: string[];
  passphraseEnv?: string;
  passphraseFile?: string;
  /** `false` after `--no-agent`. */
  agent?: boolean;
  knownHosts?: string[];
  acceptNew?: boolean;
  legacy?: boolean;
}

/** Adds the options of a login by password. */
// deno-lint-ignore no-explicit-any -- cliffy's type of any command has eight parameters
export function passwordOptions(command: Command<any>): Command<any> {
  return command
    .option("--user <name:string>", "Log in as this user (default: yours, or the inventory's).")
    .option("--password-env <variable:string>", "Take the password from this variable.")
    .option("--password-file <file:string>", "Take the password from this file.")
    .option("--ask-password", "Ask for the password on the terminal.");
}

/** Adds the options of access by SSH. */
// deno-lint-ignore no-explicit-any -- cliffy's type of any command has eight parameters
export function sshAccessOptions(command: Command<any>): Command<any> {
  return passwordOptions(command)
    .option("--key <file:string>", "Log in with this private key; may be repeated.", {
      collect: true,
    })
    .option("--passphrase-env <variable:string>", "Take the keys' passphrase from this variable.")
    .option("--passphrase-file <file:string>", "Take the keys' passphrase from this file.")
    .option(
      "--no-agent",
      "Leave the ssh agent alone. It is asked where SSH_AUTH_SOCK names one and no key is given.",
    )
    .option(
      "--known-hosts <file:string>",
      "Trust the host keys in this file and no other; may be repeated (default: ssh's own files).",
      { collect: true },
    )
    .option(
      "--accept-new",
      "Trust and keep the key of a host that is not known. A changed key is never accepted.",
    )
    .option(
      "--legacy",
      "Offer weak algorithms too, for old gear; the result says which were used.",
    );
}

/**
 * Reads who logs in with a password.
 *
 * @param flags As they were typed.
 * @throws {VersusError} If a secret can't be had.
 */
export function readPassword(flags: PasswordFlags): { user: string; password?: Secret } {
  const { passwordEnv, passwordFile, askPassword } = flags;
  const user = flags.user ?? userInfo().username;
  const password = readSecret({
    name: "password",
    ...(passwordEnv === undefined ? {} : { env: passwordEnv }),
    ...(passwordFile === undefined ? {} : { file: passwordFile }),
  }) ?? (askPassword === true ? askSecret(`password of ${printable(user)}`) : undefined);
  return { user, ...(password === undefined ? {} : { password }) };
}

/**
 * Reads the options of access by SSH.
 *
 * @param flags As they were typed.
 * @throws {VersusError} If a key or a secret can't be had.
 */
export function readSshAccess(flags: SshAccessFlags): SshAccess {
  const { key = [], passphraseEnv, passphraseFile } = flags;
  const passphrase = readSecret({
    name: "passphrase",
    ...(passphraseEnv === undefined ? {} : { env: passphraseEnv }),
    ...(passphraseFile === undefined ? {} : { file: passphraseFile }),
  });
  const ask = (path: string) => askSecret(`passphrase of ${printable(path)}`);
  const keys = key.map((path) =>
    loadKey(path, passphrase, Deno.stdin.isTerminal() ? ask : undefined)
  );
  const agent = key.length === 0 && flags.agent !== false
    ? Deno.env.get("SSH_AUTH_SOCK")
    : undefined;
  const [first, ...rest] = flags.knownHosts ?? defaultKnownHostsFiles();
  if (first === undefined) throw new VersusError("Expected a file for --known-hosts");
  return {
    login: { ...readPassword(flags), keys, ...(agent ? { agent } : {}) },
    trust: { files: [first, ...rest], acceptNew: flags.acceptNew === true },
    legacy: flags.legacy === true,
  };
}
