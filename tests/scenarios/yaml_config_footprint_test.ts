/** What reading a YAML file drags in; its result is compared with another reader's. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { it } from "@std/testing/bdd";
import { parse } from "@std/yaml";
import { expectedOutput } from "../../lib/scenario/mod.ts";
import { describeFootprints, footprintScenario, refuseArguments } from "./_footprints.ts";
import { start } from "./_programs.ts";

const scenario = await footprintScenario("yaml-config");

it("yaml-config has a result that agrees with another reader", async () => {
  const { site, switches } = parse(
    await Deno.readTextFile(join(scenario.folder, "fabric.yaml")),
  ) as { site: string; switches: { ports: { count: number; gigabits: number }[] }[] };
  let sum = 0;
  for (const { ports } of switches) for (const port of ports) sum += port.count * port.gigabits;
  expect(expectedOutput(scenario, scenario.variants[0]!, {})?.stdout)
    .toBe(`${site}: ${switches.length} switches, ${sum} Gbit/s`);
});

await describeFootprints(scenario, (footprints) => {
  const { names, of } = footprints;

  it("opens the configuration as its own", () => {
    for (const name of names) {
      const config = of(name).files.filter(({ path }) => path.endsWith("/fabric.yaml"));
      expect(config).toMatchObject([{ owner: "program:own", rule: "own-folder", kind: "file" }]);
      expect(config[0]!.readBytes).toBe(config[0]!.bytes);
    }
  });

  it("declares the reader, and has it: among the files, or inside of the program", () => {
    const readers: Record<string, readonly [string, boolean]> = {
      cpython: ["pyyaml", true],
      go: ["gopkg.in/yaml.v3", false],
      typescript: ["yaml", true],
      node: ["yaml", true],
    };
    for (const name of names.filter((one) => one in readers)) {
      const [reader, opened] = readers[name]!;
      expect(of(name).packages.find((one) => one.name === reader)).toMatchObject({
        declared: true,
        direct: true,
        installed: true,
        opened,
      });
    }
  });

  refuseArguments(footprints, 1, [[], ["a", "b"]]);

  it("say what is wrong with a file that is not there", async () => {
    for (const name of names) {
      const absent = join(of(name).command.at(-1)!, "..", "no.yaml");
      const { code, stdout, stderr } = await start([...of(name).command.slice(0, -1), absent]);
      expect({ name, code, stdout }).toEqual({ name, code: 1, stdout: "" });
      expect(stderr).toMatch(/^yaml.config.*: ./);
    }
  });
});
