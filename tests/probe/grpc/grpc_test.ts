import { Buffer } from "node:buffer";
import { expect } from "@std/expect";
import * as js from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { GrpcResultSchema } from "../../../lib/probe/grpc/schema.ts";
import type { GrpcOptions } from "../../../lib/probe/grpc/types.ts";
import { etcd } from "../../../lib/probe/lab/etcd.ts";
import { gobgpd } from "../../../lib/probe/lab/gobgpd.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import type { RunningServer } from "../../../lib/probe/lab/types.ts";
import { grpc } from "../../../lib/probe/protocols/grpc.ts";
import { REFLECTIONS } from "../../../lib/probe/protos/reflection.ts";
import { missingServers } from "../../peers/_peers.ts";
import { ask } from "../_probe.ts";
import { closedPort, serveTcp } from "../_servers.ts";

const HEALTH: GrpcOptions = {
  plaintext: true,
  tls: { verify: true },
  metadata: {},
  maxBytes: 1_000_000,
  operation: "health",
  service: "",
};
const LIST: GrpcOptions = { ...HEALTH, operation: "list" };

describe("grpc with etcd and GoBGP", { ignore: missingServers(etcd, gobgpd) !== undefined }, () => {
  let store: RunningServer;
  let router: RunningServer;
  beforeAll(async () => {
    [store, router] = await Promise.all([startServer(etcd), startServer(gobgpd)]);
  });
  afterAll(async () => {
    await store?.[Symbol.asyncDispose]();
    await router?.[Symbol.asyncDispose]();
  });

  /** What grpc-js, an implementation of its own, is answered. */
  function theirs(server: RunningServer, service: string): Promise<string> {
    const client = new js.Client(
      `127.0.0.1:${server.ports["grpc"]}`,
      js.credentials.createInsecure(),
    );
    const name = Buffer.from(service);
    const request = service === "" ? [] : [0x0a, name.length, ...name];
    return new Promise((resolve) => {
      client.makeUnaryRequest(
        "/grpc.health.v1.Health/Check",
        (bytes: Buffer) => bytes,
        (bytes: Buffer) => bytes,
        Buffer.from(request),
        (error: js.ServiceError | null, value?: Buffer) => {
          client.close();
          resolve(error === null ? value!.toString("hex") : js.status[error.code]!);
        },
      );
    });
  }

  it("asks for health, as grpc-js does", async () => {
    const { result, sample } = await ask(grpc, `127.0.0.1:${store.ports["grpc"]}`, HEALTH);
    v.assert(GrpcResultSchema, result);
    expect(result).toEqual({ weak: ["cleartext"], health: { service: "", status: "SERVING" } });
    expect(await theirs(store, "")).toBe("0801");
    const { phases, totalMs } = sample;
    expect(Object.keys(phases)).toEqual([
      ...["connectMs", "requestMs", "firstByteMs", "transferMs"],
    ]);
    expect(Object.values(phases).reduce((a, b) => a + b)).toBeLessThanOrEqual(totalMs + 0.01);
  });

  it("says that a service is not known, as grpc-js is told", async () => {
    const options = { ...HEALTH, service: "no.such.Service" };
    const { code, sample } = await ask(grpc, `127.0.0.1:${store.ports["grpc"]}`, options);
    expect(code).toBe("remote-error");
    expect(sample.error!.message).toContain("NOT_FOUND");
    expect(await theirs(store, "no.such.Service")).toBe("NOT_FOUND");
  });

  it("says that a server has no service of health or reflection, as grpc-js is told", async () => {
    for (const options of [HEALTH, LIST]) {
      const { code, sample } = await ask(grpc, `127.0.0.1:${router.ports["grpc"]}`, options);
      expect(code).toBe("not-supported");
      expect(sample.error!.message).toContain("UNIMPLEMENTED");
    }
    expect(await theirs(router, "")).toBe("UNIMPLEMENTED");
  });
});

