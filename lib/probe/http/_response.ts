/**
 * Reads responses of HTTP/1.0 and 1.1 (RFC 9112) from bytes as they come.
 *
 * What a lenient client would guess is an error here: a probe tells what a server does wrong. All is
 * bounded: lines, headers, body.
 */
import { ProbeError } from "../error.ts";

/** Status line and headers. */
export interface ResponseHead {
  readonly status: number;
  /** `1.0` or `1.1`. */
  readonly version: string;
  /** By lower-case name; several of one name are joined by a comma. */
  readonly headers: Record<string, string>;
}

/** Reads one response. */
export interface ResponseReader {
  /**
   * Takes what came.
   *
   * @throws {ProbeError} `protocol` or `too-large`.
   */
  push(chunk: Uint8Array): void;
  /**
   * Says that the peer will send no more.
   *
   * @throws {ProbeError} `closed` if the response was not complete.
   */
  end(): void;
  /** The head as soon as it is there; of the final response, not of a 100. */
  head(): ResponseHead | undefined;
  /** Whether the response is complete. */
  done(): boolean;
  /** Whether the connection can be used again. */
  reusable(): boolean;
  /** The body until now. */
  body(): Uint8Array;
}

/** The most that a status line with all headers may have. */
export const MAX_HEAD_BYTES = 64 * 1024;
/** The most that the line before a chunk may have; extensions are allowed, and ignored. */
const MAX_CHUNK_LINE = 4096;

const STATUS_LINE = /^HTTP\/1\.([01]) (\d{3})(?: .*)?$/;
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/;
const CHUNK_SIZE = /^([0-9a-fA-F]{1,8})[ \t]*(?:;.*)?$/;

type Mode =
  | "head"
  | "fixed"
  | "until-close"
  | "chunk-line"
  | "chunk"
  | "chunk-end"
  | "trailers"
  | "done";

/**
 * Makes a reader.
 *
 * @param method What was asked: the answer to HEAD has no body.
 * @param maxBodyBytes The most that a body may have.
 * @param label The target, for messages.
 * @returns A reader of one response.
 */
