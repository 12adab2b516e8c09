/** What versus relies on in cliffy's completions: scripts that shells accept, and what they offer. */
import { Command } from "@cliffy/command";
import { CompletionsCommand } from "@cliffy/command/completions";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { ended, tool, toolCommand } from "./_spawn.ts";

/** A folder with a program called `tool`, for scripts that call it by name. */
let folder = "";

beforeAll(async () => {
  folder = await Deno.makeTempDir({ prefix: "versus-completions-" });
  const words = toolCommand().map((word) => `'${word}'`).join(" ");
  await Deno.writeTextFile(`${folder}/tool`, `#!/bin/sh\nexec ${words} "$@"\n`);
  await Deno.chmod(`${folder}/tool`, 0o755);
  for (const shell of ["bash", "zsh", "fish"]) {
    await Deno.writeTextFile(`${folder}/${shell}`, (await tool("completions", shell)).stdout);
  }
});

afterAll(async () => {
  await Deno.remove(folder, { recursive: true });
});

/** Asks bash what it offers for the last of some words. */
async function bashOffers(...words: string[]): Promise<string[]> {
  const quoted = words.map((word) => `'${word}'`).join(" ");
  const script = `
    set +e
    source '${folder}/bash'
    COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}
    _tool; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await ended("bash", ["--norc", "-c", script], {
    PATH: `${folder}:${Deno.env.get("PATH")}`,
    NO_COLOR: "1",
  });
  return stdout.split("\n").filter((line) => line !== "").sort();
}

/** Whether a shell is there; those that are not a system's own may be missing. */
async function has(shell: string): Promise<boolean> {
  return await ended(shell, ["-c", "true"]).then(({ code }) => code === 0, () => false);
}

const zsh = await has("zsh");
const fish = await has("fish");

describe("completions for bash", () => {
  it("are a script that bash accepts", async () => {
    expect(await ended("bash", ["-n", `${folder}/bash`])).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
  });

  it("offer commands, hidden ones left out", async () => {
    expect(await bashOffers("tool", "h")).toEqual(["help", "history"]);
    expect(await bashOffers("tool", "history", "t")).toEqual(["tag"]);
    expect(await bashOffers("tool", "history", "gon")).toEqual([]);
  });

  it("offer options, hidden ones left out", async () => {
    expect(await bashOffers("tool", "run", "a", "--m")).toEqual(["--max-time", "--metric"]);
    expect(await bashOffers("tool", "run", "a", "--sec")).toEqual([]);
  });

  it("offer values of types and of the program", async () => {
    expect(await bashOffers("tool", "run", "--metric", "")).toEqual(["cpu", "rss", "wall"]);
    expect(await bashOffers("tool", "show", "fl")).toEqual(["flipsum"]);
  });
});

describe("completions for other shells", () => {
  it("are a script that zsh accepts", { ignore: !zsh }, async () => {
    expect((await ended("zsh", ["-n", `${folder}/zsh`])).code).toBe(0);
  });

  it("name what zsh is to offer", async () => {
    const script = await Deno.readTextFile(`${folder}/zsh`);
    expect(script.startsWith("#compdef tool\n")).toBe(true);
    for (const word of ["history", "tag", "--max-time", "completions complete"]) {
      expect(script).toContain(word);
    }
    expect(script).not.toContain("--secret");
  });

  it("are what fish offers", { ignore: !fish }, async () => {
    const env = {
      PATH: `${folder}:${Deno.env.get("PATH")}`,
      HOME: folder,
      XDG_CONFIG_HOME: `${folder}/config`,
      NO_COLOR: "1",
    };
    expect((await ended("fish", ["-n", `${folder}/fish`], env)).code).toBe(0);
    const offers = async (line: string) => {
      const script = `source '${folder}/fish'; complete -C '${line}'`;
      const { stdout } = await ended("fish", ["--no-config", "-c", script], env);
      return stdout.split("\n").map((found) => found.split("\t")[0]).sort().join(" ").trim();
    };
    expect(await offers("tool h")).toBe("help history");
    expect(await offers("tool run a --max")).toBe("--max-time");
    expect(await offers("tool run --metric c")).toBe("cpu");
  });
});

describe("the completions command", () => {
  it("answers what scripts ask", async () => {
    expect(await tool("completions", "complete", "scenarios", "run"))
      .toEqual({ code: 0, stdout: "flipsum\nfileread", stderr: "" });
    expect((await tool("completions", "complete", "metric", "run")).stdout).toBe("wall\ncpu\nrss");
    expect((await tool("completions", "complete", "nothing", "run")).stdout).toBe("");
  });

  it("uses another name where it is given one", async () => {
    const { stdout } = await tool("completions", "bash", "--name", "other-tool");
    expect(stdout).toContain("other-tool completions complete");
  });

  it("needs a name", async () => {
    const main = new Command().noExit().command("completions", new CompletionsCommand()).reset();
    await expect(main.parse(["completions", "bash"])).rejects.toThrow("Missing main command name");
  });
});
