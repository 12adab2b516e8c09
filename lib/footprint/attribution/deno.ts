/**
 * Deno's cache: npm packages, JSR packages and modules by address, and what Deno keeps for itself.
 *
 * A cached module's name is the digest of its address; Deno writes the address into the file's last line
 * (`// denoCacheMetadata=…`). Observed with Deno 1.46, 2.0 and 2.9.
 */
import { isWithin, remember } from "./_files.ts";
import { type Attribution, belongsTo, packageRef, type Rule, type RuleContext } from "./types.ts";

/** How much of a file's end is read for the address: it holds the answer's headers too. */
const TAIL = 64 * 1024;

/** The address of a cached module. */
function addressOf(tail: string | undefined): string | undefined {
  const at = tail?.lastIndexOf("// denoCacheMetadata=") ?? -1;
  if (at === -1) return undefined;
  try {
    const json = tail!.slice(at + "// denoCacheMetadata=".length).split("\n")[0]!;
    const value = JSON.parse(json) as { url?: unknown } | null;
    return typeof value?.url === "string" ? value.url : undefined;
  } catch {
    // A file that was not written to its end.
    return undefined;
  }
}

/** Makes the rule. */
export function deno(context: RuleContext): Rule {
  const { files, env, home } = context;
  const caches = [
    env["DENO_DIR"],
    env["XDG_CACHE_HOME"] && `${env["XDG_CACHE_HOME"]}/deno`,
    `${home}/.cache/deno`,
    `${home}/Library/Caches/deno`,
  ].filter((folder) => folder !== undefined && folder !== "") as string[];

  function npmPackage(rest: string): Attribution {
    const match = /^[^/]+\/((?:@[^/]+\/)?[^/@]+)\/(\d+\.\d+\.\d+[^/]*)(?:\/|$)/.exec(rest);
    // A registry's list of versions is about a package, but of none.
    if (match === null) return { owner: "deno:cache", rule: "deno-cache" };
    // Copies of a package for other peers have `_1` behind their version.
    const version = match[2]!.replace(/_\d+$/, "");
    return belongsTo(packageRef("npm", match[1]!, version), "deno-npm-cache");
  }

  function module(address: string): Attribution {
    const { host, pathname } = new URL(address);
    // JSR's own shape of addresses, on whatever host it is served: /@scope/name/1.2.3/mod.ts.
    const jsr = /^\/(@[^/]+\/[^/]+)\/(?:(\d+\.\d+\.\d+[^/]*?)(?:_meta\.json$|\/)|meta\.json$)/
      .exec(pathname);
    if (jsr !== null) {
      return jsr[2] === undefined
        ? { owner: "deno:cache", rule: "deno-cache" }
        : belongsTo(packageRef("jsr", jsr[1]!, jsr[2]), "deno-jsr-cache");
    }
    const named = /^\/(?:x\/)?[^/]+/.exec(pathname)?.[0] ?? "";
    return { owner: `url:${host}${named}`, rule: "deno-remote-cache" };
  }

  const remote = remember((path: string): Attribution => {
    const address = addressOf(files.tail(path, TAIL));
    return address !== undefined && URL.canParse(address)
      ? module(address)
      : { owner: "deno:cache", rule: "deno-cache" };
  });

  return {
    find(path) {
      const cache = caches.find((folder) => isWithin(path, folder));
      if (cache === undefined) return undefined;
      const rest = path.slice(cache.length + 1);
      if (rest.startsWith("npm/")) return npmPackage(rest.slice("npm/".length));
      if (/^(?:remote|deps)\/https?\//.test(rest)) return remote(path);
      // What Deno compiled lies below gen/, under the name of its source.
      const compiled = /^gen\/(https?|file)(\/.*)\.(?:js|map|meta|buildinfo)$/.exec(rest);
      if (compiled?.[1] === "file") {
        const owner = context.attribute(compiled[2]!);
        if (owner.owner !== undefined) return { ...owner, rule: "deno-compiled" };
      } else if (compiled !== null) {
        const source = `${cache}/remote/${compiled[1]}${compiled[2]}`;
        if (files.has(source)) return { ...remote(source), rule: "deno-compiled" };
      }
      return { owner: "deno:cache", rule: "deno-cache" };
    },
  };
}
