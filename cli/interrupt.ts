/** Ctrl-C, SIGTERM and SIGHUP as an abort signal, so that what was measured is kept. */
import { EXIT, type ExitCode } from "../lib/error.ts";

/** Signals that end a run in good order. */
const SIGNALS = Deno.build.os === "windows"
  ? ["SIGINT"] as const
  : ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Listens until it is disposed. */
export interface Interruption extends Disposable {
  /** Fires with the signal's name as its reason. */
  readonly signal: AbortSignal;
  /** The exit code for the signal that came, if one did. */
  exitCode(): ExitCode | undefined;
}

/** Starts to listen for signals that end the program. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  const handlers = SIGNALS.map((name) => {
    const handler = () => controller.abort(name);
    Deno.addSignalListener(name, handler);
    return { name, handler };
  });
  return {
    signal: controller.signal,
    exitCode() {
      if (!controller.signal.aborted) return undefined;
      return controller.signal.reason === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
    },
    [Symbol.dispose]() {
      for (const { name, handler } of handlers) Deno.removeSignalListener(name, handler);
    },
  };
}
