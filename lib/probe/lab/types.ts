/** Servers of the lab: real programs on loopback for probes and scenarios to talk to. */

/** Where something of a server can be reached. */
export interface Endpoint {
  /** The protocol of `versus probe` that it answers. */
  readonly protocol: string;
  /** The target as one would write it: `127.0.0.1:2222`. */
  readonly target: string;
  /** What one must know to use it: a user, a community, an option of the probe. No secret. */
  readonly note?: string;
}

/** When a server can be talked to. */
export type Readiness =
  /** A TCP port accepts. */
  | { readonly kind: "tcp"; readonly port: number }
  /** Its log (stdout and stderr, or the file named) holds a text. */
  | { readonly kind: "log"; readonly text: string; readonly file?: string }
  /** A function says so, asked again until it does. */
  | { readonly kind: "ask"; ask(signal: AbortSignal): Promise<boolean> };

/** How one server is started. */
export interface ServerPlan {
  /** The program, by absolute path, and its arguments; it stays in the foreground. */
  readonly argv: readonly [string, ...string[]];
  /** Variables beside PATH; nothing else of the environment is handed on. */
  readonly env?: Readonly<Record<string, string>>;
  /** When it can be talked to. */
  readonly ready: Readiness;
  /** What it answers. */
  readonly endpoints: readonly Endpoint[];
}

/** A server that the lab can start. */
export interface LabServer {
  /** Names it: `sshd`, `sshd-legacy`. */
  readonly name: string;
  /** One line about it. */
  readonly title: string;
  /** The programs that must be found, and the Debian packages that have them. */
  readonly needs: Readonly<Record<string, string>>;
  /** The ports that `versus lab up` uses, by purpose: `{ ssh: 2222 }`. Tests take free ones. */
  readonly ports: Readonly<Record<string, number>>;
  /**
   * Writes its configuration, keys and data.
   *
   * @param setup A folder of its own that is removed after it has ended, ports by purpose, and the
   * absolute path of each program that it needs.
   */
  prepare(setup: ServerSetup): Promise<ServerPlan>;
}

/** What {@linkcode LabServer.prepare} is given. */
export interface ServerSetup {
  /** A folder of its own. */
  readonly folder: string;
  /** The ports by purpose. */
  readonly ports: Readonly<Record<string, number>>;
  /** The absolute path of each program. */
  readonly programs: Readonly<Record<string, string>>;
}

/** A server that runs. */
export interface RunningServer extends AsyncDisposable {
  /** Which one. */
  readonly name: string;
  /** Its process. */
  readonly pid: number;
  /** Its folder: configuration, keys, log. */
  readonly folder: string;
  /** Its ports by purpose. */
  readonly ports: Readonly<Record<string, number>>;
  /** What it answers. */
  readonly endpoints: readonly Endpoint[];
  /** What it printed until now. */
  log(): string;
}
