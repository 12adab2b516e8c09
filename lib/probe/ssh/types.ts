/** What one can ask of an SSH server, and what it answers. */
import type { Buffer } from "node:buffer";
import type { Secret } from "../secret.ts";
import type { Script } from "../script/schema.ts";
import type { ScriptResult } from "../script/run.ts";

/** A key, read. */
export interface ReadKey {
  /** Its type: `ssh-ed25519`. */
  readonly type: string;
  /** What its file says of it. */
  readonly comment: string;
  /** Signs data; RSA by the hash that is named. */
  sign(data: Buffer | string, algorithm?: string): Buffer;
  /** Checks a signature. */
  verify(data: Buffer | string, signature: Buffer, algorithm?: string): boolean;
  /** Whether it can sign. */
  isPrivateKey(): boolean;
  /** Whether it is the same key. */
  equals(key: ReadKey | Buffer | string): boolean;
  /** The private part in PEM. */
  getPrivatePEM(): string;
  /** The public part in PEM. */
  getPublicPEM(): string;
  /** The public part in wire format. */
  getPublicSSH(): Buffer;
}

/** A private key, ready to sign. */
export interface SshKey {
  /** Where it came from. */
  readonly path: string;
  /** The key. */
  readonly key: ReadKey;
}

/** How to log in. */
export interface SshLogin {
  /** The user. */
  readonly user: string;
  /** Private keys, tried in order after the agent's. */
  readonly keys: readonly SshKey[];
  /** The socket of an agent. */
  readonly agent?: string;
  /** Answers `password` and the hidden prompts of `keyboard-interactive`. */
  readonly password?: Secret;
}

/** Whom to trust. */
export interface HostKeyTrust {
  /** known_hosts files in order; new keys go to the first. */
  readonly files: readonly [string, ...string[]];
  /** Whether the key of a host that is not known is taken and kept. */
  readonly acceptNew: boolean;
}

/** How to reach the point where something can be asked. */
export interface SshAccess {
  /** Who logs in. */
  readonly login: SshLogin;
  /** Whom to trust. */
  readonly trust: HostKeyTrust;
  /** Whether weak algorithms are offered too. */
  readonly legacy: boolean;
}

/** What `versus probe ssh` can be asked for. */
export interface SshOptions extends SshAccess {
  /** How far to go when nothing is to be run. */
  readonly until: "banner" | "kex" | "auth";
  /** A command to run. */
  readonly command?: string;
  /** The exit code that it must end with; any if `null`. */
  readonly expectExit: number | null;
  /** A dialogue with a device, in place of a command. */
  readonly script?: Script;
  /** How much of the output is kept, in bytes, for each stream. */
  readonly maxOutputBytes: number;
}

/** How the host's key was checked. */
export interface HostKeyInfo {
  /** The type of the key or certificate: `ssh-ed25519`. */
  readonly type: string;
  /** As ssh-keygen prints it: `SHA256:…`. */
  readonly fingerprint: string;
  /** Why it is trusted: an entry holds it, an authority vouches for it, or it was new and accepted. */
  readonly trust: "known" | "certificate" | "accepted";
  /** The certificate, where there is one. */
  readonly certificate?: {
    readonly id: string;
    readonly serial: string;
    readonly principals: readonly string[];
    readonly validBefore?: string;
  };
}

/** What was agreed on. */
export interface Negotiated {
  /** The method of the key exchange. */
  readonly kex: string;
  /** The algorithm of the host's key. */
  readonly hostKey: string;
  /** What encrypts what the server sends. */
  readonly cipher: string;
  /** Absent with a cipher that authenticates by itself. */
  readonly mac?: string;
}

/** What is known of a session. */
export interface SshInfo {
  /** The server's version, as it tells it. */
  readonly banner: string;
  /** Software and version out of it: `OpenSSH_9.2p1`. */
  readonly software: string;
  /** Lines before the version. */
  readonly greeting?: string;
  /** How the host's key was checked; absent before that. */
  readonly hostKey?: HostKeyInfo;
  /** What was agreed on; absent before that. */
  readonly negotiated?: Negotiated;
  /** Weak algorithms in use; empty when there are none. */
  readonly weak: readonly string[];
  /** How the login was made; absent before that. */
  readonly auth?: {
    readonly user: string;
    readonly method: string;
    /** Which key, by its path or the agent's comment. */
    readonly key?: string;
  };
  /** What the server says before login. */
  readonly message?: string;
}

/** How a command ended. */
export interface CommandResult {
  /** The command. */
  readonly command: string;
  /** Absent if the server told none. */
  readonly exitCode?: number;
  /** The signal that ended it: `SIGTERM`. */
  readonly signal?: string;
  /** The beginning of its output. */
  readonly stdout: string;
  /** The beginning of its errors. */
  readonly stderr: string;
  /** How much output came, in bytes. */
  readonly stdoutBytes: number;
  /** How many bytes of errors came. */
  readonly stderrBytes: number;
  /** Whether more came than was kept. */
  readonly truncated: boolean;
}

/** The answer of an SSH probe. */
export interface SshResult extends SshInfo {
  /** How the command ended. */
  readonly command?: CommandResult;
  /** The output of each step of the script. */
  readonly script?: ScriptResult;
}
