/** `versus probe PROTOCOL TARGET...` */
import { nearest, printable, VersusError } from "../../lib/error.ts";
import type { ProbeEvent } from "../../lib/probe/events.ts";
import { checkGates } from "../../lib/probe/gates.ts";
import { createProbeRecorder, type ProbeRecorder } from "../../lib/probe/record.ts";
import { probe } from "../../lib/probe/run.ts";
import type { ProbeDocument } from "../../lib/probe/schema.ts";
import { toJson, writeReport } from "../../lib/report/mod.ts";
import { probeExporterFor, renderProbe } from "../../lib/report/probe.ts";
import { endWith } from "../exit.ts";
import { listenForInterruption } from "../interrupt.ts";
import { print, styleOf } from "../output.ts";
import { openEventsFile } from "../probe/_events_file.ts";
import { exitCodesOf } from "../probe/_exit.ts";
import { startLive } from "../probe/_live.ts";
import { wordOf } from "../probe/_protocol_word.ts";
import { SERVE_WINDOW, serveMetrics } from "../probe/_serve.ts";
import { commonCommand, type CommonFlags, readLimits, readSettings } from "../probe/_settings.ts";
import { readTargets } from "../probe/_targets.ts";
import { type ProbeEntry, PROTOCOLS } from "../probe/mod.ts";
import type { ProbeCommand } from "../probe/types.ts";

// deno-lint-ignore no-explicit-any -- flags, options and results differ from protocol to protocol
type AnyProbe = ProbeCommand<any, any, any>;

/**
 * Makes the command: with the options of the protocol that was typed, and of no other.
 *
 * @param words What was typed after the program's name.
 * @throws {VersusError} If it is no protocol.
 */
export async function probeCommand(words: readonly string[] = Deno.args) {
  const common = commonCommand();
  const word = wordOf(words, common.getOptions());
  if (word === undefined) {
    return common
      .description(
        "Measure how the network answers, phase by phase. Each protocol has options of its own, " +
          `shown by versus probe PROTOCOL --help:\n${overview()}`,
      )
      .usage("PROTOCOL [options] TARGET...")
      .arguments("[protocol:string] [targets...:string]")
      .example("three ports", "versus probe tcp r1:22 r1:443 [2001:db8::1]:22")
      .example("a gate for CI", "versus probe http https://r1/ --count 20 --max-p95 50ms")
      .action(() => {
        throw new VersusError("Found no protocol to probe", {
          hint: `Name one of ${names().join(", ")}, as in: versus probe tcp r1:22`,
        });
      });
  }
  const loaded = await entryOf(word).load();
  const command = loaded.define(
    common.description(loaded.protocol.title + ".")
      .usage(`${word} [options] TARGET...`)
      .arguments("<protocol:string> [targets...:string]"),
  );
  return command.action(async (flags: unknown, _protocol: string, ...targets: string[]) =>
    await run(loaded, flags as CommonFlags, targets)
  );
}

function names(): string[] {
  return PROTOCOLS.map(({ name }) => name);
}

function overview(): string {
  const width = Math.max(...names().map(({ length }) => length));
  return PROTOCOLS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join("\n");
}

function entryOf(word: string): ProbeEntry {
  const found = PROTOCOLS.find(({ name }) => name === word);
  if (found !== undefined) return found;
  const near = nearest(word, names());
  throw new VersusError(
    `Unknown protocol ${printable(word)}${near === undefined ? "" : `; did you mean ${near}?`}`,
    { hint: `Valid are: ${names().join(", ")}` },
  );
}

async function run(
  command: AnyProbe,
  flags: CommonFlags,
  words: readonly string[],
): Promise<void> {
  const settings = readSettings(flags);
  const limits = readLimits(flags);
  const outputs = (flags.out ?? []).map((path) => ({ path, exporter: probeExporterFor(path) }));
  const expectations = command.expectations(flags);
  const answers = command.gates?.(flags) ?? [];
  const { protocol, needsPort = false } = command;
  const targets = await readTargets(protocol.name, words, flags.inventory, needsPort);
  const options = await command.options(flags);
  const recorder = createProbeRecorder(flags.serve ? SERVE_WINDOW : Infinity);
  using interruption = listenForInterruption();
  const plan = { protocol, options, targets, settings, expectations };
  {
    await using _server = flags.serve ? serveMetrics(recorder, flags.listen) : undefined;
    using readers = openReaders(
      flags,
      recorder,
      outputs.flatMap(({ path, exporter }) => exporter === "events" ? [path] : []),
    );
    for await (const event of probe(plan, interruption.signal)) {
      recorder.take(event);
      readers.take(event);
    }
  }
  const measured = recorder.document();
  const gates = checkGates(measured, limits, answers);
  const document = { ...measured, ...(gates.length === 0 ? {} : { gates }) };
  for (const { path, exporter } of outputs) {
    if (exporter !== "events") await writeReport(path, exporter(document));
  }
  const interrupted = interruption.exitCode();
  if (interrupted !== undefined) endWith(interrupted);
  exitCodesOf(document).forEach(endWith);
  // At the end: whoever reads stdout may have gone away.
  show(document, command, flags);
}

interface Readers extends Disposable {
  take(event: ProbeEvent): void;
}

/** All that reads events as they happen: files, stdout, the terminal. */
function openReaders(
  flags: CommonFlags,
  recorder: ProbeRecorder,
  paths: readonly string[],
): Readers {
  const stack = new DisposableStack();
  const takes: ((event: ProbeEvent) => void)[] = [];
  try {
    for (const path of paths) {
      const file = stack.use(openEventsFile(path));
      takes.push((event) => file.write(event));
    }
    if (flags.events) takes.push((event) => print(toJson(event)));
    else if (!flags.json && !flags.serve && Deno.stderr.isTerminal()) {
      const live = stack.use(startLive(recorder, styleOf(Deno.stderr, flags.color)));
      takes.push((event) => live.take(event));
    }
  } catch (error) {
    stack.dispose();
    throw error;
  }
  return {
    take: (event) => takes.forEach((take) => take(event)),
    [Symbol.dispose]: () => stack.dispose(),
  };
}

function show(document: ProbeDocument, command: AnyProbe, flags: CommonFlags): void {
  if (flags.events) return;
  if (flags.json) return print(toJson(document, 2));
  print(renderProbe(document, {
    ...styleOf(Deno.stdout, flags.color),
    verbose: flags.verbose === true,
    describe: (result) => command.describe(result),
  }));
}
