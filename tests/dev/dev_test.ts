import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { findCommand, Project } from "./_project.ts";

/** What the small program printed. */
function printed(stdout: string): { args: string[]; cwd: string; packages: string } {
  return JSON.parse(stdout);
}

describe("dev", () => {
  it("lists the tasks, without Deno and without leaving anything", async () => {
    await using project = await Project.make();
    const { code, stdout } = await project.start([]);
    expect(code).toBe(0);
    expect(stdout).toBe(`Usage: ./dev TASK [ARGUMENT...]

  main     Run it
  five     Run it with a code
  twice    Run it two times
`);
    expect(project.list(".dev")).toEqual([]);
  });

  it("passes arguments, the exit code and the working directory on", async () => {
    await using project = await Project.make();
    await project.linkDeno();
    const first = await project.start(["main", "7", "a b", "--json", "--", "-x"]);
    expect(first.code).toBe(7);
    expect(printed(first.stdout)).toEqual({
      args: ["a b", "--json", "--", "-x"],
      cwd: Deno.realPathSync(project.base),
      packages: "airgap",
    });
    expect(first.stderr).toBe("dev: packages from airgap/ (as asked for)\n");
  });

  it("says nothing of its own the second time", async () => {
    await using project = await Project.make();
    await project.linkDeno();
    await project.start(["main", "0"]);
    const second = await project.start(["main", "0", "x"]);
    expect(second.stderr).toBe("");
    expect(printed(second.stdout).args).toEqual(["x"]);
  });

  it("works from other folders, by relative paths and through a link", async () => {
    await using project = await Project.make();
    await project.linkDeno();
    const below = await project.start(["main", "0"], { cwd: `${project.root}/cli`, as: "../dev" });
    expect(printed(below.stdout).cwd).toBe(Deno.realPathSync(`${project.root}/cli`));
    const beside = await project.start(["main", "3"], { as: "./a project/dev" });
    expect(beside.code).toBe(3);
    await Deno.symlink("a project/dev", `${project.base}/link`);
    const linked = await project.start(["main", "4"], { as: "./link" });
    expect(linked.code).toBe(4);
    await Deno.symlink(`${project.root}/dev`, `${project.tools}/from-path`);
    const named = await project.start(["main", "5"], { as: "from-path" });
    expect(named.code).toBe(5);
    const read = await project.start(["dev", "main", "6"], { as: "sh", cwd: project.root });
    expect(read.code).toBe(6);
  });

  it("runs tasks with arguments of their own, and of several commands", async () => {
    await using project = await Project.make();
    await project.linkDeno();
    const five = await project.start(["five", "second"]);
    expect(five.code).toBe(5);
    expect(printed(five.stdout).args).toEqual(["first", "second"]);
    const twice = await project.start(["twice"]);
    expect(twice.code).toBe(0);
    const lines = twice.stdout.trim().split("\n").map(printed);
    expect(lines.map(({ args, packages }) => [...args, packages]))
      .toEqual([["one", "airgap"], ["two", "airgap"]]);
  });

  it("names the tasks there are", async () => {
    await using project = await Project.make();
    await project.linkDeno();
    await project.start(["main", "0"]);
    const { code, stderr } = await project.start(["mian"]);
    expect(code).toBe(2);
    expect(stderr).toBe('dev: no task is called "mian"; there are main, five, twice\n');
  });

  it("refuses a VERSUS_JSR that it does not know", async () => {
    await using project = await Project.make();
    const { code, stderr } = await project.start(["main"], { env: { VERSUS_JSR: "maybe" } });
    expect(code).toBe(2);
    expect(stderr).toContain('VERSUS_JSR is auto, real or airgap, not "maybe"');
  });

  it("needs no HOME that can be written", async () => {
    await using project = await Project.make();
    await project.linkDeno();
    const none = await project.start(["main", "0"], {
      env: { HOME: `${project.base}/nowhere`, DENO_DIR: "" },
    });
    expect(none.code).toBe(0);
    expect(project.list(".dev")).toContain("cache");
  });
});

describe("dev's configuration", () => {
  it("is made again when deno.json is newer", async () => {
    await using project = await Project.make();
    await project.linkDeno();
    await project.start(["main", "0"]);
    const config = JSON.parse(await project.read("deno.json"));
    config.tasks.extra = { description: "One more", command: "deno run -A cli/main.ts 0 extra" };
    await project.write("deno.json", JSON.stringify(config));
    const later = new Date(Date.now() + 2000);
    await Deno.utime(`${project.root}/deno.json`, later, later);
    expect(printed((await project.start(["extra"])).stdout).args).toEqual(["extra"]);
  });

  it("links the stand-ins, and gives every call inside a task its path", async () => {
    await using project = await Project.make();
    await project.linkDeno();
    await project.start(["main", "0"]);
    const config = JSON.parse(await project.read("deno.airgap.json"));
    expect(config.links).toEqual(["./airgap/std-yaml"]);
    expect(config.lock).toEqual({ path: "airgap/deno.lock", frozen: false });
    expect(config.imports).toEqual({ "@std/yaml": "jsr:@std/yaml@^1.2.0" });
    expect(config.tasks.twice.command).toBe(
      "deno run --config deno.airgap.json -A cli/main.ts 0 one && " +
        "deno run --config deno.airgap.json -A cli/main.ts 0 two",
    );
  });

  it("freezes the lock file in CI, where it uses the stand-ins unasked", async () => {
    await using project = await Project.make();
    await project.linkDeno();
    const env = { VERSUS_JSR: "", CI: "true" };
    await project.start(["main", "0"]);
    expect((await project.start(["main", "0"], { env })).code).toBe(0);
    const config = JSON.parse(await project.read("deno.airgap.json"));
    expect(config.lock.frozen).toBe(true);
    await project.start(["main", "0"]);
    expect(JSON.parse(await project.read("deno.airgap.json")).lock.frozen).toBe(false);
  });

  it("remembers whether JSR answered", async () => {
    await using project = await Project.make();
    await project.linkDeno();
    const env = { VERSUS_JSR: "auto" };
    const first = await project.start(["nothing"], { env });
    const answer = await project.read(".dev/jsr");
    expect(["reached", "not reached"]).toContain(answer);
    expect(first.stderr).toContain(answer === "reached" ? "JSR answers" : "JSR does not answer");
    await project.write(".dev/jsr", "not reached");
    await Deno.remove(`${project.root}/.dev/state`);
    expect((await project.start(["nothing"], { env })).stderr).toContain("JSR does not answer");
  });
});

