/** How known_hosts names hosts: patterns, negation, hashed names (sshd(8), ssh_config(5)). */
import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";

/** Longer patterns match nothing, as in OpenSSH. */
const LONGEST_PATTERN = 1023;
/** Marks a name that was hashed with HMAC-SHA1: `|1|salt|hash`, both in base64. */
const HASHED = "|1|";

/** The port whose hosts are named without it. */
export const SSH_PORT = 22;

/**
 * Names a host as known_hosts does.
 *
 * @param host A name or an address, without brackets.
 * @param port Its port.
 * @returns `host` on port 22, else `[host]:port`; in lower case.
 */
export function hostName(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === SSH_PORT ? name : `[${name}]:${port}`;
}

/**
 * Whether a pattern with `*` and `?` matches a whole text. Takes time in proportion to both
 * lengths multiplied, whatever the pattern.
 */
export function matchesPattern(text: string, pattern: string): boolean {
  let t = 0;
  let p = 0;
  /** Where the last `*` was, and how much of the text it has swallowed. */
  let star = -1;
  let swallowed = 0;
  while (t < text.length) {
    if (pattern[p] === "*") {
      star = p++;
      swallowed = t;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++swallowed;
    } else {
      return false;
    }
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

/**
 * Whether the first field of a line of known_hosts names a host.
 *
 * @param field Patterns parted by commas, of which one that begins with `!` and matches rules the
 * line out; or one hashed name.
 * @param name The host as {@linkcode hostName} names it.
 */
export function namesHost(field: string, name: string): boolean {
  if (isHashed(field)) return matchesHash(field, name);
  let found = false;
  for (const item of field.split(",")) {
    const negated = item.startsWith("!");
    const pattern = (negated ? item.slice(1) : item).toLowerCase();
    if (pattern.length > LONGEST_PATTERN || !matchesPattern(name, pattern)) continue;
    if (negated) return false;
    found = true;
  }
  return found;
}

/** Whether a field holds a hashed name. */
export function isHashed(field: string): boolean {
  return field.startsWith("|");
}

function matchesHash(field: string, name: string): boolean {
  if (!field.startsWith(HASHED)) return false;
  const [salt, hash, ...rest] = field.slice(HASHED.length).split("|");
  if (salt === undefined || hash === undefined || rest.length > 0) return false;
  const expected = Buffer.from(hash, "base64");
  const found = hmac(Buffer.from(salt, "base64"), name);
  return expected.length === found.length && timingSafeEqual(expected, found);
}

/**
 * Hashes a host's name.
 *
 * @param name The host as {@linkcode hostName} names it.
 * @param salt 20 random bytes.
 * @returns The field that stands for it in known_hosts.
 */
export function hashName(name: string, salt: Uint8Array): string {
  const text = Buffer.from(salt).toString("base64");
  return `${HASHED}${text}|${hmac(salt, name).toString("base64")}`;
}

function hmac(salt: Uint8Array, name: string): Buffer {
  return createHmac("sha1", salt).update(name).digest();
}
