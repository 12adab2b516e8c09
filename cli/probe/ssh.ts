/** `versus probe ssh` */
import { VersusError } from "../../lib/error.ts";
import { ssh } from "../../lib/probe/protocols/ssh.ts";
import { loadScript } from "../../lib/probe/script/schema.ts";
import type { SshOptions, SshResult } from "../../lib/probe/ssh/types.ts";
import { oneOf, parseCount } from "../values.ts";
import { parsePattern } from "./_pattern.ts";
import { describeScript, linesOf, SCRIPT_EXAMPLE } from "./_script_lines.ts";
import { readSshAccess, type SshAccessFlags, sshAccessOptions } from "./_ssh_access.ts";
import type { Expectation, ProbeCommand } from "./types.ts";

interface SshFlags extends SshAccessFlags {
  command?: string;
  script?: string;
  until?: string;
  expectExit?: string;
  expectBanner?: string;
  expectOutput?: string;
  maxOutput?: string;
}

/** How much of a command's output is kept, in bytes. */
const MAX_OUTPUT = 1_000_000;

/** SSH's part of the command line. */
export const sshCommand: ProbeCommand<SshFlags, SshOptions, SshResult> = {
  protocol: ssh,
  define: (command) =>
    sshAccessOptions(command)
      .option("--command <command:string>", "Run this and wait for its exit code.", {
        conflicts: ["script"],
      })
      .option("--script <file:string>", "Run this script: a YAML file of what to send and expect.")
      .option(
        "--until <stage:string>",
        "Without command and script, stop after banner, kex or auth (default: auth).",
      )
      .option("--expect-exit <code:string>", "The exit code to expect, or any (default: 0).")
      .option("--expect-banner <text:string>", "Fail unless the server's version has this text.")
      .option("--expect-output <text:string>", "Fail unless the output has this text.")
      .option("--max-output <bytes:string>", `Keep so much of the output (default: ${MAX_OUTPUT}).`)
      .example("a command", "versus probe ssh r1 r2 --user admin --command 'show version'")
      .example("gear with prompts", "versus probe ssh r1 --script backup.yaml --password-env PW")
      .example("its script", SCRIPT_EXAMPLE)
      .example("only the host key", "versus probe ssh r1 --until kex"),
  options(flags) {
    const { command, script, until = "auth", expectExit = "0", maxOutput } = flags;
    return {
      ...readSshAccess(flags),
      until: oneOf("stage", until, ["banner", "kex", "auth"]),
      expectExit: expectExit === "any" ? null : exitCode(expectExit),
      maxOutputBytes: maxOutput === undefined
        ? MAX_OUTPUT
        : parseCount("--max-output", maxOutput, 1),
      ...(command === undefined ? {} : { command }),
      ...(script === undefined ? {} : { script: loadScript(script) }),
    };
  },
  expectations({ expectBanner, expectOutput }) {
    const all: Expectation<SshResult>[] = [];
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
      all.push({
        option: "--expect-output",
        check: (result) =>
          matches(outputOf(result)) ? undefined : `expected ${expectOutput} in the output`,
      });
    }
    return all;
  },
  describe({ banner, hostKey, negotiated, weak, auth, command, script }) {
    return [
      banner,
      ...(hostKey === undefined
        ? []
        : [`${hostKey.type} ${hostKey.fingerprint} (${hostKey.trust})`]),
      ...(negotiated === undefined ? [] : [Object.values(negotiated).join(", ")]),
      ...(weak.length === 0 ? [] : [`weak: ${weak.join(", ")}`]),
      ...(auth === undefined ? [] : [`${auth.user} by ${auth.method}`]),
      ...(command === undefined ? [] : [
        `exit code ${command.exitCode ?? command.signal ?? "none"}`,
        ...linesOf(command.stdout),
        ...linesOf(command.stderr),
      ]),
      ...(script === undefined ? [] : describeScript(script)),
    ];
  },
};

function exitCode(text: string): number {
  const code = parseCount("--expect-exit", text);
  if (code > 255) {
    throw new VersusError(`Found ${text} for --expect-exit, expected 0 to 255 or any`);
  }
  return code;
}

function outputOf({ command, script }: SshResult): string {
  return command?.stdout ?? script?.steps.map(({ output }) => output).join("\n") ?? "";
}