describe("dev's installation of Deno", () => {
  it("takes the one on the PATH only if it is new enough", async () => {
    await using project = await Project.make();
    await project.script("deno", "echo 'deno 2.8.9 (stable)'");
    await project.fakeNpm();
    const { code, stderr } = await project.start(["main", "0"]);
    expect(code).toBe(0);
    expect(stderr.split("\n")[0]).toMatch(
      /^dev: installing Deno 2\.\d+\.\d+ with npm into \.dev\/$/,
    );
    expect(project.npmCalls()).toBe(1);
    expect(project.list(".dev").filter((name) => name.startsWith("part."))).toEqual([]);
    await project.start(["main", "0"]);
    expect(project.npmCalls()).toBe(1);
  });

  it("tries pip where npm fails, and says so where nothing helps", async () => {
    await using project = await Project.make();
    await project.script("npm", "echo 'npm has no network' >&2; exit 1");
    await project.script(
      "python3",
      `mkdir -p bin && cp '${Deno.execPath()}' bin/deno && echo "$*" >'${project.base}/pip.log'`,
    );
    const { code, stderr } = await project.start(["main", "0"]);
    expect(code).toBe(0);
    expect(stderr).toContain("npm has no network");
    expect(stderr).toContain("with pip into .dev/");
    expect(await Deno.readTextFile(`${project.base}/pip.log`)).toMatch(/ deno==2\.\d+\.\d+\n$/);

    await using other = await Project.make();
    await other.script("npm", "exit 1");
    const nothing = await other.start(["main", "0"]);
    expect(nothing.code).toBe(1);
    expect(nothing.stderr).toContain("Deno 2.9 or newer is needed");
    expect(other.list(".dev")).toEqual([]);
  });

  it("does not keep what cannot run", async () => {
    await using project = await Project.make();
    await project.script(
      "npm",
      "mkdir -p node_modules/@deno/x && echo no >node_modules/@deno/x/deno",
    );
    const { code, stderr } = await project.start(["main", "0"]);
    expect(code).toBe(1);
    expect(stderr).toContain("what npm installed does not run here");
    expect(project.list(".dev")).toEqual([]);
  });

  it("is done by two first starts at once", async () => {
    await using project = await Project.make();
    await project.fakeNpm();
    const both = await Promise.all([
      project.start(["main", "0", "a"]),
      project.start(["main", "0", "b"]),
    ]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(both.map(({ stdout }) => printed(stdout).args)).toEqual([["a"], ["b"]]);
    expect(project.list(".dev").filter((name) => name.startsWith("part."))).toEqual([]);
  });

  it("starts anew where one was cut off", async () => {
    await using project = await Project.make();
    // This npm has begun, and waits until nobody has the pipe open any more.
    const pipe = `${project.base}/pipe`;
    await project.fakeNpm(
      `mkdir node_modules && echo half >node_modules/half && read -r _ <'${pipe}'`,
    );
    const made = await new Deno.Command("mkfifo", { args: [pipe] }).output();
    expect(made.success).toBe(true);
    const child = project.command(["main", "0"]).spawn();
    const writer = await Deno.open(pipe, { write: true }); // opens once npm reads
    child.kill("SIGKILL");
    await child.output();
    writer.close();
    expect(project.list(".dev").filter((name) => name.startsWith("part.")).length).toBe(1);
    expect(project.list(".dev")).not.toContain("deno");

    await project.fakeNpm();
    expect((await project.start(["main", "0"])).code).toBe(0);
    expect(project.list(".dev").filter((name) => name.startsWith("part."))).toEqual([]);
  });

  it("needs nothing but Node and npm", { ignore: !findCommand("npm") }, async () => {
    await using project = await Project.make();
    await project.link("node");
    await project.link("npm");
    const env = Object.fromEntries(
      ["HOME", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "npm_config_registry"]
        .flatMap((name) => Deno.env.has(name) ? [[name, Deno.env.get(name) ?? ""]] : []),
    );
    const { code, stdout, stderr } = await project.start(["main", "0", "installed"], { env });
    expect(stderr).toContain("with npm into .dev/");
    expect(code).toBe(0);
    expect(printed(stdout).args).toEqual(["installed"]);
    expect(project.list(".dev")).toContain("deno");
  });
});
