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
import { readSnmpAccess, type SnmpAccessFlags, snmpSecretOptions } from "../probe/_snmp_access.ts";
import { oneOf, parseCount, parseList, parseSeconds } from "../values.ts";

interface ListenFlags extends SnmpAccessFlags {
  listen?: string;
  port?: string;
  out?: string;
  for?: string;
  maxRecords?: string;
  transport?: string[];
  tlsPort?: string;
  cert?: string;
  key?: string;
}

const LOOPBACK = "127.0.0.1";
const TRANSPORTS = ["udp", "tcp", "tls"] as const;
const KINDS = ["trap", "syslog", "netflow", "sflow"] as const;
type Kind = typeof KINDS[number];

/** The ports that are registered for them, or that everybody uses. */
const PORTS: Readonly<Record<Kind, number>> = {
  trap: 162,
  syslog: 514,
  netflow: 2055,
  sflow: 6343,
};
const SYSLOG_TLS_PORT = 6514;

/** Options of one kind only. */
const SYSLOG_OPTIONS = ["transport", "tlsPort", "cert", "key"] as const;
/** Traps choose neither version nor context: they come as they are. */
const TRAP_OPTIONS = [
  "communityEnv",
  "communityFile",
  "askCommunity",
  "user",
  "authProtocol",
  "authPasswordEnv",
  "authPasswordFile",
  "askAuthPassword",
  "privProtocol",
  "privPasswordEnv",
  "privPasswordFile",
  "askPrivPassword",
] as const;

const DESCRIPTION = `Receive what network gear sends, and print one JSON line for each record.

Kinds:
  trap      traps and informs of SNMPv1, v2c and v3; informs are acknowledged
  syslog    RFC 3164 and RFC 5424, over UDP, TCP and TLS
  netflow   NetFlow v5 and v9, and IPFIX
  sflow     sFlow v5

What is malformed is counted, and the counts go to stderr at the end. Traps of v1 and v2c are taken with any
community unless one is given; those of v3 only of the user that is named.`;

/** Makes the command. */
export function listenCommand() {
  const command = new Command()
    .description(DESCRIPTION)
    .arguments("<kind:string>")
    .option("--listen <address:string>", `Where to listen (default: ${LOOPBACK}).`)
    .option(
      "--port <port:string>",
      `The port, 0 for any that is free (default: ${
        KINDS.map((kind) => `${kind} ${PORTS[kind]}`).join(", ")
      }).`,
    )
    .option("--out <file:string>", "Write the lines to a file.")
    .option("--for <time:string>", "End after so long, as 10s.")
    .option("--max-records <count:string>", "End after so many records.")
    .option(
      "--transport <names:string>",
      "syslog: udp, tcp and tls, separated by commas (default: udp). TCP takes lines and octet " +
        "counting.",
      { collect: true },
    )
    .option("--tls-port <port:string>", `syslog: the port of TLS (default: ${SYSLOG_TLS_PORT}).`)
    .option("--cert <file:string>", "syslog, TLS: the certificate and those above it, as PEM.")
    .option("--key <file:string>", "syslog, TLS: its key, as PEM.");
  return snmpSecretOptions(command, "trap: ")
    .example("traps, on a port that takes no rights", "versus listen trap --port 10162")
    .example("flows of all interfaces", "versus listen netflow --listen 0.0.0.0 --out flows.jsonl")
    .example("a minute of syslog", "versus listen syslog --port 10514 --transport udp,tcp --for 1m")
    .action(async (flags: unknown, word: string) => {
      const given = flags as ListenFlags;
      const kind = oneOf("kind", word, KINDS);
      if (kind !== "trap") refuse(given, TRAP_OPTIONS, "trap", kind);
      if (kind !== "syslog") refuse(given, SYSLOG_OPTIONS, "syslog", kind);
      const port = portOf("--port", given.port, PORTS[kind]);
      switch (kind) {
        case "trap":
          return await receive(given, trapDecoder(given), { udp: port });
        case "netflow":
          return await receive(given, createNetflowDecoder(), { udp: port });
        case "sflow":
          return await receive(given, createSflowDecoder(), { udp: port });
        case "syslog":
          return await receiveSyslog(given, port);
      }
    });
}

function refuse(
  flags: ListenFlags,
  options: readonly (keyof ListenFlags)[],
  kind: Kind,
  found: Kind,
): void {
  const name = options.find((option) => flags[option] !== undefined);
  if (name === undefined) return;
  const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new VersusError(`${option} is for versus listen ${kind}, found it with ${found}`);
}

function trapDecoder(flags: ListenFlags): Decoder {
  const { communityEnv, communityFile, askCommunity, user } = flags;
  const named = communityEnv ?? communityFile ?? askCommunity;
  const plain = named === undefined ? undefined : readSnmpAccess({
    snmpVersion: "2c",
    ...(communityEnv === undefined ? {} : { communityEnv }),
    ...(communityFile === undefined ? {} : { communityFile }),
    ...(askCommunity === undefined ? {} : { askCommunity }),
  });
  const secure = user === undefined ? undefined : readSnmpAccess({ ...flags, snmpVersion: "3" });
  return createTrapDecoder({
    ...(plain?.version === "2c" ? { community: plain.community } : {}),
    users: secure?.version === "3" ? [secure.user] : [],
  });
}

async function receiveSyslog(flags: ListenFlags, port: number): Promise<void> {
  const names = parseList(flags.transport ?? ["udp"]);
  const transports = names.map((name) => oneOf("transport", name, TRANSPORTS));
  const ports = Object.fromEntries(transports.map((name) => [
    name,
    name === "tls" ? portOf("--tls-port", flags.tlsPort, SYSLOG_TLS_PORT) : port,
  ]));
  const identity = transports.includes("tls") ? readIdentity(flags) : undefined;
  await receive(flags, createSyslogDecoder(), ports, identity);
}

function portOf(option: string, text: string | undefined, byDefault: number): number {
  const port = text === undefined ? byDefault : parseCount(option, text);
  if (port <= 65_535) return port;
  throw new VersusError(`Found ${port} for ${option}, expected a port up to 65535`);
}

function readIdentity({ cert, key }: ListenFlags): ServerIdentity {
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
    `${counted(records, "record")} in ${counted(datagrams, "message")} of ` +
    `${counted(bytes, "byte")}, ${seconds.toFixed(1)} s`,
    `malformed: ${malformed}, refused: ${refused}, dropped by the kernel: ${dropped ?? "unknown"}`,
  ];
  const counts = Object.entries(summary.counts).map(([name, count]) => `${words(name)}: ${count}`);
  if (counts.length > 0) lines.push(counts.join(", "));
  for (const [reason, count] of Object.entries(summary.reasons)) {
    lines.push(`  ${count} × ${printable(reason)}`);
  }
  return lines;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** `setsWithoutTemplate` as `sets without template`. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
