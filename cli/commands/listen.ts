/** `versus listen trap|syslog|netflow|sflow` */
import { Command } from "@cliffy/command";
import { isIP } from "node:net";
import { EXIT, printable, VersusError } from "../../lib/error.ts";
import {
  createNetflowDecoder,
  createSflowDecoder,
  createSyslogDecoder,
  createTrapDecoder,
  type Decoder,
  listen,
  type ListenPlace,
  type ListenSummary,
  type ServerIdentity,
  type Transport,
} from "../../lib/probe/listen/mod.ts";
import { endWith } from "../exit.ts";
import { listenForInterruption } from "../interrupt.ts";
import { print, tell } from "../output.ts";
import { readSnmpAccess, type SnmpAccessFlags, snmpAccessOptions } from "../probe/_snmp_access.ts";
import { oneOf, parseCount, parseList, parseSeconds } from "../values.ts";

interface ListenFlags {
  listen?: string;
  port?: string;
  out?: string;
  for?: string;
  maxRecords?: string;
}

interface SyslogFlags extends ListenFlags {
  transport?: string[];
  tlsPort?: string;
  cert?: string;
  key?: string;
}

const LOOPBACK = "127.0.0.1";
const TRANSPORTS = ["udp", "tcp", "tls"] as const;
const SYSLOG_TLS_PORT = 6514;

/** Makes the command. */
export function listenCommand() {
  return new Command()
    .description(
      "Receive what network gear sends, and print one JSON line for each record. What is malformed " +
        "is counted; the counts go to stderr at the end. Nothing listens beyond loopback unless " +
        "--listen says so.",
    )
    .example("traps, on a port that takes no rights", "versus listen trap --port 10162")
    .example("flows of all interfaces", "versus listen netflow --listen 0.0.0.0 --out flows.jsonl")
    .action(function () {
      this.showHelp();
      endWith(EXIT.usage);
    })
    .command("trap", trapCommand())
    .command("syslog", syslogCommand())
    .command("netflow", flowCommand("NetFlow v5 and v9, and IPFIX.", 2055, createNetflowDecoder))
    .command("sflow", flowCommand("sFlow v5.", 6343, createSflowDecoder));
}

// deno-lint-ignore no-explicit-any -- cliffy's type of any command has eight parameters
function common(description: string, port: number): Command<any> {
  return new Command()
    .description(description)
    .option("--listen <address:string>", `Where to listen (default: ${LOOPBACK}).`)
    .option("--port <port:string>", `The port (default: ${port}; 0 for any that is free).`)
    .option("--out <file:string>", "Write the lines to a file.")
    .option("--for <time:string>", "End after so long, as 10s.")
    .option("--max-records <count:string>", "End after so many records.");
}

function flowCommand(description: string, port: number, decoder: () => Decoder) {
  return common(description, port).action(async (flags: unknown) => {
    const given = flags as ListenFlags;
    await receive(given, decoder(), { udp: portOf("--port", given.port, port) });
  });
}

function trapCommand() {
  return snmpAccessOptions(
    common(
      "Traps and informs of SNMPv1, v2c and v3; informs are acknowledged. Traps of v1 and v2c are " +
        "taken with any community unless one is given, those of v3 of the user that is named.",
      162,
    ),
  ).action(async (flags: unknown) => {
    const given = flags as ListenFlags & SnmpAccessFlags;
    const { communityEnv, communityFile, askCommunity, user } = given;
    const named = communityEnv ?? communityFile ?? askCommunity;
    const plain = named === undefined ? undefined : readSnmpAccess({
      snmpVersion: "2c",
      ...(communityEnv === undefined ? {} : { communityEnv }),
      ...(communityFile === undefined ? {} : { communityFile }),
      ...(askCommunity === undefined ? {} : { askCommunity }),
    });
    const secure = user === undefined ? undefined : readSnmpAccess({ ...given, snmpVersion: "3" });
    const decoder = createTrapDecoder({
      ...(plain?.version === "2c" ? { community: plain.community } : {}),
      users: secure?.version === "3" ? [secure.user] : [],
    });
    await receive(given, decoder, { udp: portOf("--port", given.port, 162) });
  });
}

