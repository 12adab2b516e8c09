/** The commands, each loaded when it is asked for. */
import type { Command } from "@cliffy/command";

/** A command that has not been loaded. */
export interface CommandEntry {
  /** What a person types. */
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  /** Loads it. */
  // deno-lint-ignore no-explicit-any -- cliffy's type of any command has eight parameters
  load(): Promise<Command<any>>;
}

/** All commands, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "run",
    summary: "Measure scenarios in every language that is here",
    load: async () => (await import("./run.ts")).runCommand(),
  },
  {
    name: "bench",
    summary: "Measure any commands, without a scenario",
    load: async () => (await import("./bench.ts")).benchCommand(),
  },
  {
    name: "deps",
    summary: "Show what a project or a program declares: packages, direct and indirect",
    load: async () => (await import("./deps.ts")).depsCommand(),
  },
  {
    name: "trace",
    summary: "Show every file that a command opens, and to whom it belongs",
    load: async () => (await import("./trace.ts")).traceCommand(),
  },
  {
    name: "list",
    summary: "List scenarios and suites",
    load: async () => (await import("./list.ts")).listCommand(),
  },
  {
    name: "show",
    summary: "Show what a scenario computes, its variants and parameters",
    load: async () => (await import("./show.ts")).showCommand(),
  },
  {
    name: "doctor",
    summary: "Say which toolchains and tools are here, and how quiet the machine is",
    load: async () => (await import("./doctor.ts")).doctorCommand(),
  },
  {
    name: "new",
    summary: "Write a working scenario to start from",
    load: async () => (await import("./new.ts")).newCommand(),
  },
  {
    name: "schema",
    summary: "Print the JSON Schema of a document",
    load: async () => (await import("./schema.ts")).schemaCommand(),
  },
];
