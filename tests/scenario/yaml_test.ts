import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { join } from "node:path";
import { parseYaml, readYaml } from "../../lib/scenario/mod.ts";
import { rejectionOf, temporaryFolder, thrownBy } from "./_support.ts";

function messageOf(text: string): string {
  return thrownBy(() => parseYaml(text, "a.yaml")).message;
}

describe("parseYaml", () => {
  it("reads numbers, and leaves dates and words as text", () => {
    const text =
      "a: 1e7\nb: 1_000_000\nc: no\nd: off\ne: 2024-12-01\nf: 2024-12\ng: 0x1f\nh: ~\ni: 1:30\n";
    expect(parseYaml(text, "a.yaml")).toEqual({
      a: 1e7,
      b: 1_000_000,
      c: "no",
      d: "off",
      e: "2024-12-01",
      f: "2024-12",
      g: 31,
      h: null,
      i: "1:30",
    });
  });

  it("reads CRLF, a byte-order mark, comments and an end mark", () => {
    expect(parseYaml("\ufeff# x\r\na: 1\r\nb: [1,\r\n 2]\r\n...\r\n", "a.yaml"))
      .toEqual({ a: 1, b: [1, 2] });
  });

  it("gives null for nothing", () => {
    expect(parseYaml("", "a.yaml")).toBe(null);
    expect(parseYaml("# only a comment\n", "a.yaml")).toBe(null);
  });

  it("writes aliases out as copies", () => {
    const value = parseYaml("a: &x [1]\nb: *x\n", "a.yaml") as { a: number[]; b: number[] };
    expect(value).toEqual({ a: [1], b: [1] });
    expect(value.a === value.b).toBe(false);
  });

  const mistakes: readonly (readonly [name: string, text: string, message: RegExp])[] = [
    ["bad indentation", "a:\n  b: 1\n c: 2\n", /^a\.yaml:3:2: bad indentation of "c: 2"/],
    ["bad indentation in a list", "a:\n  - 1\n - 2\n", /^a\.yaml:3:\d+: /],
    ["a tab that indents", "a:\n\tb: 1\n", /^a\.yaml:2:1: found a tab before the text/],
    ["a tab after blanks", "a:\n  b:\n  \tc: 1\n", /^a\.yaml:3:3: found a tab before the text/],
    ["an unclosed double quote", 'a: 1\nb: "x\nc: 2\n', /ends inside " quotes, .*line 2 opens/],
    ["an unclosed single quote", "a: 'x\nb: 1\n", /ends inside ' quotes, .*line 1 opens/],
    ["an unclosed list", "a: [1, 2\nb: 3\n", /^a\.yaml:2:1: a comma is missing in a list or map/],
    ["an unclosed map", "a: {b: 1\n", /^a\.yaml:2:1: a bracket is not closed/],
    ["an unquoted placeholder", "a: [{dir}/x]\n", /^a\.yaml:1:10: a comma is missing/],
    ["a duplicate key", "a: 1\nb: 2\na: 3\n", /^a\.yaml:3:1: key "a" is given twice/],
    ["a nested duplicate key", "x:\n  k: 1\n  k: 3\n", /^a\.yaml:3:3: key "k" is given twice/],
    ["a duplicate key in a flow map", "{a: 1, a: 2}\n", /^a\.yaml:1:\d+: key .* is given twice/],
    ["two documents", "a: 1\n---\nb: 2\n", /^a\.yaml:2:1: a second document starts here/],
    ["a JavaScript tag", "a: !!js/function 'x'\n", /tag !!js\/function is not supported/],
    ["a regular expression tag", "a: !!js/regexp /x/\n", /tag !!js\/regexp is not supported/],
    ["a binary tag", "a: !!binary aGk=\n", /tag !!binary is not supported/],
    ["a timestamp tag", "a: !!timestamp 2024-01-01\n", /tag !!timestamp is not supported/],
    ["a local tag", "a: !foo x\n", /tag !foo is not supported/],
    ["an unknown alias", "a: &base 1\nb: *bas\n", /^a\.yaml:2:\d+: alias "bas".*mean "base"\?/],
    ["a merge key", "a: &x {b: 1}\nc:\n  <<: *x\n", /c\["<<"\]: merge keys are not supported/],
    ["a value in a value", "a: b: c\n", /^a\.yaml:1:\d+: "a: b: c" is not valid YAML here/],
    ["a missing blank", "a:1\nb: 2\n", /^a\.yaml:2:\d+: "b: 2" is not valid YAML here/],
    ["a reserved character", "a: @x\n", /^a\.yaml:1:4: "a: @x" is not valid YAML here/],
    ["a control character", "a: \x01\n", /^a\.yaml:1:\d+: a control character/],
    ["a NUL byte", "a: 1\0\n", /found a NUL byte at 4, expected text/],
    ["a prototype", "__proto__: {a: 1}\n", /key "__proto__" is not allowed/],
    ["a constructor", "a: {constructor: 1}\n", /a\.constructor: key "constructor" is not allowed/],
    ["a cyclic alias", "a: &a [*a]\n", /^a\.yaml: a\[0\]: found an alias to what contains it/],
    ["a cyclic map", "a: &a {b: {c: *a}}\n", /^a\.yaml: a\.b\.c: found an alias to what contains/],
    ["nested lists", "[".repeat(10_000) + "]".repeat(10_000), /nested more than 32 levels/],
    ["nested maps", "{a: ".repeat(10_000) + "1" + "}".repeat(10_000), /nested more than 32 levels/],
    ["nested dashes", "- ".repeat(10_000) + "1", /nested more than 32 levels/],
    ["40 levels", "a: " + "[".repeat(40) + "]".repeat(40), /nested more than 32 levels/],
    ["too much", "a: " + "x".repeat(1024 * 1024), /found 1048579 bytes, expected at most 1 MiB/],
    ["too many aliases", `a: &a 1\nb: [${"*a, ".repeat(101)}]\n`, /found 101 aliases, expected at/],
  ];
  for (const [name, text, message] of mistakes) {
    it(`refuses ${name}`, () => {
      expect(messageOf(text)).toMatch(message);
    });
  }

  it("gives every refusal a hint", () => {
    const hints = mistakes.map(([, text]) => thrownBy(() => parseYaml(text, "a.yaml")).hint ?? "");
    expect(hints.filter((hint) => hint.length < 5)).toEqual([]);
  });

  it("refuses an alias bomb without writing it out", () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
    for (let i = 1; i <= 10; i++) {
      lines.push(`a${i}: &a${i} [${Array(9).fill(`*a${i - 1}`).join(", ")}]`);
    }
    expect(messageOf(lines.join("\n"))).toMatch(/found more than 100000 values with all aliases/);
  });

  it("keeps control characters of the file's name from the terminal", () => {
    expect(thrownBy(() => parseYaml("a: [", "a\x1b[31m.yaml")).message).toMatch(
      /^a\\x1b\[31m\.yaml:/,
    );
  });
});

describe("readYaml", () => {
  it("reads a file", async () => {
    await using folder = await temporaryFolder({ "a.yaml": "a: é\n" });
    expect(await readYaml(join(folder.path, "a.yaml"))).toEqual({ a: "é" });
  });

  it("refuses 10 MB, binary data, Latin-1, UTF-16, a folder and what is not there", async () => {
    await using folder = await temporaryFolder({ "large.yaml": "a: 1\n".repeat(2_000_000) });
    const write = (name: string, bytes: number[]) =>
      Deno.writeFile(join(folder.path, name), new Uint8Array(bytes));
    await write("elf.yaml", [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0]);
    await write("latin1.yaml", [0x61, 0x3a, 0x20, 0xe9, 0x0a]);
    await write("utf16.yaml", [0xff, 0xfe, 0x61, 0x00, 0x3a, 0x00]);
    const message = async (name: string) =>
      (await rejectionOf(readYaml(join(folder.path, name)))).message;
    expect(await message("large.yaml")).toMatch(/found 10000000 bytes, expected at most 1 MiB/);
    expect(await message("elf.yaml")).toMatch(/found a NUL byte at 7, expected text/);
    expect(await message("latin1.yaml")).toMatch(/found bytes that are not UTF-8/);
    expect(await message("utf16.yaml")).toMatch(/found UTF-16, expected UTF-8/);
    expect(await message(".")).toMatch(/found a folder, expected a file/);
    expect(await message("none.yaml")).toMatch(/^Cannot read .*none\.yaml: there is no such file$/);
    expect((await rejectionOf(readYaml(folder.path))).exitCode).toBe(2);
  });

  it("does not wait for a device", async () => {
    expect((await rejectionOf(readYaml("/dev/zero"))).message).toMatch(/found a device or pipe/);
  });
});
