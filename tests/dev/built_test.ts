import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { CONFIG, ROOT } from "../../tasks/_deno.ts";
import { type Ended, run } from "./_packed.ts";

let base = "";

/** Runs a task of the project. */
async function task(...args: string[]): Promise<string> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--config", CONFIG, ...args],
    cwd: ROOT,
    stdin: "null",
  }).output();
  const text = new TextDecoder().decode(stderr);
  if (!success) throw new Error(text);
  return text;
}

/** A network that has loopback alone, where that may be had. */
const isolated = Deno.build.os === "linux" &&
  (await run("unshare", ["--net", "true"], {}, "/").catch(() => ({ code: 1 }))).code === 0;

/** Runs the built file in an empty folder, with an empty environment and no network. */
function versus(...args: string[]): Promise<Ended> {
  const argv = [`${base}/dist/versus`, ...args];
  const env = { HOME: `${base}/home` };
  return isolated
    ? run(
      "unshare",
      ["--net", "sh", "-c", 'ip link set lo up 2>/dev/null; exec "$@"', "sh", ...argv],
      env,
      `${base}/empty`,
    )
    : run(argv[0]!, args, env, `${base}/empty`);
}

describe("the built file", { ignore: Deno.build.os === "windows" }, () => {
  let told = "";

  beforeAll(async () => {
    base = await Deno.makeTempDir({ prefix: "versus-built-" });
    await Deno.mkdir(`${base}/empty`);
    told = await task("tasks/compile.ts", "--out", `${base}/dist`);
  });

  afterAll(async () => {
    await Deno.remove(base, { recursive: true });
  });

  it("is made for this machine, with the reason where it had to be packed", () => {
    const packed = told.includes("packing the Deno that is here instead");
    expect(told.includes("deno compile failed for")).toBe(packed);
    expect(told).toMatch(/compile: .*\/dist\/versus \(\d+\.\d MB\)\n$/);
  });

  it("says what it was made of", async () => {
    const source = await run(
      Deno.execPath(),
      ["run", "-A", "--config", CONFIG, `${ROOT}/cli/main.ts`, "--version"],
      { HOME: Deno.env.get("HOME") ?? "", DENO_DIR: Deno.env.get("DENO_DIR") ?? "" },
      ROOT,
    );
    expect(await versus("--version")).toEqual({ code: 0, stdout: source.stdout, stderr: "" });
  });

  it("lists, shows and has every schema", async () => {
    const list = JSON.parse((await versus("list", "--json")).stdout);
    const names = list.scenarios.map(({ name }: { name: string }) => name);
    expect(names).toContain("flipsum");
    const folders = [...Deno.readDirSync(`${ROOT}/scenarios/bench`)].length;
    expect(names.length).toBeGreaterThanOrEqual(folders);
    expect((await versus("show", "flipsum")).stdout).toContain("Sum of a flipping bit");
    expect(JSON.parse((await versus("schema", "run")).stdout)).toHaveProperty("properties");
  });

  it("runs flipsum with what is there", async () => {
    const { code, stdout, stderr } = await versus(
      ...["run", "flipsum", "-p", "n=1e5", "--variant", "cpython,cpython-threads", "--runs", "3"],
      "--json",
    );
    expect([code, stderr.includes("error")]).toEqual([0, false]);
    const { scenarios, environment } = JSON.parse(stdout);
    expect(scenarios[0].cases.map((c: { status: string }) => c.status)).toEqual(["ok", "ok"]);
    expect(scenarios[0].cases[0].samples[0].method).toMatch(/^(gate|spawn)$/);
    expect(environment.packages).toMatch(/^(jsr|airgap)$/);
  });

  it("traces", { ignore: Deno.build.os !== "linux" }, async () => {
    const { code, stdout } = await versus("trace", "--json", "--", "/bin/true");
    expect(code).toBe(0);
    expect(JSON.parse(stdout).opened.unique).toBeGreaterThan(0);
  });

  it("is released with its sum, licences, man page and completions", async () => {
    await task("tasks/release/main.ts", `${base}/dist`);
    const folder = `${base}/dist/release`;
    const sums = await run("sha256sum", ["--check", "SHA256SUMS"], {}, folder);
    expect(sums.stdout).toMatch(/^versus-.*\.tar\.gz: OK\n$/);
    const file = sums.stdout.split(":")[0]!;
    const name = file.replace(/\.tar\.gz$/, "");
    await run("tar", ["-xzf", `${folder}/${file}`], {}, base);
    expect(
      (await run(`${base}/${name}/versus`, ["--version"], { HOME: `${base}/home` }, base)).code,
    )
      .toBe(0);
    const read = (path: string) => Deno.readTextFile(`${base}/${name}/${path}`);
    const licences = await read("THIRD-PARTY-LICENCES.txt");
    for (const one of ["Deno ", "valibot ", "simple-statistics "]) {
      expect(licences).toContain(`\n${one}`);
    }
    expect(licences).toContain("Permission is hereby granted");
    const man = await read("versus.1");
    expect(man).toMatch(/^\.TH VERSUS 1 "\d{4}-\d\d-\d\d"/);
    expect(man).toContain(".SS versus trace\n");
    expect(/^[\n -~]+$/.test(man)).toBe(true);
    for (const shell of ["bash", "zsh", "fish"]) {
      expect(await read(`completions/versus.${shell}`)).toContain("versus");
    }
  });
});
