/**
 * The formatters and linters of the scenarios' own languages, each as a step of `./dev ok`. Deno's own
 * look at TypeScript. A tool that is missing is told and skipped; with CI=true that is a failure, apart
 * from those of C and Java, which no rule of the project asks for.
 */
import { basename, dirname, join } from "node:path";
import { ROOT } from "./_deno.ts";

/** A step of `./dev ok`. */
export interface LanguageStep {
  /** What the list of results calls it. */
  name: string;
  /** Runs it; whether all is well. Says what is not. */
  run(): Promise<boolean>;
}

/** What linters build is kept for the next time; git ignores the folder. */
const KEPT = join(ROOT, ".dev", "lint");
const LEFT_OVER = new Set(["target", "node_modules", "__pycache__", ".ruff_cache"]);

/** Ruff judges by what the oldest Python understands that the variants ask for at large: PyPy's. */
const PYTHON = "py39";

/** All files below a folder whose name ends so, sorted. */
async function filesOf(ending: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory && !LEFT_OVER.has(entry.name)) found.push(...await filesOf(ending, path));
    else if (entry.isFile && entry.name.endsWith(ending)) found.push(path);
  }
  return found.sort();
}

interface Finished {
  code: number;
  text: string;
}

/** Runs a tool; `undefined` when there is none of that name. */
async function tool(
  [program, ...args]: [string, ...string[]],
  cwd = ROOT,
  env: Record<string, string> = {},
): Promise<Finished | undefined> {
  try {
    const { code, stdout, stderr } = await new Deno.Command(program, {
      args,
      cwd,
      env,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).output();
    const decoder = new TextDecoder();
    return { code, text: (decoder.decode(stdout) + decoder.decode(stderr)).trim() };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Tells what a tool found; a missing one fails where it has to be there. */
function judge(name: string, result: Finished | undefined, required: boolean): boolean {
  if (result === undefined) {
    console.log(`${name} is not installed: ${required ? "it has to be in CI" : "skipped"}`);
    return !required;
  }
  if (result.code !== 0) console.log(`${name} (exit code ${result.code})\n${result.text}`);
  return result.code === 0;
}

async function checkGo({ folder, ci }: LanguageOptions): Promise<boolean> {
  const format = await tool(["gofmt", "-l", ...await filesOf(".go", folder)]);
  // gofmt lists what it would change and ends with 0.
  const listed = format !== undefined && format.text !== "";
  let ok = judge("gofmt", listed ? { code: 1, text: format.text } : format, ci);
  const env = { GOTOOLCHAIN: "local", GOFLAGS: "-mod=readonly", GOWORK: "off" };
  for (const file of await filesOf("go.mod", folder)) {
    const module = dirname(file);
    const vet = await tool(["go", "vet", "./..."], module, env);
    ok = judge(`go vet in ${module}`, vet, ci) && ok;
    if (vet === undefined) break;
  }
  return ok;
}

async function checkRust({ folder, ci }: LanguageOptions): Promise<boolean> {
  const files = await filesOf(".rs", folder);
  const packages = (await filesOf("Cargo.toml", folder)).map((file) => dirname(file));
  let ok = judge("rustfmt", await tool(["rustfmt", "--edition", "2021", "--check", ...files]), ci);
  await Deno.mkdir(KEPT, { recursive: true });
  for (const file of files) {
    if (packages.some((one) => file.startsWith(`${one}/`))) continue;
    const out = join(KEPT, `${basename(file)}.rmeta`);
    const result = await tool([
      "clippy-driver",
      "--edition=2021",
      "--crate-type=bin",
      "--emit=metadata",
      "-Dwarnings",
      "-o",
      out,
      file,
    ]);
    ok = judge(`clippy on ${file}`, result, ci) && ok;
    if (result === undefined) return ok;
  }
  for (const one of packages) {
    const env = { CARGO_TARGET_DIR: join(KEPT, "cargo") };
    const args = ["clippy", "--quiet", "--locked", "--all-targets", "--", "-Dwarnings"];
    ok = judge(`clippy in ${one}`, await tool(["cargo", ...args], one, env), ci) && ok;
  }
  return ok;
}

async function checkPython({ folder, ci }: LanguageOptions): Promise<boolean> {
  const files = await filesOf(".py", folder);
  const own = join(ROOT, ".dev", "ruff", "bin", "ruff");
  const ruff = await Deno.stat(own).then(() => own, () => "ruff");
  const options = ["--no-cache", "--isolated", "--target-version", PYTHON];
  const format = await tool([ruff, "format", ...options, "--check", ...files]);
  const formatted = judge("ruff format", format, ci);
  if (format === undefined) return formatted;
  const lint = await tool([ruff, "check", ...options, "--quiet", ...files]);
  return judge("ruff check", lint, ci) && formatted;
}

async function checkC({ folder }: LanguageOptions): Promise<boolean> {
  const files = [...await filesOf(".c", folder), ...await filesOf(".h", folder)];
  const format = await tool(["clang-format", "--style=LLVM", "--dry-run", "-Werror", ...files]);
  return judge("clang-format", format, false);
}

async function checkJava({ folder }: LanguageOptions): Promise<boolean> {
  const out = await Deno.makeTempDir({ prefix: "versus-java-" });
  let ok = true;
  try {
    // Classes of several scenarios may have one name, so each file is compiled by itself.
    for (const file of await filesOf(".java", folder)) {
      const result = await tool(
        ["javac", "-Xlint:all", "-Werror", "-sourcepath", dirname(file), "-d", out, file],
      );
      ok = judge(`javac on ${file}`, result, false) && ok;
      if (result === undefined) break;
    }
  } finally {
    await Deno.remove(out, { recursive: true });
  }
  return ok;
}

/** What the steps look at, and how strictly. */
export interface LanguageOptions {
  /** The folder with the scenarios. */
  folder: string;
  /** Whether the tools of Go, Rust and Python have to be there. */
  ci: boolean;
}

/**
 * Makes the steps, in the order in which they are run.
 *
 * @param options The scenarios of the project, and whether this is CI, unless told otherwise.
 */
export function languageSteps(options: Partial<LanguageOptions> = {}): LanguageStep[] {
  const all: LanguageOptions = {
    folder: join(ROOT, "scenarios"),
    ci: Deno.env.get("CI") === "true",
    ...options,
  };
  return [
    { name: "scenarios in Go (gofmt, go vet)", run: () => checkGo(all) },
    { name: "scenarios in Rust (rustfmt, clippy)", run: () => checkRust(all) },
    { name: "scenarios in Python (ruff)", run: () => checkPython(all) },
    { name: "scenarios in C (clang-format)", run: () => checkC(all) },
    { name: "scenarios in Java (javac -Xlint)", run: () => checkJava(all) },
  ];
}