export function createResponseReader(
  method: string,
  maxBodyBytes: number,
  label: string,
): ResponseReader {
  let mode: Mode = "head";
  let head: ResponseHead | undefined;
  let lines: string[] = [];
  let line: number[] = [];
  let headBytes = 0;
  let left = 0;
  let surplus = 0;
  const parts: Uint8Array[] = [];
  let length = 0;

  function fail(message: string): never {
    throw new ProbeError("protocol", `${label}: ${message}`);
  }
  function keep(part: Uint8Array): void {
    length += part.length;
    if (length > maxBodyBytes) {
      throw new ProbeError("too-large", `${label}: the body has more than ${maxBodyBytes} bytes`);
    }
    parts.push(part);
  }
  /** Takes bytes up to a line feed; gives the line when it is whole. */
  function readLine(chunk: Uint8Array, at: number, limit: number): [next: number, line?: string] {
    const found = chunk.indexOf(10, at);
    const end = found === -1 ? chunk.length : found;
    if (line.length + end - at > limit) {
      throw new ProbeError("too-large", `${label}: a line has more than ${limit} bytes`);
    }
    for (let i = at; i < end; i++) line.push(chunk[i]!);
    if (found === -1) return [end];
    if (line.at(-1) === 13) line.pop();
    const text = latin1(line);
    line = [];
    return [found + 1, text];
  }
  function takeHeadLine(text: string): void {
    headBytes += text.length + 2;
    if (headBytes > MAX_HEAD_BYTES) {
      throw new ProbeError(
        "too-large",
        `${label}: the headers have more than ${MAX_HEAD_BYTES} bytes`,
      );
    }
    if (lines.length === 0 && !STATUS_LINE.test(text)) {
      fail(`found ${JSON.stringify(text.slice(0, 60))}, expected a status line of HTTP/1.1`);
    }
    if (text !== "") return void lines.push(text);
    const found = parseHead(lines, fail);
    lines = [];
    // Interim responses: the final one follows. 101 changes the protocol and is final.
    if (found.status < 200 && found.status !== 101) return;
    head = found;
    begin(found);
  }
  function begin({ status, headers }: ResponseHead): void {
    const coding = headers["transfer-encoding"];
    const size = headers["content-length"];
    if (method === "HEAD" || status === 101 || status === 204 || status === 304) {
      mode = "done";
    } else if (coding !== undefined) {
      if (size !== undefined) fail("found both Content-Length and Transfer-Encoding");
      if (coding.toLowerCase() !== "chunked") {
        fail(`found Transfer-Encoding ${coding.slice(0, 60)}`);
      }
      mode = "chunk-line";
    } else if (size !== undefined) {
      const sizes = new Set(size.split(",").map((text) => text.trim()));
      const [only = ""] = sizes;
      if (sizes.size !== 1 || !/^\d{1,15}$/.test(only)) {
        fail(`found Content-Length ${size.slice(0, 60)}`);
      }
      left = Number(only);
      if (left > maxBodyBytes) {
        throw new ProbeError(
          "too-large",
          `${label}: the body has ${left} bytes, the limit is ${maxBodyBytes}`,
        );
      }
      mode = left === 0 ? "done" : "fixed";
    } else mode = "until-close";
  }
  function takeChunkLine(text: string): void {
    const size = CHUNK_SIZE.exec(text);
    if (size === null) fail(`found ${JSON.stringify(text.slice(0, 60))}, expected a chunk's size`);
    left = parseInt(size[1]!, 16);
    mode = left === 0 ? "trailers" : "chunk";
  }
  function step(chunk: Uint8Array, at: number): number {
    switch (mode) {
      case "head":
      case "trailers":
      case "chunk-line": {
        const limit = mode === "chunk-line" ? MAX_CHUNK_LINE : MAX_HEAD_BYTES;
        const [next, text] = readLine(chunk, at, limit);
        if (text === undefined) return next;
        if (mode === "head") takeHeadLine(text);
        else if (mode === "chunk-line") takeChunkLine(text);
        else if (text === "") mode = "done";
        else if ((headBytes += text.length) > MAX_HEAD_BYTES) fail("the trailers never end");
        return next;
      }
      case "chunk-end": {
        const [next, text] = readLine(chunk, at, 2);
        if (text === undefined) return next;
        if (text !== "") fail("a chunk is longer than it says");
        mode = "chunk-line";
        return next;
      }
      case "fixed":
      case "chunk": {
        const part = chunk.subarray(at, at + left);
        keep(part);
        left -= part.length;
        if (left === 0) mode = mode === "fixed" ? "done" : "chunk-end";
        return at + part.length;
      }
      case "until-close":
        keep(chunk.subarray(at));
        return chunk.length;
      case "done":
        surplus += chunk.length - at;
        return chunk.length;
    }
  }
  return {
    push(chunk) {
      for (let at = 0; at < chunk.length;) at = step(chunk, at);
    },
    end() {
      if (mode === "until-close") mode = "done";
      if (mode !== "done") {
        const where = head === undefined
          ? "before the headers were complete"
          : "inside of the body";
        throw new ProbeError("closed", `${label}: the peer closed the connection ${where}`);
      }
    },
    head: () => head,
    done: () => mode === "done",
    reusable() {
      if (head === undefined || mode !== "done" || surplus > 0 || head.status === 101) return false;
      const tokens = (head.headers.connection ?? "").toLowerCase().split(/\s*,\s*/);
      const bounded = method === "HEAD" || [204, 304].includes(head.status) ||
        "content-length" in head.headers || "transfer-encoding" in head.headers;
      return bounded &&
        (head.version === "1.1" ? !tokens.includes("close") : tokens.includes("keep-alive"));
    },
    body: () => joined(parts, length),
  };
}

function parseHead(lines: readonly string[], fail: (message: string) => never): ResponseHead {
  const [first = "", ...rest] = lines;
  const match = STATUS_LINE.exec(first);
  if (match === null) fail("the status line is missing");
  const headers: Record<string, string> = {};
  for (const text of rest) {
    const header = HEADER.exec(text);
    if (header === null) fail(`found ${JSON.stringify(text.slice(0, 60))}, expected a header`);
    const name = header[1]!.toLowerCase();
    // A name such as __proto__ must not reach the prototype.
    const known = Object.hasOwn(headers, name) ? `${headers[name]}, ` : "";
    Object.defineProperty(headers, name, {
      ...{ value: known + header[2]!, enumerable: true, writable: true, configurable: true },
    });
  }
  return { status: Number(match[2]), version: `1.${match[1]}`, headers };
}

function latin1(bytes: readonly number[]): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 4096) {
    text += String.fromCharCode(...bytes.slice(i, i + 4096));
  }
  return text;
}

/**
 * Joins pieces of a body.
 *
 * @param parts In their order.
 * @param length Of all.
 * @returns One array.
 */
export function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
