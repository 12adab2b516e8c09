import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { Buffer } from "node:buffer";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import {
  createTelnetDecoder,
  escapeIac,
  type TelnetEvent,
  writeOption,
  writeSub,
} from "../../../lib/probe/telnet/iac.ts";
import { startNegotiation } from "../../../lib/probe/telnet/options.ts";

/** All events, with neighbouring data put together: how it was cut is not part of the meaning. */
function joined(events: readonly TelnetEvent[]): unknown[] {
  const all: unknown[] = [];
  let text = "";
  for (const event of events) {
    if (event.kind === "data") text += event.data.toString("latin1");
    else {
      if (text !== "") all.push(text);
      text = "";
      all.push("data" in event ? { ...event, data: event.data.toString("hex") } : event);
    }
  }
  return text === "" ? all : [...all, text];
}
const decode = (bytes: readonly number[]) => joined(createTelnetDecoder().push(Buffer.from(bytes)));
const bytesOf = (text: string) => [...Buffer.from(text)];

describe("Telnet's stream", () => {
  it("is taken apart into text, options, subnegotiations and commands", () => {
    expect(decode([...bytesOf("a"), 255, 251, 1, ...bytesOf("b"), 255, 249, 255, 255, 99])).toEqual(
      [
        "a",
        { kind: "option", verb: "will", option: 1 },
        "b",
        { kind: "command", code: 249 },
        "\xffc",
      ],
    );
    expect(decode([255, 250, 24, 1, 255, 255, 2, 255, 240]))
      .toEqual([{ kind: "sub", option: 24, data: "01ff02" }]);
  });

  it("has a carriage return alone as CR NUL, except in binary", () => {
    expect(decode([13, 0, 97, 13, 10, 13, 98])).toEqual(["\ra\r\n\rb"]);
    const binary = createTelnetDecoder();
    binary.binary = true;
    expect(joined(binary.push(Buffer.from([13, 0, 97])))).toEqual(["\r\0a"]);
  });

  it("ends a subnegotiation that is broken off by another command", () => {
    expect(decode([255, 250, 24, 1, 255, 253, 3]))
      .toEqual([{ kind: "sub", option: 24, data: "01" }, {
        kind: "option",
        verb: "do",
        option: 3,
      }]);
  });

  it("is written so that it is read as it was meant", () => {
    const data = Buffer.from([1, 255, 2, 255, 255]);
    expect(joined(createTelnetDecoder().push(escapeIac(data)))).toEqual(["\x01\xff\x02\xff\xff"]);
    expect(joined(createTelnetDecoder().push(writeSub(31, data))))
      .toEqual([{ kind: "sub", option: 31, data: data.toString("hex") }]);
  });

  it("means the same however it is cut: fuzzed", () => {
    const random = xoroshiro128plus(8540855);
    const special = [255, 255, 250, 240, 251, 252, 253, 254, 13, 0, 10, 24];
    for (let i = 0; i < 3000; i++) {
      const bytes = Array.from(
        { length: uniformInt(random, 0, 60) },
        () =>
          uniformInt(random, 0, 1) === 0
            ? special[uniformInt(random, 0, special.length - 1)]!
            : uniformInt(random, 0, 255),
      );
      const whole = decode(bytes);
      const decoder = createTelnetDecoder();
      const pieces: TelnetEvent[] = [];
      for (let at = 0; at < bytes.length;) {
        const end = at + uniformInt(random, 1, 5);
        pieces.push(...decoder.push(Buffer.from(bytes.slice(at, end))));
        at = end;
      }
      expect([bytes, joined(pieces)]).toEqual([bytes, whole]);
    }
  });

  it("keeps no more than its limit of a subnegotiation", () => {
    const decoder = createTelnetDecoder();
    decoder.push(Buffer.from([255, 250, 24]));
    for (let i = 0; i < 100; i++) expect(decoder.push(Buffer.alloc(10_000, 7))).toEqual([]);
    expect(decoder.push(Buffer.from([255, 240, 97])))
      .toEqual([{ kind: "too-long", option: 24 }, { kind: "data", data: Buffer.from("a") }]);
  });
});

describe("the negotiation of options", () => {
  const option = (verb: "will" | "wont" | "do" | "dont", option: number) =>
    ({ kind: "option", verb, option }) as const;

  it("takes what is known, refuses what is not, and acknowledges each change once", () => {
    const negotiation = startNegotiation();
    expect(negotiation.take(option("will", 1))).toEqual([writeOption("do", 1)]);
    expect(negotiation.take(option("will", 1))).toEqual([]);
    expect(negotiation.take(option("wont", 1))).toEqual([writeOption("dont", 1)]);
    expect(negotiation.take(option("wont", 1))).toEqual([]);
    expect(negotiation.take(option("do", 1))).toEqual([writeOption("wont", 1)]);
    expect(negotiation.take(option("will", 39))).toEqual([writeOption("dont", 39)]);
    expect(negotiation.take(option("do", 24))).toEqual([writeOption("will", 24)]);
    expect(negotiation.take(option("dont", 24))).toEqual([writeOption("wont", 24)]);
    expect(negotiation.list()).toEqual([
      { option: "echo", side: "peer", on: false },
      { option: "39", side: "peer", on: false },
      { option: "echo", side: "us", on: false },
      { option: "terminalType", side: "us", on: false },
    ]);
  });

  it("tells terminal type and window size only where that was agreed on", () => {
    const negotiation = startNegotiation();
    const ask = { kind: "sub", option: 24, data: Buffer.from([1]) } as const;
    expect(negotiation.take(ask)).toEqual([]);
    negotiation.take(option("do", 24));
    expect(negotiation.take(ask)).toEqual([
      writeSub(24, Buffer.concat([Buffer.from([0]), Buffer.from("VT100")])),
    ]);
    expect(negotiation.take(option("do", 31))).toEqual([
      writeOption("will", 31),
      writeSub(31, Buffer.from([1, 255, 3, 232])),
    ]);
  });
});
