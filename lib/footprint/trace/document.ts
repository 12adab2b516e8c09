/** Makes the footprint document of a program that was traced. */
import { constants } from "node:os";
import type { PackageRef } from "../attribution/types.ts";
import type {
  DeclaredPackage,
  FootprintDocument,
  FootprintPackage,
  ManifestSummary,
  TracedFile,
  TracedProcess,
} from "../types.ts";
import { selectingVariables } from "./_environment.ts";
import { partialReasons, warningsOf } from "./_honesty.ts";
import type { LedgerProcess, OpenedFile } from "./_ledger.ts";
import { lookAt } from "./_look.ts";
import { missedGroups } from "./_misses.ts";
import { packagesOf } from "./_packages.ts";
import { showPath } from "./_path.ts";
import { totalOf } from "./_ranges.ts";
import type { TraceRun } from "./trace.ts";

/** To whom a file belongs, and by which rule. */
export interface FileOwner {
  /** The owner: `pypi:paramiko@3.4.0`. */
  readonly owner?: string;
  /** The rule that found it, or `unattributed`. */
  readonly rule: string;
  /** The package, where the owner is one. */
  readonly package?: PackageRef;
}

/** Knows to whom files belong. */
export interface FileAttributor {
  /** Looks at one absolute path. */
  attribute(path: string): FileOwner;
  /** Packages of the environments that the attributed files are in, opened or not. */
  installed?(): Iterable<PackageRef>;
}

/** What a document is made with beside the trace. */
export interface DocumentOptions {
  /** Knows to whom files belong; without it all of them are unattributed. */
  readonly attributor?: FileAttributor;
  /** What the project declares. */
  readonly declared?: readonly DeclaredPackage[];
  /** The manifests that say so. */
  readonly manifests?: readonly ManifestSummary[];
  /** Seconds that the program takes without being traced. */
  readonly untracedS?: number;
}

/** Nanoseconds as seconds, to the microsecond. */
function seconds(ns: number): number {
  return Math.round(ns / 1000) / 1e6;
}

function isCounted({ kind }: TracedFile): boolean {
  return kind === "file" || kind === "gone";
}

/** A file with its package, which the document holds in another place. */
interface Owned {
  readonly file: TracedFile;
  readonly package: PackageRef | undefined;
}

function describe(opened: OpenedFile, attributor: FileAttributor | undefined): Owned {
  const { kind, bytes } = lookAt(opened);
  const shown = showPath(opened.path);
  const { owner, rule, package: found } = attributor?.attribute(shown.path) ??
    { owner: undefined, rule: "unattributed", package: undefined };
  return {
    file: {
      ...shown,
      kind,
      ...(owner === undefined ? {} : { owner }),
      rule,
      ...(bytes === undefined ? {} : { bytes }),
      readBytes: opened.readBytes,
      mappedBytes: totalOf(opened.mapped, bytes),
      opens: opened.opens,
      firstAtS: seconds(opened.firstNs),
    },
    package: found,
  };
}

function exitOf(ended: LedgerProcess["ended"]): Pick<TracedProcess, "exitCode" | "signal"> {
  if (ended === undefined) return {};
  if ("code" in ended) return { exitCode: ended.code };
  const numbers: Readonly<Record<string, number>> = constants.signals;
  const number = numbers[ended.signal];
  return { ...(number === undefined ? {} : { exitCode: 128 + number }), signal: ended.signal };
}

function texts(argv: readonly string[]): string[] {
  return argv.map((argument) => showPath(argument).path);
}

function processOf(process: LedgerProcess): TracedProcess {
  const { pid, parent, executed, inherited, threads, ended } = process;
  const last = executed.at(-1) ?? inherited;
  const earlier = executed.slice(0, -1).map(({ argv }) => texts(argv));
  return {
    pid,
    ...(parent === undefined ? {} : { parent }),
    argv: texts(last?.argv ?? []),
    ...(last === undefined ? {} : { program: showPath(last.program).path }),
    ...(earlier.length === 0 ? {} : { earlier }),
    threads,
    ...exitOf(ended),
  };
}

function sum(files: readonly TracedFile[], of: (file: TracedFile) => number | undefined): number {
  return files.reduce((total, file) => total + (of(file) ?? 0), 0);
}

/**
 * Makes the document of a trace. The files are looked at now: what has changed since they were opened
 * is told as it is.
 *
 * @param run What was traced.
 * @param options Owners, declarations, the time without tracing.
 * @returns The document.
 */
export function footprintOf(run: TraceRun, options: DocumentOptions = {}): FootprintDocument {
  const { ledger } = run;
  const { attributor, declared, manifests = [], untracedS } = options;
  const inOrder = [...ledger.files.values()].sort((a, b) => a.firstNs - b.firstNs);
  const owned = inOrder.map((file) => describe(file, attributor));
  const files = owned.map(({ file }) => file);
  const counted = files.filter(isCounted);
  const reasons = partialReasons(run);
  const { firstOutputNs, markerNs, endNs = ledger.nowNs } = ledger;
  const packages: FootprintPackage[] = packagesOf(
    owned.filter(({ file }) => isCounted(file)),
    declared ?? [],
    attributor?.installed?.() ?? [],
    firstOutputNs === undefined ? undefined : seconds(firstOutputNs),
  );
  return {
    schema: "versus.footprint/1",
    command: [...run.argv],
    cwd: run.cwd,
    startedAt: run.startedAt,
    exitCode: run.exitCode,
    ...(run.signal === undefined ? {} : { signal: run.signal }),
    method: run.method,
    ...(reasons.length === 0 ? {} : { partial: { reason: reasons.join("; ") } }),
    opened: { count: sum(counted, ({ opens }) => opens), unique: counted.length },
    missed: {
      count: ledger.misses.count,
      bySyscall: Object.fromEntries(ledger.misses.bySyscall),
      byPath: missedGroups(ledger.misses, (run.env.PATH ?? "").split(":")),
    },
    bytes: {
      onDisk: sum(counted, ({ bytes }) => bytes),
      read: sum(counted, ({ readBytes }) => readBytes),
      mapped: sum(counted, ({ mappedBytes }) => mappedBytes),
    },
    files,
    packages,
    ...(manifests.length === 0 ? {} : { manifests: [...manifests] }),
    sockets: [...ledger.sockets.values()],
    processes: ledger.processes.map(processOf),
    environment: selectingVariables(run.env),
    time: {
      ...(untracedS === undefined ? {} : { untracedS }),
      tracedS: seconds(markerNs ?? endNs),
      ...(firstOutputNs === undefined ? {} : { firstOutputS: seconds(firstOutputNs) }),
    },
    warnings: warningsOf(run),
  };
}