/** A server of grpc-js with one method. */
async function serve(
  path: string,
  answer: (call: js.ServerDuplexStream<Buffer, Buffer>) => void,
): Promise<{ target: string } & AsyncDisposable> {
  const server = new js.Server();
  const raw = (bytes: Buffer) => bytes;
  server.addService({
    method: {
      path,
      requestStream: true,
      responseStream: true,
      requestSerialize: raw,
      requestDeserialize: raw,
      responseSerialize: raw,
      responseDeserialize: raw,
    },
  }, { method: answer });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(
      "127.0.0.1:0",
      js.ServerCredentials.createInsecure(),
      (error, port) => error === null ? resolve(port) : reject(error),
    );
  });
  return {
    target: `127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => {
      server.forceShutdown();
      return Promise.resolve();
    },
  };
}

const CHECK = "/grpc.health.v1.Health/Check";

describe("grpc with servers of grpc-js", () => {
  it("falls back to the older version of reflection", async () => {
    const older = REFLECTIONS[1]!.method;
    await using server = await serve(older.path, (call) => {
      call.on("data", () => {
        // list_services_response with two services.
        const services = ["b.B", "a.A"].flatMap((name) => {
          const bytes = [...Buffer.from(name)];
          return [0x0a, bytes.length + 2, 0x0a, bytes.length, ...bytes];
        });
        call.write(Buffer.from([0x32, services.length, ...services]));
      });
      call.on("end", () => call.end());
    });
    const { result } = await ask(grpc, server.target, LIST);
    expect(result!.reflection).toEqual({ version: "v1alpha", services: ["a.A", "b.B"] });
  });

  it("fails when a service does not serve, and says what it is", async () => {
    await using server = await serve(CHECK, (call) => {
      call.write(Buffer.from([0x08, 0x02]));
      call.end();
    });
    const { code, result, sample } = await ask(grpc, server.target, HEALTH);
    expect(code).toBe("remote-error");
    expect(sample.error!.message).toBe("the server is NOT_SERVING, not SERVING");
    expect(result!.health!.status).toBe("NOT_SERVING");
  });

  it("gives each status a code", async () => {
    const codes = [
      [js.status.UNAUTHENTICATED, "auth-missing"],
      [js.status.PERMISSION_DENIED, "remote-error"],
      [js.status.UNIMPLEMENTED, "not-supported"],
      [js.status.DEADLINE_EXCEEDED, "timeout"],
      [js.status.INTERNAL, "remote-error"],
    ] as const;
    for (const [status, expected] of codes) {
      await using server = await serve(CHECK, (call) => {
        call.emit("error", { code: status, details: "no: 100 % \u001b[31m" });
      });
      const { code, sample } = await ask(grpc, server.target, HEALTH);
      expect(code).toBe(expected);
      expect(sample.error!.message).toContain(`${js.status[status]}: no: 100 % \\x1b[31m`);
    }
  });

  it("refuses an answer that is too large, malformed or missing, or more than one", async () => {
    const answers: [Buffer[], string][] = [
      [[Buffer.alloc(2000)], "too-large"],
      [[Buffer.from([0x08])], "protocol"],
      [[], "protocol"],
      [[Buffer.from([0x08, 0x01]), Buffer.from([0x08, 0x01])], "protocol"],
    ];
    for (const [messages, expected] of answers) {
      await using server = await serve(CHECK, (call) => {
        for (const message of messages) call.write(message);
        call.end();
      });
      const { code } = await ask(grpc, server.target, { ...HEALTH, maxBytes: 1000 });
      expect(code).toBe(expected);
    }
  });

  it("gives up at its limit when a server stays silent, and sends that limit along", async () => {
    let limit: unknown;
    await using server = await serve(CHECK, (call) => {
      limit = call.getDeadline();
    });
    const { code, sample } = await ask(grpc, server.target, HEALTH, { timeoutMs: 200 });
    expect(code).toBe("timeout");
    expect(sample.error!.message).toMatch(/no answer within 200 ms|DEADLINE_EXCEEDED/);
    expect(limit).not.toBe(Infinity);
  });

  it("sends metadata along", async () => {
    let found: unknown;
    await using server = await serve(CHECK, (call) => {
      found = call.metadata.get("x-tenant");
      call.write(Buffer.from([0x08, 0x01]));
      call.end();
    });
    await ask(grpc, server.target, { ...HEALTH, metadata: { "x-tenant": "lab" } });
    expect(found).toEqual(["lab"]);
  });
});

describe("grpc with peers that are none", () => {
  const asked = (target: string, options = HEALTH) =>
    ask(grpc, target, options, { timeoutMs: 1000 });

  it("tells a closed port and an unknown name apart", async () => {
    expect((await asked(`127.0.0.1:${await closedPort()}`)).code).toBe("refused");
    expect((await asked("no-such-host.invalid:1")).code).toMatch(/^dns-/);
  });

  it("names what speaks something else, or nothing, or goes away", async () => {
    const behaviours: [Parameters<typeof serveTcp>[0], RegExp][] = [
      [(socket) => void socket.write("SSH-2.0-lab\r\n"), /^(protocol|closed)$/],
      [(socket) => void socket.end(), /^(closed|reset)$/],
      [(socket) => void socket.once("data", () => socket.resetAndDestroy()), /^(closed|reset)$/],
      [() => {}, /^timeout$/],
    ];
    for (const [behave, expected] of behaviours) {
      await using server = await serveTcp(behave);
      expect((await asked(server.target)).code).toMatch(expected);
    }
  });

  it("names a web server that is none of gRPC", async () => {
    const { createServer } = await import("node:http2");
    for (const [status, expected] of [[200, "protocol"], [404, "not-supported"]] as const) {
      const server = createServer((_request, response) => {
        response.writeHead(status, { "content-type": "text/html" });
        response.end("<html>");
      });
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
      const { port } = server.address() as { port: number };
      expect((await asked(`127.0.0.1:${port}`)).code).toBe(expected);
      server.close();
    }
  });
});
