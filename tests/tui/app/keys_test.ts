import { expect } from "@std/expect";
import { beforeAll, describe, it } from "@std/testing/bdd";
import { KEYS } from "../../../cli/tui/keys.ts";
import { frameMs, onMessage } from "../../../cli/tui/messages.ts";
import { frame } from "../../../cli/tui/frame.ts";
import { type State, topView } from "../../../cli/tui/state.ts";
import { summaryText } from "../../../cli/tui/summary.ts";
import { totalsOf } from "../../../cli/tui/totals.ts";
import { onInput } from "../../../cli/tui/update.ts";
import { startWatch } from "../../../cli/tui/watch_state.ts";
import { totalOf } from "../../../lib/score/mod.ts";
import { createRandom } from "../../../lib/stats/mod.ts";
import { loadWidths } from "../../../lib/tui/mod.ts";
import { CASE_ID, fullState, historyOf, probesOf, RUN_ID, SCORE, watchOf } from "./_data.ts";
import { press, screenText } from "./_drive.ts";

beforeAll(loadWidths);

const TABS: readonly (readonly [name: string, keys: readonly string[]])[] = [
  ["overview", ["1"]],
  ...[..."23456789"].map((key) => [`category ${key}`, [key]] as const),
  ["lab", ["0"]],
  ["claims", [":claims", "enter"]],
  ["probes", [":probes", "enter"]],
  ["history", [":history", "enter"]],
];

function at(keys: readonly string[], more: Partial<State> = {}): State {
  return press(fullState(80, 24, more), ...keys).state;
}

describe("every key in every tab", () => {
  const all = [...new Set(KEYS.flatMap(({ keys }) => keys))];
  const strange = ["f5", "é", "漢", "alt-x", "ctrl-right", "delete", "insert", "z", "!", "~"];
  const live = { watch: watchOf(5), probes: probesOf(5) };
  for (const [name, keys] of TABS) {
    it(`changes nothing that it should not in ${name}`, () => {
      const state = at(keys, { live });
      for (const key of [...all, ...strange]) {
        const { state: next } = press(state, key);
        expect(screenText(next).split("\n").length).toBe(25);
        expect(next.data).toBe(state.data);
        expect(next.size).toEqual(state.size);
        // Twice, and then back up, is no more dangerous.
        press(next, key, "esc", "esc");
      }
    });
  }

  it("survives 2,000 random keys, pastes and clicks, at changing sizes", () => {
    const random = createRandom(3);
    let state = fullState(80, 24, { live });
    // What leaves the program is left out; the rest may come in any order.
    const keys = [...all, ...strange, "y", "x", "=", "9", "tab", "backspace"];
    for (let i = 0; i < 2000; i++) {
      const { width, height } = state.size;
      const drawn = frame(state, width, height);
      const choice = random.next();
      const step = choice < 0.9
        ? onInput(state, { type: "key", key: keys[random.int(0, keys.length - 1)]! }, drawn)
        : choice < 0.95
        ? onInput(state, { type: "paste", text: "flip\n:q\x1b[A漢" }, drawn)
        : onInput(state, {
          type: "mouse",
          action: (["press", "wheel-up", "wheel-down", "release"] as const)[random.int(0, 3)]!,
          x: random.int(0, width),
          y: random.int(0, height),
        }, drawn);
      state = random.next() < 0.01
        ? { ...step.state, size: { width: random.int(1, 150), height: random.int(1, 60) } }
        : step.state;
    }
    expect(screenText({ ...state, size: { width: 80, height: 24 } }).length).toBeGreaterThan(80);
  });
});

