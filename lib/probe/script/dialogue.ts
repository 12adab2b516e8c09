/** A dialogue with a device: sends lines, and knows from the output when the answer is complete. */
import { ProbeError } from "../error.ts";
import { redact } from "../secret.ts";
import { plainText } from "./_screen.ts";
import type { Terminal } from "./terminal.ts";

/** What a device shows when it waits for a key after each screen. */
const PAGER =
  /(?:--\s?more\s?(?:\(\d+%\)\s?)?--|<-+ ?more ?-+>|---\(more(?: \d+%)?\)---|press any key to continue)[^\n]*$/i;
/** What a prompt looks like where nothing else is known: one word or more, then one of `>#$%]`. */
export const ANY_PROMPT = /^[^\s>#$%][^\n]{0,120}?[>#$%\]]\s?$|^[#$%>]\s?$/;
/** How much of the last line is looked at. */
const LAST_LINE = 500;
/** How much is shown of an answer that did not end as expected. */
const SHOWN = 120;

/** Limits of a dialogue. */
export interface DialogueLimits {
  /** The most that one answer may have, in characters. */
  readonly maxAnswer: number;
}

/** An answer. */
export interface Answer {
  /** The output without the echo of what was sent and without the prompt. */
  readonly output: string;
  /** The line that ended it. */
  readonly prompt: string;
}

/** A dialogue. */
export interface Dialogue {
  /**
   * Waits until the output ends with what is expected.
   *
   * @param expect Matched against the last line.
   * @param what What is waited for, for messages.
   * @param signal Ends the wait.
   * @returns The output until then.
   * @throws {ProbeError} `timeout`, `closed`, `too-large`.
   */
  until(expect: RegExp, what: string, signal: AbortSignal): Promise<Answer>;
  /** Sends a line; its echo is left out of the answer. */
  send(line: string, newline: string): void;
}

/**
 * Begins a dialogue.
 *
 * @param terminal Where.
 * @param limits Its limits.
 */
export function startDialogue(terminal: Terminal, { maxAnswer }: DialogueLimits): Dialogue {
  /** Lines that are complete, as plain text. */
  let lines = "";
  /** What came after them, as it came. */
  let rest = "";
  let sent = "";

  function take(more: string): void {
    rest += more;
    const end = rest.lastIndexOf("\n") + 1;
    if (end === 0) return;
    lines += plainText(rest.slice(0, end));
    rest = rest.slice(end);
  }
  function answer(last: string): Answer {
    const output = withoutEcho(lines, sent);
    lines = rest = "";
    return { output, prompt: last };
  }

  return {
    send(line, newline) {
      sent = line;
      lines = rest = "";
      terminal.write(line + newline);
    },
    async until(expect, what, signal) {
      for (;;) {
        const last = plainText(rest);
        // The echo of what was sent may look like a prompt; it never ends an answer.
        const isEcho = lines === "" && sent !== "" && last.trimEnd().endsWith(sent.trimEnd());
        if (last.length <= LAST_LINE && !isEcho) {
          if (expect.test(last)) return answer(last);
          const pager = PAGER.exec(last);
          if (pager !== null) {
            rest = last.slice(0, pager.index);
            terminal.write(" ");
          }
        }
        const more = await waitFor(terminal, what, last, signal);
        take(more);
        if (lines.length + rest.length > maxAnswer) {
          throw new ProbeError(
            "too-large",
            `More than ${maxAnswer} characters came before ${what}`,
          );
        }
      }
    },
  };
}

async function waitFor(
  terminal: Terminal,
  what: string,
  last: string,
  signal: AbortSignal,
): Promise<string> {
  try {
    const more = await terminal.read(signal);
    if (more !== undefined) return more;
  } catch (error) {
    const reason: unknown = signal.reason;
    const late = signal.aborted && reason instanceof ProbeError && reason.code === "timeout";
    if (!late) throw error;
    throw new ProbeError("timeout", `No ${what} came in time; ${endOf(last)}`);
  }
  throw new ProbeError(
    "closed",
    `The device closed the terminal before a ${what} came; ${endOf(last)}`,
  );
}

function endOf(last: string): string {
  const line = redact(last.slice(-SHOWN));
  return line === "" ? "the output ends with an empty line" : `the output ends with "${line}"`;
}

/** Leaves out the line in which the device repeats what it was sent. */
function withoutEcho(output: string, sent: string): string {
  const end = output.indexOf("\n");
  const first = end < 0 ? output : output.slice(0, end);
  const echoed = sent !== "" && first.trimEnd().endsWith(sent.trim());
  const rest = echoed ? output.slice(end < 0 ? output.length : end + 1) : output;
  return rest.replace(/\n+$/, "");
}

/**
 * Makes a pattern that knows a device's prompt again, in every mode: what stands before the mode in
 * brackets and the last character.
 *
 * @param prompt The first prompt that was seen: `r1>`, `r1(config)#`, `root@r1:~#`.
 * @returns A pattern for the last line of an output.
 */
export function learnPrompt(prompt: string): RegExp {
  const text = prompt.trim();
  const stem = /^[<[]?[\w.@~/-]+/.exec(text)?.[0] ?? "";
  // A shell's prompt may be nothing but its last character.
  if (stem === "") return new RegExp(`^${escape(text)}\\s?$`);
  return new RegExp(
    `^(\\{[^}\\n]*\\}\\s*)?${escape(stem)}[^\\n]{0,120}[>#$%\\]]\\s?$|^${
      escape(stem)
    }[>#$%\\]]\\s?$`,
  );
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
