/** The main thread's side of the thread that measures. */
import { VersusError } from "../error.ts";
import { workerUrl } from "../runtime/mod.ts";
import type { Job } from "./_job.ts";
import { openSender } from "./_control.ts";
import { type Opened, type Request, type Response, unpackError } from "./_messages.ts";
import type { Execution } from "./types.ts";

/** How many threads that measure are open in this process. */
let openThreads = 0;

/** The thread that measures, as the main thread sees it. */
export interface Remote {
  /** What its launcher says of itself. */
  readonly opened: Opened;
  /**
   * Runs a job; one at a time.
   *
   * @param job The job.
   * @param signal Ends it.
   * @returns What it cost.
   * @throws {StartError} If the program can't be started.
   */
  run(job: Job, signal: AbortSignal | undefined): Promise<Execution>;
  /** Ends the thread. */
  close(): Promise<void>;
}

function connect(): { ask(request: Request): Promise<Response>; terminate(): void } {
  const worker = new Worker(workerUrl("measure"), { type: "module", name: "measure" });
  let pending: PromiseWithResolvers<Response> | undefined;
  let failure: VersusError | undefined;
  worker.onmessage = (event: MessageEvent<Response>) => pending?.resolve(event.data);
  worker.onerror = (event) => {
    event.preventDefault();
    failure = new VersusError(`The launcher failed: ${event.message}`, { exitCode: 1 });
    pending?.reject(failure);
  };
  return {
    ask(request) {
      if (failure !== undefined) return Promise.reject(failure);
      pending = Promise.withResolvers();
      worker.postMessage(request);
      return pending.promise;
    },
    terminate: () => worker.terminate(),
  };
}

/**
 * Starts the thread that measures.
 *
 * @param request What to open.
 * @returns The thread, or why it can't measure here.
 */
export async function openRemote(
  request: Extract<Request, { type: "open" }>,
): Promise<Remote | { readonly unavailable: string }> {
  const thread = connect();
  const answer = thread.ask(request);
  // While the thread starts.
  const sender = openSender();
  const first = await answer;
  if ("unavailable" in sender) {
    thread.terminate();
    return sender;
  }
  if (first.type !== "opened") {
    thread.terminate();
    if (first.type === "failed") throw unpackError(first.error);
    return { unavailable: first.type === "unavailable" ? first.reason : "it gave no answer" };
  }
  openThreads++;
  const { opened } = first;
  return {
    opened,
    async run(job, signal) {
      const onAbort = () => sender.abort(opened.controlFd, job.id);
      signal?.addEventListener("abort", onAbort, { once: true });
      try {
        const response = await thread.ask({ type: "run", job });
        if (response.type === "failed") throw unpackError(response.error);
        if (response.type !== "done") throw new TypeError(`Unexpected answer ${response.type}`);
        return response.execution;
      } finally {
        signal?.removeEventListener("abort", onAbort);
      }
    },
    async close() {
      openThreads--;
      await thread.ask({ type: "close", last: openThreads === 0 });
      thread.terminate();
    },
  };
}