describe("tabs", () => {
  for (const [name, keys] of TABS) {
    it(`reaches ${name}`, () => {
      expect(topView(at(keys)).kind).toBe(name.split(" ")[0]);
    });
  }

  for (const [forwards, backwards] of [["right", "left"], ["l", "h"], ["tab", "shift-tab"]]) {
    it(`goes round with ${forwards} and ${backwards}`, () => {
      const start = fullState(80, 24);
      const seen: string[] = [];
      let state = start;
      for (let i = 0; i < TABS.length; i++) {
        seen.push(state.tab);
        state = press(state, forwards!).state;
      }
      expect(new Set(seen).size).toBe(TABS.length);
      expect(state.tab).toBe("overview");
      for (const tab of seen.reverse()) {
        state = press(state, backwards!).state;
        expect(state.tab).toBe(tab);
      }
    });
  }

  it("reads what a tab needs when it is first seen, and only then", () => {
    const data = fullState(80, 24).data;
    const empty = fullState(80, 24, { data: { ...data, history: { state: "loading" } } });
    const { state, effects } = press(empty, ":history", "enter");
    expect(effects).toEqual([{ type: "load", kind: "history" }]);
    expect(press(state, "1", ":history", "enter").effects).toEqual([]);
  });
});

describe("the way down", () => {
  it("goes from a score to evidence, run, samples and source, and back", () => {
    let state = at(["4", "j"]);
    const kinds = ["category"];
    for (const keys of [["enter"], ["G", "k", "enter"], ["enter"], ["enter"]]) {
      state = press(state, ...keys).state;
      kinds.push(topView(state).kind);
    }
    expect(kinds).toEqual(["category", "evidence", "run", "samples", "source"]);
    const samples = state.stacks[state.tab]!.at(-2)!;
    expect(samples.kind === "samples" && samples.caseId).toBe(CASE_ID);
    for (const kind of kinds.slice(0, -1).reverse()) {
      state = press(state, "esc").state;
      expect(topView(state).kind).toBe(kind);
    }
    expect(press(state, "esc").state.tab).toBe("category:2");
  });

  it("asks for a run and a source that are not here", () => {
    const state = at(["4", "j"], { runs: {}, sources: {} });
    const { state: run, effects } = press(state, "enter", "G", "k", "enter");
    expect(effects).toEqual([{ type: "load-run", runId: RUN_ID }]);
    expect(screenText(run)).toContain("reading the run");
    const here = onMessage(run, {
      type: "run-loaded",
      runId: RUN_ID,
      data: fullState(80, 24).runs[RUN_ID]!,
    }).state;
    expect(press(here, "o").effects).toEqual([
      { type: "load-source", scenario: "flipsum", variant: "go" },
    ]);
  });

  it("opens the same run from the history and from a claim", () => {
    for (const tab of [":history", ":claims"]) {
      const { state } = press(at([tab, "enter"]), "enter", "enter");
      expect([...state.stacks[state.tab]!].map(({ kind }) => kind)).toContain("run");
    }
  });

  it("says why there is nothing to open", () => {
    const { state } = press(at(["4", "enter"]), "enter");
    expect(topView(state).kind).toBe("evidence");
    expect(state.status).toContain("no run");
  });
});

describe("weights", () => {
  it("change the totals at once", () => {
    const state = at(["j", "j", "+", "+"]);
    expect(state.weights).toEqual({ performance: 2 });
    expect(screenText(state)).toContain("Total of 90");
    expect(screenText(state)).toMatch(/Go +81 /);
  });

  it("go no lower than nothing, and back to the card's", () => {
    const state = at(["4", "-", "-", "-", "-"]);
    expect(state.weights).toEqual({ performance: 0 });
    expect(press(state, "+", "+").state.weights).toEqual({});
    expect(press(state, "=").state.weights).toEqual({});
  });

  it("are set by commands and profiles", () => {
    expect(at([":weight ip 3", "enter"]).weights).toEqual({ ip: 3 });
    expect(at([":weight ipp 3", "enter"]).status).toContain("did you mean ip?");
    expect(at([":weight ip -1", "enter"]).weights).toEqual({});
    const { weights } = at([":profile speed-only", "enter"]);
    expect([weights["performance"], weights["ip"]]).toEqual([2, 0]);
    expect(at([":profile speed-only", "enter", ":profile default", "enter"]).weights).toEqual({});
  });

  it("give the totals that versus score gives", () => {
    for (const language of SCORE.card.languages) {
      for (const weight of [0, 1, 2.5]) {
        const categories = SCORE.card.categories.map((c, i) => i === 2 ? { ...c, weight } : c);
        expect(totalsOf(categories, language, (c) => c.weight))
          .toEqual(totalOf(categories, language));
      }
    }
  });
});

