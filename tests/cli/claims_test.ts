import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { ClaimsSchema } from "../../lib/score/claims_document.ts";
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

/** A scenario of shell scripts that sleep, and a claim on it. */
function ownClaim(name: string, fast: string): string {
  const folder = `${home}/${name}`;
  Deno.mkdirSync(`${folder}/job`, { recursive: true });
  Deno.writeTextFileSync(`${folder}/job/slow.sh`, "sleep 0.04\necho done\n");
  Deno.writeTextFileSync(`${folder}/job/fast.sh`, fast);
  Deno.writeTextFileSync(
    `${folder}/job/scenario.yaml`,
    `name: job
kind: bench
title: A job
computes: Sleeps
parameters: { unit: { title: Unit, type: string, default: s } }
expect: { results: [{ params: {}, stdout: done }] }
reference: slow
variants:
  slow: { language: shell, toolchain: sh, files: [slow.sh], run: ["{toolchain}", "{dir}/slow.sh", "{unit}"] }
  fast: { language: shell, toolchain: sh, files: [fast.sh], run: ["{toolchain}", "{dir}/fast.sh", "{unit}"] }
`,
  );
  const check = (low: number) => `
    check:
      kind: ratio
      scenario: ./job/scenario.yaml
      metric: wallS
      over: { variants: [slow] }
      under: { variants: [fast] }
      expect: { atLeast: ${low} }`;
  Deno.writeTextFileSync(
    `${folder}/claims.yaml`,
    `name: mine
title: What an article says
sources: { article: { title: An article } }
claims:
  - id: fast-wins
    statement: Fast is faster
    source: article${check(1.2)}
  - id: fast-wins-by-far
    statement: Fast is a thousand times faster
    source: article
    published: { ratio: 1000 }${check(1000)}
`,
  );
  return `${folder}/claims.yaml`;
}

describe("versus claims", () => {
  it("lists what the documents claim", async () => {
    const { code, stdout, stderr } = await run("claims");
    expect(stdout).toContain("viete-go-317");
    expect(stdout).toContain("published: ratio 317");
    expect(stdout).toMatch(/36 claims: 0 reproduced, 0 refuted, 0 inconclusive, 36 not run\n$/);
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("judges by recorded runs, as one JSON document that its schema accepts", async () => {
    const id = writeJournal(
      home,
      madeEvents([{
        name: "flipsum",
        loop: "n",
        cases: [
          { variant: "cpython", seconds: 6.4, params: { n: 1e8 } },
          { variant: "go", seconds: 0.1, params: { n: 1e8 } },
          { variant: "rust", seconds: 0.05, params: { n: 1e8 } },
        ],
      }]),
    );
    const names = ["flipsum-go-over-cpython", "flipsum-go-over-rust", "rest-rust-over-go"];
    const { code, stdout, stderr } = await run("claims", "--json", ...names);
    const { claims, sources } = v.parse(ClaimsSchema, JSON.parse(stdout));
    expect(claims.map((c) => [c.id, c.verdict, c.measured?.runId])).toEqual([
      [names[0], "reproduced", id],
      [names[1], "refuted", id],
      [names[2], "not-run", undefined],
    ]);
    expect(Object.keys(sources)).toContain("rest-service");
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("--run measures claims of one's own and keeps the run; verdicts don't change the code", async () => {
    const file = ownClaim("good", "echo done\n");
    const { code, stdout, stderr } = await run(
      ...["claims", "--run", "--budget", "6s", "--seed", "1", "--trust", "--json", "--file", file],
    );
    const { claims } = v.parse(ClaimsSchema, JSON.parse(stdout));
    expect(claims.map((c) => [c.id, c.verdict])).toEqual([
      ["fast-wins", "reproduced"],
      ["fast-wins-by-far", "refuted"],
    ]);
    const { ratio, low, high, runId } = claims[0]!.measured!;
    expect(low).toBeLessThanOrEqual(ratio);
    expect(high).toBeGreaterThanOrEqual(ratio);
    expect(Deno.statSync(`${home}/state/runs/${runId}.jsonl`).isFile).toBe(true);
    expect(stderr).toContain("scenario 1 of 1");
    expect(code).toBe(0);
    // What was measured stands for later.
    const later = await run("claims", "--file", file, "--json");
    expect(v.parse(ClaimsSchema, JSON.parse(later.stdout)).claims[0]!.verdict).toBe("reproduced");
  });

  it("--run ends with 1 when a program that a claim needs fails, and says which", async () => {
    const file = ownClaim("bad", "exit 3\n");
    const { code, stdout } = await run(
      ...["claims", "--run", "--budget", "6s", "--seed", "1", "--trust", "--file", file],
    );
    expect(stdout).toMatch(/job\/fast\S* is failed/);
    expect(stdout).toMatch(/0 reproduced, 0 refuted, 0 inconclusive, 2 not run/);
    expect(code).toBe(1);
    // Another scenario of the same name was measured before: it says nothing of this one.
    const later = await run("claims", "--file", ownClaim("other", "echo done\n"));
    expect(later.stdout).toContain("0 reproduced, 0 refuted, 0 inconclusive, 2 not run");
  });

  it("--run lists claims on scenarios that do not exist as not run, with the reason", async () => {
    const { code, stdout } = await run("claims", "--run", "--budget", "5s", "extension-call-cost");
    expect(stdout).toMatch(/not run +extension-call-cost/);
    expect(stdout).toMatch(/Not measured: There is no scenario "extension-call"\.$/m);
    expect(code).toBe(0);
  });

  it("--run asks before it runs a scenario of one's own", async () => {
    const file = ownClaim("untrusted", "echo done\n");
    const { code, stdout, stderr } = await run("claims", "--run", "--budget", "5s", "--file", file);
    expect(stderr).toContain("It runs these commands:");
    expect(stderr).toContain("is not trusted");
    expect([code, stdout]).toEqual([2, ""]);
  });

  it("refuses an unknown claim, a budget without --run and an invalid file with code 2", async () => {
    const unknown = await run("claims", "viete-go-371");
    expect(unknown.stderr).toContain("There is no claim viete-go-371; did you mean viete-go-317?");
    const early = await run("claims", "--budget", "5m");
    const path = `${home}/invalid.yaml`;
    Deno.writeTextFileSync(path, "name: x\ntitle: y\nsources: {}\nclaims: []\n");
    const invalid = await run("claims", "--file", path);
    expect(invalid.stderr).toContain("claims: found an empty list, expected at least one claim");
    expect([unknown.code, early.code, invalid.code]).toEqual([2, 2, 2]);
  });
});
