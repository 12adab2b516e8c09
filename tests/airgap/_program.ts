/**
 * A command line that uses every part of cliffy's API that versus may use. The tests beside it run
 * it in this process and as a program of its own, here against the stand-ins; the same files pass
 * against the real sources.
 */
import { Command, EnumType, type TypeHandler, ValidationError } from "@cliffy/command";
import { CompletionsCommand } from "@cliffy/command/completions";
import { HelpCommand } from "@cliffy/command/help";

/** What an action was given. */
export interface Call {
  command: string;
  options: Record<string, unknown>;
  args: unknown[];
}

/** A type of the program's own: seconds from `2s` or `150ms`. */
const duration: TypeHandler<number> = ({ label, name, value }): number => {
  const match = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(value);
  if (!match) {
    throw new ValidationError(`${label} "${name}" is a duration like 2s, but got "${value}".`);
  }
  return Number(match[1]) * (match[2] === "ms" ? 0.001 : 1);
};

/** Puts the command line together; what its actions are given goes to `calls`. */
export function program(calls: Call[]) {
  // An action of a command without options is given `void` by its types.
  const note = (command: string, options: object | void, args: unknown[]) => {
    calls.push({ command, options: { ...(options ?? {}) }, args });
  };

  const show = new Command()
    .description("Show one.")
    .arguments("<name:string:scenarios> [file:file]", ["The name.", "A file."])
    .action((options, name, file) => {
      const first: string = name;
      const second: string | undefined = file;
      note("show", options, [first, second]);
    });

  const bare = new Command()
    .description("Takes nothing.")
    .option("-x <value:number>", "A number.")
    .group("Wanted")
    .option("--must <value:string>", "This too.", { required: true })
    .action((options) => {
      const must: string = options.must;
      const x: number | undefined = options.x;
      note("bare", { ...options, must, x }, []);
    });

  return new Command()
    .name("tool")
    .version("1.2.3")
    .description("Does things.\n\nAnd more things.")
    .globalOption("--no-color", "Plain text.")
    .globalOption("-v, --verbose", "Say more.")
    .globalOption("--home <path:file>", "Where things are kept.")
    .globalType("duration", duration)
    .globalComplete("scenarios", () => ["flipsum", "fileread"])
    .globalEnv("TOOL_MODE=<mode:string>", "How to go about it.", { prefix: "TOOL_" })
    .command("run <names...:string:scenarios>", "Run some.\nWith care.")
    .type("metric", new EnumType(["wall", "cpu", "rss"]))
    .option("-p, --param <kv:string>", "A parameter.", { collect: true })
    .option("-l, --language <names:string[]>", "Only these.")
    .option("-n, --runs <count:integer>", "How often.", { default: 10 })
    .option("--metric <name:metric>", "What counts.", { default: "wall" })
    .option("--max-time <time:duration>", "At most.")
    .option("--precision <percent:number>", "How exactly.", { conflicts: ["max-time"] })
    .option("--json", "As JSON.")
    .option("--events", "As events.", { conflicts: ["json"] })
    .option("--resume [id:string]", "Go on.")
    .option("--limit <percent:string>", "A limit.", {
      depends: ["baseline"],
      value: (text) => Number(text.replace("%", "")),
    })
    .option("--baseline <file:file>", "What to compare with.")
    .option("--secret", "Not shown.", { hidden: true })
    .example("Some", "tool run a b")
    .action((options, ...names) => {
      const runs: number = options.runs;
      const metric: "wall" | "cpu" | "rss" = options.metric;
      const time: number | undefined = options.maxTime;
      const params: string[] | undefined = options.param;
      const languages: string[] | undefined = options.language;
      const resume: string | true | undefined = options.resume;
      const limit: number | undefined = options.limit;
      const json: true | undefined = options.json;
      const color: boolean = options.color;
      const mode: string | undefined = options.mode;
      const typed = { runs, metric, time, params, languages, resume, limit, json, color, mode };
      note("run", options, names satisfies string[]);
      if (typed.runs < 0) throw new ValidationError("Fewer than none", { exitCode: 7 });
      if (typed.runs === 0) throw new TypeError("None at all");
    })
    .command("trace [command...:string]", "Trace one.")
    .stopEarly()
    .option("--json", "As JSON.")
    .action(function (options, ...words) {
      note("trace", { ...options, literal: this.getLiteralArgs() }, words);
    })
    .command("raw", "Takes anything.")
    .useRawArgs()
    .action((options, ...words: string[]) => note("raw", options, words))
    .command("bare", bare)
    .command("show", show)
    .alias("info")
    .command(
      "history",
      new Command().description("What was.")
        .command("tag <id:string>", "Name a run.").action((options, id) => {
          note("history tag", options, [id]);
        })
        .command("gone", "Not shown.").hidden().action((options) => note("gone", options, [])),
    )
    .command("help", new HelpCommand().global())
    .command("completions", new CompletionsCommand())
    .reset();
}

if (import.meta.main) {
  const calls: Call[] = [];
  await program(calls).parse(Deno.args);
  if (calls.length > 0) console.log(JSON.stringify(calls));
}