describe("rows", () => {
  it("are filtered as one types, and with ! left out", () => {
    const typed = at([":history", "enter", "/primes"]);
    expect(screenText(typed)).not.toContain("mandelbrot");
    expect(screenText(press(typed, "esc").state)).toContain("mandelbrot");
    const kept = press(typed, "enter").state;
    expect(topView(kept).table.filter).toBe("primes");
    expect(screenText(press(kept, "esc").state)).toContain("mandelbrot");
    const inverse = screenText(at([":history", "enter", "/!primes !flipsum", "enter"]));
    expect(inverse).toContain("mandelbrot");
    expect(inverse.replace("filter !primes !flipsum", "")).not.toMatch(/primes|flipsum/);
  });

  it("are sorted by one column after another, up and down", () => {
    let state = at([":history", "enter", "j"]);
    const selected = topView(state).table.key;
    const orders: string[] = [];
    for (let i = 0; i < 40; i++) {
      state = press(state, "s").state;
      orders.push(state.status);
      expect(topView(state).table.key).toBe(selected);
      if (state.status === "in the order of the data") break;
    }
    expect(orders.slice(0, 3)).toEqual(["by started, up", "by started, down", "by scenarios, up"]);
    expect(orders.at(-1)).toBe("in the order of the data");
  });

  it("are reached by pages and ends", () => {
    const start = at([":history", "enter"]);
    expect(topView(press(start, "G").state).table.selected).toBe(39);
    expect(topView(press(start, "G", "g").state).table.selected).toBe(0);
    const page = topView(press(start, "pagedown").state).table.selected;
    expect(page).toBeGreaterThan(10);
    expect(topView(press(start, "pagedown", "pageup").state).table.selected).toBe(0);
    expect(topView(press(start, "up").state).table.selected).toBe(0);
  });

  it("are copied alone and with the whole screen", () => {
    const [row] = press(at([":claims", "enter"]), "y").effects;
    expect(row).toEqual({
      type: "copy",
      text: "reproduced\tGo is 64 times faster than CPython\tratio 64\t50.0 × [45.0, 55.0]\ttalk",
    });
    const [view] = press(at([":claims", "enter"]), "Y").effects;
    const text = view?.type === "copy" ? view.text : "";
    expect(text.split("\n")[2]).toMatch(/^verdict +statement/);
    expect(text).toContain("refuted");
  });

  it("are exported in every format", () => {
    const claims = at([":claims", "enter"]);
    const prompt = press(claims, "ctrl-s").state;
    expect(prompt.mode.kind === "command" && prompt.mode.line.text)
      .toBe("export versus-claims.csv");
    const [csv] = press(prompt, "enter").effects;
    expect(csv?.type === "export" && csv.text.split("\n")[0])
      .toBe("verdict,statement,published,measured,source");
    const [md] = press(claims, ":export a.md", "enter").effects;
    expect(md?.type === "export" && md.text).toContain("| --- |");
    const [json] = press(claims, ":export a.json", "enter").effects;
    expect(JSON.parse(json?.type === "export" ? json.text : "").length).toBe(3);
    expect(press(claims, ":export a.xlsx", "enter").state.status).toContain(".csv");
    expect(
      press(at(["?", "esc", ":claims", "enter", "enter"]), ":export a.csv", "enter").state
        .status,
    ).toContain("no table");
  });
});

