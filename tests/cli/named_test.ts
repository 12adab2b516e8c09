/** What was asked for by name and can't be had, through the real command line. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { hostname } from "node:os";
import * as v from "valibot";
import { RunEventSchema } from "../../lib/record/events.ts";
import { RunRecordSchema } from "../../lib/record/schema.ts";
import { type Ended, versus } from "./versus.ts";

const SCENARIO = `name: halves
title: One that is built and one that is not
computes: The number that it is given.
parameters:
  n: { title: A number, type: integer, min: 0, max: 100, default: 7 }
expect: { rule: n }
reference: whole
variants:
  whole:
    language: shell
    toolchain: sh
    files: [echo.sh]
    run: ["{toolchain}", "{dir}/echo.sh", "{n}"]
  broken:
    language: shell
    toolchain: sh
    files: [echo.sh]
    build: [["{toolchain}", -c, "echo no such header >&2; exit 3"]]
    run: ["{toolchain}", "{dir}/echo.sh", "{n}"]
`;

let home: string;
let own: string;

beforeAll(() => {
  home = Deno.makeTempDirSync({ prefix: "versus-test-" });
  own = join(home, "scenario.yaml");
  Deno.writeTextFileSync(own, SCENARIO);
  Deno.writeTextFileSync(join(home, "echo.sh"), 'echo "$1"\n');
});

afterAll(() => {
  Deno.removeSync(home, { recursive: true });
});

function run(...args: string[]): Promise<Ended> {
  return versus(["run", own, "--trust", "--runs", "1", "--warmup", "0", ...args], { home });
}

describe("versus run with a program that can't be built", () => {
  it("ends with 1 when the program was named, and says why", async () => {
    for (const names of [["--variant", "broken"], ["--language", "shell"]]) {
      const { code, stdout } = await run(...names, "--json");
      const { cases } = v.parse(RunRecordSchema, JSON.parse(stdout)).scenarios[0]!;
      const broken = cases.find((c) => c.variant === "broken");
      expect(broken).toMatchObject({ status: "unavailable" });
      expect(broken!.reason).toContain("ended with 3: no such header");
      expect(code).toBe(1);
    }
  });

  it("ends with 0 when it was not", async () => {
    const { code, stdout } = await run();
    expect(stdout).toMatch(/broken +unavailable: build step .* ended with 3/);
    expect(code).toBe(0);
  });
});

describe("versus run --toolchain", () => {
  it("ends with 5 when nothing is where the user says, whatever variants were named", async () => {
    const { code, stderr } = await run("--toolchain", "sh=/nowhere/sh");
    expect(stderr).toContain("whole is unavailable: /nowhere/sh does not exist");
    expect(code).toBe(5);
  });

  it("refuses no path at all", async () => {
    const { code, stdout, stderr } = await run("--toolchain", "sh=");
    expect(stderr).toContain("error: Found no path behind --toolchain sh=\n");
    expect([code, stdout]).toEqual([2, ""]);
  });
});

describe("versus run --events --anonymize", () => {
  it("leaves host and folders out of every line", async () => {
    const { code, stdout } = await run("--variant", "whole", "--events", "--anonymize");
    const events = stdout.trim().split("\n").map((line) => JSON.parse(line));
    for (const event of events) v.parse(RunEventSchema, event);
    expect(events[0].environment).not.toHaveProperty("hostname");
    expect(events[0].scenarios[0].file).toBe("…/scenario.yaml");
    expect(stdout).not.toContain(`"${hostname()}"`);
    expect(stdout).not.toContain(home);
    expect(code).toBe(0);
  });
});
