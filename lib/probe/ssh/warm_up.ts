/** Makes the runtime load what its first SSH session needs. */
import { Buffer } from "node:buffer";
import {
  createCipheriv,
  createHash,
  diffieHellman,
  generateKeyPairSync,
  randomBytes,
} from "node:crypto";
import { connect, createServer } from "node:net";
import { readKnownHosts } from "./known_hosts.ts";
import type { SshAccess } from "./types.ts";

/**
 * Does once what every session does: known hosts, a socket, a key exchange, a hash, a signature, a cipher. The
 * first time takes some milliseconds longer, which would be counted as the first server's.
 *
 * @param access Its keys are those that will sign.
 */
export async function warmUpSsh({ login: { keys }, trust }: SshAccess): Promise<void> {
  readKnownHosts(trust.files);
  const { privateKey } = generateKeyPairSync("x25519");
  const { publicKey } = generateKeyPairSync("x25519");
  diffieHellman({ privateKey, publicKey });
  const data = Buffer.from("versus");
  createHash("sha256").update(data).digest();
  keys.forEach(({ key }) => key.sign(data));
  createCipheriv("aes-128-gcm", randomBytes(16), randomBytes(12)).update(data);
  const server = createServer((socket) => socket.end());
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  await new Promise<void>((done) => {
    connect({ host: "127.0.0.1", port, noDelay: true }).on("close", () => done()).resume();
  });
  await new Promise<void>((done) => server.close(() => done()));
}
