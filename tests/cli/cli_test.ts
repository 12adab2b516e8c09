import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { DoctorSchema, ListSchema } from "../../cli/documents.ts";
import { RunEventSchema } from "../../lib/record/events.ts";
import { RunRecordSchema } from "../../lib/record/schema.ts";
import { configuration, type Ended, ROOT, versus, type VersusOptions } from "./versus.ts";

/** What `deno info` says of an import. */
interface Dependency {
  readonly isDynamic?: boolean;
  readonly code?: { readonly specifier?: string };
}

let home: string;

beforeAll(() => {
  home = Deno.makeTempDirSync({ prefix: "versus-test-" });
});

afterAll(() => {
  Deno.removeSync(home, { recursive: true });
});

function run(args: readonly string[], options: Partial<VersusOptions> = {}): Promise<Ended> {
  return versus(args, { home, ...options });
}

/** A command that takes no time and one that is there to fail. */
const FAST = ["--runs", "2", "--warmup", "0", "--seed", "1"];

describe("versus without a command", () => {
  it("prints the version in one line", async () => {
    const { code, stdout, stderr } = await run(["--version"]);
    expect(stdout).toMatch(
      /^versus \d+\.\d+\.\d+ \((commit [0-9a-f]{7}, )?deno \d.*, (airgap|jsr) packages\)\n$/,
    );
    expect([code, stderr]).toEqual([0, ""]);
    const git = await new Deno.Command("git", { args: ["rev-parse", "HEAD"], stderr: "null" })
      .output();
    const commit = new TextDecoder().decode(git.stdout).slice(0, 7);
    expect(stdout.includes("commit")).toBe(git.success);
    expect(stdout).toContain(commit);
  });

  it("prints the help with every command, without colours into a pipe", async () => {
    const { code, stdout } = await run(["--help"]);
    for (const name of ["run", "bench", "list", "show", "doctor", "new", "schema", "completions"]) {
      expect(stdout).toContain(name);
    }
    expect(stdout).not.toContain("\x1b");
    expect(code).toBe(0);
  });

  /** What Deno reads before it runs a module: what it imports, and also what import() names plainly. */
  async function modulesOf(path: string, dynamic: boolean): Promise<string[]> {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", ...configuration(), `${ROOT}${path}`],
    }).output();
    const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as {
      modules: { specifier: string; dependencies?: Dependency[] }[];
    };
    const byName = new Map(modules.map((module) => [module.specifier, module]));
    const seen = new Set<string>();
    function visit(specifier: string): void {
      if (seen.has(specifier)) return;
      seen.add(specifier);
      for (const { isDynamic, code } of byName.get(specifier)?.dependencies ?? []) {
        if ((dynamic || !isDynamic) && code?.specifier !== undefined) visit(code.specifier);
      }
    }
    visit(modules.find(({ specifier }) => specifier.endsWith(`/${path}`))!.specifier);
    return [...seen];
  }

  it("starts without Node's modules, which take longer to load than all the rest", async () => {
    for (const path of ["cli/main.ts", "cli/program.ts"]) {
      const names = await modulesOf(path, false);
      expect(names.length).toBeGreaterThan(2);
      expect(names.filter((name) => name.startsWith("node:"))).toEqual([]);
    }
  });

  it("does not let Deno read the commands before one is called", async () => {
    for (const path of ["cli/main.ts", "cli/program.ts"]) {
      const names = await modulesOf(path, true);
      expect(names.filter((name) => /\/cli\/commands\/(?!mod\.ts)|\/lib\/bench\//.test(name)))
        .toEqual([]);
    }
  });

  it("prints the help when nothing is asked", async () => {
    const { code, stdout } = await run([]);
    expect(stdout).toContain("Usage:");
    expect(code).toBe(0);
  });

  for (const name of ["run", "bench", "list", "show", "doctor", "new", "schema"]) {
    it(`prints the help of ${name}`, async () => {
      const { code, stdout, stderr } = await run([name, "--help"]);
      expect(stdout).toContain(`versus ${name}`);
      expect(stdout).toContain("--verbose");
      expect([code, stderr]).toEqual([0, ""]);
    });
  }

  it("answers an unknown command with the nearest", async () => {
    const { code, stdout, stderr } = await run(["rum"]);
    expect(stderr).toMatch(/^error: .*rum.*\brun\b/is);
    expect([code, stdout]).toEqual([2, ""]);
  });

  it("answers an unknown option with the nearest", async () => {
    const { code, stderr } = await run(["run", "flipsum", "--seeed", "1"]);
    expect(stderr).toContain("--seed");
    expect(code).toBe(2);
  });
});

