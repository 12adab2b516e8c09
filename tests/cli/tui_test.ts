import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { missingPeers } from "../peers/_peers.ts";
import { openTmux, shellCommand, type Tmux } from "../tui/_tmux.ts";
import { configuration, ROOT, versus } from "./versus.ts";

const missing = missingPeers({ tmux: "tmux" });

let home: string;

beforeAll(() => {
  home = Deno.makeTempDirSync({ prefix: "versus-test-" });
});

afterAll(() => {
  Deno.removeSync(home, { recursive: true });
});

function open(env: Readonly<Record<string, string>> = {}, size = {}): Tmux {
  return openTmux({
    cwd: home,
    env: { VERSUS_HOME: home, TZ: "UTC", LANG: "C.UTF-8", ...env },
    ...size,
  });
}

/** What a program changes of a terminal, as tmux and stty see it. */
function modes(tmux: Tmux): string {
  return tmux.value(
    "#{alternate_on} #{cursor_flag} #{wrap_flag} #{mouse_any_flag} #{bracket_paste_flag}",
  );
}

/** Runs something between two looks at the terminal's settings. */
class Session {
  readonly before: string;
  readonly #stty = join(home, crypto.randomUUID());
  constructor(readonly tmux: Tmux, command: string) {
    this.before = modes(tmux);
    const { length } = this.#stty;
    const file = this.#stty.slice(length - 36);
    tmux.keys(
      "-l",
      `stty -a > ${file}.before; ${command}; echo "ended with $?"; ` +
        `stty -a > ${file}.after; echo over`,
    );
    tmux.keys("Enter");
  }

  /** Waits for the end; the terminal must then be as it was. */
  async restored(code: number): Promise<string> {
    const screen = await this.tmux.sees(/^over$/m);
    expect(screen).toContain(`ended with ${code}`);
    expect(modes(this.tmux)).toBe(this.before);
    expect(Deno.readTextFileSync(`${this.#stty}.after`))
      .toBe(Deno.readTextFileSync(`${this.#stty}.before`));
    return screen;
  }
}

const VERSUS = shellCommand("cli/main.ts");

