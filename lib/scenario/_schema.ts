/** What a person writes in `scenario.yaml`; the descriptions are part of the JSON Schema. */
import * as v from "valibot";
import { KINDS, LANGUAGES, TOOLCHAINS } from "./_names.ts";
import {
  described,
  finiteSchema as finite,
  listOf as list,
  nameSchema,
  parameterNameSchema,
  textSchema as text,
  valueSchema,
  valuesSchema,
} from "./_schema_base.ts";
import { METRIC_UNITS } from "./_units.ts";
import { fields, mapOf } from "./validate.ts";

const sourceSchema = fields({
  name: v.pipe(nameSchema, v.description("A short name of the document: nanog90")),
  title: described("What it is: title, event, author's role"),
  date: v.exactOptional(v.pipe(
    v.string(),
    v.regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, "a date such as 2024-12"),
    v.description("When it was published: 2024, 2024-12 or 2024-12-01"),
  )),
});

const parameterSchema = fields({
  title: described("What it means, in a few words"),
  type: v.pipe(
    v.picklist(["integer", "number", "string", "boolean"]),
    v.description("The kind of value; rules compute exactly with integers only"),
  ),
  min: v.exactOptional(v.pipe(finite, v.description("The least value, for numbers"))),
  max: v.exactOptional(v.pipe(finite, v.description("The largest value, for numbers"))),
  choices: v.exactOptional(
    v.pipe(list(text, "at least one word"), v.description("The words allowed, for strings")),
  ),
  default: v.pipe(valueSchema, v.description("The value when nothing is said")),
  published: v.exactOptional(
    v.pipe(valueSchema, v.description("The value that the source published figures for")),
  ),
});

const resultSchema = fields({
  params: v.pipe(valuesSchema, v.description("Holds when all of these have these values")),
  stdout: v.exactOptional(v.pipe(
    v.string(),
    v.description("What is printed then; white space at the end of lines does not count"),
  )),
  sha256: v.exactOptional(v.pipe(
    v.string(),
    v.regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits in lower case"),
    v.description(
      "The SHA-256 digest of what is printed then, byte for byte: in the place of stdout, for " +
        "results that are large or no text",
    ),
  )),
});

const expectSchema = fields({
  rule: v.exactOptional(described(
    "The number that is printed, as arithmetic over the parameters: floor(n / 2). Numbers, " +
      "parameters, + - * / % **, comparisons, ? :, floor, ceil, abs, sqrt, log2, pow, min, max; " +
      "exact for integers",
  )),
  results: v.exactOptional(v.pipe(
    list(resultSchema, "at least one result"),
    v.description("Known results; the first that holds is taken, before the rule"),
  )),
  tolerance: v.exactOptional(v.pipe(
    finite,
    v.minValue(0, "at least 0"),
    v.maxValue(1, "at most 1"),
    v.description(
      "The largest relative difference of printed numbers; without it, text is compared",
    ),
  )),
});

const limitSchema = fields({
  rule: described("A comparison over the parameters that has to hold: n <= 3037000499"),
  reason: described("Why, for whoever asked for more: the square of n has to fit 63 bits"),
});

/** What a scenario says for all variants and a variant for itself. */
const boundEntries = {
  memoryBytes: v.exactOptional(described(
    "A rule over the parameters for the peak memory of all processes, in bytes: n * 16. What needs " +
      "more than is free is refused before it starts",
  )),
  limit: v.exactOptional(v.pipe(
    limitSchema,
    v.description("A bound that types set; a case beyond it is refused before it starts"),
  )),
  exitCode: v.exactOptional(v.pipe(
    v.number(),
    v.safeInteger("a whole number"),
    v.minValue(0, "at least 0"),
    v.maxValue(255, "at most 255"),
    v.description("The exit code that is due; 0 by default"),
  )),
};

const metricSchema = fields({
  title: described("What it is called: Task time"),
  unit: v.pipe(
    v.picklist(METRIC_UNITS),
    v.description("Its unit, which its name ends in: taskS, lookupNs, peakKb, hitsPercent"),
  ),
});

const observationSchema = fields({
  title: described("What is asked, in a few words: names the address"),
  pattern: described(
    "A regular expression (as in JavaScript) over standard output and standard error, in which ^ " +
      "and $ stand at the ends of lines; a match means yes",
  ),
});

const commandSchema = v.pipe(
  list(v.string(), "a program and its arguments"),
  v.description(
    "A program and its arguments, not read by a shell. {toolchain} is the toolchain's executable, " +
      "{tool:cargo} another one of it, {dir} the folder with the sources (laid out as here), {out} the " +
      "folder for what is built; in `run` also parameters by name: {n}. {{ stands for a brace",
  ),
);

