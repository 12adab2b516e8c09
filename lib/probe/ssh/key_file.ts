/** Reads private keys: OpenSSH's, PEM and PuTTY's formats. */
import ssh2 from "./_ssh2.ts";
import { printable, VersusError } from "../../error.ts";
import type { Secret } from "../secret.ts";
import { mendEcdsa } from "./_ecdsa.ts";
import type { SshKey } from "./types.ts";

/**
 * Reads a private key.
 *
 * @param path Its file, which nobody else may be able to read, as with ssh.
 * @param passphrase What it is encrypted with, if it is.
 * @param ask Asks for the passphrase of a key that is encrypted when none was given.
 * @returns The key.
 * @throws {VersusError} If it can't be read, is no private key, or the passphrase does not fit.
 */
export function loadKey(
  path: string,
  passphrase?: Secret,
  ask?: (path: string) => Secret,
): SshKey {
  const text = readPrivate(path);
  let parsed = ssh2.utils.parseKey(text, passphrase?.reveal());
  if (isEncrypted(parsed) && passphrase === undefined && ask !== undefined) {
    parsed = ssh2.utils.parseKey(text, ask(path).reveal());
  }
  if (parsed instanceof Error) {
    throw new VersusError(
      `${printable(path)} can't be used as a key: ${printable(parsed.message)}`,
      {
        hint: isEncrypted(parsed)
          ? "Give its passphrase with --passphrase-env or --passphrase-file"
          : passphrase === undefined
          ? "A private key is expected, in the format of ssh-keygen, PEM or PuTTY"
          : "See whether the passphrase is the right one",
      },
    );
  }
  const key = Array.isArray(parsed) ? parsed[0] as ssh2.ParsedKey : parsed;
  if (!key.isPrivateKey()) {
    throw new VersusError(`${printable(path)} is a public key, expected a private one`, {
      hint: "Its name usually has no .pub at the end",
    });
  }
  try {
    return { path, key: mendEcdsa(key) };
  } catch (error) {
    throw new VersusError(
      `${printable(path)} can't be used as a key: ${(error as Error).message}`,
      {
        hint: "An Ed25519 key works everywhere: ssh-keygen -t ed25519",
        cause: error,
      },
    );
  }
}

function isEncrypted(parsed: unknown): boolean {
  return parsed instanceof Error && /no passphrase/i.test(parsed.message);
}

function readPrivate(path: string): string {
  try {
    const { mode } = Deno.statSync(path);
    if (mode !== null && Deno.build.os !== "windows" && (mode & 0o077) !== 0) {
      throw new VersusError(
        `The key ${printable(path)} can be read by others (mode ${(mode & 0o777).toString(8)})`,
        { hint: `Keep it to yourself: chmod 600 ${printable(path)}` },
      );
    }
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof VersusError) throw error;
    throw new VersusError(`The key can't be read: ${printable((error as Error).message)}`, {
      hint: "See the path after --key",
      cause: error,
    });
  }
}
