/** HTTP against nginx, compared with curl; and against servers that misbehave. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import type { HttpOptions } from "../../../lib/probe/http/types.ts";
import { nginx } from "../../../lib/probe/lab/nginx.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import type { RunningServer } from "../../../lib/probe/lab/types.ts";
import { http } from "../../../lib/probe/protocols/http.ts";
import { HttpResultSchema } from "../../../lib/probe/results.ts";
import { secret } from "../../../lib/probe/secret.ts";
import { parseTarget } from "../../../lib/probe/target.ts";
import { missingPeers, missingServers } from "../../peers/_peers.ts";
import { ask, samplesOf } from "../_probe.ts";
import { serveTcp } from "../_servers.ts";

const OPTIONS: HttpOptions = {
  method: "GET",
  path: "/",
  https: false,
  version: "auto",
  headers: {},
  redirects: 5,
  maxBodyBytes: 10_000_000,
  failOnStatus: true,
  tls: { verify: true },
};

const why = missingServers(nginx) ?? missingPeers({ curl: "curl" });

describe("http with nginx", { ignore: why !== undefined }, () => {
  let server: RunningServer;
  let plain: string;
  let encrypted: string;
  let caFile: string;
  let options: HttpOptions;

  beforeAll(async () => {
    server = await startServer(nginx);
    plain = `http://127.0.0.1:${server.ports.http}`;
    encrypted = `https://localhost:${server.ports.https}`;
    caFile = join(server.folder, "ca.pem");
    options = { ...OPTIONS, tls: { verify: true, ca: await Deno.readTextFile(caFile) } };
  });

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  /** What curl says of the same. */
  async function curl(url: string, ...args: string[]) {
    const format =
      '{"status":%{http_code},"version":"%{http_version}","bodyBytes":%{size_download},' +
      '"url":"%{url_effective}","redirects":%{num_redirects}}';
    const { stdout } = await new Deno.Command("curl", {
      args: ["-sS", "--cacert", caFile, "-o", "/dev/null", "-w", format, ...args, url],
      stdin: "null",
      stderr: "null",
    }).output();
    return JSON.parse(new TextDecoder().decode(stdout));
  }

  const cases: readonly (readonly [string, () => string, Partial<HttpOptions>, string[]])[] = [
    ["a page", () => `${plain}/`, {}, []],
    ["a large page", () => `${plain}/large.txt`, {}, []],
    ["a page by TLS and HTTP/2", () => `${encrypted}/`, {}, ["--http2"]],
    ["a large page by HTTP/2", () => `${encrypted}/large.txt`, {}, ["--http2"]],
    ["a page by TLS and HTTP/1.1", () => `${encrypted}/`, { version: "1.1" }, ["--http1.1"]],
    ["the head of a page", () => `${plain}/`, { method: "HEAD" }, ["-I"]],
    ["a page behind two redirects", () => `${encrypted}/redirect/2`, {}, ["-L", "--http2"]],
    ["a redirect that is not followed", () => `${plain}/redirect`, { redirects: 0 }, []],
    ["an answer without a body", () => `${plain}/status/204`, {}, []],
    ["an error that is expected", () => `${plain}/status/404`, { failOnStatus: false }, []],
  ];
  for (const [what, url, more, args] of cases) {
    it(`gets ${what} as curl does`, async () => {
      const { result, code } = await ask(http, url(), { ...options, ...more });
      expect(code).toBe(undefined);
      v.assert(HttpResultSchema, result);
      const { status, version, bodyBytes, url: last, redirects } = result;
      const found = { status, version, bodyBytes, url: last, redirects: redirects.length };
      expect(found).toEqual(await curl(url(), ...args));
    });
  }

  it("splits its time into phases, those of TLS only where there is TLS", async () => {
    const phases = async (url: string) =>
      Object.keys((await ask(http, url, options)).sample.phases).join(" ");
    const request = "requestMs firstByteMs transferMs";
    expect(await phases(`${plain}/`)).toBe(`connectMs ${request}`);
    expect(await phases(`${encrypted}/`)).toBe(`resolveMs connectMs tlsMs ${request}`);
  });

  for (const version of ["1.1", "2"] as const) {
    it(`asks again over a kept connection of HTTP/${version}`, async () => {
      const samples = await samplesOf({
        ...{ protocol: http, options: { ...options, version } },
        targets: [parseTarget(`${encrypted}/`)],
        settings: { count: 5, intervalMs: 0, warm: true },
      });
      expect(samples.map(({ sample: { connection, phases } }) => [connection, "tlsMs" in phases]))
        .toEqual([["cold", true], ...Array.from({ length: 4 }, () => ["warm", false])]);
    });
  }

  it("says what TLS found", async () => {
    const { result } = await ask(http, `${encrypted}/`, options);
    expect(result?.tls).toMatchObject({ verified: true, alpn: "h2", serverName: "localhost" });
  });

  it("refuses a certificate that is not trusted, before it sends anything", async () => {
    const untrusting = { ...options, tls: { verify: true } };
    expect((await ask(http, `${encrypted}/`, untrusting)).code).toBe("tls-untrusted");
  });

  it("checks the body", async () => {
    const matching = { ...options, bodyMatches: (body: string) => body === "hello from nginx\n" };
    expect((await ask(http, `${plain}/`, matching)).result?.bodyMatches).toBe(true);
    expect((await ask(http, `${plain}/large.txt`, matching)).result?.bodyMatches).toBe(false);
  });

  it("keeps the answer of a status that is an error", async () => {
    const { code, result } = await ask(http, `${plain}/status/500`, options);
    expect([code, result?.status]).toEqual(["remote-error", 500]);
  });

  for (
    const [path, code] of [["/loop", "too-large"], ["/downgrade", "protocol"]] as const
  ) {
    it(`says ${code} for the redirects of ${path}`, async () => {
      expect((await ask(http, `${encrypted}${path}`, options)).code).toBe(code);
    });
  }

  it("bounds the body, by HTTP/1.1 and 2", async () => {
    for (const version of ["1.1", "2"] as const) {
      const small = { ...options, version, maxBodyBytes: 1000 };
      expect((await ask(http, `${encrypted}/large.txt`, small)).code).toBe("too-large");
    }
  });

  it("takes the address of an inventory for the host of its URL", async () => {
    const [event] = await samplesOf({
      ...{ protocol: http, options },
      targets: [{ label: "web", host: "127.0.0.1", variables: { url: `${encrypted}/` } }],
    });
    expect(event?.sample.ok).toBe(true);
  });
});

