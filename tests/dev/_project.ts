import { ROOT } from "../../tasks/_deno.ts";

/** What a start of `dev` ended with. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** How a start differs from the usual: the stand-ins, and a PATH with Deno on it. */
export interface StartOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** What is typed in the place of the script's path. */
  as?: string;
}

/** The commands that `dev` and npm find in every system. */
const TOOLS = ["awk", "cat", "chmod", "cp", "ln", "mkdir", "mv", "readlink", "rm", "sh", "tail"];

const MAIN = `
import { parse } from "@std/yaml";
const [code, ...args] = Deno.args;
console.log(JSON.stringify({ args, cwd: Deno.cwd(), packages: parse("") }));
Deno.exit(Number(code));
`;

const CONFIG = {
  name: "@try/project",
  version: "1.0.0",
  exports: "./cli/main.ts",
  tasks: {
    main: { description: "Run it", command: "deno run -A cli/main.ts" },
    five: { description: "Run it with a code", command: "deno run -A cli/main.ts 5 first" },
    twice: {
      description: "Run it two times",
      command: "deno run -A cli/main.ts 0 one && deno run -A cli/main.ts 0 two",
    },
  },
  imports: { "@std/yaml": "jsr:@std/yaml@^1.2.0" },
};

/**
 * A small project of its own, in a folder with a space in its name: the `dev` of this repository, its
 * generator and one stand-in. Nothing in it needs a network.
 */
export class Project implements AsyncDisposable {
  private constructor(readonly base: string) {}

  /** Makes one in a temporary folder. */
  static async make(): Promise<Project> {
    const base = await Deno.makeTempDir({ prefix: "versus-dev-" });
    const project = new Project(base);
    await Deno.mkdir(`${project.root}/airgap/std-yaml`, { recursive: true });
    await Deno.mkdir(`${project.root}/cli`);
    await Deno.mkdir(`${base}/tools`);
    for (const path of ["dev", "airgap/config.ts", "airgap/_tasks.ts"]) {
      await Deno.copyFile(`${ROOT}/${path}`, `${project.root}/${path}`);
    }
    await project.write("deno.json", JSON.stringify(CONFIG, null, 2));
    await project.write("cli/main.ts", MAIN);
    await project.write(
      "airgap/std-yaml/deno.json",
      JSON.stringify({ name: "@std/yaml", version: "1.2.0", exports: { ".": "./mod.ts" } }),
    );
    await project.write(
      "airgap/std-yaml/mod.ts",
      'export function parse(_: string): unknown { return "airgap"; }\n',
    );
    for (const name of TOOLS) await project.link(name);
    return project;
  }

  /** The folder of the project. */
  get root(): string {
    return `${this.base}/a project`;
  }

  /** The only folder on the PATH. */
  get tools(): string {
    return `${this.base}/tools`;
  }

  /** Writes a file of the project. */
  async write(path: string, text: string): Promise<void> {
    await Deno.writeTextFile(`${this.root}/${path}`, text);
  }

  /** Reads a file of the project. */
  async read(path: string): Promise<string> {
    return await Deno.readTextFile(`${this.root}/${path}`);
  }

  /** The names in a folder of the project, sorted; none where it is not there. */
  list(path: string): string[] {
    try {
      return [...Deno.readDirSync(`${this.root}/${path}`)].map((entry) => entry.name).sort();
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    }
  }

  /** Puts a command of this system on the PATH. */
  async link(name: string, path?: string): Promise<void> {
    const found = path ?? findCommand(name);
    if (!found) throw new Error(`There is no ${name} here`);
    await Deno.symlink(found, `${this.tools}/${name}`);
  }

  /** Puts Deno on the PATH. */
  async linkDeno(): Promise<void> {
    await this.link("deno", Deno.execPath());
  }

  /** Puts a command of one's own on the PATH. */
  async script(name: string, body: string): Promise<void> {
    await Deno.writeTextFile(`${this.tools}/${name}`, `#!/bin/sh\n${body}\n`);
    await Deno.chmod(`${this.tools}/${name}`, 0o755);
  }

  /** Puts an npm on the PATH that installs this Deno from the disk, and tells `npm.log` that it ran. */
  async fakeNpm(first = ""): Promise<void> {
    await this.script(
      "npm",
      `echo "$*" >>'${this.base}/npm.log'
${first}
mkdir -p node_modules/@deno/here && cp '${Deno.execPath()}' node_modules/@deno/here/deno`,
    );
  }

  /** How often npm was called. */
  npmCalls(): number {
    try {
      return Deno.readTextFileSync(`${this.base}/npm.log`).trimEnd().split("\n").length;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return 0;
      throw error;
    }
  }

  /** The command of a start, for one that is to be ended early. */
  command(args: string[], options: StartOptions = {}): Deno.Command {
    return new Deno.Command("/bin/sh", {
      args: ["-c", 'exec "$0" "$@"', options.as ?? `${this.root}/dev`, ...args],
      cwd: options.cwd ?? this.base,
      clearEnv: true,
      env: {
        PATH: this.tools,
        HOME: this.base,
        DENO_DIR: `${this.base}/deno`,
        NO_COLOR: "1",
        VERSUS_JSR: "airgap",
        ...options.env,
      },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    });
  }

  /** Starts `dev`. */
  async start(args: string[], options: StartOptions = {}): Promise<Ended> {
    const { code, stdout, stderr } = await this.command(args, options).output();
    const text = new TextDecoder();
    return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.base, { recursive: true });
  }
}

/** Finds a command on this system's PATH. */
export function findCommand(name: string): string | undefined {
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    try {
      if (Deno.statSync(`${folder}/${name}`).isFile) return `${folder}/${name}`;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return undefined;
}
