/**
 * What versus relies on in cliffy's command line, said once. It holds for the stand-in in
 * `airgap/cliffy-command` and for the real package alike.
 */
import { Command, ValidationError } from "@cliffy/command";
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { type Call, program } from "./_program.ts";

/** Runs a command line and answers with what its action was given. */
async function run(...words: string[]): Promise<Call> {
  const calls: Call[] = [];
  await program(calls).noExit().parse(words);
  expect(calls.length).toBe(1);
  const [call] = calls;
  if (!call) throw new Error("No action ran");
  return call;
}

/** Runs a command line that is wrong and answers with the error. */
async function fail(...words: string[]): Promise<ValidationError> {
  const calls: Call[] = [];
  try {
    await program(calls).noExit().parse(words);
  } catch (error) {
    expect(error).toBeInstanceOf(ValidationError);
    if (error instanceof ValidationError) return error;
  }
  throw new Error(`No error from: ${words.join(" ")}`);
}

const DEFAULTS = { runs: 10, metric: "wall", color: true };

describe("options", () => {
  it("have defaults, and camelCase keys", async () => {
    const call = await run("run", "a", "--max-time", "2s");
    expect(call).toEqual({ command: "run", options: { ...DEFAULTS, maxTime: 2 }, args: ["a"] });
  });

  it("are written with a space or a sign, long or short", async () => {
    for (const words of [["--runs", "5"], ["--runs=5"], ["-n", "5"], ["-n5"], ["-n=5"]]) {
      expect((await run("run", "a", ...words)).options.runs).toBe(5);
    }
  });

  it("collect what is given several times", async () => {
    const { options } = await run("run", "-p", "n=1e8", "a", "--param=m=2", "-p=x");
    expect(options.param).toEqual(["n=1e8", "m=2", "x"]);
  });

  it("take lists", async () => {
    expect((await run("run", "a", "-l", "go,rust")).options.language).toEqual(["go", "rust"]);
  });

  it("read numbers, negative and with exponents too", async () => {
    expect((await run("run", "a", "-n", "1e8")).options.runs).toBe(100_000_000);
    expect((await run("run", "a", "--precision", "0.5")).options.precision).toBe(0.5);
    expect((await run("bare", "--must", "x", "-x", "-2.5")).options.x).toBe(-2.5);
  });

  it("take the next word whatever it looks like where a value is needed", async () => {
    expect((await run("run", "a", "--home", "-odd")).options.home).toBe("-odd");
    expect((await run("run", "a", "-p", "--json")).options.param).toEqual(["--json"]);
  });

  it("may have a value or none", async () => {
    expect((await run("run", "a", "--resume")).options.resume).toBe(true);
    expect((await run("run", "a", "--resume", "id1")).options.resume).toBe("id1");
    expect((await run("run", "a", "--resume=id1")).options.resume).toBe("id1");
    expect((await run("run", "a", "--resume", "--json")).options).toEqual({
      ...DEFAULTS,
      resume: true,
      json: true,
    });
  });

  it("are switched off with --no-", async () => {
    expect((await run("run", "a", "--no-color")).options.color).toBe(false);
    expect((await run("--no-color", "run", "a")).options.color).toBe(false);
  });

  it("of the main command are read before and after the command", async () => {
    expect((await run("-v", "run", "a")).options.verbose).toBe(true);
    expect((await run("run", "a", "-v")).options.verbose).toBe(true);
    expect((await run("--home", "x", "run", "a", "--json")).options).toEqual({
      ...DEFAULTS,
      home: "x",
      json: true,
    });
  });

  it("go through their handler", async () => {
    const { options } = await run("run", "a", "--limit", "5%", "--baseline", "b.json");
    expect(options.limit).toBe(5);
  });

  it("count an empty value as none", async () => {
    expect((await run("run", "a", "--baseline", "")).options).toEqual(DEFAULTS);
  });

  it("stand together behind one dash", async () => {
    expect((await run("run", "a", "-vn", "3")).options).toEqual({
      ...DEFAULTS,
      verbose: true,
      runs: 3,
    });
  });

  it("that are hidden work", async () => {
    expect((await run("run", "a", "--secret")).options.secret).toBe(true);
  });
});

describe("arguments", () => {
  it("are read by their types, and may be left out", async () => {
    expect((await run("show", "flipsum")).args).toEqual(["flipsum", undefined]);
    expect((await run("show", "flipsum", "x.yaml")).args).toEqual(["flipsum", "x.yaml"]);
  });

  it("take the rest where they are variadic, words like options too", async () => {
    expect((await run("run", "a", "b=1", "--json", "-5", "--what")).args)
      .toEqual(["a", "b=1", "-5", "--what"]);
  });

  it("end at --, and what follows is literal", async () => {
    const call = await run("trace", "--json", "--", "ls", "--json", "-l");
    expect(call.options).toEqual({ json: true, color: true, literal: ["ls", "--json", "-l"] });
    expect(call.args).toEqual([]);
  });

  it("end the options where the command stops early", async () => {
    const call = await run("trace", "--json", "ls", "--json", "-l", "--", "x");
    expect(call.options).toEqual({ json: true, color: true, literal: ["x"] });
    expect(call.args).toEqual(["ls", "--json", "-l"]);
  });

  it("are left as they are where the command takes them raw", async () => {
    const call = await run("raw", "--json", "-x", "--", "--help");
    expect(call.args).toEqual(["--json", "-x", "--", "--help"]);
  });
});

