/**
 * The part of ssh2 1.17.0 that is used, as its README describes it.
 *
 * The published types bring those of Node 18 with them, which then take the place of Deno's own in the
 * whole program and know neither node:sqlite nor what node:zlib has learned since.
 */
import type { Buffer } from "node:buffer";
import type { EventEmitter } from "node:events";
import type { Duplex, Readable } from "node:stream";

declare namespace ssh2 {
  /** A key that was read. */
  interface ParsedKey {
    type: string;
    comment: string;
    sign(data: Buffer | string, algorithm?: string): Buffer;
    verify(data: Buffer | string, signature: Buffer, algorithm?: string): boolean;
    isPrivateKey(): boolean;
    equals(key: ParsedKey | Buffer | string): boolean;
    getPrivatePEM(): string;
    getPublicPEM(): string;
    getPublicSSH(): Buffer;
  }

  type SignDone = (error?: Error | null, signature?: Buffer) => void;

  /** What signs in the place of a key. */
  abstract class BaseAgent<Key extends string | Buffer | ParsedKey = string | Buffer | ParsedKey> {
    abstract getIdentities(done: (error?: Error | null, keys?: Key[]) => void): void;
    abstract sign(key: Key, data: Buffer, options: { hash?: string }, done: SignDone): void;
    abstract sign(key: Key, data: Buffer, done: SignDone): void;
  }

  interface Prompt {
    prompt: string;
    echo?: boolean;
  }

  interface KeyboardInteractiveAuthMethod {
    type: "keyboard-interactive";
    username: string;
    prompt(
      name: string,
      instructions: string,
      language: string,
      prompts: Prompt[],
      finish: (answers: string[]) => void,
    ): void;
  }

  type AnyAuthMethod =
    | { type: "none"; username: string }
    | { type: "password"; username: string; password: string }
    | { type: "publickey"; username: string; key: ParsedKey | Buffer | string; passphrase?: string }
    | { type: "agent"; username: string; agent: BaseAgent | string }
    | KeyboardInteractiveAuthMethod;

  /** Chooses the next way to log in; `null` methods mean that none was tried. */
  type AuthHandlerMiddleware = (
    methodsLeft: string[] | null,
    partialSuccess: boolean | null,
    next: (method: AnyAuthMethod) => void,
  ) => void;

  interface Algorithms {
    kex?: string[];
    serverHostKey?: string[];
    cipher?: string[];
    hmac?: string[];
    compress?: string[];
  }

  interface NegotiatedDirection {
    cipher: string;
    mac: string;
    compress: string;
    lang: string;
  }

  interface NegotiatedAlgorithms {
    kex: string;
    serverHostKey: string;
    cs: NegotiatedDirection;
    sc: NegotiatedDirection;
  }

  interface ConnectConfig {
    sock?: Readable;
    username?: string;
    readyTimeout?: number;
    algorithms?: Algorithms;
    authHandler?: AuthHandlerMiddleware;
    hostVerifier?: (key: Buffer) => boolean;
    debug?: (message: string) => void;
  }

  interface PseudoTerminal {
    term?: string;
    rows?: number;
    cols?: number;
    width?: number;
    height?: number;
  }

  interface ClientChannel extends Duplex {
    stdin: this;
    stdout: this;
    stderr: Duplex;
    setWindow(rows: number, cols: number, height: number, width: number): void;
    signal(name: string): void;
    close(): void;
  }

  type ChannelDone = (error: Error | undefined, channel: ClientChannel) => void;

  class Client extends EventEmitter {
    connect(config: ConnectConfig): this;
    exec(command: string, done: ChannelDone): this;
    shell(window: PseudoTerminal | false, done: ChannelDone): this;
    subsys(name: string, done: ChannelDone): this;
    end(): this;
    destroy(): this;
    on(event: "error", listener: (error: Error & { level?: string }) => void): this;
    on(event: "banner", listener: (message: string) => void): this;
    on(event: "handshake", listener: (negotiated: NegotiatedAlgorithms) => void): this;
    on(event: "ready" | "end" | "close" | "connect", listener: () => void): this;
  }

  interface AuthContext extends EventEmitter {
    method: string;
    username: string;
    password?: string;
    accept(): void;
    reject(methodsLeft?: string[]): void;
  }

  interface Connection extends EventEmitter {
    on(event: "authentication", listener: (context: AuthContext) => void): this;
    on(event: "ready" | "close" | "end", listener: () => void): this;
    on(event: "error", listener: (error: Error) => void): this;
    // deno-lint-ignore no-explicit-any -- sessions are used by tests alone, which look at events by name
    on(event: string, listener: (...args: any[]) => void): this;
    end(): this;
  }

  interface ServerConfig {
    hostKeys: (ParsedKey | Buffer | string | { key: ParsedKey | Buffer | string })[];
    algorithms?: Algorithms;
    ident?: string;
    banner?: string;
  }

  class Server extends EventEmitter {
    constructor(config: ServerConfig, listener?: (client: Connection) => void);
    listen(port: number, host: string, listening?: () => void): this;
    address(): { port: number; address: string };
    close(done?: (error?: Error) => void): this;
  }

  /** Speaks to an agent through its socket. */
  function createAgent(path: string): BaseAgent;

  const utils: {
    parseKey(data: Buffer | string | ParsedKey, passphrase?: Buffer | string): ParsedKey | Error;
  };
}

export default ssh2;
