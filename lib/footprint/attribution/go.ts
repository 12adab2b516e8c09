/**
 * Go: the module cache, the build cache, and the standard library.
 *
 * Source: the Go Modules Reference, "Module cache" (capital letters are written as `!` and the small one)
 * and "GOPROXY protocol".
 */
import { foldersAbove, isWithin, remember } from "./_files.ts";
import {
  type Attribution,
  belongsTo,
  packageRef,
  type Rule,
  type RuleContext,
  runtimeFile,
} from "./types.ts";

/** Undoes the escape of capital letters. */
function unescape(text: string): string {
  return text.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function module(path: string, version: string | undefined): Attribution {
  const name = unescape(path);
  const plain = version === undefined ? undefined : unescape(version);
  const toolchain = name === "golang.org/toolchain"
    ? /^v\d+\.\d+\.\d+-go([\d.]+(?:rc\d+)?)\./.exec(plain ?? "")
    : null;
  if (toolchain !== null) return runtimeFile("go", "toolchain", toolchain[1], "go-module-cache");
  return belongsTo(packageRef("go", name, plain), "go-module-cache");
}

/** Makes the rule. */
export function go(context: RuleContext): Rule {
  const { files, env, home } = context;
  const paths = (env["GOPATH"] ?? `${home}/go`).split(":").filter((path) => path !== "");
  const moduleCaches = [env["GOMODCACHE"], ...paths.map((path) => `${path}/pkg/mod`)]
    .filter((folder) => folder !== undefined && folder !== "") as string[];
  const cacheHome = env["XDG_CACHE_HOME"] || `${home}/.cache`;
  const buildCaches = [
    env["GOCACHE"] || `${cacheHome}/go-build`,
    `${home}/Library/Caches/go-build`,
  ];

  function inModuleCache(rest: string): Attribution {
    const download =
      /^cache\/download\/(.+)\/@v\/(?:(v[^/]+)\.(?:zip|mod|info|ziphash|lock|partial))?/
        .exec(rest);
    if (download !== null) return module(download[1]!, download[2]);
    const extracted = /^((?:[^/@]+\/)*[^/@]+)@(v[^/]+)(?:\/|$)/.exec(rest);
    if (extracted !== null) return module(extracted[1]!, extracted[2]);
    return { owner: "go:cache", rule: "go-module-cache" };
  }

  /** The version of a folder that is a GOROOT: it has a file VERSION that says so. */
  const rootVersion = remember((folder: string): string | undefined => {
    if (!files.has(`${folder}/VERSION`)) return undefined;
    return /^go(\d+\.\d+\S*)/.exec(files.text(`${folder}/VERSION`) ?? "")?.[1];
  });

  return {
    find(path) {
      const cache = moduleCaches.find((folder) => isWithin(path, folder));
      if (cache !== undefined) return inModuleCache(path.slice(cache.length + 1));
      if (buildCaches.some((folder) => isWithin(path, folder))) {
        return { owner: "go:build-cache", rule: "go-build-cache" };
      }
      for (const folder of foldersAbove(path)) {
        const version = rootVersion(folder);
        if (version === undefined) continue;
        const part = isWithin(path, `${folder}/src`) ? "stdlib" : "toolchain";
        return runtimeFile("go", part, version, "go-root");
      }
      return undefined;
    },
  };
}
