/** TLS against openssl's server: every wrong kind of certificate, versions, client certificates. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { makePki } from "../../../lib/probe/lab/_pki.ts";
import { freePorts, startServer } from "../../../lib/probe/lab/start.ts";
import type { LabServer, RunningServer } from "../../../lib/probe/lab/types.ts";
import { tls, type TlsProbeOptions } from "../../../lib/probe/protocols/tls.ts";
import { TlsResultSchema } from "../../../lib/probe/results.ts";
import { secret } from "../../../lib/probe/secret.ts";
import { missingPeers } from "../../peers/_peers.ts";
import { ask } from "../_probe.ts";
import { serveTcp } from "../_servers.ts";

const why = missingPeers({ openssl: "openssl" });

/** openssl s_server with a certificate of the folder. */
function openssl(folder: string, certificate: string, args: readonly string[] = []): LabServer {
  return {
    name: `openssl-${certificate}`,
    title: "TLS server for tests",
    needs: { openssl: "openssl" },
    ports: { tls: 0 },
    prepare: ({ ports, programs }) =>
      Promise.resolve({
        argv: [
          programs.openssl!,
          ...["s_server", "-accept", `127.0.0.1:${ports.tls}`, "-www"],
          ...["-cert", join(folder, `${certificate}.pem`)],
          ...["-key", join(folder, `${certificate}.key`), ...args],
        ],
        ready: { kind: "tcp", port: ports.tls! },
        endpoints: [],
      }),
  };
}

