/**
 * Finds the languages that are on this machine, and the tools of the system that versus can use.
 *
 * Shims lie: `python3` may be a shell script of pyenv that costs more than the interpreter, `rustc`
 * a proxy of rustup, `go` a link to mise. So every executable is asked itself where it lives, and a
 * toolchain has two paths: where it was found, and the real one that is run and measured. Links are
 * resolved too, except where they carry meaning (a virtual environment's python).
 *
 * Executables are asked with a time limit and a bound on what they say; a broken one gives a reason
 * and never an exception. Only absolute entries of the PATH count.
 *
 * @module
 */
export {
  type FindOptions,
  findToolchain,
  findToolchains,
  forgetToolchains,
  isMissing,
  type LookOptions,
  type ToolchainRequest,
} from "./find.ts";
export {
  detectSystem,
  installCommand,
  type System,
  type SystemFamily,
  type ToolName,
} from "./install.ts";
export type { ProbeResult, ToolchainKind } from "./kind.ts";
export { isToolchainName, TOOLCHAIN_NAMES, TOOLCHAINS } from "./_kinds.ts";
export { listToolchains, type ToolchainStatus } from "./list.ts";
export type { QueryContext } from "./_query.ts";
export { findTool, findTools, type SystemTool, TOOL_NAMES } from "./tools.ts";
export type { Language, MissingToolchain, Toolchain, ToolchainName } from "./types.ts";
export {
  type Comparator,
  compareVersions,
  parseRange,
  parseVersion,
  satisfies,
  type Version,
  type VersionRange,
} from "./version.ts";
