/** Keeps the key of a host that was not known: `--accept-new`. */
import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { dirname } from "node:path";
import { VersusError } from "../../error.ts";
import { hashName, hostName, isHashed } from "./_patterns.ts";
import { type HostKeyVerdict, judgeHostKey, keyType } from "./host_key.ts";
import { parseKnownHosts } from "./known_hosts.ts";

/**
 * Adds a host's key to a known_hosts file.
 *
 * The file is locked and read again first: another process may have met the host in between. The
 * line is added by one write and flushed to the disk, so a crash leaves either the whole line or
 * none. Names are hashed where the file has hashed names.
 *
 * @param file The file; it and its folder are made, readable by the user alone, if they are not
 * there.
 * @param host The host.
 * @param port Its port.
 * @param key Its key in wire format.
 * @returns What the file says of the key afterwards: `known`, or else why it was not added.
 * @throws {VersusError} If the file can't be written.
 */
export function acceptNew(file: string, host: string, port: number, key: Buffer): HostKeyVerdict {
  try {
    Deno.mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    using handle = Deno.openSync(file, { read: true, append: true, create: true, mode: 0o600 });
    // Nothing is awaited while it is locked, so this process never waits for itself.
    handle.lockSync(true);
    const text = Deno.readTextFileSync(file);
    const known = parseKnownHosts(text, file);
    const found = judgeHostKey(known, host, port, key);
    if (found.state !== "unknown") return found;
    const name = hostName(host, port);
    const hosts = known.entries.some((entry) => isHashed(entry.hosts))
      ? hashName(name, randomBytes(20))
      : name;
    const line = `${hosts} ${keyType(key)} ${key.toString("base64")}\n`;
    const bytes = Buffer.from(text === "" || text.endsWith("\n") ? line : `\n${line}`);
    const written = handle.writeSync(bytes);
    if (written !== bytes.length) {
      throw new Error(`${written} of ${bytes.length} bytes were written`);
    }
    handle.syncSync();
    return judgeHostKey(parseKnownHosts(text + bytes.toString(), file), host, port, key);
  } catch (error) {
    throw new VersusError(`The host key can't be kept in ${file}: ${(error as Error).message}`, {
      hint: "Name another file with --known-hosts",
      cause: error,
    });
  }
}
