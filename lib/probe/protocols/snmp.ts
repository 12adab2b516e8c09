/** SNMP: v1, v2c and v3; get, getnext, bulk, subtree, table. */
import { Buffer } from "node:buffer";
import { ProbeError } from "../error.ts";
import { AUTH_ALGORITHMS, PRIV_ALGORITHMS } from "../snmp/keys.ts";
import { objectAt, resolveObject } from "../snmp/mib/names.ts";
import { oidContent } from "../snmp/oid.ts";
import { credentialsOf, type SnmpOptions } from "../snmp/options.ts";
import { present, type SnmpObject } from "../snmp/present.ts";
import type { SnmpResult } from "../snmp/schema.ts";
import { openSnmp } from "../snmp/session.ts";
import { readTable } from "../snmp/table.ts";
import type { SnmpCredentials, SnmpSession } from "../snmp/types.ts";
import { levelOf } from "../snmp/usm.ts";
import { askAgent, REPETITIONS, subtree } from "../snmp/walk.ts";
import { resolveHost } from "../socket.ts";
import type { Attempt, Protocol } from "../types.ts";

const PORT = 161;

/** SNMP. The discovery of SNMPv3's engine is in `authMs`, questions are in `requestMs`. */
export const snmp: Protocol<SnmpOptions, SnmpResult> = {
  name: "snmp",
  title: "Read objects by SNMPv1, v2c or v3",
  defaultPort: PORT,
  async open(target, options, attempt) {
    const { label, port = PORT } = target;
    const credentials = credentialsOf(options.credentials, target);
    const oids = options.objects.map((text) => instanceOf(text, options.operation));
    const address = await resolveHost(target.host, attempt);
    const { resends = 0, resendMs } = options;
    const sending = { resends, ...(resendMs === undefined ? {} : { resendMs }) };
    const agent = { address, port, label };
    const session = await openSnmp(agent, credentials, attempt, sending)
      .catch((error) => Promise.reject(silence(error, label, credentials, 0)));
    let usable = true;
    let before = 0;
    let resentBefore = 0;
    return {
      get reusable() {
        return usable;
      },
      async request(attempt) {
        try {
          const found = await read(session, oids, options, attempt);
          const { requests, resent } = session.counts;
          const result = {
            address,
            port,
            version: credentials.version,
            ...securityOf(session, credentials),
            operation: options.operation,
            asked: [...options.objects],
            requests: requests - before,
            resent: resent - resentBefore,
            ...found,
          };
          before = requests;
          resentBefore = resent;
          return result;
        } catch (error) {
          // An agent that began anew may have another engine: the next one asks it afresh.
          usable = false;
          throw silence(error, label, credentials, session.counts.requests);
        }
      },
      [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
    };
  },
};

/** A scalar that is asked for by its name alone has the instance 0. */
function instanceOf(text: string, operation: SnmpOptions["operation"]): string {
  const oid = resolveObject(text);
  return operation === "get" && objectAt(oid)?.kind === "scalar" ? `${oid}.0` : oid;
}

async function read(
  session: SnmpSession,
  oids: readonly string[],
  options: SnmpOptions,
  attempt: Attempt,
): Promise<{ objects: SnmpObject[] } | Pick<SnmpResult, "rows">> {
  const { operation, repetitions = REPETITIONS, nonRepeaters = 0 } = options;
  const { clock } = attempt;
  if (operation === "table") {
    const rows = await readTable(session, oids, attempt, options);
    clock.end("transferMs");
    return { rows };
  }
  if (operation === "subtree") {
    const objects: SnmpObject[] = [];
    for (const oid of oids) {
      for await (const varBinds of subtree(session, oid, attempt, options)) {
        if (objects.length === 0) clock.end("requestMs");
        for (const varBind of varBinds) objects.push(present(varBind));
      }
    }
    clock.end("transferMs");
    return { objects };
  }
  const names = oids.map(oidContent);
  const question = operation === "bulk"
    ? { kind: "getBulk" as const, names, nonRepeaters, repetitions }
    : { kind: operation === "get" ? "get" as const : "getNext" as const, names };
  if (operation === "bulk" && session.version === "1") {
    throw new ProbeError("not-supported", `${session.label}: SNMPv1 has no GetBulk`);
  }
  const varBinds = await askAgent(session, question, attempt);
  clock.end("requestMs");
  return { objects: varBinds.map(present) };
}

function securityOf(
  session: SnmpSession,
  credentials: SnmpCredentials,
): Pick<SnmpResult, "security"> {
  if (credentials.version !== "3" || session.engine === undefined) return {};
  const { user } = credentials;
  const { auth, priv } = user;
  const { id, boots, time } = session.engine;
  const legacy = [
    ...(auth !== undefined && "legacy" in AUTH_ALGORITHMS[auth.protocol] ? [auth.protocol] : []),
    ...(priv !== undefined && "legacy" in PRIV_ALGORITHMS[priv.protocol] ? [priv.protocol] : []),
  ];
  return {
    security: {
      user: user.name,
      level: levelOf(user),
      ...(auth === undefined ? {} : { authProtocol: auth.protocol }),
      ...(priv === undefined ? {} : { privProtocol: priv.protocol }),
      engineId: Buffer.from(id).toString("hex"),
      engineBoots: boots,
      engineTimeS: time,
      ...(legacy.length === 0 ? {} : { legacy }),
    },
  };
}

/** Agents do not answer what they do not trust: the likely cause is told with the timeout. */
function silence(
  error: unknown,
  label: string,
  credentials: SnmpCredentials,
  requests: number,
): unknown {
  if (!(error instanceof ProbeError) || error.code !== "timeout" || requests > 2) return error;
  const cause = credentials.version !== "3"
    ? "; a wrong community is not answered either"
    : requests > 1 && credentials.user.priv !== undefined
    ? " after the discovery; a wrong privacy passphrase or protocol is not answered by many agents"
    : "";
  return new ProbeError("timeout", `${label}: no answer by SNMP${cause}`, error);
}
