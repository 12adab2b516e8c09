/** What tests of protocols over SSH share. */
import { join } from "node:path";
import * as v from "valibot";
import { ProbeError, type ProbeErrorCode } from "../../../lib/probe/error.ts";
import { startPhases } from "../../../lib/probe/phases.ts";
import { labUser } from "../../../lib/probe/lab/_sshd.ts";
import type { RunningServer } from "../../../lib/probe/lab/types.ts";
import { NetconfResultSchema } from "../../../lib/probe/netconf/schema.ts";
import { RestconfResultSchema } from "../../../lib/probe/restconf/schema.ts";
import { SshResultSchema } from "../../../lib/probe/ssh/schema.ts";
import { TelnetResultSchema } from "../../../lib/probe/telnet/schema.ts";
import { loadKey } from "../../../lib/probe/ssh/key_file.ts";
import type { SshOptions } from "../../../lib/probe/ssh/types.ts";
import type { Attempt, Protocol, Target } from "../../../lib/probe/types.ts";

/** An attempt with a limit. */
export function attempt(timeoutMs = 10_000): Attempt {
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new ProbeError("timeout", `Not within ${timeoutMs} ms`)),
    timeoutMs,
  );
  Deno.unrefTimer(timer);
  return { signal: controller.signal, clock: startPhases(), timeoutMs };
}

/** A target on loopback. */
export function target(port: number, variables: Record<string, unknown> = {}): Target {
  return { label: `127.0.0.1:${port}`, host: "127.0.0.1", port, variables };
}

/** Options that log in at a server of the lab. */
export function options(
  server: { readonly folder: string },
  more: Partial<SshOptions> = {},
): SshOptions {
  return {
    login: { user: labUser(), keys: [loadKey(join(server.folder, "id"))] },
    trust: { files: [join(server.folder, "known_hosts")], acceptNew: false },
    legacy: false,
    until: "auth",
    expectExit: 0,
    maxOutputBytes: 1_000_000,
    ...more,
  };
}

/** Every answer is checked by its protocol's schema. */
const SCHEMAS: Readonly<Record<string, v.GenericSchema>> = {
  ssh: SshResultSchema,
  telnet: TelnetResultSchema,
  netconf: NetconfResultSchema,
  restconf: RestconfResultSchema,
};

/** Opens, asks once, closes. */
export async function probeOnce<Options, Result>(
  protocol: Protocol<Options, Result>,
  to: Target,
  options: Options,
  at: Attempt = attempt(),
): Promise<Result> {
  await using connection = await protocol.open(to, options, at);
  const result = await connection.request(at);
  const schema = SCHEMAS[protocol.name];
  if (schema !== undefined) v.parse(schema, JSON.parse(JSON.stringify(result)));
  const fault = protocol.judge?.(result, options);
  if (fault !== undefined) throw fault;
  return result;
}

/** The error of the closed list that something fails with. */
export async function failure(what: Promise<unknown>): Promise<ProbeError> {
  try {
    await what;
  } catch (error) {
    if (error instanceof ProbeError) return error;
    throw error;
  }
  throw new TypeError("It did not fail");
}

/** Only the code of that error. */
export async function failureCode(what: Promise<unknown>): Promise<ProbeErrorCode> {
  return (await failure(what)).code;
}

/** Runs a program and gives what it printed. */
export async function run(
  argv: readonly [string, ...string[]],
  env: Record<string, string> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const [program, ...args] = argv;
  const { code, stdout, stderr } = await new Deno.Command(program, { args, env, stdin: "null" })
    .output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** The arguments of OpenSSH's client for a server of the lab. */
export function openSsh(
  { folder }: RunningServer,
  port: number,
  ...more: readonly string[]
): [string, ...string[]] {
  const known = join(folder, "known_hosts");
  return [
    "ssh",
    ...["-F", "/dev/null", "-p", String(port), "-i", join(folder, "id")],
    ...["-o", "IdentitiesOnly=yes", "-o", `UserKnownHostsFile=${known}`, "-o", "BatchMode=yes"],
    ...["-o", "GlobalKnownHostsFile=/dev/null", "-o", "StrictHostKeyChecking=yes"],
    ...more,
  ];
}
