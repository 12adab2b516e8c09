/**
 * How a toolchain or a tool is installed on this system, in the words of its package manager.
 *
 * @module
 */
import type { ToolchainName } from "./types.ts";

/** Systems whose package manager is known; `other` gets the makers' own way. */
export type SystemFamily =
  | "debian"
  | "ubuntu"
  | "fedora"
  | "alpine"
  | "arch"
  | "suse"
  | "macos"
  | "windows"
  | "other";

/** The system that something is to be installed on. */
export interface System {
  /** Whose package manager it has. */
  readonly family: SystemFamily;
  /** Whether the person is its administrator already, and needs no `sudo`. */
  readonly root: boolean;
}

/** Tools beside the toolchains; see tools.ts. */
export type ToolName = "cc" | "strace" | "perf" | "hyperfine" | "oha" | "wrk" | "time";

/** Package names by system; `any` is the makers' own way, for where there is no package. */
type Packages = Readonly<Partial<Record<SystemFamily, string>>> & { readonly any?: string };

const LINUX_C: Packages = {
  debian: "gcc libc6-dev",
  fedora: "gcc",
  alpine: "gcc musl-dev",
  arch: "gcc",
  suse: "gcc",
  windows: "LLVM.LLVM",
};

const PACKAGES: Readonly<Record<ToolchainName | ToolName, Packages>> = {
  cpython: {
    debian: "python3",
    fedora: "python3",
    alpine: "python3",
    arch: "python",
    suse: "python3",
    macos: "python",
    windows: "Python.Python.3.13",
    any: "see https://www.python.org/downloads/",
  },
  pypy: {
    debian: "pypy3",
    arch: "pypy3",
    macos: "pypy3.10",
    any: "see https://pypy.org/download.html",
  },
  go: {
    debian: "golang",
    fedora: "golang",
    alpine: "go",
    arch: "go",
    suse: "go",
    macos: "go",
    windows: "GoLang.Go",
    any: "see https://go.dev/doc/install",
  },
  rust: {
    debian: "rustc cargo",
    fedora: "rust cargo",
    alpine: "rust cargo",
    arch: "rust",
    suse: "rust cargo",
    macos: "rust",
    windows: "Rustlang.Rustup",
    any: "see https://rustup.rs",
  },
  deno: {
    alpine: "deno",
    arch: "deno",
    macos: "deno",
    windows: "DenoLand.Deno",
    any: "npm install -g deno",
  },
  node: {
    debian: "nodejs",
    fedora: "nodejs",
    alpine: "nodejs",
    arch: "nodejs",
    suse: "nodejs",
    macos: "node",
    windows: "OpenJS.NodeJS.LTS",
    any: "see https://nodejs.org/en/download",
  },
  c: { ...LINUX_C, any: "see https://gcc.gnu.org/install/binaries.html" },
  java: {
    debian: "default-jdk-headless",
    fedora: "java-latest-openjdk-devel",
    alpine: "openjdk21-jdk",
    arch: "jdk-openjdk",
    suse: "java-21-openjdk-devel",
    macos: "openjdk",
    windows: "Microsoft.OpenJDK.21",
    any: "see https://adoptium.net/installation/",
  },
  // Every POSIX system has one.
  sh: { debian: "dash", windows: "Git.Git", any: "it comes with the system" },
  cc: { ...LINUX_C, any: "see https://gcc.gnu.org/install/binaries.html" },
  strace: {
    debian: "strace",
    fedora: "strace",
    alpine: "strace",
    arch: "strace",
    suse: "strace",
  },
  perf: {
    debian: "linux-perf",
    ubuntu: "linux-tools-generic",
    fedora: "perf",
    alpine: "perf",
    arch: "perf",
    suse: "perf",
  },
  hyperfine: {
    debian: "hyperfine",
    fedora: "hyperfine",
    alpine: "hyperfine",
    arch: "hyperfine",
    macos: "hyperfine",
    windows: "sharkdp.hyperfine",
    any: "cargo install hyperfine",
  },
  oha: { arch: "oha", macos: "oha", any: "cargo install oha" },
  wrk: {
    debian: "wrk",
    alpine: "wrk",
    macos: "wrk",
    any: "see https://github.com/wg/wrk",
  },
  time: {
    debian: "time",
    fedora: "time",
    alpine: "time",
    arch: "time",
    suse: "time",
    macos: "gnu-time",
  },
};

/** What runs before the package names; the second tells whether it needs an administrator. */
const MANAGERS: Readonly<Record<Exclude<SystemFamily, "other">, readonly [string, boolean]>> = {
  debian: ["apt-get install -y", true],
  ubuntu: ["apt-get install -y", true],
  fedora: ["dnf install -y", true],
  alpine: ["apk add", true],
  arch: ["pacman -S --needed", true],
  suse: ["zypper install -y", true],
  macos: ["brew install", false],
  windows: ["winget install --id", false],
};

/**
 * Says how something is installed.
 *
 * @param item A toolchain or a tool.
 * @param system The system to install it on.
 * @returns A command, or where the makers say how; `undefined` when it doesn't exist there.
 */
export function installCommand(item: ToolchainName | ToolName, system: System): string | undefined {
  const { family, root } = system;
  // Apple gives its compiler by a command of its own.
  if (family === "macos" && (item === "c" || item === "cc")) return "xcode-select --install";
  const packages = PACKAGES[item];
  if (family === "other") return packages.any;
  const names = packages[family] ?? (family === "ubuntu" ? packages.debian : undefined);
  if (names === undefined) return packages.any;
  const [command, needsRoot] = MANAGERS[family];
  return `${needsRoot && !root ? "sudo " : ""}${command} ${names}`;
}

const FAMILIES: ReadonlyMap<string, SystemFamily> = new Map([
  ["debian", "debian"],
  ["ubuntu", "ubuntu"],
  ["fedora", "fedora"],
  ["rhel", "fedora"],
  ["centos", "fedora"],
  ["alpine", "alpine"],
  ["arch", "arch"],
  ["suse", "suse"],
  ["opensuse", "suse"],
]);

/**
 * Reads which system an os-release file describes.
 *
 * @param text The file's text; see os-release(5).
 * @returns The family by `ID`, else by the first known one of `ID_LIKE`, else `other`.
 */
export function parseOsRelease(text: string): SystemFamily {
  const value = (name: string) => {
    const match = new RegExp(`^${name}=(["']?)(.*)\\1\\s*$`, "m").exec(text);
    return match?.[2]?.toLowerCase() ?? "";
  };
  const words = [value("ID"), ...value("ID_LIKE").split(/\s+/)];
  for (const word of words) {
    const family = FAMILIES.get(word) ?? FAMILIES.get(word.split("-", 1)[0]!);
    if (family !== undefined) return family;
  }
  return "other";
}

/**
 * Finds out which system this is.
 *
 * @param files Where the os-release file may be; the first that can be read counts.
 * @returns The system.
 */
export async function detectSystem(
  files: readonly string[] = ["/etc/os-release", "/usr/lib/os-release"],
): Promise<System> {
  const { os } = Deno.build;
  if (os === "windows") return { family: "windows", root: true };
  const root = Deno.uid() === 0;
  if (os === "darwin") return { family: "macos", root };
  for (const file of files) {
    try {
      return { family: parseOsRelease(await Deno.readTextFile(file)), root };
    } catch (error) {
      const unreadable = error instanceof Deno.errors.NotFound ||
        error instanceof Deno.errors.PermissionDenied;
      if (!unreadable) throw error;
    }
  }
  return { family: "other", root };
}
