/** The commands, each loaded when it is asked for. */
import type { Command } from "@cliffy/command";
import { lazily } from "../lazy.ts";

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
    name: "tui",
    summary: "Look around in the terminal: scores, evidence, runs, claims, probes, history",
    load: async () => (await lazily<typeof import("./tui.ts")>("./commands/tui.ts")).tuiCommand(),
  },
  {
    name: "run",
    summary: "Measure scenarios in every language that is here",
    load: async () => (await lazily<typeof import("./run.ts")>("./commands/run.ts")).runCommand(),
  },
  {
    name: "bench",
    summary: "Measure any commands, without a scenario",
    load: async () =>
      (await lazily<typeof import("./bench.ts")>("./commands/bench.ts")).benchCommand(),
  },
  {
    name: "deps",
    summary: "Show what a project or a program declares: packages, direct and indirect",
    load: async () =>
      (await lazily<typeof import("./deps.ts")>("./commands/deps.ts")).depsCommand(),
  },
  {
    name: "trace",
    summary: "Show every file that a command opens, and to whom it belongs",
    load: async () =>
      (await lazily<typeof import("./trace.ts")>("./commands/trace.ts")).traceCommand(),
  },
  {
    name: "probe",
    summary: "Measure how the network answers, protocol by protocol and phase by phase",
    load: async () =>
      await (await lazily<typeof import("./probe.ts")>("./commands/probe.ts")).probeCommand(),
  },
  {
    name: "rfc8343",
    summary: "Compare a device's interfaces through SNMP and NETCONF, RESTCONF or gNMI",
    load: async () =>
      (await lazily<typeof import("./rfc8343.ts")>("./commands/rfc8343.ts")).rfc8343Command(),
  },
  {
    name: "listen",
    summary: "Receive traps, syslog, NetFlow, IPFIX and sFlow as JSON lines",
    load: async () =>
      (await lazily<typeof import("./listen.ts")>("./commands/listen.ts")).listenCommand(),
  },
  {
    name: "lab",
    summary: "Start real servers on loopback to probe: up, down, status",
    load: async () => (await lazily<typeof import("./lab.ts")>("./commands/lab.ts")).labCommand(),
  },
  {
    name: "history",
    summary: "Look at every run that was made, share them, follow a case over time",
    load: async () =>
      (await lazily<typeof import("./history.ts")>("./commands/history.ts")).historyCommand(),
  },
  {
    name: "compare",
    summary: "Compare two runs, or two variants of a run, case by case",
    load: async () =>
      (await lazily<typeof import("./compare.ts")>("./commands/compare.ts")).compareCommand(),
  },
  {
    name: "report",
    summary: "Write one report of the latest run of every scenario",
    load: async () =>
      (await lazily<typeof import("./report.ts")>("./commands/report.ts")).reportCommand(),
  },
  {
    name: "list",
    summary: "List scenarios and suites",
    load: async () =>
      (await lazily<typeof import("./list.ts")>("./commands/list.ts")).listCommand(),
  },
  {
    name: "show",
    summary: "Show what a scenario computes, its variants and parameters",
    load: async () =>
      (await lazily<typeof import("./show.ts")>("./commands/show.ts")).showCommand(),
  },
  {
    name: "score",
    summary: "Show the versus table: scores given and measured, by category",
    load: async () =>
      (await lazily<typeof import("./score.ts")>("./commands/score.ts")).scoreCommand(),
  },
  {
    name: "claims",
    summary: "Say what documents claim, and whether it holds on this machine",
    load: async () =>
      (await lazily<typeof import("./claims.ts")>("./commands/claims.ts")).claimsCommand(),
  },
  {
    name: "doctor",
    summary: "Say which toolchains and tools are here, and how quiet the machine is",
    load: async () =>
      (await lazily<typeof import("./doctor.ts")>("./commands/doctor.ts")).doctorCommand(),
  },
  {
    name: "new",
    summary: "Write a working scenario to start from",
    load: async () => (await lazily<typeof import("./new.ts")>("./commands/new.ts")).newCommand(),
  },
  {
    name: "schema",
    summary: "Print the JSON Schema of a document",
    load: async () =>
      (await lazily<typeof import("./schema.ts")>("./commands/schema.ts")).schemaCommand(),
  },
];
