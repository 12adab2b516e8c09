/** net-snmp's agent: v1, v2c and a user of v3 for each pair of authentication and privacy. */
import { join } from "node:path";
import {
  AUTH_ALGORITHMS,
  type AuthProtocol,
  PRIV_ALGORITHMS,
  type PrivProtocol,
} from "../snmp/keys.ts";
import { askAgent, oidContent, openSnmp } from "../snmp/mod.ts";
import { startPhases } from "../phases.ts";
import { secret } from "../secret.ts";
import type { LabServer } from "./types.ts";

/** Passphrases of the lab's users: the agent is on loopback, and shows what everybody may know. */
export const LAB_PASSPHRASES = { auth: "lab-auth-phrase", priv: "lab-priv-phrase" } as const;

/** All protocols of privacy. */
export const LAB_PRIVS = Object.keys(PRIV_ALGORITHMS) as PrivProtocol[];

/** All protocols of authentication. */
export const LAB_AUTHS = Object.keys(AUTH_ALGORITHMS) as AuthProtocol[];

/**
 * The name of the lab's user for a pair of protocols.
 *
 * @param auth None for the user `nobody`.
 * @param priv None for a user whose messages are only signed.
 */
export function labUser(auth?: AuthProtocol, priv?: PrivProtocol): string {
  if (auth === undefined) return "nobody";
  return priv === undefined ? auth.toLowerCase() : `${auth}_${priv}`.toLowerCase();
}

function users(): string[] {
  const lines = [`createUser ${labUser()}`, `rouser ${labUser()} noauth`];
  for (const auth of LAB_AUTHS) {
    const signed = `${auth} ${LAB_PASSPHRASES.auth}`;
    lines.push(`createUser ${labUser(auth)} ${signed}`, `rouser ${labUser(auth)} auth`);
    for (const priv of LAB_PRIVS) {
      const user = labUser(auth, priv);
      lines.push(`createUser ${user} ${signed} ${priv} ${LAB_PASSPHRASES.priv}`);
      lines.push(`rouser ${user} priv`);
    }
  }
  return lines;
}

/** Agent of the package snmpd. */
export const snmpd: LabServer = {
  name: "snmpd",
  title: "net-snmp's agent: community public, users of SNMPv3",
  needs: { snmpd: "snmpd" },
  ports: { snmp: 1161 },
  async prepare({ folder, ports, programs }) {
    const port = ports.snmp!;
    const configuration = join(folder, "snmpd.conf");
    await Deno.writeTextFile(
      configuration,
      [
        `agentaddress udp:127.0.0.1:${port}`,
        "rocommunity public 127.0.0.1",
        "rocommunity hidden 127.0.0.1 1.3.6.1.2.1.1.1",
        "sysContact lab@example.net",
        "sysLocation lab",
        "sysName lab-agent",
        ...users(),
        "",
      ].join("\n"),
      { mode: 0o600 },
    );
    return {
      argv: [programs.snmpd!, "-f", "-C", "-c", configuration, "-Lo", "-I", "-smux"],
      env: { SNMP_PERSISTENT_DIR: join(folder, "var"), MIBS: "" },
      ready: { kind: "ask", ask: (signal) => answers(port, signal) },
      endpoints: [{
        protocol: "snmp",
        target: `127.0.0.1:${port}`,
        note: `community public; users of SNMPv3 such as ${labUser("SHA-256", "AES")}`,
      }],
    };
  },
};

/** Asks once; UDP tells nothing of a port that nobody listens on. */
async function answers(port: number, signal: AbortSignal): Promise<boolean> {
  const attempt = {
    signal: AbortSignal.any([signal, AbortSignal.timeout(100)]),
    clock: startPhases(),
    timeoutMs: 100,
  };
  const agent = { address: "127.0.0.1", port, label: "snmpd" };
  const credentials = { version: "2c", community: secret("public") } as const;
  await using session = await openSnmp(agent, credentials, attempt);
  try {
    const names = [oidContent("1.3.6.1.2.1.1.3.0")];
    await askAgent(session, { kind: "get", names }, attempt);
    return true;
  } catch {
    // Not yet.
    return false;
  }
}
