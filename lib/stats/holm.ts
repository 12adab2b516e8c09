import { requireFinite } from "./_check.ts";

/**
 * Adjusts p values for the number of comparisons made together: Holm, "A simple sequentially
 * rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979.
 *
 * @param pValues one p a comparison
 * @returns the adjusted p values in the same order, each at most 1
 * @throws {RangeError} if one is not a number from 0 to 1
 */
export function holm(pValues: readonly number[]): number[] {
  requireFinite(pValues, 0);
  const outside = pValues.find((p) => p < 0 || p > 1);
  if (outside !== undefined) throw new RangeError(`Expected p from 0 to 1, found ${outside}`);
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(pValues.length);
  let reached = 0;
  order.forEach((index, position) => {
    reached = Math.max(reached, Math.min(1, (pValues.length - position) * pValues[index]!));
    adjusted[index] = reached;
  });
  return adjusted;
}
