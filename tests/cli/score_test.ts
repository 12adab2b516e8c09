import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { DoctorSchema } from "../../cli/documents.ts";
import { ScoreSchema } from "../../lib/score/document_schema.ts";
import { madeEvents, writeJournal } from "../score/made_runs.ts";
import { type Ended, versus } from "./versus.ts";

let home: string;

beforeAll(() => {
  home = Deno.makeTempDirSync({ prefix: "versus-test-" });
});

afterAll(() => {
  Deno.removeSync(home, { recursive: true });
});

function run(...args: string[]): Promise<Ended> {
  return versus(args, { home, env: { COLUMNS: "120" } });
}

const MINE = `name: mine
title: My own card
sources: { notes: { title: My notes } }
languages: [go, rust]
categories:
  - id: speed
    name: Speed
    short: Speed
    editorial: { source: notes, scores: { go: 9, rust: 10 } }
`;

/** Writes a file into the home. */
function file(name: string, text: string): string {
  const path = `${home}/${name}`;
  Deno.writeTextFileSync(path, text);
  return path;
}

describe("versus score", () => {
  it("prints the versus table with the talk's totals, and how to measure", async () => {
    const { code, stdout, stderr } = await run("score");
    expect(stdout).toMatch(/^total +70 \| +- +71 \| +- +67 \| +-$/m);
    expect(stdout).toContain("versus run startup -p program=empty --language python,go,rust");
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("prints one JSON document that its schema accepts", async () => {
    const { code, stdout, stderr } = await run("score", "--json", "--profile", "telemetry");
    const document = v.parse(ScoreSchema, JSON.parse(stdout));
    expect(document.profile).toBe("telemetry");
    expect(document.totals["go"]!.editorial).toBe(38);
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("explains a category", async () => {
    const { code, stdout } = await run("score", "--explain", "performance");
    expect(stdout).toContain("points = 10 * log(x / 1000) / log(1 / 1000), from 0 to 10");
    expect(stdout).toMatch(/python, from the published figures: .* = 5\.03; given: 5/);
    expect(code).toBe(0);
  });

  it("reads the journals of this machine, and leaves out one that is damaged", async () => {
    const own = Deno.makeTempDirSync({ prefix: "versus-test-" });
    try {
      const id = writeJournal(
        own,
        madeEvents([{
          name: "startup",
          cases: [{ variant: "c", language: "c", seconds: 0.001, params: { program: "empty" } }],
        }]),
      );
      const whole = await versus(["score", "--json"], { home: own });
      const { languages, categories } = v.parse(ScoreSchema, JSON.parse(whole.stdout));
      expect(languages).toContain("c");
      const cell = categories.find((c) => c.id === "performance")!.scores["c"]!;
      expect(cell.evidence).toContainEqual(expect.objectContaining({ runId: id, points: 10 }));
      const path = `${own}/state/runs/${id}.jsonl`;
      Deno.writeTextFileSync(path, `${Deno.readTextFileSync(path)}{"type":"nonsense"}\n`);
      const damaged = await versus(["score", "--json"], { home: own });
      expect(damaged.stderr).toMatch(/Left out: The journal .* is damaged at line/);
      expect(v.parse(ScoreSchema, JSON.parse(damaged.stdout)).languages).not.toContain("c");
      expect(damaged.code).toBe(0);
    } finally {
      Deno.removeSync(own, { recursive: true });
    }
  });

  it("shows several cards side by side", async () => {
    const mine = file("mine.yaml", MINE);
    const { code, stdout } = await run("score", "--card", "nanog90", "--card", mine);
    expect(stdout).toMatch(/^mine \(default\) +9 \|/m);
    expect(stdout).toMatch(/^nanog90 \(default\) +70 \|/m);
    expect(code).toBe(0);
    const json = await run("score", "--card", mine, "--card", "nanog90", "--json");
    const document = v.parse(ScoreSchema, JSON.parse(json.stdout));
    expect([document.card, document.others!.map((c) => c.card)]).toEqual(["mine", ["nanog90"]]);
  });

  const wrong: [what: string, args: string[], card: string, message: string][] = [
    [
      "an unknown category",
      ["--weights", "sped=2"],
      MINE,
      "Unknown category sped; did you mean speed?",
    ],
    ["a negative weight", ["--weights", "speed=-2"], MINE, "Found -2 as the weight of speed"],
    ["an unknown profile", ["--profile", "fast"], MINE, "Unknown profile fast"],
    [
      "an unknown language",
      [],
      MINE.replace("rust: 10", "rsut: 10"),
      'categories[0].editorial.scores["rsut"]',
    ],
    [
      "a missing source",
      [],
      MINE.replace("source: notes", "source: letters"),
      'categories[0].editorial.source: unknown source "letters", expected "notes"',
    ],
    [
      "evidence of a deleted run",
      [],
      `${MINE}    evidence: [{ language: go, run: 20260101T000000Z-aaaaaa }]\n`,
      'categories[0].evidence[0].run: found run "20260101T000000Z-aaaaaa", which was deleted',
    ],
  ];
  for (const [what, args, card, message] of wrong) {
    it(`refuses ${what} with code 2`, async () => {
      const path = file("wrong.yaml", card);
      const { code, stdout, stderr } = await run("score", "--card", path, ...args);
      expect(stderr.replaceAll('["rsut"]', ".rsut")).toContain(
        message.replaceAll('["rsut"]', ".rsut"),
      );
      expect([code, stdout]).toEqual([2, ""]);
    });
  }
});

describe("versus doctor", () => {
  it("says how old the language data is", async () => {
    const { stdout } = await run("doctor", "--json");
    const { data } = v.parse(DoctorSchema, JSON.parse(stdout));
    expect(data.map((d) => d.name)).toContain("languages/go");
    for (const { date } of data) expect(date).toMatch(/^\d{4}-\d\d/);
  });
});

describe("versus schema", () => {
  for (const kind of ["score", "scorecard", "claims", "claims-file"]) {
    it(`prints that of ${kind}`, async () => {
      const { code, stdout } = await run("schema", kind);
      const schema = JSON.parse(stdout);
      expect(schema.type).toBe("object");
      expect(Object.keys(schema.properties).length).toBeGreaterThan(2);
      expect(code).toBe(0);
    });
  }
});
