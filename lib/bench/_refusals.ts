/** Cases that must not be started, since they do not fit: refused, or marked as unavailable. */
import { VersusError } from "../error.ts";
import { largestFitting, type Refusal, refusalOf } from "../scenario/bounds.ts";
import type { Case } from "../scenario/types.ts";

interface Refused {
  readonly one: Case;
  readonly refusal: Refusal;
}

/** The largest value that fits a case, of a parameter that decides it. */
function boundOf(
  { one }: Refused,
  name: string,
  freeBytes: number | undefined,
): number | undefined {
  const value = one.params[name];
  return typeof value === "number" ? largestFitting(one, name, value, freeBytes) : undefined;
}

/** The parameter that is told: the first numeric one of those that decide it. */
function deciding({ one, refusal }: Refused, among?: readonly string[]): string | undefined {
  return refusal.parameters.find((name) =>
    typeof one.params[name] === "number" && (among?.includes(name) ?? true)
  );
}

/** Says which variants do not fit for which reason: `c, rust: it needs …; go: …`. */
function sayReasons(all: readonly Refused[]): string {
  const byReason = Map.groupBy(all, ({ refusal }) => refusal.reason);
  const said = [...byReason].slice(0, 3).map(([reason, of]) =>
    `${[...new Set(of.map(({ one }) => one.variant.name))].join(", ")}: ${reason}`
  );
  const more = byReason.size - said.length;
  return said.join("; ") + (more > 0 ? `; and ${more} more` : "");
}

/**
 * Refuses cases of a scenario that do not fit this machine or their language's types.
 *
 * @param cases The cases of the scenario.
 * @param given The parameters that the user gave a value.
 * @param freeBytes The memory that is free; not looked at when `undefined`.
 * @returns Why a case must not be started, with the bound, by its id.
 * @throws {VersusError} If a parameter that the user gave decides it: with the bound and the reason.
 */
export function refuse(
  cases: readonly Case[],
  given: readonly string[],
  freeBytes: number | undefined,
): Map<string, string> {
  const all = cases.flatMap((one): Refused[] => {
    const refusal = refusalOf(one, freeBytes);
    return refusal === undefined ? [] : [{ one, refusal }];
  });
  const first = all.find((refused) => deciding(refused, given) !== undefined);
  if (first !== undefined) {
    const name = deciding(first, given)!;
    const value = first.one.params[name];
    const alike = all.filter(({ one }) => one.params[name] === value);
    const bounds = alike.map((refused) => boundOf(refused, name, freeBytes));
    const least = bounds.includes(undefined) ? undefined : Math.min(...bounds as number[]);
    const others = [...new Set(cases.map(({ variant }) => variant.name))]
      .filter((variant) => !alike.some(({ one }) => one.variant.name === variant));
    const ways = [
      ...(least === undefined ? [] : [`Give ${name}=${least} or less`]),
      ...(others.length === 0 ? [] : [`name the variants that can: --variant ${others.join(",")}`]),
    ].join(", or ");
    throw new VersusError(
      `Found ${name}=${value}, too large for ${first.one.scenario.name}: ${sayReasons(alike)}`,
      { hint: ways === "" ? "Give other parameters" : ways[0]!.toUpperCase() + ways.slice(1) },
    );
  }
  return new Map(all.map((refused) => {
    const name = deciding(refused);
    const bound = name === undefined ? undefined : boundOf(refused, name, freeBytes);
    const { one, refusal: { reason } } = refused;
    const at = bound === undefined ? "" : `; at most ${name}=${bound} fits`;
    const size = name === undefined ? "too large" : `${name}=${one.params[name]} is too large`;
    return [one.caseId, `${size}: ${reason}${at}`];
  }));
}
