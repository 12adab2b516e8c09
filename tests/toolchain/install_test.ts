import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { parseOsRelease } from "../../lib/toolchain/install.ts";
import {
  detectSystem,
  installCommand,
  type SystemFamily,
  TOOLCHAIN_NAMES,
} from "../../lib/toolchain/mod.ts";
import { sandbox } from "./_fake.ts";

describe("parseOsRelease", () => {
  const cases: [text: string, family: SystemFamily][] = [
    ['PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n', "debian"],
    ["ID=ubuntu\nID_LIKE=debian\n", "ubuntu"],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', "ubuntu"],
    ["ID=raspbian\nID_LIKE=debian\n", "debian"],
    ["ID=fedora\nVERSION_ID=42\n", "fedora"],
    ['NAME="Rocky Linux"\nID="rocky"\nID_LIKE="rhel centos fedora"\n', "fedora"],
    ["ID='alpine'\n", "alpine"],
    ["ID=arch\r\n", "arch"],
    ["ID=manjaro\nID_LIKE=arch\n", "arch"],
    ['ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', "suse"],
    ['ID="sles"\nID_LIKE="suse"\n', "suse"],
    ["ID=nixos\n", "other"],
    ["VERSION_ID=debian\n", "other"],
    ["# ID=debian\n", "other"],
    ["ID=constructor\n", "other"],
    ["garbage \u0000", "other"],
    ["", "other"],
  ];
  for (const [text, family] of cases) {
    it(`reads ${JSON.stringify(text.slice(0, 40))} as ${family}`, () => {
      expect(parseOsRelease(text)).toBe(family);
    });
  }
});

describe("detectSystem", () => {
  it("reads the first file that is there", async () => {
    using box = sandbox();
    const file = box.file("os-release", "ID=alpine\n");
    const { family, root } = await detectSystem([`${box.root}/none`, file]);
    expect([family, root]).toEqual(["alpine", Deno.uid() === 0]);
  });

  it("knows no system without a file", async () => {
    expect((await detectSystem(["/nowhere/os-release"])).family).toBe("other");
    expect((await detectSystem([])).family).toBe("other");
  });
});

describe("installCommand", () => {
  const cases: [family: SystemFamily, root: boolean, go: string][] = [
    ["debian", true, "apt-get install -y golang"],
    ["ubuntu", false, "sudo apt-get install -y golang"],
    ["fedora", false, "sudo dnf install -y golang"],
    ["alpine", true, "apk add go"],
    ["arch", true, "pacman -S --needed go"],
    ["suse", false, "sudo zypper install -y go"],
    ["macos", false, "brew install go"],
    ["windows", true, "winget install --id GoLang.Go"],
    ["other", true, "see https://go.dev/doc/install"],
  ];
  for (const [family, root, command] of cases) {
    it(`names the package manager of ${family}${root ? " for root" : ""}`, () => {
      expect(installCommand("go", { family, root })).toBe(command);
    });
  }

  it("has a way for every toolchain on every system", () => {
    const families: SystemFamily[] = [
      "debian",
      "ubuntu",
      "fedora",
      "alpine",
      "arch",
      "suse",
      "macos",
      "windows",
      "other",
    ];
    for (const family of families) {
      for (const name of TOOLCHAIN_NAMES) {
        expect(installCommand(name, { family, root: true })).toMatch(/ .+/);
      }
    }
  });

  it("takes the makers' own way where there is no package", () => {
    expect(installCommand("deno", { family: "debian", root: true })).toBe("npm install -g deno");
    expect(installCommand("oha", { family: "debian", root: true })).toBe("cargo install oha");
  });

  it("has none for what does not exist on a system", () => {
    expect(installCommand("strace", { family: "macos", root: false })).toBeUndefined();
    expect(installCommand("c", { family: "macos", root: false })).toBe("xcode-select --install");
  });
});
