/** Finds and ends the processes that strace traces, whatever group, session or parent they have. */

/** Milliseconds between SIGTERM and SIGKILL. */
const GRACE_MS = 500;

/** Milliseconds between two looks at processes that are to end. */
const LOOK_MS = 25;

/** Milliseconds after which strace itself is ended. */
const GIVE_UP_MS = 5000;

/** The processes that a tracer traces; their threads are not told apart. */
function traceesOf(tracer: number): number[] {
  const mark = new RegExp(`^TracerPid:\\t${tracer}$`, "m");
  const found: number[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      if (mark.test(Deno.readTextFileSync(`/proc/${pid}/status`))) found.push(pid);
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}

function send(pids: readonly number[], signal: Deno.Signal): void {
  for (const pid of pids) {
    try {
      Deno.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Waits for a moment, or until something has ended; returns whether it has. */
async function endsWithin(ended: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const moment = new Promise<false>((done) => timer = setTimeout(() => done(false), ms));
  try {
    return await Promise.race([ended.then(() => true), moment]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Ends everything that strace traces: SIGTERM, half a second later SIGKILL. strace then ends by itself.
 *
 * @param tracer The process of strace.
 * @param ended Fulfilled when strace has ended.
 * @param waitMs Milliseconds in which it may end without being asked.
 * @returns How many processes were asked to end.
 */
export async function endTracees(
  tracer: number,
  ended: Promise<unknown>,
  waitMs = 0,
): Promise<number> {
  if (waitMs > 0 && await endsWithin(ended, waitMs)) return 0;
  const asked = traceesOf(tracer);
  send(asked, "SIGTERM");
  // Stopped processes act on nothing but SIGKILL.
  send(asked, "SIGCONT");
  if (await endsWithin(ended, GRACE_MS)) return asked.length;
  const giveUp = performance.now() + GIVE_UP_MS;
  while (performance.now() < giveUp) {
    send(traceesOf(tracer), "SIGKILL");
    if (await endsWithin(ended, LOOK_MS)) return asked.length;
  }
  send([tracer], "SIGKILL");
  await ended;
  return asked.length;
}
