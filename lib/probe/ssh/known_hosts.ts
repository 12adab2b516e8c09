/** Reads known_hosts files (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
import { Buffer } from "node:buffer";
import { homedir } from "node:os";
import { join } from "node:path";
import { VersusError } from "../../error.ts";
import { namesHost } from "./_patterns.ts";
import { readWire } from "./_wire.ts";

/** A line of a known_hosts file. */
export interface KnownHost {
  /** Where it stands. */
  readonly file: string;
  /** The line's number, from 1. */
  readonly line: number;
  /** What the key is, if not simply the host's. */
  readonly marker?: "cert-authority" | "revoked";
  /** Whose it is: patterns or a hashed name, as written. */
  readonly hosts: string;
  /** The kind of key: `ssh-ed25519`. */
  readonly type: string;
  /** The key in wire format. */
  readonly key: Buffer;
}

/** A line that can't be read; it counts for nothing, as with OpenSSH. */
export interface BadLine {
  readonly file: string;
  readonly line: number;
  readonly why: string;
}

/** What known_hosts files hold. */
export interface KnownHosts {
  readonly entries: readonly KnownHost[];
  readonly bad: readonly BadLine[];
}

const MARKERS: Readonly<Record<string, "cert-authority" | "revoked">> = {
  "@cert-authority": "cert-authority",
  "@revoked": "revoked",
};

/**
 * Reads the text of a known_hosts file.
 *
 * @param text Its lines.
 * @param file Its name, for messages.
 * @returns Every entry in order, and the lines that are none.
 */
export function parseKnownHosts(text: string, file: string): KnownHosts {
  const entries: KnownHost[] = [];
  const bad: BadLine[] = [];
  text.split("\n").forEach((line, i) => {
    const found = parseLine(line.replace(/\r$/, ""));
    if (found === undefined) return;
    const place = { file, line: i + 1 };
    if (typeof found === "string") bad.push({ ...place, why: found });
    else entries.push({ ...place, ...found });
  });
  return { entries, bad };
}

function parseLine(line: string): Omit<KnownHost, "file" | "line"> | string | undefined {
  const words = line.split(/[ \t]+/).filter((word) => word !== "");
  let [first] = words;
  if (first === undefined || first.startsWith("#")) return undefined;
  const marker = MARKERS[first];
  if (marker !== undefined) words.shift();
  else if (first.startsWith("@")) return `unknown marker ${first}`;
  first = words[0];
  const [, type, encoded] = words;
  if (first === undefined || type === undefined || encoded === undefined) {
    return "expected: hosts, type of key, key";
  }
  const key = decodeKey(type, encoded);
  if (key === undefined) return `no key of type ${type}`;
  return { ...(marker === undefined ? {} : { marker }), hosts: first, type, key };
}

/** The key, if it is base64 and of the type that the line says. */
function decodeKey(type: string, encoded: string): Buffer | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined;
  const key = Buffer.from(encoded, "base64");
  try {
    const wire = readWire(key);
    return wire.text() === type && wire.left() > 0 ? key : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The files that ssh reads when it is told nothing else: first the user's, then the system's. */
export function defaultKnownHostsFiles(): readonly [string, ...string[]] {
  const own = join(homedir(), ".ssh");
  return [
    join(own, "known_hosts"),
    join(own, "known_hosts2"),
    "/etc/ssh/ssh_known_hosts",
    "/etc/ssh/ssh_known_hosts2",
  ];
}

/**
 * Reads known_hosts files.
 *
 * @param files Their paths; one that is not there holds nothing.
 * @returns Their entries in order.
 * @throws {VersusError} If one is there and can't be read.
 */
export function readKnownHosts(files: readonly string[]): KnownHosts {
  const all = files.map((file) => parseKnownHosts(readIfThere(file), file));
  return { entries: all.flatMap((one) => one.entries), bad: all.flatMap((one) => one.bad) };
}

function readIfThere(file: string): string {
  try {
    return Deno.readTextFileSync(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw new VersusError(
      `The known hosts can't be read from ${file}: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Finds the entries that name a host.
 *
 * @param known What is known.
 * @param name The host as known_hosts names it: `r1` or `[r1]:2222`.
 */
export function entriesOf(known: KnownHosts, name: string): readonly KnownHost[] {
  return known.entries.filter((entry) => namesHost(entry.hosts, name));
}
