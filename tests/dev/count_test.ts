import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { deno } from "../../tasks/_deno.ts";
import { countCases, countLine, type Counts } from "../../tasks/_tests.ts";

const CASES = `
import { beforeAll, describe, it } from "@std/testing/bdd";
describe("outer & more", () => {
  it("passes", () => {});
  describe("inner", () => {
    it("passes > too", () => {});
    it("fails", () => { throw new Error("as it should </testcase>"); });
    it.skip("is skipped", () => {});
  });
});
it("stands alone", () => {});
describe("empty handed", () => {
  it("passes", () => {});
});
`;

const HOOK = `
import { beforeAll, describe, it } from "@std/testing/bdd";
describe("with a hook", () => {
  beforeAll(() => { throw new Error("as it should"); });
  it("does not get there", () => {});
});
`;

let folder = "";

beforeAll(async () => {
  folder = await Deno.makeTempDir({ prefix: "versus-count-" });
});

afterAll(async () => {
  await Deno.remove(folder, { recursive: true });
});

/** Runs a test file, and counts what its report says. */
async function count(text: string): Promise<Counts & { code: number }> {
  await Deno.writeTextFile(`${folder}/x_test.ts`, text);
  const report = `${folder}/report.xml`;
  const { code } = await deno([
    "test",
    "--no-check",
    `--junit-path=${report}`,
    `${folder}/x_test.ts`,
  ], {
    capture: true,
  });
  return { code, ...countCases(await Deno.readTextFile(report)) };
}

describe("countCases", () => {
  it("counts cases, not suites", async () => {
    expect(await count(CASES)).toEqual({ code: 1, passed: 4, failed: 1, skipped: 1 });
  });

  it("counts a suite whose hook failed", async () => {
    const { code, failed } = await count(HOOK);
    expect(code).toBe(1);
    expect(failed).toBeGreaterThan(0);
  });

  it("counts nothing in no report", () => {
    expect(countCases("")).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});

describe("countLine", () => {
  it("names skipped cases only where there are some", () => {
    expect(countLine({ passed: 3, failed: 0, skipped: 0 })).toBe("3 passed, 0 failed");
    expect(countLine({ passed: 3, failed: 1, skipped: 2 })).toBe("3 passed, 1 failed, 2 skipped");
  });
});
