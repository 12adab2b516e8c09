/**
 * The lab: real servers on loopback that outlive the command that started them.
 *
 * {@linkcode startLab} starts those that are installed, {@linkcode stopLab} ends them by the pid and
 * start time that were kept, and nothing else; {@linkcode lookAtLab} says what runs.
 *
 * @module
 */
import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import { printable } from "../../error.ts";
import { makeFolder } from "../../record/home.ts";
import { findPrograms, startServer } from "./start.ts";
import {
  forget,
  identityOf,
  type LabEntry,
  labFolder,
  readEntry,
  serverFolder,
  writeEntry,
} from "./_state.ts";
import type { LabDocument, LabServerState } from "./document.ts";
import { LAB_SERVERS } from "./index.ts";
import type { LabServer } from "./types.ts";

export { LAB_SERVERS } from "./index.ts";
export { type LabDocument, LabSchema, type LabServerState } from "./document.ts";

/** How long a server may take to end before it is killed. */
const END_LIMIT_MS = 3_000;
const POLL_MS = 20;

/** How the lab is started. */
export interface StartLabOptions {
  /** Which servers; all by default. */
  readonly servers?: readonly LabServer[];
  /** Takes free ports, not the usual ones. */
  readonly anyPort?: boolean;
  /** Fires when no further server should be started. */
  readonly signal?: AbortSignal;
  /** Is told of each server as soon as its state is known. */
  readonly told?: (state: LabServerState) => void;
}

/**
 * Starts servers, one after another; one that runs already is left alone.
 *
 * @param options Which, and where.
 * @returns What became of each.
 * @throws {VersusError} If the lab's folder can't be made.
 */
export async function startLab(options: StartLabOptions = {}): Promise<LabDocument> {
  const { servers = LAB_SERVERS, signal, told } = options;
  using _lock = lockLab();
  const states: LabServerState[] = [];
  for (const server of servers) {
    if (signal?.aborted) break;
    const state = await startOne(server, options.anyPort === true);
    told?.(state);
    states.push(state);
  }
  return documentOf(states);
}

async function startOne(server: LabServer, anyPort: boolean): Promise<LabServerState> {
  const known = stateOf(server);
  if (known.status !== "stopped") return known;
  // What a server that was killed, or a machine that was switched off, has left.
  forget(server.name);
  const folder = serverFolder(server.name);
  makeFolder(folder, "keep the lab");
  let entry: LabEntry | undefined;
  try {
    if (!anyPort) await needFreePorts(server);
    const running = await startServer(server, {
      folder,
      ...(anyPort ? {} : { ports: server.ports }),
      detached(pid) {
        const identity = identityOf(pid);
        // It has ended at once; the wait for its answer says so.
        if (identity === undefined) return;
        const startedAt = new Date().toISOString();
        entry = { name: server.name, pid, identity, startedAt, endpoints: [] };
        writeEntry(entry);
      },
    });
    if (entry === undefined) throw new TypeError(`${server.name} ended`);
    writeEntry({ ...entry, endpoints: [...running.endpoints] });
    return stateOf(server);
  } catch (error) {
    forget(server.name);
    const reason = printable((error as Error).message);
    return { name: server.name, title: server.title, status: "failed", endpoints: [], reason };
  }
}

/**
 * Ends servers that were started, and removes their folders.
 *
 * @param servers Which; all by default.
 * @returns What became of each.
 */
export async function stopLab(servers: readonly LabServer[] = LAB_SERVERS): Promise<LabDocument> {
  using _lock = lockLab();
  await Promise.all(servers.map(async ({ name }) => {
    const entry = readEntry(name);
    if (entry !== undefined) await endEntry(entry);
    forget(name);
  }));
  return documentOf(servers.map(stateOf));
}

async function endEntry({ pid, identity }: LabEntry): Promise<void> {
  const runs = () => identityOf(pid) === identity;
  if (!runs()) return;
  Deno.kill(pid, "SIGTERM");
  const limit = performance.now() + END_LIMIT_MS;
  while (runs() && performance.now() < limit) {
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
  // Its group is its own: what it has left behind goes too.
  if (runs()) Deno.kill(-pid, "SIGKILL");
}

/**
 * Says what runs.
 *
 * @param servers Which; all by default.
 * @returns The state of each.
 */
export function lookAtLab(servers: readonly LabServer[] = LAB_SERVERS): LabDocument {
  return documentOf(servers.map(stateOf));
}

function documentOf(servers: LabServerState[]): LabDocument {
  return { schema: "versus.lab/1", folder: labFolder(), servers };
}

function stateOf(server: LabServer): LabServerState {
  const { name, title } = server;
  const entry = readEntry(name);
  if (entry !== undefined && identityOf(entry.pid) === entry.identity) {
    const { pid, startedAt, endpoints } = entry;
    return { name, title, status: "running", endpoints, pid, startedAt };
  }
  const found = findPrograms(server);
  return "missing" in found
    ? { name, title, status: "missing", endpoints: [], packages: [...new Set(found.missing)] }
    : { name, title, status: "stopped", endpoints: [] };
}

/** Two that start or end servers at once would lose track of some. */
function lockLab(): Disposable {
  makeFolder(labFolder(), "keep the lab");
  const file = Deno.openSync(`${labFolder()}/lock`, { create: true, write: true });
  file.lockSync(true);
  return { [Symbol.dispose]: () => file.close() };
}

/** Another program on the port would be taken for the server. */
async function needFreePorts({ ports }: LabServer): Promise<void> {
  for (const port of Object.values(ports)) {
    for (const [kind, free] of [["TCP", tcpIsFree], ["UDP", udpIsFree]] as const) {
      if (!await free(port)) throw new TypeError(`port ${port} of ${kind} is in use`);
    }
  }
}

function tcpIsFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer();
    server.once("error", () => answer(false));
    server.listen(port, "127.0.0.1", () => server.close(() => answer(true)));
  });
}

function udpIsFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = createSocket("udp4");
    socket.once("error", () => answer(false));
    socket.bind(port, "127.0.0.1", () => socket.close(() => answer(true)));
  });
}