const variantSchema = fields({
  title: v.exactOptional(described("What sets it apart, in a few words")),
  language: v.pipe(v.picklist(LANGUAGES), v.description("The language it is written in")),
  toolchain: v.pipe(v.picklist(TOOLCHAINS), v.description("What builds or runs it")),
  requires: v.exactOptional(described('The toolchain versions it works with: ">=3.8"')),
  files: v.pipe(
    list(text, "at least one file or folder"),
    v.description(
      "Its sources, relative to this file; a folder stands for all in it. Nothing else is copied " +
        "to {dir}",
    ),
  ),
  build: v.exactOptional(
    v.pipe(
      v.array(commandSchema),
      v.description("Steps that are run in {dir}, once, to make {out}; none by default"),
    ),
    [],
  ),
  run: commandSchema,
  artifact: v.exactOptional(
    described("The file that is shipped, for its size and linkage: {out}/flipsum"),
  ),
  env: v.exactOptional(
    v.pipe(
      mapOf(
        v.pipe(v.string(), v.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "a variable such as GOMAXPROCS")),
        v.string(),
      ),
      v.description("Environment for build and run, as it stands here"),
    ),
    {},
  ),
  workers: v.exactOptional(
    described("How many workers it uses, as a rule over the parameters; 1 by default"),
  ),
  params: v.exactOptional(
    v.pipe(
      valuesSchema,
      v.description("Parameters that are fixed for this variant, whatever is asked for"),
    ),
    {},
  ),
  expect: v.exactOptional(v.pipe(
    expectSchema,
    v.description("How its results are checked, in the place of the scenario's"),
  )),
  unused: v.exactOptional(described(
    "Why its result is thrown away on purpose: it is timed, marked as optimised-away with these " +
      "words, and never ranked; its output is checked only if it has an expect of its own",
  )),
  ...boundEntries,
});

const publishedSchema = fields({
  variant: v.pipe(nameSchema, v.description("The variant that it is for")),
  source: v.pipe(nameSchema, v.description("The short name of the document")),
  params: v.pipe(valuesSchema, v.description("The parameters that it was measured with")),
  metrics: v.pipe(
    mapOf(
      v.pipe(v.string(), v.regex(/^[a-z][a-zA-Z0-9]*$/, "a metric such as wallS")),
      finite,
    ),
    v.description("Metrics, with the unit in the name: {wallS: 79.19, maxRssKb: 10144}"),
  ),
  note: v.exactOptional(described("What a reader must know of it")),
});

/** `scenario.yaml`. */
export const scenarioSchema = v.pipe(
  fields({
    name: v.pipe(
      nameSchema,
      v.description(
        "What it is called on the command line; bundled ones are in a folder of that name",
      ),
    ),
    kind: v.exactOptional(v.pipe(v.picklist(KINDS), v.description("What it does")), "bench"),
    title: described("One line"),
    computes: described("What the programs compute, a paragraph"),
    source: v.exactOptional(
      v.pipe(sourceSchema, v.description("Where the idea comes from")),
    ),
    tags: v.exactOptional(
      v.pipe(v.array(nameSchema), v.description("Words to find it by")),
      [],
    ),
    parameters: v.exactOptional(
      v.pipe(mapOf(parameterNameSchema, parameterSchema), v.description("Its inputs, by name")),
      {},
    ),
    expect: v.exactOptional(
      v.pipe(
        expectSchema,
        v.description("How results are checked; without it the programs' output is not"),
      ),
      {},
    ),
    loop: v.exactOptional(v.pipe(
      parameterNameSchema,
      v.description(
        "The parameter that the work grows with in proportion, for the check that the loop ran",
      ),
    )),
    calibrate: v.exactOptional(v.pipe(
      parameterNameSchema,
      v.description(
        "The parameter that `versus run --target 2s` adjusts for each variant; that of loop by " +
          "default. The work has to grow with it in proportion",
      ),
    )),
    metrics: v.exactOptional(v.pipe(
      mapOf(parameterNameSchema, metricSchema),
      v.description(
        "Figures that programs print of themselves, by name. A program prints lines such as " +
          "taskS=0.0123 after its result; they are taken away before the result is checked",
      ),
    )),
    observe: v.exactOptional(v.pipe(
      mapOf(parameterNameSchema, observationSchema),
      v.description(
        "Questions that what programs print answers with yes or no, by name, shown as a matrix",
      ),
    )),
    ...boundEntries,
    reference: v.pipe(nameSchema, v.description("The variant that others are compared with")),
    variants: v.pipe(mapOf(nameSchema, variantSchema), v.description("Its programs, by name")),
    published: v.exactOptional(
      v.pipe(v.array(publishedSchema), v.description("What documents published")),
      [],
    ),
  }),
  v.title("Scenario"),
  v.description("A job, written as programs in several languages, to be measured side by side"),
);

/** What {@linkcode scenarioSchema} makes of a file. */
export type ScenarioDocument = v.InferOutput<typeof scenarioSchema>;
