/** Runs the test files and counts the cases, where `deno test` itself counts the outermost suites. */
import { deno, ROOT } from "./_deno.ts";

/** How many cases ended how. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** What a run of the tests came to. */
export interface TestRun extends Counts {
  /** Whether all that ran passed, and at least one did. */
  ok: boolean;
}

/**
 * Runs the tests.
 *
 * @param args Words choose the files whose path holds one of them; options go to `deno test`.
 */
export async function runTests(args: readonly string[]): Promise<TestRun> {
  const options = args.filter((arg) => arg.startsWith("-"));
  const words = args.filter((arg) => !arg.startsWith("-"));
  const files = (await testFiles("tests")).filter((path) =>
    words.length === 0 || words.some((word) => path.includes(word))
  );
  if (files.length === 0) {
    console.error(
      `test: no test file's path holds ${words.map((word) => `"${word}"`).join(" or ")}`,
    );
    return { passed: 0, failed: 0, skipped: 0, ok: false };
  }
  const folder = await Deno.makeTempDir({ prefix: "versus-test-" });
  try {
    const runs: TestRun[] = [];
    for (
      const group of [
        files.filter((path) => !LATER.test(path)),
        files.filter((p) => LATER.test(p)),
      ]
    ) {
      if (group.length === 0) continue;
      runs.push(await runProcess(group, options, `${folder}/${runs.length}.xml`));
    }
    const sum = (of: (run: TestRun) => number) => runs.reduce((all, run) => all + of(run), 0);
    return {
      passed: sum((run) => run.passed),
      failed: sum((run) => run.failed),
      skipped: sum((run) => run.skipped),
      ok: runs.every((run) => run.ok),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Tests that mostly wait for compilers, package managers and servers. They run in a process of their own
 * after those that start programs and look at them closely, whose process is to stay small.
 */
const LATER = /^tests\/(footprint|probe|scenarios|score|store)\//;

/** Runs files one after the other, in a process of their own. */
async function runProcess(
  files: readonly string[],
  options: readonly string[],
  report: string,
): Promise<TestRun> {
  const { code } = await deno([
    "test",
    "--no-check",
    "--allow-all",
    `--junit-path=${report}`,
    ...options,
    ...files,
  ], { env: { TZ: "UTC" } });
  const counts = countCases(await Deno.readTextFile(report).catch(() => ""));
  // A file that could not be loaded is in no report.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return { ...counts, ok: code === 0 && counts.failed === 0 && counts.passed > 0 };
}

/** The line that says what the tests came to. */
export function countLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed` + (skipped > 0 ? `, ${skipped} skipped` : "");
}

/**
 * Counts the cases of a JUnit report. It names a case inside suites `suite > case`, and has an entry for
 * each suite as well, which counts only where it failed by itself: in a hook.
 *
 * @param report The report as `deno test --junit-path` writes it.
 */
export function countCases(report: string): Counts {
  const pattern = /<testcase name="([^"]*)"[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g;
  const cases = [...report.matchAll(pattern)].map(([, name = "", body = ""]) => ({ name, body }));
  const suites = new Set<string>();
  for (const { name } of cases) {
    const parts = name.split(" &gt; ");
    for (let end = 1; end < parts.length; end++) suites.add(parts.slice(0, end).join(" &gt; "));
  }
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, body } of cases) {
    if (/<failure\b/.test(body)) {
      const byCases = /<failure message="\d+ test steps? failed"/.test(body);
      if (!suites.has(name) || !byCases) counts.failed++;
    } else if (!suites.has(name)) {
      if (/<skipped\b/.test(body)) counts.skipped++;
      else counts.passed++;
    }
  }
  return counts;
}

/** The test files in a folder of the project, sorted. */
async function testFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(`${ROOT}/${folder}`)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) found.push(...await testFiles(path));
    else if (entry.name.endsWith("_test.ts")) found.push(path);
  }
  return found.sort();
}
