/**
 * Makes `dist/versus`: one file that holds the program, its workers, its data and its runtime.
 *
 * Usage: `compile.ts [--out FOLDER] [--all] [--target TARGET]...`; for this machine by default. Files
 * for other machines are named after them: `dist/versus-aarch64-apple-darwin`.
 */
import { resolve } from "node:path";
import { BUILT, lazyModules, VERSUS } from "./_bundle.ts";
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
  await Deno.writeTextFile(`${START}/built.ts`, BUILT + await lazyModules());
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
async function make(target: string, folder: string): Promise<boolean> {
  const file = `${folder}/${fileFor(target)}`;
  // `deno compile` writes over no file that it has not made.
  await Deno.remove(file).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
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

function usage(): never {
  console.error(`Usage: compile [--out FOLDER] [--all] [--target ${TARGETS.join("|")}]...`);
  Deno.exit(2);
}

/** What the arguments ask for. */
function wanted(args: readonly string[]): { targets: string[]; folder: string } {
  const targets = new Set<string>();
  let folder = `${ROOT}/dist`;
  for (let i = 0; i < args.length; i++) {
    const value = args[i + 1];
    if (args[i] === "--all") TARGETS.forEach((target) => targets.add(target));
    else if (args[i] === "--out" && value !== undefined) folder = resolve(args[++i]!);
    else if (args[i] === "--target" && value !== undefined && TARGETS.includes(value)) {
      targets.add(args[++i]!);
    } else usage();
  }
  return { targets: targets.size > 0 ? [...targets] : [Deno.build.target], folder };
}

const { targets, folder } = wanted(Deno.args);
await Deno.mkdir(folder, { recursive: true });
let failed = false;
for (const target of targets) failed = !await make(target, folder) || failed;
Deno.exit(failed ? 1 : 0);
