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
 * @returns The child.
 */
export function startChild(
  args: readonly string[],
  onLines: (lines: readonly string[]) => void,
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
    readLines(child.stdout, onLines),
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

async function readLines(
  stream: ReadableStream<Uint8Array>,
  onLines: (lines: readonly string[]) => void,
): Promise<void> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    if (lines.length > 0) onLines(lines);
  }
  if (rest !== "") onLines([rest]);
}

async function readEnd(stream: ReadableStream<Uint8Array>): Promise<string> {
  let all = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    all = (all + text).slice(-KEPT);
  }
  // deno-lint-ignore no-control-regex
  return all.replace(/\x1b\[[\d;?]*[A-Za-z]/g, "").replace(/^.*\r/gm, "").trim();
}
