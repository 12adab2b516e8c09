/** Programs that say themselves what they are: Go's build information, and other runtimes' own files. */
import { VersusError } from "../../error.ts";
import { readBinary } from "../binary/mod.ts";
import { foldersAbove, remember } from "./_files.ts";
import {
  type Attribution,
  belongsTo,
  packageRef,
  type Rule,
  type RuleContext,
  runtimeFile,
} from "./types.ts";

/** Makes the rule for executables that carry the name of what they were built from. */
export function executables(context: RuleContext): Rule {
  const { files } = context;

  function isExecutable(path: string): boolean {
    try {
      const info = Deno.statSync(files.onDisk(path));
      return info.isFile && ((info.mode ?? 0) & 0o111) !== 0;
    } catch {
      // Gone, or not for us to see: nothing to read a name from.
      return false;
    }
  }

  return {
    find(path): Attribution | undefined {
      if (!isExecutable(path)) return undefined;
      try {
        const report = readBinary(files.onDisk(path));
        const embedded = report.format === "elf" ? report.embedded : undefined;
        if (embedded?.main === undefined) return undefined;
        const { name, version } = embedded.main;
        const go = embedded.source === "go-buildinfo";
        const known = version === "(devel)" ? undefined : version;
        return belongsTo(
          packageRef(go ? "go" : "cargo", name, known),
          go ? "go-buildinfo" : "rust-auditable",
        );
      } catch (error) {
        // A damaged program: it names nobody.
        if (error instanceof VersusError) return undefined;
        throw error;
      }
    },
  };
}

/** Makes the rule for Node's and Java's own folders, where no package manager put them. */
export function otherRuntimes(context: RuleContext): Rule {
  const { files } = context;
  const node = remember((folder: string): string | undefined => {
    const text = files.text(`${folder}/include/node/node_version.h`);
    if (text === undefined) return undefined;
    const part = (name: string) =>
      new RegExp(`^#define NODE_${name}_VERSION (\\d+)`, "m").exec(text)?.[1];
    return [part("MAJOR"), part("MINOR"), part("PATCH")].join(".");
  });
  const java = remember((folder: string): string | undefined =>
    files.has(`${folder}/lib/modules`) || files.has(`${folder}/jre/lib/rt.jar`)
      ? /^JAVA_VERSION="([^"]+)"/m.exec(files.text(`${folder}/release`) ?? "")?.[1]
      : undefined
  );
  return {
    find(path) {
      // Only what Node's own archive has: other things share its prefix.
      const prefix = /^(.*)\/(?:bin\/(?:node|npm|npx|corepack)|include\/node\/.*)$/.exec(path)?.[1];
      const nodeVersion = prefix === undefined ? undefined : node(prefix);
      if (nodeVersion !== undefined) {
        return runtimeFile("node", "runtime", nodeVersion, "node-runtime");
      }
      for (const folder of foldersAbove(path)) {
        const version = java(folder);
        if (version !== undefined) return runtimeFile("java", "runtime", version, "java-runtime");
      }
      return undefined;
    },
  };
}
