/** Inventories: the own form, Ansible's and Nornir's, what is chosen of them, and bad ones. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import { expandRange } from "../../../lib/probe/inventory/_range.ts";
import { isSecretName } from "../../../lib/probe/inventory/_secrets.ts";
import { loadInventory, selectHosts } from "../../../lib/probe/inventory/mod.ts";
import type { Secret } from "../../../lib/probe/secret.ts";

describe("loadInventory", () => {
  let folder: string;

  beforeEach(() => {
    folder = Deno.makeTempDirSync({ prefix: "versus-test-" });
  });

  afterEach(() => {
    Deno.removeSync(folder, { recursive: true });
  });

  function write(text: string, name = "inventory.yaml"): string {
    const path = join(folder, name);
    Deno.writeTextFileSync(path, text);
    return path;
  }

  async function hostsOf(text: string) {
    const { form, hosts } = await loadInventory(write(text));
    return { form, hosts: Object.fromEntries(hosts.map((host) => [host.name, host])) };
  }

  describe("in versus's own form", () => {
    it("lets the host win over its groups, these over theirs, and all over the defaults", async () => {
      const { form, hosts } = await hostsOf(`
defaults: { port: 22, variables: { a: default, b: default, c: default, d: default } }
groups:
  core: { groups: [site], variables: { a: core, b: core } }
  site: { port: 830, variables: { a: site, b: site, c: site } }
hosts:
  r1: { address: 192.0.2.1, groups: [core], variables: { a: host } }
  r2: { port: 2222 }
  r3.example:
`);
      expect(form).toBe("versus");
      expect(hosts.r1).toEqual({
        ...{ name: "r1", address: "192.0.2.1", port: 830, groups: ["core", "site"] },
        variables: { a: "host", b: "core", c: "site", d: "default" },
      });
      expect([hosts.r2!.port, hosts.r2!.address]).toEqual([2222, "r2"]);
      expect([hosts["r3.example"]!.port, hosts["r3.example"]!.address]).toEqual([22, "r3.example"]);
    });

    it("wraps secrets, also those from the environment and inside of maps", async () => {
      Deno.env.set("VERSUS_TEST_R1", "from-environment");
      const { hosts } = await hostsOf(`
hosts:
  r1:
    variables:
      password: { env: VERSUS_TEST_R1 }
      snmp: { community: very-private, version: 2c }
      keyFile: /home/me/.ssh/id
`);
      Deno.env.delete("VERSUS_TEST_R1");
      const variables = hosts.r1!.variables as Record<string, Secret & Record<string, Secret>>;
      expect(variables.password!.reveal()).toBe("from-environment");
      expect(variables.snmp!.community!.reveal()).toBe("very-private");
      expect(JSON.stringify(hosts)).not.toMatch(/from-environment|very-private/);
      expect(variables.keyFile).toBe("/home/me/.ssh/id");
    });

    for (
      const [what, text, message] of [
        [
          "an unknown group",
          "hosts: { r1: { groups: [cor] } }\ngroups: { core: }",
          /hosts\.r1\.groups.*"core"/,
        ],
        ["a port that is none", "hosts: { r1: { port: 99999 } }", /hosts\.r1\.port: found 99999/],
        ["an address that is none", "hosts: { r1: { address: 'a b' } }", /hosts\.r1\.address/],
        ["a key in the wrong place", "hosts: { r1: { user: x } }", /hosts\.r1\.user: unknown key/],
        ["a list of hosts", "hosts: [r1, r2]", /hosts: found a list, expected a map/],
        [
          "a secret that is a list",
          "hosts: { r1: { variables: { password: [x] } } }",
          /password: expected a text/,
        ],
        [
          "a variable that is not set",
          "hosts: { r1: { variables: { token: { env: NO_SUCH_VARIABLE } } } }",
          /NO_SUCH_VARIABLE/,
        ],
        ["another document", "a: 1", /not an inventory/],
        ["a list", "- r1", /not an inventory/],
        ["nothing", "", /not an inventory/],
        ["no YAML", "hosts: [", /not closed|comma/],
      ] as const
    ) {
      it(`says where it has ${what}`, async () => {
        await expect(loadInventory(write(text))).rejects.toThrow(message);
      });
    }
  });

  describe("in Ansible's form", () => {
    it("merges variables as Ansible does", async () => {
      const { form, hosts } = await hostsOf(`
all:
  vars: { ansible_user: admin, a: all, b: all, c: all }
  hosts:
    lonely:
  children:
    site:
      vars: { a: site, b: site }
      children:
        core:
          vars: { a: core, ansible_port: 2222 }
          hosts:
            r1: { ansible_host: 192.0.2.1, ansible_password: hunter-2 }
    aaa:
      vars: { z: aaa, y: aaa, ansible_group_priority: 10 }
      hosts: { r1: }
    bbb:
      vars: { z: bbb, y: bbb }
      hosts: { r1: }
`);
      expect(form).toBe("ansible");
      const { r1, lonely } = hosts;
      expect([r1!.address, r1!.port, r1!.groups.toSorted()]).toEqual([
        ...["192.0.2.1", 2222, ["aaa", "all", "bbb", "core", "site"]],
      ]);
      expect(r1!.variables).toMatchObject({ user: "admin", a: "core", b: "site", c: "all" });
      // bbb comes after aaa by name, but aaa has the higher priority.
      expect([r1!.variables.z, r1!.variables.y]).toEqual(["aaa", "aaa"]);
      expect((r1!.variables.password as Secret).reveal()).toBe("hunter-2");
      expect(JSON.stringify(r1)).not.toContain("hunter-2");
      expect([lonely!.address, lonely!.groups]).toEqual(["lonely", ["all"]]);
    });

    it("expands ranges", async () => {
      const { hosts } = await hostsOf("leafs:\n  hosts:\n    leaf[01:03].lab: { x: 1 }\n");
      expect(Object.keys(hosts)).toEqual(["leaf01.lab", "leaf02.lab", "leaf03.lab"]);
      expect(hosts["leaf02.lab"]!.variables).toEqual({ x: 1 });
    });

    it("reads group_vars and host_vars beside it, in Ansible's order", async () => {
      for (const name of ["group_vars/core", "host_vars"]) {
        Deno.mkdirSync(join(folder, name), { recursive: true });
      }
      write("{ a: vars-all, b: vars-all, c: vars-all, d: vars-all }", "group_vars/all.yml");
      write("{ b: vars-core, c: vars-core, d: vars-core }", "group_vars/core/10.yml");
      write("{ c: vars-core-later, d: x }", "group_vars/core/20.yml");
      write("$ANSIBLE_VAULT;1.1;AES256\n6162\n", "group_vars/core/vault.yml");
      write("d: host-vars", "host_vars/r1.lab.yml");
      const { hosts: [r1], warnings } = await loadInventory(write(`
core:
  vars: { a: file, b: file, e: file }
  hosts:
    r1.lab:
      d: file-host
      f: !unsafe '{{ x }}'
      secret_text: !vault |
        $ANSIBLE_VAULT;1.1;AES256
        6162
`));
      expect(r1!.variables).toEqual({
        ...{ a: "vars-all", b: "vars-core", c: "vars-core-later", d: "host-vars", e: "file" },
        f: "{{ x }}",
      });
      expect(warnings.map((text) => text.replace(folder, ""))).toEqual([
        "/inventory.yaml: core.hosts.r1.lab.secret_text is encrypted and left out",
        "/group_vars/core/vault.yml is encrypted and left out",
      ]);
    });

    it("says that templates are not evaluated", async () => {
      const text = "all: { hosts: { r1: { ansible_host: '{{ ip }}' } } }";
      await expect(loadInventory(write(text))).rejects.toThrow(/templates are not evaluated/);
    });

    it("refuses groups that are inside of themselves", async () => {
      const text = "a: { children: { b: { children: { a: } } } }";
      await expect(loadInventory(write(text))).rejects.toThrow(/inside of itself/);
    });
  });

  describe("in Nornir's form", () => {
    it("looks up hosts, groups and defaults as Nornir does", async () => {
      write(
        "core: { username: group-user, data: { a: core, b: core, n: core }, groups: [site] }\nsite: { port: 830, platform: ios, data: { c: site } }\n",
        "groups.yaml",
      );
      write(
        "username: default-user\npassword: default-pass\ndata: { d: default }\n",
        "defaults.yaml",
      );
      const path = write(
        "r1: { hostname: 192.0.2.1, groups: [core], data: { a: host, n: null } }\nr2: {}\n",
        "hosts.yaml",
      );
      const { form, hosts: [r1, r2] } = await loadInventory(path);
      expect([form, r1!.address, r1!.port, r1!.groups]).toEqual([
        ...["nornir", "192.0.2.1", 830, ["core", "site"]],
      ]);
      expect(r1!.variables).toMatchObject({
        ...{ a: "host", b: "core", c: "site", d: "default" },
        // Nothing is a value too; all of this is what nornir 3.6 says.
        ...{ user: "group-user", platform: "ios", n: null },
      });
      expect((r1!.variables.password as Secret).reveal()).toBe("default-pass");
      expect([r2!.variables.user, r2!.port]).toEqual(["default-user", undefined]);
    });

    it("says which file a mistake is in", async () => {
      write("core: { porrt: 22 }", "groups.yaml");
      const path = write("r1: { groups: [core], hostname: r1 }", "hosts.yaml");
      await expect(loadInventory(path)).rejects.toThrow(/groups\.yaml.*core\.porrt.*"port"/);
    });

    it("says which group there is not", async () => {
      const path = write("r1: { groups: [core], hostname: r1 }", "hosts.yaml");
      await expect(loadInventory(path)).rejects.toThrow(/r1\.groups: there is no group "core"/);
    });
  });

  describe("selectHosts", () => {
    const text =
      "hosts: { r1: { groups: [a] }, r2: { groups: [a, b] }, r3: }\ngroups: { a:, b:, c: }";

    async function chosen(...words: string[]) {
      const path = write(text);
      return selectHosts(await loadInventory(path), words, path).map(({ label }) => label);
    }

    it("takes all hosts without words, else hosts and groups", async () => {
      expect(await chosen()).toEqual(["r1", "r2", "r3"]);
      expect(await chosen("b", "r3")).toEqual(["r2", "r3"]);
      expect(await chosen("a")).toEqual(["r1", "r2"]);
    });

    it("refuses what it does not have", async () => {
      await expect(chosen("r4")).rejects.toThrow(/neither a host nor a group.*did you mean r/);
      await expect(chosen("c")).rejects.toThrow(/a group without hosts/);
    });
  });
});

describe("expandRange", () => {
  const place = { file: "x", path: "y" };
  for (
    const [pattern, names] of [
      ["r1", ["r1"]],
      ["r[1:3]", ["r1", "r2", "r3"]],
      ["r[08:10]", ["r08", "r09", "r10"]],
      ["r[1:9:4]", ["r1", "r5", "r9"]],
      ["db-[a:c].lab", ["db-a.lab", "db-b.lab", "db-c.lab"]],
      ["[1:2]-[a:b]", ["1-a", "1-b", "2-a", "2-b"]],
      ["[2001:db8::1]", ["[2001:db8::1]"]],
    ] as const
  ) {
    it(`writes ${pattern} out`, () => {
      expect(expandRange(pattern, place)).toEqual(names);
    });
  }

  for (
    const pattern of ["r[3:1]", "r[a:B]", "r[1:x]", "r[1:2:0]", "r[0:999999]", "[0:999][0:999]"]
  ) {
    it(`refuses ${pattern}`, () => {
      expect(() => expandRange(pattern, place)).toThrow(/range/);
    });
  }
});

describe("isSecretName", () => {
  for (
    const name of [
      ...["password", "ansible_password", "ansible_ssh_pass", "enablePassword", "enable_secret"],
      ...["community", "snmp_community", "authPassword", "privPassphrase", "api_token", "secret"],
    ]
  ) {
    it(`takes ${name} for a secret`, () => expect(isSecretName(name)).toBe(true));
  }
  for (
    const name of ["user", "keyFile", "password_file", "ansible_ssh_private_key_file", "bypass"]
  ) {
    it(`does not take ${name} for one`, () => expect(isSecretName(name)).toBe(false));
  }
});
