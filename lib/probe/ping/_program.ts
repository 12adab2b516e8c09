/** Echo requests by the system's ping, for systems that give us no socket. */
import { isIPv6 } from "node:net";
import { ProbeError } from "../error.ts";
import type { PingResult } from "../results.ts";
import { withinAttempt } from "../socket.ts";
import type { Attempt, Target } from "../types.ts";

/** What a ping printed. */
export interface PingOutput {
  readonly rttMs: number;
  readonly ttl?: number;
  readonly bytes?: number;
}

/**
 * Reads what ping printed: that of iputils, inetutils, busybox, BSD and macOS.
 *
 * @param text Its output, in English.
 * @returns The first answer; nothing if there is none.
 */
export function readPingOutput(text: string): PingOutput | undefined {
  for (const line of text.split("\n")) {
    const time = /\btime[=<]\s*(\d+(?:\.\d+)?)\s*ms\b/.exec(line);
    if (time === null) continue;
    const ttl = /\b(?:ttl|hlim)[=:]\s*(\d{1,3})\b/i.exec(line);
    const bytes = /^(\d{1,5}) bytes from /.exec(line.trim());
    return {
      rttMs: Number(time[1]),
      ...(ttl === null ? {} : { ttl: Number(ttl[1]) }),
      // ICMP's own header is counted too.
      ...(bytes === null ? {} : { bytes: Math.max(0, Number(bytes[1]) - 8) }),
    };
  }
  return undefined;
}

/**
 * Pings once with the system's program; ends `firstByteMs` with the time that it printed.
 *
 * @param program Its path.
 * @param address Whom.
 * @param size Bytes of payload.
 * @param target For messages.
 * @param attempt The attempt.
 * @returns What answered.
 * @throws {ProbeError} `timeout`, `unreachable`, `permission`.
 */
export async function pingByProgram(
  program: string,
  address: string,
  size: number,
  { label }: Target,
  attempt: Attempt,
): Promise<PingResult> {
  const family = isIPv6(address) ? ["-6"] : [];
  const child = new Deno.Command(program, {
    args: [...family, "-n", "-c", "1", "-s", String(size), address],
    clearEnv: true,
    env: { LC_ALL: "C" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const { stdout, stderr, success } = await withinAttempt<Deno.CommandOutput>(
    attempt,
    (resolve, reject) => {
      child.output().then(resolve, reject);
      return () => child.kill("SIGKILL");
    },
  );
  const decoder = new TextDecoder();
  const text = decoder.decode(stdout);
  const found = readPingOutput(text);
  if (found === undefined) {
    const said = `${decoder.decode(stderr)}\n${text}`;
    const code = /not permitted|permission/i.test(said)
      ? "permission"
      : /unreachable/i.test(said)
      ? "unreachable"
      : success
      ? "protocol"
      : "timeout";
    throw new ProbeError(code, `${label}: ping got no answer: ${firstLine(said)}`);
  }
  attempt.clock.take("firstByteMs", found.rttMs);
  const { rttMs: _, ...rest } = found;
  return { address, method: "ping", ...rest };
}

function firstLine(text: string): string {
  return text.split("\n").find((line) => line.trim() !== "")?.trim().slice(0, 120) ?? "nothing";
}
