/** A program on a terminal of 80 × 24 cells that is held by `script` (util-linux). */

/** A program on a terminal. */
export interface Pty extends AsyncDisposable {
  /** Waits for a text; milliseconds from the start of the program. */
  until(text: string): Promise<number>;
  /** How often a text was written so far. */
  count(text: string): number;
  /** Types. */
  type(text: string): void;
  /** The program's process. */
  pid(): number;
  /** When the program has ended. */
  readonly ended: Promise<unknown>;
}

/**
 * Starts a program. A shell waits on the terminal until all is ready, and then becomes the program, so
 * that its start can be timed.
 *
 * @param argv The program.
 * @param env More of its environment.
 * @returns The program, already started.
 */
export function openPty(argv: readonly string[], env: Readonly<Record<string, string>>): Pty {
  const words = argv.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  const shell = `stty rows 24 cols 80; echo pid $$; read -r go; exec ${words}`;
  const child = new Deno.Command("script", {
    args: ["-qefc", shell, "/dev/null"],
    env: { TERM: "xterm-256color", LANG: "C.UTF-8", SHELL: "/bin/sh", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  const encoder = new TextEncoder();
  let written = "";
  let began: number | undefined;
  let wanted: { text: string; done: (ms: number) => void } | undefined;

  function look(now: number): void {
    if (began === undefined && /pid \d+\r?\n/.test(written)) {
      began = performance.now();
      writer.write(encoder.encode("\n"));
    }
    if (wanted !== undefined && written.includes(wanted.text)) {
      const { done } = wanted;
      wanted = undefined;
      done(now - began!);
    }
  }

  const reading = (async () => {
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      const now = performance.now();
      written += text;
      look(now);
    }
  })();

  const ended = Promise.all([reading, child.status]);
  return {
    ended,
    until: (text) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`never saw ${text}`)), 60_000);
        wanted = {
          text,
          done: (ms) => {
            clearTimeout(timer);
            resolve(ms);
          },
        };
        look(performance.now());
      }),
    count: (text) => written.split(text).length - 1,
    type: (text) => void writer.write(encoder.encode(text)),
    pid: () => Number(written.match(/pid (\d+)/)![1]),
    async [Symbol.asyncDispose]() {
      // A pipe that is closed ends `script`, and that its terminal.
      await writer.close().catch(() => {});
      await ended;
    },
  };
}