describe("http with servers that misbehave", () => {
  const faults: readonly (readonly [string, string, Parameters<typeof serveTcp>[0]])[] = [
    ["garbage", "protocol", (s) => void s.end("\x00\x01\x02garbage\r\n")],
    ["a banner of SSH", "protocol", (s) => void s.write("SSH-2.0-x\r\n")],
    ["a close without an answer", "closed", (s) => void s.once("data", () => s.end())],
    [
      "a reset in the middle of the body",
      "reset",
      (s) =>
        void s.once(
          "data",
          () =>
            s.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx", () =>
              setTimeout(() => s.resetAndDestroy(), 20)),
        ),
    ],
    [
      "a close in the middle of the body",
      "closed",
      (s) => void s.once("data", () => s.end("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx")),
    ],
    ["headers that come byte by byte without end", "timeout", (s) => {
      const timer = setInterval(() => s.write("H"), 20);
      s.write("HTTP/1.1 200 OK\r\nX: ");
      s.on("close", () => clearInterval(timer));
    }],
    ["silence", "timeout", () => {}],
    [
      "headers that are too large",
      "too-large",
      (s) => void s.once("data", () => s.write(`HTTP/1.1 200 OK\r\nX: ${"x".repeat(100_000)}`)),
    ],
    [
      "a redirect to another protocol",
      "protocol",
      (s) =>
        void s.once(
          "data",
          () =>
            s.end("HTTP/1.1 302 x\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"),
        ),
    ],
    [
      "a redirect to a name that can't be one",
      "dns-nxdomain",
      (s) =>
        void s.once(
          "data",
          () =>
            s.end("HTTP/1.1 302 x\r\nLocation: http://-no-.invalid/\r\nContent-Length: 0\r\n\r\n"),
        ),
    ],
  ];
  for (const [what, code, behave] of faults) {
    it(`says ${code} for ${what}`, async () => {
      await using server = await serveTcp(behave);
      const found = await ask(http, `http://${server.target}/`, OPTIONS, { timeoutMs: 400 });
      expect(found.code).toBe(code);
    });
  }

  it("says not-supported where HTTP/2 is not offered", async () => {
    await using server = await serveTcp((s) => void s.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const asked = await ask(http, `http://${server.target}/`, { ...OPTIONS, version: "2" }, {
      timeoutMs: 1000,
    });
    expect(["protocol", "closed", "reset"]).toContain(asked.code);
  });

  it("keeps a secret out of the answer of a server that sends it back", async () => {
    await using server = await serveTcp((s) =>
      void s.once("data", (chunk) => {
        const [, value] = /x-token: (\S+)/.exec(String(chunk))!;
        s.end(`HTTP/1.1 200 OK\r\nX-Echo: <${value}>\r\nContent-Length: 0\r\n\r\n`);
      })
    );
    const headers = { "x-token": secret("token-of-this-test") };
    const { result } = await ask(http, `http://${server.target}/`, { ...OPTIONS, headers });
    expect(result?.headers["x-echo"]).toBe("<[secret]>");
  });

  it("sends secrets to the first host only", async () => {
    const seen: string[] = [];
    const answer = (text: () => string) => (s: Parameters<Parameters<typeof serveTcp>[0]>[0]) =>
      void s.on("data", (chunk) => {
        seen.push(String(chunk));
        s.end(text());
      });
    const empty = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    await using second = await serveTcp(answer(() => empty));
    await using first = await serveTcp(
      answer(() =>
        `HTTP/1.1 302 x\r\nLocation: http://${second.target}/x\r\nContent-Length: 0\r\n\r\n`
      ),
    );
    const headers = { authorization: secret("Bearer abcdefgh"), "x-plain": "1" };
    const { code } = await ask(http, `http://${first.target}/`, { ...OPTIONS, headers });
    expect([code, seen.length]).toEqual([undefined, 2]);
    expect(seen.map((text) => text.includes("abcdefgh"))).toEqual([true, false]);
    expect(seen.every((text) => text.includes("x-plain: 1"))).toBe(true);
  });
});
