/** Scenarios of one's own for tests: written into a folder, run by the real command line. */
import { join } from "node:path";

/** Writes a scenario with shell programs; each is a file of its own. */
export function writeScenario(
  folder: string,
  programs: Readonly<Record<string, string>>,
  more: { expect?: string; loop?: string; yaml?: string } = {},
): string {
  Deno.mkdirSync(folder, { recursive: true });
  const names = Object.keys(programs);
  for (const [name, text] of Object.entries(programs)) {
    Deno.writeTextFileSync(join(folder, `${name}.sh`), text);
  }
  const variants = names.map((name) =>
    `  ${name}: { language: shell, toolchain: sh, files: [${name}.sh], ` +
    `run: ["{toolchain}", "{dir}/${name}.sh", "{n}"] }`
  );
  const file = join(folder, "scenario.yaml");
  Deno.writeTextFileSync(
    file,
    more.yaml ??
      `name: mine
title: A test
computes: The number that it is given.
parameters:
  n: { title: A number, type: integer, min: 0, max: 1000000, default: 42 }
expect: { rule: ${more.expect ?? "n"} }
${more.loop === undefined ? "" : `loop: ${more.loop}\n`}reference: ${names[0]}
variants:
${variants.join("\n")}
`,
  );
  return file;
}
