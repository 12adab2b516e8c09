import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { checkIntegrity } from "../../lib/runtime/integrity.ts";
import { pack } from "../../tasks/_packed.ts";
import { type Ended, HELLO, run } from "./_packed.ts";

let base = "";
let packed = "";

/** Whether folders may be mounted for one process alone. */
const mounts = Deno.build.os === "linux" && await mayMount();

async function mayMount(): Promise<boolean> {
  try {
    const args = ["--mount", "sh", "-c", "mount -t tmpfs none /mnt"];
    return (await new Deno.Command("unshare", { args, stdout: "null", stderr: "null" }).output())
      .success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Runs the packed file where a shell has changed what is mounted, for it alone. */
function runWhere(mount: string, env: Record<string, string>, ...args: string[]): Promise<Ended> {
  const script = `${mount} && exec "$@"`;
  return run("unshare", ["--mount", "sh", "-c", script, "sh", packed, ...args], env, base);
}

function names(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

describe("a packed file in a bad place", { ignore: Deno.build.os === "windows" }, () => {
  beforeAll(async () => {
    base = await Deno.makeTempDir({ prefix: "versus-packed-" });
    packed = `${base}/hello`;
    await pack({ name: "hello", program: HELLO, target: packed });
  });

  afterAll(async () => {
    await Deno.remove(base, { recursive: true });
  });

  it("is whole or not at all after SIGKILL at any moment of the unpacking", async () => {
    const home = `${base}/killed`;
    const cache = `${home}/.cache/versus/packed`;
    let cut = 0;
    for (const afterMs of [5, 20, 60, 120, 200, 300, 450, 600]) {
      const child = new Deno.Command("setsid", {
        args: [packed, "x"],
        clearEnv: true,
        env: { PATH: "/usr/bin:/bin", HOME: home },
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).spawn();
      await new Promise((done) => setTimeout(done, afterMs));
      // The whole group: gzip and tar as well.
      await run("bash", ["-c", `kill -KILL -${child.pid}`], {}, base);
      await child.status;
      if (names(cache).some((name) => name.startsWith("part."))) cut++;
      for (const name of names(cache).filter((name) => !name.startsWith("part."))) {
        expect((await checkIntegrity(`${cache}/${name}`))?.problems).toEqual([]);
      }
    }
    expect(cut).toBeGreaterThan(0);
    expect(await run(packed, ["after"], { HOME: home }, base))
      .toEqual({ code: 0, stdout: "after\n", stderr: "" });
    // What was cut off is gone, and one folder is there, whole.
    const [folder, ...more] = names(cache);
    expect(more).toEqual([]);
    const { files, problems } = (await checkIntegrity(`${cache}/${folder}`))!;
    expect(problems).toEqual([]);
    expect(files).toBeGreaterThan(5);
  });

  it("is found to be changed, file by file", async () => {
    const home = `${base}/changed`;
    await run(packed, ["x"], { HOME: home }, base);
    const cache = `${home}/.cache/versus/packed`;
    const folder = `${cache}/${names(cache)[0]}`;
    const main = await Deno.readTextFile(`${folder}/main.js`);
    await Deno.writeTextFile(`${folder}/main.js`, main.replace("main", "niam"));
    await Deno.remove(`${folder}/tests/dev/_hello.ts`);
    expect((await checkIntegrity(folder))?.problems.sort())
      .toEqual(["main.js was changed", "tests/dev/_hello.ts is missing"]);
    await Deno.writeTextFile(`${folder}/sums.json`, "{");
    expect((await checkIntegrity(folder))?.problems[0]).toMatch(/^sums\.json can't be read/);
    expect(await checkIntegrity()).toBeUndefined();
  });

  it(
    "goes to the other folder where the first is read-only or full",
    { ignore: !mounts },
    async () => {
      for (const mount of ["-o ro", "-o size=20m"]) {
        const where = `${base}/${mount.length}`;
        await Deno.mkdir(`${where}/home`, { recursive: true });
        await Deno.mkdir(`${where}/tmp`);
        const env = { HOME: `${where}/home`, TMPDIR: `${where}/tmp` };
        const ended = await runWhere(`mount -t tmpfs ${mount} none "$HOME"`, env, "there");
        expect(ended).toEqual({ code: 0, stdout: "there\n", stderr: "" });
        expect(names(`${where}/tmp`)).toEqual([`versus-${Deno.uid()}`]);
      }
    },
  );

  it(
    "says where it wanted to go, and leaves nothing, where both are full",
    { ignore: !mounts },
    async () => {
      const where = `${base}/full`;
      await Deno.mkdir(`${where}/home`, { recursive: true });
      const env = { HOME: `${where}/home`, TMPDIR: `${where}/home` };
      // It looks from inside, before the mount goes with the process.
      const script = 'mount -t tmpfs -o size=20m none "$HOME"; "$@"; echo "code $?"; ' +
        'find "$HOME" -type f; find "$HOME" -name "part.*"';
      const ended = await run(
        "unshare",
        ["--mount", "sh", "-c", script, "sh", packed, "x"],
        env,
        base,
      );
      expect(ended.stdout).toBe("code 1\n");
      expect(ended.stderr).toContain(`hello: cannot unpack into ${where}/home/.cache/versus`);
      expect(ended.stderr).toContain("VERSUS_HOME can name another");
    },
  );

  it("trusts no folder of another user, and no link, in the place of its own", {
    ignore: Deno.uid() !== 0,
  }, async () => {
    const own = `${base}/others/versus-0`;
    await Deno.mkdir(own, { recursive: true });
    await Deno.chown(own, 65534, 65534);
    const foreign = await run(packed, ["x"], { TMPDIR: `${base}/others` }, base);
    expect([foreign.code, foreign.stdout]).toEqual([1, ""]);
    expect(foreign.stderr).toContain("it must be a folder of your own");
    expect(names(own)).toEqual([]);
    await Deno.mkdir(`${base}/linked/elsewhere`, { recursive: true });
    await Deno.symlink("elsewhere", `${base}/linked/versus-0`);
    const linked = await run(packed, ["x"], { TMPDIR: `${base}/linked` }, base);
    expect([linked.code, linked.stdout]).toEqual([1, ""]);
  });
});