describe("tls", { ignore: why !== undefined }, () => {
  let folder: string;
  let ca: string;

  beforeAll(async () => {
    folder = await Deno.makeTempDir({ prefix: "versus-test-" });
    const pki = await makePki("openssl", folder);
    const names = ["DNS:localhost", "IP:127.0.0.1"];
    await pki.issue("good", { names });
    await pki.issue("client", { names });
    await pki.issue("expired", { names, from: "20200101000000Z", to: "20200201000000Z" });
    await pki.issue("future", { names, from: "20400101000000Z", to: "20410101000000Z" });
    await pki.issue("other", { names: ["DNS:other.example", "IP:192.0.2.9"] });
    await pki.issue("between", { names: [], authority: true });
    await pki.issue("leaf", { names, issuer: "between" });
    await pki.selfSign("self", names);
    ca = await Deno.readTextFile(join(folder, "ca.pem"));
  });

  afterAll(async () => {
    await Deno.remove(folder, { recursive: true });
  });

  async function server(certificate: string, ...args: string[]): Promise<RunningServer> {
    const ports = await freePorts(["tls"]);
    return await startServer(openssl(folder, certificate, args), { ports });
  }

  async function probed(
    running: RunningServer,
    options: Partial<TlsProbeOptions> = {},
    host = "localhost",
  ) {
    const target = `${host}:${running.ports.tls}`;
    return await ask(tls, target, { verify: true, ca, ...options });
  }

  it("tells version, cipher, ALPN, chain and days, as openssl s_client does", async () => {
    await using running = await server("good", "-alpn", "h2,http/1.1");
    const { result, sample } = await probed(running, { alpn: ["h2", "http/1.1"] });
    v.assert(TlsResultSchema, result);
    const { stdout } = await new Deno.Command("openssl", {
      args: [
        ...["s_client", "-connect", `127.0.0.1:${running.ports.tls}`, "-servername", "localhost"],
        ...["-alpn", "h2,http/1.1", "-CAfile", join(folder, "ca.pem")],
      ],
      stdin: "null",
      stderr: "null",
    }).output();
    const text = new TextDecoder().decode(stdout);
    expect(text).toContain(`New, ${result.version}, Cipher is ${result.cipher}`);
    expect(text).toContain(`ALPN protocol: ${result.alpn}`);
    expect(text).toContain("Verify return code: 0 (ok)");
    expect(result.verified).toBe(true);
    expect(result.chain.map(({ subject }) => subject)).toEqual([
      ...["CN=good", "CN=versus lab authority"],
    ]);
    expect(result.chain[0]).toMatchObject({
      names: ["DNS:localhost", "IP Address:127.0.0.1"],
      key: "ec prime256v1",
    });
    expect(Math.round(result.daysLeft)).toBe(30);
    expect(Object.keys(sample.phases)).toEqual(["resolveMs", "connectMs", "tlsMs"]);
  });

  it("checks an address against the addresses of a certificate", async () => {
    await using running = await server("good");
    expect((await probed(running, {}, "127.0.0.1")).result?.verified).toBe(true);
    await using other = await server("other");
    expect((await probed(other, {}, "127.0.0.1")).code).toBe("tls-name");
  });

  for (
    const [certificate, code] of [
      ["expired", "tls-expired"],
      ["future", "tls-not-yet-valid"],
      ["other", "tls-name"],
      ["self", "tls-self-signed"],
      // Its issuer is not sent.
      ["leaf", "tls-untrusted"],
    ] as const
  ) {
    it(`says ${code} for the certificate "${certificate}", and shows it only with verify off`, async () => {
      await using running = await server(certificate);
      const { code: found, result } = await probed(running);
      expect([found, result]).toEqual([code, undefined]);
      const insecure = await probed(running, { verify: false });
      expect([insecure.code, insecure.result?.verified]).toEqual([undefined, false]);
      expect(insecure.result?.problem).toMatch(new RegExp(`^${code}: `));
      expect(insecure.result?.chain[0]?.subject).toBe(`CN=${certificate}`);
    });
  }

  it("says tls-untrusted for an authority that is not trusted", async () => {
    await using running = await server("good");
    const { ca: _, ...options } = { ca, verify: true };
    const target = `localhost:${running.ports.tls}`;
    expect((await ask(tls, target, options)).code).toBe("tls-untrusted");
  });

  it("follows a chain that is sent", async () => {
    await using running = await server("leaf", "-cert_chain", join(folder, "between.pem"));
    const { result } = await probed(running);
    expect(result?.chain.map(({ subject }) => subject)).toEqual([
      ...["CN=leaf", "CN=between", "CN=versus lab authority"],
    ]);
  });

  it("asks for another name where that is wanted", async () => {
    await using running = await server("other");
    const { result } = await probed(running, { serverName: "other.example" });
    expect([result?.verified, result?.serverName]).toEqual([true, "other.example"]);
  });

  for (const version of ["-tls1_2", "-tls1_3"]) {
    it(`needs a client certificate where the server wants one (${version})`, async () => {
      const verify = ["-Verify", "1", "-verify_return_error", "-CAfile", join(folder, "ca.pem")];
      await using running = await server("good", version, ...verify);
      const missing = await probed(running);
      // With TLS 1.2 openssl only says that the handshake failed.
      const expected = version === "-tls1_3" ? "tls-client-certificate" : "tls-protocol";
      expect([
        missing.code,
        /client certificate|CertificateRequired/.test(
          missing.sample.error!.message,
        ),
      ]).toEqual([expected, true]);
      const read = (name: string) => Deno.readTextFileSync(join(folder, name));
      const own = { cert: read("client.pem"), key: secret(read("client.key")) };
      expect((await probed(running, own)).result?.verified).toBe(true);
      const wrong = { cert: read("self.pem"), key: secret(read("self.key")) };
      expect((await probed(running, wrong)).code).toBe("tls-client-certificate");
    });
  }

  it("finds which versions a server takes", async () => {
    await using modern = await server("good");
    const accepted = async (running: RunningServer) =>
      (await probed(running, { allVersions: true })).result?.versions
        ?.filter(({ accepted }) => accepted).map(({ version }) => version);
    expect(await accepted(modern)).toEqual(["TLSv1.2", "TLSv1.3"]);
    await using old = await server("good", "-no_tls1_3", "-cipher", "ALL:@SECLEVEL=0");
    expect(await accepted(old)).toEqual(["TLSv1", "TLSv1.1", "TLSv1.2"]);
  });

  it("takes no version outside of what is asked for", async () => {
    await using running = await server("good", "-tls1_2");
    expect((await probed(running, { minVersion: "TLSv1.3" })).code).toBe("tls-protocol");
    expect((await probed(running, { maxVersion: "TLSv1.2" })).result?.version).toBe("TLSv1.2");
  });

  const faults: readonly (readonly [string, string, Parameters<typeof serveTcp>[0]])[] = [
    [
      "a peer that speaks HTTP",
      "tls-protocol",
      (s) => void s.end("HTTP/1.1 400 Bad Request\r\n\r\n"),
    ],
    [
      "a peer that sends garbage",
      "tls-protocol",
      (s) => void s.write(new Uint8Array(600).fill(0x99)),
    ],
    ["a peer that closes at once", "closed", (s) => void s.end()],
    ["a peer that resets", "reset", (s) => void s.resetAndDestroy()],
    ["a silent peer", "timeout", () => {}],
    ["half of a handshake", "timeout", (s) => void s.write(new Uint8Array([22, 3, 3, 0, 80, 2]))],
  ];
  for (const [what, code, behave] of faults) {
    it(`says ${code} for ${what}`, async () => {
      await using faulty = await serveTcp(behave);
      const { code: found } = await ask(tls, faulty.target, { verify: true, ca }, {
        timeoutMs: 500,
      });
      // A close may be seen as a reset, by what the runtime had sent before.
      if (code === "closed") expect(["closed", "reset"]).toContain(found);
      else expect(found).toBe(code);
    });
  }
});
