/** What one can ask of an SSH server, and what it answers. */
import type ssh2 from "./_ssh2.ts";
import type { Secret } from "../secret.ts";
import type { Script } from "../script/schema.ts";
import type { ScriptResult } from "../script/run.ts";

/** A private key, ready to sign. */
export interface SshKey {
  /** Where it came from. */
  readonly path: string;
  /** The key. */
  readonly key: ssh2.ParsedKey;
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
  readonly login: SshLogin;
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
  readonly type: string;
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
  readonly kex: string;
  readonly hostKey: string;
  readonly cipher: string;
  /** Absent with a cipher that authenticates by itself. */
  readonly mac?: string;
}

/** What is known of a session. */
export interface SshInfo {
  readonly banner: string;
  readonly software: string;
  /** Lines before the version. */
  readonly greeting?: string;
  readonly hostKey?: HostKeyInfo;
  readonly negotiated?: Negotiated;
  /** Weak algorithms in use; empty when there are none. */
  readonly weak: readonly string[];
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
  readonly command: string;
  /** Absent if the server told none. */
  readonly exitCode?: number;
  readonly signal?: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  /** Whether more came than was kept. */
  readonly truncated: boolean;
}

/** The answer of an SSH probe. */
export interface SshResult extends SshInfo {
  readonly command?: CommandResult;
  readonly script?: ScriptResult;
}
