/**
 * Looks addresses up among prefixes, and collapses and subtracts prefixes, with cidr-tools.
 *
 * Prints how many of LOOKUPS addresses are in one of PREFIXES prefixes with the sum of what the
 * longest ones stand for, then the number of prefixes after collapsing them and after taking others
 * away, each with the sum of their addresses and lengths. No package in wide use finds the longest
 * prefix, so look-ups are done by hand.
 *
 * @module
 */
import { excludeCidr, mergeCidr } from "cidr-tools";

interface Prefix {
  network: number;
  length: number;
}

/** What prefixes of one length stand for, by their leading bits. */
interface Level {
  hostBits: number;
  values: Map<number, number>;
}

/** Makes a table with the longest prefixes first. */
function makeTable(prefixes: readonly Prefix[]): Level[] {
  const levels: Level[] = [];
  for (const [i, { network, length }] of prefixes.entries()) {
    const hostBits = 32 - length;
    const level = levels[hostBits] ??= { hostBits, values: new Map() };
    level.values.set(network >>> hostBits, i + 1);
  }
  return levels.filter((level) => level !== undefined);
}

/** Returns what the longest prefix stands for that an address is in. */
function find(table: readonly Level[], address: number): number | undefined {
  for (const { hostBits, values } of table) {
    const value = values.get(address >>> hostBits);
    if (value !== undefined) return value;
  }
  return undefined;
}

function toText({ network, length }: Prefix): string {
  return `${[24, 16, 8, 0].map((shift) => network >>> shift & 0xff).join(".")}/${length}`;
}

function toNumber(address: string): number {
  return address.split(".").reduce((number, octet) => number * 256 + Number(octet), 0);
}

/** Keeps the leading bits of a number. */
function toPrefix(number: number, length: number): Prefix {
  return { network: (number & -(2 ** (32 - length))) >>> 0, length };
}

/** Marsaglia's 32-bit xorshift, the same in all languages. */
function makeGenerator(): () => number {
  let x = 2463534242;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return x >>> 0;
  };
}

interface Input {
  prefixes: Prefix[];
  holes: Prefix[];
  addresses: number[];
}

/** Makes prefixes of 14 to 24 bits, holes in them, and addresses in and near them. */
function makeInput(lookups: number, count: number): Input {
  const next = makeGenerator();
  const prefixes = Array.from({ length: count }, () => {
    const length = 14 + next() % 11;
    return toPrefix(next(), length);
  });
  const draw = () => prefixes[next() % count]!;
  const holes = Array.from({ length: count }, () => {
    const { network, length } = draw();
    const holeLength = length + 1 + next() % 4;
    return toPrefix(network | next() >>> length, holeLength);
  });
  const addresses = Array.from({ length: lookups }, () => {
    const { network, length } = draw();
    return (network ^ next() >>> length - 2) >>> 0;
  });
  return { prefixes, holes, addresses };
}

function describe(name: string, prefixes: readonly string[]): string {
  const sum = prefixes.reduce((sum, prefix) => {
    const [address = "", length] = prefix.split("/");
    return sum + toNumber(address) + Number(length);
  }, 0);
  return `${name} ${prefixes.length} sum ${sum}`;
}

function run(lookups: number, count: number): void {
  const { prefixes, holes, addresses } = makeInput(lookups, count);
  const [prefixTexts, holeTexts] = [prefixes.map(toText), holes.map(toText)];

  const start = performance.now();
  const table = makeTable(prefixes);
  const built = performance.now();
  let found = 0;
  let sum = 0;
  for (const address of addresses) {
    const value = find(table, address);
    if (value !== undefined) {
      found++;
      sum += value;
    }
  }
  const lookedUp = performance.now();
  const collapsed = mergeCidr(prefixTexts);
  const merged = performance.now();
  const left = excludeCidr(collapsed, holeTexts);
  const end = performance.now();

  console.log(`found ${found} sum ${sum}`);
  console.log(describe("collapsed", collapsed));
  console.log(describe("left", left));
  console.log(`buildMs=${built - start}`);
  console.log(`lookupNs=${(lookedUp - built) / Math.max(lookups, 1) * 1e6}`);
  console.log(`collapseMs=${merged - lookedUp}`);
  console.log(`subtractMs=${end - merged}`);
}

function parseWhole(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && /^\d+$/.test(text) && Number.isSafeInteger(value)
    ? value
    : undefined;
}

const [lookups, count] = [parseWhole(Deno.args[0]), parseWhole(Deno.args[1])];
if (lookups === undefined || count === undefined || count < 1 || Deno.args.length !== 2) {
  console.error("usage: cidr.ts LOOKUPS PREFIXES (whole numbers)");
  Deno.exit(2);
}
run(lookups, count);
