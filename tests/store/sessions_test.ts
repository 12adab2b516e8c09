import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import { createRandom, type Random } from "../../lib/stats/random.ts";
import {
  compareRuns,
  listRuns,
  loadRun,
  machineId,
  sessionSpread,
  useHistory,
} from "../../lib/store/mod.ts";
import { type Home, idOf, makeHome, writeJournal } from "./_runs.ts";

const CASE = "mine/one[n=1]";

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

describe("how much a case varies from run to run", () => {
  let home: Home;

  beforeEach(() => {
    home = makeHome();
  });

  afterEach(() => home[Symbol.dispose]());

  /** Writes runs whose level varies by 2 % (standard deviation), their samples by far less. */
  function write(count: number, step = 1): void {
    const random = createRandom(11);
    for (let n = 0; n < count; n++) {
      const level = (n < count / 2 ? 0.1 : 0.1 * step) * Math.exp(0.02 * normal(random));
      writeJournal(home.folder, { id: idOf(n), levels: { one: level }, samples: 12, noise: 0.002 });
    }
  }

  function spread(...without: string[]) {
    return useHistory((history) =>
      sessionSpread(history, {
        caseId: CASE,
        metric: "wallS",
        machine: machineId(home.folder),
        without,
      }), { folder: home.folder });
  }

  it("is estimated from earlier runs, and not moved by a real change among them", () => {
    write(60);
    expect(spread()!.runs).toBe(60);
    expect(spread()!.deviation).toBeGreaterThan(0.013);
    expect(spread()!.deviation).toBeLessThan(0.028);
    write(60, 1.5);
    expect(spread()!.deviation).toBeLessThan(0.028);
    expect(spread(idOf(1), idOf(2))!.runs).toBe(58);
  });

  it("is not known from fewer than ten runs", () => {
    write(9);
    expect(spread()).toBeUndefined();
    write(11);
    expect(spread(idOf(0), idOf(1))).toBeUndefined();
    expect(spread(idOf(0))!.runs).toBe(10);
  });

  it("keeps runs of the same program from being called different", () => {
    write(40);
    const [alone, known] = useHistory((history) => {
      const runs = listRuns(history).map(({ id }) => loadRun(history, id));
      const machine = machineId(home.folder);
      return [false, true].map((isKnown) => {
        let different = 0;
        for (let n = 0; n + 1 < runs.length; n += 2) {
          const without = [runs[n]!.id, runs[n + 1]!.id];
          const document = compareRuns(
            { record: runs[n]!, machine },
            { record: runs[n + 1]!, machine },
            isKnown
              ? {
                spread: (caseId, metric) =>
                  sessionSpread(history, { caseId, metric, machine, without }),
              }
              : {},
          );
          if (document.cases[0]!.verdict !== "inconclusive") different++;
        }
        return different;
      });
    }, { folder: home.folder });
    // Of 20 comparisons of identical programs on a machine that varies by 2 % between runs.
    expect(alone).toBeGreaterThan(12);
    expect(known).toBeLessThanOrEqual(2);
  });
});