function syslogCommand() {
  return common("Syslog of RFC 3164 and RFC 5424.", 514)
    .option(
      "--transport <names:string>",
      "udp, tcp and tls, separated by commas (default: udp). TCP takes lines and octet counting.",
      { collect: true },
    )
    .option("--tls-port <port:string>", `The port of TLS (default: ${SYSLOG_TLS_PORT}).`)
    .option("--cert <file:string>", "For TLS: the certificate and those above it, as PEM.")
    .option("--key <file:string>", "For TLS: its key, as PEM.")
    .action(async (flags: unknown) => {
      const given = flags as SyslogFlags;
      const names = parseList(given.transport ?? ["udp"]);
      const transports = names.map((name) => oneOf("transport", name, TRANSPORTS));
      const port = portOf("--port", given.port, 514);
      const ports = Object.fromEntries(transports.map((name) => [
        name,
        name === "tls" ? portOf("--tls-port", given.tlsPort, SYSLOG_TLS_PORT) : port,
      ]));
      const identity = transports.includes("tls") ? readIdentity(given) : undefined;
      await receive(given, createSyslogDecoder(), ports, identity);
    });
}

function portOf(option: string, text: string | undefined, byDefault: number): number {
  const port = text === undefined ? byDefault : parseCount(option, text);
  if (port <= 65_535) return port;
  throw new VersusError(`Found ${port} for ${option}, expected a port up to 65535`);
}

function readIdentity({ cert, key }: SyslogFlags): ServerIdentity {
  if (cert === undefined || key === undefined) {
    throw new VersusError("TLS needs a certificate and its key", {
      hint: "Name them: --cert FILE --key FILE",
    });
  }
  return { certificate: readText(cert), key: readText(key) };
}

function readText(file: string): string {
  try {
    return Deno.readTextFileSync(file);
  } catch (error) {
    throw new VersusError(`Can't read ${printable(file)}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

async function receive(
  flags: ListenFlags,
  decoder: Decoder,
  ports: Partial<Record<Transport, number>>,
  identity?: ServerIdentity,
): Promise<void> {
  const address = flags.listen ?? LOOPBACK;
  if (isIP(address) === 0) {
    throw new VersusError(`Found ${printable(address)} for --listen, expected an address`, {
      hint: "As 0.0.0.0 for all of IPv4, :: for all, or 192.0.2.1 for one",
    });
  }
  const forMs = flags.for === undefined ? undefined : parseSeconds("--for", flags.for) * 1000;
  const maxRecords = flags.maxRecords === undefined
    ? undefined
    : parseCount("--max-records", flags.maxRecords, 1);
  using output = flags.out === undefined ? undefined : openOutput(flags.out);
  using interruption = listenForInterruption();
  const summary = await listen({
    address,
    ports,
    decoder,
    write: output === undefined ? print : output.write,
    signal: interruption.signal,
    ...(forMs === undefined ? {} : { forMs }),
    ...(maxRecords === undefined ? {} : { maxRecords }),
    ...(identity === undefined ? {} : { identity }),
    listening: (places) => tell(`Listening on ${places.map(placeText).join(", ")}`),
  });
  for (const line of summaryLines(summary)) tell(line);
  endWith(interruption.exitCode() ?? EXIT.ok);
}

function placeText({ transport, address, port }: ListenPlace): string {
  return `${transport} ${address.includes(":") ? `[${address}]` : address}:${port}`;
}

function openOutput(path: string): Disposable & { write(lines: string): void } {
  let file: Deno.FsFile;
  try {
    file = Deno.openSync(path, { write: true, create: true, truncate: true });
  } catch (error) {
    throw new VersusError(`Can't write ${printable(path)}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const encoder = new TextEncoder();
  return {
    write(lines) {
      const bytes = encoder.encode(lines);
      for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
    },
    [Symbol.dispose]: () => file.close(),
  };
}

function summaryLines(summary: ListenSummary): string[] {
  const { datagrams, bytes, records, malformed, refused, dropped, seconds } = summary;
  const lines = [
    `${records} records in ${datagrams} messages of ${bytes} bytes, ${seconds.toFixed(1)} s`,
    `malformed: ${malformed}, refused: ${refused}, dropped by the kernel: ${dropped ?? "unknown"}`,
  ];
  const counts = Object.entries(summary.counts).map(([name, count]) => `${words(name)}: ${count}`);
  if (counts.length > 0) lines.push(counts.join(", "));
  for (const [reason, count] of Object.entries(summary.reasons)) {
    lines.push(`  ${count} × ${printable(reason)}`);
  }
  return lines;
}

/** `setsWithoutTemplate` as `sets without template`. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
