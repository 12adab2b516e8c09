/** BER, object identifiers, keys, ciphers and names, against published vectors and seeded noise. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { Buffer } from "node:buffer";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { ProbeError } from "../../../lib/probe/error.ts";
import { secret } from "../../../lib/probe/secret.ts";
import { decrypt, encrypt } from "../../../lib/probe/snmp/cipher.ts";
import {
  authKey,
  PRIV_ALGORITHMS,
  privKey,
  type PrivProtocol,
} from "../../../lib/probe/snmp/keys.ts";
import {
  communityMessage,
  readMessage,
  scopedPdu,
  type SecureMessage,
} from "../../../lib/probe/snmp/message.ts";
import { locate, nameOf, resolveObject } from "../../../lib/probe/snmp/mib/names.ts";
import { inetAddress, timeTicks } from "../../../lib/probe/snmp/mib/syntax.ts";
import { compareOids, oidContent, oidOf } from "../../../lib/probe/snmp/oid.ts";
import { questionPdu, responsePdu } from "../../../lib/probe/snmp/pdu.ts";
import { present } from "../../../lib/probe/snmp/present.ts";
import { readIndex } from "../../../lib/probe/snmp/table.ts";
import { isAuthentic, keysFor, seal, unseal } from "../../../lib/probe/snmp/usm.ts";
import type { VarBind } from "../../../lib/probe/snmp/varbind.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytes = (text: string) => new Uint8Array(Buffer.from(text, "hex"));
const text = (value: string) => new TextEncoder().encode(value);

/** One object of every syntax. */
const OBJECTS: readonly VarBind[] = ([
  ["Integer32", -1],
  ["Integer32", 2147483647],
  ["Integer32", -2147483648],
  ["Integer32", -129],
  ["OctetString", text("Ethernet0")],
  ["Null", null],
  ["ObjectIdentifier", "1.3.6.1.4.1.8072.3.2.10"],
  ["IpAddress", "192.0.2.1"],
  ["Counter32", 4294967295],
  ["Gauge32", 128],
  ["TimeTicks", 0],
  ["Opaque", Uint8Array.of(0x9f, 0x78, 4, 0, 0, 0, 0)],
  ["Counter64", 18446744073709551615n],
  ["Counter64", 0n],
  ["noSuchObject", null],
  ["noSuchInstance", null],
  ["endOfMibView", null],
] as const).map(([type, value], i) => {
  const oid = `1.3.6.1.2.1.2.2.1.${i}.4294967295`;
  return { oid, name: oidContent(oid), type, value };
});

describe("object identifiers", () => {
  it("are the same after writing and reading", () => {
    for (
      const oid of ["0.0", "0.39", "1.3.6.1", "2.999.3", "2.5.4.3", "1.3.4294967295.0.127.128"]
    ) {
      expect(oidOf(oidContent(oid))).toBe(oid);
    }
    expect(hex(oidContent("2.999.3"))).toBe("883703");
  });

  it("are refused where they can't be written", () => {
    for (
      const oid of ["1", "3.1", "1.40", "1.3.4294967296", "1.3.x", "", `1.3${".1".repeat(127)}`]
    ) {
      expect(() => oidContent(oid)).toThrow("expected an object identifier");
    }
  });

  it("have the order of their arcs, not of their bytes", () => {
    const ordered = [
      "1.3",
      "1.3.0",
      "1.3.6",
      "1.3.6.127",
      "1.3.6.128",
      "1.3.6.128.1",
      "1.3.6.16384",
    ];
    const contents = ordered.map(oidContent);
    for (let i = 0; i < contents.length; i++) {
      for (let j = 0; j < contents.length; j++) {
        expect(Math.sign(compareOids(contents[i]!, contents[j]!))).toBe(Math.sign(i - j));
      }
    }
  });
});

