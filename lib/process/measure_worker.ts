/**
 * The thread that measures. It calls the C library synchronously, so that between the release of a
 * program and its end no other work of this process, drawing or collecting, can hold it up.
 *
 * @module
 */
import { type Exact, openExact } from "./_exact.ts";
import { packError, type Request, type Response } from "./_messages.ts";

/** The part of a worker's global scope that is used here. */
interface Scope {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(message: Response, transfer?: Transferable[]): void;
}

const scope = globalThis as unknown as Scope;
let exact: Exact | undefined;

function answer(request: Request): Response {
  switch (request.type) {
    case "open": {
      const opened = openExact(request);
      if ("unavailable" in opened) return { type: "unavailable", reason: opened.unavailable };
      exact = opened;
      return { type: "opened", opened: exact.opened };
    }
    case "run":
      return { type: "done", execution: exact!.run(request.job) };
    case "close":
      exact?.close(request.last);
      return { type: "closed" };
  }
}

function outputs(response: Response): Transferable[] {
  if (response.type !== "done") return [];
  const { stdout, stderr } = response.execution;
  return [stdout, stderr].flatMap((output) => output ? [output.bytes.buffer as ArrayBuffer] : []);
}

scope.onmessage = ({ data }) => {
  try {
    const response = answer(data);
    scope.postMessage(response, outputs(response));
  } catch (error) {
    scope.postMessage({ type: "failed", error: packError(error) });
  }
};
