/** DNS messages: what is written, what is refused, and whatever comes. */
import { Buffer } from "node:buffer";
import packet from "dns-packet";
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { dataText } from "../../../lib/probe/dns/_data.ts";
import { decodeAnswer, encodeQuery, messageId } from "../../../lib/probe/dns/message.ts";
import { reverseName } from "../../../lib/probe/dns/reverse.ts";
import { mutated, randomBytes, seeded } from "../_seeded.ts";

const QUESTION = { name: "r1.lab.test", type: "A", recurse: true, dnssec: false };

function response(more: Record<string, unknown> = {}): Uint8Array {
  return packet.encode({
    type: "response",
    id: 7,
    flags: packet.RECURSION_DESIRED | packet.AUTHORITATIVE_ANSWER,
    questions: [{ type: "A", name: "r1.lab.test" }],
    answers: [{ type: "A", name: "r1.lab.test", ttl: 300, data: "192.0.2.1" }],
    ...more,
  });
}

describe("encodeQuery", () => {
  it("asks one question, with room for 1232 bytes", () => {
    const found = packet.decode(Buffer.from(encodeQuery(4660, { ...QUESTION, dnssec: true })));
    expect(found).toMatchObject({ id: 4660, type: "query", flag_rd: true });
    expect(found.questions).toMatchObject([{ name: "r1.lab.test", type: "A" }]);
    expect(found.additionals).toMatchObject([{ type: "OPT", udpPayloadSize: 1232, flag_do: true }]);
  });
});

describe("decodeAnswer", () => {
  it("reads code, flags and records", () => {
    const bytes = response();
    expect(decodeAnswer(bytes, QUESTION, "ns")).toEqual({
      ...{ code: "NOERROR", flags: ["aa", "rd"], authority: 0, additional: 0, bytes: bytes.length },
      answers: [{ name: "r1.lab.test", type: "A", ttlS: 300, data: "192.0.2.1" }],
    });
  });

  it("does not mind the case of a name, as servers may mix it", () => {
    const bytes = response({ questions: [{ type: "A", name: "R1.lab.TEST" }] });
    expect(decodeAnswer(bytes, QUESTION, "ns").code).toBe("NOERROR");
  });

  for (
    const [what, bytes, message] of [
      ["a query", response({ type: "query" }), /a query/],
      ["another name", response({ questions: [{ type: "A", name: "r2" }] }), /answers r2 A/],
      ["another type", response({ questions: [{ type: "AAAA", name: "r1.lab.test" }] }), /AAAA/],
      ["half of a message", response().subarray(0, 30), /no valid answer/],
      ["a header alone", response().subarray(0, 12), /no valid answer/],
      ["less than a header", response().subarray(0, 5), /no valid answer/],
    ] as const
  ) {
    it(`refuses ${what}`, () => {
      let error: { code?: string; message?: string } = {};
      try {
        decodeAnswer(bytes, QUESTION, "ns");
      } catch (thrown) {
        error = thrown as typeof error;
      }
      expect(error.code).toBe("protocol");
      expect(error.message).toMatch(message);
    });
  }

  it("refuses a name that points at itself", () => {
    const bytes = response().slice();
    bytes.set([0xc0, 0x0c], 12);
    expect(() => decodeAnswer(bytes, QUESTION, "ns")).toThrow(/no valid answer/);
  });

  it("fails with protocol and nothing else, whatever comes", () => {
    const random = seeded(5);
    const whole = response({
      answers: [
        { type: "MX", name: "a", data: { preference: 1, exchange: "b" } },
        { type: "TXT", name: "a", data: ["x", "y"] },
        { type: "SOA", name: "a", data: { mname: "a", rname: "b", serial: 1 } },
        { type: "SRV", name: "a", data: { port: 1, target: "b" } },
        { type: "CAA", name: "a", data: { flags: 0, tag: "issue", value: "x" } },
        {
          type: "NAPTR",
          name: "a",
          data: {
            order: 1,
            preference: 1,
            flags: "u",
            services: "s",
            regexp: "",
            replacement: ".",
          },
        },
      ],
    });
    for (let i = 0; i < 20_000; i++) {
      const bytes = i % 4 === 0 ? randomBytes(random, 80) : mutated(random, whole);
      try {
        const { answers } = decodeAnswer(bytes, QUESTION, "ns");
        expect(answers.every(({ data }) => typeof data === "string")).toBe(true);
      } catch (error) {
        expect((error as { code: string }).code).toBe("protocol");
      }
    }
  });
});

describe("messageId", () => {
  it("is the first two bytes of a message with a header", () => {
    expect(messageId(response())).toBe(7);
    expect(messageId(new Uint8Array(11))).toBe(undefined);
  });
});

describe("dataText", () => {
  const bytes = (...list: number[]) => new Uint8Array(list);
  for (
    const [type, data, text] of [
      ["A", "192.0.2.1", "192.0.2.1"],
      ["CNAME", "r1.lab.test", "r1.lab.test."],
      [
        "TXT",
        [new TextEncoder().encode('a "b" \\'), bytes(0, 255)],
        '"a \\"b\\" \\\\" "\\000\\255"',
      ],
      ["MX", { preference: 10, exchange: "m" }, "10 m."],
      ["SRV", { priority: 1, weight: 2, port: 3, target: "t" }, "1 2 3 t."],
      ["CAA", { flags: 0, tag: "issue", value: "ca" }, '0 issue "ca"'],
      ["SSHFP", { algorithm: 4, hash: 2, fingerprint: bytes(1, 0xab) }, "4 2 01ab"],
      ["UNKNOWN_65280", bytes(1, 2), "\\# 2 0102"],
      ["NULL", undefined, ""],
    ] as const
  ) {
    it(`writes ${type} as a zone file does`, () => expect(dataText(type, data)).toBe(text));
  }
});

describe("reverseName", () => {
  it("turns addresses around", () => {
    expect(reverseName("192.0.2.1")).toBe("1.2.0.192.in-addr.arpa");
    expect(reverseName("2001:db8::1")).toBe(
      `1.0.0.0.${"0.0.0.0.".repeat(5)}8.b.d.0.1.0.0.2.ip6.arpa`,
    );
  });
});