describe("messages", () => {
  it("keep every syntax and its limits", () => {
    const message = readMessage(communityMessage("2c", text("c"), responsePdu(-5, OBJECTS)));
    if (message.version === "3" || message.pdu.kind === "trapV1") throw new Error("wrong kind");
    expect(message.pdu.requestId).toBe(-5);
    expect(message.pdu.varBinds.map(({ oid, type, value }) => ({ oid, type, value }))).toEqual(
      OBJECTS.map(({ oid, type, value }) => ({ oid, type, value })),
    );
  });

  it("are written as net-snmp writes them", () => {
    const names = [oidContent("1.3.6.1.2.1.1.1.0")];
    const pdu = questionPdu({ kind: "getBulk", names, nonRepeaters: 0, repetitions: 10 }, 0x1234);
    expect(hex(communityMessage("2c", text("public"), pdu))).toBe(
      "302702010104067075626c6963a51a0202123402010002010a300e300c06082b060102010101000500",
    );
  });

  it("are refused when they are malformed, with what is wrong", () => {
    const cases: [string, string][] = [
      ["", "it ends"],
      ["30", "it ends"],
      ["3003020101", "it ends at byte 5"],
      ["308002010100", "a length of"],
      ["3003020105", "unknown version 5"],
      ["3009020101040170a00502", "a field of"],
      ["300302010100", "behind its end"],
      ["04020101", "found tag 0x04"],
    ];
    for (const [message, expected] of cases) {
      const error = (() => {
        try {
          readMessage(bytes(message));
        } catch (error) {
          return error as ProbeError;
        }
      })();
      expect([message, error?.code]).toEqual([message, "protocol"]);
      expect([message, error!.message]).toEqual([message, expect.stringContaining(expected)]);
    }
  });
});

describe("keys", () => {
  const engine = bytes("000000000000000000000002");

  it("are those of RFC 3414, appendix A.3", () => {
    expect(hex(authKey("MD5", "maplesyrup", engine))).toBe("526f5eed9fcce26f8964c2930787d82b");
    expect(hex(authKey("SHA", "maplesyrup", engine))).toBe(
      "6695febc9288e36282235fc7151f128497b38f3f",
    );
  });

  it("are extended as draft-reeder-snmpv3-usm-3desede shows", () => {
    expect(hex(privKey("AES-256-C", "SHA", "maplesyrup", engine))).toBe(
      "6695febc9288e36282235fc7151f128497b38f3f9b8b6d78936ba6e7d19dfd9c",
    );
  });

  it("open what they closed, for every cipher and length", () => {
    const salt = bytes("0102030405060708");
    for (const protocol of Object.keys(PRIV_ALGORITHMS) as PrivProtocol[]) {
      const key = privKey(protocol, "SHA-256", "maplesyrup", engine);
      const sealing = { engineBoots: 7, engineTime: 99, salt };
      for (const length of [1, 8, 15, 16, 17, 48, 333]) {
        const plain = Uint8Array.from({ length }, (_, i) => i * 7 & 0xff);
        const closed = encrypt(protocol, key, sealing, plain);
        expect(hex(closed)).not.toContain(hex(plain));
        expect(hex(decrypt(protocol, key, sealing, closed).subarray(0, length))).toBe(hex(plain));
      }
    }
  });

  it("tell a message that was changed on its way", () => {
    const user = {
      name: "u",
      auth: { protocol: "SHA-256" as const, passphrase: secret("maplesyrup") },
      priv: { protocol: "AES" as const, passphrase: secret("maplesyrup") },
    };
    const keys = keysFor(user, engine);
    const scoped = scopedPdu(engine, text(""), responsePdu(1, OBJECTS));
    const salt = new Uint8Array(8);
    const message = seal({ id: engine, boots: 1, time: 2 }, keys, {
      messageId: 1,
      reportable: false,
      salt,
      scoped,
    });
    const intact = readMessage(message) as SecureMessage;
    expect(isAuthentic(intact, keys)).toBe(true);
    expect(unseal(intact, keys).pdu.varBinds.length).toBe(OBJECTS.length);
    const changed = message.slice();
    changed[changed.length - 1]! ^= 1;
    expect(isAuthentic(readMessage(changed) as SecureMessage, keys)).toBe(false);
  });
});

describe("names", () => {
  it("go both ways", () => {
    for (
      const [name, oid] of [
        ["sysDescr.0", "1.3.6.1.2.1.1.1.0"],
        ["ifIndex.3", "1.3.6.1.2.1.2.2.1.1.3"],
        ["ifHCInOctets.3", "1.3.6.1.2.1.31.1.1.1.6.3"],
        ["ifAlias", "1.3.6.1.2.1.31.1.1.1.18"],
        ["linkDown", "1.3.6.1.6.3.1.1.5.3"],
        ["sysORID.1", "1.3.6.1.2.1.1.9.1.2.1"],
        ["ipAddressIfIndex.1.4.127.0.0.1", "1.3.6.1.2.1.4.34.1.3.1.4.127.0.0.1"],
        ["ipNetToPhysicalPhysAddress", "1.3.6.1.2.1.4.35.1.4"],
        ["icmpMsgStatsInPkts.1.8", "1.3.6.1.2.1.5.30.1.3.1.8"],
      ] as const
    ) {
      expect(resolveObject(name)).toBe(oid);
      expect(nameOf(oid)).toBe(name);
    }
    expect(resolveObject("IF-MIB::ifDescr.1")).toBe("1.3.6.1.2.1.2.2.1.2.1");
    expect(resolveObject(".1.3.6.1")).toBe("1.3.6.1");
    expect(locate("1.3.6.1.4.1.9.1")).toBeUndefined();
  });

  it("are refused with the nearest one", () => {
    expect(() => resolveObject("ifDesc")).toThrow("did you mean ifDescr?");
    expect(() => resolveObject("IP-MIB::ifDescr")).toThrow("Unknown object");
  });

  it("split an index as RFC 2578 says", () => {
    const names = ["ipAddressAddrType", "ipAddressAddr"];
    expect(readIndex("1.4.192.0.2.7", names)).toEqual({
      ipAddressAddrType: "1",
      ipAddressAddr: "192.0.2.7",
    });
    const loopback = `2.16.${"0.".repeat(15)}1`;
    expect(readIndex(loopback, names)?.ipAddressAddr).toBe("::1");
    expect(readIndex("1.4.192.0.2", names)).toBeUndefined();
    expect(readIndex("1.4.192.0.2.7.9", names)).toBeUndefined();
  });
});

