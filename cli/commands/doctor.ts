/** `versus doctor` */
import { Command } from "@cliffy/command";
import { measureNoise } from "../../lib/bench/noise.ts";
import { EXIT, printable } from "../../lib/error.ts";
import { openLauncher } from "../../lib/process/mod.ts";
import type { DoctorDocument } from "../documents.ts";
import { renderTable, toJson } from "../../lib/report/mod.ts";
import { checkIntegrity } from "../../lib/runtime/integrity.ts";
import { dataPath } from "../../lib/runtime/mod.ts";
import { freshness, loadLanguages } from "../../lib/score/languages.ts";
import { findTools, listToolchains } from "../../lib/toolchain/mod.ts";
import { endWith } from "../exit.ts";
import { print, type StreamStyle, styleOf, tell } from "../output.ts";

/** Makes the command. */
export function doctorCommand() {
  return new Command()
    .description(
      "Say which toolchains and tools are here, how to install what is missing, and how quiet the " +
        "machine is.",
    )
    .option("--json", "Print one JSON document.")
    .action(async (flags: unknown) => await doctor(flags as { json?: boolean; color?: boolean }));
}

async function examine(): Promise<DoctorDocument> {
  await using launcher = await openLauncher({ counters: true });
  const [toolchains, tools] = await Promise.all([listToolchains(), findTools()]);
  // After the look at the toolchains, which keeps both cores busy.
  const noise = await measureNoise(launcher, 1);
  const program = await checkIntegrity();
  return {
    schema: "versus.doctor/1",
    ...(program === undefined ? {} : { program }),
    toolchains: toolchains.map((t) => ({
      language: t.language,
      name: t.name,
      status: t.status,
      ...(t.version === undefined ? {} : { version: t.version }),
      ...(t.path === undefined ? {} : { path: t.path }),
      ...(t.realPath === undefined ? {} : { realPath: t.realPath }),
      ...(t.reason === undefined ? {} : { reason: t.reason }),
      ...(t.install === undefined ? {} : { install: t.install }),
    })),
    tools: tools.map((t) => ({
      name: t.name,
      status: t.status,
      ...(t.version === undefined ? {} : { version: t.version }),
      ...(t.path === undefined ? {} : { path: t.path }),
      ...(t.reason === undefined ? {} : { reason: t.reason }),
      ...(t.install === undefined ? {} : { install: t.install }),
    })),
    launcher: {
      method: launcher.method,
      ...(launcher.maxRssFloorKb === undefined ? {} : { maxRssFloorKb: launcher.maxRssFloorKb }),
      counters: "unavailable" in launcher.counters
        ? `not available: ${launcher.counters.unavailable}`
        : launcher.counters.names.join(", "),
    },
    noise: { ...noise, warnings: [...noise.warnings] },
    data: freshness(await loadLanguages(dataPath("scenarios/facts")), toolchains),
  };
}

function describe(document: DoctorDocument, style: StreamStyle): string {
  const { launcher, noise, program } = document;
  const floor = launcher.maxRssFloorKb;
  const lines = [
    renderTable(
      ["language", "toolchain", "version", "where it is, or how to get it"],
      document.toolchains.map((t) => [
        t.language,
        t.name,
        t.version ?? t.status,
        t.realPath ?? (t.install === undefined ? t.reason ?? "" : `install: ${t.install}`),
      ]),
      style,
    ),
    renderTable(
      ["tool", "version", "where it is, or how to get it"],
      document.tools.map((t) => [
        t.name,
        t.version ?? t.status,
        t.path ?? (t.install === undefined ? t.reason ?? "" : `install: ${t.install}`),
      ]),
      style,
    ),
    `Launcher: ${launcher.method}${
      floor === undefined ? "" : `, smallest peak memory that can be read: ${floor} KiB`
    }; hardware counters: ${launcher.counters}`,
    noise.detectablePercent === undefined
      ? "Noise: too large for any difference to be found in 30 blocks of a 20 ms program"
      : `Noise: a difference of ${
        noise.detectablePercent.toFixed(1)
      } % or more would be found in 30 blocks of a 20 ms program`,
    ...noise.warnings.map((w) => `  ${w.message}. ${w.advice}.`),
    ...staleLines(document),
    ...(program === undefined ? [] : describeProgram(program)),
  ];
  return lines.join("\n");
}

function describeProgram(program: NonNullable<DoctorDocument["program"]>): string[] {
  const { folder, files, problems } = program;
  if (problems.length === 0) return [`Program: ${folder}, ${files} files as they were packed`];
  return [
    `Program: ${folder} is not what was packed; remove that folder, and the next start unpacks anew`,
    ...problems.map((problem) => `  ${printable(problem)}`),
  ];
}

/** Says which of the bundled data is older than what is installed. */
function staleLines({ data }: DoctorDocument): string[] {
  const stale = data.filter((entry) => entry.stale);
  if (stale.length === 0) return ["Language data: no installed toolchain is newer than it"];
  return [
    `Language data: older than an installed toolchain for ${
      stale.map(({ name, date }) => `${name.replace("languages/", "")} (as of ${date})`).join(", ")
    }; a newer versus brings newer data`,
  ];
}

async function doctor(flags: { json?: boolean; color?: boolean }): Promise<void> {
  if (!flags.json && Deno.stderr.isTerminal()) {
    tell("Looking around, and listening to the machine…");
  }
  const document = await examine();
  print(
    flags.json ? toJson(document, 2) : describe(document, styleOf(Deno.stdout, flags.color)),
  );
  if ((document.program?.problems.length ?? 0) > 0) endWith(EXIT.failed);
  if (document.toolchains.every((t) => t.status !== "ok")) endWith(EXIT.missing);
}
