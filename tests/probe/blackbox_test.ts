/** The same targets asked by blackbox_exporter: who answers, and what. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { bind } from "../../lib/probe/lab/bind.ts";
import { nginx } from "../../lib/probe/lab/nginx.ts";
import { startServer } from "../../lib/probe/lab/start.ts";
import type { LabServer, RunningServer } from "../../lib/probe/lab/types.ts";
import { dns } from "../../lib/probe/protocols/dns.ts";
import { http } from "../../lib/probe/protocols/http.ts";
import { tcp } from "../../lib/probe/protocols/tcp.ts";
import { tls } from "../../lib/probe/protocols/tls.ts";
import { missingServers } from "../peers/_peers.ts";
import { ask } from "./_probe.ts";
import { closedPort } from "./_servers.ts";

/** The exporter, with a module for each protocol. */
function blackbox(caFile: string): LabServer {
  return {
    name: "blackbox",
    title: "Prometheus' exporter of probes",
    needs: { "prometheus-blackbox-exporter": "prometheus-blackbox-exporter" },
    ports: { web: 0 },
    async prepare({ folder, ports, programs }) {
      const file = join(folder, "blackbox.yaml");
      await Deno.writeTextFile(
        file,
        `modules:
  tcp: { prober: tcp, timeout: 3s }
  tls: { prober: tcp, timeout: 3s, tcp: { tls: true, tls_config: { ca_file: ${caFile} } } }
  http: { prober: http, timeout: 3s, http: { preferred_ip_protocol: ip4, tls_config: { ca_file: ${caFile} } } }
  dns: { prober: dns, timeout: 3s, dns: { query_name: r1.lab.test, query_type: A, preferred_ip_protocol: ip4 } }
`,
      );
      return {
        argv: [
          programs["prometheus-blackbox-exporter"]!,
          `--config.file=${file}`,
          `--web.listen-address=127.0.0.1:${ports.web}`,
        ],
        ready: { kind: "tcp", port: ports.web! },
        endpoints: [],
      };
    },
  };
}

const why = missingServers(nginx, bind, blackbox(""));

describe("beside blackbox_exporter", { ignore: why !== undefined }, () => {
  let stack: AsyncDisposableStack;
  let web: RunningServer;
  let names: RunningServer;
  let exporter: RunningServer;
  let ca: string;

  beforeAll(async () => {
    stack = new AsyncDisposableStack();
    web = stack.use(await startServer(nginx));
    names = stack.use(await startServer(bind));
    const caFile = join(web.folder, "ca.pem");
    ca = await Deno.readTextFile(caFile);
    exporter = stack.use(await startServer(blackbox(caFile)));
  });

  afterAll(async () => {
    await stack.disposeAsync();
  });

  /** What the exporter says: metrics without labels. */
  async function exported(module: string, target: string): Promise<Record<string, number>> {
    const query = new URLSearchParams({ module, target });
    const url = `http://127.0.0.1:${exporter.ports.web}/probe?${query}`;
    const lines = (await (await fetch(url)).text()).split("\n");
    return Object.fromEntries(
      lines.map((line) => line.split(" ")).filter(([name]) => /^[a-z_]+$/.test(name ?? ""))
        .map(([name, value]) => [name, Number(value)]),
    );
  }

  it("agrees about ports", async () => {
    for (const port of [web.ports.http!, await closedPort()]) {
      const target = `127.0.0.1:${port}`;
      const { probe_success: expected } = await exported("tcp", target);
      const { sample } = await ask(tcp, target, { banner: false });
      expect(Number(sample.ok)).toBe(expected);
    }
  });

  it("agrees about certificates, and the day on which they expire", async () => {
    const good = `localhost:${web.ports.https}`;
    const { probe_success, probe_ssl_earliest_cert_expiry: expiry } = await exported("tls", good);
    const { result } = await ask(tls, good, { verify: true, ca });
    expect(probe_success).toBe(1);
    const earliest = Math.min(...result!.chain.map(({ validTo }) => Date.parse(validTo)));
    expect(earliest / 1000).toBe(expiry);
    // It is for localhost and 127.0.0.1.
    const wrong = `127.0.0.2:${web.ports.https}`;
    expect((await exported("tls", wrong)).probe_success).toBe(0);
  });

  it("agrees about web pages", async () => {
    for (const path of ["/", "/redirect/2", "/status/404", "/status/500", "/large.txt"]) {
      const url = `https://localhost:${web.ports.https}${path}`;
      const expected = await exported("http", url);
      const { result, sample } = await ask(http, url, {
        ...{ method: "GET", path: "/", https: false, version: "auto", headers: {}, redirects: 5 },
        ...{ maxBodyBytes: 1e8, failOnStatus: true, tls: { verify: true, ca } },
      });
      expect({
        success: Number(sample.ok),
        status: result?.status,
        version: Number(result?.version),
        redirects: result?.redirects.length,
      }).toEqual({
        success: expected.probe_success,
        status: expected.probe_http_status_code,
        version: expected.probe_http_version,
        redirects: expected.probe_http_redirects,
      });
    }
  });

  it("agrees about names", async () => {
    const target = `127.0.0.1:${names.ports.dns}`;
    const expected = await exported("dns", target);
    const { result, sample } = await ask(dns, target, {
      ...{ transport: "udp", tcpFallback: true, failOnCode: true, tls: { verify: true } },
      question: { name: "r1.lab.test", type: "A", recurse: true, dnssec: false },
    });
    expect([Number(sample.ok), result?.answers.length]).toEqual([
      ...[expected.probe_success, expected.probe_dns_answer_rrs],
    ]);
  });
});
