/** NETCONF over SSH: hello, capabilities, get and get-config. */
import { Buffer } from "node:buffer";
import { readReply, writeRpc } from "../netconf/messages.ts";
import { NETCONF_PORT, openNetconf } from "../netconf/session.ts";
import type { NetconfOptions, NetconfResult } from "../netconf/types.ts";
import { redactAll } from "../netconf/redact.ts";
import { redact } from "../secret.ts";
import { accessOf } from "../ssh/target.ts";
import { warmUpSsh } from "../ssh/warm_up.ts";
import type { Attempt, Protocol } from "../types.ts";

/** NETCONF. */
export const netconf: Protocol<NetconfOptions, NetconfResult> = {
  name: "netconf",
  title: "Open a NETCONF session, read configuration and state",
  defaultPort: NETCONF_PORT,
  prepare: (options) => warmUpSsh(options),
  async open(target, options, attempt) {
    const { query, maxBytes, raw } = options;
    const session = await openNetconf(target, accessOf(options, target), maxBytes, attempt);
    let id = 0;
    return {
      get reusable() {
        return query !== undefined && session.alive;
      },
      async request(attempt: Attempt): Promise<NetconfResult> {
        const { banner, hostKey, negotiated, weak } = session.ssh.info;
        const base = {
          banner,
          weak,
          ...(hostKey === undefined ? {} : { hostKey }),
          ...(negotiated === undefined ? {} : { negotiated }),
          base: session.base,
          sessionId: session.hello.sessionId,
          capabilities: session.hello.capabilities,
        };
        if (query === undefined) return base;
        id++;
        const message = await session.ask(writeRpc(id, query, session.hello), attempt);
        const { data, warnings } = readReply(message, id);
        return {
          ...base,
          reply: {
            operation: query.operation,
            bytes: Buffer.byteLength(message),
            data: redactAll(data),
            warnings,
            ...(raw ? { xml: redact(message) } : {}),
          },
        };
      },
      [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
    };
  },
};
