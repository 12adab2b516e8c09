import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { formatPath, parsePath } from "../../../lib/probe/gnmi/path.ts";
import { timeOf, valueOf } from "../../../lib/probe/gnmi/value.ts";
import { seeded } from "../_seeded.ts";

describe("gnmi paths", () => {
  it("are read as the specification has them", () => {
    expect(parsePath("/interfaces/interface[name=eth0]/state")).toEqual({
      elem: [{ name: "interfaces" }, { name: "interface", key: { name: "eth0" } }, {
        name: "state",
      }],
    });
    expect(parsePath("/")).toEqual({ elem: [] });
    expect(parsePath("")).toEqual({ elem: [] });
    expect(parsePath("openconfig:/a")).toEqual({ origin: "openconfig", elem: [{ name: "a" }] });
    expect(parsePath("a/b[x=1][y=2]").elem![1]).toEqual({ name: "b", key: { x: "1", y: "2" } });
    expect(parsePath("/a[n=Ethernet1/2]/b").elem![0]!.key).toEqual({ n: "Ethernet1/2" });
    expect(parsePath("/a[n=x\\]y]").elem![0]!.key).toEqual({ n: "x]y" });
    expect(parsePath("/ietf-interfaces:interfaces").elem).toEqual([
      ...[{ name: "ietf-interfaces:interfaces" }],
    ]);
    expect(parsePath("/a/*/...").elem!.map(({ name }) => name)).toEqual(["a", "*", "..."]);
  });

  it("that are malformed are refused with what is wrong", () => {
    for (const text of ["/a//b", "/a[b]", "/a[=b]", "/a[b=c", "/a[b=c]d", "/a[b=1][b=2]"]) {
      expect(() => parsePath(text)).toThrow(/^Found .+ in the path/);
    }
  });

  it("come back the same after they were written", () => {
    const random = seeded(7);
    const word = () =>
      Array.from({ length: 1 + random(6) }, () => "ab/[]=\\:é "[random(10)]!).join("");
    for (let i = 0; i < 300; i++) {
      const elem = Array.from({ length: random(4) }, () => {
        const key = Object.fromEntries(Array.from({ length: random(3) }, () => [word(), word()]));
        return Object.keys(key).length === 0 ? { name: word() } : { name: word(), key };
      });
      const text = formatPath({ elem });
      expect(formatPath(parsePath(text))).toBe(text);
      expect(parsePath(text)).toEqual({ elem });
    }
  });

  it("of targets before 0.4.0 are shown too", () => {
    expect(formatPath({ element: ["a", "b"] }, { element: ["p"] })).toBe("/p/a/b");
  });
});

describe("gnmi values", () => {
  it("keep what a number of JSON can't hold", () => {
    expect(valueOf({ value: "uint_val", uint_val: "18446744073709551615" })).toBe(
      "18446744073709551615",
    );
    expect(valueOf({ value: "int_val", int_val: "-5" })).toBe(-5);
    expect(valueOf({ value: "double_val", double_val: NaN })).toBe("NaN");
    expect(valueOf({ value: "decimal_val", decimal_val: { digits: "-5", precision: 2 } })).toBe(
      "-0.05",
    );
    expect(valueOf({ value: "decimal_val", decimal_val: { digits: "123", precision: 4e9 } })).toBe(
      "0.000000000000000123",
    );
    expect(valueOf(undefined)).toBe(null);
  });

  it("that are no JSON are an error of the protocol", () => {
    const json_val = new TextEncoder().encode("{");
    expect(() => valueOf({ value: "json_val", json_val })).toThrow("no JSON");
  });

  it("have times with nanoseconds", () => {
    expect(timeOf("1700000000123456789")).toBe("2023-11-14T22:13:20.123456789Z");
    expect(timeOf("-5")).toBeUndefined();
    expect(timeOf("9223372036854775807")).toBe("2262-04-11T23:47:16.854775807Z");
  });
});
