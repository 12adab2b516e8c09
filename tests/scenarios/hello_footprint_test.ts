/** What a greeting drags in. */
import { expect } from "@std/expect";
import { it } from "@std/testing/bdd";
import { describeFootprints, footprintScenario, reached } from "./_footprints.ts";

await describeFootprints(await footprintScenario("hello"), ({ names, of, caseOf }) => {
  it("is the runtime's alone: no package of a language is opened but what always is", () => {
    for (const name of ["go", "rust", "c", "shell"].filter((one) => names.includes(one))) {
      const languages = of(name).packages
        .filter(({ ecosystem, opened }) =>
          opened && ["pypi", "npm", "jsr", "go", "cargo"].includes(ecosystem)
        );
      expect({ name, languages }).toEqual({ name, languages: [] });
    }
  });

  it("is least where nothing is interpreted", () => {
    const compiled = ["go", "rust", "c"].filter((name) => names.includes(name));
    const runtimes = ["cpython", "pypy", "node", "typescript", "java"]
      .filter((name) => names.includes(name));
    for (const name of compiled) {
      for (const runtime of runtimes) {
        expect(of(name).opened.unique).toBeLessThan(of(runtime).opened.unique);
      }
    }
  });

  it("reaches nobody", () => {
    for (const name of names) expect({ name, to: reached(of(name)) }).toEqual({ name, to: [] });
  });

  it("has a size and a linkage that fit what is shipped", () => {
    for (const name of names) {
      const { build } = caseOf(name);
      expect(build!.artifactBytes).toBeGreaterThan(0);
      const compiled = ["go", "rust", "c"].includes(name);
      expect({ name, script: build!.linkage === "script" }).toEqual({ name, script: !compiled });
      // A program without a loader opens no library.
      if (build!.linkage === "static") expect(of(name).bytes.mapped).toBe(0);
    }
  });
});