describe("versus on a terminal", { ignore: missing !== undefined }, () => {
  it("walks all tabs, runs a scenario, is resized, quits, and leaves nothing behind", async () => {
    using tmux = open();
    const session = new Session(tmux, VERSUS);
    await tmux.sees("Total of 80");
    expect(modes(tmux).startsWith("1 0 ")).toBe(true);
    for (const key of [..."23456789"]) {
      tmux.keys(key);
      expect(await tmux.sees(new RegExp(`\\[${key} `))).toContain("language");
    }
    tmux.keys("0");
    await tmux.sees("flipsum");
    tmux.keys("Right");
    await tmux.sees(/Claims: \d+ reproduced/);
    tmux.keys("Right");
    await tmux.sees("Nothing is probed");
    tmux.keys("Right");
    await tmux.sees("no runs yet");

    tmux.keys("-l", ":run startup --variant typescript --runs 3 --warmup 0");
    tmux.keys("Enter");
    const watched = await tmux.sees(/Lab: ended/);
    expect(watched).toMatch(/typescript +3 +[\d.]+ ms ±/);
    tmux.resize(100, 30);
    expect((await tmux.sees(/^(.*\n){29}.*q quit/)).split("\n").length).toBe(31);
    tmux.resize(50, 12);
    await tmux.sees("60 x 20 cells are needed, here are 50 x 12");
    tmux.resize(1, 1);
    tmux.resize(80, 24);
    await tmux.sees("Lab: ended");
    tmux.keys("Enter");
    await tmux.sees(/typescript: .*3 samples/);
    tmux.keys("Enter");
    await tmux.sees(/Source of typescript, startup/);

    tmux.keys("q");
    const screen = await session.restored(0);
    expect(screen).toMatch(/published: Python 70, Go 71, Rust 67/);
    expect(screen).toMatch(/versus history show \d{8}T/);
  });

  it("ends by Ctrl-C with 130", async () => {
    using tmux = open();
    const session = new Session(tmux, VERSUS);
    await tmux.sees("[1 Overview]");
    tmux.keys("C-c");
    await session.restored(130);
  });

  for (const [signal, code] of [["TERM", 143], ["HUP", 143], ["INT", 130]] as const) {
    it(`ends by SIG${signal} with ${code}`, async () => {
      using tmux = open();
      const session = new Session(
        tmux,
        `sh -c 'echo $$ > pid; exec ${VERSUS.replaceAll("'", "")}'`,
      );
      await tmux.sees("[1 Overview]");
      Deno.kill(Number(Deno.readTextFileSync(join(home, "pid"))), `SIG${signal}`);
      await session.restored(code);
    });
  }

  it("ends with its terminal", async () => {
    const tmux = open();
    tmux.keys("-l", `echo $$ > shell; sh -c 'echo $$ > pid; exec ${VERSUS.replaceAll("'", "")}'`);
    tmux.keys("Enter");
    await tmux.sees("[1 Overview]");
    const pid = Number(Deno.readTextFileSync(join(home, "pid")));
    tmux.kill();
    const end = performance.now() + 20_000;
    for (;;) {
      try {
        Deno.kill(pid, 0 as unknown as Deno.Signal);
      } catch (error) {
        expect(error).toBeInstanceOf(Deno.errors.NotFound);
        break;
      }
      if (performance.now() > end) throw new Error(`process ${pid} is still there`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  it("is stopped by Ctrl-Z and goes on", async () => {
    using tmux = open();
    tmux.keys("-l", VERSUS);
    tmux.keys("Enter");
    await tmux.sees("Total of 80");
    tmux.keys("C-z");
    await tmux.sees(/stopped/i);
    expect(tmux.value("#{alternate_on} #{cursor_flag}")).toBe("0 1");
    tmux.keys("-l", "fg");
    tmux.keys("Enter");
    await tmux.sees("Total of 80");
    tmux.keys("4");
    await tmux.sees("[4 ");
    tmux.keys("q");
    await tmux.sees("published:");
  });

  it("takes the mouse only when asked to, and gives it back", async () => {
    using tmux = open();
    const session = new Session(tmux, `${VERSUS} tui --theme monochrome --mouse`);
    await tmux.sees("Total of 80");
    expect(tmux.value("#{mouse_any_flag}")).toBe("1");
    tmux.keys("q");
    await session.restored(0);
  });

  it("takes its settings from the configuration file", async () => {
    const own = Deno.makeTempDirSync({ prefix: "versus-test-" });
    try {
      Deno.writeTextFileSync(join(own, "config.yaml"), "mouse: true\n");
      using tmux = open({ VERSUS_HOME: own });
      tmux.keys("-l", VERSUS);
      tmux.keys("Enter");
      await tmux.sees("Total of 80");
      expect(tmux.value("#{mouse_any_flag}")).toBe("1");
      tmux.keys("q");
      await tmux.sees("published:");
    } finally {
      Deno.removeSync(own, { recursive: true });
    }
  });

  it("draws ASCII where the locale has nothing else", async () => {
    using tmux = open({ LANG: "C", LC_ALL: "C" });
    tmux.keys("-l", VERSUS);
    tmux.keys("Enter");
    const screen = await tmux.sees("Total of 80");
    // deno-lint-ignore no-control-regex
    expect(screen).toMatch(/^[\x00-\x7e]*$/);
    expect(screen).toMatch(/^> Language/m);
    tmux.keys("q");
    await tmux.sees("published:");
  });

  for (const how of ["TERM=dumb", "stdin"] as const) {
    it(`prints the tables without drawing, because of ${how}`, async () => {
      using tmux = open();
      const before = modes(tmux);
      const command = `${VERSUS} tui`;
      const words = how === "stdin" ? `${command} < /dev/null` : `${how} ${command}`;
      tmux.keys("-l", `${words} 2> told`);
      tmux.keys("Enter");
      await tmux.sees(/History: \d+ runs/);
      await tmux.sees(/^prompt>$/m);
      expect(Deno.readTextFileSync(join(home, "told"))).toContain("No keys can be read here");
      expect(modes(tmux)).toBe(before);
    });
  }
});

describe("a program on the terminal that ends badly", { ignore: missing !== undefined }, () => {
  for (
    const [how, told] of [
      ["timer", "defect in a timer"],
      ["promise", "defect in a promise"],
      ["effect", "defect in an effect"],
      ["frame", "defect in a frame"],
    ] as const
  ) {
    it(`leaves the terminal as it was after a ${told}`, async () => {
      using tmux = open();
      const session = new Session(tmux, shellCommand("tests/tui/_faulty.ts", how));
      await tmux.sees("drawn 0");
      tmux.keys("x");
      expect(await session.restored(3)).toContain(told);
    });
  }
});

describe("the terminal UI", () => {
  it("starts without a module of Node, which would take longer than its first frame", async () => {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", ...configuration(), `${ROOT}cli/tui/start.ts`],
    }).output();
    const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as {
      modules: {
        specifier: string;
        dependencies?: { isDynamic?: boolean; code?: { specifier?: string } }[];
      }[];
    };
    const byName = new Map(modules.map((module) => [module.specifier, module]));
    const seen = new Set<string>();
    function visit(specifier: string): void {
      if (seen.has(specifier)) return;
      seen.add(specifier);
      for (const { isDynamic, code } of byName.get(specifier)?.dependencies ?? []) {
        if (!isDynamic && code?.specifier !== undefined) visit(code.specifier);
      }
    }
    visit(modules.find(({ specifier }) => specifier.endsWith("/cli/tui/start.ts"))!.specifier);
    expect(seen.size).toBeGreaterThan(30);
    expect([...seen].filter((specifier) => /^(node|npm):/.test(specifier))).toEqual([]);
  });
});

describe("versus tui without a terminal", () => {
  it("prints the same tables as text", async () => {
    const { code, stdout, stderr } = await versus(["tui"], { home });
    expect(stdout).toMatch(/^Python, Go and Rust/);
    for (const heading of ["Total of 80", "Deployment and dependencies, weight", "Claims: "]) {
      expect(stdout).toContain(heading);
    }
    // deno-lint-ignore no-control-regex
    expect(stdout).not.toMatch(/\x1b/);
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("prints the help for versus alone", async () => {
    const { code, stdout } = await versus([], { home });
    expect(stdout).toContain("Usage:");
    expect(code).toBe(0);
  });

  it("prints what its screens are made from", async () => {
    const { stdout } = await versus(["tui", "--data", "scenarios"], { home });
    expect(JSON.parse(stdout).map(({ name }: { name: string }) => name)).toContain("flipsum");
    const source = await versus(["tui", "--data", "source", "flipsum", "go"], { home });
    expect(JSON.parse(source.stdout)).toMatchObject({ language: "go" });
  });

  for (
    const [args, told] of [
      [["--data", "scor"], "did you mean score?"],
      [["--theme", "dork"], "did you mean dark?"],
      [["--data", "run", "nothing"], "No run nothing"],
      [["--data", "source", "flipsum", "cobol"], "no variant cobol"],
    ] as const
  ) {
    it(`answers ${args.join(" ")}`, async () => {
      const { code, stdout, stderr } = await versus(["tui", ...args], { home });
      expect(stderr).toContain(told);
      expect([code, stdout]).toEqual([2, ""]);
    });
  }

  it("says what a damaged card of scores, a damaged journal do to it", async () => {
    const own = Deno.makeTempDirSync({ prefix: "versus-test-" });
    try {
      Deno.mkdirSync(join(own, "cache"), { recursive: true });
      Deno.writeTextFileSync(join(own, "cache", "tui-score.json"), '{"version":"0.1.0","sc');
      Deno.mkdirSync(join(own, "state", "runs"), { recursive: true });
      Deno.writeTextFileSync(join(own, "state", "runs", "20260101T000000Z-aaaaaa.jsonl"), "{}\n");
      Deno.writeTextFileSync(join(own, "state", "history.sqlite3"), "no database at all");
      const { code, stdout } = await versus(["tui"], { home: own });
      expect(stdout).toContain("Total of 80");
      expect(code).toBe(0);
    } finally {
      Deno.removeSync(own, { recursive: true });
    }
  });
});
