/** What tests of SNMP share. */
import { ProbeError } from "../../../lib/probe/error.ts";
import { startPhases } from "../../../lib/probe/phases.ts";
import { secret } from "../../../lib/probe/secret.ts";
import { LAB_PASSPHRASES, labUser } from "../../../lib/probe/lab/snmpd.ts";
import type { AuthProtocol, PrivProtocol, SnmpCredentials } from "../../../lib/probe/snmp/mod.ts";
import type { SnmpOptions } from "../../../lib/probe/snmp/options.ts";
import type { SnmpResult } from "../../../lib/probe/snmp/schema.ts";
import { snmp } from "../../../lib/probe/protocols/snmp.ts";
import type { Attempt, Target } from "../../../lib/probe/types.ts";

/** An attempt that ends by itself. */
export function attempt(timeoutMs = 5000): Attempt {
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new ProbeError("timeout", "No answer within the limit")),
    timeoutMs,
  );
  Deno.unrefTimer(timer as unknown as number);
  return { signal: controller.signal, clock: startPhases(), timeoutMs };
}

/** A target on loopback. */
export function target(port: number): Target {
  return { label: `127.0.0.1:${port}`, host: "127.0.0.1", port, variables: {} };
}

/** Credentials of a version with communities. */
export function community(version: "1" | "2c", name = "public"): SnmpCredentials {
  return { version, community: secret(name) };
}

/** Credentials of a user of the lab. */
export function user(auth?: AuthProtocol, priv?: PrivProtocol): SnmpCredentials {
  return {
    version: "3",
    user: {
      name: labUser(auth, priv),
      ...(auth && { auth: { protocol: auth, passphrase: secret(LAB_PASSPHRASES.auth) } }),
      ...(priv && { priv: { protocol: priv, passphrase: secret(LAB_PASSPHRASES.priv) } }),
    },
  };
}

/** Asks once, as the runner does. */
export async function probe(
  port: number,
  options: SnmpOptions,
  timeoutMs?: number,
): Promise<SnmpResult & { phases: Attempt["clock"]["phases"] }> {
  const one = attempt(timeoutMs);
  await using connection = await snmp.open(target(port), options, one);
  const result = await connection.request(one);
  return { ...result, phases: one.clock.phases };
}
