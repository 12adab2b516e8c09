/**
 * Runs everything that must hold before a change is done. Every step runs, also after one that failed;
 * the last line is that of the tests.
 */
import { deno, PACKAGES, ROOT } from "./_deno.ts";
import { languageSteps } from "./_languages.ts";
import { countLine, runTests } from "./_tests.ts";

interface Step {
  name: string;
  run(): Promise<boolean>;
}

/** What `deno check` and the doc examples look at, where it is there. */
const SOURCES = ["mod.ts", "cli", "lib", "tasks", "tests", "examples"];

/** A step that is one Deno command. */
function command(name: string, ...args: [string, ...string[]]): Step {
  return { name, run: async () => (await deno(args)).code === 0 };
}

async function existing(paths: string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map((path) => Deno.stat(`${ROOT}/${path}`).then(() => [path], () => [])),
  );
  return found.flat();
}

const sources = await existing(SOURCES);
const documented = await existing(["mod.ts"]);

const STEPS: Step[] = [
  command("format", "fmt", "--check"),
  command("lint", "lint", "--quiet"),
  command("types", "check", "--quiet", ...sources, ...(PACKAGES === "airgap" ? ["airgap"] : [])),
  ...(documented.length > 0
    ? [command("documentation", "doc", "--quiet", "--lint", ...documented)]
    : []),
  command(
    "examples in the documentation",
    "test",
    "--doc",
    "--quiet",
    "--allow-all",
    "--permit-no-files",
    ...await existing(["mod.ts", "lib"]),
  ),
  ...languageSteps(),
];

const results: { name: string; ok: boolean; seconds: number }[] = [];

async function timed<T>(name: string, run: () => Promise<T>, ok: (result: T) => boolean) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  const result = await run();
  results.push({ name, ok: ok(result), seconds: (performance.now() - start) / 1000 });
  return result;
}

for (const step of STEPS) await timed(step.name, step.run, (ok) => ok);
const tests = await timed("tests", () => runTests(Deno.args), (run) => run.ok);

console.log();
for (const { name, ok, seconds } of results) {
  console.log(`${ok ? "ok    " : "FAILED"} ${name} (${seconds.toFixed(1)} s)`);
}
console.log(`\n${countLine(tests)}`);
Deno.exit(results.every(({ ok }) => ok) ? 0 : 1);
