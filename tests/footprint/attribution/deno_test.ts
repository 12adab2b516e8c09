/** Deno's caches, against `deno info`. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { createAttributor } from "../../../lib/footprint/attribution/mod.ts";
import { serveJsr } from "../_jsr.ts";
import { serveNpm } from "../_npm.ts";
import { filesBelow, run, scratch, writeFiles } from "../_support.ts";

interface Info {
  modules: { specifier: string; local?: string }[];
  npmPackages: Record<string, { name: string; version: string }>;
}

describe("Deno's cache", () => {
  it("belongs to the packages that deno info names", async () => {
    using work = scratch();
    await using jsr = serveJsr();
    await using npm = await serveNpm({
      "@demo/leaf": { "1.0.0": { files: { "index.js": "exports.word = 'leaf';\n" } } },
      demo: {
        "2.3.4": {
          dependencies: { "@demo/leaf": "^1.0.0" },
          files: { "index.js": "module.exports = require('@demo/leaf').word;\n" },
        },
      },
    });
    const remote = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () =>
        new Response("export const far: number = 1;\n", {
          headers: { "content-type": "text/typescript" },
        }),
    );
    const address = `http://127.0.0.1:${remote.addr.port}`;
    const folder = writeFiles(join(work.path, "project"), {
      "main.ts": `import { word } from "jsr:@fixture/greet@^1.1";
import demo from "npm:demo@2";
import { far } from "${address}/x/far@v1/mod.ts";
console.log(word, demo, far);
`,
    });
    const env = {
      DENO_DIR: join(work.path, "cache"),
      JSR_URL: jsr.url,
      NPM_CONFIG_REGISTRY: npm.url,
      NO_COLOR: "1",
    };
    const flags = ["--no-config", "--no-lock"];
    const main = join(folder, "main.ts");
    const printed = await run(Deno.execPath(), ["run", "-A", "--quiet", ...flags, main], { env });
    expect(printed).toBe("HELLO leaf 1\n");
    const info: Info = JSON.parse(
      await run(Deno.execPath(), ["info", "--json", ...flags, main], { env }),
    );
    await remote.shutdown();

    const attributor = createAttributor({ env, own: [folder], home: work.path });
    const locals = new Map<string, string>();
    for (const { specifier, local } of info.modules) {
      if (local !== undefined && local !== null) locals.set(specifier, local);
    }
    const jsrModules = [...locals].filter(([specifier]) => specifier.startsWith(jsr.url));
    expect(jsrModules.length).toBe(2);
    for (const [specifier, local] of jsrModules) {
      const [, name, version] = /(@[^/]+\/[^/]+)\/([^/]+)\//.exec(specifier.slice(jsr.url.length))!;
      expect(attributor.attribute(local)).toEqual({
        owner: `jsr:${name}@${version}`,
        rule: "deno-jsr-cache",
        package: { ecosystem: "jsr", name, version },
      });
    }
    const far = filesBelow(join(env.DENO_DIR, `remote/http/127.0.0.1_PORT${remote.addr.port}`));
    expect(far.length).toBe(1);
    expect(attributor.attribute(far[0]!)).toEqual({
      owner: `url:127.0.0.1:${remote.addr.port}/x/far@v1`,
      rule: "deno-remote-cache",
    });
    expect(attributor.attribute(main).owner).toBe("program:own");

    const packages = Object.values(info.npmPackages).map(({ name, version }) =>
      `npm:${name}@${version}`
    );
    expect(packages.sort()).toEqual(["npm:@demo/leaf@1.0.0", "npm:demo@2.3.4"]);
    const owners = new Map<string, Set<string>>();
    for (const path of filesBelow(env.DENO_DIR)) {
      const { owner, rule } = attributor.attribute(path);
      expect([path, rule]).not.toEqual([path, "unattributed"]);
      expect(rule).toMatch(/^deno-/);
      const set = owners.get(rule) ?? new Set();
      owners.set(rule, set.add(owner!));
      if (/\/index\.js$/.test(path)) {
        expect(
          packages.some((id) =>
            path.includes(`/${id.slice(4).replace(/@(?=\d)/, "/")}/`) && owner === id
          ),
        ).toBe(true);
      }
    }
    expect([...owners.get("deno-npm-cache")!].sort()).toEqual(packages);
    expect(owners.get("deno-cache")).toEqual(new Set(["deno:cache"]));
  });
});
