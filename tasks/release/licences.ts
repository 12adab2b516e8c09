/** The licence texts of everything that the one file holds. */
import { deno, ROOT } from "../_deno.ts";

interface NpmPackage {
  name: string;
  version: string;
  dependencies: string[];
  localPath: string;
}

interface Info {
  modules: { kind?: string; npmPackage?: string; specifier: string; error?: string }[];
  npmPackages: Record<string, NpmPackage>;
}

/** A package that is bundled. */
export interface Licence {
  /** `valibot 1.5.0`. */
  title: string;
  /** The text of its licence. */
  text: string;
}

/** What is bundled: `cli/main.ts` names the commands in a way that `deno info` can't follow. */
const ENTRIES = [
  "cli/main.ts",
  "cli/program.ts",
  "cli/tui/start.ts",
  "lib/process/measure_worker.ts",
];

async function readInfo(entry: string): Promise<Info> {
  const { code, stdout, stderr } = await deno(["info", "--json", entry], { capture: true });
  if (code !== 0) throw new Error(`deno info failed for ${entry}:\n${stderr}`);
  return JSON.parse(stdout);
}

/** Follows the dependencies of packages that modules import. */
function reached({ modules, npmPackages }: Info): NpmPackage[] {
  const found = new Map<string, NpmPackage>();
  const add = (id: string) => {
    const one = npmPackages[id];
    if (one === undefined || found.has(id)) return;
    found.set(id, one);
    one.dependencies.forEach(add);
  };
  for (const { npmPackage } of modules) if (npmPackage !== undefined) add(npmPackage);
  return [...found.values()];
}

/** Types are not part of the program. */
const isCode = ({ name }: NpmPackage) => !name.startsWith("@types/") && name !== "undici-types";

function isLicence(name: string): boolean {
  return /^(licen[cs]e|copying|notice)/i.test(name);
}

async function ofNpm({ name, version, localPath }: NpmPackage): Promise<Licence> {
  const title = `${name} ${version}`;
  const texts: string[] = [];
  for (const file of [...Deno.readDirSync(localPath)].map((e) => e.name).filter(isLicence).sort()) {
    texts.push(await Deno.readTextFile(`${localPath}/${file}`));
  }
  if (texts.length > 0) return { title, text: texts.join("\n\n") };
  const { license, author } = JSON.parse(await Deno.readTextFile(`${localPath}/package.json`));
  if (typeof license !== "string") throw new Error(`${title} names no licence`);
  const by = typeof author === "string" ? author : author?.name ?? "its authors";
  return { title, text: `${license}; by ${by}. The package has no licence file of its own.` };
}

/** Packages of JSR are modules behind addresses of the form `…/@scope/name/version/path`. */
async function ofJsr(infos: readonly Info[]): Promise<Licence[]> {
  const found = new Map<string, string>();
  for (const { specifier } of infos.flatMap(({ modules }) => modules)) {
    const match = specifier.match(/^(https:\/\/[^/]+\/(@[^/]+\/[^/]+)\/(\d[^/]*))\//);
    if (match !== null) found.set(`${match[2]} ${match[3]}`, match[1]!);
  }
  return await Promise.all([...found].map(async ([title, address]) => {
    const answer = await fetch(`${address}/LICENSE`);
    if (!answer.ok) throw new Error(`The licence of ${title} can't be had: ${answer.status}`);
    return { title, text: await answer.text() };
  }));
}

/**
 * Finds what the program is made of, and under which licences.
 *
 * @returns The runtime first, then packages by name.
 * @throws {Error} If a package names no licence.
 */
export async function licences(): Promise<Licence[]> {
  const commands = [...Deno.readDirSync(`${ROOT}/cli/commands`)].map(({ name }) => name);
  const entries = [...ENTRIES, ...commands.map((name) => `cli/commands/${name}`)];
  const infos: Info[] = [];
  for (const entry of entries) infos.push(await readInfo(entry));
  const npm = new Map(infos.flatMap(reached).filter(isCode).map((one) => [one.localPath, one]));
  const packages = [...await Promise.all([...npm.values()].map(ofNpm)), ...await ofJsr(infos)];
  const runtime = await Deno.readTextFile(`${ROOT}/tasks/release/deno_licence.txt`);
  return [
    { title: `Deno ${Deno.version.deno}`, text: runtime },
    ...packages.sort((a, b) => a.title < b.title ? -1 : 1),
  ];
}

/**
 * Puts licences into one text.
 *
 * @param all What {@linkcode licences} found.
 */
export function licenceText(all: readonly Licence[]): string {
  return "versus holds the following works of others, under their own licences.\n" +
    all.map(({ title, text }) =>
      `\n${"=".repeat(80)}\n${title}\n${"=".repeat(80)}\n\n${
        text.trim().replaceAll("\r\n", "\n")
      }\n`
    ).join("");
}
