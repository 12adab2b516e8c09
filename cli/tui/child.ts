/** Child processes of the same program: what they print is read as JSON lines. */
import { selfCommand } from "./self.ts";

/** How a child ended. */
export interface ChildEnd {
  /** Its exit code. */
  readonly code: number;
  /** What it said on stderr, without colours, shortened to its end. */
  readonly message: string;
}

/** A child process. */
export interface Child {
  /** Asks it to end in good order. */
  end(): void;
  /** When it has ended and all it printed was read. */
  readonly ended: Promise<ChildEnd>;
}

/** So much of what a child says is kept. */
const KEPT = 4000;

/**
 * Starts this program again.
 *
 * @param args The words behind `versus`.
 * @param onLines Takes what it prints, as many whole lines as came at once.
 * @param pauseMs How long to wait after each look, so that many lines come at once.
 * @returns The child.
 */
export function startChild(
  args: readonly string[],
  onLines: (lines: readonly string[]) => void,
  pauseMs = 0,
): Child {
  const { program, words, env } = selfCommand();
  const child = new Deno.Command(program, {
    args: [...words, ...args],
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const ended = Promise.all([
    readLines(child.stdout, onLines, pauseMs),
    readEnd(child.stderr),
    child.status,
  ]).then(([, message, { code }]) => ({ code, message }));
  return {
    ended,
    end() {
      try {
        child.kill("SIGINT");
      } catch (error) {
        // It has ended by itself just now.
        if (!(error instanceof TypeError) && !(error instanceof Deno.errors.NotFound)) throw error;
      }
    },
  };
}

/** As much as this is read at once only if more is waiting: the child must never wait for a reader. */
const MUCH = 8192;

async function readLines(
  stream: ReadableStream<Uint8Array>,
  onLines: (lines: readonly string[]) => void,
  pauseMs: number,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of stream) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop()!;
    if (lines.length > 0) onLines(lines);
    // Each wake-up costs more than the lines that it brings.
    if (pauseMs > 0 && bytes.length < MUCH) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  if (rest !== "") onLines([rest]);
}

async function readEnd(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let all = "";
  for await (const bytes of stream) {
    all = (all + decoder.decode(bytes, { stream: true })).slice(-KEPT);
  }
  // deno-lint-ignore no-control-regex
  return all.replace(/\x1b\[[\d;?]*[A-Za-z]/g, "").replace(/^.*\r/gm, "").trim();
}
