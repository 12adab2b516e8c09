/** Names, values and files that are wrong. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { writeScenario } from "./foreign.ts";
import { versus } from "./versus.ts";

describe("names and values that are wrong", () => {
  let home: string;

  beforeAll(() => {
    home = Deno.makeTempDirSync({ prefix: "versus-test-" });
  });

  afterAll(() => {
    Deno.removeSync(home, { recursive: true });
  });

  for (
    const [what, args, ...words] of [
      ["an unknown scenario", ["flipsun"], "flipsun", "flipsum"],
      ["no scenario", [], "versus list"],
      ["an unknown variant", ["flipsum", "--variant", "cpythn"], "cpythn", "cpython"],
      ["an unknown language", ["flipsum", "--language", "pyton"], "pyton", "python"],
      ["an unknown toolchain", ["flipsum", "--toolchain", "goo=/bin/go"], "goo", "go"],
      ["an unknown parameter", ["flipsum", "-p", "m=5"], '"m"', "n"],
      ["a value out of range", ["flipsum", "-p", "workers=1000"], "1000", "256"],
      ["a value of another type", ["flipsum", "-p", "n=many"], "many", "whole number"],
      ["an assignment without a value", ["flipsum", "-p", "n"], "NAME=VALUE"],
      ["a sweep without an end", ["flipsum", "--sweep", "workers=1.."], "workers"],
      ["a sweep out of range", ["flipsum", "--sweep", "workers=1..999"], "257"],
      ["a file that is not there", ["./no/such.yaml"], "no/such.yaml"],
      ["a run that is not there", ["--resume", "20200101T000000Z-000000"], "20200101T000000Z"],
      ["two ways at once", ["flipsum", "--runs", "5", "--precision", "1%"], "precision"],
    ] as const
  ) {
    it(`refuses ${what}`, async () => {
      const { code, stdout, stderr } = await versus(["run", ...args], { home });
      for (const word of words) expect(stderr).toContain(word);
      expect(stderr).toMatch(/^error: /);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect([code, stdout]).toEqual([2, ""]);
    });
  }

  it("ends with 5 when a variant is named whose toolchain is missing", async () => {
    const { code, stderr } = await versus(
      ["run", "flipsum", "--variant", "go", "--toolchain", "go=/no/such/go", "--runs", "1"],
      { home },
    );
    expect(stderr).toContain("go is unavailable");
    expect(code).toBe(5);
  });

  it("leaves the code alone when a variant that was not named is missing", async () => {
    const file = writeScenario(join(home, "two"), { good: 'echo "$1"\n', other: 'echo "$1"\n' });
    Deno.writeTextFileSync(
      file,
      Deno.readTextFileSync(file).replace(
        "other: { language: shell, toolchain: sh,",
        'other: { language: c, toolchain: c, requires: ">=999",',
      ),
    );
    const { code, stdout } = await versus(
      ["run", file, "--trust", "--json", "--runs", "1"],
      { home },
    );
    const { cases } = JSON.parse(stdout).scenarios[0];
    expect(cases.map((c: { status: string }) => c.status)).toEqual(["ok", "unavailable"]);
    expect(cases[1].reason).toContain("999");
    expect(code).toBe(0);
  });

  it("does not run a scenario from outside when nobody can be asked", async () => {
    const file = writeScenario(join(home, "mine"), { only: `touch '${home}/ran'; echo "$1"\n` });
    const { code, stderr } = await versus(["run", file], { home });
    expect(stderr).toContain("only.sh");
    expect(stderr).toContain("--trust");
    expect(code).toBe(2);
    expect(() => Deno.statSync(join(home, "ran"))).toThrow(Deno.errors.NotFound);
  });

  describe("scenario files", () => {
    const valid = () =>
      Deno.readTextFileSync(writeScenario(join(home, "valid"), { only: 'echo "$1"\n' }));
    const deep = "[".repeat(20_000) + "]".repeat(20_000);
    const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]"]
      .concat(
        [..."bcdefghij"].map((c, i) =>
          `${c}: &${c} [${Array(9).fill(`*${String.fromCharCode(97 + i)}`).join(",")}]`
        ),
      ).join("\n");
    for (
      const [what, text, word] of [
        ["bad indentation", () => valid().replace("title:", "   title:"), "line"],
        ["a tab", () => valid().replace("  n:", "\tn:"), "tab"],
        ["an unclosed quote", () => valid().replace("title: A", 'title: "A'), "line"],
        ["a key twice", () => valid() + "title: again\n", "title"],
        ["an unknown key", () => valid() + "tittle: x\n", "title"],
        ["a missing key", () => valid().replace("title: A test\n", ""), "title"],
        ["a list in the place of a map", () => "- a\n- b\n", "scenario"],
        ["nothing", () => "", "empty"],
        ["an unknown placeholder", () => valid().replace('"{n}"', '"{m}"'), "{m}"],
        ["a rule that is none", () => valid().replace("rule: n", "rule: n +"), "rule"],
        ["a file outside", () => valid().replace("only.sh]", "../only.sh]"), ".."],
        ["a file that is not there", () => valid().replace("[only.sh]", "[gone.sh]"), "gone.sh"],
        ["deep nesting", () => `x: ${deep}\n`, "nest"],
        ["an alias bomb", () => bomb, "alias"],
        ["10 MB", () => valid() + "# ".padEnd(10_000_000, "x") + "\n", "MiB"],
        ["a binary", () => "name: \0\x01\x02\n", "binary"],
      ] as const
    ) {
      it(`refuses ${what}, and says where`, async () => {
        const file = join(home, "valid", "bad.yaml");
        Deno.writeTextFileSync(file, text());
        const { code, stdout, stderr } = await versus(["run", file, "--trust"], { home });
        expect(stderr).toContain("bad.yaml");
        expect(stderr.toLowerCase()).toContain(word.toLowerCase());
        expect(stderr.length).toBeLessThan(4000);
        expect([code, stdout]).toEqual([2, ""]);
      });
    }
  });

  it("writes a scenario that runs", async () => {
    expect((await versus(["new", "scenario", "my-loop"], { home })).code).toBe(0);
    const { code, stdout } = await versus(
      ["run", "./my-loop", "--trust", "--json", "--runs", "1", "--language", "python"],
      { home },
    );
    const { cases } = JSON.parse(stdout).scenarios[0];
    expect(cases.length).toBeGreaterThan(0);
    for (const c of cases) expect(c.status).toBe("ok");
    expect(code).toBe(0);
    expect((await versus(["new", "scenario", "my-loop"], { home })).code).toBe(2);
    expect((await versus(["new", "scenario", "My Loop"], { home })).code).toBe(2);
  });
});
