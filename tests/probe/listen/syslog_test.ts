import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { createSyslogDecoder, parseSyslog } from "../../../lib/probe/listen/mod.ts";
import { createFraming, MAX_MESSAGE_BYTES } from "../../../lib/probe/listen/syslog/framing.ts";
import { fuzz } from "./_fuzz.ts";
import { utf8 } from "./_packets.ts";

const parse = (text: string) => parseSyslog(utf8(text));

describe("syslog of RFC 5424", () => {
  it("is read as its examples are", () => {
    expect(
      parse(
        "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - " +
          "\ufeff'su root' failed for lonvick on /dev/pts/8",
      ),
    ).toEqual({
      format: "rfc5424",
      facility: "auth",
      severity: "crit",
      timestamp: "2003-10-11T22:14:15.003Z",
      host: "mymachine.example.com",
      app: "su",
      msgId: "ID47",
      message: "'su root' failed for lonvick on /dev/pts/8",
    });
  });

  it("has structured data with escapes, several elements, and perhaps no text", () => {
    const found = parse(
      '<165>1 2003-10-11T22:14:15.003Z h evntslog 8710 ID47 [a@32473 iut="3" q="\\"x\\" \\] \\\\"][b] ',
    );
    expect(found).toMatchObject({
      procId: "8710",
      structuredData: { "a@32473": { iut: "3", q: '"x" ] \\' }, b: {} },
      message: "",
    });
    expect(parse("<165>1 - - - - - [a@1]").message).toBe("");
  });

  it("falls back to RFC 3164 where the header is not what it says", () => {
    expect(parse("<13>1 is the loneliest number").format).toBe("rfc3164");
    expect(parse('<13>1 - - - - - [a b="1] text').format).toBe("rfc3164");
  });
});

describe("syslog of RFC 3164", () => {
  it("has time, host and tag", () => {
    expect(parse("<34>Oct 11 22:14:15 mymachine su[42]: 'su root' failed\n")).toEqual({
      format: "rfc3164",
      facility: "auth",
      severity: "crit",
      timestamp: "Oct 11 22:14:15",
      host: "mymachine",
      app: "su",
      procId: "42",
      message: "'su root' failed",
    });
  });

  it("is what gear sends, too", () => {
    expect(parse("<189>29: *Mar  1 00:01:02.345: %SYS-5-CONFIG_I: Configured")).toMatchObject({
      timestamp: "Mar  1 00:01:02.345",
      app: "%SYS-5-CONFIG_I",
      message: "Configured",
    });
    expect(parse("<13>2024-05-06T07:08:09+02:00 r1 ifmgr: up")).toMatchObject({
      timestamp: "2024-05-06T07:08:09+02:00",
      host: "r1",
      app: "ifmgr",
    });
    expect(parse("<13>no header at all").message).toBe("no header at all");
  });

  it("without a valid priority is malformed", () => {
    for (const text of ["", "text", "<>x", "<192>x", "<1234>x", "<1x>y", "<1", "<13"]) {
      expect([
        text,
        (() => {
          try {
            return parse(text).message;
          } catch (error) {
            return (error as Error).message.includes("priority");
          }
        })(),
      ]).toEqual([text, true]);
    }
  });

  it("survives noise", () => {
    const found = fuzz(createSyslogDecoder, [
      utf8('<165>1 2003-10-11T22:14:15.003Z h app 8710 ID47 [a@32473 iut="3" q="\\]"] text é'),
      utf8("<34>Oct 11 22:14:15 mymachine su[42]: 'su root' failed"),
    ]);
    expect(found.decoded).toBeGreaterThan(5000);
    expect(found.refused).toBeGreaterThan(500);
  });
});

describe("streams of syslog", () => {
  /** Messages of a stream that comes in pieces of a size. */
  function messagesOf(text: string, size: number, counted = false): string[] {
    const framing = createFraming(counted);
    const found: string[] = [];
    const use = (bytes: Uint8Array) => found.push(new TextDecoder().decode(bytes));
    const bytes = utf8(text);
    for (let at = 0; at < bytes.length; at += size) {
      framing.push(bytes.subarray(at, at + size), use);
    }
    framing.end(use);
    return found;
  }

  it("are cut by octet counts and by lines, however they arrive", () => {
    const stream = "5 <1>ab<2>one line\n7 <3>\nxyz<4>last";
    for (const size of [1, 2, 3, 7, 100]) {
      expect(messagesOf(stream, size)).toEqual(["<1>ab", "<2>one line", "<3>\nxyz", "<4>last"]);
    }
  });

  it("over TLS are cut by octet counts only", () => {
    expect(messagesOf("5 <1>ab5 <1>cd", 3, true)).toEqual(["<1>ab", "<1>cd"]);
    expect(() => messagesOf("<1>ab\n", 10, true)).toThrow("without its length");
    expect(() => messagesOf("9 <1>ab", 10, true)).toThrow("ends within a message");
  });

  it("are given up where they can't be followed", () => {
    expect(() => messagesOf("5x<1>ab", 10)).toThrow("A length that is no number");
    expect(() => messagesOf("99999999 <1>", 10)).toThrow("too large");
    expect(() => messagesOf(`<1>${"x".repeat(MAX_MESSAGE_BYTES)}`, 4096)).toThrow("too large");
  });
});
