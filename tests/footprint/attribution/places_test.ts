/** The places of a system, the program's own folder, and what is left over. */
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { type Attributor, createAttributor } from "../../../lib/footprint/attribution/mod.ts";
import { run, scratch, writeFiles } from "../_support.ts";

describe("the places of a system", () => {
  let work: { path: string } & Disposable;
  let attributor: Attributor;

  beforeAll(() => {
    work = scratch();
    writeFiles(work.path, {
      "usr/share/zoneinfo/Etc/UTC": "",
      "opt/java/release": 'IMPLEMENTOR="x"\nJAVA_VERSION="21.0.2"\n',
      "opt/java/lib/modules": "",
      "opt/node/include/node/node_version.h":
        "#define NODE_MAJOR_VERSION 22\n#define NODE_MINOR_VERSION 4\n#define NODE_PATCH_VERSION 1\n",
      "opt/node/bin/node": "",
      "srv/venv/pyvenv.cfg": "home = /usr/bin\nversion = 3.12.1\n",
      "opt/py/lib/python3.13/os.py": "",
      "opt/py/lib/python3.13/build-details.json":
        '{"language": {"version": "3.13"}, "version": "3.13.2"}',
    });
    attributor = createAttributor({
      root: work.path,
      home: "/home/user",
      own: ["/srv/app", "/srv/other/script.py", "/", "/usr", "/home/user", "/tmp"],
      env: { SSL_CERT_FILE: "/srv/certs/ca.pem", TMPDIR: "/srv/scratch" },
    });
  });
  afterAll(() => work[Symbol.dispose]());

  const cases: readonly (readonly [path: string, owner: string | undefined, rule: string])[] = [
    ["/proc/self/maps", "kernel:proc", "proc"],
    ["/sys/devices/system/cpu/online", "kernel:sys", "sys"],
    ["/dev/urandom", "kernel:dev", "device"],
    ["/dev/shm/x", "user:temporary", "temporary"],
    ["/etc/ld.so.cache", "system:loader", "loader-cache"],
    ["/etc/ld.so.conf.d/x.conf", "system:loader", "loader-cache"],
    ["/usr/lib/locale/locale-archive", "system:locale", "locale"],
    ["/usr/lib/x86_64-linux-gnu/gconv/gconv-modules.cache", "system:locale", "locale"],
    ["/etc/ssl/certs/ca-certificates.crt", "system:certificates", "certificates"],
    ["/etc/pki/tls/cert.pem", "system:certificates", "certificates"],
    ["/srv/certs/ca.pem", "system:certificates", "certificates"],
    ["/etc/localtime", "system:time-zone", "time-zone"],
    ["/usr/share/zoneinfo/Etc/UTC", "system:time-zone", "time-zone"],
    ["/usr/share/fonts/x.ttf", "system:fonts", "fonts"],
    ["/home/user/.cache/fontconfig/x", "system:fonts", "fonts"],
    ["/usr/share/terminfo/x/xterm", "system:terminal", "terminal"],
    ["/etc/resolv.conf", "system:name-service", "name-service"],
    ["/etc/anything/else.conf", "system:configuration", "configuration"],
    ["/usr/lib/x86_64-linux-gnu/libhand.so.1.2", "system:library", "shared-library"],
    ["/usr/local/lib/libhand.so", "system:library", "shared-library"],
    ["/usr/local/share/thing", "local:/usr/local", "local-software"],
    ["/opt/thing/data", "local:/opt/thing", "local-software"],
    ["/tmp/x", "user:temporary", "temporary"],
    ["/srv/scratch/x", "user:temporary", "temporary"],
    ["/var/lib/thing", "system:state", "system-state"],
    ["/run/lock/x", "system:state", "system-state"],
    ["/home/user/.config/thing/x.toml", "user:configuration", "user-configuration"],
    ["/home/user/.gitconfig", "user:configuration", "user-configuration"],
    ["/home/user/.ssh/known_hosts", "user:configuration", "user-configuration"],
    ["/home/user/.cache/thing/x", "user:cache", "user-cache"],
    ["/home/user/.local/share/thing/x", "user:data", "user-data"],
    ["/home/user/.thing/bin/x", "user:.thing", "user-folder"],
    ["/srv/app/main.py", "program:own", "own-folder"],
    ["/srv/app/../app/./main.py", "program:own", "own-folder"],
    ["/srv/other/script.py", "program:own", "own-folder"],
    ["/opt/java/lib/modules", "java:runtime", "java-runtime"],
    ["/opt/node/bin/node", "node:runtime", "node-runtime"],
    ["/opt/node/lib/other", "local:/opt/node", "local-software"],
    ["/opt/py/lib/python3.13/json/decoder.py", "cpython:stdlib", "python-stdlib"],
    ["/opt/py/lib/libpython3.13.so.1.0", "cpython:interpreter", "python-runtime"],
    ["/srv/venv/pyvenv.cfg", "cpython:venv", "python-venv"],
    ["/srv/venv/bin/activate", "cpython:venv", "python-venv"],
    // Named as its own, but everybody's, or somebody else's.
    ["/usr/bin/unknown", undefined, "unattributed"],
    ["/home/user/notes.txt", undefined, "unattributed"],
    ["/srv/application/main.py", undefined, "unattributed"],
    ["/data/file", undefined, "unattributed"],
  ];
  for (const [path, owner, rule] of cases) {
    it(`explain ${path} by ${rule}`, () => {
      const found = attributor.attribute(path);
      expect([found.owner, found.rule]).toEqual([owner, rule]);
    });
  }

  it("give the versions of runtimes from their own files", () => {
    const version = (path: string) => attributor.attribute(path).package?.version;
    expect(version("/opt/java/lib/modules")).toBe("21.0.2");
    expect(version("/opt/node/bin/node")).toBe("22.4.1");
    expect(version("/opt/py/lib/python3.13/os.py")).toBe("3.13.2");
    expect(version("/srv/venv/pyvenv.cfg")).toBe("3.12.1");
  });
});

describe("ten thousand paths", () => {
  it("are answered the same way the second time, and each for itself", () => {
    const attributor = createAttributor({ env: {}, home: "/home/user" });
    const paths = Array.from({ length: 10_000 }, (_, i) => `/srv/data/${i % 5_000}/x`);
    const answers = new Set(paths.map((path) => attributor.attribute(path)));
    expect(answers.size).toBe(5_000);
    expect([...answers].every(({ rule }) => rule === "unattributed")).toBe(true);
  });
});

describe("the libraries of a program", () => {
  it("are all explained, as ldd lists them", async () => {
    const text = await run("ldd", ["/bin/ls"], { env: { LC_ALL: "C" } });
    const paths = [...text.matchAll(/(\/\S+) \(0x/g)].map(([, path]) => path!);
    expect(paths.length).toBeGreaterThan(1);
    const attributor = createAttributor({ env: {} });
    for (const path of paths) {
      const { owner, rule } = attributor.attribute(path);
      expect([path, rule]).toEqual([path, expect.stringMatching(/^(dpkg|rpm|apk)$/)]);
      expect(owner).toMatch(/^(deb|rpm|apk):lib/);
    }
  });
});
