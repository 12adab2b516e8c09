/** Builds and runs the programs of ip-hosts, and compares their sums with one over all addresses. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { expectedOutput } from "../../lib/scenario/mod.ts";
import { benchScenario, describePrograms } from "./_programs.ts";

/** The prefix lengths: a carry over octets, ends in the middle of one, and the smallest networks. */
const SIZES: readonly (readonly [prefix4: number, prefix6: number])[] = [
  [20, 110],
  [23, 119],
  [24, 120],
  [29, 125],
  [30, 126],
  [31, 127],
  [32, 128],
];

const BASE4 = 10n << 24n;
const BASE6 = (0x2001_0db8n << 96n) + (1n << 32n);

function octetSum(address: bigint): number {
  return address.toString(16).padStart(32, "0").match(/../g)!
    .reduce((sum, octet) => sum + parseInt(octet, 16), 0);
}

/** Sums all addresses of a network, then takes those away that are no host's. */
function sumOf(base: bigint, bits: number, reserved: readonly bigint[]): number {
  const size = 1n << BigInt(bits);
  let sum = 0;
  for (let i = 0n; i < size; i++) sum += octetSum(base + i);
  if (bits < 2) return sum;
  return reserved.reduce((left, i) => left - octetSum(base + (i + size) % size), sum);
}

function hostsSum(prefix4: number, prefix6: number): number {
  return sumOf(BASE4, 32 - prefix4, [0n, -1n]) + sumOf(BASE6, 128 - prefix6, [0n]);
}

const scenario = await benchScenario("ip-hosts");

describe("ip-hosts's scenario.yaml", () => {
  it("has a rule that agrees with adding up every address", () => {
    const variant = scenario.variants[0]!;
    for (let bits = 0; bits <= 12; bits++) {
      const [prefix4, prefix6] = [32 - bits, 116 + bits];
      const stdout = `${hostsSum(prefix4, prefix6)}`;
      expect({ bits, ...expectedOutput(scenario, variant, { prefix4, prefix6 }) })
        .toEqual({ bits, stdout });
    }
  });
});

await describePrograms(scenario, (program) => {
  it("prints the sum of the octets of all hosts", async () => {
    for (const [prefix4, prefix6] of SIZES) {
      const size = { prefix4, prefix6 };
      const stdout = `${hostsSum(prefix4, prefix6)}\n`;
      expect({ ...size, ...await program.run(size) })
        .toEqual({ ...size, code: 0, stdout, stderr: "" });
    }
  });

  it("turns down what is no network with exit code 2 and a message", async () => {
    const bad = [
      ...["", "x", "-1", "33", "1.5", "24 ", "24/1"].map((prefix4) => ({ prefix4 })),
      ...["", "x", "-1", "129", "1e2"].map((prefix6) => ({ prefix6 })),
      // Host bits that are set.
      { prefix4: 6 },
      { prefix6: 95 },
    ];
    for (const params of bad) {
      const { code, stdout, stderr } = await program.run(params);
      expect({ ...params, code, stdout }).toEqual({ ...params, code: 2, stdout: "" });
      expect(stderr).toMatch(/usage: /);
    }
  });
});