describe("values", () => {
  const shown = (oid: string, type: VarBind["type"], value: VarBind["value"]) =>
    present({ oid: resolveObject(oid), name: oidContent(resolveObject(oid)), type, value });

  it("are shown as their syntax says", () => {
    expect(shown("ifOperStatus.1", "Integer32", 7).text).toBe("lowerLayerDown");
    expect(shown("ifOperStatus.1", "Integer32", 99).text).toBeUndefined();
    expect(shown("ifType.1", "Integer32", 6).text).toBe("ethernetCsmacd");
    expect(shown("ifPhysAddress.1", "OctetString", bytes("001a2b3c4d5e"))).toMatchObject({
      value: "001a2b3c4d5e",
      encoding: "hex",
      text: "00:1a:2b:3c:4d:5e",
    });
    expect(shown("ifDescr.1", "OctetString", bytes("6c6f00"))).toMatchObject({
      encoding: "hex",
      text: "lo",
    });
    expect(shown("sysName.0", "OctetString", text("é"))).toMatchObject({ value: "é" });
    expect(shown("ifHCInOctets.1", "Counter64", 1n << 60n).value).toBe("1152921504606846976");
    expect(shown("sysObjectID.0", "ObjectIdentifier", "1.3.6.1.2.1.1").text).toBe("system");
    expect(timeTicks(8_640_000 + 366_199)).toBe("1 d 01:01:01.99");
  });

  it("write addresses as RFC 5952 recommends", () => {
    for (
      const [octets, address] of [
        ["c0000201", "192.0.2.1"],
        ["20010db8000000000000000000000001", "2001:db8::1"],
        ["20010db8000000010000000000000001", "2001:db8:0:1::1"],
        ["20010db8000000010002000300040005", "2001:db8:0:1:2:3:4:5"],
        ["00000000000000000000000000000000", "::"],
        ["fe8000000000000000000000000000010000000c", "fe80::1%12"],
      ]
    ) expect(inetAddress(bytes(octets!))).toBe(address);
    expect(inetAddress(bytes("0102"))).toBeUndefined();
  });
});

describe("noise", () => {
  it("never does more than to be refused", () => {
    const random = xoroshiro128plus(20);
    const below = (limit: number) => (random.next() >>> 0) % limit;
    const engine = bytes("000000000000000000000002");
    const user = {
      name: "u",
      auth: { protocol: "SHA-256" as const, passphrase: secret("maplesyrup") },
    };
    const keys = keysFor(user, engine);
    const scoped = scopedPdu(engine, text(""), responsePdu(1, OBJECTS));
    const salt = new Uint8Array(8);
    const seeds = [
      communityMessage("1", text("public"), responsePdu(9, OBJECTS)),
      communityMessage("2c", text("public"), questionPdu({ kind: "get", names: [] }, 1)),
      seal({ id: engine, boots: 1, time: 2 }, keys, {
        messageId: 1,
        reportable: true,
        salt,
        scoped,
      }),
    ];
    let refused = 0;
    let read = 0;
    for (let round = 0; round < 30_000; round++) {
      let message = seeds[round % seeds.length]!.slice();
      for (let n = 1 + below(4); n > 0; n--) message[below(message.length)] = below(256);
      if (below(4) === 0) message = message.subarray(0, below(message.length));
      try {
        const found = readMessage(message);
        if (found.version === "3") unseal(found, keys);
        else found.pdu.varBinds.forEach(present);
        read++;
      } catch (error) {
        if (!(error instanceof ProbeError)) throw error;
        expect(error.code).toBe("protocol");
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(10_000);
    expect(read).toBeGreaterThan(1000);
  });
});
