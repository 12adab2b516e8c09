/** What one HTTP request drags in. */
import { expect } from "@std/expect";
import { it } from "@std/testing/bdd";
import { describeFootprints, footprintScenario, reached } from "./_footprints.ts";

await describeFootprints(await footprintScenario("http-client"), ({ names, of }) => {
  it("reaches this machine and no other", () => {
    for (const name of names) {
      expect({ name, to: [...new Set(reached(of(name)))] }).toEqual({ name, to: ["127.0.0.1"] });
    }
  });

  it("opens all that requests declares, and more than the standard library alone", () => {
    if (!names.includes("cpython-requests")) return expect(names).not.toContain("cpython-requests");
    const { packages, opened } = of("cpython-requests");
    const pypi = packages.filter(({ ecosystem, declared }) => ecosystem === "pypi" && declared);
    expect(pypi.map(({ name }) => name).sort()).toEqual([
      ...["certifi", "charset-normalizer", "idna", "requests", "urllib3"],
    ]);
    expect(pypi.filter((one) => !one.opened || !one.installed)).toEqual([]);
    expect(opened.unique).toBeGreaterThan(of("cpython").opened.unique);
  });
});
