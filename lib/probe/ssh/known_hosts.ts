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
  /** The file. */
  readonly file: string;
  /** The line's number, from 1. */
  readonly line: number;
  /** What was expected. */
  readonly why: string;
}

/** What known_hosts files hold. */
export interface KnownHosts {
  /** What can be read, in order. */
  readonly entries: readonly KnownHost[];
  /** What can't. */
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

/** A file as it was when it was read last. */
interface Remembered extends KnownHosts {
  /** Changes with every change of the file. */
  readonly stamp: string;
}

const remembered = new Map<string, Remembered>();

/** What a list of files held when they were read last. */
const merged = new Map<
  string,
  { readonly parts: readonly KnownHosts[]; readonly all: KnownHosts }
>();

/**
 * Reads known_hosts files; those that have not changed since are not read again.
 *
 * @param files Their paths; one that is not there holds nothing.
 * @returns Their entries in order; the same object as long as no file changes.
 * @throws {VersusError} If one is there and can't be read.
 */
export function readKnownHosts(files: readonly string[]): KnownHosts {
  const parts = files.map(readOne);
  const key = files.join("\0");
  const before = merged.get(key);
  if (before?.parts.every((part, i) => part === parts[i])) return before.all;
  const all = {
    entries: parts.flatMap((one) => one.entries),
    bad: parts.flatMap((one) => one.bad),
  };
  merged.set(key, { parts, all });
  return all;
}

const NOTHING: KnownHosts = { entries: [], bad: [] };

function readOne(file: string): KnownHosts {
  try {
    const { mtime, size, ino } = Deno.statSync(file);
    const stamp = `${mtime?.getTime()} ${size} ${ino}`;
    const known = remembered.get(file);
    if (known?.stamp === stamp) return known;
    const read = { ...parseKnownHosts(Deno.readTextFileSync(file), file), stamp };
    remembered.set(file, read);
    return read;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return NOTHING;
    throw new VersusError(
      `The known hosts can't be read from ${file}: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}

/** What was found before: hashed names take a hash for each line. */
const found = new WeakMap<KnownHosts, Map<string, readonly KnownHost[]>>();

/**
 * Finds the entries that name a host.
 *
 * @param known What is known.
 * @param name The host as known_hosts names it: `r1` or `[r1]:2222`.
 */
export function entriesOf(known: KnownHosts, name: string): readonly KnownHost[] {
  const names = found.get(known) ?? new Map<string, readonly KnownHost[]>();
  found.set(known, names);
  const entries = names.get(name) ?? known.entries.filter((entry) => namesHost(entry.hosts, name));
  names.set(name, entries);
  return entries;
}
