/** An npm registry on this machine, with packages made in a test, for npm and Deno. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { run, scratch, writeFiles } from "./_support.ts";

/** What a version of a package holds. */
export interface NpmPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly bin?: string;
  readonly files: Readonly<Record<string, string>>;
}

/** A registry that is serving. */
export interface NpmServer extends AsyncDisposable {
  readonly url: string;
  /** The archives, by `name@version`. */
  readonly archives: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

async function pack(
  manifest: object,
  files: NpmPackage["files"],
): Promise<Uint8Array<ArrayBuffer>> {
  using work = scratch();
  writeFiles(join(work.path, "package"), { "package.json": JSON.stringify(manifest), ...files });
  await run("tar", ["-czf", "out.tgz", "package"], { cwd: work.path });
  return Deno.readFileSync(join(work.path, "out.tgz"));
}

/** Starts the registry on a free port of this machine. */
export async function serveNpm(
  packages: Readonly<Record<string, Readonly<Record<string, NpmPackage>>>>,
): Promise<NpmServer> {
  const archives = new Map<string, Uint8Array<ArrayBuffer>>();
  const documents = new Map<string, (origin: string) => object>();
  for (const [name, versions] of Object.entries(packages)) {
    const manifests = new Map<string, { manifest: object; integrity: string; file: string }>();
    for (const [version, { dependencies = {}, bin, files }] of Object.entries(versions)) {
      const manifest = {
        ...{ name, version, main: "index.js", dependencies },
        ...(bin === undefined ? {} : { bin: { [bin]: "index.js" } }),
      };
      const archive = await pack(manifest, files);
      archives.set(`${name}@${version}`, archive);
      const integrity = `sha512-${createHash("sha512").update(archive).digest("base64")}`;
      const file = `${name.split("/").at(-1)}-${version}.tgz`;
      manifests.set(version, { manifest, integrity, file });
    }
    documents.set(name, (origin) => ({
      name,
      "dist-tags": { latest: Object.keys(versions).at(-1) },
      versions: Object.fromEntries(
        [...manifests].map(([version, { manifest, integrity, file }]) => [
          version,
          { ...manifest, dist: { tarball: `${origin}/${name}/-/${file}`, integrity } },
        ]),
      ),
    }));
  }
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { pathname, origin } = new URL(request.url);
    const path = decodeURIComponent(pathname.slice(1));
    const document = documents.get(path);
    if (document !== undefined) return Response.json(document(origin));
    const match = /^((?:@[^/]+\/)?[^/]+)\/-\/.+?-(\d+\.\d+\.\d+)\.tgz$/.exec(path);
    const archive = match === null ? undefined : archives.get(`${match[1]}@${match[2]}`);
    return archive === undefined ? new Response("", { status: 404 }) : new Response(archive);
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    archives,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
