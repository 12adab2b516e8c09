/** The README's commands, in a fresh clone, on a machine with npm and without Deno. */
import { dirname, join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { ROOT } from "../../tasks/_deno.ts";

/** A PATH without the folders that Deno is in. */
function pathWithoutDeno(): string {
  const folders = (Deno.env.get("PATH") ?? "").split(":");
  const own = dirname(Deno.execPath());
  return folders.filter((folder) => folder !== own && !hasDeno(folder)).join(":");
}

function hasDeno(folder: string): boolean {
  try {
    return Deno.statSync(join(folder, "deno")).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw error;
  }
}

/** The commands of the first shell block of the README's section. */
async function readmeCommands(): Promise<string[]> {
  const text = await Deno.readTextFile(join(ROOT, "README.md"));
  const section = text.split("## Two commands")[1] ?? "";
  const block = /```sh\n([\s\S]*?)```/.exec(section)?.[1] ?? "";
  return block.split("\n").map((line) => line.replace(/\s+#.*$/, "").trim()).filter(Boolean);
}

describe("the README's two commands, in a fresh clone", () => {
  let base: string;
  let clone: string;

  beforeAll(async () => {
    base = await Deno.makeTempDir({ prefix: "versus-clone-" });
    clone = join(base, "versus");
    // What is tracked, as it stands here: in CI that is the commit that was checked out.
    const list = await new Deno.Command("git", { args: ["ls-files", "-z"], cwd: ROOT }).output();
    const files = new TextDecoder().decode(list.stdout).split("\0").filter(Boolean);
    for (const file of files) {
      await Deno.mkdir(join(clone, dirname(file)), { recursive: true });
      await Deno.copyFile(join(ROOT, file), join(clone, file));
    }
  });

  afterAll(async () => {
    await Deno.remove(base, { recursive: true });
  });

  async function run(command: string, ...more: string[]) {
    const { code, stdout, stderr } = await new Deno.Command("/bin/sh", {
      args: ["-c", `${command} "$@"`, "sh", ...more],
      cwd: clone,
      env: {
        PATH: pathWithoutDeno(),
        VERSUS_HOME: join(base, "home"),
        VERSUS_JSR: "airgap",
      },
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  }

  it("are these two", async () => {
    expect(await readmeCommands()).toEqual(["./dev demo", "./dev test"]);
  });

  it("install Deno, measure and print a table", async () => {
    const [demo] = await readmeCommands();
    const { code, stdout, stderr } = await run(demo!);
    expect(stderr).toContain("installing Deno");
    expect(stderr).toContain("packages");
    expect(stdout).toContain("flipsum: ");
    // At least one language that every machine has that runs this: TypeScript, by Deno itself.
    expect(stdout).toMatch(/^ {2}typescript .*ms/m);
    expect(stdout).toContain("samples");
    expect(code).toBe(0);
  });

  it("run tests, and end with their count", async () => {
    const [, test] = await readmeCommands();
    // All of them would run this one again; a word chooses those whose path holds it.
    const { code, stdout } = await run(test!, "journal");
    expect(stdout.trimEnd().split("\n").at(-1)).toMatch(/^[1-9]\d* passed, 0 failed/);
    expect(code).toBe(0);
  });
});
