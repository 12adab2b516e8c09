/** The gNMI target and OpenConfig's own client, built with Go from this folder's module. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makePki } from "../../../lib/probe/lab/_pki.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import type { LabServer, RunningServer } from "../../../lib/probe/lab/types.ts";
import type { GrpcAccess } from "../../../lib/probe/grpc/types.ts";

const SOURCE = fileURLToPath(new URL("./target/", import.meta.url));
const BUILD_LIMIT_MS = 120_000;

/** What was built, or why it can't be. */
export type Built = { readonly folder: string } | { readonly missing: string };

let built: Promise<Built> | undefined;

/** Builds both programs, once for the process; the folder is removed when it ends. */
export function buildTarget(): Promise<Built> {
  return built ??= build();
}

async function build(): Promise<Built> {
  const folder = await Deno.makeTempDir({ prefix: "versus-gnmi-" });
  globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
  try {
    const { success, stderr } = await new Deno.Command("go", {
      args: ["build", "-o", `${folder}/`, ".", "github.com/openconfig/gnmi/cmd/gnmi_cli"],
      cwd: SOURCE,
      // Whatever else is needed would be a surprise.
      env: { GOFLAGS: "-mod=readonly", GOTOOLCHAIN: "local" },
      signal: AbortSignal.timeout(BUILD_LIMIT_MS),
    }).output();
    if (success) return { folder };
    return { missing: `go build: ${new TextDecoder().decode(stderr).trim().slice(-300)}` };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { missing: "go is not installed" };
    throw error;
  }
}

/** Who may ask a target that asks who one is. */
export const LOGIN = { user: "lab", password: crypto.randomUUID() };

/**
 * The target as a server of the lab.
 *
 * @param folder Where it was built.
 * @param secure Whether it uses TLS, with the certificate of an authority of its own, and a login.
 */
export function gnmiServer(folder: string, secure: boolean): LabServer {
  return {
    name: "gnmi-target",
    title: "gNMI target over the interfaces of this machine",
    needs: secure ? { openssl: "openssl" } : {},
    ports: { gnmi: 9339 },
    async prepare({ folder: own, ports, programs }) {
      const port = ports["gnmi"]!;
      const program = join(folder, "gnmi-target");
      const ready = { kind: "tcp" as const, port };
      const plain = { argv: [program, "-port", String(port)] as [string, ...string[]], ready };
      if (!secure) return { ...plain, endpoints: [] };
      const pki = await makePki(programs["openssl"]!, own);
      await pki.issue("server", { names: ["DNS:localhost", "IP:127.0.0.1"] });
      const files = ["-cert", join(own, "server.pem"), "-key", join(own, "server.key")];
      return {
        argv: [...plain.argv, ...files],
        env: { GNMI_USER: LOGIN.user, GNMI_PASSWORD: LOGIN.password },
        ready,
        endpoints: [],
      };
    },
  };
}

/** A target that runs. */
export async function startTarget(
  folder: string,
  secure = false,
): Promise<RunningServer & { readonly address: string }> {
  const server = await startServer(gnmiServer(folder, secure));
  return Object.assign(server, { address: `127.0.0.1:${server.ports["gnmi"]}` });
}

/** Access without TLS and without a login. */
export const PLAIN: GrpcAccess = {
  plaintext: true,
  tls: { verify: true },
  metadata: {},
  maxBytes: 1_000_000,
};

/** Asks with OpenConfig's own client. */
export async function gnmiCli(folder: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(join(folder, "gnmi_cli"), { args })
    .output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`gnmi_cli: ${decoder.decode(stderr)}`);
  // Go's text form has one space or two, at random, so that nobody relies on it.
  return decoder.decode(stdout).replace(/: {2}/g, ": ");
}