describe("the command line", () => {
  it("completes what is unambiguous and lists what is not", () => {
    const one = press(fullState(80, 24), ":hist", "tab").state;
    expect(one.mode.kind === "command" && one.mode.line.text).toBe("history ");
    const several = press(fullState(80, 24), ":re", "tab").state;
    expect(several.mode.kind === "command" && several.mode.fitting).toEqual([]);
    const tabs = press(fullState(80, 24), ":p", "tab").state;
    expect(screenText(tabs)).toMatch(/performance +probe +probes +profile/);
    const word = press(fullState(80, 24), ":theme mono", "tab", "enter").state;
    expect(word.theme).toBe("monochrome");
  });

  for (
    const [typed, status] of [
      [":histroy", "did you mean history?"],
      [":run", "expected one"],
      [":probe tcp", "expected a protocol and targets"],
      [":theme pink", "expected dark"],
      [":mouse maybe", "expected on or off"],
      [":profile none", "expected default"],
    ] as const
  ) {
    it(`answers ${typed}`, () => {
      expect(at([typed, "enter"]).status).toContain(status);
    });
  }

  it("quits", () => {
    for (const typed of [":q", ":quit"]) {
      expect(press(fullState(80, 24), typed, "enter").effects).toEqual([{ type: "quit" }]);
    }
  });

  it("turns the mouse on and off", () => {
    expect(fullState(80, 24).mouse).toBe(false);
    const { state, effects } = press(fullState(80, 24), ":mouse on", "enter");
    expect([state.mouse, effects]).toEqual([true, [{ type: "mouse", on: true }]]);
  });

  it("probes until it is stopped", () => {
    const { state, effects } = press(fullState(80, 24), ":probe tcp r1:22", "enter");
    expect(state.tab).toBe("probes");
    expect(effects.at(-1)).toEqual({
      type: "start-probe",
      args: ["probe", "tcp", "r1:22", "--count", "1000000"],
    });
    expect(press(state, "c").effects).toEqual([{ type: "cancel-probe" }]);
  });
});

describe("the Lab", () => {
  it("starts what was chosen", () => {
    const { state, effects } = press(
      fullState(80, 24),
      ..."0".split(""),
      "enter",
      "j",
      "enter",
      "ctrl-u",
      ..."250".split(""),
      "enter",
      "G",
      "x",
      "r",
    );
    expect(effects).toEqual([{
      type: "start-run",
      args: ["run", "flipsum", "-p", "n=250", "--variant", "go"],
    }]);
    expect(topView(state).kind).toBe("watch");
    expect(press(state, "c").effects).toEqual([{ type: "cancel-run" }]);
  });

  it("keeps one variant, and gives back a default", () => {
    const state = at(["0", "enter", "G", "x", "k", "x"]);
    expect(state.status).toContain("one variant must stay");
    const edited = press(state, "g", "j", "enter", "ctrl-u", "7", "enter").state;
    expect(edited.setups["flipsum"]!.params).toEqual({ n: "7" });
    expect(press(edited, "enter", "ctrl-u", "enter").state.setups["flipsum"]!.params).toEqual({});
  });

  it("runs one at a time, and ends none without a second thought", () => {
    const state = at(["0", "enter"], { live: { watch: watchOf(3) } });
    const refused = press(state, "r");
    expect([refused.effects, refused.state.status]).toEqual([[], "a run is under way"]);
    const asked = press(state, "q");
    expect(asked.effects).toEqual([]);
    expect(screenText(asked.state)).toContain("A run is under way. End it and quit?");
    expect(press(asked.state, "esc").effects).toEqual([]);
    expect(press(asked.state, "y").effects).toEqual([{ type: "quit" }]);
    expect(press(state, "ctrl-c").effects).toEqual([{ type: "interrupt" }]);
  });

  it("draws at most twice a second while samples are timed, ten times while targets are", () => {
    expect(frameMs(at([], { live: { watch: startWatch(["run", "x"]) } }))).toBe(500);
    expect(frameMs(at([], { live: { watch: watchOf(3) } }))).toBe(500);
    expect(frameMs(at([], { live: { watch: { ...watchOf(3), state: "ended" } } }))).toBe(0);
    expect(frameMs(at([":probes", "enter"], { live: { probes: probesOf(3) } }))).toBe(100);
  });

  it("reads nothing while samples are timed, and all of it afterwards", () => {
    const busy = at([], { live: { watch: watchOf(3) }, runs: {} });
    const { state, effects } = press(busy, ":history", "enter", "enter");
    expect(effects).toEqual([]);
    expect(state.status).toContain("when they are done");
    const after = onMessage(state, { type: "watch", watch: { ...watchOf(3), state: "ended" } });
    expect(after.effects).toContainEqual({ type: "load-run", runId: RUN_ID });
    expect(after.effects).toContainEqual({ type: "load", kind: "score" });
    expect(after.effects).toContainEqual({ type: "load", kind: "history" });
  });
});

