import { failed, type ProbeResult, type ToolchainKind } from "./kind.ts";
import { firstExecutable, realNamesake, realPath } from "./_lookup.ts";
import { ask, notUnderstood, type QueryContext } from "./_query.ts";
import type { Toolchain } from "./types.ts";

/** Deno: the very one that runs this program, unless that is compiled into it. */
export const deno: ToolchainKind = {
  name: "deno",
  title: "Deno",
  language: "typescript",
  commands: ["deno"],
  own: ownDeno,
  probe: probeDeno,
};

/** The check for a newer release asks the network, in the background of what is measured. */
const ENV: Readonly<Record<string, string>> = { DENO_NO_UPDATE_CHECK: "1" };

const SCRIPT = `console.log(["deno", Deno.version.deno, Deno.execPath(), "end"].join("\\0"))`;

async function ownDeno(): Promise<Toolchain | undefined> {
  if (Deno.build.standalone) return undefined;
  const path = Deno.execPath();
  const real = await realPath(path);
  // It may have been replaced or removed since this process was started.
  if (real === undefined) return undefined;
  return {
    name: "deno",
    version: Deno.version.deno,
    path,
    realPath: real,
    tools: {},
    env: ENV,
  };
}

async function probeDeno(path: string, context: QueryContext): Promise<ProbeResult> {
  // Without the configuration of the folder that we happen to be in, which may ask for downloads.
  const answer = await ask(
    [path, "eval", "--no-config", "--no-lock", "--cached-only", SCRIPT],
    context,
    { env: { ...ENV, DENO_NO_PROMPT: "1", NO_COLOR: "1" } },
  );
  if (!answer.ok) return failed(answer.reason);
  const [, version = "", executable = "", end] = answer.stdout.split("\0");
  if (end === undefined || !/^\d+\.\d+\.\d+/.test(version)) {
    return failed(notUnderstood(path, answer, "Deno's version"));
  }
  return {
    ok: true,
    toolchain: {
      name: "deno",
      version,
      path,
      realPath: await firstExecutable(executable) ?? await realNamesake(path, "deno"),
      tools: {},
      env: ENV,
    },
  };
}
