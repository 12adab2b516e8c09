/**
 * Makes `dist/versus`: one file that holds the program, its workers, its data and its runtime.
 *
 * Usage: `compile.ts [--target TARGET]...`, or `--all`; for this machine by default. Files for other
 * machines are named after them: `dist/versus-aarch64-apple-darwin`.
 */
import { BUILT, VERSUS } from "./_bundle.ts";
import { deno, PERMISSIONS, ROOT } from "./_deno.ts";
import { pack } from "./_packed.ts";
import { fileFor, TARGETS } from "./_targets.ts";

/** How long `deno compile` may take; it downloads the base it builds on. */
const COMPILE_LIMIT_MS = 120_000;
/** What is compiled is made here, since it is in no other file: which commit, which packages. */
const START = `${ROOT}/.dev/compile`;

/** Tries `deno compile`, and answers with the reason where it cannot. */
async function compile(target: string, file: string): Promise<string | undefined> {
  await Deno.mkdir(START, { recursive: true });
  await Deno.writeTextFile(`${START}/built.ts`, BUILT);
  await Deno.writeTextFile(
    `${START}/main.ts`,
    `import "./built.ts";\nimport "../../tasks/_compiled_main.ts";\n`,
  );
  const includes = [...Object.values(VERSUS.workers), ...VERSUS.data];
  const { code, stderr } = await deno([
    "compile",
    "--quiet",
    "--no-check",
    ...PERMISSIONS,
    ...includes.flatMap((path) => ["--include", path]),
    ...["--target", target, "--output", file],
    `${START}/main.ts`,
  ], { capture: true, signal: AbortSignal.timeout(COMPILE_LIMIT_MS) });
  if (code === 0) return undefined;
  const lines = stderr.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const line = lines.find((line) => /sending request|denort|download/i.test(line)) ?? lines[0] ??
    "";
  return line.replace(/^\d+: /, "");
}

/** Makes the file of one target; answers whether it could. */
async function make(target: string): Promise<boolean> {
  const file = `${ROOT}/dist/${fileFor(target)}`;
  const reason = await compile(target, file);
  if (reason !== undefined) {
    console.error(`compile: deno compile failed for ${target} (${reason})`);
    if (target !== Deno.build.target || Deno.build.os === "windows") return false;
    console.error("compile: packing the Deno that is here instead");
    await pack({ name: "versus", program: VERSUS, target: file });
  }
  const { size } = await Deno.stat(file);
  const tried = target === Deno.build.target ? "" : ", not tried on such a machine";
  console.error(`compile: ${file} (${(size / 1e6).toFixed(1)} MB${tried})`);
  return true;
}

/** Which targets the arguments ask for. */
function wanted(args: readonly string[]): string[] {
  const targets: string[] = [];
  for (let i = 0; i < args.length; i++) {
    if (args[i] === "--all") targets.push(...TARGETS);
    else if (args[i] === "--target" && TARGETS.includes(args[i + 1] ?? "")) {
      targets.push(args[++i]!);
    } else {
      console.error(`Usage: compile [--all] [--target ${TARGETS.join("|")}]...`);
      Deno.exit(2);
    }
  }
  return targets.length > 0 ? [...new Set(targets)] : [Deno.build.target];
}

await Deno.mkdir(`${ROOT}/dist`, { recursive: true });
let failed = false;
for (const target of wanted(Deno.args)) failed = !await make(target) || failed;
Deno.exit(failed ? 1 : 0);
