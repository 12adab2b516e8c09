import type { Language, ToolchainName } from "../toolchain/types.ts";

/** What a scenario does. */
export type ScenarioKind = "bench" | "footprint" | "probe";

/** A parameter's value. */
export type ParameterValue = number | string | boolean;

/** The values of all parameters of a case. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** An input of a scenario. */
export interface Parameter {
  /** Its name, as in `-p n=1e8`. */
  readonly name: string;
  /** What it means. */
  readonly title: string;
  /** The kind of value. */
  readonly type: "integer" | "number" | "string" | "boolean";
  /** The least value, for numbers. */
  readonly min?: number;
  /** The largest value, for numbers. */
  readonly max?: number;
  /** The words allowed, for strings. */
  readonly choices?: readonly string[];
  /** The value when nothing is said. */
  readonly default: ParameterValue;
  /** The value that the source published figures for. */
  readonly published?: ParameterValue;
}

/** What is printed for given parameter values: as text, or as the digest of all bytes. */
export interface KnownResult {
  /** Holds when all of these have these values. */
  readonly params: Parameters;
  /** The text. */
  readonly stdout?: string;
  /** The SHA-256 digest of all bytes, in hexadecimal digits. */
  readonly sha256?: string;
}

/** How a printed result is checked. */
export interface Expectation {
  /** An arithmetic rule over the parameters (`"floor(n / 2)"`), which gives the printed number. */
  readonly rule?: string;
  /** Known results for given parameter values; the first whose `params` all match is taken. */
  readonly results?: readonly KnownResult[];
  /** A largest relative difference, for results that are not whole numbers. */
  readonly tolerance?: number;
}

/** The unit of a figure that programs print; its name ends in the same unit. */
export type MetricUnit = "s" | "ms" | "us" | "ns" | "KiB" | "B" | "%" | "/s" | "count";

/** A figure that programs print of themselves, after their result: `taskS=0.0123`. */
export interface OwnMetric {
  /** Its name, with the unit as suffix: `taskS`. */
  readonly name: string;
  /** What it is called: `Task time`. */
  readonly title: string;
  /** Its unit. */
  readonly unit: MetricUnit;
}

/** A question with yes or no that what a program prints answers. */
export interface Observation {
  /** Its name: `namesAddress`. */
  readonly name: string;
  /** What is asked, in a few words: `names the address`. */
  readonly title: string;
  /** A regular expression over standard output and standard error; `^` and `$` stand at lines. */
  readonly pattern: string;
}

/** A bound on parameters that a type of a language sets, not the machine. */
export interface Limit {
  /** A comparison over the parameters that has to hold: `n <= 3037000499`. */
  readonly rule: string;
  /** Why it has to. */
  readonly reason: string;
}

/** What a scenario says for all its variants, and a variant may say for itself. */
export interface Bounds {
  /** A rule over the parameters for the peak memory of all processes, in bytes: `"n * 16"`. */
  readonly memoryBytes?: string;
  /** A bound that has to hold; a variant's adds to its scenario's. */
  readonly limit?: Limit;
  /** The exit code that is due; 0 by default. */
  readonly exitCode?: number;
}

/** A build step or a run: program and arguments, with `{placeholders}`. */
export type CommandTemplate = readonly string[];

/** One program of a scenario. */
export interface Variant extends Bounds {
  /** Its name: `cpython-processes`. */
  readonly name: string;
  /** What sets it apart, in a few words. */
  readonly title?: string;
  /** The language it is written in. */
  readonly language: Language;
  /** What builds or runs it. */
  readonly toolchain: ToolchainName;
  /** The toolchain versions that it works with: `">=3.8"`. */
  readonly requires?: string;
  /** Its sources, relative to the scenario's folder; folders stand for all in them. */
  readonly files: readonly string[];
  /** Steps that make `{out}`; none for programs that are run from source. */
  readonly build: readonly CommandTemplate[];
  /** What is run and measured. */
  readonly run: CommandTemplate;
  /** The file that is shipped, in `{out}` or among the sources; for size and linkage. */
  readonly artifact?: string;
  /** Environment for build and run. */
  readonly env: Readonly<Record<string, string>>;
  /** How many workers it uses, as a rule over the parameters; one by default. */
  readonly workers?: string;
  /** Parameter values that it has in the place of the scenario's. */
  readonly params: Parameters;
  /** How its results are checked, in the place of the scenario's. */
  readonly expect?: Expectation;
  /** Why its result is thrown away on purpose: it is timed, marked as optimised away, and not ranked. */
  readonly unused?: string;
}

