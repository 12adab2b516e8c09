/** `versus lab up|down|status` */
import { Command } from "@cliffy/command";
import { EXIT, nearest, printable, VersusError } from "../../lib/error.ts";
import {
  LAB_SERVERS,
  type LabDocument,
  type LabServerState,
  lookAtLab,
  startLab,
  stopLab,
} from "../../lib/probe/lab/mod.ts";
import type { LabServer } from "../../lib/probe/lab/types.ts";
import { renderTable, toJson } from "../../lib/report/mod.ts";
import { endWith } from "../exit.ts";
import { listenForInterruption } from "../interrupt.ts";
import { print, styleOf, tell } from "../output.ts";
import { oneOf } from "../values.ts";

interface LabFlags {
  anyPort?: boolean;
  json?: boolean;
  color?: boolean;
}

const ACTIONS = ["up", "down", "status"] as const;

/** Makes the command. */
export function labCommand() {
  return new Command()
    .description(
      "Start real servers on loopback for probes and scenarios to talk to: SSH, Telnet, SNMP, NETCONF, " +
        "HTTP, DNS, gRPC. up starts those that are installed and leaves them running, down ends them, " +
        "status shows where they are. Keys and passwords are made anew each time and stay in the " +
        "servers' folders.",
    )
    .usage("up|down|status [options] [SERVER...]")
    .arguments("<action:string> [servers...:string]")
    .option("--any-port", "up: take free ports in the place of the usual ones.")
    .option("--json", "Print one JSON document.")
    .example("everything that is here", "versus lab up")
    .example("two of them", "versus lab up sshd snmpd")
    .example("the end", "versus lab down")
    .action(async (flags: unknown, word: string, ...names: string[]) =>
      await lab(flags as LabFlags, oneOf("action", word, ACTIONS), names)
    );
}

async function lab(
  flags: LabFlags,
  action: typeof ACTIONS[number],
  names: readonly string[],
): Promise<void> {
  if (flags.anyPort && action !== "up") {
    throw new VersusError(`--any-port is for versus lab up, found it with ${action}`);
  }
  const servers = names.length === 0 ? LAB_SERVERS : [...new Set(names)].map(serverOf);
  const document = action === "up"
    ? await up(servers, flags, names.length > 0)
    : action === "down"
    ? await stopLab(servers)
    : lookAtLab(servers);
  if (flags.json) return print(toJson(document, 2));
  print(describe(document, flags));
}

async function up(
  servers: readonly LabServer[],
  flags: LabFlags,
  named: boolean,
): Promise<LabDocument> {
  using interruption = listenForInterruption();
  const document = await startLab({
    servers,
    anyPort: flags.anyPort === true,
    signal: interruption.signal,
    told: ({ name, status, reason }) => {
      if (status === "failed") tell(`${name} did not start: ${reason}`);
    },
  });
  const interrupted = interruption.exitCode();
  if (interrupted !== undefined) endWith(interrupted);
  for (const { status } of document.servers) {
    if (status === "failed") endWith(EXIT.failed);
    if (status === "missing" && named) endWith(EXIT.missing);
  }
  return document;
}

function serverOf(word: string): LabServer {
  const found = LAB_SERVERS.find(({ name }) => name === word);
  if (found !== undefined) return found;
  const names = LAB_SERVERS.map(({ name }) => name);
  const near = nearest(word, names);
  throw new VersusError(
    `Unknown server ${printable(word)}${near === undefined ? "" : `; did you mean ${near}?`}`,
    { hint: `Valid are: ${names.join(", ")}` },
  );
}

function describe({ servers, folder }: LabDocument, flags: LabFlags): string {
  const table = renderTable(
    ["server", "status", "what it is, or how to get it"],
    servers.map((server) => [server.name, server.status, noteOf(server)]),
    styleOf(Deno.stdout, flags.color),
  );
  const commands = servers.flatMap(({ endpoints }) =>
    endpoints.map(({ protocol, target, note }) =>
      `versus probe ${protocol} ${target}${
        note === undefined ? "" : note.startsWith("--") ? ` ${note}` : `  # ${note}`
      }`
    )
  );
  // Whole, since one copies them: a table would cut them.
  const more = commands.length === 0 ? [] : ["", ...commands, "", `Folders: ${folder}`];
  return [table.trimEnd(), ...more, ""].join("\n");
}

function noteOf({ title, packages, reason }: LabServerState): string {
  if (packages !== undefined) return `install: ${packages.join(", ")}`;
  return reason ?? title;
}
