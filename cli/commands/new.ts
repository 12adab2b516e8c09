/** `versus new scenario NAME` */
import { Command } from "@cliffy/command";
import { newScenario } from "../../lib/scenario/mod.ts";
import { print, tell } from "../output.ts";
import { oneOf } from "../values.ts";

/** Makes the command. */
export function newCommand() {
  return new Command()
    .description("Write a working scenario into a folder of its name, to change and run.")
    .arguments("<what:string> <name:string>")
    .example("a scenario", "versus new scenario my-loop && versus run ./my-loop --trust")
    .action(async (_flags: unknown, what: string, name: string) => {
      oneOf("thing to make", what, ["scenario"]);
      for (const file of (await newScenario(name, Deno.cwd())).files) print(file);
      tell(`Run it with: versus run ./${name} --trust`);
    });
}
