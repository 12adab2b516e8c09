/**
 * A JSR registry on this machine, with two small packages, for Deno's own `JSR_URL`.
 *
 * `deno run -A _jsr.ts COMMAND...` runs a command against it.
 */
import { encodeHex } from "./_hex.ts";

const PACKAGES: Record<string, Record<string, Record<string, string>>> = {
  "@fixture/greet": {
    "1.0.0": { "/mod.ts": 'export const word: string = "hello";\n' },
    "1.2.0": {
      "/mod.ts": 'import { loud } from "jsr:@fixture/loud@^2";\n' +
        'export const word: string = loud("hello");\n',
    },
  },
  "@fixture/loud": {
    "2.0.1": {
      "/mod.ts": "export function loud(text: string): string {\n  return text.toUpperCase();\n}\n",
    },
  },
};

async function digest(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  return encodeHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

async function answer(path: string): Promise<Response> {
  const [, scope, name, rest = "", ...more] = path.split("/");
  const versions = PACKAGES[`${scope}/${name}`];
  if (versions === undefined) return new Response("", { status: 404 });
  if (rest === "meta.json") {
    const all = Object.fromEntries(Object.keys(versions).map((version) => [version, {}]));
    return Response.json({
      scope: scope!.slice(1),
      name,
      latest: Object.keys(all).at(-1),
      versions: all,
    });
  }
  const files = versions[rest.replace(/_meta\.json$/, "")];
  if (files === undefined) return new Response("", { status: 404 });
  if (rest.endsWith("_meta.json")) {
    const manifest: Record<string, { size: number; checksum: string }> = {};
    for (const [file, text] of Object.entries(files)) {
      manifest[file] = { size: text.length, checksum: `sha256-${await digest(text)}` };
    }
    return Response.json({ manifest, exports: { ".": "./mod.ts" } });
  }
  const text = files[`/${more.join("/")}`];
  return text === undefined
    ? new Response("", { status: 404 })
    : new Response(text, { headers: { "content-type": "text/typescript" } });
}

/** A registry that is serving. */
export interface JsrServer extends AsyncDisposable {
  /** What `JSR_URL` is to be. */
  readonly url: string;
}

/** Starts the registry on a free port of this machine. */
export function serveJsr(): JsrServer {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => answer(new URL(request.url).pathname),
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

if (import.meta.main) {
  await using server = serveJsr();
  const [program, ...args] = Deno.args;
  const child = new Deno.Command(program!, { args, env: { JSR_URL: server.url } }).spawn();
  Deno.exitCode = (await child.status).code;
}
