/** dpkg, rpm and apk: each against its own answer. */
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { createAttributor } from "../../../lib/footprint/attribution/mod.ts";
import { filesBelow, FIXTURES, run, scratch, writeFiles } from "../_support.ts";
import { dpkgOwners, unmerged } from "./_dpkg.ts";

describe("dpkg's packages on this machine", () => {
  it("are named as dpkg -S names them, for programs, libraries and settings", async () => {
    const paths = [
      ...filesBelow("/usr/bin"),
      ...filesBelow("/usr/lib/x86_64-linux-gnu").filter((path) => path.includes(".so")),
      ...filesBelow("/etc"),
      ...filesBelow("/usr/share/ca-certificates"),
    ].slice(0, 6000);
    const owners = await dpkgOwners([...paths, ...paths.map(unmerged)]);
    const attributor = createAttributor({ home: "/nonexistent", env: {} });
    const versions = new Map(
      (await run("dpkg-query", ["-W", "-f", "${Package} ${Version}\n"])).trimEnd().split("\n")
        .map((line) => line.split(" ") as [string, string]),
    );
    // Of a diverted file, dpkg -S names all packages that would have it; the next test looks closer.
    const diverted = await run("dpkg-divert", ["--list"], { env: { LC_ALL: "C" } });
    let compared = 0;
    const wrong: unknown[] = [];
    for (const path of paths) {
      if (diverted.includes(` ${path} `)) continue;
      const expected = owners.get(path) ?? owners.get(unmerged(path));
      for (const name of new Set([path, unmerged(path)])) {
        const { rule, package: found } = attributor.attribute(name);
        const claimed = rule === "dpkg" ? found : undefined;
        // A language's own rule may come first, where its package says more.
        if (rule !== "dpkg" && found !== undefined && found.ecosystem !== "deb") continue;
        const same = expected === undefined
          ? claimed === undefined
          : claimed !== undefined && expected.has(claimed.name) &&
            versions.get(claimed.name) === claimed.version;
        if (!same) wrong.push({ name, expected: [...expected ?? []], claimed, rule });
        if (expected !== undefined) compared++;
      }
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(1000);
  });

  it("are found where a link leads, with the rule saying so", async () => {
    const attributor = createAttributor({ home: "/nonexistent", env: {} });
    // An alternative: /usr/bin/awk → /etc/alternatives/awk → /usr/bin/mawk or another.
    const target = Deno.realPathSync("/usr/bin/awk");
    const owners = await dpkgOwners([target, unmerged(target)]);
    const expected = owners.get(target) ?? owners.get(unmerged(target));
    const { rule, package: found } = attributor.attribute("/usr/bin/awk");
    expect(rule).toBe("link:dpkg");
    expect([...expected!]).toContain(found?.name);
  });
});

describe("dpkg's packages in another root", () => {
  async function build(
    folder: string,
    name: string,
    files: Record<string, string>,
  ): Promise<string> {
    const tree = join(folder, name);
    writeFiles(tree, {
      "DEBIAN/control":
        `Package: ${name}\nVersion: 1.0-${name.length}\nArchitecture: all\nMaintainer: x <x@host.example>\nDescription: x\n`,
      ...files,
    });
    await run("dpkg-deb", ["--root-owner-group", "-b", tree, `${tree}.deb`]);
    return `${tree}.deb`;
  }

  it("follow diversions, and folders that were merged into /usr", async () => {
    using work = scratch();
    const root = join(work.path, "root");
    for (
      const folder of ["usr/bin", "usr/lib", "var/lib/dpkg/info", "var/lib/dpkg/updates", "var/log"]
    ) {
      Deno.mkdirSync(join(root, folder), { recursive: true });
    }
    Deno.writeTextFileSync(join(root, "var/lib/dpkg/status"), "");
    Deno.symlinkSync("usr/lib", join(root, "lib"));
    Deno.symlinkSync("usr/bin", join(root, "bin"));
    const plain = await build(work.path, "plain", {
      "usr/bin/tool": "1",
      "lib/libplain.so.1": "1",
    });
    const other = await build(work.path, "wrapper", {
      "usr/bin/tool": "2",
      "usr/share/wrapper/x": "2",
    });
    await run("dpkg-divert", [
      ...["--root", root, "--package", "wrapper", "--divert", "/usr/bin/tool.real", "--rename"],
      ...["--add", "/usr/bin/tool"],
    ]);
    await run("dpkg", ["--root", root, "--force-all", "--log", "/dev/null", "-i", plain, other], {
      env: { PATH: Deno.env.get("PATH") ?? "", LC_ALL: "C" },
    });
    expect(Deno.readTextFileSync(join(root, "usr/bin/tool.real"))).toBe("1");

    const attributor = createAttributor({ root, home: "/nonexistent", env: {} });
    const owner = (path: string) => attributor.attribute(path).owner;
    expect(owner("/usr/bin/tool")).toBe("deb:wrapper@1.0-7");
    expect(owner("/usr/bin/tool.real")).toBe("deb:plain@1.0-5");
    expect(owner("/bin/tool.real")).toBe("deb:plain@1.0-5");
    expect(owner("/lib/libplain.so.1")).toBe("deb:plain@1.0-5");
    expect(owner("/usr/lib/libplain.so.1")).toBe("deb:plain@1.0-5");
    expect(owner("/usr/share/wrapper/x")).toBe("deb:wrapper@1.0-7");
    expect(attributor.attribute("/usr/share/wrapper/other")).toEqual({ rule: "unattributed" });
    expect(attributor.attribute("/usr/share/wrapper")).toEqual({ rule: "unattributed" });
    expect(attributor.problems).toEqual([]);
  });
});

describe("rpm's packages", () => {
  const database = gunzipSync(Deno.readFileSync(join(FIXTURES, "rpm/rpmdb.sqlite.gz")));

  for (const folder of ["var/lib/rpm", "usr/lib/sysimage/rpm"]) {
    it(`are named as rpm -qa lists them, from ${folder}`, () => {
      using work = scratch();
      Deno.mkdirSync(join(work.path, folder), { recursive: true });
      Deno.writeFileSync(join(work.path, folder, "rpmdb.sqlite"), database);
      const attributor = createAttributor({ root: work.path, home: "/nonexistent", env: {} });
      const lines = Deno.readTextFileSync(join(FIXTURES, "rpm/rpm-qa.list")).trimEnd().split("\n");
      for (const line of lines) {
        const [path, name, version] = line.split("\t") as [string, string, string];
        expect(attributor.attribute(path)).toEqual({
          owner: `rpm:${name}@${version}`,
          rule: "rpm",
          package: { ecosystem: "rpm", name, version },
        });
      }
      expect(attributor.attribute("/usr/bin/other").rule).toBe("unattributed");
      expect(attributor.problems).toEqual([]);
      // Nothing is written beside a database that is only read.
      expect([...Deno.readDirSync(join(work.path, folder))].length).toBe(1);
    });
  }

  it("are a problem that is told where the database is damaged", () => {
    using work = scratch();
    writeFiles(work.path, { "var/lib/rpm/rpmdb.sqlite": "no database at all" });
    const attributor = createAttributor({ root: work.path, home: "/nonexistent", env: {} });
    expect(attributor.attribute("/usr/bin/demo").rule).toBe("unattributed");
    expect(attributor.problems).toEqual([expect.stringContaining("rpm database")]);
  });
});

describe("apk's packages", () => {
  for (const folder of ["lib", "usr/lib"]) {
    it(`are named as apk info --who-owns names them, from /${folder}`, () => {
      using work = scratch();
      const text = Deno.readTextFileSync(join(FIXTURES, "apk/installed"));
      writeFiles(work.path, { [`${folder}/apk/db/installed`]: text });
      const attributor = createAttributor({ root: work.path, home: "/nonexistent", env: {} });
      const lines = Deno.readTextFileSync(join(FIXTURES, "apk/who-owns.list")).trimEnd().split(
        "\n",
      );
      for (const line of lines) {
        const [path, id] = line.split(" is owned by ") as [string, string];
        const { package: found, rule } = attributor.attribute(path);
        expect(rule).toBe("apk");
        expect(`${found!.name}-${found!.version}`).toBe(id);
      }
      expect(attributor.attribute("/usr/bin/other").rule).toBe("unattributed");
    });
  }
});
