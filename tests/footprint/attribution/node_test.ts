/** Node's packages and npm's cache, against npm. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { type Attributor, createAttributor } from "../../../lib/footprint/attribution/mod.ts";
import { isMissing } from "../../../lib/toolchain/mod.ts";
import { itWith, realToolchain } from "../../toolchain/_real.ts";
import { type NpmServer, serveNpm } from "../_npm.ts";
import { filesBelow, run, scratch, writeFiles } from "../_support.ts";

const PACKAGES = {
  lodge: {
    "1.0.0": { files: { "index.js": "exports.word = 'one';\n" } },
    "2.0.0": {
      files: {
        "index.js": "exports.word = 'two';\n",
        "esm/package.json": '{"type":"module"}\n',
        "esm/index.js": "export const word = 'two';\n",
      },
    },
  },
  "@demo/tool": {
    "3.1.0": {
      dependencies: { lodge: "^1.0.0" },
      bin: "demo-tool",
      files: { "index.js": "#!/usr/bin/env node\nconsole.log(require('lodge').word);\n" },
    },
  },
};

describe("Node's packages", () => {
  let work: { path: string } & Disposable;
  let server: NpmServer;
  let project: string;
  let attributor: Attributor;

  beforeAll(async () => {
    work = scratch();
    server = await serveNpm(PACKAGES);
    project = join(work.path, "project");
    writeFiles(project, {
      "package.json": JSON.stringify({
        name: "project",
        version: "0.0.1",
        dependencies: { "@demo/tool": "3.1.0", lodge: "2.0.0", alias: "npm:lodge@1.0.0" },
        workspaces: ["members/*"],
      }),
      "members/one/package.json": '{"name":"member-one","version":"9.9.9"}\n',
      "members/one/index.js": "module.exports = 1;\n",
      "main.js": "require('@demo/tool'); require('lodge'); require('alias');\n",
    });
    attributor = createAttributor({ own: [project], env: {} });
    const node = realToolchain.get("node")!;
    if (isMissing(node)) return;
    await run("npm", [
      ...["install", "--silent", "--no-audit", "--no-fund", "--registry", server.url],
      ...["--cache", join(work.path, "cache")],
    ], { cwd: project });
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    work[Symbol.dispose]();
  });

  itWith("node", "are named as npm ls names the folder that holds each file", async () => {
    const listed = (await run("npm", ["ls", "--all", "--parseable", "--long"], { cwd: project }))
      .trimEnd().split("\n").slice(1).map((line) => {
        const [folder, id, link] = line.split(":");
        return { folder: folder!, id: id!.replace(/^alias@npm$/, "lodge"), link, line };
      });
    // npm writes an alias as alias@npm:lodge@1.0.0.
    const idOf = (line: string) => /@npm:(.*?)(?::|$)/.exec(line)?.[1];
    let compared = 0;
    for (const { folder, id, link, line } of listed) {
      if (link !== undefined && idOf(line) === undefined) continue;
      for (const path of filesBelow(folder)) {
        if (path.slice(folder.length).includes("/node_modules/")) continue;
        const found = attributor.attribute(path);
        expect([path, found.owner]).toEqual([path, `npm:${idOf(line) ?? id}`]);
        expect(found.rule).toBe("node-modules");
        compared++;
      }
    }
    expect(listed.length).toBe(5);
    expect(compared).toBeGreaterThan(8);
  });

  itWith("node", "are found behind links: programs, and members of the workspace", () => {
    expect(attributor.attribute(join(project, "node_modules/.bin/demo-tool"))).toMatchObject({
      owner: "npm:@demo/tool@3.1.0",
      rule: "link:node-modules",
    });
    expect(attributor.attribute(join(project, "node_modules/member-one/index.js")).owner).toBe(
      "npm:member-one@9.9.9",
    );
    expect(attributor.attribute(join(project, "members/one/index.js")).owner).toBe("program:own");
  });

  itWith("node", "leave to npm what it writes for itself", () => {
    expect(attributor.attribute(join(project, "node_modules/.package-lock.json"))).toEqual({
      owner: "npm:state",
      rule: "node-modules-state",
    });
  });

  itWith("node", "are listed as installed, opened or not", () => {
    const fresh = createAttributor({ own: [project], env: {} });
    expect(fresh.installed()).toEqual([]);
    fresh.attribute(join(project, "node_modules/lodge/index.js"));
    expect(fresh.installed().map(({ name, version }) => `${name}@${version}`).sort()).toEqual([
      ...["@demo/tool@3.1.0", "lodge@1.0.0", "lodge@2.0.0", "member-one@9.9.9"],
    ]);
  });

  itWith("node", "are recognised in npm's cache by their content", () => {
    const owners = new Map<string, string>();
    for (const path of filesBelow(join(work.path, "cache"))) {
      const found = attributor.attribute(path);
      expect(found.rule).toMatch(/^(npm-cache|temporary)$/);
      if (found.package !== undefined) {
        const id = found.owner!.slice("npm:".length);
        owners.set(id, path);
        expect(Deno.readFileSync(path)).toEqual(server.archives.get(id));
      }
    }
    expect([...owners.keys()].sort()).toEqual([...server.archives.keys()].sort());
  });

  it("outside of node_modules belong to the nearest package.json, the program's own folder first", () => {
    using other = scratch();
    writeFiles(other.path, {
      "linked/package.json": '{"name":"@demo/linked","version":"1.0.0"}',
      "linked/lib/package.json": '{"type":"module"}',
      "linked/lib/index.js": "",
      "linked/readme.txt": "",
    });
    const find = (own: string[]) => createAttributor({ own, env: {}, home: "/nonexistent" });
    const path = join(other.path, "linked/lib/index.js");
    expect(find([]).attribute(path)).toMatchObject({
      owner: "npm:@demo/linked@1.0.0",
      rule: "node-package-json",
    });
    expect(find([join(other.path, "linked")]).attribute(path).rule).toBe("own-folder");
    expect(find([]).attribute(join(other.path, "linked/readme.txt")).rule).toBe("temporary");
  });

  it("are read from the names of yarn's archives, and pnpm's store is told", () => {
    const { attribute } = createAttributor({ env: {}, home: "/nonexistent" });
    expect(attribute("/p/.yarn/cache/chalk-npm-4.1.2-ba8b67ab80-10c0.zip").owner).toBe(
      "npm:chalk@4.1.2",
    );
    expect(attribute("/p/.yarn/cache/@types-node-npm-20.14.0-1234567890-8.zip").owner).toBe(
      "npm:@types/node@20.14.0",
    );
    expect(attribute("/p/.pnp.cjs").rule).toBe("yarn-state");
    expect(attribute("/h/pnpm/store/v10/files/ab/cdef").rule).toBe("pnpm-store");
    expect(attribute("/p/node_modules/.pnpm/gone@1.0.0/node_modules/gone/x.js")).toEqual({
      owner: "npm:gone",
      rule: "node-modules",
      package: { ecosystem: "npm", name: "gone" },
    });
  });
});
