import { printable, VersusError } from "../error.ts";
import { LANGUAGES } from "./_names.ts";
import { didYouMean, oneOf, quote } from "./_problems.ts";
import { type GivenParameters, resolveParameter, resolveParameters } from "./parameters.ts";
import { evaluateRule } from "./rule.ts";
import type { Sweep } from "./sweep.ts";
import type { Case, Parameters, PublishedFigure, Scenario, Variant } from "./types.ts";

/** Which cases of a scenario are wanted. */
export interface CaseSelection {
  /** Variants by name; all by default. */
  readonly variants?: readonly string[];
  /** Languages; all by default. With variants, both must match. */
  readonly languages?: readonly string[];
  /** Values of parameters; the rest has its default. */
  readonly params?: GivenParameters;
  /** Parameters that go through several values, each combined with each. */
  readonly sweep?: readonly Sweep[];
}

/** More cases than a run can hold. */
const MAX_CASES = 10_000;

function unknown(scenario: Scenario, what: string, name: string, known: readonly string[]): never {
  const meant = didYouMean(name, known) || `, expected ${oneOf(known)}`;
  throw new VersusError(`${scenario.name} has no ${what} ${quote(name)}${meant}`, {
    hint: `See \`versus show ${scenario.name}\``,
  });
}

/**
 * Chooses variants of a scenario.
 *
 * @param scenario The scenario.
 * @param selection Names of variants and languages.
 * @returns The variants that match, in the order of the file.
 * @throws {VersusError} If a name is unknown, or nothing matches.
 */
export function selectVariants(scenario: Scenario, selection: CaseSelection): Variant[] {
  const { variants, languages } = selection;
  const names = scenario.variants.map(({ name }) => name);
  const present = LANGUAGES.filter((language) =>
    scenario.variants.some((variant) => variant.language === language)
  );
  for (const name of variants ?? []) {
    if (!names.includes(name)) unknown(scenario, "variant", name, names);
  }
  for (const name of languages ?? []) {
    if (!present.some((language) => language === name)) {
      unknown(scenario, "variant in", name, present);
    }
  }
  const chosen = scenario.variants.filter((variant) =>
    (variants === undefined || variants.includes(variant.name)) &&
    (languages === undefined || languages.includes(variant.language))
  );
  if (chosen.length > 0) return chosen;
  throw new VersusError(
    `${scenario.name}: none of the variants ${variants?.join(", ")} is in ${languages?.join(", ")}`,
    { hint: "Name either variants or languages" },
  );
}

/** Characters that mean something in a case's name are written as in addresses. */
function encode(text: string): string {
  return text.replaceAll(
    /[^A-Za-z0-9._+-]/gu,
    (c) =>
      [...new TextEncoder().encode(c)].map((b) => `%${b.toString(16).padStart(2, "0")}`).join(""),
  );
}

/**
 * Names a case, the same in every run: parameters are sorted by name.
 *
 * @param scenario The scenario's name.
 * @param variant The variant's name.
 * @param params The value of every parameter.
 * @returns `flipsum/go[n=10000000,workers=4]`.
 */
export function caseId(scenario: string, variant: string, params: Parameters): string {
  const names = Object.keys(params).sort();
  const values = names.map((name) => `${name}=${encode(`${params[name]}`)}`);
  return `${scenario}/${variant}${values.length === 0 ? "" : `[${values.join(",")}]`}`;
}

/** All combinations of the swept values, the last parameter changing fastest. */
function combinations(scenario: Scenario, selection: CaseSelection): Parameters[] {
  const { params = {}, sweep = [] } = selection;
  let all: Parameters[] = [resolveParameters(scenario, params)];
  const swept = new Set<string>();
  for (const { name, values } of sweep) {
    if (swept.has(name) || Object.hasOwn(params, name)) {
      throw new VersusError(
        `Parameter ${printable(name)} is given twice: ${
          swept.has(name) ? "swept two times" : "a value and a sweep"
        }`,
        { hint: "Give it once" },
      );
    }
    swept.add(name);
    const resolved = values.map((value) => resolveParameter(scenario, name, value));
    if (all.length * resolved.length > MAX_CASES) {
      throw new VersusError(`The sweep has more than ${MAX_CASES} combinations`, {
        hint: "Sweep fewer values",
      });
    }
    all = all.flatMap((values) => resolved.map((value) => ({ ...values, [name]: value })));
  }
  return all;
}

/**
 * Makes the cases of a scenario: each variant with each combination of parameters.
 *
 * A variant's own `params` hold whatever was asked for, so a sweep of `workers` gives a variant that
 * is fixed to one worker a single case.
 *
 * @param scenario The scenario.
 * @param selection Which variants and values.
 * @returns The cases: combination by combination, in each the variants in the order of the file.
 * @throws {VersusError} If a variant, language, parameter or value is unknown or out of range.
 */
export function expandCases(scenario: Scenario, selection: CaseSelection = {}): Case[] {
  const variants = selectVariants(scenario, selection);
  const cases = new Map<string, Case>();
  for (const combination of combinations(scenario, selection)) {
    for (const variant of variants) {
      const params = { ...combination, ...variant.params };
      const id = caseId(scenario.name, variant.name, params);
      cases.set(id, { caseId: id, scenario, variant, params });
    }
  }
  return [...cases.values()];
}

/**
 * Finds the case that another is compared with: the reference variant with the same parameters,
 * apart from those that either variant fixes for itself.
 *
 * @param one The case.
 * @param cases The cases of the run.
 * @returns The reference, which may be the case itself; `undefined` when it is not among the cases.
 */
export function referenceCase(one: Case, cases: readonly Case[]): Case | undefined {
  const { name, reference } = one.scenario;
  return cases.find((other) =>
    other.scenario.name === name && other.variant.name === reference &&
    Object.keys(one.params).every((key) =>
      other.params[key] === one.params[key] || Object.hasOwn(one.variant.params, key) ||
      Object.hasOwn(other.variant.params, key)
    )
  );
}

/**
 * Tells how many workers a case uses.
 *
 * @param one The case.
 * @returns A whole number of at least 1.
 * @throws {VersusError} If the variant's rule has no result for the parameters.
 */
export function workersOf(one: Case): number {
  const { workers } = one.variant;
  if (workers === undefined) return 1;
  const count = Number(evaluateRule(workers, one.scenario.parameters, one.params).text);
  return Math.max(1, Math.floor(count));
}

/** A published figure beside a case. */
export interface PublishedMatch {
  /** The figure. */
  readonly figure: PublishedFigure;
  /** Whether the case has the parameters that the figure was measured with. */
  readonly sameParams: boolean;
}

/**
 * Finds what documents published for a case's variant.
 *
 * @param one The case.
 * @returns The figures, in the order of the file.
 */
export function publishedFor(one: Case): PublishedMatch[] {
  return one.scenario.published
    .filter(({ variant }) => variant === one.variant.name)
    .map((figure) => ({
      figure,
      sameParams: Object.entries(figure.params).every(([key, value]) => one.params[key] === value),
    }));
}
