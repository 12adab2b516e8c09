/**
 * Rust: cargo's registry and checkouts, what cargo installed and built, and toolchains of rustup.
 *
 * Source: The Cargo Book, "Cargo Home" and "Build Cache".
 */
import { foldersAbove, isWithin, remember } from "./_files.ts";
import {
  type Attribution,
  belongsTo,
  packageRef,
  type Rule,
  type RuleContext,
  runtimeFile,
} from "./types.ts";

/** What rustup puts into cargo's `bin`: each starts the real one. */
const PROXIES = new Set([
  ...["cargo", "cargo-clippy", "cargo-fmt", "cargo-miri", "clippy-driver", "rls", "rust-analyzer"],
  ...["rust-gdb", "rust-gdbgui", "rust-lldb", "rustc", "rustdoc", "rustfmt", "rustup"],
]);

/** Makes the rule. */
export function rust(context: RuleContext): Rule {
  const { files, env, home } = context;
  const cargo = env["CARGO_HOME"] || `${home}/.cargo`;
  const rustup = env["RUSTUP_HOME"] || `${home}/.rustup`;

  function inCargo(path: string): Attribution {
    const rest = path.slice(cargo.length + 1);
    const crate =
      /^registry\/(?:src\/[^/]+\/([^/]+)-(\d+\.\d+\.\d+[^/]*)(?:\/|$)|cache\/[^/]+\/([^/]+)-(\d+\.\d+\.\d+[^/]*)\.crate$)/
        .exec(rest);
    if (crate !== null) {
      return belongsTo(
        packageRef("cargo", crate[1] ?? crate[3]!, crate[2] ?? crate[4]),
        "cargo-registry",
      );
    }
    const checkout = /^git\/(?:checkouts|db)\/(.+)-[0-9a-f]{16}(?:\/|$)/.exec(rest);
    if (checkout !== null) {
      return belongsTo(packageRef("cargo", checkout[1]!, undefined), "cargo-git");
    }
    const program = /^bin\/([^/]+)$/.exec(rest)?.[1];
    if (program !== undefined) {
      const installed = programs("").get(program);
      if (installed !== undefined) {
        return belongsTo(packageRef("cargo", ...installed), "cargo-install");
      }
      if (PROXIES.has(program)) return runtimeFile("rust", "rustup", undefined, "rustup");
    }
    return { owner: "cargo:state", rule: "cargo-state" };
  }

  /** What `cargo install` put into `bin`, by the program's name. */
  const programs = remember(() => {
    const found = new Map<string, [name: string, version: string]>();
    const text = files.text(`${cargo}/.crates.toml`) ?? "";
    for (const [, name, version, list] of text.matchAll(/^"(\S+) (\S+) [^"]*" = \[([^\]]*)\]/gm)) {
      for (const [, program] of list!.matchAll(/"([^"]+)"/g)) {
        found.set(program!, [name!, version!]);
      }
    }
    return found;
  });

  const toolchainVersion = remember((folder: string): string | undefined => {
    const manifest = files.text(`${folder}/lib/rustlib/multirust-channel-manifest.toml`);
    const version = /^\[pkg\.rustc\]\nversion = "(\S+)/m.exec(manifest ?? "")?.[1];
    return version ?? /\/(\d+\.\d+\.\d+)-[^/]*$/.exec(folder)?.[1];
  });

  function inRustup(path: string): Attribution {
    const folder = /^\/toolchains\/[^/]+/.exec(path.slice(rustup.length))?.[0];
    if (folder === undefined) return runtimeFile("rust", "rustup", undefined, "rustup");
    const part = /\/lib\/rustlib\//.test(path) ? "stdlib" : "toolchain";
    return runtimeFile("rust", part, toolchainVersion(`${rustup}${folder}`), "rustup");
  }

  /** A folder that cargo builds into: it leaves its own mark there. */
  const isTarget = remember((folder: string) => files.has(`${folder}/.rustc_info.json`));

  return {
    find(path) {
      if (isWithin(path, cargo)) return inCargo(path);
      if (isWithin(path, rustup)) return inRustup(path);
      for (const folder of foldersAbove(path)) {
        if (isTarget(folder)) return { owner: "cargo:target", rule: "cargo-target" };
      }
      return undefined;
    },
  };
}
