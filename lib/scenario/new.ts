import { join, resolve } from "node:path";
import { EXIT, printable, VersusError } from "../error.ts";
import { NAME, NAME_WORDS } from "./_names.ts";
import { newFiles } from "./_new_files.ts";
import { quote } from "./_problems.ts";

/** A scenario that was written. */
export interface NewScenario {
  /** Its folder, absolute. */
  readonly folder: string;
  /** Its YAML file, absolute. */
  readonly file: string;
  /** All files, absolute. */
  readonly files: readonly string[];
}

/**
 * Writes a scenario that works as it is: a loop in Python, Go and C with a checked result.
 *
 * @param name What it is called, and its folder.
 * @param parent The existing folder to make it in.
 * @returns What was written.
 * @throws {VersusError} If the name is not valid, the folder exists or it cannot be written; then
 * nothing is left behind.
 */
export async function newScenario(name: string, parent: string): Promise<NewScenario> {
  if (!NAME.test(name)) {
    throw new VersusError(`Found the name ${quote(name)}, expected ${NAME_WORDS}`, {
      hint: "Choose a name such as my-loop",
    });
  }
  const folder = join(resolve(parent), name);
  try {
    await Deno.mkdir(folder);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) {
      throw new VersusError(`${printable(folder)} exists already`, {
        hint: "Choose another name, or remove it",
        cause: error,
      });
    }
    throw cannotWrite(folder, error);
  }
  const files: string[] = [];
  try {
    for (const [file, content] of Object.entries(newFiles(name))) {
      const path = join(folder, file);
      await Deno.writeTextFile(path, content, { createNew: true });
      files.push(path);
    }
  } catch (error) {
    await Deno.remove(folder, { recursive: true });
    throw cannotWrite(folder, error);
  }
  return { folder, file: join(folder, "scenario.yaml"), files };
}

function cannotWrite(folder: string, cause: unknown): VersusError {
  const reason = cause instanceof Deno.errors.NotFound
    ? "its parent folder does not exist"
    : printable((cause as Error).message);
  return new VersusError(`Cannot write ${printable(folder)}: ${reason}`, {
    hint: "Choose another folder",
    exitCode: EXIT.usage,
    cause,
  });
}