describe("commands", () => {
  it("have aliases and commands below them", async () => {
    expect((await run("info", "a")).command).toBe("show");
    expect((await run("history", "tag", "7")).args).toEqual(["7"]);
    expect((await run("history", "gone")).command).toBe("gone");
  });

  it("answer with what was read", async () => {
    const result = await program([]).noExit().parse(["run", "a", "--json", "--", "rest"]);
    expect(result.options).toEqual({ ...DEFAULTS, json: true });
    expect(result.args).toEqual(["a"]);
    expect(result.literal).toEqual(["rest"]);
    expect(result.cmd.getName()).toBe("run");
    expect(result.cmd.getPath()).toBe("tool run");
  });

  it("know one another", () => {
    const main = program([]);
    expect(main.getCommands(false).map((cmd) => cmd.getName()))
      .toEqual(["run", "trace", "raw", "bare", "show", "history", "help", "completions"]);
    expect(main.getCommand("info")?.getAliases()).toEqual(["info"]);
    expect(main.getCommand("show")?.getShortDescription()).toBe("Show one.");
    expect(main.getCommand("nothing")).toBeUndefined();
    expect(main.getVersion()).toBe("1.2.3");
  });

  it("read the environment, and a word given wins", async () => {
    Deno.env.set("TOOL_MODE", "fast");
    try {
      expect((await run("run", "a")).options.mode).toBe("fast");
    } finally {
      Deno.env.delete("TOOL_MODE");
    }
    expect((await run("run", "a")).options.mode).toBeUndefined();
  });

  it("run the one that is the default", async () => {
    const seen: string[] = [];
    const main = new Command().name("x").default("ui").noExit()
      .command("ui", "Look.").action(() => {
        seen.push("ui");
      })
      .command("other", "Else.").action(() => {
        seen.push("other");
      })
      .reset();
    await main.parse([]);
    await main.parse(["other"]);
    expect(seen).toEqual(["ui", "other"]);
  });

  it("do what is said for all before their action", async () => {
    const seen: string[] = [];
    const main = new Command().name("x").noExit()
      .globalOption("--no-color", "Plain.")
      .globalAction(({ color }) => {
        seen.push(`all ${color}`);
      })
      .command("one", "One.").action(() => {
        seen.push("one");
      })
      .reset();
    await main.parse(["one", "--no-color"]);
    expect(seen).toEqual(["all false", "one"]);
  });
});

describe("errors", () => {
  it("name an unknown option, and the nearest one", async () => {
    const error = await fail("bare", "--must", "x", "--musd");
    expect(error.message).toBe('Unknown option "--musd". Did you mean option "--must"?');
    expect(error.exitCode).toBe(2);
  });

  it("name an unknown command, and the nearest one", async () => {
    const error = await fail("rum", "a");
    expect(error.message).toBe('Unknown command "rum". Did you mean command "run"?');
    expect(error.cmd?.getName()).toBe("tool");
  });

  it("are worded alike", async () => {
    const cases: [string[], string][] = [
      [["run"], "Missing argument(s): names"],
      [["show", "a", "b", "c"], "Too many arguments: c"],
      [
        ["bare", "--must", "x", "y"],
        'Unknown command "y". Did you mean command "help"?',
      ],
      [["bare"], 'Missing required option "--must".'],
      [["run", "a", "--runs"], 'Missing value for option "--runs".'],
      [["run", "a", "-n"], 'Missing value for option "--runs".'],
      [["run", "a", "--json=1"], 'Option "--json" doesn\'t take a value, but got "1".'],
      [
        ["run", "a", "--json", "--json"],
        'Option "--json" can only occur once, but was found several times.',
      ],
      [["run", "a", "-n", "x"], 'Option "--runs" must be of type "integer", but got "x".'],
      [["run", "a", "-n", "1.5"], 'Option "--runs" must be of type "integer", but got "1.5".'],
      [
        ["run", "a", "--precision", "2%"],
        'Option "--precision" must be of type "number", but got "2%".',
      ],
      [
        ["run", "a", "--metric", "size"],
        'Option "--metric" must be of type "metric", but got "size". Expected values: "wall", "cpu", "rss"',
      ],
      [
        ["run", "a", "--max-time", "2"],
        'Option "--max-time" is a duration like 2s, but got "2".',
      ],
      [
        ["run", "a", "--precision", "2", "--max-time", "2s"],
        'Option "--precision" conflicts with option "--max-time".',
      ],
      [["run", "a", "--events", "--json"], 'Option "--events" conflicts with option "--json".'],
      [["run", "a", "--limit", "5%"], 'Option "--limit" depends on option "--baseline".'],
      [
        ["run", "a", "--json", "--help"],
        'Option "--help" cannot be combined with other options.',
      ],
      [["help", "rum"], 'Unknown command "rum". Did you mean command "run"?'],
    ];
    for (const [words, message] of cases) {
      expect((await fail(...words)).message).toBe(message);
    }
  });

  it("say that a command takes no arguments", async () => {
    const main = new Command().name("x").noExit().command("one", "One.").reset();
    await expect(main.parse(["one", "y"])).rejects.toThrow(
      'No arguments allowed for command "x one".',
    );
  });

  it("that an action throws come through, with their exit code", async () => {
    expect((await fail("run", "a", "-n", "-1")).exitCode).toBe(7);
    await expect(program([]).noExit().parse(["run", "a", "-n", "0"])).rejects.toThrow(TypeError);
  });

  it("are shown to the handler first", async () => {
    const seen: string[] = [];
    const main = program([]).noExit().error((error, cmd) => {
      seen.push(`${cmd.getName()}: ${error.message}`);
    });
    await expect(main.parse(["show"])).rejects.toThrow(ValidationError);
    expect(seen).toEqual(["show: Missing argument(s): name"]);
  });

  it("come from definitions that contradict themselves", () => {
    const twice = () => new Command().option("--json", "x").option("-j, --json", "y");
    expect(twice).toThrow("already registered");
    expect(() => new Command().command("a", "x").command("a", "y")).toThrow("Duplicate command");
  });
});
