import { join } from "node:path";
import { VersusError } from "../../lib/error.ts";
import { parseScenario, type Scenario, ValidationError } from "../../lib/scenario/mod.ts";

/** A small valid scenario with a bit of everything; files are not part of it. */
export const VALID = `name: loop
kind: bench
title: A loop
computes: Counts to n
source: { name: talk, title: A talk, date: 2024-12 }
tags: [cpu, loop]
parameters:
  n: { title: Iterations, type: integer, min: 0, max: 1e12, default: 1e7, published: 1e9 }
  workers: { title: Workers, type: integer, min: 1, max: 256, default: 4 }
  scale: { title: Scale, type: number, min: 0, max: 10, default: 0.5 }
  mode: { title: Mode, type: string, choices: [fast, slow], default: fast }
  check: { title: Check, type: boolean, default: true }
expect:
  rule: floor(n / 2)
  results:
    - { params: { n: 10 }, stdout: "5" }
  tolerance: 1e-9
loop: n
reference: cpython
variants:
  cpython:
    title: one thread
    language: python
    toolchain: cpython
    requires: ">=3.8"
    files: [loop.py]
    run: ["{toolchain}", "{dir}/loop.py", "{n}"]
    params: { workers: 1 }
  go:
    language: go
    toolchain: go
    files: [go]
    build:
      - ["{toolchain}", build, -o, "{out}/loop", "{dir}/go/main.go"]
    run: ["{out}/loop", "{n}", "{workers}"]
    artifact: "{out}/loop"
    env: { GOMAXPROCS: "4" }
    workers: workers
  rust:
    language: rust
    toolchain: rust
    files: [loop.rs]
    build:
      - ["{tool:cargo}", build]
    run: ["{out}/loop", "{n}"]
published:
  - variant: cpython
    source: talk
    params: { n: 1e9 }
    metrics: { wallS: 79.19, maxRssKb: 10144 }
    note: CPython 3.12
`;

/** The valid scenario with one piece of its text replaced. */
export function altered(from: string, to: string): string {
  if (!VALID.includes(from)) throw new Error(`the valid scenario has no ${from}`);
  return VALID.replace(from, to);
}

/** The valid scenario. */
export function validScenario(): Scenario {
  return parseScenario(VALID, "/tmp/loop/scenario.yaml");
}

/** What an action throws, which has to be a VersusError. */
export function thrownBy(action: () => unknown): VersusError {
  try {
    action();
  } catch (error) {
    if (error instanceof VersusError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

/** What a promise is rejected with, which has to be a VersusError. */
export async function rejectionOf(promise: Promise<unknown>): Promise<VersusError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof VersusError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

/** The problems of scenario text, each as `path: message`. */
export function problemsOf(text: string): string[] {
  const error = thrownBy(() => parseScenario(text, "/tmp/loop/scenario.yaml"));
  if (!(error instanceof ValidationError)) throw error;
  return error.problems.map(({ path, message }) => `${path}: ${message}`);
}

/** A folder that is removed at the end of the block. */
export async function temporaryFolder(
  files: Readonly<Record<string, string>> = {},
): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await Deno.makeTempDir({ prefix: "versus-scenario-" });
  for (const [name, content] of Object.entries(files)) {
    await Deno.mkdir(join(path, name, ".."), { recursive: true });
    await Deno.writeTextFile(join(path, name), content);
  }
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** The valid scenario's files. */
export const VALID_FILES: Readonly<Record<string, string>> = {
  "scenario.yaml": VALID,
  "loop.py": "print(1)\n",
  "loop.rs": "fn main() {}\n",
  "go/main.go": "package main\n",
  "go/inner/more.go": "package inner\n",
};
