/**
 * What a client of SSH and SNMP drags in: its results are computed again here, its owners are compared with
 * what the package managers themselves say, and the published contrast has to hold.
 */
import { dirname, join } from "node:path";
import { expect } from "@std/expect";
import { it } from "@std/testing/bdd";
import type { FootprintDocument } from "../../lib/footprint/mod.ts";
import { expectedOutput } from "../../lib/scenario/mod.ts";
import { findToolchain, isMissing } from "../../lib/toolchain/mod.ts";
import { describeFootprints, footprintScenario, reached, refuseArguments } from "./_footprints.ts";
import { start } from "./_programs.ts";

/** Two orders of magnitude. */
const CONTRAST = 100;

const scenario = await footprintScenario("network-client");

/** Tag, length and content, after X.690 for contents below 128 bytes. */
function ber(tag: number, ...content: number[]): number[] {
  return [tag, content.length, ...content];
}

/** A variable of the system group (RFC 3418) without a value, as in a request. */
function variable(object: number): number[] {
  const identifier = [43, 6, 1, 2, 1, 1, object, 0];
  return ber(0x30, ...ber(0x06, ...identifier), ...ber(0x05));
}

function hex(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

it("network-client has results that agree with the formats' own descriptions", async () => {
  const line = await Deno.readTextFile(join(scenario.folder, "known_hosts"));
  const [, type, key = ""] = line.trim().split(" ");
  const blob = Uint8Array.from(atob(key), (c) => c.charCodeAt(0));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", blob));
  const fingerprint = btoa(String.fromCharCode(...digest)).replace(/=+$/, "");
  const variables = hex(ber(0x30, ...variable(1), ...variable(3)));
  expect(expectedOutput(scenario, scenario.variants[0]!, {})?.stdout.trim().split("\n")).toEqual([
    `key: ${type}`,
    `fingerprint: SHA256:${fingerprint}`,
    `variables: ${variables}`,
  ]);
});

it("network-client shows the published figures as they are", () => {
  expect(scenario.published.map(({ variant, metrics }) => [variant, metrics])).toEqual([
    ["cpython", { filesOpened: 269 }],
    ["go", { filesOpened: 2 }],
  ]);
});

/** Opened files by package, of one ecosystem. */
function ownedBy({ files }: FootprintDocument, ecosystem: string): Map<string, string[]> {
  const owned = files.filter(({ owner, kind }) =>
    kind === "file" && owner?.startsWith(`${ecosystem}:`)
  );
  const byPackage = Map.groupBy(owned, ({ owner }) => owner!.slice(ecosystem.length + 1));
  return new Map([...byPackage].map(([name, all]) => [name, all.map(({ path }) => path)]));
}

/** Prints each distribution with its files, as Python's own library finds them. */
const DISTRIBUTIONS = `
import importlib.metadata, json, os, re
print(json.dumps({
    re.sub(r"[-_.]+", "-", one.name).lower() + "@" + one.version:
        [os.path.normpath(one.locate_file(file)) for file in one.files]
    for one in importlib.metadata.distributions()
}))`;

await describeFootprints(scenario, (footprints) => {
  const { names, of } = footprints;

  refuseArguments(footprints, 2, [[], ["known_hosts"], ["known_hosts", "a", "b"]]);

  it("say that they don't know a host, and end with 1", async () => {
    for (const name of names) {
      const own = of(name).command.slice(0, -1);
      const { code, stdout, stderr } = await start([...own, "nowhere.example"]);
      expect({ name, code, stdout }).toEqual({ name, code: 1, stdout: "" });
      expect(stderr).toContain("has no key of nowhere.example");
    }
  });

  it("reach nobody", () => {
    for (const name of names) expect({ name, to: reached(of(name)) }).toEqual({ name, to: [] });
  });

  for (const name of ["go", "go-static"].filter((one) => names.includes(one))) {
    if (!names.includes("cpython")) continue;
    it(`opens ${CONTRAST} times as many files with CPython as with ${name}`, () => {
      const [python, go] = [of("cpython").opened.unique, of(name).opened.unique];
      expect(go).toBeGreaterThan(0);
      expect(python / go).toBeGreaterThanOrEqual(CONTRAST);
    });
  }

  if (names.includes("cpython")) {
    it("belongs to Python's packages as Python itself says", async () => {
      const [python = ""] = of("cpython").command;
      const { stdout } = await start([python, "-c", DISTRIBUTIONS]);
      const known: Record<string, string[]> = JSON.parse(stdout);
      const owned = ownedBy(of("cpython"), "pypi");
      expect([...owned.keys()]).toEqual(expect.arrayContaining([
        expect.stringMatching(/^paramiko@/),
        expect.stringMatching(/^pysnmp@/),
      ]));
      for (const [name, paths] of owned) {
        // Bytecode is listed too where pip compiled it; its source stands for it elsewhere.
        const listed = new Set(known[name]);
        const source = (path: string) =>
          path.replace(/\/__pycache__\/([^/.]+)\.[^/]+\.pyc$/, "/$1.py");
        const strange = paths.filter((path) => !listed.has(path) && !listed.has(source(path)));
        expect({ name, strange }).toEqual({ name, strange: [] });
      }
      const { packages } = of("cpython");
      const installed = packages.filter((one) => one.ecosystem === "pypi" && one.installed)
        .map(({ name, version }) => `${name}@${version}`);
      expect(installed.sort()).toEqual(Object.keys(known).sort());
    });
  }

  if (names.includes("go")) {
    it("carries the modules that go version -m lists", async () => {
      const go = await findToolchain("go");
      if (isMissing(go)) throw new Error(go.reason);
      const [program = ""] = of("go").command;
      const { stdout } = await start([go.realPath, "version", "-m", program]);
      const listed = [...stdout.matchAll(/^\tdep\t(\S+)\t(\S+)/gm)]
        .map(([, name, version]) => `${name}@${version}`);
      const modules = of("go").packages.filter(({ ecosystem }) => ecosystem === "go");
      const embedded = modules.filter(({ installed }) => installed)
        .map(({ name, version }) => `${name}@${version}`);
      expect(embedded.sort()).toEqual(listed.sort());
      expect(modules.filter(({ opened }) => opened)).toEqual([]);
      expect(modules.filter(({ direct }) => direct).map(({ name }) => name).sort()).toEqual([
        "github.com/gosnmp/gosnmp",
        "github.com/urfave/cli/v2",
        "golang.org/x/crypto",
        "gopkg.in/yaml.v3",
      ]);
    });
  }

  if (names.includes("node")) {
    it("belongs to npm's packages as npm itself says", async () => {
      const script = of("node").command.at(-3)!;
      const { stdout } = await start(
        ["npm", "ls", "--all", "--parseable", "--long", "--prefix", dirname(script)],
      );
      const listed = new Map(
        stdout.trim().split("\n").slice(1).map((row) => {
          const [folder = "", name = ""] = row.split(":");
          return [name, folder];
        }),
      );
      for (const [name, paths] of ownedBy(of("node"), "npm")) {
        expect([...listed.keys()]).toContain(name);
        const elsewhere = paths.filter((path) => !path.startsWith(`${listed.get(name)}/`));
        expect({ name, elsewhere }).toEqual({ name, elsewhere: [] });
      }
      const opened = of("node").packages.filter((one) => one.ecosystem === "npm" && one.opened);
      expect(opened.map(({ name }) => name)).toEqual(
        expect.arrayContaining(["ssh2", "net-snmp"]),
      );
    });
  }
});
