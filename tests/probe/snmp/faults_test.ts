/** Agents that misbehave: each ends as a named error, within the limit. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { createSocket } from "node:dgram";
import { ProbeError } from "../../../lib/probe/error.ts";
import {
  type CommunityMessage,
  communityMessage,
  readMessage,
} from "../../../lib/probe/snmp/message.ts";
import { oidContent } from "../../../lib/probe/snmp/oid.ts";
import { type Pdu, responsePdu } from "../../../lib/probe/snmp/pdu.ts";
import type { SnmpOptions } from "../../../lib/probe/snmp/options.ts";
import type { VarBind } from "../../../lib/probe/snmp/varbind.ts";
import { snmp } from "../../../lib/probe/protocols/snmp.ts";
import { attempt, community, probe } from "./_attempt.ts";

/** An agent on loopback that answers each datagram with what `answer` gives. */
async function agent(answer: (question: Uint8Array, count: number) => readonly Uint8Array[]) {
  const socket = createSocket("udp4");
  let count = 0;
  socket.on("message", (bytes, from) => {
    for (const reply of answer(new Uint8Array(bytes), count++)) {
      socket.send(reply, from.port, from.address);
    }
  });
  await new Promise<void>((done) => socket.bind(0, "127.0.0.1", done));
  return {
    port: socket.address().port,
    [Symbol.asyncDispose]: () => new Promise<void>((done) => socket.close(() => done())),
  };
}

function object(oid: string, value = 1): VarBind {
  return { oid, name: oidContent(oid), type: "Integer32", value };
}

/** The answer of a good agent, with these objects. */
function reply(question: Uint8Array, objects: readonly VarBind[]): Uint8Array {
  const { version, community, pdu } = readMessage(question) as CommunityMessage;
  return communityMessage(version, community, responsePdu((pdu as Pdu).requestId, objects));
}

const ROOT = "1.3.6.1.4.1.8072.1";
const GET: SnmpOptions = {
  credentials: community("2c"),
  operation: "get",
  objects: [`${ROOT}.1`],
};
const WALK: SnmpOptions = { ...GET, operation: "subtree", objects: [ROOT] };

async function errorOf(promise: Promise<unknown>): Promise<ProbeError> {
  const error = await promise.then(() => undefined, (error) => error);
  expect(error).toBeInstanceOf(ProbeError);
  return error;
}

describe("an agent", () => {
  it("is asked by IPv6, whatever its address is spelled like", async () => {
    const socket = createSocket("udp6");
    socket.on("message", (bytes, from) => {
      const answer = reply(new Uint8Array(bytes), [object(`${ROOT}.1`, 6)]);
      socket.send(answer, from.port, from.address);
    });
    await new Promise<void>((done) => socket.bind(0, "::1", done));
    const { port } = socket.address();
    const one = attempt();
    const host = "0:0:0:0:0:0:0:1";
    await using connection = await snmp.open({ label: host, host, port, variables: {} }, GET, one);
    const { objects } = await connection.request(one);
    await new Promise<void>((done) => socket.close(() => done()));
    expect(objects!.map(({ value }) => value)).toEqual([6]);
  });

  it("that answers garbage is told apart from one that is silent", async () => {
    await using garbage = await agent(() => [new TextEncoder().encode("HTTP/1.1 400 Bad Request")]);
    const error = await errorOf(probe(garbage.port, GET));
    expect(error.code).toBe("protocol");
    expect(error.message).toContain("Malformed SNMP message");
    await using silent = await agent(() => []);
    expect((await errorOf(probe(silent.port, GET, 100))).code).toBe("timeout");
  });

  it("that cuts its answer short is malformed", async () => {
    await using cut = await agent((
      question,
    ) => [reply(question, [object(`${ROOT}.1`)]).slice(0, 20)]);
    expect((await errorOf(probe(cut.port, GET))).code).toBe("protocol");
  });

  it("may answer an older question first", async () => {
    await using late = await agent((question) => {
      const good = reply(question, [object(`${ROOT}.1`, 7)]);
      const { community, pdu } = readMessage(question) as CommunityMessage;
      const other = responsePdu((pdu as Pdu).requestId + 1000, [object(`${ROOT}.1`, 9)]);
      return [communityMessage("2c", community, other), good];
    });
    const { objects } = await probe(late.port, GET);
    expect(objects!.map(({ value }) => value)).toEqual([7]);
  });

  it("that answers in another version breaks the protocol", async () => {
    await using other = await agent((question) => {
      const { pdu } = readMessage(question) as CommunityMessage;
      const objects = [object(`${ROOT}.1`)];
      const community = new TextEncoder().encode("public");
      return [communityMessage("1", community, responsePdu((pdu as Pdu).requestId, objects))];
    });
    const error = await errorOf(probe(other.port, GET));
    expect([error.code, error.message]).toEqual([
      "protocol",
      expect.stringContaining("version 1, expected 2c"),
    ]);
  });

  it("that answers fewer objects than were asked for breaks the protocol", async () => {
    await using few = await agent((question) => [reply(question, [])]);
    expect((await errorOf(probe(few.port, GET))).code).toBe("protocol");
    expect((await errorOf(probe(few.port, WALK))).code).toBe("protocol");
  });

  it("that walks in a circle is stopped", async () => {
    await using circle = await agent((question) => [
      reply(question, [object(`${ROOT}.5`), object(`${ROOT}.4`)]),
    ]);
    const error = await errorOf(probe(circle.port, WALK));
    expect([error.code, error.message]).toEqual([
      "protocol",
      expect.stringContaining("the walk goes backwards"),
    ]);
    await using same = await agent((question) => [reply(question, [object(`${ROOT}.5`)])]);
    expect((await errorOf(probe(same.port, WALK))).code).toBe("protocol");
  });

  it("that never ends is stopped at the limit", async () => {
    await using endless = await agent((question, count) => [
      reply(question, Array.from({ length: 20 }, (_, i) => object(`${ROOT}.${count * 20 + i}`))),
    ]);
    const error = await errorOf(probe(endless.port, { ...WALK, maxObjects: 1000 }));
    expect(error.code).toBe("too-large");
  });

  it("that says tooBig is asked for less", async () => {
    const asked: number[] = [];
    await using small = await agent((question) => {
      const { community, pdu } = readMessage(question) as CommunityMessage;
      const { requestId, errorIndex } = pdu as Pdu;
      asked.push(errorIndex);
      if (errorIndex > 6) {
        const refusal = responsePdu(requestId, []);
        // The error status is the second field: tooBig.
        refusal[refusal.length - 6] = 1;
        return [communityMessage("2c", community, refusal)];
      }
      return [reply(question, [object(`${ROOT}.1`), object("1.3.6.1.4.1.9000.1")])];
    });
    const { objects } = await probe(small.port, { ...WALK, repetitions: 25 });
    expect(asked).toEqual([25, 12, 6]);
    expect(objects!.length).toBe(1);
  });

  it("that loses a question gets it again when that is asked for, and it is counted", async () => {
    await using lossy = await agent((question, count) =>
      count === 0 ? [] : [reply(question, [object(`${ROOT}.1`)])]
    );
    const result = await probe(lossy.port, { ...GET, resends: 2, resendMs: 20 });
    expect([result.requests, result.resent]).toEqual([1, 1]);
  });

  it("that reports nonsense to a discovery is refused", async () => {
    await using odd = await agent((question) => [question]);
    const credentials = { version: "3" as const, user: { name: "u" } };
    const error = await errorOf(probe(odd.port, { ...GET, credentials }));
    expect(error.code).toBe("protocol");
  });
});
