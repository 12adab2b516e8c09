/** Whatever stands in the databases and metadata that rules read, every path gets an answer. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gunzipSync } from "node:zlib";
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { createAttributor } from "../../../lib/footprint/attribution/mod.ts";
import { parseRpmHeader } from "../../../lib/footprint/attribution/rpm.ts";
import { diceOf, mutateBytes, mutateText } from "../_mutate.ts";
import { FIXTURES, scratch, writeFiles } from "../_support.ts";

/** How many mutations; `VERSUS_FUZZ` sets another number. */
const ROUNDS = Number(Deno.env.get("VERSUS_FUZZ") ?? 100);

const SITE = "srv/venv/lib/python3.11/site-packages";
const INDEX = JSON.stringify({
  key: "make-fetch-happen:request-cache:https://registry.example/chalk/-/chalk-4.1.2.tgz",
  integrity: "sha512-YWJj",
});
const SOURCES: Readonly<Record<string, string>> = {
  "var/lib/dpkg/status":
    "Package: demo\nStatus: install ok installed\nArchitecture: all\nVersion: 1.0\n\n" +
    "Package: other\nArchitecture: amd64\nVersion: 2:3.0-1\n\n",
  "var/lib/dpkg/info/demo.list": "/.\n/usr\n/usr/bin\n/usr/bin/demo\n",
  "var/lib/dpkg/info/other:amd64.list": "/.\n/usr/bin/demo\n/usr/lib/libother.so.1\n",
  "var/lib/dpkg/diversions": "/usr/bin/demo\n/usr/bin/demo.real\nother\n",
  "lib/apk/db/installed": Deno.readTextFileSync(join(FIXTURES, "apk/installed")),
  [`${SITE}/one-1.0.dist-info/RECORD`]:
    'one/__init__.py,sha256=x,1\n"a, b.py",,\n../../../bin/one,,\n',
  [`${SITE}/one-1.0.dist-info/METADATA`]:
    "Metadata-Version: 2.1\nName: one\nVersion: 1.0\n\ntext\n",
  [`${SITE}/one-1.0.dist-info/direct_url.json`]:
    '{"url": "file:///srv/project", "dir_info": {"editable": true}}',
  [`${SITE}/two.egg-info/installed-files.txt`]: "../two.py\n",
  "srv/venv/pyvenv.cfg": "home = /usr/bin\nversion = 3.11.7\n",
  "srv/app/node_modules/chalk/package.json": '{"name":"chalk","version":"4.1.2"}',
  "home/u/.npm/_cacache/index-v5/ab/cd/ef": `\nhash\t${INDEX}\n`,
  "home/u/.cache/deno/remote/https/host/0123": "export {};\n" +
    '// denoCacheMetadata={"headers":{},"url":"https://registry.example/@std/yaml/1.0.5/mod.ts","time":1}',
  "home/u/.cargo/.crates.toml": '[v1]\n"demo 0.1.0 (registry+https://x)" = ["demo"]\n',
  "opt/go/VERSION": "go1.22.3\ntime 2024\n",
  "opt/java/release": 'JAVA_VERSION="21"\n',
  "opt/java/lib/modules": "",
};

const ASKED = [
  ...["/usr/bin/demo", "/usr/bin/demo.real", "/usr/lib/libother.so.1", "/etc/demo/demo.conf"],
  ...["one/__init__.py", "a, b.py", "two.py", "one/x.pyc", "three/y.py"].map((path) =>
    `/${SITE}/${path}`
  ),
  ...["/srv/venv/bin/one", "/srv/venv/pyvenv.cfg", "/srv/project/x.py", "/opt/go/src/fmt/print.go"],
  ...["/srv/app/node_modules/chalk/index.js", "/home/u/.cargo/bin/demo", "/opt/java/lib/modules"],
  ...[
    "/home/u/.npm/_cacache/content-v2/sha512/61/62/63",
    "/home/u/.cache/deno/remote/https/host/0123",
  ],
];

describe("mutated databases and metadata", () => {
  for (const name of Object.keys(SOURCES)) {
    it(`${name}: every path gets an answer`, () => {
      using work = scratch();
      writeFiles(work.path, SOURCES);
      const answers = () => {
        const options = { root: work.path, home: "/home/u", env: {} };
        const attributor = createAttributor(options);
        const found = ASKED.map((path) => attributor.attribute(path));
        expect(attributor.installed().every((one) => one.name !== "")).toBe(true);
        return found;
      };
      const whole = JSON.stringify(answers());
      let changed = 0;
      for (let seed = 1; seed <= ROUNDS / 4; seed++) {
        Deno.writeTextFileSync(join(work.path, name), mutateText(SOURCES[name]!, diceOf(seed)));
        const found = answers();
        for (const { owner, rule } of found) {
          expect(rule).not.toBe("");
          expect(owner === undefined).toBe(rule === "unattributed");
        }
        if (JSON.stringify(found) !== whole) changed++;
      }
      // What is read has to matter, or the mutations test nothing.
      if (name !== "opt/java/lib/modules") expect(changed).toBeGreaterThan(0);
    });
  }

  it("headers of rpm: a package or none", () => {
    using work = scratch();
    const path = join(work.path, "rpmdb.sqlite");
    Deno.writeFileSync(path, gunzipSync(Deno.readFileSync(join(FIXTURES, "rpm/rpmdb.sqlite.gz"))));
    const database = new DatabaseSync(path);
    const blobs = database.prepare("SELECT blob FROM Packages").all().map((row) =>
      new Uint8Array(row["blob"] as Uint8Array)
    );
    database.close();
    let read = 0;
    for (const blob of blobs) {
      expect(parseRpmHeader(blob)![1].length).toBeGreaterThan(0);
      for (let seed = 1; seed <= ROUNDS; seed++) {
        const found = parseRpmHeader(mutateBytes(blob, diceOf(seed)));
        if (found === undefined) continue;
        read++;
        expect(typeof found[0].name).toBe("string");
      }
    }
    expect(read).toBeGreaterThan(0);
  });
});

describe("odd paths", () => {
  it("get an answer, whatever is in them", () => {
    const attributor = createAttributor({ env: {}, home: "/home/u", own: ["/srv/app"] });
    const dice = diceOf(7);
    const parts = [
      ...[
        "",
        "..",
        ".",
        "\n",
        "\ufffd",
        "node_modules",
        "@x",
        "site-packages",
        "lib",
        "python3.11",
      ],
      ...["__pycache__", "x.cpython-311.pyc", "pkg", "mod", "a@v1.0.0", "_cacache", "content-v2"],
      ...[
        "%2f",
        "dist-packages",
        "proc",
        "etc",
        "registry",
        "src",
        ".cargo",
        "(",
        "[",
        "*",
        "é",
        " ",
      ],
    ];
    for (let i = 0; i < ROUNDS * 20; i++) {
      const path = `/${Array.from({ length: dice(9) }, () => parts[dice(parts.length)]).join("/")}`;
      const { owner, rule } = attributor.attribute(path);
      expect(owner === undefined).toBe(rule === "unattributed");
    }
    for (const path of ["", "relative", "/", "//", "/".repeat(5000), `/${"a/".repeat(3000)}`]) {
      expect(typeof attributor.attribute(path).rule).toBe("string");
    }
  });
});
