import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { parseTarget } from "../../lib/probe/target.ts";

describe("parseTarget", () => {
  for (
    const [text, host, port] of [
      ["r1", "r1", undefined],
      ["r1.example.", "r1.example.", undefined],
      ["r_1:22", "r_1", 22],
      ["192.0.2.1:65535", "192.0.2.1", 65535],
      ["2001:db8::1", "2001:db8::1", undefined],
      ["[2001:db8::1]", "2001:db8::1", undefined],
      ["[::1]:22", "::1", 22],
      ["fe80::1%eth0", "fe80::1%eth0", undefined],
      ["münchen.example", "münchen.example", undefined],
      ["https://r1.example/a?b", "r1.example", 443],
      ["http://[::1]:8080/", "::1", 8080],
      ["http://r1/", "r1", 80],
    ] as const
  ) {
    it(`reads ${text}`, () => {
      const target = parseTarget(text);
      expect([target.label, target.host, target.port]).toEqual([text, host, port]);
    });
  }

  it("keeps a URL, as it is normalised, in a variable", () => {
    expect(parseTarget("https://R1.example/a b").variables).toEqual({
      url: "https://r1.example/a%20b",
    });
  });

  for (
    const text of [
      "",
      ":22",
      "r1:",
      "r1:0",
      "r1:65536",
      "r1:ssh",
      "r1:2:3",
      "[::1",
      "[r1]:22",
      "[::1]22",
      "a b",
      "-r1",
      "r1-",
      "r1..x",
      "300.1.1.1",
      "1.2.3",
      "r1/x",
      "http://",
      "http://a b/",
      `${"a".repeat(254)}`,
    ]
  ) {
    it(`refuses ${JSON.stringify(text.slice(0, 20))}`, () => {
      expect(() => parseTarget(text)).toThrow(/^Invalid target/);
    });
  }

  it("refuses a password in a URL without repeating it", () => {
    let message = "";
    try {
      parseTarget("http://user:hunter2@r1/");
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/password/);
    expect(message).not.toContain("hunter2");
  });

  it("refuses a user before the host without repeating a password", () => {
    expect(() => parseTarget("root:hunter2@r1:22"))
      .toThrow(/^Found a user in the target …@r1:22, expected a host$/);
  });

  it("never fails with anything but a message for people", () => {
    let seed = 7;
    const next = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
    const alphabet = [..."[]:/.%@#?-_a1f0 \u0000é\ud800"];
    for (let i = 0; i < 5000; i++) {
      const text = Array.from({ length: next(14) }, () => alphabet[next(alphabet.length)]).join("");
      try {
        const { host } = parseTarget(text);
        expect(host).not.toBe("");
      } catch (error) {
        expect((error as Error).name).toBe("VersusError");
      }
    }
  });
});
