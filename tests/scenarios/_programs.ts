/**
 * Builds and runs the programs of a scenario as its scenario.yaml says, for the tests of programs.
 *
 * Only the sources that a variant names are there when it is built, warnings are errors where the
 * compiler has a switch for it, and what has no toolchain is skipped. CI fails if it has none of a
 * kind that it must have; one that is too old for a program is skipped there as well.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import {
  fillCommand,
  loadScenario,
  type Parameters,
  type Scenario,
  sourceFiles,
  templateValues,
  type Variant,
} from "../../lib/scenario/mod.ts";
import { findToolchain, isMissing, type Toolchain } from "../../lib/toolchain/mod.ts";

/** Where these are missing, CI fails; elsewhere their programs are skipped. */
const REQUIRED: readonly string[] = ["cpython", "pypy", "go", "rust", "deno", "c"];
const IN_CI = Deno.env.get("CI") === "true";

/** Switches that make the compilers' warnings errors, put right after the compiler. */
const STRICT: Readonly<Record<string, readonly string[]>> = {
  c: ["-Wall", "-Wextra", "-Wpedantic", "-Werror"],
  rust: ["-D", "warnings"],
  java: ["-Werror", "-Xlint:all"],
};

/** How an execution ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program of a scenario, built when its tests run. */
export interface Program {
  /** The variant's name. */
  readonly name: string;
  /** The variant as scenario.yaml has it. */
  readonly variant: Variant;
  /** The parameters that its command takes, in order. */
  readonly parameters: readonly string[];
  /** Runs it as the scenario says; what is not given has its default. */
  run(params: Parameters): Promise<Ran>;
  /** Runs it with these arguments in the place of the parameters. */
  runWith(args: readonly string[]): Promise<Ran>;
}

/**
 * Loads a bundled bench scenario.
 *
 * @param name Its name.
 * @returns The scenario; its variants' files are known to exist.
 */
export async function benchScenario(name: string): Promise<Scenario> {
  const folder = fileURLToPath(new URL(`../../scenarios/bench/${name}`, import.meta.url));
  return await loadScenario(folder, { bundled: true });
}

/**
 * Starts a command and waits for its end.
 *
 * @param command Program and arguments.
 * @param options Working directory and further environment.
 * @returns Exit code and both streams.
 */
export async function start(
  command: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Ran> {
  const [program = "", ...args] = command;
  const output = await new Deno.Command(program, { args, stdin: "null", ...options }).output();
  const decoder = new TextDecoder();
  return {
    code: output.code,
    stdout: decoder.decode(output.stdout),
    stderr: decoder.decode(output.stderr),
  };
}

async function copySources(scenario: Scenario, variant: Variant, to: string): Promise<void> {
  for (const source of await sourceFiles(scenario, variant)) {
    await Deno.mkdir(dirname(join(to, source)), { recursive: true });
    await Deno.copyFile(join(scenario.folder, source), join(to, source));
  }
}

/** A build step with warnings as errors, where it is the compiler that is called. */
function strict(step: readonly string[], toolchain: Toolchain): string[] {
  const [program = "", ...args] = step;
  const { realPath, tools, name } = toolchain;
  const compiler = name === "java" ? tools.javac : realPath;
  return program === compiler ? [program, ...STRICT[name] ?? [], ...args] : [...step];
}

function parametersOf({ parameters }: Scenario, { run }: Variant): string[] {
  const names = parameters.map(({ name }) => name);
  return run.flatMap((argument) => names.filter((name) => argument === `{${name}}`));
}

/** A program that is built, in a folder of its own. */
type BuiltProgram = Pick<Program, "run" | "runWith"> & AsyncDisposable;

async function build(
  scenario: Scenario,
  variant: Variant,
  toolchain: Toolchain,
): Promise<BuiltProgram> {
  const folder = await Deno.makeTempDir({ prefix: `${scenario.name}-test-` });
  const [dir, out] = [join(folder, "src"), join(folder, "out")];
  const env = { ...toolchain.env, ...variant.env, PYTHONDONTWRITEBYTECODE: "1" };
  const remove = () => Deno.remove(folder, { recursive: true });
  try {
    await copySources(scenario, variant, dir);
    await Deno.mkdir(out);
    for (const step of variant.build) {
      const filled = fillCommand(step, templateValues(toolchain, dir, out, {}));
      const { code, stdout, stderr } = await start(strict(filled, toolchain), { cwd: dir, env });
      if (code !== 0) throw new Error(`Building ${variant.name} failed: ${stderr || stdout}`);
    }
  } catch (error) {
    await remove();
    throw error;
  }
  const placeholders = parametersOf(scenario, variant).map((name) => `{${name}}`);
  const defaults = Object.fromEntries(
    scenario.parameters.map((parameter) => [parameter.name, parameter.default]),
  );
  return {
    async run(params: Parameters): Promise<Ran> {
      const all = { ...defaults, ...params, ...variant.params };
      const command = fillCommand(variant.run, templateValues(toolchain, dir, out, all));
      return await start(command, { cwd: dir, env });
    },
    async runWith(args: readonly string[]): Promise<Ran> {
      const own = variant.run.filter((argument) => !placeholders.includes(argument));
      const command = fillCommand(own, templateValues(toolchain, dir, out, {}));
      return await start([...command, ...args], { cwd: dir, env });
    },
    [Symbol.asyncDispose]: remove,
  };
}

/**
 * Defines tests for every program of a scenario: each is built before its first test and removed
 * after its last.
 *
 * @param scenario The scenario.
 * @param define Defines the tests of one program.
 */
export async function describePrograms(
  scenario: Scenario,
  define: (program: Program) => void,
): Promise<void> {
  for (const variant of scenario.variants) {
    const { name, requires } = variant;
    const title = `${scenario.name} ${name}`;
    const toolchain = await findToolchain(
      variant.toolchain,
      requires === undefined ? {} : { requires },
    );
    if (!isMissing(toolchain)) {
      describe(title, () => describeProgram(scenario, variant, toolchain, define));
    } else if (await isDue(variant)) {
      it(`${title} has its toolchain`, () => {
        throw new Error(`CI must have ${variant.toolchain}: ${toolchain.reason}`);
      });
    } else {
      it.skip(`${title}: ${toolchain.reason}`, () => {});
    }
  }
}

/** Whether a missing toolchain is a failure: in CI all are due, in whatever version. */
async function isDue({ toolchain }: Variant): Promise<boolean> {
  return IN_CI && REQUIRED.includes(toolchain) && isMissing(await findToolchain(toolchain));
}

function describeProgram(
  scenario: Scenario,
  variant: Variant,
  toolchain: Toolchain,
  define: (program: Program) => void,
): void {
  let built: BuiltProgram | undefined;
  function program(): BuiltProgram {
    if (built === undefined) throw new Error(`${variant.name} was not built`);
    return built;
  }
  beforeAll(async () => {
    built = await build(scenario, variant, toolchain);
  });
  afterAll(async () => {
    await built?.[Symbol.asyncDispose]();
  });
  define({
    name: variant.name,
    variant,
    parameters: parametersOf(scenario, variant),
    run: (params) => program().run(params),
    runWith: (args) => program().runWith(args),
  });
}

/**
 * Defines the test that a program turns down what it can't take.
 *
 * @param program The program.
 * @param bad The arguments, one list an execution.
 */
export function refusesArguments(program: Program, bad: readonly (readonly string[])[]): void {
  it("turns down bad arguments with exit code 2 and a message", async () => {
    for (const args of bad) {
      const { code, stdout, stderr } = await program.runWith(args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: "" });
      expect(stderr).toMatch(/usage: /);
    }
  });
}
