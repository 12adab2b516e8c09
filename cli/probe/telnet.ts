/** `versus probe telnet` */
import { VersusError } from "../../lib/error.ts";
import { telnet } from "../../lib/probe/protocols/telnet.ts";
import { loadScript } from "../../lib/probe/script/schema.ts";
import type { TelnetOptions, TelnetResult } from "../../lib/probe/telnet/types.ts";
import { parsePattern } from "./_pattern.ts";
import { describeScript, linesOf, SCRIPT_EXAMPLE } from "./_script_lines.ts";
import { type PasswordFlags, passwordOptions, readPassword } from "./_ssh_access.ts";
import type { Expectation, ProbeCommand } from "./types.ts";

interface TelnetFlags extends PasswordFlags {
  script?: string;
  loginPrompt?: string;
  passwordPrompt?: string;
  expectBanner?: string;
  expectOutput?: string;
}

/** What devices ask for a name and a password with. */
const LOGIN = "(?:login|user ?name|user):\\s*$";
const PASSWORD = "pass(?:word|code):\\s*$";
/** The most that one answer may have, in characters. */
const MAX_OUTPUT = 1_000_000;

/** Telnet's part of the command line. */
export const telnetCommand: ProbeCommand<TelnetFlags, TelnetOptions, TelnetResult> = {
  protocol: telnet,
  define: (command) =>
    passwordOptions(command)
      .option("--script <file:string>", "Run this script: a YAML file of what to send and expect.")
      .option("--login-prompt <pattern:string>", `What asks for the user (default: ${LOGIN}).`)
      .option(
        "--password-prompt <pattern:string>",
        `What asks for the password (default: ${PASSWORD}).`,
      )
      .option("--expect-banner <text:string>", "Fail unless the device greets with this text.")
      .option("--expect-output <text:string>", "Fail unless the output has this text.")
      .example("who answers", "versus probe telnet r1")
      .example("a script", "versus probe telnet r1 --user admin --password-env PW --script a.yaml")
      .example("a.yaml", SCRIPT_EXAMPLE),
  options(flags) {
    const named = flags.user !== undefined || flags.passwordEnv !== undefined ||
      flags.passwordFile !== undefined || flags.askPassword === true;
    const { user, password } = named ? readPassword(flags) : {};
    return {
      ...(flags.user === undefined || user === undefined ? {} : { user }),
      ...(password === undefined ? {} : { password }),
      loginPrompt: expression("--login-prompt", flags.loginPrompt ?? LOGIN),
      passwordPrompt: expression("--password-prompt", flags.passwordPrompt ?? PASSWORD),
      maxOutputBytes: MAX_OUTPUT,
      ...(flags.script === undefined ? {} : { script: loadScript(flags.script) }),
    };
  },
  expectations({ expectBanner, expectOutput }) {
    const all: Expectation<TelnetResult>[] = [];
    if (expectBanner !== undefined) {
      const matches = parsePattern("--expect-banner", expectBanner);
      all.push({
        option: "--expect-banner",
        check: ({ banner }) =>
          matches(banner) ? undefined : `expected ${expectBanner}, found ${banner}`,
      });
    }
    if (expectOutput !== undefined) {
      const matches = parsePattern("--expect-output", expectOutput);
      const output = ({ script }: TelnetResult) =>
        script?.steps.map((step) => step.output).join("\n") ?? "";
      all.push({
        option: "--expect-output",
        check: (result) =>
          matches(output(result)) ? undefined : `expected ${expectOutput} in the output`,
      });
    }
    return all;
  },
  describe({ banner, options, user, script }) {
    const on = options.filter((option) => option.on).map(({ option }) => option);
    return [
      ...linesOf(banner),
      `options: ${on.length === 0 ? "none" : [...new Set(on)].join(", ")}`,
      ...(user === undefined ? [] : [`${user} by password, in the clear`]),
      ...(script === undefined ? [] : describeScript(script)),
    ];
  },
};

function expression(option: string, text: string): RegExp {
  try {
    return new RegExp(text, "i");
  } catch (error) {
    throw new VersusError(
      `Found no regular expression for ${option}: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}
