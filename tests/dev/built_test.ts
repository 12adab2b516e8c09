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

  it("needs no home: what it keeps is in a private folder then", async () => {
    await Deno.mkdir(`${base}/tmp`);
    const env = { TMPDIR: `${base}/tmp` };
    const args = ["bench", "true", "--runs", "2", "--json"];
    const { code, stdout } = await run(`${base}/dist/versus`, args, env, `${base}/empty`);
    expect([code, JSON.parse(stdout).scenarios[0].cases[0].status]).toEqual([0, "ok"]);
    const [folder, ...more] = [...Deno.readDirSync(`${base}/tmp`)].map(({ name }) => name);
    expect([folder, more]).toEqual([`versus-${Deno.uid()}`, []]);
    expect([...Deno.readDirSync(`${base}/tmp/${folder}/state/runs`)].length).toBe(1);
  });

  it("traces", { ignore: Deno.build.os !== "linux" }, async () => {
    const { code, stdout } = await versus("trace", "--json", "--", "/bin/true");
    expect(code).toBe(0);
    expect(JSON.parse(stdout).opened.unique).toBeGreaterThan(0);
  });

  it("probes loopback", async () => {
    // The server is in the network that the probe is in.
    const script = `ip link set lo up 2>/dev/null
python3 -m http.server 18099 --bind 127.0.0.1 >/dev/null 2>&1 &
server=$!
for i in 1 2 3 4 5 6 7 8 9; do
  "$1" probe tcp 127.0.0.1:18099 >/dev/null 2>&1 && break
  sleep 0.3
done
"$1" probe http http://127.0.0.1:18099/ --expect-status 200 --json
code=$?
kill $server
exit $code`;
    const argv = ["sh", "-c", script, "sh", `${base}/dist/versus`];
    const [command, ...args] = isolated ? ["unshare", "--net", ...argv] : argv;
    const { code, stdout } = await run(command!, args, { HOME: `${base}/home` }, `${base}/empty`);
    const { targets } = JSON.parse(stdout);
    expect([code, targets[0].state, targets[0].samples[0].ok]).toEqual([0, "open", true]);
  });

  it("opens the terminal UI, and leaves the terminal as it was", async () => {
    const child = new Deno.Command("script", {
      args: ["-qec", `stty rows 24 cols 80; ${base}/dist/versus; echo "code $?"`, "/dev/null"],
      cwd: `${base}/empty`,
      clearEnv: true,
      env: { PATH: "/usr/bin:/bin", HOME: `${base}/home`, TERM: "xterm-256color", LANG: "C.UTF-8" },
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const keys = child.stdin.getWriter();
    let screen = "";
    let asked = false;
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      screen += text;
      if (!asked && screen.includes("Memory, speed and")) {
        asked = true;
        await keys.write(new TextEncoder().encode("q"));
      }
    }
    await keys.close();
    await child.status;
    expect(screen).toContain("Memory, speed and");
    // The alternate screen is entered and left again, and the summary stands where the shell goes on.
    expect(screen.lastIndexOf("\x1b[?1049l")).toBeGreaterThan(screen.indexOf("\x1b[?1049h"));
    expect(screen.slice(screen.lastIndexOf("\x1b[?1049l"))).toContain("Python 70, Go 71, Rust 67");
    expect(screen.trimEnd().endsWith("code 0")).toBe(true);
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
