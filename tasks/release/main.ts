/**
 * Makes archives to publish from what `./dev compile` has made, and a file of their sums:
 * `dist/release/versus-VERSION-TARGET.tar.gz` (`.zip` for Windows) and `SHA256SUMS`.
 *
 * Usage: `main.ts [FOLDER]`; the folder that `./dev compile --out FOLDER` wrote to, `dist` by default.
 */
import { resolve } from "node:path";
import { VERSION } from "../../lib/version.ts";
import { sha256File } from "../../lib/runtime/integrity.ts";
import { CONFIG, ROOT } from "../_deno.ts";
import { fileFor, TARGETS } from "../_targets.ts";
import { licences, licenceText } from "./licences.ts";
import { manPage } from "./man.ts";

const DIST = resolve(Deno.args[0] ?? `${ROOT}/dist`);
const RELEASE = `${DIST}/release`;
const SHELLS = ["bash", "zsh", "fish"] as const;

async function run(command: string, args: readonly string[], cwd = ROOT): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, { args: [...args], cwd })
    .output();
  const text = new TextDecoder();
  if (!success) throw new Error(`${command} failed:\n${text.decode(stderr)}`);
  return text.decode(stdout);
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** The time of the commit, so that the same commit gives the same archive. */
async function commitTime(): Promise<Date> {
  return new Date(Number(await run("git", ["log", "-1", "--format=%ct"])) * 1000);
}

/** What goes beside the program. */
async function companions(when: Date): Promise<Map<string, string>> {
  const files = new Map([
    ["LICENSE", await Deno.readTextFile(`${ROOT}/LICENSE`)],
    ["README.md", await Deno.readTextFile(`${ROOT}/README.md`)],
    ["THIRD-PARTY-LICENCES.txt", licenceText(await licences())],
    ["versus.1", await manPage(when.toISOString().slice(0, 10))],
  ]);
  for (const shell of SHELLS) {
    const main = ["run", "-A", "--config", CONFIG, "cli/main.ts", "completions", shell];
    files.set(`completions/versus.${shell}`, await run(Deno.execPath(), main));
  }
  return files;
}

/** Packs one target; answers with the archive's name. */
async function archive(
  target: string,
  files: ReadonlyMap<string, string>,
  when: Date,
): Promise<string> {
  const windows = target.includes("windows");
  const name = `versus-${VERSION}-${target}`;
  const folder = `${RELEASE}/${name}`;
  await Deno.mkdir(`${folder}/completions`, { recursive: true });
  const program = windows ? "versus.exe" : "versus";
  await Deno.copyFile(`${DIST}/${fileFor(target)}`, `${folder}/${program}`);
  for (const [path, text] of files) await Deno.writeTextFile(`${folder}/${path}`, text);
  const paths = [program, ...files.keys()].sort().map((path) => `${name}/${path}`);
  for (const path of paths) {
    await Deno.chmod(`${RELEASE}/${path}`, path.endsWith(program) ? 0o755 : 0o644);
    await Deno.utime(`${RELEASE}/${path}`, when, when);
  }
  const file = `${name}${windows ? ".zip" : ".tar.gz"}`;
  await Deno.remove(`${RELEASE}/${file}`).catch(ignoreMissing);
  if (windows) await run("zip", ["-X", "-q", file, ...paths], RELEASE);
  else {
    const owner = ["--owner=0", "--group=0", "--numeric-owner", "--format=ustar"];
    await run("tar", [...owner, "-cf", `${name}.tar`, ...paths], RELEASE);
    await run("gzip", ["-n", "-f", `${name}.tar`], RELEASE);
  }
  await Deno.remove(folder, { recursive: true });
  return file;
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

const when = await commitTime();
const files = await companions(when);
await Deno.mkdir(RELEASE, { recursive: true });
const sums: string[] = [];
for (const target of TARGETS) {
  if (!await exists(`${DIST}/${fileFor(target)}`)) {
    console.error(`release: nothing for ${target}: ./dev compile --target ${target} makes it`);
    continue;
  }
  const file = await archive(target, files, when);
  sums.push(`${await sha256File(`${RELEASE}/${file}`)}  ${file}\n`);
  console.error(`release: ${RELEASE}/${file}`);
}
if (sums.length === 0) Deno.exit(1);
await Deno.writeTextFile(`${RELEASE}/SHA256SUMS`, sums.join(""));
console.error(`release: ${RELEASE}/SHA256SUMS`);
