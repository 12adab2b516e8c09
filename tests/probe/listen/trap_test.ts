import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { createTrapDecoder } from "../../../lib/probe/listen/mod.ts";
import { secret } from "../../../lib/probe/secret.ts";
import {
  communityMessage,
  FLAG,
  readMessage,
  scopedPdu,
  type SecureMessage,
} from "../../../lib/probe/snmp/message.ts";
import { oidContent } from "../../../lib/probe/snmp/oid.ts";
import { type Pdu, PDU_TAG, responsePdu } from "../../../lib/probe/snmp/pdu.ts";
import { keysFor, seal, type SnmpUser, unseal } from "../../../lib/probe/snmp/usm.ts";
import type { VarBind } from "../../../lib/probe/snmp/varbind.ts";
import { fuzz } from "./_fuzz.ts";
import { hex, PEER, utf8 } from "./_packets.ts";

const USER: SnmpUser = {
  name: "ops",
  auth: { protocol: "SHA-256", passphrase: secret("listen-auth-phrase") },
  priv: { protocol: "AES", passphrase: secret("listen-priv-phrase") },
};
const ENGINE = hex("8000000005 0102030405060708");
const SALT = hex("0000000000000001");

function varBind(oid: string, type: VarBind["type"], value: VarBind["value"]): VarBind {
  return { oid, name: oidContent(oid), type, value };
}

const OBJECTS = [
  varBind("1.3.6.1.2.1.1.3.0", "TimeTicks", 123),
  varBind("1.3.6.1.6.3.1.1.4.1.0", "ObjectIdentifier", "1.3.6.1.6.3.1.1.5.3"),
  varBind("1.3.6.1.2.1.2.2.1.8.3", "Integer32", 2),
];

/** A unit of a kind; all but the first byte is that of an answer. */
function unit(kind: "trap" | "inform", objects: readonly VarBind[] = OBJECTS): Uint8Array {
  const bytes = responsePdu(77, objects);
  bytes[0] = PDU_TAG[kind];
  return bytes;
}

function sealed(kind: "trap" | "inform", time: number, user = USER, engine = ENGINE): Uint8Array {
  const scoped = scopedPdu(engine, utf8("ctx"), unit(kind));
  const keys = keysFor(user, engine);
  const envelope = { messageId: 5, reportable: kind === "inform", salt: SALT, scoped };
  return seal({ id: engine, boots: 3, time }, keys, envelope);
}

describe("a decoder of traps", () => {
  it("acknowledges an inform with what it carried", () => {
    const decoder = createTrapDecoder({ users: [] });
    const inform = communityMessage("2c", utf8("c"), unit("inform"));
    const { records, reply } = decoder.decode(inform, PEER);
    expect(records).toMatchObject([{ kind: "inform", trap: "linkDown", upTimeMs: 1230 }]);
    const answer = readMessage(reply!);
    if (answer.version === "3") throw new Error("wrong version");
    const pdu = answer.pdu as Pdu;
    expect([pdu.kind, pdu.requestId, pdu.errorStatus]).toEqual(["response", 77, 0]);
    expect(pdu.varBinds.map(({ oid, value }) => [oid, value])).toEqual(
      OBJECTS.map(({ oid, value }) => [oid, value]),
    );
    const trap = communityMessage("2c", utf8("c"), unit("trap"));
    expect(decoder.decode(trap, PEER).reply).toBeUndefined();
  });

  it("refuses what is neither trap nor inform, and traps without identity", () => {
    const decoder = createTrapDecoder({ users: [] });
    const answer = communityMessage("2c", utf8("c"), responsePdu(1, OBJECTS));
    expect(() => decoder.decode(answer, PEER)).toThrow("A response where a trap was expected");
    const nameless = communityMessage("2c", utf8("c"), unit("trap", OBJECTS.slice(0, 1)));
    expect(() => decoder.decode(nameless, PEER)).toThrow("without its identity");
  });

  it("refuses a trap of version 3 from the past, that is one sent again", () => {
    const decoder = createTrapDecoder({ users: [USER] });
    expect(decoder.decode(sealed("trap", 1000), PEER).head).toMatchObject({
      user: "ops",
      context: "ctx",
      level: "authPriv",
    });
    expect(decoder.decode(sealed("trap", 900), PEER).records.length).toBe(1);
    expect(() => decoder.decode(sealed("trap", 800), PEER)).toThrow("from the past");
  });

  it("refuses a level below the user's, and a level that its user does not have", () => {
    const decoder = createTrapDecoder({ users: [USER] });
    const { name, auth } = USER;
    const signed = { name, ...(auth && { auth }) };
    expect(() => decoder.decode(sealed("trap", 1, signed), PEER)).toThrow("below the level");
    const plain = createTrapDecoder({ users: [{ name }] });
    expect(() => plain.decode(sealed("trap", 1), PEER)).toThrow();
  });

  it("tells a sender of informs its engine and its time before it believes it", () => {
    const decoder = createTrapDecoder({ users: [USER] });
    const first = decoder.decode(sealed("inform", 1), PEER);
    expect(first.records).toEqual([]);
    const report = readMessage(first.reply!) as SecureMessage;
    const own = report.engineId;
    expect(unseal(report, { user: { name: "" } }).pdu.varBinds[0]!.oid).toBe(
      "1.3.6.1.6.3.15.1.1.4.0",
    );
    // The right engine, but a time that is not its own.
    const second = decoder.decode(sealed("inform", 1, USER, own), PEER);
    expect(second.records).toEqual([]);
    const late = readMessage(second.reply!) as SecureMessage;
    expect([late.flags & FLAG.auth, late.engineBoots]).toEqual([FLAG.auth, 1]);
    const scoped = scopedPdu(own, new Uint8Array(), unit("inform"));
    const good = seal(
      { id: own, boots: late.engineBoots, time: late.engineTime },
      keysFor(USER, own),
      {
        messageId: 9,
        reportable: true,
        salt: SALT,
        scoped,
      },
    );
    const third = decoder.decode(good, PEER);
    expect(third.records).toMatchObject([{ kind: "inform", trap: "linkDown" }]);
    const answer = readMessage(third.reply!) as SecureMessage;
    expect(answer.messageId).toBe(9);
    expect(unseal(answer, keysFor(USER, own)).pdu.kind).toBe("response");
  });

  it("survives noise", () => {
    const found = fuzz(() => createTrapDecoder({ users: [USER, { name: "nobody" }] }), [
      communityMessage("2c", utf8("c"), unit("trap")),
      communityMessage("1", utf8("c"), unit("inform")),
      hex(
        "302e020100 0406 7075626c6963 a421 0606 2b060104010a 4004 c0000201 020106 020111 430164 3009" +
          "3007 0603 2b0601 0500",
      ),
      sealed("trap", 1000),
      sealed("inform", 1, { name: "nobody" }),
    ]);
    expect(found.refused).toBeGreaterThan(2000);
    expect(found.records).toBeGreaterThan(1000);
  });
});
