import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { bundle } from "../../tasks/_bundle.ts";
import { CONFIG, PACKAGES, ROOT } from "../../tasks/_deno.ts";
import { pack } from "../../tasks/_packed.ts";
import { dataPath, workerUrl } from "../../lib/runtime/mod.ts";
import { versionLine } from "../../lib/version.ts";
import { type Ended, HELLO, run as start } from "./_packed.ts";

let base = "";

beforeAll(async () => {
  base = await Deno.makeTempDir({ prefix: "versus-packed-" });
});

afterAll(async () => {
  await Deno.remove(base, { recursive: true });
});

function run(
  command: string,
  args: string[],
  env: Record<string, string> = {},
  cwd = base,
): Promise<Ended> {
  return start(command, args, env, cwd);
}

describe("workers and data", () => {
  it("are found in the source", async () => {
    const worker = new Worker(workerUrl("hello"), { type: "module" });
    const { promise, resolve } = Promise.withResolvers<string>();
    worker.onmessage = (event: MessageEvent<string>) => resolve(event.data);
    worker.postMessage("source");
    expect(await promise).toBe("hello source");
    worker.terminate();
    expect(await Deno.readTextFile(dataPath("tests/dev/_hello.ts"))).toContain("workerUrl");
  });

  it("are found in a bundle, and so is what is loaded later", async () => {
    const folder = `${base}/a bundle`;
    await bundle(HELLO, folder);
    const begin = (...args: string[]) =>
      run(Deno.execPath(), [
        "run",
        "-A",
        "--no-config",
        "--cached-only",
        `${folder}/main.js`,
        ...args,
      ], {
        HOME: base,
      });
    expect(await begin("worker", "bundle")).toEqual({
      code: 0,
      stdout: "hello bundle\n",
      stderr: "",
    });
    expect((await begin("data")).stdout).toBe(`${folder}/tests/dev/_hello.ts\n`);
    expect((await begin("table")).stdout).toBe("a 1\n");
    expect((await begin("version")).stdout).toBe(`${versionLine()}\n`);
  });

  it("do not load what only other parts of a program need", () => {
    const folder = `${base}/a bundle`;
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
    const texts = names.filter((name) => name.endsWith(".js"))
      .map((name) => Deno.readTextFileSync(`${folder}/${name}`));
    expect(texts.length).toBeGreaterThan(3);
    expect(texts.filter((text) => /import \{ createRequire/.test(text))).toEqual([]);
  });
});

describe("a packed file", { ignore: Deno.build.os === "windows" }, () => {
  const packed = () => `${base}/a folder/hello`;
  const cache = (home: string) => `${base}/${home}/.cache/versus/packed`;

  /** Where it is unpacked below a home folder. */
  function unpacked(home: string): string {
    const names = [...Deno.readDirSync(cache(home))].map(({ name }) => name);
    expect(names.length).toBe(1);
    return `${cache(home)}/${names[0]}`;
  }

  beforeAll(async () => {
    await Deno.mkdir(`${base}/a folder`);
    await pack({ name: "hello", program: HELLO, target: packed() });
  });

  it("runs from any folder, twice, with its arguments and exit code", async () => {
    const env = { HOME: `${base}/home` };
    const first = await run(packed(), ["a b", "--json"], env, "/");
    expect(first).toEqual({ code: 0, stdout: "a b --json\n", stderr: "" });
    expect((await run("./a folder/hello", ["exit", "7"], env)).code).toBe(7);
    expect((await run("hello", ["x"], { ...env, PATH: `${base}/a folder:/usr/bin:/bin` })).stdout)
      .toBe("x\n");
    expect((await run("sh", ["hello", "y"], env, `${base}/a folder`)).stdout).toBe("y\n");
  });

  it("finds its worker, what is loaded later, and data on the disk", async () => {
    const env = { HOME: `${base}/home` };
    expect((await run(packed(), ["worker", "packed"], env)).stdout).toBe("hello packed\n");
    expect((await run(packed(), ["table"], env)).stdout).toBe("a 1\n");
    const path = (await run(packed(), ["data"], env)).stdout.trim();
    expect(path.startsWith(cache("home"))).toBe(true);
    expect(await Deno.readTextFile(path)).toBe(
      await Deno.readTextFile(`${ROOT}/tests/dev/_hello.ts`),
    );
  });

  it("leaves the environment of what it starts alone", async () => {
    const plain = JSON.parse(
      (await run(packed(), ["environment"], { HOME: `${base}/home` })).stdout,
    );
    expect(Object.keys(plain).filter((name) => name !== "PWD" && name !== "OLDPWD").sort())
      .toEqual(["HOME", "PATH"]);
    const own = JSON.parse(
      (await run(packed(), ["environment"], { HOME: `${base}/home`, DENO_DIR: "/d" })).stdout,
    );
    expect(own.DENO_DIR).toBe("/d");
  });

  it("is unpacked once by two first starts at once", async () => {
    const env = { HOME: `${base}/two` };
    const both = await Promise.all([run(packed(), ["a"], env), run(packed(), ["b"], env)]);
    expect(both.map(({ code, stdout, stderr }) => [code, stdout, stderr]))
      .toEqual([[0, "a\n", ""], [0, "b\n", ""]]);
    expect(unpacked("two")).toContain(cache("two"));
  });

  it("is unpacked anew where it is not whole, not private or of another size", async () => {
    const env = { HOME: `${base}/home` };
    await run(packed(), ["x"], env);
    const folder = unpacked("home");
    const ruin: (() => Promise<void>)[] = [
      () => Deno.remove(`${folder}/complete`),
      () => Deno.chmod(folder, 0o755),
      async () => {
        await Deno.chmod(`${folder}/deno`, 0o700);
        await Deno.truncate(`${folder}/deno`, 1000);
        await Deno.chmod(`${folder}/deno`, 0o500);
      },
    ];
    for (const spoil of ruin) {
      await spoil();
      expect(await run(packed(), ["again"], env)).toEqual({
        code: 0,
        stdout: "again\n",
        stderr: "",
      });
      expect(unpacked("home")).toBe(folder);
      expect((await Deno.stat(folder)).mode! & 0o777).toBe(0o700);
    }
  });

  it("uses VERSUS_HOME, and a private folder where there is no home", async () => {
    await run(packed(), ["x"], { VERSUS_HOME: `${base}/own` });
    expect([...Deno.readDirSync(`${base}/own/cache/packed`)].length).toBe(1);
    await Deno.mkdir(`${base}/tmp`);
    const { code } = await run(packed(), ["x"], { TMPDIR: `${base}/tmp` });
    expect(code).toBe(0);
    const [entry] = [...Deno.readDirSync(`${base}/tmp`)];
    expect(entry?.name).toBe(`versus-${Deno.uid()}`);
    expect((await Deno.stat(`${base}/tmp/${entry?.name}`)).mode! & 0o777).toBe(0o700);
  });

  it("says so where it cannot be unpacked", async () => {
    const { code, stderr } = await run(packed(), ["x"], { VERSUS_HOME: "/dev/null" });
    expect(code).toBe(1);
    expect(stderr).toContain("hello: cannot unpack into /dev/null/cache");
  });
});

describe("the configuration of these tests", () => {
  it("is that of the packages in use", () => {
    expect(CONFIG.endsWith(PACKAGES === "jsr" ? "deno.json" : "deno.airgap.json")).toBe(true);
  });
});
