/**
 * Runs the tests: `./dev test [WORD...] [--option...]`. Words choose the files whose path holds one of
 * them, options go to `deno test`. The last line says how many cases passed and failed.
 */
import { countLine, runTests } from "./_tests.ts";

const run = await runTests(Deno.args);
console.log(`\n${countLine(run)}`);
Deno.exit(run.ok ? 0 : 1);
