/** The reader of HTTP/1.x: good responses in all cuts, bad ones, and whatever comes. */
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { createResponseReader, MAX_HEAD_BYTES } from "../../../lib/probe/http/_response.ts";
import { mutated, seeded } from "../_seeded.ts";

const encode = (text: string) => new TextEncoder().encode(text);

interface Read {
  status?: number;
  body?: string;
  done: boolean;
  reusable: boolean;
  headers?: Record<string, string>;
}

/** Reads a text that comes in pieces of a size. */
function read(
  text: string,
  { size = Infinity, method = "GET", limit = 1e6, end = false } = {},
): Read {
  const reader = createResponseReader(method, limit, "r1");
  const bytes = encode(text);
  for (let at = 0; at < bytes.length; at += size) {
    reader.push(bytes.subarray(at, Math.min(bytes.length, at + size)));
  }
  if (end) reader.end();
  const head = reader.head();
  return {
    ...(head === undefined ? {} : { status: head.status, headers: head.headers }),
    body: new TextDecoder().decode(reader.body()),
    done: reader.done(),
    reusable: reader.reusable(),
  };
}

function code(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return "none";
}

const OK = "HTTP/1.1 200 OK\r\n";

describe("createResponseReader", () => {
  const good: readonly (readonly [string, string, Partial<Read>, object?])[] = [
    ["a length", `${OK}Content-Length: 5\r\n\r\nhello`, { body: "hello", reusable: true }],
    ["a length of zero", `${OK}content-length:0\r\n\r\n`, { body: "", reusable: true }],
    [
      "chunks",
      `${OK}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1;x=y\r\n!\r\n0\r\nTrailer: 1\r\n\r\n`,
      { body: "hello!", reusable: true },
    ],
    ["no length", `${OK}\r\nhello`, { body: "hello", reusable: false }, { end: true }],
    ["no reason", "HTTP/1.1 204\r\n\r\n", { status: 204, body: "", reusable: true }],
    ["a close", `${OK}Connection: close\r\nContent-Length: 1\r\n\r\nx`, { reusable: false }],
    ["HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", { reusable: false }],
    ["bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 2\n\nab", { body: "ab" }],
    [
      "an interim response",
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${OK}Content-Length: 1\r\n\r\nx`,
      { status: 200, body: "x", headers: { "content-length": "1" } },
    ],
    [
      "repeated headers",
      `${OK}A: 1\r\na:\t2 \r\nContent-Length: 0\r\n\r\n`,
      { headers: { a: "1, 2", "content-length": "0" } },
    ],
    ["an answer to HEAD", `${OK}Content-Length: 999\r\n\r\n`, { body: "" }, { method: "HEAD" }],
    ["304 with a length", "HTTP/1.1 304 x\r\nContent-Length: 9\r\n\r\n", { status: 304, body: "" }],
    ["equal lengths", `${OK}Content-Length: 1\r\nContent-Length: 1\r\n\r\nx`, { body: "x" }],
    ["more than the answer", `${OK}Content-Length: 1\r\n\r\nxy`, { body: "x", reusable: false }],
  ];
  for (const [what, text, expected, options = {}] of good) {
    it(`reads ${what}, however it is cut`, () => {
      for (const size of [Infinity, 1, 2, 3, 7]) {
        expect(read(text, { ...options, size })).toMatchObject({ done: true, ...expected });
      }
    });
  }

  const bad: readonly (readonly [string, string, string, object?])[] = [
    ["garbage", "SSH-2.0-OpenSSH_9\r\n", "protocol"],
    ["another version", "HTTP/2.0 200 OK\r\n\r\n", "protocol"],
    ["a status of two digits", "HTTP/1.1 20 OK\r\n", "protocol"],
    ["a header without a colon", `${OK}Foo\r\n\r\n`, "protocol"],
    ["a blank before the colon", `${OK}Foo : x\r\n\r\n`, "protocol"],
    ["a folded header", `${OK}Foo: x\r\n y\r\n\r\n`, "protocol"],
    ["two lengths", `${OK}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, "protocol"],
    ["a negative length", `${OK}Content-Length: -1\r\n\r\n`, "protocol"],
    [
      "a length and chunks",
      `${OK}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
      "protocol",
    ],
    ["another coding", `${OK}Transfer-Encoding: gzip, chunked\r\n\r\n`, "protocol"],
    ["a chunk without a size", `${OK}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`, "protocol"],
    [
      "a chunk that is too long",
      `${OK}Transfer-Encoding: chunked\r\n\r\n1\r\nxyz\r\n`,
      "too-large",
    ],
    ["a body beyond the limit", `${OK}Content-Length: 11\r\n\r\n`, "too-large", { limit: 10 }],
    ["a stream beyond the limit", `${OK}\r\n${"x".repeat(11)}`, "too-large", { limit: 10 }],
    ["a header without end", `${OK}A: ${"x".repeat(MAX_HEAD_BYTES)}`, "too-large"],
    ["headers without end", OK + "A: b\r\n".repeat(MAX_HEAD_BYTES / 6 + 1), "too-large"],
    ["an end in the headers", `${OK}A: b\r\n`, "closed", { end: true }],
    ["an end in the body", `${OK}Content-Length: 9\r\n\r\nx`, "closed", { end: true }],
    ["an end between chunks", `${OK}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n`, "closed", {
      end: true,
    }],
  ];
  for (const [what, text, expected, options = {}] of bad) {
    it(`says ${expected} for ${what}`, () => {
      for (const size of [Infinity, 1, 3]) {
        expect(code(() => read(text, { ...options, size }))).toBe(expected);
      }
    });
  }

  it("keeps names that objects have of their own as plain headers", () => {
    const { headers } = read(`${OK}__proto__: x\r\nconstructor: y\r\nContent-Length: 0\r\n\r\n`);
    expect(Object.entries(headers!)).toEqual([
      ...[["__proto__", "x"], ["constructor", "y"], ["content-length", "0"]],
    ]);
    expect(({} as Record<string, unknown>).x).toBe(undefined);
  });

  it("fails with a code and nothing else, whatever comes", () => {
    const random = seeded(3);
    const texts = good.map(([, text]) => encode(text));
    for (let i = 0; i < 20_000; i++) {
      const bytes = mutated(random, texts[random(texts.length)]!);
      const reader = createResponseReader("GET", 1000, "r1");
      const found = code(() => {
        for (let at = 0; at < bytes.length; at += 5) reader.push(bytes.subarray(at, at + 5));
        reader.end();
      });
      expect(["none", "protocol", "too-large", "closed"]).toContain(found);
    }
  });
});
