import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { Buffer } from "node:buffer";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { ProbeError } from "../../../lib/probe/error.ts";
import {
  asChunk,
  createChunkDecoder,
  createEndOfMessageDecoder,
  endOfMessage,
  type FrameDecoder,
} from "../../../lib/probe/netconf/framing.ts";

const LIMIT = 100_000;
const kinds = [
  { name: "base 1.0", decoder: createEndOfMessageDecoder, frame: endOfMessage },
  { name: "base 1.1", decoder: createChunkDecoder, frame: asChunk },
];

/** The code that a decoder fails with. */
function codeOf(decoder: FrameDecoder, data: string | Uint8Array): string {
  try {
    return JSON.stringify(decoder.push(Buffer.from(data as string)));
  } catch (error) {
    return (error as ProbeError).code;
  }
}

describe("frames of NETCONF", () => {
  for (const { name, decoder, frame } of kinds) {
    it(`of ${name} come out as they went in, however they are cut: fuzzed`, () => {
      const random = xoroshiro128plus(6242);
      const pieces = ["<a/>", "]]>", "]]", "]", "\n#", "\n##\n", "#", "\n", "é", "😀", "x"];
      for (let i = 0; i < 2000; i++) {
        const messages = Array.from({ length: uniformInt(random, 1, 4) }, () =>
          Array.from(
            { length: uniformInt(random, 1, 8) },
            () => pieces[uniformInt(random, 0, pieces.length - 1)],
          ).join(""))
          // What ends a message of base 1.0 can't be within one.
          .filter((message) =>
            name === "base 1.1" || !(message + "]]>]]>").slice(0, -1).includes("]]>]]>")
          );
        const bytes = Buffer.concat(messages.map(frame));
        const reader = decoder(LIMIT);
        const found: string[] = [];
        for (let at = 0; at < bytes.length;) {
          const end = at + uniformInt(random, 1, 9);
          found.push(...reader.push(bytes.subarray(at, end)));
          at = end;
        }
        expect(found).toEqual(messages);
        expect(reader.rest().length).toBe(0);
      }
    });

    it(`of ${name} fail with a named error, whatever bytes come: fuzzed`, () => {
      const random = xoroshiro128plus(62421);
      const codes = new Set<string>();
      for (let i = 0; i < 2000; i++) {
        const good = frame("<hello/>");
        const bytes = Buffer.from(good);
        for (let n = uniformInt(random, 1, 4); n > 0; n--) {
          bytes[uniformInt(random, 0, bytes.length - 1)] = uniformInt(random, 0, 255);
        }
        const found = codeOf(decoder(10), bytes);
        codes.add(found.startsWith("[") ? "taken" : found);
      }
      codes.delete("taken");
      expect([...codes].sort()).toEqual(
        name === "base 1.1" ? ["protocol", "too-large"] : ["too-large"],
      );
    });
  }

  it("of base 1.1 may be of many chunks", () => {
    expect(createChunkDecoder(LIMIT).push(Buffer.from("\n#4\n<rpc\n#2\n/>\n##\n\n#1\nx\n##\n")))
      .toEqual(["<rpc/>", "x"]);
  });

  it("of base 1.1 are refused by their heads: huge, zero, empty, with leading zeros", () => {
    expect(codeOf(createChunkDecoder(LIMIT), "\n#4294967295\n")).toBe("too-large");
    expect(codeOf(createChunkDecoder(LIMIT), "\n#99999999999\n")).toBe("protocol");
    expect(codeOf(createChunkDecoder(LIMIT), "\n#0\n")).toBe("protocol");
    expect(codeOf(createChunkDecoder(LIMIT), "\n#04\nabcd")).toBe("protocol");
    expect(codeOf(createChunkDecoder(LIMIT), "\n#-1\n")).toBe("protocol");
    expect(codeOf(createChunkDecoder(LIMIT), "\n##\n")).toBe("protocol");
    expect(codeOf(createChunkDecoder(LIMIT), "<rpc-reply/>]]>]]>")).toBe("protocol");
    const many = "\n#50000\n" + "x".repeat(50_000);
    expect(codeOf(createChunkDecoder(LIMIT), many + many + "\n#1\n")).toBe("too-large");
  });

  it("of base 1.0 are refused when they never end", () => {
    const decoder = createEndOfMessageDecoder(LIMIT);
    expect(codeOf(decoder, "x".repeat(LIMIT))).toBe("[]");
    expect(codeOf(decoder, "x")).toBe("too-large");
  });
});