/** A figure that a document published for one variant. */
export interface PublishedFigure {
  /** The variant that it is for. */
  readonly variant: string;
  /** The document. */
  readonly source: string;
  /** The parameters that it was measured with. */
  readonly params: Parameters;
  /** Metric name to value, with the unit in the name: `{wallS: 79.18}`. */
  readonly metrics: Readonly<Record<string, number>>;
  /** What a reader must know of it. */
  readonly note?: string;
}

/** A named experiment, validated. */
export interface Scenario extends Bounds {
  /** Its name: `flipsum`. */
  readonly name: string;
  /** What it does. */
  readonly kind: ScenarioKind;
  /** One line. */
  readonly title: string;
  /** What the programs compute, a paragraph. */
  readonly computes: string;
  /** Where the idea comes from. */
  readonly source?: { readonly name: string; readonly title: string; readonly date?: string };
  /** Words to find it by. */
  readonly tags: readonly string[];
  /** Its inputs. */
  readonly parameters: readonly Parameter[];
  /** How results are checked. */
  readonly expect: Expectation;
  /** The parameter that the work grows with in proportion, for the check that the loop ran. */
  readonly loop?: string;
  /** The parameter that is adjusted to a target time, if it is not that of `loop`. */
  readonly calibrate?: string;
  /** Figures that programs print of themselves. */
  readonly metrics?: readonly OwnMetric[];
  /** Questions that what programs print answers. */
  readonly observe?: readonly Observation[];
  /** The variant that others are compared with. */
  readonly reference: string;
  /** Its programs. */
  readonly variants: readonly Variant[];
  /** What documents published. */
  readonly published: readonly PublishedFigure[];
  /** The absolute path of the folder that the files are in. */
  readonly folder: string;
  /** The YAML file, absolute. */
  readonly file: string;
  /** Whether it came with the program; what did not must be trusted before it runs. */
  readonly bundled: boolean;
}

/** A variant with its parameters fixed. */
export interface Case {
  /** Unique in a run: `flipsum/go[n=10000000,workers=4]`. */
  readonly caseId: string;
  /** The scenario it belongs to. */
  readonly scenario: Scenario;
  /** Its program. */
  readonly variant: Variant;
  /** The value of every parameter. */
  readonly params: Parameters;
}

/** Options of a suite's run, as on the command line of `versus run`. */
export interface SuiteOptions {
  /** How long a sample should take: `2s`. */
  readonly target?: string;
  /** A fixed number of samples. */
  readonly runs?: number;
  /** Where to stop: the half-width of the median's interval, `2%`. */
  readonly precision?: string;
  /** Executions before the first sample. */
  readonly warmup?: number;
  /** For the scenario: `60s`. */
  readonly maxTime?: string;
  /** For one sample: `10s`. */
  readonly timeout?: string;
  /** The primary metric: `wall`. */
  readonly metric?: string;
  /** The seed of all orders. */
  readonly seed?: number;
}

/** One entry of a suite. */
export interface SuiteRun {
  /** A scenario's name, or a path relative to the suite's file. */
  readonly scenario: string;
  /** Variants by name; all by default. */
  readonly variants?: readonly string[];
  /** Languages; all by default. */
  readonly languages?: readonly Language[];
  /** Values of parameters. */
  readonly params: Parameters;
  /** Parameters that go through several values: text as `1..8`, or a list. */
  readonly sweep: Readonly<Record<string, string | readonly ParameterValue[]>>;
  /** Options for this run. */
  readonly options: SuiteOptions;
}

/** A list of scenario runs with parameters: a scripted session. */
export interface Suite {
  /** Its name: `quick`. */
  readonly name: string;
  /** One line. */
  readonly title: string;
  /** What is run, in order. */
  readonly runs: readonly SuiteRun[];
  /** The YAML file, absolute. */
  readonly file: string;
  /** Whether it came with the program. */
  readonly bundled: boolean;
}
