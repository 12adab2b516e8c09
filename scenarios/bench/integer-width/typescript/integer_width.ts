/**
 * Finds the largest factorial, or power of 3, that a number holds exactly, and shows what the next
 * one becomes: numbers are floating point, with 53 bits, and are rounded. BigInt tells what is exact.
 *
 * @module
 */

/** Numbers that are each the one before times a factor. */
interface Sequence {
  factor(step: number): number;
  name(step: number): string;
}

const SEQUENCES = new Map<string, Sequence>([
  ["factorial", { factor: (step) => step, name: (step) => `${step}!` }],
  ["power", { factor: () => 3, name: (step) => `3^${step}` }],
]);

/** The last step whose number is exact, and that number. */
function lastExact(sequence: Sequence): { step: number; value: number } {
  let step = 0;
  let value = 1;
  while (true) {
    const factor = sequence.factor(step + 1);
    const next = value * factor;
    if (BigInt(next) !== BigInt(value) * BigInt(factor)) return { step, value };
    step++;
    value = next;
  }
}

const sequence = SEQUENCES.get(Deno.args[0] ?? "");
if (sequence === undefined || Deno.args.length !== 1) {
  console.error("usage: integer_width.ts factorial|power");
  Deno.exit(2);
}
const { step, value } = lastExact(sequence);
const next = value * sequence.factor(step + 1);
console.log(`${sequence.name(step)} is exact: ${BigInt(value)}`);
console.log(`${sequence.name(step + 1)} is rounded to ${BigInt(next)}`);
