/** Makes `dist/versus`: one file that holds the program, its workers, its data and its runtime. */
import { VERSUS } from "./_bundle.ts";
import { deno, ROOT } from "./_deno.ts";
import { pack } from "./_packed.ts";

/** How long `deno compile` may take; it downloads the base it builds on. */
const COMPILE_LIMIT_MS = 120_000;

const target = `${ROOT}/dist/versus${Deno.build.os === "windows" ? ".exe" : ""}`;

/** Tries `deno compile`, and answers with the reason where it cannot. */
async function compile(): Promise<string | undefined> {
  const includes = [...Object.values(VERSUS.workers), ...VERSUS.data];
  const { code, stderr } = await deno([
    "compile",
    "--quiet",
    "--no-check",
    "--allow-all",
    ...includes.flatMap((path) => ["--include", path]),
    "--output",
    target,
    "tasks/_compiled_main.ts",
  ], { capture: true, signal: AbortSignal.timeout(COMPILE_LIMIT_MS) });
  if (code === 0) return undefined;
  const lines = stderr.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  return lines.find((line) => /sending request|denort|download/i.test(line)) ?? lines[0] ?? "";
}

await Deno.mkdir(`${ROOT}/dist`, { recursive: true });
const reason = await compile();
if (reason !== undefined) {
  console.error(`compile: deno compile failed (${reason.replace(/^\d+: /, "")})`);
  if (Deno.build.os === "windows") Deno.exit(1);
  console.error("compile: packing the Deno that is here instead");
  await pack({ name: "versus", program: VERSUS, target });
}
const { size } = await Deno.stat(target);
console.error(`compile: ${target} (${(size / 1e6).toFixed(1)} MB)`);
