/** The messages that find out versions: written, read, and torn apart. */
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import {
  clientHello,
  type HelloVersion,
  readHello,
  VERSIONS,
} from "../../../lib/probe/tls/hello.ts";
import { randomBytes, seeded } from "../_seeded.ts";

/** A ServerHello of TLS 1.2, and one of 1.3 with the version in an extension. */
function serverHello(legacy: number, real?: number): Uint8Array {
  const extensions = real === undefined ? [] : [0, 6, 0, 43, 0, 2, real >> 8, real & 0xff];
  const body = [
    legacy >> 8,
    legacy & 0xff,
    ...new Array(32).fill(7),
    0,
    0xc0,
    0x2f,
    0,
    ...extensions,
  ];
  const message = [2, 0, 0, body.length, ...body];
  return new Uint8Array([22, 3, 3, 0, message.length, ...message]);
}

describe("readHello", () => {
  it("finds the version, also where it is in an extension", () => {
    expect(readHello(serverHello(0x0303))).toEqual({ kind: "hello", version: 0x0303 });
    expect(readHello(serverHello(0x0303, 0x0304))).toEqual({ kind: "hello", version: 0x0304 });
  });

  it("finds an alert", () => {
    expect(readHello(new Uint8Array([21, 3, 1, 0, 2, 2, 70]))).toEqual({
      kind: "alert",
      description: 70,
    });
  });

  it("wants more until a record is whole", () => {
    const whole = serverHello(0x0303, 0x0304);
    for (let length = 0; length < whole.length; length++) {
      expect(readHello(whole.subarray(0, length)).kind).toBe("more");
    }
  });

  for (
    const [what, bytes] of [
      ["text", [...new TextEncoder().encode("HTTP/1.1 200 OK")]],
      ["SSH", [...new TextEncoder().encode("SSH-2.0-x")]],
      ["another major version", [22, 9, 1, 0, 2, 2, 70]],
      ["an empty record", [22, 3, 3, 0, 0]],
      ["a record that is too large", [22, 3, 3, 0xff, 0xff]],
      ["another message", [22, 3, 3, 0, 4, 1, 0, 0, 0]],
      ["a hello that ends too early", [22, 3, 3, 0, 6, 2, 0, 0, 2, 3, 3]],
    ] as const
  ) {
    it(`takes ${what} for garbage`, () => {
      expect(readHello(new Uint8Array(bytes)).kind).toBe("garbage");
    });
  }

  it("survives whatever comes", () => {
    const random = seeded(11);
    const whole = [serverHello(0x0303), serverHello(0x0303, 0x0304)];
    for (let i = 0; i < 20_000; i++) {
      const bytes = i % 2 === 0 ? randomBytes(random, 90) : whole[random(2)]!.slice();
      if (i % 2 === 1) {
        for (let n = random(4); n >= 0; n--) bytes[random(bytes.length)] = random(256);
      }
      expect(["hello", "alert", "more", "garbage"]).toContain(readHello(bytes).kind);
    }
  });
});

describe("clientHello", () => {
  for (const version of Object.keys(VERSIONS) as HelloVersion[]) {
    it(`says how long it is (${version})`, () => {
      const bytes = clientHello(version, version === "SSLv3" ? undefined : "localhost");
      expect(bytes[3]! << 8 | bytes[4]!).toBe(bytes.length - 5);
      expect(bytes[6]! << 16 | bytes[7]! << 8 | bytes[8]!).toBe(bytes.length - 9);
    });
  }
});
