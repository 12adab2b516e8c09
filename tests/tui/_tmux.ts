/** A real terminal for tests: tmux, with a server of its own. */
import { configuration, ROOT } from "../cli/versus.ts";

/** A terminal with a shell in it. */
export interface Tmux extends Disposable {
  /** Types keys, as tmux names them; texts are typed as they are. */
  keys(...keys: readonly string[]): void;
  /** What is seen. */
  screen(): string;
  /** Waits until something is seen, or fails with what is seen instead. */
  sees(what: string | RegExp): Promise<string>;
  /** A format of tmux: `#{alternate_on}`. */
  value(format: string): string;
  /** Changes its size. */
  resize(width: number, height: number): void;
  /** Closes the terminal at once, whatever runs in it. */
  kill(): void;
}

/** What a terminal is started with. */
export interface TmuxOptions {
  readonly width?: number;
  readonly height?: number;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

const LIMIT_MS = 30_000;

/** Opens a terminal. */
export function openTmux({ width = 80, height = 24, env, cwd }: TmuxOptions): Tmux {
  const socket = `versus-test-${crypto.randomUUID()}`;
  function tmux(...args: readonly string[]): string {
    const { success, stdout, stderr } = new Deno.Command("tmux", {
      args: ["-u", "-L", socket, "-f", "/dev/null", ...args],
      env: { TERM: "xterm-256color" },
    }).outputSync();
    const decoder = new TextDecoder();
    if (!success) throw new Error(`tmux ${args.join(" ")}: ${decoder.decode(stderr)}`);
    return decoder.decode(stdout);
  }
  // An interactive shell, for job control; without the person's own settings.
  const shell = ["env", ...Object.entries(env).map(([k, v]) => `${k}=${v}`), "PS1=prompt> ", "sh"];
  tmux("new-session", "-d", "-x", `${width}`, "-y", `${height}`, "-c", cwd, ...shell);
  return {
    keys: (...keys) => void tmux("send-keys", ...keys),
    screen: () => tmux("capture-pane", "-p"),
    value: (format) => tmux("display-message", "-p", format).trim(),
    resize: (width, height) => void tmux("resize-window", "-x", `${width}`, "-y", `${height}`),
    kill: () => void tmux("kill-server"),
    async sees(what) {
      const end = performance.now() + LIMIT_MS;
      for (;;) {
        const screen = tmux("capture-pane", "-p");
        if (typeof what === "string" ? screen.includes(what) : what.test(screen)) return screen;
        if (performance.now() > end) throw new Error(`expected ${what}, saw:\n${screen}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    [Symbol.dispose]() {
      // It may have been killed by the test.
      new Deno.Command("tmux", { args: ["-L", socket, "kill-server"], stderr: "null" })
        .outputSync();
    },
  };
}

/** The shell words that start a program of this project. */
export function shellCommand(path: string, ...args: readonly string[]): string {
  return [Deno.execPath(), "run", "-A", ...configuration(), `${ROOT}${path}`, ...args]
    .map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
}
