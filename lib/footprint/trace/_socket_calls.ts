/** Calls that make sockets and reach others through them. */
import type { TracedSocket } from "../types.ts";
import { addDoubt } from "./_ledger.ts";
import type { Handler, Machine } from "./_machine.ts";
import { showPath } from "./_path.ts";
import {
  makeScan,
  nextArgument,
  readNumber,
  readString,
  type Scan,
  setBytes,
  skipWord,
  textOf,
} from "./_scan.ts";
import type { Thread } from "./_tables.ts";

/** The most addresses that are kept. */
export const MOST_SOCKETS = 10_000;

const OPEN_BRACE = 0x7b;

/** `socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_TCP) = 3` */
const socket: Handler = ({ result }, thread, scan) => {
  if (!(result.value >= 0)) return true;
  const [, type] = textOf(scan, scan.at, scan.end - 1).split(", ");
  if (type === undefined) return false;
  const name = type.match(/SOCK_(STREAM|DGRAM|RAW|SEQPACKET)/)?.[1]?.toLowerCase();
  thread.fds.set(result.value, {
    ...(name === undefined ? {} : { socket: name }),
    cloexec: type.includes("SOCK_CLOEXEC"),
  });
  return true;
};

type Address = Pick<TracedSocket, "family" | "address" | "port">;

/** The quoted string at the start of a text, its escapes undone. */
function quoted(text: string): string {
  const scan = makeScan();
  setBytes(scan, Uint8Array.from(text, (c) => c.charCodeAt(0)));
  scan.end = text.length;
  return showPath(readString(scan) ?? "").path;
}

/** Reads `{sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.1")}`. */
function readAddress(text: string): Address | undefined {
  const family = text.match(/^\{sa_family=AF_(\w+)/)?.[1]?.toLowerCase();
  if (family === undefined || family === "unspec") return undefined;
  const port = text.match(/^\{sa_family=\w+, sin6?_port=htons\((\d+)\)/)?.[1];
  const unix = text.match(/^\{sa_family=\w+, sun_path=(@?)(".*)/);
  const address = unix !== null
    ? unix[1]! + quoted(unix[2]!)
    : text.match(/inet_(?:addr\(|pton\(AF_INET6, )"([^"]*)"/)?.[1] ?? "";
  return { family, address, ...(port === undefined ? {} : { port: Number(port) }) };
}

function note(
  { ledger, result }: Machine,
  thread: Thread,
  scan: Scan,
  fd: number,
  start: number,
  use: TracedSocket["use"],
): boolean {
  const found = readAddress(textOf(scan, start, scan.end - 1));
  if (found === undefined) return true;
  const type = thread.fds.get(fd)?.socket;
  const key = `${use} ${found.family} ${type} ${found.port} ${found.address}`;
  const failed = result.value < 0 && result.errorStart >= 0
    ? textOf(scan, result.errorStart, result.errorEnd)
    : undefined;
  const known = ledger.sockets.get(key);
  if (known === undefined && ledger.sockets.size >= MOST_SOCKETS) {
    addDoubt(ledger, "sockets");
    return true;
  }
  ledger.sockets.set(key, {
    ...found,
    ...(type === undefined ? {} : { type }),
    use,
    ...(failed === undefined || failed === "EINPROGRESS" ? {} : { error: failed }),
    count: (known?.count ?? 0) + 1,
  });
  return true;
}

/** `connect(3, {sa_family=…}, 16)`, `bind(3, {sa_family=…}, 16)` */
function reach(use: TracedSocket["use"]): Handler {
  return (machine, thread, scan) => {
    const fd = readNumber(scan);
    return nextArgument(scan) && note(machine, thread, scan, fd, scan.at, use);
  };
}

/** `sendto(3, "…"..., 10, 0, {sa_family=…}, 16)`; most sockets are connected and name nobody. */
const sendto: Handler = (machine, thread, scan) => {
  const fd = readNumber(scan);
  if (!nextArgument(scan)) return false;
  if (readString(scan) === undefined) return skipWord(scan);
  if (!nextArgument(scan) || !skipWord(scan) || !skipWord(scan)) return false;
  return scan.bytes[scan.at] !== OPEN_BRACE || note(machine, thread, scan, fd, scan.at, "send");
};

const MESSAGE = /^\d+, (?:\{|\[\{msg_hdr=\{)msg_name=\{/;

/** `sendmsg(3, {msg_name={sa_family=…}, …}, 0)`, `sendmmsg(3, [{msg_hdr={msg_name=…}}, …], …)` */
const sendmsg: Handler = (machine, thread, scan) => {
  const start = scan.at;
  const head = textOf(scan, start, Math.min(scan.end - 1, start + 64));
  const behind = head.match(MESSAGE)?.[0].length;
  if (behind === undefined) return true;
  return note(machine, thread, scan, readNumber(scan), start + behind - 1, "send");
};

/** Handlers by the name of the call. */
export const SOCKET_CALLS: Readonly<Record<string, Handler>> = {
  socket,
  connect: reach("connect"),
  bind: reach("bind"),
  sendto,
  sendmsg,
  sendmmsg: sendmsg,
};
