import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { Buffer } from "node:buffer";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { ProbeError } from "../../../lib/probe/error.ts";
import { findIdentification } from "../../../lib/probe/ssh/_identification.ts";
import { readServerOffer } from "../../../lib/probe/ssh/_kexinit.ts";
import { writeStrings } from "../../../lib/probe/ssh/_wire.ts";
import { parseCertificate } from "../../../lib/probe/ssh/certificate.ts";
import { judgeHostKey } from "../../../lib/probe/ssh/host_key.ts";
import { parseKnownHosts } from "../../../lib/probe/ssh/known_hosts.ts";
import { createTelnetDecoder } from "../../../lib/probe/telnet/iac.ts";
import { plainText } from "../../../lib/probe/script/_screen.ts";

const random = xoroshiro128plus(42530);
const below = (limit: number) => uniformInt(random, 0, limit - 1);

/** Some bytes with a few of them changed, left out or put in. */
function mutate(good: Buffer): Buffer {
  let bytes = Buffer.from(good);
  for (let n = below(5); n >= 0; n--) {
    const at = below(bytes.length + 1);
    const kind = below(4);
    if (kind === 0) bytes = bytes.subarray(0, at);
    else if (kind === 1 && at < bytes.length) bytes[at] = below(256);
    else if (kind === 2 && at + 4 <= bytes.length) bytes.writeUInt32BE(below(2 ** 31 - 1), at);
    else {bytes = Buffer.concat([
        bytes.subarray(0, at),
        Buffer.alloc(below(9), below(256)),
        bytes.subarray(at),
      ]);}
  }
  return bytes;
}

const KEXINIT = Buffer.concat([
  Buffer.from([0, 0, 1, 0, 4, 20]),
  Buffer.alloc(16, 7),
  writeStrings("curve25519-sha256", "ssh-ed25519", "aes128-ctr", "aes128-ctr", "hmac", "hmac"),
  writeStrings("none", "none", "", ""),
  Buffer.alloc(200),
]);
const number = (value: number, bytes: number) => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUInt32BE(value, bytes - 4);
  return buffer;
};
const CERTIFICATE = Buffer.concat([
  writeStrings("ssh-ed25519-cert-v01@openssh.com", Buffer.alloc(32, 1), Buffer.alloc(32, 2)),
  number(1, 8),
  number(2, 4),
  writeStrings("id", writeStrings("r1", "r2")),
  number(0, 8),
  number(2 ** 31, 8),
  writeStrings("", "", "", writeStrings("ssh-ed25519", Buffer.alloc(32, 3))),
  writeStrings(writeStrings("ssh-ed25519", Buffer.alloc(64, 4))),
]);

describe("what a server sends, fuzzed", () => {
  it("its version: found, waited for, or refused with a named error", () => {
    const good = Buffer.from("Hello\r\nSSH-2.0-OpenSSH_9.2p1 Debian\r\n");
    const seen = new Set<string>();
    for (let i = 0; i < 20_000; i++) {
      try {
        seen.add(findIdentification(mutate(good)) === undefined ? "waiting" : "found");
      } catch (error) {
        expect(error).toBeInstanceOf(ProbeError);
        seen.add((error as ProbeError).code);
      }
    }
    expect([...seen].sort()).toEqual(["found", "not-supported", "protocol", "waiting"]);
  });

  it("its algorithms: read or not, never an error of another kind", () => {
    expect(readServerOffer(KEXINIT)?.["host key"]).toBe("ssh-ed25519");
    let read = 0;
    for (let i = 0; i < 20_000; i++) if (readServerOffer(mutate(KEXINIT)) !== undefined) read++;
    expect(read).toBeGreaterThan(100);
    expect(read).toBeLessThan(20_000);
  });

  it("its certificate: read, or refused with a RangeError; never trusted", () => {
    expect(parseCertificate(CERTIFICATE)).toMatchObject({ principals: ["r1", "r2"], kind: 2 });
    const authority = writeStrings("ssh-ed25519", Buffer.alloc(32, 3)).toString("base64");
    const known = parseKnownHosts(`@cert-authority * ssh-ed25519 ${authority}\n`, "f");
    const states = new Set<string>();
    for (let i = 0; i < 5000; i++) {
      try {
        states.add(judgeHostKey(known, "r1", 22, mutate(CERTIFICATE)).state);
      } catch (error) {
        expect([error instanceof ProbeError, (error as ProbeError).code]).toEqual([
          true,
          "protocol",
        ]);
      }
    }
    expect([...states]).toEqual(["unknown"]);
  });

  it("text for a terminal: plain afterwards, in time that grows with its length", () => {
    const pieces = [
      "\x1b[",
      "\x1b]0;",
      "\x07",
      "31m",
      ";",
      "\r",
      "\b",
      "\n",
      "abc",
      "\x1b",
      "é",
      "\x00",
    ];
    for (let i = 0; i < 20_000; i++) {
      const text = Array.from({ length: below(12) }, () => pieces[below(pieces.length)]).join("");
      // deno-lint-ignore no-control-regex
      expect(plainText(text)).not.toMatch(/[\x00\x07\x08\r]/);
    }
    expect(plainText("\x1b]".repeat(100_000)).length).toBeLessThan(200_001);
    expect(createTelnetDecoder().push(Buffer.alloc(1_000_000, 255)).length).toBe(1);
  });
});
