import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { join } from "node:path";
import {
  type Case,
  checkOutput,
  expandCases,
  expectedOutput,
  fillCommand,
  loadScenario,
  newScenario,
  templateValues,
} from "../../lib/scenario/mod.ts";
import { findToolchain, isMissing } from "../../lib/toolchain/mod.ts";
import { rejectionOf, temporaryFolder } from "./_support.ts";

async function succeed(argv: readonly string[], cwd: string): Promise<string> {
  const [program, ...args] = argv;
  const { success, stdout, stderr } = await new Deno.Command(program!, { args, cwd }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(`${argv.join(" ")} failed: ${text.decode(stderr)}`);
  return text.decode(stdout);
}

/** Builds and runs a case where its toolchain is there; its output. */
async function outputOf(one: Case, out: string): Promise<string | undefined> {
  const toolchain = await findToolchain(one.variant.toolchain);
  if (isMissing(toolchain)) return undefined;
  const { folder } = one.scenario;
  const values = templateValues(toolchain, folder, out, {});
  for (const step of one.variant.build) await succeed(fillCommand(step, values), folder);
  return await succeed(fillCommand(one.variant.run, { ...values, params: one.params }), folder);
}

describe("newScenario", () => {
  it("writes one that loads, and whose programs print what its rule says", async () => {
    await using folder = await temporaryFolder();
    const written = await newScenario("my-loop", folder.path);
    expect(written.folder).toBe(join(folder.path, "my-loop"));
    expect(written.files.length).toBeGreaterThan(1);
    const scenario = await loadScenario(written.folder);
    expect(scenario.name).toBe("my-loop");
    expect(scenario.bundled).toBe(false);
    expect(scenario.file).toBe(written.file);

    const ran: string[] = [];
    for (const n of [1, 3, 1000]) {
      for (const one of expandCases(scenario, { params: { n } })) {
        const out = await Deno.makeTempDir({ dir: folder.path });
        const output = await outputOf(one, out);
        if (output === undefined) continue;
        const expected = expectedOutput(scenario, one.variant, one.params)!;
        expect(checkOutput(expected, output)).toEqual({ ok: true });
        ran.push(one.variant.name);
      }
    }
    expect(ran).toContain("python");
  });

  it("never writes over anything", async () => {
    await using folder = await temporaryFolder({ "taken/mine.txt": "mine", "file": "mine" });
    const error = await rejectionOf(newScenario("taken", folder.path));
    expect(error.message).toMatch(/taken exists already$/);
    expect(error.exitCode).toBe(2);
    expect(await Deno.readTextFile(join(folder.path, "taken/mine.txt"))).toBe("mine");
    const names = [...Deno.readDirSync(join(folder.path, "taken"))].map(({ name }) => name);
    expect(names).toEqual(["mine.txt"]);
    expect((await rejectionOf(newScenario("file", folder.path))).message).toMatch(
      /file exists already$/,
    );
  });

  it("refuses names that are none", async () => {
    await using folder = await temporaryFolder();
    for (
      const name of ["", "A", "1a", "a b", "../a", "a/b", ".", "-a", "a_b", "a".repeat(65), "é"]
    ) {
      const error = await rejectionOf(newScenario(name, folder.path));
      expect(error.message).toMatch(/^Found the name ".*", expected lower-case letters, digits/);
    }
    expect([...Deno.readDirSync(folder.path)]).toEqual([]);
  });

  it("refuses a folder that is not there", async () => {
    await using folder = await temporaryFolder();
    const error = await rejectionOf(newScenario("a", join(folder.path, "none")));
    expect(error.message).toMatch(/Cannot write .*: its parent folder does not exist$/);
  });
});
