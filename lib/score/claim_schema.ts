/** What a person writes in a list of claims; the descriptions are part of the JSON Schema. */
import * as v from "valibot";
import { fields, mapOf } from "../scenario/validate.ts";
import { id, sourcesSchema, text } from "./card_schema.ts";

const finite = v.pipe(v.number(), v.finite("a finite number"));
const positive = v.pipe(v.number(), v.minValue(Number.MIN_VALUE, "a number above 0"));

const parameters = v.exactOptional(
  v.pipe(
    mapOf(v.string(), v.union([v.number(), v.string(), v.boolean()])),
    v.description('Parameters of the scenario; a number may be "cores" or "2 * cores"'),
  ),
  {},
);

const side = fields({
  variants: v.pipe(
    v.array(v.string()),
    v.minLength(1, "at least one variant"),
    v.description("Variants of the scenario; several are averaged"),
  ),
  params: parameters,
  per: v.exactOptional(v.pipe(
    mapOf(v.string(), v.union([v.number(), v.string(), v.boolean()])),
    v.description("Divide by the same variants with these parameters"),
  )),
  unused: v.exactOptional(
    v.pipe(v.boolean(), v.description("Whether a variant counts that throws its result away")),
    false,
  ),
});

const expectation = v.pipe(
  fields({
    about: v.exactOptional(v.pipe(positive, v.description("The published figure"))),
    factor: v.exactOptional(v.pipe(
      v.number(),
      v.minValue(1, "a factor of 1 or more"),
      v.description("How far from it is still reproduced, up and down: 1.5 by default"),
    )),
    atLeast: v.exactOptional(v.pipe(finite, v.description("Reproduced from here on"))),
    atMost: v.exactOptional(v.pipe(finite, v.description("Reproduced up to here"))),
    from: v.exactOptional(v.pipe(finite, v.description("Reproduced from here …"))),
    to: v.exactOptional(v.pipe(finite, v.description("… to here"))),
  }),
  v.description("What reproduces the claim: about, atLeast, atMost, or from and to"),
);

const scenario = text("A scenario's name, or the path of one relative to this file");
const metric = text(
  "What is compared: wallS, nsPerIteration, maxRssKb, a scenario's own metric, …",
);

const ratio = {
  scenario,
  metric,
  params: parameters,
  over: v.pipe(side, v.description("What is divided: the slower, the larger")),
  under: v.pipe(side, v.description("What it is divided by")),
  perCore: v.exactOptional(
    v.pipe(v.boolean(), v.description("Divide the ratio by the cores that the workers could use")),
    false,
  ),
  expect: expectation,
};

const value = {
  scenario,
  metric,
  unit: text("Its unit"),
  params: parameters,
  of: side,
  expect: expectation,
};

const observed = {
  scenario,
  expect: v.pipe(
    mapOf(v.string(), mapOf(v.string(), v.boolean())),
    v.description("Variant to question to the answer that is expected"),
  ),
};

const linkage = {
  scenario,
  expect: v.pipe(
    mapOf(v.string(), v.picklist(["static", "dynamic", "script"])),
    v.description("Variant to linkage"),
  ),
};

const single = v.variant("kind", [
  fields({ kind: v.literal("ratio"), ...ratio }),
  fields({ kind: v.literal("value"), ...value }),
  fields({ kind: v.literal("observed"), ...observed }),
  fields({ kind: v.literal("linkage"), ...linkage }),
]);

const check = v.variant("kind", [
  fields({ kind: v.literal("ratio"), ...ratio }),
  fields({ kind: v.literal("value"), ...value }),
  fields({ kind: v.literal("observed"), ...observed }),
  fields({ kind: v.literal("linkage"), ...linkage }),
  fields({
    kind: v.literal("every"),
    checks: v.pipe(
      v.array(single),
      v.minLength(1, "at least one check"),
      v.description("All of these must hold"),
    ),
  }),
  fields({
    kind: v.literal("across"),
    scenarios: v.pipe(v.array(scenario), v.minLength(1, "at least one scenario")),
    metric,
    over: side,
    under: side,
    expect: expectation,
  }),
]);

/** A file with claims. */
export const claimListSchema = v.pipe(
  fields({
    name: id("What the list is called"),
    title: text("One line"),
    sources: v.pipe(sourcesSchema, v.description("Documents by a short name")),
    claims: v.pipe(
      v.array(fields({
        id: id("Its name: versus claims --run ID"),
        statement: text("The statement, as a sentence"),
        source: text("The document, one of the sources"),
        published: v.exactOptional(
          v.pipe(mapOf(v.string(), v.unknown()), v.description("What the document prints")),
          {},
        ),
        check: v.pipe(check, v.description("What must be compared")),
        shows: v.exactOptional(
          v.pipe(
            v.array(fields({
              title: text("What it is"),
              scenario,
              variant: text("The variant"),
              metric,
              unit: text("Its unit"),
            })),
            v.description("Figures that explain the verdict"),
          ),
          [],
        ),
        ratios: v.exactOptional(
          v.pipe(
            v.array(
              fields({ title: text("What it is"), scenario, metric, over: side, under: side }),
            ),
            v.description("Ratios that explain the verdict"),
          ),
          [],
        ),
        lesson: v.exactOptional(fields({
          alike: v.pipe(
            v.tuple([v.string(), v.string()]),
            v.description("The titles of two shown figures, said when these are alike"),
          ),
          text: text("What that shows, as a sentence"),
        })),
        inconsistentSource: v.exactOptional(text("How the document contradicts itself")),
        note: v.exactOptional(text("What to know of the comparison")),
      })),
      v.minLength(1, "at least one claim"),
      v.description("The claims"),
    ),
  }),
  v.title("Claims"),
  v.description("Published statements, each tied to a scenario and a comparison"),
);
