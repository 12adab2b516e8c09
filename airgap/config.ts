/**
 * Prepares what `./dev` runs with: `deno.airgap.json` and `.dev/tasks.sh`.
 *
 * `deno.airgap.json` is `deno.json` with the stand-ins of this folder linked in the place of the JSR
 * packages, the lock file of this folder, and `--config` given to every inner `deno` call of a task
 * (`deno task --config` does not pass it on by itself).
 *
 * `tasks.sh` starts a task without `deno task` between the shell and the program, so that the working
 * directory, signals and exit codes are those of the program itself.
 *
 * Usage: `config.ts [auto|real|airgap][-frozen]`. Without an argument only `deno.airgap.json` is
 * written.
 */
import { fileURLToPath } from "node:url";
import { type Tasks, tasksScript, withConfig } from "./_tasks.ts";

const root = new URL("../", import.meta.url);
const CONFIG = "deno.airgap.json";
/** How long JSR may take to answer. */
const JSR_LIMIT_MS = 5000;

type Packages = "jsr" | "airgap";

interface Source {
  tasks: Tasks;
}

async function main(wanted: string | undefined): Promise<void> {
  const frozen = wanted?.endsWith("-frozen") ?? Deno.env.get("CI") === "true";
  const source: Source = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  await replace(CONFIG, JSON.stringify(await generate(source, frozen), null, 2) + "\n");
  if (wanted === undefined) return;

  const packages = await choose(wanted.replace(/-frozen$/, ""));
  const config = packages === "jsr" ? "deno.json" : CONFIG;
  await fetchPackages(config);
  await replace(".dev/tasks.sh", tasksScript(source.tasks, config));
}

/** The configuration with the stand-ins. */
async function generate(source: Source, frozen: boolean): Promise<object> {
  const links: string[] = [];
  for await (const entry of Deno.readDir(new URL("airgap/", root))) {
    if (entry.isDirectory) links.push(`./airgap/${entry.name}`);
  }
  const tasks = Object.entries(source.tasks).map(([name, task]) => [
    name,
    { ...task, command: withConfig(task.command, CONFIG) },
  ]);
  return {
    ...source,
    tasks: Object.fromEntries(tasks),
    links: links.sort(),
    lock: { path: "airgap/deno.lock", frozen },
  };
}

/** Settles which packages are used; what JSR answered once is remembered. */
async function choose(wanted: string): Promise<Packages> {
  const memory = new URL(".dev/jsr", root);
  let packages: Packages = wanted === "real" ? "jsr" : "airgap";
  let why = "as asked for";
  if (wanted === "auto") {
    const known = await Deno.readTextFile(memory).catch(() => "");
    const reached = known ? known === "reached" : await jsrAnswers();
    if (!known) await replace(".dev/jsr", reached ? "reached" : "not reached");
    packages = reached ? "jsr" : "airgap";
    why = reached ? "JSR answers" : "JSR does not answer; VERSUS_JSR=real asks it again";
  }
  console.error(`dev: packages from ${packages === "jsr" ? "JSR" : "airgap/"} (${why})`);
  return packages;
}

async function jsrAnswers(): Promise<boolean> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["info", "--no-config", "--no-lock", "--reload", "jsr:@std/yaml@^1"],
    stdout: "null",
    stderr: "null",
    signal: AbortSignal.timeout(JSR_LIMIT_MS),
  });
  return (await command.output()).success;
}

/** Fetches every package now, so that a later start needs no network. */
async function fetchPackages(config: string): Promise<void> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["install", "--quiet", "--config", config],
    cwd: fileURLToPath(root),
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (code === 0) return;
  await Deno.stderr.write(stderr);
  console.error(`dev: the packages of ${config} could not be fetched`);
  Deno.exit(code);
}

/** Writes a file in the place of one that others may be reading. */
async function replace(path: string, text: string): Promise<void> {
  const partial = new URL(`${path}.${Deno.pid}`, root);
  await Deno.writeTextFile(partial, text);
  await Deno.rename(partial, new URL(path, root));
}

await main(Deno.args[0]);
