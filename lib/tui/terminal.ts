/**
 * The terminal while a program owns it: raw mode, the alternate screen, and leaving it as it was, be
 * it after a key, a signal or an error that nobody caught.
 */
import { createKeyDecoder, type Input } from "./keys.ts";

/** Why the terminal was lost. */
export type Ending =
  | { readonly type: "signal"; readonly signal: "SIGINT" | "SIGTERM" | "SIGHUP" }
  | { readonly type: "error"; readonly error: unknown }
  /** Nobody reads what is written, or nothing can be typed any more. */
  | { readonly type: "closed" };

/** Who is told what happens. */
export interface TerminalEvents {
  /** Keys, pastes and mouse events that came together. */
  readonly input: (inputs: readonly Input[]) => void;
  /** The size has changed, or what is on the screen is not known any more: draw it anew. */
  readonly redraw: () => void;
  /** The terminal is gone; it was restored as far as it could be. */
  readonly ended: (ending: Ending) => void;
}

/** A terminal that this program owns until it is disposed. */
export interface Terminal extends Disposable {
  /** Its size in cells, at least 1 × 1. */
  size(): { readonly width: number; readonly height: number };
  /** Writes escape sequences and text; after the output was closed, nothing. */
  write(text: string): void;
  /** Begins or ends to report the mouse. */
  mouse(on: boolean): void;
  /** Gives the terminal back and stops the process, as Ctrl-Z does, until it goes on. */
  suspend(): void;
}

/** Alternate screen, no cursor, no wrapping, pastes in brackets; and back. */
const ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h";
const LEAVE = "\x1b[0m\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l";
/** Buttons and the wheel, in the form without limits (SGR). */
const MOUSE_ON = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF = "\x1b[?1006l\x1b[?1000l";

const ENDING_SIGNALS = Deno.build.os === "windows"
  ? ["SIGINT"] as const
  : ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Whether the terminal has gone away: its window was closed, or the pipe behind it. */
function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.BrokenPipe || error instanceof Deno.errors.BadResource ||
    error instanceof Error && /os error (5|6)\b/.test(error.message);
}

/**
 * Takes the terminal.
 *
 * @param events Who is told what happens.
 * @returns The terminal, to be disposed.
 * @throws If stdin is not a terminal.
 */
export function openTerminal(events: TerminalEvents): Terminal {
  const encoder = new TextEncoder();
  let state: "open" | "suspended" | "closed" = "open";
  let mouseOn = false;

  function rawWrite(text: string): void {
    const bytes = encoder.encode(text);
    let written = 0;
    while (written < bytes.length) {
      try {
        written += Deno.stdout.writeSync(bytes.subarray(written));
      } catch (error) {
        if (error instanceof Deno.errors.WouldBlock) continue;
        if (error instanceof Deno.errors.Interrupted) continue;
        throw error;
      }
    }
  }

  function write(text: string): void {
    if (state !== "open" || text === "") return;
    try {
      rawWrite(text);
    } catch (error) {
      if (!isGone(error)) throw error;
      end({ type: "closed" });
    }
  }

  function enter(): void {
    Deno.stdin.setRaw(true);
    rawWrite(ENTER + (mouseOn ? MOUSE_ON : ""));
  }

  /** Gives the terminal back; what is not there any more needs no restoring. */
  function leave(): void {
    try {
      rawWrite((mouseOn ? MOUSE_OFF : "") + LEAVE);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    try {
      Deno.stdin.setRaw(false);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  function close(): void {
    if (state === "closed") return;
    const owned = state === "open";
    state = "closed";
    for (const [name, handler] of signals) Deno.removeSignalListener(name, handler);
    removeEventListener("error", onError);
    removeEventListener("unhandledrejection", onRejection);
    if (owned) leave();
  }

  function end(ending: Ending): void {
    if (state === "closed") return;
    close();
    events.ended(ending);
  }

  // Deno's `unload` does not run after an error that nobody caught.
  function onError(event: ErrorEvent): void {
    event.preventDefault();
    end({ type: "error", error: event.error });
  }
  function onRejection(event: PromiseRejectionEvent): void {
    event.preventDefault();
    end({ type: "error", error: event.reason });
  }

  const signals: [Deno.Signal, () => void][] = ENDING_SIGNALS.map((signal) => [
    signal,
    () => end({ type: "signal", signal }),
  ]);
  if (Deno.build.os !== "windows") {
    signals.push(["SIGWINCH", () => {
      if (state === "open") events.redraw();
    }]);
    signals.push(["SIGCONT", resume]);
  }

  function resume(): void {
    if (state === "closed") return;
    // Whoever stopped the process may have changed the terminal, even if it was not asked for here.
    state = "open";
    enter();
    events.redraw();
  }

  enter();
  for (const [name, handler] of signals) Deno.addSignalListener(name, handler);
  addEventListener("error", onError);
  addEventListener("unhandledrejection", onRejection);
  readInputs(events, () => state !== "closed", () => end({ type: "closed" })).catch((error) =>
    end(isGone(error) ? { type: "closed" } : { type: "error", error })
  );

  return {
    size: terminalSize,
    write,
    mouse(on) {
      if (on !== mouseOn) write(on ? MOUSE_ON : MOUSE_OFF);
      mouseOn = on;
    },
    suspend() {
      if (state !== "open" || Deno.build.os === "windows") return;
      leave();
      state = "suspended";
      Deno.kill(Deno.pid, "SIGSTOP");
    },
    [Symbol.dispose]: close,
  };
}

/** Reads keys until nothing can be read any more. */
async function readInputs(
  events: TerminalEvents,
  isOpen: () => boolean,
  closed: () => void,
): Promise<void> {
  const decoder = createKeyDecoder();
  const bytes = new Uint8Array(4096);
  let timer: ReturnType<typeof setTimeout> | undefined;
  function tell(inputs: readonly Input[]): void {
    if (inputs.length > 0 && isOpen()) events.input(inputs);
  }
  while (isOpen()) {
    const count = await Deno.stdin.read(bytes);
    if (timer !== undefined) clearTimeout(timer);
    if (count === null) break;
    tell(decoder.push(bytes.subarray(0, count)));
    const wait = decoder.waitMs();
    if (wait !== undefined) timer = setTimeout(() => tell(decoder.flush()), wait);
  }
  closed();
}

/** The size of the terminal; 80 × 24 where it can't be told. */
function terminalSize(): { width: number; height: number } {
  try {
    const { columns, rows } = Deno.consoleSize();
    return { width: Math.max(1, columns), height: Math.max(1, rows) };
  } catch {
    // A terminal without a size: a serial line, or one that has just gone away.
    return { width: 80, height: 24 };
  }
}
