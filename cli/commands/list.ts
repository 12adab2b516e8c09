/** `versus list [KIND]` */
import { Command } from "@cliffy/command";
import type { ListDocument } from "../documents.ts";
import { renderTable, toJson } from "../../lib/report/mod.ts";
import { dataPath } from "../../lib/runtime/mod.ts";
import { loadScenarios, loadSuites } from "../../lib/scenario/mod.ts";
import type { Parameter } from "../../lib/scenario/types.ts";
import { print, styleOf } from "../output.ts";
import { oneOf } from "../values.ts";

const KINDS = ["bench", "footprint", "probe", "suite"] as const;

/** Makes the command. */
export function listCommand() {
  return new Command()
    .description("List scenarios and suites: all, or of one kind (bench, footprint, probe, suite).")
    .arguments("[kind:string]")
    .option("--json", "Print one JSON document.")
    .action(async (flags: unknown, kind?: string) =>
      await list(flags as { json?: boolean; color?: boolean }, kind)
    );
}

/** A parameter as the document has it: without what is not there. */
export function describeForDocument(parameter: Parameter) {
  const { name, title, type, min, max, choices } = parameter;
  return {
    name,
    title,
    type,
    default: parameter.default,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(choices === undefined ? {} : { choices: [...choices] }),
  };
}

async function collect(kind: typeof KINDS[number] | undefined): Promise<ListDocument> {
  const root = dataPath("scenarios");
  const scenarios = kind === "suite" ? [] : await loadScenarios(root, { bundled: true });
  const suites = kind === undefined || kind === "suite"
    ? await loadSuites(root, { bundled: true })
    : [];
  return {
    schema: "versus.list/1",
    scenarios: scenarios.filter((s) => kind === undefined || s.kind === kind).map((s) => ({
      name: s.name,
      kind: s.kind,
      title: s.title,
      tags: [...s.tags],
      parameters: s.parameters.map(describeForDocument),
      variants: s.variants.map(({ name, language }) => ({ name, language })),
    })),
    suites: suites.map(({ name, title, runs }) => ({
      name,
      title,
      runs: runs.map(({ scenario }) => ({ scenario })),
    })),
  };
}

async function list(flags: { json?: boolean; color?: boolean }, kind?: string): Promise<void> {
  const wanted = kind === undefined ? undefined : oneOf("kind", kind, KINDS);
  const document = await collect(wanted);
  if (flags.json) return print(toJson(document, 2));
  const rows = [
    ...document.scenarios.map((s) => [
      s.name,
      s.kind,
      s.title,
      [...new Set(s.variants.map((v) => v.language))].join(", "),
    ]),
    ...document.suites.map((s) => [s.name, "suite", s.title, `${s.runs.length} runs`]),
  ];
  if (rows.length === 0) return print(`There is no ${wanted} yet.`);
  print(
    renderTable(["name", "kind", "what", "languages"], rows, styleOf(Deno.stdout, flags.color)),
  );
}
