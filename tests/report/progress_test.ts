import { beforeEach, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { displayWidth } from "../../lib/report/_text.ts";
import {
  createProgress,
  progressLine,
  type ProgressState,
  type ProgressStream,
} from "../../lib/report/progress.ts";
import type { RunEvent } from "../../lib/record/events.ts";
import { actingCharacters, RICH, samples } from "./fixtures.ts";

const AT = "2026-03-01T10:00:00.000Z";

const STATE: ProgressState = {
  scenario: "flipsum",
  scenarioNumber: 1,
  scenarios: 2,
  phase: "measure",
  casesDone: 5,
  cases: 12,
  samples: 1143,
  halfWidth: 0.0231,
  precision: 0.02,
  elapsedS: 30,
  leftS: 70,
};

describe("progressLine", () => {
  it("tells all that is known where there is room", () => {
    expect(progressLine(STATE, 200)).toBe(
      "███░░░░░░░ · 1/2 · flipsum · measuring · 5/12 variants · 1143 samples · " +
        "± 2.3 % of 2.0 % · 1:10 left",
    );
  });

  it("leaves out what matters least where there is none", () => {
    const lines: string[] = [];
    for (let width = 100; width >= 7; width--) {
      const line = progressLine(STATE, width);
      expect(displayWidth(line)).toBeLessThanOrEqual(width);
      if (line !== lines.at(-1)) lines.push(line);
    }
    expect(lines.slice(1)).toEqual([
      "███░░░░░░░ · 1/2 · flipsum · measuring · 5/12 variants · ± 2.3 % of 2.0 % · 1:10 left",
      "███░░░░░░░ · 1/2 · flipsum · measuring · 5/12 variants · 1:10 left",
      "1/2 · flipsum · measuring · 5/12 variants · 1:10 left",
      "flipsum · measuring · 5/12 variants · 1:10 left",
      "flipsum · measuring · 1:10 left",
      "flipsum · measuring",
      "flipsum",
    ]);
  });

  it("has a form in ASCII, and colours that change no width", () => {
    expect(progressLine(STATE, 200, { ascii: true })).toMatch(/^###------- - 1\/2 - flipsum/);
    const colored = progressLine(STATE, 80, { color: true });
    expect(colored).toContain("\x1b[1mflipsum\x1b[22m");
    // deno-lint-ignore no-control-regex
    expect(colored.replace(/\x1b\[\d+m/g, "")).toBe(progressLine(STATE, 80));
  });

  it("makes names safe and cuts them", () => {
    const line = progressLine(
      { ...STATE, scenario: "\x1b[2Jevil-scenario-name-of-some-length" },
      20,
    );
    expect(line).toBe("\\x1b[2Jevil-scenari…");
  });
});

/** A terminal or a pipe that keeps what is written. */
function createStream(terminal: boolean): ProgressStream & { written: string[]; columns: number } {
  const stream = {
    terminal,
    columns: 80,
    written: [] as string[],
    width: () => stream.columns,
    write: (text: string) => void stream.written.push(text),
  };
  return stream;
}

/** Time that goes on when told. */
function createClock() {
  let time = 1000;
  const waiting = new Set<{ at: number; call: () => void }>();
  return {
    now: () => time,
    after(milliseconds: number, call: () => void) {
      const entry = { at: time + milliseconds, call };
      waiting.add(entry);
      return () => void waiting.delete(entry);
    },
    pass(milliseconds: number) {
      time += milliseconds;
      for (const entry of [...waiting]) {
        if (entry.at > time) continue;
        waiting.delete(entry);
        entry.call();
      }
    },
    pending: () => waiting.size,
  };
}

function start(names = ["flipsum"]): RunEvent {
  return {
    type: "run-start",
    schema: "versus.events/1",
    id: "x",
    at: AT,
    seed: 1,
    version: "0.1.0",
    options: {
      primaryMetric: "wallS",
      confidence: 0.95,
      precision: 0.02,
      minRuns: 10,
      maxRuns: 100,
      warmup: 1,
      maxTimeS: 60,
      timeoutS: 10,
    },
    environment: RICH.environment,
    scenarios: names.map((name) => ({
      name,
      kind: "bench",
      title: "",
      reference: "a",
      cases: ["a", "b", "c"].map((variant) => ({
        caseId: `${name}/${variant}`,
        variant,
        language: "c",
        params: {},
        workers: 1,
        ...(variant === "c" ? { missing: { reason: "no cc" } } : {}),
      })),
    })),
  };
}

function phase(
  name: "build" | "verify" | "measure",
  caseId?: string,
  scenario = "flipsum",
): RunEvent {
  return {
    type: "phase",
    at: AT,
    scenario,
    phase: name,
    ...(caseId === undefined ? {} : { caseId }),
  };
}

function sample(): RunEvent {
  return { type: "sample", caseId: "flipsum/a", sample: samples(1, 0.1)[0]! };
}

function progress(changes: Partial<Extract<RunEvent, { type: "progress" }>> = {}): RunEvent {
  return {
    type: "progress",
    scenario: "flipsum",
    phase: "measure",
    elapsedS: 1,
    leftS: 9,
    casesDone: 1,
    cases: 2,
    samples: 40,
    halfWidth: 0.05,
    ...changes,
  };
}

const END: RunEvent = { type: "run-end", at: AT };

describe("createProgress on a terminal", () => {
  let stream: ReturnType<typeof createStream>;
  let clock: ReturnType<typeof createClock>;

  beforeEach(() => {
    stream = createStream(true);
    clock = createClock();
  });

  it("shows what the events tell, on one line that is wiped first", () => {
    using line = createProgress(stream, {}, clock);
    line.event(start());
    line.event(phase("build", "flipsum/a"));
    expect(stream.written).toEqual(["\r\x1b[2Kflipsum · building · a · 0/2 variants"]);
    clock.pass(500);
    line.event(progress());
    expect(stream.written.at(-1)).toBe(
      "\r\x1b[2K█░░░░░░░░░ · flipsum · measuring · 1/2 variants · ± 5.0 % of 2.0 % · 9 s left",
    );
    stream.columns = 120;
    clock.pass(500);
    line.event(sample());
    expect(stream.written.at(-1)).toBe(
      "\r\x1b[2K█░░░░░░░░░ · flipsum · measuring · 1/2 variants · 41 samples · " +
        "± 5.0 % of 2.0 % · 9 s left",
    );
  });

  it("draws at most twice a second, however many events come", () => {
    using line = createProgress(stream, {}, clock);
    line.event(start());
    for (let ms = 0; ms < 10_000; ms++) {
      line.event(sample());
      clock.pass(1);
    }
    expect(stream.written.length).toBeGreaterThanOrEqual(20);
    expect(stream.written.length).toBeLessThanOrEqual(21);
  });

  it("shows the last event even when none follows", () => {
    using line = createProgress(stream, {}, clock);
    line.event(start());
    line.event(phase("build"));
    clock.pass(10);
    line.event(phase("measure"));
    expect(stream.written).toHaveLength(1);
    clock.pass(489);
    expect(stream.written).toHaveLength(1);
    clock.pass(1);
    expect(stream.written.at(-1)).toContain("measuring");
    clock.pass(10_000);
    expect(stream.written).toHaveLength(2);
  });

  it("wipes the line at the end, and draws no more", () => {
    const line = createProgress(stream, {}, clock);
    line.event(start());
    line.event(phase("build"));
    line.event(sample());
    line.event(END);
    expect(stream.written.at(-1)).toBe("\r\x1b[2K");
    expect(clock.pending()).toBe(0);
    const count = stream.written.length;
    line.event(sample());
    clock.pass(5000);
    line[Symbol.dispose]();
    expect(stream.written).toHaveLength(count);
  });

  it("wipes the line when it is disposed of in the middle", () => {
    {
      using line = createProgress(stream, {}, clock);
      line.event(start());
      line.event(phase("build"));
      line.event(sample());
    }
    expect(stream.written.at(-1)).toBe("\r\x1b[2K");
    expect(clock.pending()).toBe(0);
  });

  it("makes room for other text, and goes on after it", () => {
    using line = createProgress(stream, {}, clock);
    line.event(start());
    line.clear();
    expect(stream.written).toEqual([]);
    line.event(phase("build"));
    line.clear();
    line.clear();
    expect(stream.written.slice(1)).toEqual(["\r\x1b[2K"]);
    clock.pass(500);
    line.event(sample());
    expect(stream.written.at(-1)).toContain("1 samples");
  });

  it("counts anew in another scenario, and leaves a column free", () => {
    stream.columns = 40;
    using line = createProgress(stream, {}, clock);
    line.event(start(["flipsum", "second"]));
    line.event(progress());
    clock.pass(500);
    line.event(phase("verify", undefined, "second"));
    const drawn = stream.written.at(-1)!.replace("\r\x1b[2K", "");
    expect(drawn).toBe("second · checking results");
    for (const text of stream.written) {
      expect(displayWidth(text.replace("\r\x1b[2K", ""))).toBeLessThanOrEqual(39);
    }
    stream.columns = 80;
    clock.pass(500);
    line.event(phase("verify", undefined, "second"));
    expect(stream.written.at(-1)).toBe(
      "\r\x1b[2K2/2 · second · checking results · 0/2 variants",
    );
  });
});

describe("createProgress elsewhere", () => {
  it("writes a line for each phase of a scenario, once, without escapes", () => {
    const stream = createStream(false);
    const clock = createClock();
    using line = createProgress(stream, { color: true }, clock);
    line.event(start(["flipsum", "se\x1b[1mcond"]));
    for (const variant of ["a", "b"]) {
      line.event(phase("build", `flipsum/${variant}`));
      line.event(phase("verify", `flipsum/${variant}`));
    }
    for (let i = 0; i < 100; i++) {
      line.event(sample());
      line.event(progress());
      clock.pass(100);
    }
    line.event(phase("build", undefined, "se\x1b[1mcond"));
    line.event(END);
    expect(stream.written).toEqual([
      "flipsum: building\n",
      "flipsum: checking results\n",
      "se\\x1b[1mcond: building\n",
    ]);
    expect(actingCharacters(stream.written.join(""))).toEqual([]);
    expect(clock.pending()).toBe(0);
  });
});
