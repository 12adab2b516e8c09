/** Footprints as CycloneDX: components, package URLs, licences, evidence. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import type { FootprintDocument, FootprintPackage, TracedFile } from "../../lib/footprint/types.ts";
import { licenseOf } from "../../lib/report/_footprint_licenses.ts";
import { packageUrl } from "../../lib/report/_footprint_purl.ts";
import { footprintCycloneDx, footprintExporterFor } from "../../lib/report/footprint.ts";

function file(path: string, owner: string | undefined, more: Partial<TracedFile> = {}): TracedFile {
  return {
    path,
    kind: "file",
    ...(owner === undefined ? { rule: "unattributed" } : { owner, rule: "rule" }),
    bytes: 10,
    readBytes: 4,
    mappedBytes: 0,
    opens: 2,
    firstAtS: 0,
    ...more,
  };
}

function packaged(
  ecosystem: FootprintPackage["ecosystem"],
  name: string,
  more: Partial<FootprintPackage> = {},
): FootprintPackage {
  return {
    ecosystem,
    name,
    version: "1.0",
    files: 1,
    bytes: 10,
    declared: false,
    installed: true,
    opened: true,
    direct: false,
    ...more,
  };
}

const DOCUMENT: FootprintDocument = {
  schema: "versus.footprint/1",
  command: ["/usr/bin/python3", "app.py"],
  cwd: "/srv/app",
  startedAt: "2026-01-02T03:04:05.678Z",
  exitCode: 0,
  method: "strace-seccomp",
  opened: { count: 12, unique: 6 },
  missed: { count: 3, bySyscall: { openat: 3 }, byPath: [] },
  bytes: { onDisk: 60, read: 24, mapped: 0 },
  files: [
    file("/srv/app/app.py", "program:own"),
    file("/usr/lib/python3.11/json/__init__.py", "cpython:stdlib"),
    file("/usr/bin/python3", "cpython:interpreter"),
    file("/no/such/site-packages/odd/x\u202ey.py", "pypi:odd@1.0"),
    file("/etc/ld.so.cache", "system:loader"),
    file("/data/what", undefined),
    file("/proc/self/status", "system:proc", { kind: "proc" }),
    file("/srv", undefined, { kind: "directory" }),
  ],
  packages: [
    packaged("runtime", "cpython", { version: "3.11.7", files: 2 }),
    packaged("pypi", "odd", { declared: true, direct: true }),
    packaged("pypi", "unused", { declared: true, opened: false, files: 0, bytes: 0 }),
    packaged("pypi", "idle", { opened: false, files: 0, bytes: 0 }),
  ],
  sockets: [],
  processes: [],
  environment: {},
  time: { tracedS: 0.1 },
  warnings: [],
};

interface Bom {
  [key: string]: unknown;
  readonly metadata: {
    readonly tools: unknown;
    readonly timestamp: string;
    readonly component: { readonly evidence: { readonly occurrences: unknown[] } };
  };
  readonly components: readonly {
    readonly name: string;
    readonly "bom-ref": string;
    readonly evidence?: { readonly occurrences: readonly { readonly location: string }[] };
    readonly [key: string]: unknown;
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: string[] }[];
}

function bomOf(document: FootprintDocument): Bom {
  return JSON.parse(footprintCycloneDx(document));
}

describe("a footprint as CycloneDX", () => {
  const bom = bomOf(DOCUMENT);
  const byName = new Map(bom.components.map((one) => [one.name, one]));
  const filesOf = (name: string) =>
    byName.get(name)?.evidence?.occurrences.map(({ location }) => location);

  it("says what it is and what made it", () => {
    expect(bom).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1 });
    expect(bom["serialNumber"]).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(bom["serialNumber"]).toBe(bomOf(DOCUMENT)["serialNumber"]);
    expect(bom["serialNumber"]).not.toBe(bomOf({ ...DOCUMENT, files: [] })["serialNumber"]);
    expect(bom.metadata.timestamp).toBe(DOCUMENT.startedAt);
    expect(bom.metadata.tools).toMatchObject({ components: [{ name: "versus" }] });
  });

  it("has a component for what is opened or declared, and none for what only lies there", () => {
    expect(bom.components.map(({ name, type, scope }) => [name, type, scope])).toEqual([
      ["cpython", "platform", "required"],
      ["odd", "library", "required"],
      ["unused", "library", "optional"],
      ["system:loader", "file", "required"],
      ["unattributed", "file", "required"],
    ]);
    expect(byName.get("unused")!.evidence).toBeUndefined();
  });

  it("has every regular file as evidence once, and nothing else", () => {
    const regular = DOCUMENT.files.filter(({ kind }) => kind === "file").map(({ path }) => path);
    const own = bom.metadata.component.evidence.occurrences as { location: string }[];
    const shown = [
      ...own,
      ...bom.components.flatMap(({ evidence }) => evidence?.occurrences ?? []),
    ].map(({ location }) => location);
    expect(shown.toSorted()).toEqual(regular.toSorted());
    expect(filesOf("cpython")).toEqual([
      "/usr/lib/python3.11/json/__init__.py",
      "/usr/bin/python3",
    ]);
    expect(own).toEqual([{
      location: "/srv/app/app.py",
      additionalContext: "10 bytes, opened 2 times, 4 bytes read, 0 mapped; rule",
    }]);
  });

  it("refers to components that there are, each by a name of its own", () => {
    const refs = bom.components.map((one) => one["bom-ref"]);
    expect(new Set(refs).size).toBe(refs.length);
    expect(bom.dependencies).toEqual([{ ref: "program", dependsOn: refs }]);
  });

  it("shows nothing that a terminal acts on", () => {
    expect(footprintCycloneDx(DOCUMENT)).not.toContain("\u202e");
    expect(filesOf("odd")).toEqual(["/no/such/site-packages/odd/x\u202ey.py"]);
  });

  it("calls what was not seen whole incomplete", () => {
    const compositions = (one: Bom) => one["compositions"];
    expect(compositions(bom)).toEqual([{ aggregate: "unknown", assemblies: ["program"] }]);
    expect(compositions(bomOf({ ...DOCUMENT, partial: { reason: "cut" } })))
      .toEqual([{ aggregate: "incomplete", assemblies: ["program"] }]);
  });

  it("is what a file of that name gets", () => {
    expect(footprintExporterFor("x.cdx.json")).toBe(footprintCycloneDx);
    expect(footprintExporterFor("x.json")).not.toBe(footprintCycloneDx);
    expect(() => footprintExporterFor("x.spdx")).toThrow(".cdx.json");
  });
});

describe("package URLs", () => {
  for (
    const [one, due] of [
      [packaged("pypi", "paramiko", { version: "3.4.0" }), "pkg:pypi/paramiko@3.4.0"],
      [packaged("npm", "@scope/name", { version: "1.2.3" }), "pkg:npm/%40scope/name@1.2.3"],
      [
        packaged("go", "github.com/a/b/v2", { version: "v2.0.1+incompatible" }),
        "pkg:golang/github.com/a/b/v2@v2.0.1%2Bincompatible",
      ],
      [packaged("cargo", "serde", { version: "1.0.0" }), "pkg:cargo/serde@1.0.0"],
      [
        packaged("deb", "libstdc++6", { version: "1:12~rc" }),
        "pkg:deb/debian/libstdc%2B%2B6@1:12~rc",
      ],
      [packaged("runtime", "cpython", { version: "3.11.7" }), "pkg:generic/cpython@3.11.7"],
    ] as const
  ) {
    it(`has ${due}`, () => {
      expect(packageUrl(one, "debian")).toBe(due);
    });
  }

  it("leaves a version out that is not known, and a package of an unknown system", () => {
    const { version: _, ...one } = packaged("npm", "a");
    expect(packageUrl(one, undefined)).toBe("pkg:npm/a");
    expect(packageUrl(packaged("deb", "a"), undefined)).toBeUndefined();
  });
});

describe("licences", () => {
  let folder: string;

  beforeAll(() => {
    folder = Deno.makeTempDirSync({ prefix: "versus-test-" });
  });

  afterAll(() => {
    Deno.removeSync(folder, { recursive: true });
  });

  function metadata(name: string, text: string): string {
    const site = join(folder, name, "site-packages");
    Deno.mkdirSync(join(site, `${name}-1.0.dist-info`), { recursive: true });
    Deno.writeTextFileSync(join(site, `${name}-1.0.dist-info`, "METADATA"), text);
    return join(site, name, "x.py");
  }

  for (
    const [name, text, due] of [
      ["modern", "Name: modern\nLicense-Expression: MIT OR (Apache-2.0 AND BSD-3-Clause)\n", {
        expression: "MIT OR (Apache-2.0 AND BSD-3-Clause)",
      }],
      ["older", "Name: older\nLicense: BSD\n", { license: { name: "BSD" } }],
      ["oldest", "License: UNKNOWN\nClassifier: License :: OSI Approved :: MIT License\n", {
        license: { name: "MIT License" },
      }],
      ["wordy", `License: ${"whereas ".repeat(20)}\n`, undefined],
      ["silent", "Name: silent\n\nLicense: MIT\n", undefined],
    ] as const
  ) {
    it(`of ${name} metadata of Python`, () => {
      expect(licenseOf(packaged("pypi", name), metadata(name, text))).toEqual(due);
    });
  }

  it("of another version are not taken", () => {
    const path = metadata("other", "License-Expression: MIT\n");
    expect(licenseOf(packaged("pypi", "other", { version: "2.0" }), path)).toBeUndefined();
    expect(licenseOf(packaged("pypi", "other"), join(folder, "gone/site-packages/other/x.py")))
      .toBeUndefined();
  });

  for (
    const [name, text, due] of [
      ["plain", `{"license": "MIT"}`, { expression: "MIT" }],
      ["@s/object", `{"license": {"type": "ISC"}}`, { expression: "ISC" }],
      ["list", `{"licenses": [{"type": "MIT", "url": "x"}]}`, { expression: "MIT" }],
      ["see", `{"license": "SEE LICENSE IN x"}`, { license: { name: "SEE LICENSE IN x" } }],
      ["none", `{}`, undefined],
      ["broken", `{`, undefined],
    ] as const
  ) {
    it(`of ${name}, from its package.json`, () => {
      const home = join(folder, "node_modules", name);
      Deno.mkdirSync(home, { recursive: true });
      Deno.writeTextFileSync(join(home, "package.json"), text);
      expect(licenseOf(packaged("npm", name), join(home, "lib", "x.js"))).toEqual(due);
    });
  }
});