describe("versus list, show and schema", () => {
  it("lists as a document that fits its schema", async () => {
    const { code, stdout, stderr } = await run(["list", "--json"]);
    const document = v.parse(ListSchema, JSON.parse(stdout));
    expect(document.scenarios.map((s) => s.name)).toContain("flipsum");
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("lists one kind", async () => {
    const document = v.parse(
      ListSchema,
      JSON.parse((await run(["list", "suite", "--json"])).stdout),
    );
    expect(document.scenarios).toEqual([]);
    expect(document.suites.map((s) => s.name)).toContain("quick");
  });

  it("refuses an unknown kind", async () => {
    const { code, stderr } = await run(["list", "benhc"]);
    expect(stderr).toContain("did you mean bench?");
    expect(code).toBe(2);
  });

  it("shows a scenario with its published figures", async () => {
    const { code, stdout } = await run(["show", "flipsum"]);
    expect(stdout).toContain("cpython-processes");
    expect(stdout).toContain("79.18");
    expect(code).toBe(0);
  });

  it("answers an unknown scenario with the nearest", async () => {
    const { code, stderr } = await run(["show", "flipsm"]);
    expect(stderr).toContain("flipsum");
    expect(code).toBe(2);
  });

  it("prints a JSON Schema for every kind of document", async () => {
    const kinds = (await run(["schema"])).stdout.trim().split("\n");
    expect(kinds).toEqual(expect.arrayContaining(["run", "events", "list", "doctor", "scenario"]));
    for (const kind of kinds) {
      const { code, stdout } = await run(["schema", kind]);
      expect(code).toBe(0);
      expect(JSON.parse(stdout).$schema).toContain("json-schema.org");
    }
  });
});

describe("versus bench", () => {
  it("prints a run document that fits its schema, and nothing else", async () => {
    const { code, stdout } = await run(["bench", "true", "sleep 0.01", "--json", ...FAST]);
    const record = v.parse(RunRecordSchema, JSON.parse(stdout));
    expect(record.scenarios[0]!.cases.map((c) => c.samples.length)).toEqual([2, 2]);
    expect(record.seed).toBe(1);
    expect(code).toBe(0);
  });

  it("prints events as JSON lines that fit their schema", async () => {
    const { code, stdout } = await run(["bench", "true", "--events", ...FAST]);
    const events = stdout.trim().split("\n").map((line) =>
      v.parse(RunEventSchema, JSON.parse(line))
    );
    expect(events[0]!.type).toBe("run-start");
    expect(events.at(-1)!.type).toBe("run-end");
    expect(events.filter((e) => e.type === "sample").length).toBe(2);
    expect(code).toBe(0);
  });

  it("prints a table for people without escapes into a pipe", async () => {
    const { code, stdout } = await run(["bench", "true", "sleep 0.01", ...FAST]);
    expect(stdout).toContain("sleep 0.01");
    expect(stdout).not.toContain("\x1b");
    expect(code).toBe(0);
  });

  it("ends with 1 when a program fails, and shows its own words", async () => {
    const { code, stdout } = await run([
      "bench",
      "true",
      "sh -c 'echo it broke >&2; exit 3'",
      ...FAST,
    ]);
    expect(stdout).toContain("exit code 3: it broke");
    expect(code).toBe(1);
  });

  it("takes a failure for good when asked to", async () => {
    expect((await run(["bench", "false", "--ignore-failure", ...FAST])).code).toBe(0);
  });

  it("tells a program that is not there", async () => {
    const { code, stdout } = await run(["bench", "no-such-program-here", ...FAST]);
    expect(stdout).toContain("no-such-program-here");
    expect(code).toBe(1);
  });

  it("ends a program that hangs", async () => {
    const { code, stdout } = await run(["bench", "sleep 100", "--timeout", "300ms", ...FAST]);
    expect(stdout).toContain("still running after 0.3 s");
    expect(code).toBe(1);
  });

  it("runs the hooks", async () => {
    const file = join(home, "hooks");
    const { code } = await run([
      "bench",
      "true",
      "--prepare",
      `echo p >> '${file}'`,
      "--setup",
      `echo s >> '${file}'`,
      "--cleanup",
      `echo c >> '${file}'`,
      ...FAST,
    ]);
    expect(Deno.readTextFileSync(file).split("\n").join("")).toBe("psppc");
    expect(code).toBe(0);
  });

  it("writes every format, and a file that hyperfine's readers know", async () => {
    const files = ["a.json", "a.csv", "a.md", "a.junit.xml", "a.hyperfine.json"];
    const { code } = await run([
      "bench",
      "true",
      ...files.flatMap((file) => ["--out", file]),
      ...FAST,
    ]);
    expect(code).toBe(0);
    v.parse(RunRecordSchema, JSON.parse(Deno.readTextFileSync(join(home, "a.json"))));
    const { results } = JSON.parse(Deno.readTextFileSync(join(home, "a.hyperfine.json")));
    expect(results[0]).toMatchObject({ command: "true", exit_codes: [0, 0] });
    expect(Deno.readTextFileSync(join(home, "a.junit.xml"))).toContain("<testcase");
    expect(Deno.readTextFileSync(join(home, "a.md"))).toContain("|");
    expect(Deno.readTextFileSync(join(home, "a.csv"))).toContain("true");
  });

  for (
    const [what, args, message] of [
      ["an unknown format", ["--out", "a.xlsx"], ".xlsx"],
      ["a folder that is not there", ["--out", "nowhere/a.json"], "does not exist"],
      ["a time that is none", ["--max-time", "soon"], "expected a time"],
      ["a time of zero", ["--timeout", "0s"], "above zero"],
      ["a precision that is none", ["--precision", "high"], "expected a percentage"],
      ["no runs", ["--runs", "0"], "at least 1"],
      ["processors that are not there", ["--cpus", "999"], "expected processors"],
      ["a baseline without a limit", ["--baseline", "latest"], "max-regress"],
      ["a baseline that is not there", ["--baseline", "x.json", "--max-regress", "5%"], "x.json"],
    ] as const
  ) {
    it(`refuses ${what}`, async () => {
      const { code, stdout, stderr } = await run(["bench", "true", ...args]);
      expect(stderr).toContain(message);
      expect(stderr).not.toContain("    at ");
      expect([code, stdout]).toEqual([2, ""]);
    });
  }

  it("passes a gate, fails it and does not decide it", async () => {
    const many = ["--runs", "12", "--warmup", "0"];
    const fast = ["bench", "sleep 0.01"];
    expect((await run([...fast, ...many, "--out", "base.json"])).code).toBe(0);
    const base = JSON.parse(Deno.readTextFileSync(join(home, "base.json")));
    const gate = ["--baseline", "base.json", "--max-regress"];
    expect((await run([...fast, ...many, ...gate, "200%"])).code).toBe(0);

    // The same file as if the command had taken a tenth: far slower now.
    for (const sample of base.scenarios[0].cases[0].samples) sample.wallS /= 10;
    Deno.writeTextFileSync(join(home, "faster.json"), JSON.stringify(base));
    const failed = await run([
      ...fast,
      ...many,
      "--baseline",
      "faster.json",
      "--max-regress",
      "5%",
    ]);
    expect(failed.code).toBe(3);
    expect(failed.stdout).toContain("regressed");

    // Three samples decide nothing.
    expect((await run([...fast, "--runs", "3", ...gate, "5%"])).code).toBe(4);
  });

  it("takes hyperfine's file as a baseline", async () => {
    const times = Array.from({ length: 12 }, (_, i) => 10 + i / 100);
    Deno.writeTextFileSync(
      join(home, "hf.json"),
      JSON.stringify({
        results: [{
          command: "sleep 0.01",
          mean: 10.05,
          stddev: 0.03,
          median: 10.05,
          user: 0,
          system: 0,
          min: 10,
          max: 10.11,
          times,
          exit_codes: times.map(() => 0),
        }],
      }),
    );
    const { code } = await run([
      "bench",
      "sleep 0.01",
      "--runs",
      "12",
      "--baseline",
      "hf.json",
      "--max-regress",
      "5%",
    ]);
    expect(code).toBe(0);
  });

  it("leaves host and paths out when asked to", async () => {
    const { stdout } = await run(["bench", "/bin/true", "--json", "--anonymize", ...FAST]);
    const record = JSON.parse(stdout);
    expect(record.environment.hostname).toBeUndefined();
    expect(stdout).not.toContain(home);
    expect(stdout).not.toContain("/bin/true");
  });

  it("keeps escapes of a program out of the table", async () => {
    const { stdout } = await run([
      "bench",
      "sh -c 'printf \"\\033]0;title\\007\\033[31mred\" >&2; exit 1'",
      ...FAST,
    ]);
    expect(stdout).not.toContain("\x1b");
    expect(stdout).not.toContain("\x07");
    expect(stdout).toContain("red");
  });
});

describe("versus doctor", () => {
  it("prints a document that fits its schema", async () => {
    const { code, stdout } = await run(["doctor", "--json"]);
    const document = v.parse(DoctorSchema, JSON.parse(stdout));
    expect(document.toolchains.find((t) => t.name === "deno")?.status).toBe("ok");
    expect(["gate", "spawn", "plain"]).toContain(document.launcher.method);
    expect(code).toBe(0);
  });
});

describe("versus completions", () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    it(`prints a script for ${shell}`, async () => {
      const { code, stdout } = await run(["completions", shell]);
      expect(stdout).toContain("versus");
      expect(code).toBe(0);
    });
  }
});
