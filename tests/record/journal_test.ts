import { join } from "node:path";
import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import { VersusError } from "../../lib/error.ts";
import type { RunEvent } from "../../lib/record/events.ts";
import {
  createJournal,
  findJournal,
  listRunIds,
  newRunId,
  readJournal,
  reopenJournal,
} from "../../lib/record/journal.ts";
import { DEFAULT_OPTIONS } from "../../lib/bench/options.ts";
import { ENVIRONMENT } from "../bench/mock.ts";

const START: RunEvent = {
  type: "run-start",
  schema: "versus.events/1",
  id: "a",
  at: "2026-01-01T00:00:00Z",
  seed: 1,
  version: "0",
  options: DEFAULT_OPTIONS,
  environment: ENVIRONMENT,
  scenarios: [],
};

function sample(index: number): RunEvent {
  return {
    type: "sample",
    caseId: "s/v",
    sample: {
      index,
      block: index,
      order: 0,
      startedAt: "2026-01-01T00:00:00Z",
      wallS: 0.1,
      method: "gate",
      exitCode: 0,
    },
  };
}

function thrown(action: () => unknown): VersusError {
  try {
    action();
  } catch (error) {
    if (error instanceof VersusError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown");
}

describe("the journal", () => {
  let home: string;
  let before: string | undefined;

  beforeEach(() => {
    before = Deno.env.get("VERSUS_HOME");
    home = Deno.makeTempDirSync();
    Deno.env.set("VERSUS_HOME", home);
  });

  afterEach(() => {
    if (before === undefined) Deno.env.delete("VERSUS_HOME");
    else Deno.env.set("VERSUS_HOME", before);
    Deno.removeSync(home, { recursive: true });
  });

  it("gives back what was appended, without progress", () => {
    const id = newRunId();
    {
      using journal = createJournal(id);
      journal.append(START);
      journal.append(sample(0));
      journal.append({
        type: "progress",
        scenario: "s",
        phase: "measure",
        elapsedS: 1,
        casesDone: 0,
        cases: 1,
        samples: 1,
      });
    }
    expect(readJournal(findJournal(id)).events).toEqual([START, sample(0)]);
    expect(findJournal("latest")).toBe(findJournal(id));
  });

  it("drops a line that was cut, at every place that it can be cut", () => {
    const id = newRunId();
    {
      using journal = createJournal(id);
      journal.append(START);
      journal.append(sample(0));
    }
    const path = findJournal(id);
    const bytes = Deno.readFileSync(path);
    const first = bytes.indexOf(0x0a) + 1;
    for (let length = first; length < bytes.length; length++) {
      Deno.writeFileSync(path, bytes.subarray(0, length));
      const { events, cutBytes } = readJournal(path);
      expect(events).toEqual([START]);
      expect(cutBytes).toBe(length - first);
    }
  });

  it("goes on behind the last whole line", () => {
    const id = newRunId();
    {
      using journal = createJournal(id);
      journal.append(START);
    }
    Deno.writeTextFileSync(findJournal(id), '{"type":"sam', { append: true });
    {
      const { journal, content } = reopenJournal(id);
      using _ = journal;
      expect(content.events).toEqual([START]);
      expect(content.cutBytes).toBe(12);
      journal.append(sample(1));
    }
    expect(readJournal(findJournal(id)).events).toEqual([START, sample(1)]);
  });

  it("refuses a journal that another process writes", async () => {
    const id = newRunId();
    {
      using journal = createJournal(id);
      journal.append(START);
    }
    // The lock belongs to an open file, so that a second one of this process is refused alike.
    const path = findJournal(id);
    using holder = await Deno.open(path, { read: true });
    await holder.lock(true);
    expect(thrown(() => reopenJournal(id)).message).toContain("still being written");
  });

  it("names the line of a damaged file and what is wrong with it", () => {
    const path = join(home, "x.jsonl");
    Deno.writeTextFileSync(path, JSON.stringify(START) + "\nnot json\n");
    expect(thrown(() => readJournal(path)).message).toContain("line 2: it is not JSON");
    Deno.writeTextFileSync(path, JSON.stringify(sample(0)) + "\n");
    expect(thrown(() => readJournal(path)).message).toContain("begins with run-start");
    Deno.writeTextFileSync(path, JSON.stringify(START) + '\n{"type":"sample"}\n');
    expect(thrown(() => readJournal(path)).message).toContain("line 2");
  });

  it("names the nearest run when there is none of that name", () => {
    const id = "20260101T000000Z-aaaaaa";
    createJournal(id)[Symbol.dispose]();
    const error = thrown(() => findJournal("20260101T000000Z-aaaaab"));
    expect(error.message).toContain(`the nearest is ${id}`);
    expect(error.exitCode).toBe(2);
  });

  it("gives two runs at once journals of their own", () => {
    const ids = Array.from({ length: 50 }, () => newRunId());
    for (const id of ids) createJournal(id)[Symbol.dispose]();
    expect(listRunIds()).toEqual([...new Set(ids)].sort());
    expect(listRunIds().length).toBe(50);
  });

  it("takes the later of two runs of one second for the latest", () => {
    const ids = [1, 20, 300, 999].map((ms) =>
      newRunId(new Date(Date.UTC(2026, 0, 1, 0, 0, 0, ms)))
    );
    for (const id of ids.toReversed()) createJournal(id)[Symbol.dispose]();
    expect(listRunIds()).toEqual(ids);
    expect(findJournal("latest")).toContain(ids.at(-1)!);
  });

  it("says that a home that can't be written can't be written", () => {
    Deno.writeTextFileSync(join(home, "state"), "a file in the place of the folder");
    const error = thrown(() => createJournal(newRunId()));
    expect(error.message).toContain("Cannot keep the journals");
    expect(error.hint).toContain("VERSUS_HOME");
    expect(error.exitCode).toBe(1);
  });
});
