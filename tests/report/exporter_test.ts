import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { VersusError } from "../../lib/error.ts";
import { exporterFor, exporters } from "../../lib/report/exporter.ts";
import { actingCharacters, RICH, withScenarios } from "./fixtures.ts";

describe("exporterFor", () => {
  it("goes by the longest known ending of the name", () => {
    const names = ["a.json", "b.hyperfine.json", "c.csv", "d.md", "e.junit.xml", "f.xml", "G.CSV"];
    expect(names.map((name) => exporterFor(`/x.csv/${name}`).format)).toEqual([
      "json",
      "hyperfine",
      "csv",
      "markdown",
      "junit",
      "junit",
      "csv",
    ]);
  });

  it("names the known endings when it knows none", () => {
    for (const name of ["run.txt", "run", ".json", "x/", "", "run.\x1b[31mjson2"]) {
      let error: unknown;
      try {
        exporterFor(name);
      } catch (caught) {
        error = caught;
      }
      expect(error).toBeInstanceOf(VersusError);
      const { message, exitCode } = error as VersusError;
      expect(exitCode).toBe(2);
      expect(message).toContain(".json, .csv, .md, .junit.xml, .xml, .hyperfine.json");
      expect(actingCharacters(message)).toEqual([]);
    }
  });
});

describe("every exporter", () => {
  for (const { format, render } of exporters) {
    it(`${format}: lets no character through that a terminal acts on`, () => {
      const text = render(RICH).replaceAll("\r\n", "\n");
      // Joined emoji are data in a file; they move nothing.
      expect(actingCharacters(text).filter((code) => code !== "200d")).toEqual([]);
    });

    it(`${format}: ends with a line end, and writes a run of nothing`, () => {
      expect(render(RICH)).toMatch(/[^\n]\n$/);
      expect(render(withScenarios([]))).toMatch(/\n$/);
    });

    it(`${format}: is a function of the document alone`, () => {
      const before = structuredClone(RICH);
      expect(render(RICH)).toBe(render(structuredClone(RICH)));
      expect(RICH).toEqual(before);
    });
  }
});