describe("space", () => {
  it("holds what changes by itself, and lets it go on", () => {
    const state = at(["0", "w"], { live: { watch: watchOf(2) } });
    const frozen = press(state, "space").state;
    const later = onMessage(frozen, { type: "watch", watch: watchOf(9) }).state;
    expect(screenText(later)).toMatch(/frozen/);
    expect(screenText(later)).toMatch(/python +2 /);
    expect(screenText(press(later, "space").state)).toMatch(/python +9 /);
  });
});

describe("the help", () => {
  it("names every key that means something here, and why one can't be used", () => {
    const state = { ...fullState(80, 24), size: { width: 80, height: 60 } };
    const text = screenText(press(state, "?").state);
    for (const { label, help, when } of KEYS) {
      if (when?.(state) ?? true) expect(text).toContain(help ?? label);
    }
    expect(text).toContain("no weight was changed");
    expect(press(state, "?", "?").state.mode.kind).toBe("normal");
  });
});

describe("the mouse", () => {
  it("chooses tabs and rows, and opens a row that is chosen", () => {
    const state = fullState(80, 24);
    const drawn = frame(state, 80, 24);
    const row = drawn.regions.find(({ target }) => target.type === "row" && target.index === 2)!;
    const click = { type: "mouse", action: "press", x: row.rect.x + 3, y: row.rect.y } as const;
    const chosen = onInput(state, click, drawn).state;
    expect(topView(chosen).table.selected).toBe(2);
    expect(onInput(chosen, click, drawn).state.tab).toBe("category:2");
    const tab = drawn.regions.find(({ target }) => target.type === "tab" && target.index === 4)!;
    const onTab = { type: "mouse", action: "press", x: tab.rect.x, y: 0 } as const;
    expect(onInput(state, onTab, drawn).state.tab).toBe("category:3");
    const wheel = { type: "mouse", action: "wheel-down", x: 5, y: 5 } as const;
    expect(topView(onInput(state, wheel, drawn).state).table.selected).toBe(3);
  });
});

describe("large histories", () => {
  it("are filtered and sorted as wholes", () => {
    const history = { state: "here", value: historyOf(10_000) } as const;
    const data = { ...fullState(80, 24).data, history };
    const state = at([":history", "enter", "G"], { data });
    expect(topView(state).table.selected).toBe(9999);
    expect(screenText(press(state, "/!flipsum primes", "enter").state)).toContain("primes");
  });
});

describe("the summary", () => {
  it("says totals and the run, with the weights of the moment", () => {
    const text = summaryText(at(["j", "j", "+"], { live: { watch: watchOf(1) } }));
    expect(text).toContain("of 85, with your weights");
    expect(text).toContain("Python 72.5");
    expect(text).toContain(`versus history show ${RUN_ID}`);
  });
});
