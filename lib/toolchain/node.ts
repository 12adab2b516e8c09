import { printable } from "../error.ts";
import { failed, type ProbeResult, type ToolchainKind, unrelated } from "./kind.ts";
import { firstExecutable, realNamesake } from "./_lookup.ts";
import { ask, notUnderstood, type QueryContext } from "./_query.ts";

/** Node.js. */
export const node: ToolchainKind = {
  name: "node",
  title: "Node.js",
  language: "javascript",
  commands: ["node", "nodejs"],
  probe: probeNode,
};

/** Says version, executable and what else it may be; execPath sees through nvm, fnm and volta. */
const SCRIPT = `["node", process.versions.node, process.execPath,
  process.versions.bun ? "Bun " + process.versions.bun :
  process.versions.deno ? "Deno " + process.versions.deno : "", "end"].join("\\0")`;

async function probeNode(path: string, context: QueryContext): Promise<ProbeResult> {
  // NODE_OPTIONS may load modules, from the working directory as well.
  const answer = await ask([path, "-p", SCRIPT], context, { env: { NODE_OPTIONS: undefined } });
  if (!answer.ok) return failed(answer.reason);
  const [, version = "", executable = "", other = "", end] = answer.stdout.split("\0");
  if (end === undefined || !/^\d+\.\d+\.\d+/.test(version)) {
    return failed(notUnderstood(path, answer, "Node's version"));
  }
  if (other !== "") return unrelated(path, printable(other), "Node.js");
  return {
    ok: true,
    toolchain: {
      name: "node",
      version,
      path,
      realPath: await firstExecutable(executable) ?? await realNamesake(path, "node"),
      tools: {},
      env: {},
    },
  };
}
