/** `versus tui` */
import { Command } from "@cliffy/command";
import { THEMES } from "../../lib/tui/theme.ts";
import { endWith } from "../exit.ts";
import { print, styleOf, tell } from "../output.ts";
import { oneOf } from "../values.ts";

interface TuiFlags {
  theme?: string;
  mouse?: boolean;
  data?: string;
  color?: boolean;
}

/** Makes the command. */
export function tuiCommand() {
  return new Command()
    .description(
      "Look around in the terminal: the versus table, a tab for each category, the Lab that runs " +
        "scenarios, claims, probes, history. Without a terminal the same tables are printed as text.",
    )
    .arguments("[words...:string]")
    .option("--theme <name:string>", "dark, light, deuteranopia or monochrome (default: as fits).")
    .option("--mouse", "Take clicks and the wheel from the start.")
    .option(
      "--data <kind:string>",
      "Print what a screen shows as one JSON document (score, claims, history, scenarios, run ID, " +
        "source SCENARIO VARIANT).",
    )
    .example("look around", "versus tui")
    .example("for eyes that mix up red and green", "versus tui --theme deuteranopia")
    .action(async (flags: unknown, ...words: string[]) => await tui(flags as TuiFlags, words));
}

async function tui(flags: TuiFlags, words: readonly string[]): Promise<void> {
  if (flags.data !== undefined) {
    const { KINDS, loadData } = await import("../tui/data.ts");
    return print(JSON.stringify(await loadData(oneOf("data", flags.data, KINDS), words)));
  }
  const theme = flags.theme === undefined ? undefined : oneOf("theme", flags.theme, THEMES);
  const { isInteractive, startTui } = await import("../tui/start.ts");
  if (!isInteractive()) {
    if (Deno.stdout.isTerminal()) tell("No keys can be read here, so the tables are printed.");
    const { plainText } = await import("../tui/plain.ts");
    const { width, ascii } = styleOf(Deno.stdout, flags.color);
    return print(await plainText(width, ascii));
  }
  endWith(
    await startTui({
      ...(theme === undefined ? {} : { theme }),
      color: flags.color ?? true,
      mouse: flags.mouse ?? false,
    }),
  );
}
