/**
 * Finds the largest factorial, or power of 3, that a BigInt holds exactly. A BigInt has no largest
 * value: it grows, and the search ends at the 1000th number.
 *
 * @module
 */

const LAST = 1000n;

/** Numbers that are each the one before times a factor. */
interface Sequence {
  factor(step: bigint): bigint;
  name(step: bigint): string;
}

const SEQUENCES = new Map<string, Sequence>([
  ["factorial", { factor: (step) => step, name: (step) => `${step}!` }],
  ["power", { factor: () => 3n, name: (step) => `3^${step}` }],
]);

/** The last step whose number is exact, or the last one tried, and that number. */
function lastExact(sequence: Sequence): { step: bigint; value: bigint } {
  let step = 0n;
  let value = 1n;
  while (step < LAST) {
    const factor = sequence.factor(step + 1n);
    const next = value * factor;
    // Exact is a product that division takes back.
    if (next / factor !== value) break;
    step++;
    value = next;
  }
  return { step, value };
}

function bitsOf(value: bigint): number {
  return value.toString(2).length;
}

const sequence = SEQUENCES.get(Deno.args[0] ?? "");
if (sequence === undefined || Deno.args.length !== 1) {
  console.error("usage: integer_width_bigint.ts factorial|power");
  Deno.exit(2);
}
const { step, value } = lastExact(sequence);
const next = value * sequence.factor(step + 1n);
console.log(`${sequence.name(step)} is exact: ${bitsOf(value)} bits`);
console.log(`${sequence.name(step + 1n)} grows to ${bitsOf(next)} bits`);
