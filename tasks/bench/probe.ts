/** What probes cost beside others that do the same: a scan of 10,000 ports, questions to a name server. */
import { benchDns } from "./probe/dns.ts";
import { benchScan } from "./probe/scan.ts";

/** Measures both. */
export async function benchProbe(): Promise<void> {
  await benchDns();
  await benchScan();
}

if (import.meta.main) {
  // A first look: bench/probe.ts BLOCKS TIMEOUT_MS
  const [blocks, timeoutMs] = Deno.args.map(Number);
  await benchDns(blocks ?? 20);
  await benchScan(blocks, timeoutMs);
}
