import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import {
  behindDays,
  freshness,
  type LanguageFacts,
  loadLanguages,
  parseLanguages,
} from "../../lib/score/languages.ts";
import { ROOT } from "../cli/versus.ts";

const YAML = `sources:
  page: { title: A page, date: 2026-01 }
languages:
  - language: go
    toolchain: go
    scheme: MAJOR.MINOR
    cadence: twice a year
    implementations: [gc]
    date: 2026-01
    sources: [page]
    versions:
      - { version: "1.10", released: 2026-01-01 }
      - { version: "1.9", released: 2025-01-01, ends: 2026-01-01 }
`;

const facts: LanguageFacts = parseLanguages(YAML, "languages.yaml");

describe("language data", () => {
  it("is bundled with a date, a source and a release date for every version", async () => {
    const { languages, sources } = await loadLanguages(`${ROOT}scenarios/facts`);
    expect(languages.map((l) => l.language)).toEqual(
      expect.arrayContaining(["python", "go", "rust", "typescript", "java", "c"]),
    );
    for (const language of languages) {
      expect(language.sources.length).toBeGreaterThan(0);
      for (const name of language.sources) expect(sources[name]!.title).not.toBe("");
      const dates = language.versions.map((v) => v.released);
      expect([...dates].sort().reverse()).toEqual(dates);
      for (const { released, ends } of language.versions) {
        if (ends !== undefined) expect(ends > released).toBe(true);
      }
    }
  });

  it("is refused where a version is out of order, a date is none, or a source is missing", () => {
    const changed = (from: string, to: string) => () =>
      parseLanguages(YAML.replace(from, to), "languages.yaml");
    expect(changed('"1.10"', '"1.8"')).toThrow("versions[1]: 1.9, expected newest first");
    expect(changed("2026-01-01 }", "2026-13-01 }")).toThrow("expected a date");
    expect(changed("sources: [page]", "sources: [pag]")).toThrow('unknown source "pag"');
  });

  it("says how far a toolchain is behind the newest release", () => {
    expect(behindDays(facts, { name: "go", version: "1.10.3" })).toBe(0);
    expect(behindDays(facts, { name: "go", version: "1.9" })).toBe(365);
    expect(behindDays(facts, { name: "go", version: "1.11.0" })).toBe(0);
    expect(behindDays(facts, { name: "go", version: "1.1.5" })).toBeUndefined();
    expect(behindDays(facts, { name: "rust", version: "1.9" })).toBeUndefined();
  });

  it("is stale when an installed toolchain is newer than its newest version", () => {
    const of = (version: string) => freshness(facts, [{ name: "go", version }])[0];
    expect(of("1.10.8")).toEqual({ name: "languages/go", date: "2026-01", stale: false });
    expect(of("1.11.0")!.stale).toBe(true);
    expect(of("2.0")!.stale).toBe(true);
    expect(freshness(facts, [{ name: "go" }, { name: "rust", version: "9" }])[0]!.stale).toBe(
      false,
    );
  });
});
