/** What versus relies on in `@std/yaml`, `@std/expect` and `@std/testing/bdd`. */
import { parse, parseAll, stringify, YamlSyntaxError } from "@std/yaml";
import { expect, fn } from "@std/expect";
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from "@std/testing/bdd";

describe("yaml", () => {
  it("reads documents, anchors and block texts", () => {
    const text = "a: &x [1, 1e8, true, ~]\nb: *x\nc: |\n  two\n  lines\n";
    expect(parse(text)).toEqual({
      a: [1, 1e8, true, null],
      b: [1, 1e8, true, null],
      c: "two\nlines\n",
    });
    expect(parseAll("a\n---\nb\n")).toEqual(["a", "b"]);
  });

  it("says where a text is wrong", () => {
    try {
      parse("a: 1\nb: [1,\nc: 2\n");
    } catch (error) {
      expect(error).toBeInstanceOf(YamlSyntaxError);
      if (error instanceof YamlSyntaxError) {
        expect(error.line).toBeGreaterThan(1);
        expect(error.column).toBeGreaterThan(0);
        return;
      }
    }
    throw new Error("No error");
  });

  it("refuses keys that repeat, unless they may", () => {
    expect(() => parse("a: 1\na: 2")).toThrow(YamlSyntaxError);
    expect(parse("a: 1\na: 2", { allowDuplicateKeys: true })).toEqual({ a: 2 });
  });

  it("writes what it reads", () => {
    const value = { name: "x", list: [1, "two", null], nested: { yes: true } };
    expect(parse(stringify(value))).toEqual(value);
    expect(stringify({ b: 1, a: 2 }, { sortKeys: true })).toBe("a: 2\nb: 1\n");
  });
});

describe("expect", () => {
  it("compares, and says the opposite", () => {
    expect({ a: [1, { b: 2 }] }).toEqual({ a: [1, { b: 2 }] });
    expect({ a: 1, b: 2 }).toMatchObject({ a: 1 });
    expect([1, 2]).toContain(2);
    expect("text").toMatch(/ex/);
    expect(0.1 + 0.2).toBeCloseTo(0.3);
    expect(1).not.toBe(2);
    expect({ a: "xyz" }).toEqual({ a: expect.stringContaining("y") });
    expect(() => expect(1).toBe(2)).toThrow();
  });

  it("sees promises and errors", async () => {
    await expect(Promise.resolve(1)).resolves.toBe(1);
    await expect(Promise.reject(new RangeError("far"))).rejects.toThrow(RangeError);
    await expect(Promise.reject(new RangeError("far"))).rejects.toThrow("far");
  });

  it("sees how a function was called", () => {
    const spy = fn() as (text: string) => void;
    spy("a");
    expect(spy).toHaveBeenCalledTimes(1);
    expect(spy).toHaveBeenCalledWith("a");
  });
});

describe("bdd", () => {
  const seen: string[] = [];
  beforeAll(async () => {
    await Promise.resolve();
    seen.push("all");
  });
  beforeEach(() => {
    seen.push("each");
  });
  afterEach(() => {
    seen.push("done");
  });
  afterAll(() => {
    seen.length = 0;
  });

  it("runs hooks around cases", () => {
    expect(seen).toEqual(["all", "each"]);
  });

  describe("inside", () => {
    it("runs those of the suite around it too", () => {
      expect(seen).toEqual(["all", "each", "done", "each"]);
    });
  });
});
