/** Builds and runs the programs of cidr, and compares them with a sweep and with a bitmap. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { expectedOutput } from "../../lib/scenario/mod.ts";
import { takeMetrics } from "../../lib/scenario/own_metrics.ts";
import { benchScenario, describePrograms, refusesArguments } from "./_programs.ts";

/** [lookups, prefixes] for every program. */
const SIZES: readonly (readonly [number, number])[] = [[0, 1], [1, 2], [2000, 300], [1000, 3000]];

/** [network, length] */
type Prefix = readonly [number, number];

function* xorshift(): Generator<bigint, never> {
  for (let x = 2463534242n;;) {
    x = BigInt.asUintN(32, x ^ x << 13n);
    x ^= x >> 17n;
    x = BigInt.asUintN(32, x ^ x << 5n);
    yield x;
  }
}

function makeInput(lookups: number, count: number) {
  const numbers = xorshift();
  const next = () => numbers.next().value;
  const blockOf = (number: bigint, length: bigint): Prefix => {
    const size = 1n << 32n - length;
    return [Number(number / size * size), Number(length)];
  };
  const prefixes: Prefix[] = [];
  for (let i = 0; i < count; i++) {
    const length = 14n + next() % 11n;
    prefixes.push(blockOf(next(), length));
  }
  const draw = () => prefixes[Number(next() % BigInt(count))]!.map(BigInt) as [bigint, bigint];
  const holes: Prefix[] = [];
  for (let i = 0; i < count; i++) {
    const [network, length] = draw();
    const holeLength = length + 1n + next() % 4n;
    holes.push(blockOf(network + next() / 2n ** length, holeLength));
  }
  const addresses: number[] = [];
  for (let i = 0; i < lookups; i++) {
    const [network, length] = draw();
    addresses.push(Number(network ^ next() / 2n ** (length - 2n)));
  }
  return { prefixes, holes, addresses };
}

/** Goes up through sorted addresses with a stack of the prefixes that it is in. */
function lookUp(prefixes: readonly Prefix[], addresses: readonly number[]): string {
  const sorted = prefixes.map(([network, length], i) => ({
    network,
    length,
    end: network + 2 ** (32 - length),
    value: i + 1,
  })).sort((a, b) => a.network - b.network || a.length - b.length || a.value - b.value);
  const stack: typeof sorted = [];
  let [i, found, sum] = [0, 0, 0];
  for (const address of addresses.toSorted((a, b) => a - b)) {
    for (; i < sorted.length && sorted[i]!.network <= address; i++) {
      while (stack.length > 0 && stack.at(-1)!.end <= sorted[i]!.network) stack.pop();
      stack.push(sorted[i]!);
    }
    while (stack.length > 0 && stack.at(-1)!.end <= address) stack.pop();
    if (stack.length > 0) found++;
    sum += stack.at(-1)?.value ?? 0;
  }
  return `found ${found} sum ${sum}`;
}

/** A bit for each block of 16 addresses, the smallest prefix there is: a tree in an array. */
const BLOCK_BITS = 28;

function paint(bitmap: Uint32Array, prefixes: readonly Prefix[], value: 0 | 1): void {
  for (const [network, length] of prefixes) {
    const [from, blocks] = [network / 16, 2 ** (BLOCK_BITS - length)];
    if (blocks >= 32) bitmap.fill(value === 1 ? 0xffff_ffff : 0, from / 32, (from + blocks) / 32);
    else {
      const mask = (2 ** blocks - 1) * 2 ** (from % 32);
      if (value === 1) bitmap[Math.floor(from / 32)]! |= mask;
      else bitmap[Math.floor(from / 32)]! &= ~mask;
    }
  }
}

/** Counts the largest full blocks, from the whole space down to single bits. */
function cover(name: string, bitmap: Uint32Array): string {
  let [count, sum] = [0, 0];
  function add(block: number, length: number): void {
    count++;
    sum += block * 16 + length;
  }
  /** Adds the full parts of a block that is not full; tells whether it is. */
  function visit(block: number, length: number): boolean {
    if (length === BLOCK_BITS - 5) {
      const word = bitmap[block / 32]!;
      if (word === 0) return false;
      if (word === 0xffff_ffff) return true;
    } else if (length === BLOCK_BITS) {
      return (bitmap[Math.floor(block / 32)]! >>> block % 32 & 1) === 1;
    }
    const half = 2 ** (BLOCK_BITS - length - 1);
    const lower = visit(block, length + 1);
    const upper = visit(block + half, length + 1);
    if (lower && upper) return true;
    if (lower) add(block, length + 1);
    if (upper) add(block + half, length + 1);
    return false;
  }
  if (visit(0, 0)) add(0, 0);
  return `${name} ${count} sum ${sum}`;
}

function due(lookups: number, count: number): string {
  const { prefixes, holes, addresses } = makeInput(lookups, count);
  const bitmap = new Uint32Array(2 ** (BLOCK_BITS - 5));
  const lines = [lookUp(prefixes, addresses)];
  paint(bitmap, prefixes, 1);
  lines.push(cover("collapsed", bitmap));
  paint(bitmap, holes, 0);
  lines.push(cover("left", bitmap));
  return lines.join("\n");
}

const scenario = await benchScenario("cidr");

describe("cidr's scenario.yaml", () => {
  it("has results that agree with a sweep and with a bitmap", () => {
    const variant = scenario.variants[0]!;
    const known = scenario.expect.results?.map(({ params }) => params) ?? [];
    expect(known).toContainEqual({ lookups: 1e5, prefixes: 1e4 });
    expect(known).toContainEqual({ lookups: 1e6, prefixes: 1e5 });
    for (const params of known) {
      const { stdout } = expectedOutput(scenario, variant, params) ?? {};
      expect({ params, stdout: stdout?.trimEnd() })
        .toEqual({ params, stdout: due(Number(params.lookups), Number(params.prefixes)) });
    }
  });
});

const results = SIZES.map(([lookups, prefixes]) => ({
  params: { lookups, prefixes },
  result: due(lookups, prefixes),
}));

await describePrograms(scenario, (program) => {
  it("prints what is found, collapsed and left, and how long each took", async () => {
    for (const { params, result } of results) {
      const { code, stdout, stderr } = await program.run(params);
      const printed = takeMetrics(scenario.metrics, stdout);
      expect({ params, code, stderr, result: printed.result })
        .toEqual({ params, code: 0, stderr: "", result });
      expect(Object.keys(printed.metrics).sort())
        .toEqual(scenario.metrics?.map(({ name }) => name).sort());
      for (const value of Object.values(printed.metrics)) expect(value).toBeGreaterThanOrEqual(0);
    }
  });

  refusesArguments(program, [
    [],
    ["7"],
    ["7", "7", "7"],
    ["7", "0"],
    ...["", "x", "-1", "1.5", "7x"].flatMap((bad) => [[bad, "7"], ["7", bad]]),
  ]);
});
