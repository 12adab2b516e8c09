import { basename, join } from "node:path";
import { failed, type ProbeResult, type ToolchainKind } from "./kind.ts";
import { firstExecutable, lookUp, realNamesake, realPath, searchFolders } from "./_lookup.ts";
import { ask, notUnderstood, type QueryContext } from "./_query.ts";

/** Rust: `rustc`, with `cargo` among its tools where there is one. */
export const rust: ToolchainKind = {
  name: "rust",
  title: "Rust",
  language: "rust",
  commands: ["rustc"],
  probe: probeRust,
};

async function probeRust(path: string, context: QueryContext): Promise<ProbeResult> {
  // rustup's proxy would otherwise download a toolchain that a rust-toolchain.toml nearby names.
  const env = { RUSTUP_AUTO_INSTALL: "0" };
  const [version, sysroot] = await Promise.all([
    ask([path, "-vV"], context, { env }),
    ask([path, "--print", "sysroot"], context, { env }),
  ]);
  if (!version.ok) return failed(version.reason);
  if (!sysroot.ok) return failed(sysroot.reason);
  const release = /^release: (\d+\.\d+\S*)\s*$/m.exec(version.stdout)?.[1];
  if (release === undefined) return failed(notUnderstood(path, version, "rustc's version"));
  const bin = join(sysroot.stdout.trim(), "bin");
  const rustc = await firstExecutable(join(bin, "rustc"), join(bin, "rustc.exe")) ??
    await realNamesake(path, "rustc");
  const cargo = await firstExecutable(join(bin, "cargo"), join(bin, "cargo.exe")) ??
    await otherCargo(context);
  return {
    ok: true,
    toolchain: {
      name: "rust",
      version: release,
      path,
      realPath: rustc,
      tools: cargo === undefined ? {} : { cargo },
      // Cargo looks for rustc on the PATH, which may be rustup's proxy and another version.
      env: cargo === undefined ? {} : { RUSTC: rustc },
    },
  };
}

/** The cargo of a distribution that packs it apart from rustc; one that is a proxy is left out. */
async function otherCargo(context: QueryContext): Promise<string | undefined> {
  for (const path of await lookUp("cargo", await searchFolders(context.env))) {
    const real = await realPath(path);
    if (real === undefined || !basename(real).startsWith("cargo")) continue;
    const answer = await ask([real, "--version"], context);
    if (answer.ok && /^cargo \d/.test(answer.stdout)) return real;
  }
  return undefined;
}
