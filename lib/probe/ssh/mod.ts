/**
 * SSH: sessions with phases, host keys by OpenSSH's rules, commands.
 *
 * @module
 */
export { acceptNew } from "./accept_new.ts";
export { type HostCertificate, parseCertificate } from "./certificate.ts";
export { fingerprint, type HostKeyVerdict, judgeHostKey } from "./host_key.ts";
export { loadKey } from "./key_file.ts";
export {
  type BadLine,
  defaultKnownHostsFiles,
  type KnownHost,
  type KnownHosts,
  parseKnownHosts,
  readKnownHosts,
} from "./known_hosts.ts";
export { openSession, type SshSession, type Until } from "./session.ts";
export { SshResultSchema } from "./schema.ts";
export type {
  CommandResult,
  HostKeyInfo,
  HostKeyTrust,
  Negotiated,
  ReadKey,
  SshAccess,
  SshInfo,
  SshKey,
  SshLogin,
  SshOptions,
  SshResult,
} from "./types.ts";
