import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { fillCommand, type TemplateValues, templateValues } from "../../lib/scenario/mod.ts";
import { thrownBy } from "./_support.ts";

const values: TemplateValues = templateValues(
  { realPath: "/opt/rust/bin/rustc", tools: { cargo: "/opt/rust/bin/cargo" } },
  "/src dir",
  "/out",
  { n: 1e12, scale: 0.5, mode: "a {n} b", check: true },
);

function fill(text: string): string {
  return fillCommand([text], values)[0]!;
}

describe("fillCommand", () => {
  it("fills each argument by itself; blanks need no quoting", () => {
    expect(fillCommand(["{toolchain}", "{dir}/a.rs", "-o{out}/a", "x"], values))
      .toEqual(["/opt/rust/bin/rustc", "/src dir/a.rs", "-o/out/a", "x"]);
  });

  it("fills tools and parameters", () => {
    expect(fill("{tool:cargo}")).toBe("/opt/rust/bin/cargo");
    expect(fill("{n}/{scale}/{check}")).toBe("1000000000000/0.5/true");
  });

  it("does not read what it filled in again", () => {
    expect(fill("{mode}")).toBe("a {n} b");
  });

  it("takes doubled braces for braces, and a closing one by itself", () => {
    expect(fill("{{n}}")).toBe("{n}");
    expect(fill("{{{scale}}}")).toBe("{0.5}");
    expect(fill('{{"a": {{"b": {scale}}}}}')).toBe('{"a": {"b": 0.5}}');
    expect(fill("a}b")).toBe("a}b");
    expect(fill("")).toBe("");
  });

  it("refuses what stands for nothing", () => {
    const refusal = (text: string) => thrownBy(() => fill(text)).message;
    expect(refusal("{scael}")).toBe('Unknown placeholder {scael}, did you mean "scale"?');
    expect(refusal("{constructor}")).toMatch(/Unknown placeholder \{constructor\}/);
    expect(refusal("{n")).toMatch(/found a \{ that is not closed/);
    expect(refusal("{}")).toMatch(/found \{\}, expected the name of a value/);
    expect(refusal("{tool:Cargo}")).toMatch(/found \{tool:Cargo\}, expected the name/);
  });

  it("tells a missing tool by exit code 5", () => {
    const error = thrownBy(() => fill("{tool:carog}"));
    expect(error.message).toMatch(/rustc has no carog, did you mean "cargo"\?/);
    expect(error.exitCode).toBe(5);
    expect(thrownBy(() => fill("{tool:constructor}")).exitCode).toBe(5);
  });
});
