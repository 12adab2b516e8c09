import { afterAll, afterEach, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import ssh2 from "../../../lib/probe/ssh/_ssh2.ts";
import { netconf } from "../../../lib/probe/protocols/netconf.ts";
import { netconfd } from "../../../lib/probe/lab/netconfd.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import type { RunningServer } from "../../../lib/probe/lab/types.ts";
import { asChunk, endOfMessage } from "../../../lib/probe/netconf/framing.ts";
import type { NetconfQuery } from "../../../lib/probe/netconf/messages.ts";
import type { NetconfOptions } from "../../../lib/probe/netconf/types.ts";
import { childrenOf, parseXml } from "../../../lib/probe/netconf/xml.ts";
import { missingServers } from "../../peers/_peers.ts";
import { attempt, failure, openSsh, options, probeOnce, target } from "../ssh/_lab.ts";

/** How ssh2's server asks whether it may give what a client wants. */
type Accept = () => ssh2.ClientChannel;
interface Asked {
  readonly name: string;
}

const STATE = `<netconf-state xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring">` +
  `<datastores/></netconf-state>`;
const ask = (server: { folder: string }, query?: NetconfQuery): NetconfOptions => ({
  ...options(server),
  maxBytes: 1_000_000,
  raw: false,
  ...(query === undefined ? {} : { query }),
});

describe("netconf with a real server", { ignore: missingServers(netconfd) !== undefined }, () => {
  let server: RunningServer;
  let port: number;
  beforeAll(async () => {
    server = await startServer(netconfd);
    port = server.ports["netconf"]!;
  });
  afterAll(async () => await server?.[Symbol.asyncDispose]());

  /** What the server answers to a request that OpenSSH's client carries, in the old framing. */
  async function theirs(operation: string): Promise<string> {
    const [program, ...args] = openSsh(server, port, "-s", "127.0.0.1", "netconf");
    const child = new Deno.Command(program, { args, stdin: "piped", stdout: "piped" }).spawn();
    const writer = child.stdin.getWriter();
    const base = "urn:ietf:params:xml:ns:netconf:base:1.0";
    const messages = [
      `<hello xmlns="${base}"><capabilities><capability>urn:ietf:params:netconf:base:1.0` +
      `</capability></capabilities></hello>`,
      `<rpc xmlns="${base}" message-id="9">${operation}</rpc>`,
    ];
    let output = "";
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    // The server hangs when a request comes before it has said hello.
    for (const [i, message] of messages.entries()) {
      await writer.write(endOfMessage(message));
      while (output.split("]]>]]>").length < i + 2) {
        const { value, done } = await reader.read();
        if (done) throw new TypeError(`ssh ended after ${output}`);
        output += value;
      }
    }
    await writer.close();
    await reader.cancel();
    await child.status;
    return output;
  }

  it("says hello, and tells the capabilities that the same server tells OpenSSH's client", async () => {
    const at = attempt();
    const { base, sessionId, capabilities, weak } = await probeOnce(
      netconf,
      target(port),
      ask(server),
      at,
    );
    expect([base, weak]).toEqual(["1.1", []]);
    expect(Number(sessionId)).toBeGreaterThan(0);
    const [hello] = (await theirs("<get-config><source><running/></source></get-config>"))
      .split("]]>]]>");
    const list = childrenOf(childrenOf(parseXml(hello!), "hello")[0], "capabilities")[0];
    expect(capabilities).toEqual(childrenOf(list, "capability"));
    expect(Object.keys(at.clock.phases))
      .toEqual(["connectMs", "bannerMs", "kexMs", "authMs", "channelMs"]);
  });

  it("gets what a subtree filter selects, as OpenSSH's client does with it", async () => {
    const query: NetconfQuery = {
      operation: "get",
      source: "running",
      filter: { kind: "subtree", xml: STATE },
    };
    const { reply } = await probeOnce(netconf, target(port), { ...ask(server, query), raw: true });
    const raw = (await theirs(`<get><filter type="subtree">${STATE}</filter></get>`))
      .split("]]>]]>")[1]!;
    const data = childrenOf(childrenOf(parseXml(raw), "rpc-reply")[0], "data")[0];
    expect(reply?.data).toEqual(data);
    expect(JSON.stringify(data)).toContain("running");
    expect(reply?.xml).toContain("<name>running</name>");
    expect(reply?.bytes).toBe(Buffer.byteLength(reply!.xml!));
  });

  it("gets what an XPath expression selects", async () => {
    const { reply } = await probeOnce(
      netconf,
      target(port),
      ask(server, {
        operation: "get",
        source: "running",
        filter: {
          kind: "xpath",
          select: "/ncm:netconf-state/ncm:statistics/ncm:in-sessions",
          namespaces: { ncm: "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring" },
        },
      }),
    );
    expect(reply?.data).toMatchObject({
      "netconf-state": { statistics: { "in-sessions": expect.stringMatching(/^\d+$/) } },
    });
  });

  it("gets configurations, several over one session", async () => {
    const at = attempt();
    const query: NetconfQuery = { operation: "get-config", source: "candidate" };
    await using session = await netconf.open(target(port), ask(server, query), at);
    const cold = await session.request(at);
    expect(session.reusable).toBe(true);
    const later = attempt();
    const warm = await session.request(later);
    expect(warm.reply?.data).toEqual(cold.reply?.data);
    expect(warm.sessionId).toBe(cold.sessionId);
    expect(Object.keys(later.clock.phases)).toEqual(["firstByteMs", "transferMs"]);
  });

  it("tells what the server can't do or refuses, and too large an answer", async () => {
    const startup = await failure(
      probeOnce(netconf, target(port), ask(server, { operation: "get-config", source: "startup" })),
    );
    expect(startup.code).toBe("not-supported");
    const broken = await failure(probeOnce(
      netconf,
      target(port),
      ask(server, {
        operation: "get",
        source: "running",
        filter: { kind: "xpath", select: "/nowhere[", namespaces: {} },
      }),
    ));
    expect(broken.code).toBe("remote-error");
    expect(broken.message).toMatch(/^[a-z-]+: /);
    const large = await failure(probeOnce(netconf, target(port), {
      ...ask(server, { operation: "get", source: "running" }),
      maxBytes: 5000,
    }));
    expect(large.code).toBe("too-large");
  });
});

describe("a peer that is no good NETCONF server", {
  ignore: missingServers(netconfd) !== undefined,
}, () => {
  let folder: string;
  let peer: ssh2.Server | undefined;
  beforeAll(async () => {
    folder = await Deno.makeTempDir();
    for (const name of ["id", "host"]) {
      await new Deno.Command("ssh-keygen", {
        args: ["-q", "-t", "ed25519", "-N", "", "-f", join(folder, name)],
      }).output();
    }
    const [type, key] = (await Deno.readTextFile(join(folder, "host.pub"))).split(" ");
    await Deno.writeTextFile(join(folder, "known_hosts"), `* ${type} ${key}\n`);
  });
  afterAll(async () => await Deno.remove(folder, { recursive: true }));
  afterEach(async () => {
    await new Promise<void>((done) => peer === undefined ? done() : peer.close(() => done()));
    peer = undefined;
  });

  /** A server that says what it is told to: first at once, then in answer to each message. */
  async function told(
    first: string | Buffer,
    then: readonly (string | Buffer)[] = [],
    timeoutMs = 5000,
  ): Promise<string[]> {
    const server = peer = new ssh2.Server(
      { hostKeys: [Deno.readTextFileSync(join(folder, "host"))] },
      (client) => {
        client.on("error", () => {}).on("authentication", (context) => context.accept());
        client.on("session", (accept) => {
          accept().on("subsystem", (accept: Accept, reject: () => void, { name }: Asked) => {
            if (name !== "netconf" || first === "refuse") return reject();
            const channel = accept();
            const answers = [...then];
            channel.write(first);
            channel.on("data", (chunk: Buffer) => {
              // The client's hello needs no answer.
              if (chunk.includes("<hello")) return;
              const answer = answers.shift();
              if (answer === "close") client.end();
              else if (answer !== undefined) channel.write(answer);
            });
          });
        });
      },
    );
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as { port: number };
    const query: NetconfQuery = { operation: "get", source: "running" };
    const { code, message } = await failure(
      probeOnce(netconf, target(port), ask({ folder }, query), attempt(timeoutMs)),
    );
    return [code, message];
  }
  const hello = (base: string) =>
    endOfMessage(
      `<hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><capabilities><capability>` +
        `urn:ietf:params:netconf:base:${base}</capability></capabilities>` +
        `<session-id>1</session-id></hello>`,
    );
  const bomb = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;">` +
    `<!ENTITY c "&b;&b;&b;&b;&b;">]><rpc-reply message-id="1"><data>&c;</data></rpc-reply>`;

  it("not-supported: no NETCONF, no common framing", async () => {
    expect((await told("refuse"))[0]).toBe("not-supported");
    expect((await told(hello("2.0")))[0]).toBe("not-supported");
  });

  it("protocol: garbage instead of a hello, an XML bomb as hello or as reply", async () => {
    expect((await told(endOfMessage("SSH is not enough")))[0]).toBe("protocol");
    expect(await told(endOfMessage(bomb)))
      .toEqual(["protocol", expect.stringContaining("document type")]);
    expect(await told(hello("1.1"), [asChunk(bomb)]))
      .toEqual(["protocol", expect.stringContaining("document type")]);
  });

  it("too-large: a huge chunk is refused by its head, a hello without end by its size", async () => {
    expect(await told(hello("1.1"), ["\n#4294967295\n<rpc-reply"]))
      .toEqual(["too-large", expect.stringContaining("4294967295")]);
    expect((await told("x".repeat(1_100_000)))[0]).toBe("too-large");
  });

  it("protocol: the old framing where the new one was agreed on, another message's reply", async () => {
    const reply = `<rpc-reply message-id="77"><data/></rpc-reply>`;
    expect(await told(hello("1.1"), [endOfMessage(reply)]))
      .toEqual(["protocol", expect.stringContaining("head of a chunk")]);
    expect(await told(hello("1.0"), [endOfMessage(reply)]))
      .toEqual(["protocol", expect.stringContaining("message 77, expected 1")]);
  });

  it("closed: hangs up instead of answering", async () => {
    expect((await told(hello("1.1"), ["close"]))[0]).toBe("closed");
  });

  it("timeout: no hello, no reply, half a reply", async () => {
    expect((await told("", [], 400))[0]).toBe("timeout");
    expect((await told(hello("1.1"), [], 400))[0]).toBe("timeout");
    expect((await told(hello("1.1"), ["\n#100\n<rpc-"], 400))[0]).toBe("timeout");
  });
});
