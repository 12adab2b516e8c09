/** Logs that were damaged at random: never an exception, never a wrong count that is not marked. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { traceProgram } from "../../../lib/footprint/mod.ts";
import type { Ledger } from "../../../lib/footprint/trace/_ledger.ts";
import { createRandom, type Random } from "../../../lib/stats/mod.ts";
import { HERE, parse } from "./_support.ts";

/** Logs that are damaged in each way; `VERSUS_FUZZ` sets another number. */
const LOGS = Number(Deno.env.get("VERSUS_FUZZ") ?? 60);

/** Everything that is counted, as text. */
function fingerprint({ files, misses, sockets, processes }: Ledger): string {
  return JSON.stringify([
    [...files.values()].map((
      { path, opens, readBytes, mapped },
    ) => [path, opens, readBytes, mapped]),
    [...misses.groups],
    [...misses.bySyscall],
    [...sockets],
    processes.map(({ pid, executed, ended }) => [pid, executed, ended]),
  ]);
}

/** Whether a document made of it says that it is partial. */
function isMarked({ doubts, processes }: Ledger): boolean {
  return doubts.size > 0 || processes[0]?.ended === undefined;
}

function randomBytes(random: Random, length: number): string {
  return Array.from({ length }, () => String.fromCharCode(random.int(0, 255))).join("");
}

/** Takes the end of a line away, its line feed too, as a full disk does. */
function cutLine(lines: readonly string[], random: Random): string {
  const at = random.int(0, lines.length - 2);
  const cut = random.int(1, lines[at]!.length - 1);
  return lines.map((line, i) => i === at ? line.slice(0, cut) : line).join("");
}

const DAMAGE: Readonly<Record<string, (lines: readonly string[], random: Random) => string>> = {
  "cut off at any byte": (lines, random) => {
    const text = lines.join("");
    return text.slice(0, random.int(0, text.length - 1));
  },
  "that lost the end of a line": cutLine,
  "with a line of noise": (lines, random) => {
    const at = random.int(0, lines.length);
    const noise = randomBytes(random, random.int(1, 200)).replaceAll("\n", "");
    return lines.toSpliced(at, 0, `${noise}\n`).join("");
  },
  "with zeros over a part of it": (lines, random) => {
    const text = lines.join("");
    const at = random.int(0, text.length - 2);
    const length = Math.min(random.int(1, 5000), text.length - at);
    return text.slice(0, at) + "\0".repeat(length) + text.slice(at + length);
  },
};

describe("damaged logs", () => {
  let folder: string;
  let lines: string[];
  let whole: string;

  beforeAll(async () => {
    folder = Deno.makeTempDirSync({ prefix: "versus-test-" });
    const log = join(folder, "log");
    await traceProgram({
      argv: ["sh", join(HERE, "programs/script.sh"), folder],
      keepLog: log,
      stdin: "null",
      stdout: "null",
    });
    lines = Deno.readTextFileSync(log).match(/.*\n/g)!;
    const ledger = parse(lines.join(""));
    expect(isMarked(ledger)).toBe(false);
    whole = fingerprint(ledger);
  });

  afterAll(() => {
    Deno.removeSync(folder, { recursive: true });
  });

  for (const [what, damage] of Object.entries(DAMAGE)) {
    it(`reads logs ${what}`, () => {
      let marked = 0;
      for (let seed = 0; seed < LOGS; seed++) {
        const text = damage(lines, createRandom(`${what} ${seed}`));
        const ledger = parse(text, { chunk: 4096 });
        if (isMarked(ledger)) marked++;
        else expect([seed, fingerprint(ledger)]).toEqual([seed, whole]);
      }
      expect(marked).toBeGreaterThan(LOGS * 0.9);
    });
  }

  it("reads logs in which any bytes are others", () => {
    const text = lines.join("");
    let marked = 0;
    for (let seed = 0; seed < LOGS; seed++) {
      const random = createRandom(`bytes ${seed}`);
      const bytes = [...text];
      for (let i = random.int(1, 50); i > 0; i--) {
        bytes[random.int(0, bytes.length - 1)] = String.fromCharCode(random.int(0, 255));
      }
      const ledger = parse(bytes.join(""), { chunk: 4096 });
      if (isMarked(ledger)) marked++;
      expect(ledger.lines).toBeGreaterThan(0);
    }
    expect(marked).toBeGreaterThan(LOGS * 0.9);
  });

  it("reads noise", () => {
    for (let seed = 0; seed < 100; seed++) {
      const random = createRandom(`noise ${seed}`);
      const ledger = parse(randomBytes(random, random.int(1, 5000)), { chunk: random.int(1, 999) });
      expect([isMarked(ledger), ledger.files.size]).toEqual([true, 0]);
    }
  });

  it("reads lines in any order", () => {
    for (let seed = 0; seed < 50; seed++) {
      const shuffled = createRandom(`order ${seed}`).shuffle(lines);
      const ledger = parse(shuffled.join(""));
      expect(ledger.lines).toBe(lines.length);
    }
  });
});
