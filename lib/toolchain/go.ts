import { join } from "node:path";
import { failed, type ProbeResult, type ToolchainKind } from "./kind.ts";
import { firstExecutable, realNamesake } from "./_lookup.ts";
import { ask, notUnderstood, type QueryContext } from "./_query.ts";

/** Go, as the `go` command of its own GOROOT. */
export const go: ToolchainKind = {
  name: "go",
  title: "Go",
  language: "go",
  commands: ["go"],
  probe: probeGo,
};

async function probeGo(path: string, context: QueryContext): Promise<ProbeResult> {
  // GOTOOLCHAIN=local: the one that is here, not one that a go.mod nearby would have downloaded.
  // Settings that a person made for builds must not decide where this executable says it lives.
  const env = { GOTOOLCHAIN: "local", GOENV: "off", GOFLAGS: undefined, GOROOT: undefined };
  const answer = await ask([path, "env", "GOROOT", "GOVERSION"], context, { env });
  if (!answer.ok) return failed(answer.reason);
  const [root = "", told = ""] = answer.stdout.split(/\r?\n/);
  const version = /(?:^|\s)go(\d+\.\d+\S*)/.exec(told)?.[1];
  if (version === undefined || root === "") {
    return failed(notUnderstood(path, answer, "Go's root and version"));
  }
  const inRoot = await firstExecutable(join(root, "bin", "go"), join(root, "bin", "go.exe"));
  return {
    ok: true,
    toolchain: {
      name: "go",
      version,
      path,
      realPath: inRoot ?? await realNamesake(path, "go"),
      tools: {},
      env: {
        // Never download another toolchain: what was found is what is measured.
        GOTOOLCHAIN: "local",
        // A GOROOT in the environment would give this executable another version's library.
        ...(context.env["GOROOT"] === undefined ? {} : { GOROOT: root }),
      },
    },
  };
}
