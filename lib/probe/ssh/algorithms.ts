/** Which algorithms are offered, which are weak, and which host keys are asked for first. */
import { hostName, SSH_PORT } from "./_patterns.ts";
import { certificateName } from "./certificate.ts";
import { entriesOf, type KnownHosts } from "./known_hosts.ts";

/** Lists of algorithms, the preferred ones first. */
export interface AlgorithmOffer {
  readonly kex: readonly string[];
  readonly serverHostKey: readonly string[];
  readonly cipher: readonly string[];
  readonly hmac: readonly string[];
  readonly compress: readonly string[];
}

/**
 * What is offered. `ecdh-sha2-nistp521` and `aes192-cbc` are not: Deno's crypto has neither the
 * curve nor the cipher as ssh2 needs them.
 */
const MODERN: AlgorithmOffer = {
  kex: [
    "curve25519-sha256",
    "curve25519-sha256@libssh.org",
    "ecdh-sha2-nistp256",
    "ecdh-sha2-nistp384",
    "diffie-hellman-group-exchange-sha256",
    "diffie-hellman-group16-sha512",
    "diffie-hellman-group18-sha512",
    "diffie-hellman-group14-sha256",
  ],
  serverHostKey: [
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "rsa-sha2-512",
    "rsa-sha2-256",
  ],
  cipher: [
    "aes128-gcm@openssh.com",
    "aes256-gcm@openssh.com",
    "aes128-ctr",
    "aes192-ctr",
    "aes256-ctr",
    "chacha20-poly1305@openssh.com",
  ],
  hmac: [
    "hmac-sha2-256-etm@openssh.com",
    "hmac-sha2-512-etm@openssh.com",
    "hmac-sha2-256",
    "hmac-sha2-512",
  ],
  compress: ["none"],
};

/** What is offered as well, after the others, for gear that has nothing better. */
const LEGACY: AlgorithmOffer = {
  kex: [
    "diffie-hellman-group-exchange-sha1",
    "diffie-hellman-group14-sha1",
    "diffie-hellman-group1-sha1",
  ],
  serverHostKey: ["ssh-rsa", "ssh-dss"],
  cipher: ["aes256-cbc", "aes128-cbc", "3des-cbc"],
  hmac: ["hmac-sha1-etm@openssh.com", "hmac-sha1", "hmac-sha1-96", "hmac-md5", "hmac-md5-96"],
  compress: [],
};

const WEAK: ReadonlySet<string> = new Set(
  [LEGACY.kex, LEGACY.serverHostKey, LEGACY.cipher, LEGACY.hmac].flat(),
);

/** Those of a list that are weak, each once. */
export function weakOnes(algorithms: Iterable<string>): string[] {
  return [...new Set(algorithms)].filter((name) => WEAK.has(name));
}

/**
 * Chooses what is offered to a host. Types of host keys that are known of it come first, so that a
 * host with several keys shows the one that can be checked; certificates are asked for where an
 * authority is known for the host.
 *
 * @param legacy Whether weak algorithms are offered too.
 * @param known What is known of hosts.
 * @param host The host.
 * @param port Its port.
 */
export function algorithmsFor(
  legacy: boolean,
  known: KnownHosts,
  host: string,
  port: number,
): AlgorithmOffer {
  const all = legacy ? merge(MODERN, LEGACY) : MODERN;
  const named = entriesOf(known, hostName(host, port));
  const entries = named.length > 0 ? named : entriesOf(known, hostName(host, SSH_PORT));
  const types = new Set(entries.filter((e) => e.marker === undefined).map((e) => e.type));
  const rank = (algorithm: string) => types.has(keyTypeOf(algorithm)) ? 0 : 1;
  // Array.sort is stable, so the order of preference is kept among each.
  const plain = [...all.serverHostKey].sort((a, b) => rank(a) - rank(b));
  const vouched = entries.some((entry) => entry.marker === "cert-authority")
    ? MODERN.serverHostKey.map(certificateName)
    : [];
  return { ...all, serverHostKey: [...vouched, ...plain] };
}

function keyTypeOf(algorithm: string): string {
  return algorithm.startsWith("rsa-sha2-") ? "ssh-rsa" : algorithm;
}

function merge(a: AlgorithmOffer, b: AlgorithmOffer): AlgorithmOffer {
  return {
    kex: [...a.kex, ...b.kex],
    serverHostKey: [...a.serverHostKey, ...b.serverHostKey],
    cipher: [...a.cipher, ...b.cipher],
    hmac: [...a.hmac, ...b.hmac],
    compress: [...a.compress, ...b.compress],
  };
}
