/** What versus relies on in cliffy's help, and in how a command line ends. */
import { Command } from "@cliffy/command";
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { program } from "./_program.ts";
import { tool } from "./_spawn.ts";

/** The help without the spaces that lines end in. */
function lines(help: string): string[] {
  return help.split("\n").map((line) => line.trimEnd());
}

/** A command of the program; help is asked of the main command first, without which there is none. */
function command(name: string) {
  const main = program([]);
  main.getHelp();
  const found = main.getCommand(name);
  if (!found) throw new Error(`No command is called ${name}`);
  return found;
}

const RUN_HELP = `
Usage:   tool run <names...>
Version: 1.2.3

Description:

  Run some.

Options:

  -h, --help                 - Show this help.
  --no-color                 - Plain text.
  -v, --verbose              - Say more.
  --home          <path>     - Where things are kept.
  -p, --param     <kv>       - A parameter.
  -l, --language  <names>    - Only these.
  -n, --runs      <count>    - How often.              (Default: 10)
  --metric        <name>     - What counts.            (Default: "wall", Values: "wall", "cpu", "rss")
  --max-time      <time>     - At most.
  --precision     <percent>  - How exactly.            (Conflicts: --max-time)
  --json                     - As JSON.
  --events                   - As events.              (Conflicts: --json)
  --resume        [id]       - Go on.
  --limit         <percent>  - A limit.                (Depends: --baseline)
  --baseline      <file>     - What to compare with.

Commands:

  help  [command]  - Show this help or the help of a sub-command.

Environment variables:

  TOOL_MODE  <mode>  - How to go about it.

Examples:

  Some tool run a b
`;

describe("help", () => {
  it("lists options with hints, commands, variables and examples", () => {
    const expected = RUN_HELP.replace("  Run some.\n", "  Run some.\n  With care.\n");
    const help = command("run").getHelp({ colors: false, width: 120 });
    expect(lines(help)).toEqual(lines(expected));
  });

  it("shows types where they are asked for, and long descriptions", () => {
    const help = command("show").getHelp({ colors: false, types: true });
    expect(help).toContain("<name:string>");
    const main = lines(program([]).getHelp({ colors: false }));
    expect(main).toContain("  Does things.");
    expect(main).toContain("  show, info   <name> [file]  - Show one.");
    expect(main.some((line) => line.includes("gone") || line.includes("secret"))).toBe(false);
  });

  it("puts groups under headings of their own", () => {
    const help = lines(command("bare").getHelp({ colors: false }));
    const start = help.indexOf("Wanted:");
    expect(help.slice(start, start + 3))
      .toEqual(["Wanted:", "", "  --must  <value>  - This too.  (required)"]);
  });

  it("folds descriptions at the width of the terminal", () => {
    const words = Array.from({ length: 40 }, (_, index) => `word${index}`);
    const help = new Command().name("x").option("--long <value:string>", words.join(" "))
      .getHelp({ colors: false, width: 60 });
    expect(Math.max(...help.split("\n").map((line) => line.length))).toBeLessThan(61);
    for (const word of words) expect(help).toContain(word);
  });

  it("has colours where they are on", () => {
    const help = new Command().name("x").option("--long <value:string>", "y").getHelp({
      colors: true,
    });
    // deno-lint-ignore no-control-regex
    expect(/\x1b\[/.test(help)).toBe(!Deno.noColor);
  });

  it("can be made by hand, and so can usage and description", () => {
    const main = new Command().name("x").usage("[anything]").description(() => "Made late.");
    expect(main.getHelp({ colors: false })).toContain("x [anything]");
    expect(main.getHelp({ colors: false })).toContain("Made late.");
    expect(main.help(() => "by hand").getHelp()).toBe("by hand");
  });
});

describe("a program", () => {
  it("prints help and versions to standard output and ends with 0", async () => {
    const help = await tool("run", "--help");
    expect(help.code).toBe(0);
    expect(help.stderr).toBe("");
    expect(help.stdout).toContain("Usage:   tool run <names...>");
    expect((await tool("help", "run")).stdout).toBe(help.stdout);
    expect((await tool("history")).stdout).toContain("Usage:   tool history");
    expect(await tool("-V")).toEqual({ code: 0, stdout: "1.2.3\n", stderr: "" });
    expect(await tool("--version")).toEqual({ code: 0, stdout: "tool 1.2.3\n", stderr: "" });
  });

  it("prints a mistake to standard error, the help to standard output and ends with 2", async () => {
    const { code, stdout, stderr } = await tool("run", "a", "-n", "x");
    expect(code).toBe(2);
    expect(stdout).toContain("Usage:   tool run <names...>");
    expect(stderr).toBe('  error: Option "--runs" must be of type "integer", but got "x".\n\n');
  });

  it("ends with the code of the error", async () => {
    expect((await tool("run", "a", "-n", "-1")).code).toBe(7);
  });

  it("lets other errors through", async () => {
    const { code, stdout, stderr } = await tool("run", "a", "-n", "0");
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain("TypeError: None at all");
  });
});
