import { afterAll, afterEach, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { nginx } from "../../../lib/probe/lab/nginx.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import type { RunningServer } from "../../../lib/probe/lab/types.ts";
import { restconf } from "../../../lib/probe/protocols/restconf.ts";
import type { RestconfOptions, RestconfQuery } from "../../../lib/probe/restconf/types.ts";
import { dataUrl } from "../../../lib/probe/restconf/urls.ts";
import { secret } from "../../../lib/probe/secret.ts";
import type { Target } from "../../../lib/probe/types.ts";
import { missingPeers, missingServers } from "../../peers/_peers.ts";
import { attempt, failure, probeOnce, run, target } from "../ssh/_lab.ts";
import { PASSWORD, restconfServer, USER } from "./_server.ts";

const PLAIN: RestconfOptions = {
  plain: true,
  tls: { verify: true },
  format: "json",
  maxBytes: 1_000_000,
};
const missing = missingServers(restconfServer) ?? missingPeers({ curl: "curl" });

describe("restconf with a real web server", { ignore: missing !== undefined }, () => {
  let server: RunningServer;
  let secure: Target;
  let options: RestconfOptions;
  beforeAll(async () => {
    server = await startServer(restconfServer);
    secure = { ...target(server.ports["https"]!), host: "localhost" };
    const ca = await Deno.readTextFile(join(server.folder, "ca.pem"));
    options = { ...PLAIN, plain: false, tls: { verify: true, ca } };
  });
  afterAll(async () => await server?.[Symbol.asyncDispose]());

  const read = (query: RestconfQuery, more: Partial<RestconfOptions> = {}) =>
    probeOnce(restconf, secure, { ...options, query, ...more });
  const told = async (path: string, more: Partial<RestconfOptions> = {}) => {
    const { code, message } = await failure(read({ path }, more));
    return [code, message];
  };
  /** What curl gets for the same address. */
  async function theirs(path: string, accept = "application/yang-data+json"): Promise<string> {
    const { code, stdout } = await run([
      "curl",
      ...["-sS", "--cacert", join(server.folder, "ca.pem"), "-H", `Accept: ${accept}`],
      `https://localhost:${server.ports["https"]}${path}`,
    ]);
    expect(code).toBe(0);
    return stdout;
  }

  it("finds the API by host-meta, and tells its capabilities; TLS is verified", async () => {
    const at = attempt();
    const { tls, ...result } = await probeOnce(restconf, secure, options, at);
    expect(result).toEqual({
      root: "/api",
      discovered: true,
      url: `https://localhost:${server.ports["https"]}/api`,
      status: 200,
      version: "2",
      yangLibraryVersion: "2019-01-04",
      capabilities: [
        "urn:ietf:params:restconf:capability:depth:1.0",
        "urn:ietf:params:restconf:capability:fields:1.0",
      ],
      weak: [],
    });
    expect(tls?.verified).toBe(true);
    expect(Object.keys(at.clock.phases))
      .toEqual(expect.arrayContaining(["connectMs", "tlsMs", "firstByteMs", "transferMs"]));
  });

  it("reads data in JSON and XML, as curl does", async () => {
    const path = "ietf-interfaces:interfaces";
    const json = await read({ path });
    expect(json.reply?.data).toEqual(JSON.parse(await theirs(`/api/data/${path}`)));
    expect(json.reply?.mediaType).toBe("application/yang-data+json");
    const xml = await read({ path }, { format: "xml" });
    expect(xml.reply?.data).toMatchObject({
      interfaces: { interface: [{ name: "lo" }, { name: "eth0" }] },
    });
    expect(xml.reply?.bytes)
      .toBe((await theirs(`/api/data/${path}`, "application/yang-data+xml")).length);
  });

  it("asks for depth and fields", async () => {
    const query = { path: "ietf-interfaces:interfaces", depth: 2, fields: "interface(name)" };
    const { reply, url } = await read(query);
    expect(url).toContain("?depth=2&fields=interface(name)");
    expect(reply?.data).toEqual({
      "ietf-interfaces:interfaces": { interface: [{ name: "lo" }, { name: "eth0" }] },
    });
  });

  it("asks again over the same connection, without looking for the API again", async () => {
    const at = attempt();
    const query = { path: "ietf-interfaces:interfaces" };
    await using connection = await restconf.open(secure, { ...options, query }, at);
    const cold = await connection.request(at);
    expect(connection.reusable).toBe(true);
    const later = attempt();
    expect((await connection.request(later)).reply).toEqual(cold.reply);
    expect(Object.keys(later.clock.phases)).toEqual(["requestMs", "firstByteMs", "transferMs"]);
  });

  it("logs in, and takes the password out of what comes back", async () => {
    const login = { user: USER, password: secret(PASSWORD) };
    const { reply } = await read({ path: "private" }, login);
    expect(reply?.data).toEqual({ "x:echo": "you are [secret]" });
    expect((await told("private"))[0]).toBe("auth-missing");
    expect((await told("private", { user: USER, password: secret("wrong one") }))[0])
      .toBe("auth-failed");
  });

  it("goes without TLS only when told to, and says so", async () => {
    const { weak, tls } = await probeOnce(restconf, target(server.ports["http"]!), PLAIN);
    expect([weak, tls]).toEqual([["cleartext"], undefined]);
    const distrusting = { ...options, tls: { verify: true } };
    expect((await failure(probeOnce(restconf, secure, distrusting))).code).toMatch(/^tls-/);
    expect((await failure(probeOnce(restconf, target(server.ports["http"]!), options))).code)
      .toBe("tls-protocol");
  });

  it("tells what an answer means that is no success", async () => {
    expect(await told("invalid")).toEqual([
      "remote-error",
      expect.stringContaining("/api/data/invalid: status 400: invalid-value, no such key"),
    ]);
    expect(await told("nowhere")).toEqual(["remote-error", expect.stringContaining("status 404")]);
    expect(await told("moved"))
      .toEqual(["not-supported", expect.stringContaining("https://elsewhere.example/")]);
    expect((await read({ path: "empty" })).reply?.data).toBeNull();
  });

  it("refuses what it should not take: bombs, nesting, broken and foreign data, too much", async () => {
    expect(await told("bomb", { format: "xml" }))
      .toEqual(["protocol", expect.stringContaining("document type")]);
    expect(await told("deep")).toEqual(["protocol", expect.stringContaining("more than 200 deep")]);
    expect(await told("broken")).toEqual(["protocol", expect.stringContaining("malformed")]);
    expect(await told("html")).toEqual(["protocol", expect.stringContaining("text/html")]);
    const large = await told("ietf-interfaces:interfaces", { maxBytes: 50, root: "/api" });
    expect(large[0]).toBe("too-large");
  });

  it("finds the lab's API too", { ignore: missingServers(nginx) !== undefined }, async () => {
    await using lab = await startServer(nginx);
    const { root, reply } = await probeOnce(restconf, target(lab.ports["http"]!), {
      ...PLAIN,
      query: { path: "ietf-interfaces:interfaces" },
    });
    expect(root).toBe("/restconf");
    expect(JSON.stringify(reply?.data)).toContain("softwareLoopback");
  });
});

describe("a peer that is no good RESTCONF server", () => {
  let peer: Server | undefined;
  const sockets = new Set<Socket>();
  afterEach(async () => {
    sockets.forEach((socket) => socket.destroy());
    await new Promise<void>((done) => peer === undefined ? done() : peer.close(() => done()));
    peer = undefined;
  });
  async function told(answer: string | undefined, timeoutMs = 5000): Promise<string[]> {
    const server = peer = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => {}).on("close", () => sockets.delete(socket));
      socket.once("data", () => {
        if (answer === "reset") socket.resetAndDestroy();
        else if (answer !== undefined) socket.end(answer);
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as { port: number };
    const { code, message } = await failure(
      probeOnce(restconf, target(port), PLAIN, attempt(timeoutMs)),
    );
    return [code, message];
  }
  const meta = (body: string) =>
    `HTTP/1.1 200 OK\r\nContent-Type: application/xrd+xml\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

  it("not-supported: no host-meta, or one without RESTCONF", async () => {
    expect((await told("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))[0])
      .toBe("not-supported");
    expect((await told(meta("<XRD><Link rel='x' href='/'/></XRD>")))[0]).toBe("not-supported");
  });

  it("protocol: garbage, a bomb, an API on another host", async () => {
    expect((await told("SSH-2.0-OpenSSH_9.2p1\r\n"))[0]).toBe("protocol");
    expect((await told(meta("<!DOCTYPE a [<!ENTITY b 'c'>]><XRD/>")))[0]).toBe("protocol");
    const elsewhere = "<XRD><Link rel='restconf' href='https://evil.example/'/></XRD>";
    expect(await told(meta(elsewhere)))
      .toEqual(["protocol", expect.stringContaining("on another host")]);
  });

  it("reset, closed, timeout", async () => {
    expect((await told("reset"))[0]).toBe("reset");
    expect((await told("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<XRD>"))[0]).toBe("closed");
    expect((await told(undefined, 300))[0]).toBe("timeout");
  });
});

describe("an address of data", () => {
  it("has its parameters as RFC 8040 writes them", () => {
    const origin = new URL("https://r1/");
    const url = (query: RestconfQuery) => dataUrl(origin, "/restconf", query).href;
    expect(url({ path: "" })).toBe("https://r1/restconf/data");
    expect(url({ path: "/m:a/b=x%2Fy", depth: "unbounded", content: "config" }))
      .toBe("https://r1/restconf/data/m:a/b=x%2Fy?content=config&depth=unbounded");
    expect(url({ path: "m:a", fields: "b(c;d)/e&f" }))
      .toBe("https://r1/restconf/data/m:a?fields=b(c;d)/e%26f");
  });
});
