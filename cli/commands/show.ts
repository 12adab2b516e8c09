/** `versus show NAME` */
import { Command } from "@cliffy/command";
import { printable } from "../../lib/error.ts";
import { renderTable, toJson } from "../../lib/report/mod.ts";
import { dataPath } from "../../lib/runtime/mod.ts";
import { describeParameter, findTarget } from "../../lib/scenario/mod.ts";
import type { Scenario, Suite } from "../../lib/scenario/types.ts";
import { print, type StreamStyle, styleOf } from "../output.ts";

/** Makes the command. */
export function showCommand() {
  return new Command()
    .description("Show what a scenario computes, its parameters, variants and published figures.")
    .arguments("<name:string>")
    .option("--json", "Print the scenario as one JSON document.")
    .action(async (flags: unknown, name: string) =>
      await show(flags as { json?: boolean; color?: boolean }, name)
    );
}

async function show(flags: { json?: boolean; color?: boolean }, name: string): Promise<void> {
  const target = await findTarget(name, [dataPath("scenarios")]);
  const style = styleOf(Deno.stdout, flags.color);
  if (target.kind === "suite") {
    const { suite } = target;
    print(flags.json ? toJson(suite, 2) : describeSuite(suite, style));
  } else {
    const { scenario } = target;
    print(flags.json ? toJson(scenario, 2) : describe(scenario, style));
  }
}

function describeSuite(suite: Suite, style: StreamStyle): string {
  const rows = suite.runs.map((run) => [
    run.scenario,
    [...run.variants ?? [], ...run.languages ?? []].join(", ") || "all",
    Object.entries({ ...run.params, ...run.sweep }).map(([k, v]) => `${k}=${v}`).join(", "),
    Object.entries(run.options).map(([k, v]) => `${k} ${v}`).join(", "),
  ]);
  return [
    `${suite.name}: ${printable(suite.title)}\n`,
    renderTable(["scenario", "variants", "parameters", "options"], rows, style),
    `Run it: versus run ${suite.name}`,
  ].join("\n");
}

/** What bounds the sizes, and which of them a target time finds. */
function boundLines({ calibrate, loop, limit, memoryBytes, exitCode, variants }: Scenario): string {
  const size = calibrate ?? loop;
  const lines = [
    size === undefined ? "" : `Size: ${size}, which --target finds for each variant`,
    memoryBytes === undefined ? "" : `Memory: about ${memoryBytes} bytes`,
    limit === undefined ? "" : `Limit: ${limit.rule}, ${printable(limit.reason)}`,
    exitCode === undefined ? "" : `Exit code: ${exitCode} is due`,
    ...variants.flatMap((v) => [
      v.memoryBytes === undefined ? "" : `Memory of ${v.name}: about ${v.memoryBytes} bytes`,
      v.limit === undefined
        ? ""
        : `Limit of ${v.name}: ${v.limit.rule}, ${printable(v.limit.reason)}`,
      v.unused === undefined ? "" : `${v.name} is never ranked: ${printable(v.unused)}`,
    ]),
  ];
  return lines.filter((line) => line !== "").map((line) => `${line}\n`).join("");
}

/** A note that is longer stands below the table, where nothing is cut off. */
const SHORT_NOTE = 30;

function publishedTable({ published }: Scenario, style: StreamStyle): string {
  const long = [...new Set(published.flatMap(({ note }) => note ?? []))]
    .filter((note) => note.length > SHORT_NOTE);
  const table = renderTable(
    ["published", "source", "at", "figures", { title: "note", keep: SHORT_NOTE }],
    published.map((f) => [
      f.variant,
      f.source,
      Object.entries(f.params).map(([k, v]) => `${k}=${v}`).join(", "),
      Object.entries(f.metrics).map(([k, v]) => `${k} ${v}`).join(", "),
      f.note === undefined || !long.includes(f.note)
        ? f.note ?? ""
        : `[${long.indexOf(f.note) + 1}]`,
    ]),
    style,
  );
  return table + long.map((note, i) => `[${i + 1}] ${printable(note.trim())}\n`).join("");
}

/** Everything that a person wants to know before running it. */
function describe(scenario: Scenario, style: StreamStyle): string {
  const { source } = scenario;
  const parts = [
    `${scenario.name}: ${printable(scenario.title)}\n`,
    `${printable(scenario.computes.trim())}\n`,
    source === undefined
      ? ""
      : `Source: ${printable(source.title)}${
        source.date === undefined ? "" : ` (${source.date})`
      }\n`,
    scenario.expect.rule === undefined ? "" : `Result: ${scenario.expect.rule}\n`,
    boundLines(scenario),
    scenario.parameters.length === 0 ? "" : renderTable(
      ["parameter", "what", "default", "values"],
      scenario.parameters.map((p) => [p.name, p.title, String(p.default), describeParameter(p)]),
      style,
    ),
    renderTable(
      ["variant", "language", "toolchain", "what", "program"],
      scenario.variants.map((v) => [
        v.name,
        v.language,
        v.requires === undefined ? v.toolchain : `${v.toolchain} ${v.requires}`,
        [v.title ?? "", v.unused === undefined ? "" : "result unused"].filter((t) => t !== "")
          .join(", "),
        v.files.join(" "),
      ]),
      style,
    ),
  ];
  if (scenario.metrics !== undefined) {
    parts.push(renderTable(
      ["metric", "what", "unit"],
      scenario.metrics.map((m) => [m.name, m.title, m.unit]),
      style,
    ));
  }
  if (scenario.observe !== undefined) {
    parts.push(renderTable(
      ["question", "what", "pattern"],
      scenario.observe.map((o) => [o.name, o.title, o.pattern]),
      style,
    ));
  }
  if (scenario.published.length > 0) parts.push(publishedTable(scenario, style));
  parts.push(
    `Files: ${scenario.folder}\nRun it: versus run ${
      scenario.bundled ? scenario.name : scenario.folder
    }`,
  );
  return parts.filter((part) => part !== "").join("\n");
}
