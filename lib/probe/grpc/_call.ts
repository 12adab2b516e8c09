/** One call of a method: messages out, messages in, a status at the end. */
import type { ClientHttp2Session } from "node:http2";
import { ProbeError } from "../error.ts";
import type { GrpcMethod } from "../protos/services.ts";
import type { Attempt } from "../types.ts";
import { h2Error } from "./_errors.ts";
import { createFrameReader, frame } from "./_frames.ts";
import { grpcError, notGrpc, statusOf } from "./status.ts";

/** A call under way. */
export interface Call<Request, Response> {
  /** Sends a message; the first one ends `requestMs`. */
  send(request: Request): void;
  /** Says that no more messages are sent. */
  end(): void;
  /**
   * Waits for the next message; the first one ends `firstByteMs`.
   *
   * @returns Nothing at the end, if the status is OK.
   * @throws {ProbeError} For every other status, and if the connection breaks.
   */
  next(): Promise<Response | undefined>;
  /** Ends the call, whatever the peer still sends. */
  cancel(): void;
}

/** What a call needs of its channel. */
export interface CallSetup {
  /** The connection. */
  readonly session: ClientHttp2Session;
  /** Fails when the connection does. */
  readonly broken: Promise<never>;
  /** The target, for messages. */
  readonly label: string;
  /** Sent with every call. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Whether a password or a certificate is shown. */
  readonly authenticated: boolean;
  /** The most that a message may have. */
  readonly maxBytes: number;
}

/** RST_STREAM with this code says that nobody wants the answer (RFC 9113, section 7). */
const CANCEL = 0x8;
/** More messages wait in the peer's window, not here. */
const WAITING = 64;

type Headers = Record<string, string | string[] | number | undefined>;

/**
 * Starts a call: its headers are sent at once.
 *
 * @param setup The channel.
 * @param method What is called.
 * @param attempt Ends it.
 * @returns The call.
 */
export function startCall<Request, Response>(
  { session, broken, label, metadata, authenticated, maxBytes }: CallSetup,
  method: GrpcMethod<Request, Response>,
  { clock, signal, timeoutMs }: Attempt,
): Call<Request, Response> {
  const what = `${label}: ${method.path}`;
  const reader = createFrameReader(maxBytes);
  const messages: Uint8Array[] = [];
  let asked = false;
  let answered = false;
  /** How it ended: nothing for OK. */
  let ended: { readonly error: ProbeError | undefined } | undefined;
  let wake = Promise.withResolvers<void>();
  let early: Uint8Array[] | undefined = [];
  let allRead = false;
  let succeeded = false;
  const leftMs = Math.max(1, Math.round(timeoutMs - clock.totalMs()));
  const stream = session.request({
    ...metadata,
    ":method": "POST",
    ":path": method.path,
    "content-type": "application/grpc",
    "grpc-timeout": `${Math.min(leftMs, 99_999_999)}m`,
    te: "trailers",
    "user-agent": "versus",
  });
  const cancel = () => {
    signal.removeEventListener("abort", cancel);
    if (!stream.closed) stream.close(CANCEL);
  };
  signal.addEventListener("abort", cancel, { once: true });

  function finish(error: ProbeError | undefined): void {
    if (ended !== undefined) return;
    ended = { error };
    if (error !== undefined) cancel();
    wake.resolve();
  }
  function first(): void {
    if (answered) return;
    answered = true;
    clock.end("firstByteMs");
  }
  /** The status may be told before the last message has been: both are waited for. */
  function finishBy(headers: Headers): void {
    const status = statusOf(headers);
    if (status === undefined) return;
    if (status.name !== "OK") finish(grpcError(status, what, authenticated));
    else if (allRead) finish(undefined);
    succeeded = true;
  }
  function take(bytes: Uint8Array): void {
    try {
      messages.push(...reader.take(bytes));
    } catch (error) {
      const { code, message } = error as ProbeError;
      finish(new ProbeError(code, `${what}: ${message}`));
    }
    if (messages.length > WAITING) stream.pause();
    wake.resolve();
  }
  stream.on("response", (headers) => {
    first();
    const wrong = notGrpc(headers);
    if (wrong === "no gRPC") {
      const type = String(headers["content-type"] ?? "no content-type").slice(0, 100);
      finish(new ProbeError("protocol", `${what}: found ${type}, expected application/grpc`));
    } else if (wrong !== undefined) finish(grpcError(wrong, what, authenticated));
    else {
      early?.forEach(take);
      early = undefined;
      finishBy(headers);
    }
  });
  stream.on("data", (bytes: Uint8Array) => {
    first();
    // The runtime may give data before the headers that say what it is.
    if (early !== undefined) early.push(bytes);
    else take(bytes);
  });
  stream.on("end", () => {
    allRead = true;
    if (succeeded) finish(undefined);
  });
  stream.on("trailers", (headers: Headers) => finishBy(headers));
  stream.on("error", (error) => finish(h2Error(error, what)));
  stream.on("close", () => {
    if (succeeded && !reader.inside) return finish(undefined);
    const why = reader.inside ? "inside of a message" : "without a status";
    finish(new ProbeError("closed", `${what}: the stream ended ${why}`));
  });
  broken.catch((error) => finish(error));

  return {
    send(request) {
      stream.write(frame(method.encode(request)));
      if (asked) return;
      asked = true;
      clock.end("requestMs");
    },
    end: () => stream.end(),
    async next() {
      for (;;) {
        const message = messages.shift();
        if (message !== undefined) {
          if (stream.isPaused() && messages.length === 0) stream.resume();
          return decode(method, message, what);
        }
        if (ended !== undefined) {
          if (ended.error !== undefined) throw ended.error;
          return undefined;
        }
        wake = Promise.withResolvers();
        await wake.promise;
      }
    },
    cancel,
  };
}

function decode<Response>(
  method: GrpcMethod<never, Response>,
  message: Uint8Array,
  what: string,
): Response {
  try {
    return method.decode(message);
  } catch (error) {
    const why = (error as Error).message;
    throw new ProbeError("protocol", `${what}: the message is malformed: ${why}`, error);
  }
}
