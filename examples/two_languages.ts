/** Measures flipsum in Go and C and prints the table: `./dev example two_languages`. */
import { renderRun, runScenario } from "../mod.ts";

const record = await runScenario("flipsum", {
  languages: ["go", "c"],
  params: { n: 2e7 },
  runs: 10,
});
console.log(renderRun(record, { width: 100 }));
