/** Starts a server of the lab, waits until it can be talked to, and ends it. */
import { join } from "node:path";
import { connect, createServer } from "node:net";
import { EXIT, VersusError } from "../../error.ts";
import type { LabServer, Readiness, RunningServer } from "./types.ts";

/** Where daemons are, beside PATH: a user's PATH often lacks them. */
const DAEMON_FOLDERS = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/lib/openssh"];
const PATH = `${Deno.env.get("PATH") ?? ""}:${DAEMON_FOLDERS.join(":")}`;
/** How long a server may take to answer. */
const READY_LIMIT_MS = 20_000;
/** How long a server may take to end before it is killed. */
const END_LIMIT_MS = 3_000;
const POLL_MS = 20;

/** How a server is started. */
export interface StartOptions {
  /** Where its files go; a temporary folder by default. Removed at the end if it was made here. */
  readonly folder?: string;
  /** Ports by purpose; free ones by default. */
  readonly ports?: Readonly<Record<string, number>>;
  /**
   * Gives it a session of its own, so that it outlives this process; is told its pid before anything
   * else can go wrong.
   */
  readonly detached?: (pid: number) => void;
}

/**
 * Finds the programs that a server needs.
 *
 * @param server Which one.
 * @returns Their absolute paths, or the Debian packages that are missing.
 */
export function findPrograms(
  server: LabServer,
): { programs: Record<string, string> } | { missing: string[] } {
  const programs: Record<string, string> = {};
  const missing: string[] = [];
  for (const [name, packageName] of Object.entries(server.needs)) {
    const path = PATH.split(":").map((folder) => join(folder, name)).find(isFile);
    if (path === undefined) missing.push(packageName);
    else programs[name] = path;
  }
  return missing.length > 0 ? { missing } : { programs };
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    // Not there, or not to be seen: both mean that it can't be started.
    return false;
  }
}

/**
 * Starts a server on loopback.
 *
 * @param server Which one.
 * @param options Where.
 * @returns The server; disposing it ends it by its pid and removes its folder.
 * @throws {VersusError} If a program is missing (exit code 5), or if it ends or stays silent.
 */
export async function startServer(
  server: LabServer,
  options: StartOptions = {},
): Promise<RunningServer> {
  const found = findPrograms(server);
  if ("missing" in found) {
    throw new VersusError(`${server.name} needs what is not here: ${found.missing.join(", ")}`, {
      hint: `Install it, as by: apt-get install ${found.missing.join(" ")}`,
      exitCode: EXIT.missing,
    });
  }
  const folder = options.folder ?? await Deno.makeTempDir({ prefix: `versus-${server.name}-` });
  const ports = options.ports ?? await freePorts(Object.keys(server.ports));
  const plan = await server.prepare({ folder, ports, programs: found.programs });
  const log = join(folder, "output.log");
  // The shell gives it a log that outlives this process, and becomes the server.
  const child = new Deno.Command("/bin/sh", {
    args: ["-c", 'log=$1; shift; exec "$@" >>"$log" 2>&1', "sh", log, ...plan.argv],
    clearEnv: true,
    env: { PATH, ...plan.env },
    cwd: folder,
    stdin: "null",
    stdout: "null",
    stderr: "null",
    detached: options.detached !== undefined,
  }).spawn();
  options.detached?.(child.pid);
  const readLog = (file = log) => {
    try {
      return Deno.readTextFileSync(file);
    } catch {
      // It has not written yet.
      return "";
    }
  };
  const running: RunningServer = {
    name: server.name,
    pid: child.pid,
    folder,
    ports,
    endpoints: plan.endpoints,
    log: () => readLog(),
    async [Symbol.asyncDispose]() {
      await end(child);
      if (options.folder === undefined) await Deno.remove(folder, { recursive: true });
    },
  };
  try {
    await untilReady(server.name, plan.ready, child.status, readLog);
  } catch (error) {
    await running[Symbol.asyncDispose]();
    throw error;
  }
  if (options.detached !== undefined) child.unref();
  return running;
}

async function untilReady(
  name: string,
  ready: Readiness,
  status: Promise<Deno.CommandStatus>,
  readLog: (file?: string) => string,
): Promise<void> {
  const signal = AbortSignal.timeout(READY_LIMIT_MS);
  let ended: Deno.CommandStatus | undefined;
  status.then((s) => ended = s);
  while (!await isReady(ready, signal, readLog)) {
    const why = ended !== undefined
      ? `ended with ${ended.code}`
      : signal.aborted
      ? `did not answer within ${READY_LIMIT_MS / 1000} s`
      : undefined;
    if (why !== undefined) {
      throw new VersusError(`${name} ${why}; it said: ${readLog().trim() || "nothing"}`, {
        hint: "See whether another program has its port",
        exitCode: EXIT.failed,
      });
    }
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
}

async function isReady(
  ready: Readiness,
  signal: AbortSignal,
  readLog: (file?: string) => string,
): Promise<boolean> {
  switch (ready.kind) {
    case "tcp":
      return await accepts(ready.port);
    case "log":
      return readLog(ready.file).includes(ready.text);
    case "ask":
      return await ready.ask(signal);
  }
}

/** Whether a TCP port of loopback accepts. */
function accepts(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect({ host: "127.0.0.1", port });
    const say = (yes: boolean) => {
      socket.destroy();
      answer(yes);
    };
    socket.once("connect", () => say(true)).once("error", () => say(false));
  });
}

async function end(child: Deno.ChildProcess): Promise<void> {
  const kill = (signal: Deno.Signal) => {
    try {
      child.kill(signal);
    } catch (error) {
      // It has ended by itself.
      if (!(error instanceof Deno.errors.NotFound || error instanceof TypeError)) throw error;
    }
  };
  kill("SIGTERM");
  const timer = setTimeout(() => kill("SIGKILL"), END_LIMIT_MS);
  await child.status;
  clearTimeout(timer);
}

/**
 * Finds ports that nothing listens on, for TCP; a server of UDP takes the same numbers.
 *
 * @param names What they are for.
 * @returns A port for each.
 */
export async function freePorts(names: readonly string[]): Promise<Record<string, number>> {
  // All are held until all are found, so that no two are the same.
  const servers = await Promise.all(names.map(listen));
  const ports = Object.fromEntries(servers.map(({ port }, i) => [names[i]!, port]));
  for (const { close } of servers) await close();
  return ports;
}

function listen(): Promise<{ port: number; close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") return reject(new TypeError("No port"));
      resolve({
        port: address.port,
        close: () => new Promise((done) => server.close(() => done())),
      });
    });
  });
}
