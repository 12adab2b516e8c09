/** Fixtures, scratch folders and real programs, for tests of footprints. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of fixtures. */
export const FIXTURES = fileURLToPath(new URL("./fixtures/", import.meta.url));

/** A scratch folder that removes itself. */
export function scratch(): { path: string } & Disposable {
  const path = Deno.makeTempDirSync({ prefix: "versus-test-" });
  return { path, [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }) };
}

/** Copies fixtures into one folder, as a project has them: files, and all that is in folders. */
export function assemble(target: string, ...parts: readonly string[]): string {
  for (const part of parts) copy(join(FIXTURES, part), target);
  return target;
}

function copy(from: string, to: string): void {
  if (!Deno.statSync(from).isDirectory) return Deno.copyFileSync(from, join(to, baseOf(from)));
  for (const entry of Deno.readDirSync(from)) {
    const [source, goal] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory) {
      Deno.mkdirSync(goal, { recursive: true });
      copy(source, goal);
    } else Deno.copyFileSync(source, goal);
  }
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Writes files, with the folders that they need. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    Deno.writeTextFileSync(path, text);
  }
  return folder;
}

/** Runs a program to its end. */
export async function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    stdin: "null",
    ...options,
  }).output();
  const decoder = new TextDecoder();
  if (!success) {
    throw new Error(`${program} ${args.join(" ")} failed: ${decoder.decode(stderr).slice(-2000)}`);
  }
  return decoder.decode(stdout);
}

/** Every regular file below a folder, absolute, sorted; links are not followed. */
export function filesBelow(folder: string): string[] {
  const found: string[] = [];
  const todo = [folder];
  for (let at = 0; at < todo.length; at++) {
    for (const entry of Deno.readDirSync(todo[at]!)) {
      const path = join(todo[at]!, entry.name);
      if (entry.isDirectory) todo.push(path);
      else if (entry.isFile) found.push(path);
    }
  }
  return found.sort();
}
