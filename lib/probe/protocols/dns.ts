/** DNS by UDP, TCP and TLS: what one server answers, with the code that it answers with. */
import { decodeAnswer, type DnsQuestion, encodeQuery } from "../dns/message.ts";
import { nativeSockets } from "../_native.ts";
import { openNativeStream, openStream } from "../dns/_stream.ts";
import { type DnsTransport, openUdp } from "../dns/_udp.ts";
import { ProbeError } from "../error.ts";
import type { DnsResult, TlsResult } from "../results.ts";
import { connectTcp, overAddresses, resolveHost } from "../socket.ts";
import { connectTls, nameOf } from "../tls/connect.ts";
import { describeTls } from "../tls/describe.ts";
import type { TlsOptions } from "../tls/types.ts";
import { warmUpTls } from "../tls/warm_up.ts";
import type { Attempt, Protocol, Target } from "../types.ts";

/** How a name server is asked. */
export interface DnsOptions {
  /** How. */
  readonly transport: "udp" | "tcp" | "tls";
  /** What is asked. */
  readonly question: DnsQuestion;
  /** Whether an answer by UDP that was cut is asked for again by TCP. */
  readonly tcpFallback: boolean;
  /** Whether a code other than NOERROR, or no record, is an error; not where a code is expected. */
  readonly failOnCode: boolean;
  /** For the transport tls. */
  readonly tls: TlsOptions;
}

const PORT = 53;
const TLS_PORT = 853;

interface Opened {
  readonly transport: DnsTransport;
  readonly tls?: TlsResult;
}

/** DNS. */
export const dns: Protocol<DnsOptions, DnsResult> = {
  name: "dns",
  title: "Ask a name server by UDP, TCP or TLS",
  defaultPort: PORT,
  prepare: async ({ transport, tls }) => {
    if (transport === "tls") await warmUpTls(tls);
  },
  async open(target, options, attempt) {
    const { transport, tls } = await openTransport(target, options, attempt);
    return {
      get reusable() {
        return transport.usable;
      },
      async request(attempt) {
        const result = await ask(transport, target, options, attempt);
        return { ...result, ...(tls === undefined ? {} : { tls }) };
      },
      [Symbol.asyncDispose]() {
        transport.close();
        return Promise.resolve();
      },
    };
  },
  judge({ code, answers, name, type }, { failOnCode }) {
    if (!failOnCode) return undefined;
    if (code === "NXDOMAIN") return new ProbeError("dns-nxdomain", `${name} does not exist`);
    if (code !== "NOERROR") {
      return new ProbeError("remote-error", `the server answered ${name} ${type} with ${code}`);
    }
    return answers.length === 0
      ? new ProbeError("dns-nodata", `${name} has no record ${type}`)
      : undefined;
  },
};

async function openTransport(
  target: Target,
  { transport, tls }: DnsOptions,
  attempt: Attempt,
): Promise<Opened> {
  const { label } = target;
  if (transport === "udp") {
    const address = await resolveHost(target.host, attempt);
    return { transport: await openUdp(address, target.port ?? PORT, label, attempt) };
  }
  if (transport === "tcp") return { transport: await openTcp(target, attempt) };
  const socket = await connectTcp(target, TLS_PORT, attempt);
  const encrypted = await connectTls(socket, target, tls, attempt);
  const found = describeTls(encrypted, nameOf(target, tls));
  attempt.clock.skip();
  return { transport: openStream(encrypted, label), tls: found };
}

/** Connects through the system itself where that can be: it takes half of the time. */
async function openTcp(target: Target, attempt: Attempt): Promise<DnsTransport> {
  const { label, port = PORT } = target;
  const stream = nativeSockets()?.stream;
  const socket = stream === undefined
    ? undefined
    : await overAddresses(target.host, attempt, async (address) =>
      address.includes("%") ? undefined : await stream({ address, port, label }, attempt.signal));
  if (socket === undefined) return openStream(await connectTcp(target, PORT, attempt), label);
  attempt.clock.end("connectMs");
  return openNativeStream(socket, label);
}

async function ask(
  transport: DnsTransport,
  target: Target,
  options: DnsOptions,
  attempt: Attempt,
): Promise<DnsResult> {
  const { question } = options;
  const query = encodeQuery(crypto.getRandomValues(new Uint16Array(1))[0]!, question);
  const bytes = await transport.exchange(query, attempt);
  const answer = decodeAnswer(bytes, question, target.label);
  const base = {
    server: target.label,
    transport: options.transport,
    name: question.name,
    type: question.type,
  };
  if (options.transport !== "udp" || !options.tcpFallback || !answer.flags.includes("tc")) {
    return { ...base, ...answer };
  }
  const stream = await openTcp(target, attempt);
  try {
    const whole = decodeAnswer(await stream.exchange(query, attempt), question, target.label);
    return { ...base, ...whole, retriedByTcp: true };
  } finally {
    stream.close();
  }
}
