/** Turns what a caller asks for into a job, or says what is wrong with it. */
import { resolve } from "node:path";
import { printable, VersusError } from "../error.ts";
import type { Job } from "./_job.ts";
import { resolveProgram } from "./program.ts";
import { throughShell } from "./_script.ts";
import { StartError } from "./start_error.ts";
import type { LaunchSpec, OutputTarget } from "./types.ts";

/** Characters that end a string in C, or that UTF-8 has no bytes for. */
function isText(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message.replace(/ \(os error \d+\).*$/, "") : String(error);
}

function checkText(what: string, text: string): void {
  if (isText(text)) return;
  throw new StartError(
    "bad-arguments",
    `${what} ${printable(text)} holds a NUL or half a character`,
    { hint: "No program can be given such a string" },
  );
}

/** What a shell leaves in `_` names versus itself; no program was meant to get it. */
function ownEnvironment(): Record<string, string> {
  const { _, ...own } = Deno.env.toObject();
  return own;
}

function environmentList(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).map(([name, value]) => {
    if (name === "" || name.includes("=")) {
      throw new StartError(
        "bad-arguments",
        `The name of the environment variable ${printable(JSON.stringify(name))} is empty or ` +
          `holds "="`,
        { hint: "Give it another name" },
      );
    }
    checkText("The environment variable", `${name}=${value}`);
    return `${name}=${value}`;
  });
}

function checkDirectory(cwd: string): void {
  let found = "does not exist";
  try {
    if (Deno.statSync(cwd).isDirectory) return;
    found = "is not a folder";
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) found = `can't be used: ${reason(error)}`;
  }
  throw new StartError("bad-directory", `The working directory ${printable(cwd)} ${found}`, {
    hint: "Name a folder that exists",
  });
}

function badStream(what: string, file: string, error: unknown): StartError {
  return new StartError("bad-stream", `Cannot ${what} ${printable(file)}: ${reason(error)}`, {
    cause: error,
  });
}

function prepareInput(input: LaunchSpec["stdin"]): string {
  if (input === undefined || input === "null") return "/dev/null";
  const file = resolve(input.file);
  try {
    Deno.openSync(file).close();
  } catch (error) {
    throw badStream("read the input from", file, error);
  }
  return file;
}

/** Files are emptied here, where what goes wrong has words. */
function prepareOutput(target: OutputTarget = "null"): OutputTarget {
  if (target === "null" || "captureBytes" in target) return target;
  const file = resolve(target.file);
  try {
    Deno.openSync(file, { write: true, create: true, truncate: true }).close();
  } catch (error) {
    throw badStream("write the output to", file, error);
  }
  return { file };
}

function checkNumbers({ timeoutMs, cpus, maxFileBytes }: LaunchSpec): void {
  if (timeoutMs !== undefined && !(timeoutMs > 0)) {
    throw new VersusError(`A time limit of ${timeoutMs} ms is not above zero`);
  }
  if (maxFileBytes !== undefined && !(Number.isSafeInteger(maxFileBytes) && maxFileBytes >= 0)) {
    throw new VersusError(`A largest file of ${maxFileBytes} bytes is no number of bytes`);
  }
  const bad = cpus?.find((cpu) => !Number.isInteger(cpu) || cpu < 0 || cpu >= 8192);
  if (bad !== undefined || cpus?.length === 0) {
    throw new VersusError(`${bad ?? "An empty list"} names no processor`, {
      hint: "Processors are counted from 0",
    });
  }
}

/**
 * Checks what is to be started, looks the program up and empties the output files.
 *
 * @param spec What a caller asks for.
 * @param id The job's number.
 * @param mark What tells its orphans from those of jobs that overlap with it.
 * @returns The job.
 * @throws {StartError} If the program, its folder or its files are not there.
 */
export function prepareJob(spec: LaunchSpec, id: number, mark: number): Job {
  const { timeoutMs, cpus, maxFileBytes } = spec;
  checkNumbers(spec);
  const [name] = spec.argv;
  if (name === undefined) throw new VersusError("There is no program to start");
  for (const argument of spec.argv) checkText("The argument", argument);
  const variables = spec.env ?? ownEnvironment();
  const env = environmentList(variables);
  const cwd = resolve(spec.cwd ?? ".");
  checkDirectory(cwd);
  const path = resolveProgram(name, { cwd, path: variables["PATH"] });
  return {
    id,
    ...throughShell(path, spec.argv),
    env,
    cwd,
    stdin: prepareInput(spec.stdin),
    stdout: prepareOutput(spec.stdout),
    stderr: prepareOutput(spec.stderr),
    mark,
    ...(timeoutMs === undefined || timeoutMs === Infinity ? {} : { timeoutMs }),
    ...(cpus === undefined ? {} : { cpus }),
    ...(maxFileBytes === undefined ? {} : { maxFileBytes }),
  };
}
