/** DNS by UDP and TCP: the time of a question beside that of a C client that does the same. */
import { compile } from "./_compile.ts";
import { bind } from "../../../lib/probe/lab/bind.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import { encodeQuery } from "../../../lib/probe/dns/message.ts";
import { dns } from "../../../lib/probe/protocols/dns.ts";
import { probe } from "../../../lib/probe/run.ts";
import { percentile } from "../../../lib/probe/summary.ts";
import { parseTarget } from "../../../lib/probe/target.ts";
import { summarise } from "../../../lib/stats/mod.ts";

/** Of the issue: how much more a question may take at p50, in milliseconds. */
const LIMIT_MS = 0.2;
const QUESTION = { name: "r1.lab.test", type: "A", recurse: false, dnssec: false };

/** Asks in interleaved blocks, each question on a socket of its own. */
export async function benchDns(blocks = 20, perBlock = 200): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "versus-bench-" });
  try {
    const client = await compile(folder, "dns");
    await using server = await startServer(bind);
    console.log(
      `DNS on loopback, ${blocks} blocks of ${perBlock} questions, each on a socket of its own ` +
        `(limit: ${LIMIT_MS} ms at p50 over C)`,
    );
    for (const transport of ["udp", "tcp"] as const) {
      const differences: number[] = [];
      const medians: [number, number][] = [];
      for (let block = -1; block < blocks; block++) {
        const first = block % 2 === 0;
        const a = first ? await askByC(client, transport, server.ports.dns!, perBlock) : [];
        const b = await askByVersus(transport, server.ports.dns!, perBlock);
        const c = first ? a : await askByC(client, transport, server.ports.dns!, perBlock);
        // The first block warms what there is to warm.
        if (block < 0) continue;
        medians.push([p50(b), p50(c)]);
        differences.push(p50(b) - p50(c));
      }
      const { median, low, high } = summarise(differences);
      const of = (i: 0 | 1) => summarise(medians.map((pair) => pair[i])).median.toFixed(3);
      console.log(
        `  ${transport}   versus ${of(0)} ms   C ${of(1)} ms   difference ${
          median.toFixed(3)
        } ms ` +
          `[${low.toFixed(3)}, ${high.toFixed(3)}]`,
      );
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function p50(times: readonly number[]): number {
  return percentile(times.toSorted((a, b) => a - b), 50);
}

async function askByC(
  client: string,
  transport: string,
  port: number,
  count: number,
): Promise<number[]> {
  const query = [...encodeQuery(1, QUESTION)].map((byte) => byte.toString(16).padStart(2, "0"));
  const { success, stdout } = await new Deno.Command(client, {
    args: [transport, String(port), String(count), query.join("")],
  }).output();
  if (!success) throw new Error("The C client got no answer");
  return new TextDecoder().decode(stdout).trim().split("\n").map((line) => Number(line) / 1000);
}

async function askByVersus(
  transport: "udp" | "tcp",
  port: number,
  count: number,
): Promise<number[]> {
  const times: number[] = [];
  const events = probe({
    protocol: dns,
    options: {
      ...{ transport, question: QUESTION, tcpFallback: true, failOnCode: true },
      tls: { verify: true },
    },
    targets: [parseTarget(`127.0.0.1:${port}`)],
    settings: { count, intervalMs: 0 },
  });
  for await (const event of events) {
    if (event.type !== "sample") continue;
    if (!event.sample.ok) throw new Error(event.sample.error!.message);
    times.push(event.sample.totalMs);
  }
  return times;
}
