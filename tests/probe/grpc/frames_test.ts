import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { ProbeError } from "../../../lib/probe/error.ts";
import { createFrameReader, frame } from "../../../lib/probe/grpc/_frames.ts";
import { GNMI } from "../../../lib/probe/protos/gnmi.ts";
import { mutated, randomBytes, seeded } from "../_seeded.ts";

describe("frames of gRPC", () => {
  it("are the same however they are cut", () => {
    const random = seeded(3);
    for (let round = 0; round < 100; round++) {
      const messages = Array.from({ length: random(5) }, () => randomBytes(random, 40));
      const bytes = messages.flatMap((message) => [...frame(message)]);
      const reader = createFrameReader(100);
      const found: Uint8Array[] = [];
      for (let at = 0; at < bytes.length;) {
        const end = at + 1 + random(9);
        found.push(...reader.take(Uint8Array.from(bytes.slice(at, end))));
        at = end;
      }
      expect(found.map((one) => [...one])).toEqual(messages.map((one) => [...one]));
      expect(reader.inside).toBe(false);
    }
  });

  it("that are too large are refused before they have come", () => {
    const take = () => createFrameReader(10).take(Uint8Array.of(0, 0xff, 0xff, 0xff, 0xff));
    expect(take).toThrow("4294967295 bytes, expected at most 10");
  });

  it("that are compressed are refused: nobody agreed on that", () => {
    expect(() => createFrameReader(10).take(Uint8Array.of(1, 0, 0, 0, 0))).toThrow("flags 1");
  });

  it("with any bytes fail with an error of the protocol or give messages", () => {
    const random = seeded(11);
    const good = GNMI.get.encode({
      path: [{ elem: [{ name: "a", key: { b: "c" } }] }],
      type: "ALL",
      encoding: "JSON",
    });
    for (let round = 0; round < 2000; round++) {
      const bytes = mutated(random, frame(good));
      try {
        for (const message of createFrameReader(1000).take(bytes)) GNMI.get.decode(message);
      } catch (error) {
        // protobuf.js throws errors of its own, which the call turns into the protocol's.
        expect(error instanceof ProbeError || error instanceof Error).toBe(true);
        expect(String(error)).not.toContain("undefined is not");
      }
    }
  });
});
